import type { CourseBlock, CourseContent, VersionState } from '@tongxin/contract'

/** Pure decisions of courses and plans. */

/** The files that a content names, each once. */
export function filesIn(content: CourseContent): string[] {
  const files = content.chapters.flatMap(({ blocks }) => blocks.flatMap(filesOfBlock))
  return [...new Set(content.coverId === null ? files : [content.coverId, ...files])]
}
/** Those of them that are shown page by page. */
export const slidesIn = (content: Pick<CourseContent, 'chapters'>): string[] => [
  ...new Set(
    content.chapters.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'slides' ? [block.fileId] : [])),
    ),
  ),
]
function filesOfBlock(block: CourseBlock): string[] {
  if (block.kind === 'pictures') return block.pictures.map(({ fileId }) => fileId)
  if (block.kind === 'file' || block.kind === 'slides') return [block.fileId]
  return block.kind === 'card' && block.fileId !== null ? [block.fileId] : []
}

/** The things of other modules that a content names, by kind. */
export function refsIn(content: Pick<CourseContent, 'chapters'>): Record<'media' | 'package' | 'quiz', string[]> {
  const refs = { media: [] as string[], package: [] as string[], quiz: [] as string[] }
  for (const block of content.chapters.flatMap(({ blocks }) => blocks)) {
    if (block.kind === 'media') refs.media.push(block.mediaId)
    if (block.kind === 'package') refs.package.push(block.packageId)
    if (block.kind === 'quiz') refs.quiz.push(block.paperId)
  }
  return refs
}

/** Nothing to learn: a block that was begun and not filled. */
export function isEmptyBlock(block: CourseBlock): boolean {
  if (block.kind === 'text') return block.text.trim() === ''
  if (block.kind === 'pictures') return block.pictures.length === 0
  if (block.kind !== 'card') return false
  if (block.question && !/[\p{L}\p{N}]/u.test(block.question.text)) return true
  return block.text.trim() === '' && block.fileId === null && block.question === null
}

export type Hands = {
  readonly state: VersionState
  readonly writerIds: readonly string[]
  readonly submittedBy: string | null
  readonly reviewedBy: string | null
}

/** Three hands: who wrote or handed in does not review, and neither of them releases, nor does the reviewer. */
export function refusalOfHand(
  personId: string,
  version: Hands,
  step: 'review' | 'release',
): 'own_work' | 'reviewed_by_you' | null {
  if (version.writerIds.includes(personId) || version.submittedBy === personId) return 'own_work'
  return step === 'release' && version.reviewedBy === personId ? 'reviewed_by_you' : null
}
