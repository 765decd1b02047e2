import type { BlockMark, MyBlock, MyCourse, ProgressMark } from '@tongxin/contract/learning.own'
import { completionOf, type Mark, mergedMark } from '@tongxin/domain/learning/course'

/** Pure steps of reading a course on the phone. */

export const blocksOf = (course: Pick<MyCourse, 'chapters'>): MyBlock[] =>
  course.chapters.flatMap(({ blocks }) => blocks)

export const markOf = (course: MyCourse, blockId: string): BlockMark | undefined =>
  course.marks.find((mark) => mark.blockId === blockId)

const read = (mark: BlockMark): Mark => ({
  place: mark.place,
  at: Date.parse(mark.at),
  isDone: mark.isDone,
  answer: mark.choice === null ? null : { choice: mark.choice, at: Date.parse(mark.at) },
})

/** The course as it is with a mark that the server may not have yet: merged by the same rule as there. */
export function withMark(course: MyCourse, noted: ProgressMark): MyCourse {
  const at = Date.parse(noted.at)
  const fresh: Mark = {
    place: noted.place,
    at,
    isDone: noted.isDone,
    answer: noted.choice === null ? null : { choice: noted.choice, at },
  }
  const old = markOf(course, noted.blockId)
  const mark = old ? mergedMark(read(old), fresh) : fresh
  const next: BlockMark = {
    blockId: noted.blockId,
    place: mark.place,
    isDone: mark.isDone,
    at: new Date(mark.at).toISOString(),
    choice: mark.answer?.choice ?? null,
    right: old?.right ?? null,
    why: old?.why ?? null,
  }
  const marks = [...course.marks.filter(({ blockId }) => blockId !== noted.blockId), next]
  const { done, total, isComplete } = completionOf(
    course,
    new Set(marks.filter(({ isDone }) => isDone).map(({ blockId }) => blockId)),
  )
  const state = course.state === 'completed' || isComplete ? 'completed' : 'begun'
  return { ...course, marks, done, total, state, lastBlockId: noted.blockId }
}

/** The answers that came back for questions of cards. */
export const withAnswers = (
  course: MyCourse,
  answers: readonly { blockId: string; right: number; why: string }[],
): MyCourse => ({
  ...course,
  marks: course.marks.map((mark) => {
    const told = answers.find(({ blockId }) => blockId === mark.blockId)
    return told ? { ...mark, right: told.right, why: told.why } : mark
  }),
})

/** Where to go on: the block of last time, else the first that is not done, else the beginning. */
export function resumeAt(course: MyCourse): string | null {
  const blocks = blocksOf(course)
  const isDone = (id: string) => markOf(course, id)?.isDone === true
  const last = blocks.find(({ id }) => id === course.lastBlockId)
  if (last && !isDone(last.id)) return last.id
  return (blocks.find(({ id }) => !isDone(id)) ?? blocks[0])?.id ?? null
}

/** What only another module may call done. */
export const isDoneElsewhere = (block: MyBlock): boolean => block.kind === 'quiz' || block.kind === 'package'
