import { expect, it } from 'vitest'
import { dateInText } from './date-text.ts'

it.each(['', '2026', '2026-13-01', '2026-02-29', '20260230', '26-3-5', '2026-3', '明天', '0026-03-05', '2026-3-5-1'])(
  'finds no day in %j',
  (text) => {
    expect(dateInText(text)).toBeNull()
  },
)

it.each(['2026-3-5', '2026.3.5', '2026/3/5', '20260305', '2026年3月5日', ' 2026 - 03 - 05 ', '２０２６．３．５'])(
  'reads %j as the fifth of March',
  (text) => {
    expect(dateInText(text)).toBe('2026-03-05')
  },
)

it('knows leap years', () => {
  expect(dateInText('2028-2-29')).toBe('2028-02-29')
  expect(dateInText('2100-2-29')).toBeNull()
})
