/**
 * Civil dates as ISO text `YYYY-MM-DD` in Asia/Shanghai. No `Date`: its result would depend on the
 * zone of the process, and a deadline must be the same on every machine.
 */
export type IsoDate = string

const SHANGHAI_OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/

type Civil = { year: number; month: number; day: number }

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** Number of days in a month; `month` counts from 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function civilOf(date: string): Civil | undefined {
  const match = ISO_DATE.exec(date)
  if (!match) return undefined
  const civil = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  if (civil.year < 1 || civil.month < 1 || civil.month > 12) return undefined
  if (civil.day < 1 || civil.day > daysInMonth(civil.year, civil.month)) return undefined
  return civil
}

function parsed(date: string): Civil {
  const civil = civilOf(date)
  if (!civil) throw new RangeError(`Not a calendar date of the form YYYY-MM-DD: ${String(date)}`)
  return civil
}

function written(civil: Civil): IsoDate {
  if (civil.year < 1 || civil.year > 9999) throw new RangeError(`Year outside 1..9999: ${civil.year}`)
  const pad = (n: number, width: number) => String(n).padStart(width, '0')
  return `${pad(civil.year, 4)}-${pad(civil.month, 2)}-${pad(civil.day, 2)}`
}

/** True for text that is a date of the calendar, written `YYYY-MM-DD`. */
export function isIsoDate(text: string): text is IsoDate {
  return civilOf(text) !== undefined
}

// Day numbers count from 1970-01-01. Years are taken to begin in March, so the leap day ends a year
// and the length of the months before it follows one integer formula.
function dayNumberOf(date: IsoDate): number {
  const { year, month, day } = parsed(date)
  const marchYear = month > 2 ? year : year - 1
  const marchMonth = (month + 9) % 12
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function dateOfDayNumber(dayNumber: number): IsoDate {
  const shifted = dayNumber + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return written({ year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day })
}

function wholeNumber(n: number, what: string): number {
  if (!Number.isSafeInteger(n)) throw new RangeError(`${what} must be a whole number: ${n}`)
  return n
}

/** The date `days` days later (earlier when negative). Throws RangeError on a date that does not exist. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return dateOfDayNumber(dayNumberOf(date) + wholeNumber(days, 'days'))
}

/**
 * The corresponding day `months` months later (earlier when negative), or the last day of that month when
 * there is none: Civil Code arts 200–202 by analogy. Not reversible. The deadline day itself is in time.
 */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const { year, month, day } = parsed(date)
  const index = year * 12 + (month - 1) + wholeNumber(months, 'months')
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 }
  return written({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) })
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumberOf(to) - dayNumberOf(from)
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(date: IsoDate): number {
  // 1970-01-01 was a Thursday; the double remainder keeps days before it positive.
  return (((dayNumberOf(date) + 4) % 7) + 7) % 7
}

/** Completed years of life; someone born on 29 February completes a year on 28 February of a common year. */
export function ageOn(birthDate: IsoDate, onDate: IsoDate): number {
  const years = parsed(onDate).year - parsed(birthDate).year
  return addMonths(birthDate, years * 12) <= onDate ? years : years - 1
}

/** The date in Shanghai at an instant given in milliseconds since 1970 UTC (no summer time since 1992). */
export function todayInShanghai(instantMs: number): IsoDate {
  return dateOfDayNumber(Math.floor((instantMs + SHANGHAI_OFFSET_MS) / DAY_MS))
}

/** Calendar year of a date. */
export function yearOf(date: IsoDate): number {
  return parsed(date).year
}

/** Month of a date, 1..12. */
export function monthOf(date: IsoDate): number {
  return parsed(date).month
}

/** Quarter of a date, 1..4. */
export function quarterOf(date: IsoDate): number {
  return Math.floor((parsed(date).month - 1) / 3) + 1
}
