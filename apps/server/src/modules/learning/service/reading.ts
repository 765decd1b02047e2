import type { CourseContent, MyChapter } from '@tongxin/contract'
import { blocksOf } from '@tongxin/domain/learning/course'

/** Chapters as a learner is given them: questions without their answers. */
export const asked = (content: CourseContent): MyChapter[] =>
  content.chapters.map(({ id, title, blocks }) => ({
    id,
    title,
    blocks: blocks.map((block) => {
      if (block.kind !== 'card' || block.question === null) return block
      const { text, options } = block.question
      return { ...block, question: { text, options } }
    }),
  }))

/** The answer of a card's question, once the learner has chosen. */
export function answersOf(
  content: CourseContent,
  blockId: string,
  choice: number | null,
): { right: number; why: string } | null {
  if (choice === null) return null
  const block = blocksOf(content).find(({ id }) => id === blockId)
  if (block?.kind !== 'card' || block.question === null) return null
  const { right, why } = block.question
  return { right, why }
}
