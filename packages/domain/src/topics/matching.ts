import { type DayPart, distanceBetween, type LessonFormat, type LessonLevel, type LessonPlace } from './lesson.ts'

/** A wish that has enough support. Days are `YYYY-MM-DD`; a wish without parts of the day takes any. */
export type WishToPlace = {
  readonly id: string
  readonly supporters: number
  readonly tags: readonly string[]
  readonly level: LessonLevel
  readonly format: LessonFormat
  readonly place: LessonPlace
  readonly parts: readonly DayPart[]
  readonly fromOn: string
  readonly untilOn: string
  readonly orgPath: string
  /** Lecturers who said no to it, or to whom its unit said no. */
  readonly declined: readonly string[]
}
export type FreeSlot = { readonly id: string; readonly onDate: string; readonly part: DayPart }
export type LecturerOffer = {
  readonly id: string
  readonly tags: readonly string[]
  readonly levels: readonly LessonLevel[]
  readonly formats: readonly LessonFormat[]
  readonly isOnline: boolean
  readonly maxPerMonth: number
  /** Steps in the tree of units that the lecturer goes. */
  readonly maxDistance: number
  readonly orgPath: string
  readonly slots: readonly FreeSlot[]
  /** Lessons that are agreed already, by month (`YYYY-MM`). */
  readonly booked: Readonly<Record<string, number>>
}

/** What keeps a lecturer from a wish, in the order in which it is asked. */
export const HURDLES = ['tags', 'level', 'format', 'online', 'distance', 'slots', 'load', 'declined'] as const
export type Hurdle = (typeof HURDLES)[number]

const monthIn = (onDate: string): string => onDate.slice(0, 7)
const suits = (wish: WishToPlace, slot: FreeSlot): boolean =>
  slot.onDate >= wish.fromOn &&
  slot.onDate <= wish.untilOn &&
  (wish.parts.length === 0 || wish.parts.includes(slot.part))
const roomIn = (lecturer: LecturerOffer, month: string): number =>
  Math.max(0, lecturer.maxPerMonth - (lecturer.booked[month] ?? 0))
const shareTag = (wish: WishToPlace, lecturer: LecturerOffer): boolean =>
  wish.tags.some((tag) => lecturer.tags.includes(tag))

/** The first thing that keeps the lecturer from the wish, or null when one of the free slots would do. */
export function hurdleBetween(wish: WishToPlace, lecturer: LecturerOffer): Hurdle | null {
  if (!shareTag(wish, lecturer)) return 'tags'
  if (!lecturer.levels.includes(wish.level)) return 'level'
  if (!lecturer.formats.includes(wish.format)) return 'format'
  if (wish.place === 'online' && !lecturer.isOnline) return 'online'
  if (wish.place === 'unit' && distanceBetween(wish.orgPath, lecturer.orgPath) > lecturer.maxDistance) return 'distance'
  const fitting = lecturer.slots.filter((slot) => suits(wish, slot))
  if (fitting.length === 0) return 'slots'
  if (fitting.every(({ onDate }) => roomIn(lecturer, monthIn(onDate)) === 0)) return 'load'
  return wish.declined.includes(lecturer.id) ? 'declined' : null
}

/** How well a lecturer fits, 0 to 9: up to three shared tags count twice, then nearness. Never outweighs a supporter. */
export function fitOf(wish: WishToPlace, lecturer: LecturerOffer): number {
  const shared = wish.tags.filter((tag) => lecturer.tags.includes(tag)).length
  const steps = wish.place === 'online' ? 0 : distanceBetween(wish.orgPath, lecturer.orgPath)
  return Math.min(3, shared) * 2 + Math.max(0, 3 - steps)
}

/** Slots of one lecturer in one month that suit the very same wishes: exchangeable, so they are one choice. */
type SlotClass = { readonly lecturer: number; readonly month: string; readonly slots: readonly FreeSlot[] }
type Column = { readonly wish: number; readonly slotClass: number; readonly weight: number }
export type Program = {
  readonly wishes: readonly WishToPlace[]
  readonly lecturers: readonly LecturerOffer[]
  readonly classes: readonly SlotClass[]
  readonly columns: readonly Column[]
  readonly weightOfSupporter: number
}

/** For every lecturer the wishes within reach, found by tag so that most pairs are never looked at. */
function wishesByLecturer(wishes: readonly WishToPlace[], lecturers: readonly LecturerOffer[]): number[][] {
  const byTag = new Map<string, number[]>()
  wishes.forEach(({ tags }, at) => {
    for (const tag of tags) {
      const known = byTag.get(tag)
      if (known) known.push(at)
      else byTag.set(tag, [at])
    }
  })
  return lecturers.map((lecturer) => {
    const near = [...new Set(lecturer.tags.flatMap((tag) => byTag.get(tag) ?? []))].sort((a, b) => a - b)
    return near.filter((at) => {
      const wish = wishes[at]
      return wish !== undefined && hurdleBetween(wish, lecturer) === null
    })
  })
}

