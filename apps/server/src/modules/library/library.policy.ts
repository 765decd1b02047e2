import type { Retention } from '@tongxin/contract'
import type { FileKind } from '../../platform/upload/policy.ts'

/** Classes lie at most so deep, and a unit with those above it shows at most so many. */
export const DEEPEST = 5
export const MOST_CLASSES = 500
/** A share lasts at most a year. */
export const LONGEST_SHARE_DAYS = 366
/**
 * How many documents one mark of the search index stands for. The newest two shelves are looked through first, then the
 * newest two rooms of them, then everything: a word that fills no page from a room is rare.
 */
export const SHELVES = { s: 1024, r: 32_768 } as const
export type Shelf = keyof typeof SHELVES
export const PAGE = 20
/** Letters of a passage shown with a found document. */
export const PASSAGE = { before: 30, letters: 110 } as const
/** Kinds of files that the library keeps. */
export const KINDS: readonly FileKind[] = ['pdf', 'docx', 'xlsx', 'pptx', 'txt', 'jpeg', 'png', 'webp']
/** Letters at the beginning of a file in which a mark of secrecy stands. */
const HEAD = 1500

/**
 * Marks of a state secret as documents carry them (GB/T 9704-2012 7.2.2: the grade and its period at the upper left, such
 * as `机密★10年`), or a title that says it. A text about secrets, such as the law on them, has none.
 */
const MARKS: readonly RegExp[] = [
  /(绝密|机密|秘密)\s*[★☆*]/,
  /(密级|保密等级)\s*[:：]\s*(绝密|机密|秘密)/,
  /^\s*(绝密|机密|秘密)\s*(\d+\s*(年|个月))?\s*$/m,
]
const TITLE_MARKS: readonly RegExp[] = [...MARKS, /[（(【[〔]\s*(绝密|机密|秘密)\s*[）)】\]〕]/, /^(绝密|机密)/]

/** The mark of a state secret that the title, the name or the head of the file carries, or null. */
export function secretMarkIn(names: readonly string[], text: string): string | null {
  const inNames = names.flatMap((name) => TITLE_MARKS.map((mark) => mark.exec(name)?.[0]))
  const inText = MARKS.map((mark) => mark.exec(text.slice(0, HEAD))?.[0])
  return [...inNames, ...inText].find((mark) => mark !== undefined)?.trim() ?? null
}

const YEARS: Readonly<Record<Retention, number | null>> = { permanent: null, y30: 30, y10: 10 }

/** Until when an archived document is kept: whole years from the beginning of the next one; null is for ever. */
export function keptUntil(retention: Retention, today: string): string | null {
  const years = YEARS[retention]
  return years === null ? null : `${Number(today.slice(0, 4)) + years}-12-31`
}
