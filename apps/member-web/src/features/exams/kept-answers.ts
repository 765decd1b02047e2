import type { OwnSitting } from '@tongxin/contract/exams.own'
import type { ExamResponse } from '@tongxin/contract/exams.words'

/** One answer on this device. `isSaved`: the server has acknowledged exactly this one. */
export type Kept = { readonly seq: number; readonly response: ExamResponse; readonly isSaved: boolean }
export type Answers = Readonly<Record<number, Kept>>
type Box = {
  readonly sheet: OwnSitting
  readonly clockAhead: number
  readonly answers: Answers
  readonly wantsIn: boolean
}

const nameOf = (id: string) => `tongxin-sitting-${id}`
const storage = () => globalThis.localStorage

function boxOf(id: string): Box | null {
  try {
    const text = storage().getItem(nameOf(id))
    return text === null ? null : (JSON.parse(text) as Box)
  } catch {
    return null
  }
}

/** A device without room keeps nothing: answers then live on the page and on the server alone. */
function put(id: string, box: Box): void {
  try {
    storage().setItem(nameOf(id), JSON.stringify(box))
  } catch {}
}

/** Lays the sheet of the server over what the device has: the greater number of each answer wins. */
export function merged(sheet: OwnSitting, kept: Answers): Answers {
  const answers: Record<number, Kept> = {}
  for (const { place, seq, response } of sheet.questions) {
    const own = kept[place]
    if (own && own.seq > seq) answers[place] = { ...own, isSaved: false }
    else if (response) answers[place] = { seq, response, isSaved: true }
  }
  return answers
}

/** Keeps a sheet that the server just gave, with the difference between its clock and ours. */
export function keepSheet(sheet: OwnSitting): void {
  if (sheet.state !== 'running') return forgetSheet(sheet.id)
  const before = boxOf(sheet.id)
  put(sheet.id, {
    sheet,
    clockAhead: Date.parse(sheet.now) - Date.now(),
    answers: merged(sheet, before?.answers ?? {}),
    wantsIn: before?.wantsIn ?? false,
  })
}

export const keptSheet = (id: string): OwnSitting | null => boxOf(id)?.sheet ?? null
export const keptAnswers = (id: string): Answers => boxOf(id)?.answers ?? {}
/** Milliseconds by which the server's clock is ahead of this device's. */
export const clockAhead = (id: string): number => boxOf(id)?.clockAhead ?? 0
/** Whether the person has handed in without a network. */
export const wantsIn = (id: string): boolean => boxOf(id)?.wantsIn ?? false

export function keepAnswers(id: string, answers: Answers, handsIn: boolean): void {
  const box = boxOf(id)
  if (box) put(id, { ...box, answers, wantsIn: handsIn })
}

export function forgetSheet(id: string): void {
  try {
    storage().removeItem(nameOf(id))
  } catch {}
}
