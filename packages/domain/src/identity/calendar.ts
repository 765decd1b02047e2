/** Gregorian calendar arithmetic on ISO dates (`YYYY-MM-DD`), without clock and without time zone. */

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Days of the month 1..12; 0 for a month that does not exist. */
export function daysOfMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0)
}

/** The ISO date, or null when the calendar has no such day. Years 1000..9999, so that strings compare as dates. */
export function isoDate(year: number, month: number, day: number): string | null {
  if (year < 1000 || year > 9999 || day < 1 || day > daysOfMonth(year, month)) return null
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** The same day `years` later as a string that compares rightly even when 29 February does not exist in that year. */
export function yearsLater(iso: string, years: number): string {
  return `${String(Number(iso.slice(0, 4)) + years).padStart(4, '0')}${iso.slice(4)}`
}

/** The last day of the month of an ISO date. */
export function endOfMonth(iso: string): string {
  const days = daysOfMonth(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)))
  return `${iso.slice(0, 8)}${String(days).padStart(2, '0')}`
}

/**
 * The date of a spreadsheet serial number (ECMA-376 part 1, 18.17.4.1), or null outside 1900..9999. The 1900 system
 * counts a 29 February 1900 that never was, so serials below 61 are one day off there; `epoch1904` is the other system.
 */
export function serialDate(serial: number, epoch1904 = false): string | null {
  let days = Math.floor(serial)
  if (!Number.isFinite(serial) || days < 0 || days > 2_958_465) return null
  if (epoch1904) days += 1462
  if (days === 60 || days === 0) return null
  return civilDate(days - (days > 60 ? 25_569 : 25_568))
}

/** ISO date of a day count from 1970-01-01 (Fliegel and Van Flandern 1968, as a calculation with 400-year eras). */
function civilDate(daysFromEpoch: number): string | null {
  const shifted = daysFromEpoch + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return isoDate(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
}
