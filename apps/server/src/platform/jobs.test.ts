import { expect, it } from 'vitest'
import { inShanghai } from './jobs.ts'

it('reads the clock of a job in Shanghai, over the end of a day, a week, a month and a year', () => {
  const now = new Date('2026-12-31T20:00:00Z')
  // 2026-11-28 is a Saturday; 19:40 UTC there is 03:40 on Sunday in Shanghai.
  expect(inShanghai({ min: 40, hour: 19, date: 28, month: 11, dow: 6 }, now)).toEqual({
    min: 40,
    hour: 3,
    date: 29,
    month: 11,
    dow: 0,
  })
  expect(inShanghai({ min: 0, hour: 15, date: 30, month: 11, dow: 1 }, now)).toEqual({
    min: 0,
    hour: 23,
    date: 30,
    month: 11,
    dow: 1,
  })
  expect(inShanghai({ min: 0, hour: 16, date: 31, month: 12, dow: 4 }, now)).toEqual({
    min: 0,
    hour: 0,
    date: 1,
    month: 1,
    dow: 5,
  })
})
