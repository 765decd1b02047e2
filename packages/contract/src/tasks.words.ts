import { EVIDENCE_KINDS, PART_STATES } from '@tongxin/domain/tasks/parts'
import { type Static, Type } from 'typebox'
import { ORG_KINDS } from './org.ts'
import { DateOn, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/** 办理中, 已办结, 已撤销: a task is finished when none of its parts is open. */
export const TASK_STATES = ['open', 'finished', 'withdrawn'] as const
export type TaskState = (typeof TASK_STATES)[number]
/** 主办, 协办. */
export const TASK_ROLES = ['lead', 'help'] as const
export type TaskRole = (typeof TASK_ROLES)[number]
/** What the timeline of a part tells. */
export const TASK_STEPS = [
  'signed',
  'noted',
  'passed_on',
  'handed_in',
  'accepted',
  'returned',
  'extension_asked',
  'extension_granted',
  'extension_refused',
  'reminded',
  'withdrawn',
] as const
export type TaskStepKind = (typeof TASK_STEPS)[number]
export const TASK_FILES = ['xlsx', 'csv', 'pdf', 'docx'] as const

export const saysTask = (maxLength: number, minLength = 1) => Type.String({ minLength, maxLength, pattern: '\\S' })
export const TaskChanged = Type.Object({ id: Id, state: Type.String() })

const Ids = Type.Array(Id, { maxItems: 500, uniqueItems: true })
/** Who is asked: units by name, all below of some kinds, or people. Leaders answer for it, helpers support them. */
export const TaskTargets = strict({
  orgIds: Ids,
  helperOrgIds: Ids,
  memberIds: Ids,
  helperMemberIds: Ids,
  /** The units one level below, or all below; narrowed by `kinds` where any are named. */
  below: Type.Optional(oneOf(['children', 'all'] as const)),
  kinds: Type.Optional(Type.Array(oneOf(ORG_KINDS), { maxItems: ORG_KINDS.length, uniqueItems: true })),
})
export type TaskTargets = Static<typeof TaskTargets>

export const TaskFacts = strict({
  orgId: Id,
  title: saysTask(80, 2),
  /** 依据: the decision or paper behind it, with its number where it has one. */
  basis: saysTask(200, 2),
  documentNumber: Type.Optional(saysTask(60, 2)),
  body: saysTask(5000, 2),
  /** 完成标准. */
  standard: saysTask(1000, 2),
  evidence: Type.Array(oneOf(EVIDENCE_KINDS), { maxItems: EVIDENCE_KINDS.length, uniqueItems: true }),
  dueOn: DateOn,
  targets: TaskTargets,
})
export type TaskFacts = Static<typeof TaskFacts>

/** How many parts stand where; `late` are the open ones whose day is over. */
export const TaskCounts = Type.Object({
  parts: Type.Integer(),
  unsigned: Type.Integer(),
  doing: Type.Integer(),
  handedIn: Type.Integer(),
  returned: Type.Integer(),
  done: Type.Integer(),
  withdrawn: Type.Integer(),
  late: Type.Integer(),
})
export type TaskCounts = Static<typeof TaskCounts>
export const IssuedTaskRow = Type.Object({
  id: Id,
  title: Type.String(),
  basis: Type.String(),
  documentNumber: nullable(Type.String()),
  orgId: Id,
  orgName: Type.String(),
  dueOn: DateOn,
  state: oneOf(TASK_STATES),
  /** Passed on from a part of a task from above. */
  isPassedOn: Type.Boolean(),
  madeBy: Type.String(),
  createdAt: InstantAt,
  counts: TaskCounts,
})
export type IssuedTaskRow = Static<typeof IssuedTaskRow>

/** What units on the way down added to the text from above, which stays as it was written. */
export const TaskAddition = Type.Object({ orgName: Type.String(), words: Type.String() })
export type TaskAddition = Static<typeof TaskAddition>
/** The text as whoever has a part reads it. */
export const TaskText = Type.Object({
  title: Type.String(),
  basis: Type.String(),
  documentNumber: nullable(Type.String()),
  body: Type.String(),
  standard: Type.String(),
  evidence: Type.Array(oneOf(EVIDENCE_KINDS)),
  additions: Type.Array(TaskAddition),
  orgName: Type.String(),
  madeBy: Type.String(),
  issuedAt: InstantAt,
})
export type TaskText = Static<typeof TaskText>

export const TaskPartRow = Type.Object({
  id: Id,
  taskId: Id,
  title: Type.String(),
  basis: Type.String(),
  documentNumber: nullable(Type.String()),
  /** The unit that asks, and the one that is asked (of a person: where the person belongs). */
  issuerName: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  /** Null: the unit as such is asked. */
  personName: nullable(Type.String()),
  role: oneOf(TASK_ROLES),
  state: oneOf(PART_STATES),
  dueOn: DateOn,
  isLate: Type.Boolean(),
  round: Type.Integer(),
  /** Since when the part waits for what it waits for now. */
  since: InstantAt,
  askedDueOn: nullable(DateOn),
  remindedOn: nullable(DateOn),
  /** Parts that the unit passed on to its own units and people. */
  passedOn: Type.Integer(),
})
export type TaskPartRow = Static<typeof TaskPartRow>
export const TaskFile = Type.Object({ id: Id, name: Type.String(), isPhoto: Type.Boolean() })
export type TaskFile = Static<typeof TaskFile>
export const TaskStep = Type.Object({
  id: Id,
  kind: oneOf(TASK_STEPS),
  words: nullable(Type.String()),
  dueOn: nullable(DateOn),
  round: Type.Integer(),
  files: Type.Array(TaskFile),
  by: Type.String(),
  at: InstantAt,
})
export type TaskStep = Static<typeof TaskStep>
/** One part with what is asked, and what happened to it, the newest first. */
export const TaskPartRecord = Type.Object({
  part: TaskPartRow,
  text: TaskText,
  askedReason: nullable(Type.String()),
  steps: Type.Array(TaskStep),
})
export type TaskPartRecord = Static<typeof TaskPartRecord>

export const TaskNote = strict({
  words: saysTask(3000, 2),
  fileIds: Type.Array(Id, { maxItems: 9, uniqueItems: true }),
})
export const TaskExtension = strict({ dueOn: DateOn, reason: saysTask(500, 2) })
