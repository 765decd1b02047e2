import { DAY_PARTS, type DayPart, LESSON_FORMATS, LESSON_LEVELS } from '@tongxin/domain/topics/lesson'
import type { LecturerOffer, WishToPlace } from '@tongxin/domain/topics/matching'

/** A generator of whole numbers below `most`, the same for the same seed (Park and Miller's). */
export function dice(seed: number): (most: number) => number {
  let state = (seed % 2147483646) + 1
  return (most) => {
    state = (state * 48271) % 2147483647
    return state % most
  }
}

type Sizes = { readonly wishes: number; readonly lecturers: number; readonly tags: number; readonly slots: number }

/** An invented market of wishes and lecturers, the same for the same seed: for tests and for the bench. */
export function inventedMarket(seed: number, sizes: Sizes): { wishes: WishToPlace[]; lecturers: LecturerOffer[] } {
  const roll = dice(seed)
  const one = <T>(of: readonly T[]): T => of[roll(of.length)] as T
  const some = <T>(of: readonly T[], most: number): T[] => [
    ...new Set(Array.from({ length: 1 + roll(most) }, () => one(of))),
  ]
  const tags = Array.from({ length: sizes.tags }, (_, at) => `t${at}`)
  const units = Array.from({ length: 40 }, (_, at) => `r00.${String(at % 8).padStart(3, '0')}.${at}`)
  const day = () => `2026-12-${String(1 + roll(28)).padStart(2, '0')}`
  const wishes = Array.from({ length: sizes.wishes }, (_, at): WishToPlace => {
    const [a, b] = [day(), day()]
    return {
      id: `w${at}`,
      supporters: 3 + roll(200),
      tags: some(tags, 2),
      level: one(LESSON_LEVELS),
      format: one(LESSON_FORMATS),
      place: roll(3) === 0 ? 'online' : 'unit',
      parts: roll(2) === 0 ? [] : some(DAY_PARTS, 2),
      fromOn: a < b ? a : b,
      untilOn: a < b ? b : a,
      orgPath: one(units),
      declined: [],
    }
  })
  const lecturers = Array.from(
    { length: sizes.lecturers },
    (_, at): LecturerOffer => ({
      id: `l${at}`,
      tags: some(tags, 4),
      levels: some(LESSON_LEVELS, 3),
      formats: some(LESSON_FORMATS, 4),
      isOnline: roll(2) === 0,
      maxPerMonth: 1 + roll(3),
      maxDistance: 2 * (1 + roll(2)),
      orgPath: one(units),
      slots: Array.from({ length: 1 + roll(sizes.slots) }, (_, n) => ({
        id: `l${at}s${n}`,
        onDate: day(),
        part: one<DayPart>(DAY_PARTS),
      })),
      booked: {},
    }),
  )
  return { wishes, lecturers }
}
