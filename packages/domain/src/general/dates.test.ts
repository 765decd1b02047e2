import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  ageOn,
  daysBetween,
  isIsoDate,
  monthOf,
  quarterOf,
  todayInShanghai,
  weekdayOf,
  yearOf,
} from './dates.ts'
import { isWithinMonths } from './deadlines.ts'
import { addWorkdays, countWorkdays, coversYears, isWorkday, NO_HOLIDAYS, rollToWorkday } from './workdays.ts'

// Days since 1970 up to the year 2200, before it down to 1770.
const dayNumber = fc.integer({ min: -73_000, max: 84_000 })
const date = dayNumber.map((n) => addDays('1970-01-01', n))
const months = fc.integer({ min: -600, max: 600 })
/** The engine's own calendar, in UTC, as an independent witness. */
const witnessed = (n: number) => new Date(n * 86_400_000)

describe('dates', () => {
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-06-31',
    '2026-6-1',
    '0000-01-01',
    '20260601',
    '',
    ' 2026-06-01',
  ])('refuses %j', (text) => {
    expect(isIsoDate(text)).toBe(false)
    expect(() => addMonths(text, 1)).toThrow(RangeError)
    expect(() => addDays(text, 1)).toThrow(RangeError)
    expect(() => yearOf(text)).toThrow(RangeError)
  })

  it('refuse a fraction of a day or month and leaving the calendar', () => {
    expect(() => addDays('2026-06-01', 0.5)).toThrow(RangeError)
    expect(() => addMonths('2026-06-01', 1.5)).toThrow(RangeError)
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError)
    expect(() => addMonths('0001-01-31', -1)).toThrow(RangeError)
  })

  it('agree with an independent calendar', () => {
    fc.assert(
      fc.property(dayNumber, (n) => {
        const day = addDays('1970-01-01', n)
        expect(day).toBe(witnessed(n).toISOString().slice(0, 10))
        expect(weekdayOf(day)).toBe(witnessed(n).getUTCDay())
        expect(daysBetween('1970-01-01', day)).toBe(n)
      }),
    )
  })

  it('never let a later start have an earlier deadline', () => {
    fc.assert(
      fc.property(date, date, months, (a, b, n) => {
        const [early, late] = a <= b ? [a, b] : [b, a]
        expect(addMonths(early, n) <= addMonths(late, n)).toBe(true)
      }),
    )
  })

  it('land in the wanted month, on the same day or on its last one', () => {
    fc.assert(
      fc.property(date, months, (day, n) => {
        const target = addMonths(day, n)
        expect(yearOf(target) * 12 + monthOf(target)).toBe(yearOf(day) * 12 + monthOf(day) + n)
        expect(target.slice(8) === day.slice(8) || monthOf(addDays(target, 1)) !== monthOf(target)).toBe(true)
      }),
    )
  })

  it('count a birthday on 29 February on the 28th of a common year', () => {
    expect(ageOn('2008-02-29', '2026-02-27')).toBe(17)
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(18)
    expect(ageOn('2008-03-01', '2026-02-28')).toBe(17)
  })

  it('take the deadline day as in time and the day before the start as out', () => {
    expect(isWithinMonths('2026-01-31', '2026-01-30', 1)).toBe(false)
    expect(isWithinMonths('2026-01-31', '2026-02-28', 1)).toBe(true)
    expect(isWithinMonths('2026-01-31', '2026-03-01', 1)).toBe(false)
  })

  it('tell the quarter', () => {
    expect(['2026-01-01', '2026-03-31', '2026-04-01', '2026-12-31'].map(quarterOf)).toEqual([1, 1, 2, 4])
  })
})

describe('today in Shanghai', () => {
  it('agrees with the zone database for every instant since 1992', () => {
    const shanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' })
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2200, 0, 1) }), (instant) => {
        expect(todayInShanghai(instant)).toBe(shanghai.format(instant))
      }),
    )
  })

  it('begins at 16:00 UTC', () => {
    expect(todayInShanghai(Date.UTC(2026, 10, 21, 15, 59, 59, 999))).toBe('2026-11-21')
    expect(todayInShanghai(Date.UTC(2026, 10, 21, 16))).toBe('2026-11-22')
  })
})

describe('working days', () => {
  const calendar = { holidays: ['2026-06-19'], makeupWorkdays: ['2026-06-14'], years: [2026] }
  const near = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2026-01-01', n))

  it('are none in an interval that ends before it begins', () => {
    expect(countWorkdays('2026-06-12', '2026-06-08', NO_HOLIDAYS)).toBe(0)
  })

  it('add up over neighbouring intervals', () => {
    fc.assert(
      fc.property(near, fc.nat(40), fc.nat(40), (from, a, b) => {
        const middle = addDays(from, a)
        const end = addDays(middle, b)
        const parts = countWorkdays(from, middle, calendar) + countWorkdays(addDays(middle, 1), end, calendar)
        expect(parts).toBe(countWorkdays(from, end, calendar))
      }),
    )
  })

  it('counted forward are the same counted back', () => {
    fc.assert(
      fc.property(near, fc.integer({ min: 1, max: 60 }), (start, n) => {
        const end = addWorkdays(start, n, calendar)
        expect(isWorkday(end, calendar)).toBe(true)
        expect(countWorkdays(addDays(start, 1), end, calendar)).toBe(n)
      }),
    )
  })

  it('move a last day off a holiday only forward', () => {
    expect(rollToWorkday('2026-06-19', calendar)).toBe('2026-06-22')
    expect(rollToWorkday('2026-06-18', calendar)).toBe('2026-06-18')
  })

  it('are known only for the years whose calendar was entered', () => {
    expect(coversYears(calendar, '2026-12-20', '2027-01-10')).toBe(false)
    expect(coversYears(calendar, '2026-01-01', '2026-12-31')).toBe(true)
    expect(coversYears(NO_HOLIDAYS, '2026-01-01', '2030-12-31')).toBe(true)
  })
})
