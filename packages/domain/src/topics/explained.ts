import { distanceBetween } from './lesson.ts'
import {
  HURDLES,
  type Hurdle,
  hurdleBetween,
  type LecturerOffer,
  type Placement,
  type Program,
  type WishToPlace,
} from './matching.ts'

/** Why this lecturer: what both have in common, and how many others could have come. */
export type ProposalReasons = {
  readonly supporters: number
  readonly sharedTags: readonly string[]
  readonly distance: number | null
  readonly fit: number
  /** Lessons of the lecturer in that month with this one, and how many are offered at most. */
  readonly load: number
  readonly maxPerMonth: number
  readonly others: number
}

/**
 * Why a wish was left out. `hurdle` null: some lecturers could come, but their slots or months are given to others that
 * count more in sum (`takenBy`). Else the last hurdle that no lecturer passed; `stopped` counts lecturers by hurdle.
 */
export type LeftOut = {
  readonly wishId: string
  readonly supporters: number
  readonly hurdle: Hurdle | null
  readonly stopped: Readonly<Partial<Record<Hurdle, number>>>
  readonly takenBy: readonly { readonly wishId: string; readonly supporters: number; readonly lecturerId: string }[]
}

/** A second choice for a placed wish, in case the first does not come. */
export type Spare = { readonly wishId: string; readonly lecturerId: string; readonly slotId: string }

const monthOfSlot = (lecturer: LecturerOffer, slotId: string): string =>
  lecturer.slots.find(({ id }) => id === slotId)?.onDate.slice(0, 7) ?? ''

export function reasonsOf(program: Program, placements: readonly Placement[], one: Placement): ProposalReasons {
  const wish = program.wishes.find(({ id }) => id === one.wishId) as WishToPlace
  const lecturer = program.lecturers.find(({ id }) => id === one.lecturerId) as LecturerOffer
  const month = monthOfSlot(lecturer, one.slotId)
  const here = placements.filter((p) => p.lecturerId === lecturer.id && monthOfSlot(lecturer, p.slotId) === month)
  return {
    supporters: wish.supporters,
    sharedTags: wish.tags.filter((tag) => lecturer.tags.includes(tag)),
    distance: wish.place === 'online' ? null : distanceBetween(wish.orgPath, lecturer.orgPath),
    fit: one.fit,
    load: (lecturer.booked[month] ?? 0) + here.length,
    maxPerMonth: lecturer.maxPerMonth,
    others: program.lecturers.filter((other) => other !== lecturer && hurdleBetween(wish, other) === null).length,
  }
}

export function leftOutOf(program: Program, placements: readonly Placement[]): LeftOut[] {
  const placed = new Set(placements.map(({ wishId }) => wishId))
  const supporters = new Map(program.wishes.map(({ id, supporters: count }) => [id, count]))
  const byLecturer = new Map<string, Placement[]>()
  for (const one of placements) byLecturer.set(one.lecturerId, [...(byLecturer.get(one.lecturerId) ?? []), one])
  return program.wishes
    .filter(({ id }) => !placed.has(id))
    .map((wish) => {
      const stopped: Partial<Record<Hurdle, number>> = {}
      const takenBy: LeftOut['takenBy'][number][] = []
      let able = 0
      for (const lecturer of program.lecturers) {
        const hurdle = hurdleBetween(wish, lecturer)
        if (hurdle) {
          stopped[hurdle] = (stopped[hurdle] ?? 0) + 1
          continue
        }
        able += 1
        for (const { wishId } of byLecturer.get(lecturer.id) ?? [])
          takenBy.push({ wishId, supporters: supporters.get(wishId) ?? 0, lecturerId: lecturer.id })
      }
      const hurdle = able > 0 ? null : (HURDLES.findLast((one) => (stopped[one] ?? 0) > 0) ?? 'tags')
      takenBy.sort((a, b) => b.supporters - a.supporters || (a.wishId < b.wishId ? -1 : 1))
      return { wishId: wish.id, supporters: wish.supporters, hurdle, stopped, takenBy: takenBy.slice(0, 3) }
    })
}

/** Up to `most` second choices for each placed wish: other lecturers with a slot that nobody was given. */
export function sparesOf(program: Program, placements: readonly Placement[], most: number): Spare[] {
  const given = new Set(placements.map(({ slotId }) => slotId))
  const chosen = new Map(placements.map((one) => [one.wishId, one.lecturerId]))
  const found = new Map<string, Map<string, { slotId: string; weight: number }>>()
  for (const { wish: at, slotClass, weight } of program.columns) {
    const wish = program.wishes[at]
    const group = program.classes[slotClass]
    const lecturer = group && program.lecturers[group.lecturer]
    const first = wish && chosen.get(wish.id)
    if (!wish || !lecturer || first === undefined || first === lecturer.id) continue
    const free = group.slots.find(({ id }) => !given.has(id))
    if (!free) continue
    const options = found.get(wish.id) ?? new Map<string, { slotId: string; weight: number }>()
    if ((options.get(lecturer.id)?.weight ?? -1) < weight) options.set(lecturer.id, { slotId: free.id, weight })
    found.set(wish.id, options)
  }
  return [...found].flatMap(([wishId, options]) =>
    [...options]
      .sort(([a, x], [b, y]) => y.weight - x.weight || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([lecturerId, { slotId }]) => ({ wishId, lecturerId, slotId })),
  )
}
