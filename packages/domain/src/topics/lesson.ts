/** 讲授, 研讨, 案例教学, 现场教学. */
export const LESSON_FORMATS = ['lecture', 'seminar', 'case', 'on_site'] as const
export type LessonFormat = (typeof LESSON_FORMATS)[number]
/** At the unit, or over the network. */
export const LESSON_PLACES = ['unit', 'online'] as const
export type LessonPlace = (typeof LESSON_PLACES)[number]
/** For which level of organisations a lesson is held. */
export const LESSON_LEVELS = ['committee', 'general_branch', 'branch'] as const
export type LessonLevel = (typeof LESSON_LEVELS)[number]
/** 工作日白天, 工作日晚上, 周末. */
export const DAY_PARTS = ['weekday', 'evening', 'weekend'] as const
export type DayPart = (typeof DAY_PARTS)[number]

/** Steps in the tree from one unit to another: up to the unit that both belong to, and down again. */
export function distanceBetween(one: string, other: string): number {
  const [a, b] = [one.split('.'), other.split('.')]
  let common = 0
  while (common < a.length && common < b.length && a[common] === b[common]) common += 1
  return a.length + b.length - 2 * common
}

/** Whether a day (`YYYY-MM-DD`) can be of that part: Saturday and Sunday are weekend, all others are not. */
export function isDayOf(onDate: string, part: DayPart): boolean {
  const [year = 0, month = 1, day = 1] = onDate.split('-').map(Number)
  // Sakamoto's rule: 0 is Sunday.
  const shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] ?? 0
  const y = month < 3 ? year - 1 : year
  const weekday = (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + shift + day) % 7
  return (part === 'weekend') === (weekday === 0 || weekday === 6)
}

const pairsIn = (text: string): string[] => {
  const kept = [...text.toLowerCase().replace(/[\s\p{P}]/gu, '')]
  return kept.length < 2 ? kept : kept.slice(1).map((char, at) => `${kept[at] ?? ''}${char}`)
}

/** How alike two titles are: Dice's coefficient of their pairs of characters, 0 to 1. Works without word breaks. */
export function likeness(one: string, other: string): number {
  const [a, b] = [pairsIn(one), pairsIn(other)]
  if (a.length + b.length === 0) return 0
  const left = new Map<string, number>()
  for (const pair of a) left.set(pair, (left.get(pair) ?? 0) + 1)
  let shared = 0
  for (const pair of b) {
    const count = left.get(pair) ?? 0
    if (count === 0) continue
    shared += 1
    left.set(pair, count - 1)
  }
  return (2 * shared) / (a.length + b.length)
}
