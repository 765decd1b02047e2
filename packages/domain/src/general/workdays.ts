import { addDays, type IsoDate, weekdayOf, yearOf } from './dates.ts'

/**
 * The State Council's yearly calendar: days off that fall on weekdays, and weekend days that are worked.
 * `years` names the years the lists are complete for; absent means "as given, for every year".
 */
export type WorkdayCalendar = {
  holidays: readonly IsoDate[]
  makeupWorkdays: readonly IsoDate[]
  years?: readonly number[]
}

/** Weekends only. */
export const NO_HOLIDAYS: WorkdayCalendar = { holidays: [], makeupWorkdays: [] }

type DaySets = { holidays: ReadonlySet<IsoDate>; makeupWorkdays: ReadonlySet<IsoDate> }

function setsOf(calendar: WorkdayCalendar): DaySets {
  return { holidays: new Set(calendar.holidays), makeupWorkdays: new Set(calendar.makeupWorkdays) }
}

function isWorked(date: IsoDate, sets: DaySets): boolean {
  if (sets.makeupWorkdays.has(date)) return true
  if (sets.holidays.has(date)) return false
  const weekday = weekdayOf(date)
  return weekday !== 0 && weekday !== 6
}

/** True when the day is worked. */
export function isWorkday(date: IsoDate, calendar: WorkdayCalendar): boolean {
  return isWorked(date, setsOf(calendar))
}

/** Working days in the closed interval; 0 when `to` lies before `from`. */
export function countWorkdays(from: IsoDate, to: IsoDate, calendar: WorkdayCalendar): number {
  const sets = setsOf(calendar)
  let count = 0
  // `addDays` at both ends also refuses dates that do not exist.
  for (let day = addDays(from, 0); day <= addDays(to, 0); day = addDays(day, 1)) {
    if (isWorked(day, sets)) count += 1
  }
  return count
}

/** The `count`-th working day after `start`; the start day itself is not counted (practice for petitions). */
export function addWorkdays(start: IsoDate, count: number, calendar: WorkdayCalendar): IsoDate {
  const sets = setsOf(calendar)
  let day = addDays(start, 0)
  for (let left = count; left > 0; ) {
    day = addDays(day, 1)
    if (isWorked(day, sets)) left -= 1
  }
  return day
}

/** The day itself when it is worked, else the next working day: Civil Code art. 203, an option here. */
export function rollToWorkday(date: IsoDate, calendar: WorkdayCalendar): IsoDate {
  return isWorkday(date, calendar) ? date : addWorkdays(date, 1, calendar)
}

/** False when the calendar of a year in the interval has not been entered: the count is then provisional. */
export function coversYears(calendar: WorkdayCalendar, from: IsoDate, to: IsoDate): boolean {
  if (!calendar.years) return true
  for (let year = yearOf(from); year <= yearOf(to); year += 1) {
    if (!calendar.years.includes(year)) return false
  }
  return true
}
