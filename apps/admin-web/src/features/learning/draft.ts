import type { CourseRecord } from '@tongxin/contract/learning'
import type { BlockKind, Chapter, CourseBlock, CourseContent } from '@tongxin/contract/learning.words'

/** The content to write at: whoever may write is given every answer, which the shown content leaves open. */
export const draftOf = (course: CourseRecord): CourseContent => course.content as CourseContent

export const newChapter = (title: string): Chapter => ({ id: crypto.randomUUID(), title, blocks: [] })

/** A block that was begun; `ref` is the thing it shows, where it shows one. */
export function newBlock(kind: BlockKind, ref = ''): CourseBlock {
  const base = { id: crypto.randomUUID(), title: '', confirm: null }
  switch (kind) {
    case 'text':
      return { ...base, kind, text: '' }
    case 'pictures':
      return { ...base, kind, pictures: [] }
    case 'file':
    case 'slides':
      return { ...base, kind, fileId: ref, name: '' }
    case 'media':
      return { ...base, kind, mediaId: ref }
    case 'package':
      return { ...base, kind, packageId: ref }
    case 'quiz':
      return { ...base, kind, paperId: ref }
    case 'card':
      return { ...base, kind, fileId: null, text: '', question: null }
  }
}

/** The list with one member taken to another place; out of the list it stays where it was. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const to = at + by
  if (to < 0 || to >= list.length) return [...list]
  const next = [...list]
  const [one] = next.splice(at, 1)
  next.splice(to, 0, one as T)
  return next
}

export const replaced = <T>(list: readonly T[], at: number, one: T): T[] =>
  list.map((old, place) => (place === at ? one : old))
export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, place) => place !== at)
