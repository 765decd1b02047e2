/** Rules of courses: what makes one complete, how marks of several devices become one, what differs between versions. */

type Part = { readonly id: string; readonly kind: string }
type Whole<B extends Part = Part> = {
  readonly chapters: readonly { readonly id: string; readonly title: string; readonly blocks: readonly B[] }[]
}

/** All blocks in the order in which they are learned. */
export const blocksOf = <B extends Part>(content: Whole<B>): B[] => content.chapters.flatMap(({ blocks }) => blocks)

/** Blocks that only their own module may call done: nobody passes a quiz by saying so. */
export const DONE_BY_OTHERS: ReadonlySet<string> = new Set(['quiz', 'package'])

export type Mark = {
  readonly place: number
  /** Milliseconds of the device's clock. */
  readonly at: number
  readonly isDone: boolean
  readonly answer: { readonly choice: number; readonly at: number } | null
}

/**
 * Two marks of one block as one, whichever comes first: done stays done, the earliest answer stays, the latest place
 * wins (of two at the same instant the farther one). Commutative, associative and idempotent, so a queue may deliver in
 * any order and twice.
 */
export function mergedMark(one: Mark, other: Mark): Mark {
  const late = one.at > other.at || (one.at === other.at && one.place >= other.place) ? one : other
  return {
    place: late.place,
    at: late.at,
    isDone: one.isDone || other.isDone,
    answer: firstAnswer(one.answer, other.answer),
  }
}

function firstAnswer(one: Mark['answer'], other: Mark['answer']): Mark['answer'] {
  if (one === null || other === null) return one ?? other
  return one.at < other.at || (one.at === other.at && one.choice <= other.choice) ? one : other
}

export type Completion = {
  readonly done: number
  readonly total: number
  readonly isComplete: boolean
  /** Chapters of which every block is done. */
  readonly chapters: readonly string[]
}

/** Complete is a course of which every block is done (D12): never by the time that passed. */
export function completionOf(content: Whole, done: ReadonlySet<string>): Completion {
  const blocks = blocksOf(content)
  const finished = blocks.filter(({ id }) => done.has(id)).length
  return {
    done: finished,
    total: blocks.length,
    isComplete: blocks.length > 0 && finished === blocks.length,
    chapters: content.chapters
      .filter((chapter) => chapter.blocks.length > 0 && chapter.blocks.every(({ id }) => done.has(id)))
      .map(({ id }) => id),
  }
}

/** Whether a result is mastery. `scaled` is -1 to 1; where no score is told, having passed decides. */
export const isMastered = (result: { passed: boolean; scaled: number | null }, mastery: number): boolean =>
  result.scaled === null ? result.passed : Math.round(result.scaled * 100) >= mastery

/** The mean of ratings in tenths of a star, shown from five ratings on: fewer would tell who gave them. */
export const LEAST_RATINGS = 5
export const meanRating = (sum: number, count: number): number | null =>
  count < LEAST_RATINGS ? null : Math.round((sum * 10) / count)

export type Difference = {
  readonly place: readonly string[]
  readonly what: string
  readonly change: 'added' | 'removed' | 'changed' | 'moved'
  readonly before: string | null
  readonly after: string | null
}

type Facts = Readonly<Record<string, unknown>>
type Compared = Facts & {
  readonly chapters: readonly (Facts & { id: string; title: string; blocks: readonly (Facts & Part)[] })[]
}

const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined || value === '') return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What a reader has to look at between two versions: facts, chapters and blocks, found again by their ids. */
export function differencesOf(before: Compared, after: Compared): Difference[] {
  const rows = fieldsOf([], before, after, new Set(['chapters']))
  listed(rows, [], 'chapter', before.chapters, after.chapters, (chapter) => chapter.title)
  for (const chapter of after.chapters) {
    const old = before.chapters.find(({ id }) => id === chapter.id)
    if (!old) continue
    rows.push(...fieldsOf([chapter.title], old, chapter, new Set(['id', 'blocks'])))
    listed(rows, [chapter.title], 'block', old.blocks, chapter.blocks, (block) => nameOf(block))
    for (const block of chapter.blocks) {
      const was = old.blocks.find(({ id }) => id === block.id)
      if (was) rows.push(...fieldsOf([chapter.title, nameOf(block)], was, block, new Set(['id'])))
    }
  }
  return rows
}

const nameOf = (block: Facts & Part): string => textOf(block.title) ?? block.kind

function fieldsOf(place: readonly string[], before: Facts, after: Facts, but: ReadonlySet<string>): Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !but.has(key))
  return keys.flatMap((what): Difference[] => {
    const [was, is] = [textOf(before[what]), textOf(after[what])]
    return was === is ? [] : [{ place, what, change: 'changed', before: was, after: is }]
  })
}

function listed<T extends { readonly id: string }>(
  rows: Difference[],
  place: readonly string[],
  what: string,
  before: readonly T[],
  after: readonly T[],
  name: (one: T) => string,
): void {
  const kept = new Set(after.map(({ id }) => id))
  const known = new Set(before.map(({ id }) => id))
  for (const one of before)
    if (!kept.has(one.id)) rows.push({ place, what, change: 'removed', before: name(one), after: null })
  for (const one of after)
    if (!known.has(one.id)) rows.push({ place, what, change: 'added', before: null, after: name(one) })
  const orderBefore = before.filter(({ id }) => kept.has(id)).map(({ id }) => id)
  const orderAfter = after.filter(({ id }) => known.has(id))
  orderAfter.forEach((one, at) => {
    if (orderBefore[at] !== one.id)
      rows.push({ place, what, change: 'moved', before: `${orderBefore.indexOf(one.id) + 1}`, after: `${at + 1}` })
  })
}