/**
 * The choice as an integer programme: a column for each wish and class of slots that suit it. One lesson per wish, one
 * wish per slot, no lecturer above the load of a month. A supporter weighs more than the fit of all lessons together.
 */
export function programOf(wishes: readonly WishToPlace[], lecturers: readonly LecturerOffer[]): Program {
  const classes: SlotClass[] = []
  const columns: Column[] = []
  const weightOfSupporter = 10 * wishes.length + 1
  wishesByLecturer(wishes, lecturers).forEach((near, at) => {
    const lecturer = lecturers[at] as LecturerOffer
    const alike = new Map<string, { month: string; slots: FreeSlot[]; wishes: number[] }>()
    for (const slot of lecturer.slots) {
      const month = monthIn(slot.onDate)
      if (roomIn(lecturer, month) === 0) continue
      const suited = near.filter((wish) => suits(wishes[wish] as WishToPlace, slot))
      if (suited.length === 0) continue
      const key = `${month}/${suited.join(',')}`
      const known = alike.get(key)
      if (known) known.slots.push(slot)
      else alike.set(key, { month, slots: [slot], wishes: suited })
    }
    for (const { month, slots, wishes: suited } of alike.values()) {
      const slotClass = classes.push({ lecturer: at, month, slots }) - 1
      for (const index of suited) {
        const wish = wishes[index] as WishToPlace
        columns.push({ wish: index, slotClass, weight: wish.supporters * weightOfSupporter + fitOf(wish, lecturer) })
      }
    }
  })
  return { wishes, lecturers, classes, columns, weightOfSupporter }
}

/** The programme as sparse rows for a solver: `column c` takes part in the rows `rowsOf[c]`, each at most `most[row]`. */
export type SparseProgram = { readonly costs: number[]; readonly rowsOf: number[][]; readonly most: number[] }
export function sparseOf(program: Program): SparseProgram {
  const most = program.wishes.map(() => 1)
  const classRow = program.classes.map(({ slots }) => most.push(slots.length) - 1)
  const monthRows = new Map<string, number>()
  const monthRow = program.classes.map(({ lecturer, month }) => {
    const key = `${lecturer}/${month}`
    const known = monthRows.get(key)
    if (known !== undefined) return known
    const row = most.push(roomIn(program.lecturers[lecturer] as LecturerOffer, month)) - 1
    monthRows.set(key, row)
    return row
  })
  return {
    costs: program.columns.map(({ weight }) => weight),
    rowsOf: program.columns.map(({ wish, slotClass }) => [
      wish,
      classRow[slotClass] as number,
      monthRow[slotClass] as number,
    ]),
    most,
  }
}

export type Placement = {
  readonly wishId: string
  readonly lecturerId: string
  readonly slotId: string
  readonly fit: number
}

/** The lessons that chosen columns stand for; slots of a class are given out in the order of their days. */
export function placementsOf(program: Program, chosen: readonly number[]): Placement[] {
  const left = program.classes.map(({ slots }) => slots.toSorted((a, b) => (a.onDate < b.onDate ? -1 : 1)))
  return chosen.flatMap((at) => {
    const column = program.columns[at]
    const slot = column && left[column.slotClass]?.shift()
    if (!column || !slot) throw new Error('the solver gave out more slots than there are')
    const wish = program.wishes[column.wish] as WishToPlace
    const lecturer = program.lecturers[(program.classes[column.slotClass] as SlotClass).lecturer] as LecturerOffer
    return [{ wishId: wish.id, lecturerId: lecturer.id, slotId: slot.id, fit: fitOf(wish, lecturer) }]
  })
}

/** What a choice of columns is worth; the whole part divided by `weightOfSupporter` is the supported demand. */
export const worthOf = (program: Program, chosen: readonly number[]): number =>
  chosen.reduce((sum, at) => sum + (program.columns[at]?.weight ?? 0), 0)

/** Supporters of the wishes that were placed. */
export const demandOf = (program: Program, chosen: readonly number[]): number =>
  chosen.reduce((sum, at) => sum + (program.wishes[program.columns[at]?.wish ?? -1]?.supporters ?? 0), 0)

/**
 * The obvious way as a baseline, and what is given when the solver has no answer in time: the most wanted wish first,
 * each with the best fitting lecturer that is left.
 */
export function greedyOf(program: Program): number[] {
  const { rowsOf, most } = sparseOf(program)
  const left = [...most]
  const order = program.columns.map((_, at) => at)
  const weight = (at: number) => program.columns[at]?.weight ?? 0
  order.sort((a, b) => weight(b) - weight(a) || a - b)
  const chosen: number[] = []
  for (const at of order) {
    const rows = rowsOf[at] ?? []
    if (rows.some((row) => (left[row] ?? 0) === 0)) continue
    for (const row of rows) left[row] = (left[row] ?? 0) - 1
    chosen.push(at)
  }
  return chosen
}
