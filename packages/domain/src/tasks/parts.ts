/** 待签收, 办理中, 待验收, 退回, 完成, 撤销: where one part of a task stands (catalogue D19). */
export const PART_STATES = ['unsigned', 'doing', 'handed_in', 'returned', 'done', 'withdrawn'] as const
export type PartState = (typeof PART_STATES)[number]
/** What people do with a part. */
export const PART_ACTS = [
  'sign',
  'note',
  'pass_on',
  'hand_in',
  'accept',
  'return',
  'ask_extension',
  'extend',
  'withdraw',
] as const
export type PartAct = (typeof PART_ACTS)[number]
/** 签收, 办理, 验收: what a part waits for; the time of each is kept when it ends (S039). */
export const PART_STAGES = ['sign', 'do', 'check'] as const
export type PartStage = (typeof PART_STAGES)[number]
/** 文字说明, 照片, 文件: what has to be shown when a part is handed in. */
export const EVIDENCE_KINDS = ['report', 'photo', 'file'] as const
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

const MOVES: Readonly<Record<PartAct, Readonly<Partial<Record<PartState, PartState>>>>> = {
  sign: { unsigned: 'doing' },
  note: { doing: 'doing', returned: 'returned' },
  pass_on: { doing: 'doing', returned: 'returned' },
  hand_in: { doing: 'handed_in', returned: 'handed_in' },
  accept: { handed_in: 'done' },
  return: { handed_in: 'returned' },
  ask_extension: { doing: 'doing', returned: 'returned' },
  extend: { unsigned: 'unsigned', doing: 'doing', handed_in: 'handed_in', returned: 'returned' },
  withdraw: { unsigned: 'withdrawn', doing: 'withdrawn', handed_in: 'withdrawn', returned: 'withdrawn' },
}
const STAGES: Readonly<Partial<Record<PartState, PartStage>>> = {
  unsigned: 'sign',
  doing: 'do',
  returned: 'do',
  handed_in: 'check',
}
/** States in which somebody still has to act. */
export const OPEN_PART_STATES: readonly PartState[] = PART_STATES.filter((state) => state in STAGES)

/** The state after an act, or null where the act is not possible. */
export const stateAfter = (state: PartState, act: PartAct): PartState | null => MOVES[act][state] ?? null

/** The stage that ends when a part goes from one state to another, or null. */
export function stageEnded(from: PartState, to: PartState): PartStage | null {
  const before = STAGES[from] ?? null
  return before === (STAGES[to] ?? null) ? null : before
}

/** Whether a part waits beyond its day. Both are dates of Asia/Shanghai. */
export const isPartLate = (state: PartState, dueOn: string, today: string): boolean =>
  OPEN_PART_STATES.includes(state) && dueOn < today

/** What was asked for and is not there yet, in the order in which it is asked. */
export function evidenceMissing(
  asked: readonly EvidenceKind[],
  given: { readonly words: string; readonly photos: number; readonly files: number },
): EvidenceKind[] {
  const isThere = { report: given.words.trim() !== '', photo: given.photos > 0, file: given.files > 0 }
  return EVIDENCE_KINDS.filter((kind) => asked.includes(kind) && !isThere[kind])
}
