import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dividedHalfUp, fenOf, yuanOf } from '../general/money.ts'
import { withOwnParameters } from '../parameters.ts'
import { monthlyDues, PENSION_BANDS, quarterlyAverageDues, WAGE_BANDS } from './assessment.ts'
import { effectiveBase, wageBase } from './base.ts'
import { centreShareDeadline, isLargePayment, shareUp } from './payment.ts'

const fen = fc.bigInt({ min: 0n, max: 10n ** 14n })

describe('money', () => {
  it.each(['', '1.234', '1,000.00', '.5', '5.', '1e3', ' 1', '一百', '--1'])('refuses %j', (text) => {
    expect(() => fenOf(text)).toThrow(RangeError)
    expect(() => monthlyDues({ category: 'wage', base: text })).toThrow(RangeError)
  })

  it('keeps every fen on the way in and out', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (amount) => {
        expect(fenOf(yuanOf(amount))).toBe(amount)
      }),
    )
  })

  it('rounds to the nearest, halves away from zero', () => {
    fc.assert(
      fc.property(fen, fc.bigInt({ min: 1n, max: 10n ** 6n }), (amount, divisor) => {
        const rest = 2n * (dividedHalfUp(amount, divisor) * divisor - amount)
        expect(rest > -divisor && rest <= divisor).toBe(true)
        expect(dividedHalfUp(-amount, divisor)).toBe(-dividedHalfUp(amount, divisor))
      }),
    )
  })
})

describe('monthly dues', () => {
  it.each([
    ['wage', WAGE_BANDS],
    ['retired', PENSION_BANDS],
  ] as const)('of %s are the rate on the whole base to the nearest fen', (category, bands) => {
    fc.assert(
      fc.property(fen, (base) => {
        const { due, rate } = monthlyDues({ category, base: yuanOf(base) }).value
        const band = bands.find(({ upToFen }) => upToFen === null || base <= upToFen)
        expect(rate).toBe(band?.rate)
        const error = fenOf(due) * 1000n - base * (band?.perMille ?? 0n)
        expect(error > -500n && error <= 500n).toBe(true)
      }),
    )
  })

  it('jump at a band as the text wants', () => {
    const due = (base: string) => monthlyDues({ category: 'wage', base }).value.due
    expect([due('3000.00'), due('3000.01')]).toEqual(['15.00', '30.00'])
  })

  it('round to the step that is set', () => {
    const own = [{ code: 'dues.roundingStepFen', value: 10, effectiveFrom: '2026-01-01', ruleId: 'GEN-4' }]
    const onDate = '2026-06-01'
    const dues = monthlyDues({ category: 'wage', base: '12345.67', onDate }, withOwnParameters(own))
    expect(dues.value.due).toBe('246.90')
    const earlier = monthlyDues({ category: 'wage', base: '12345.67', onDate: '2025-12-31' }, withOwnParameters(own))
    expect(earlier.value.due).toBe('246.91')
  })

  it('are not computed for a category without a rate', () => {
    expect(() => monthlyDues({ category: 'student' as 'wage', base: '1.00' })).toThrow(RangeError)
  })

  it('rate the exact average of a quarter, before it is rounded to be shown', () => {
    const { base, rate } = quarterlyAverageDues({ netIncomes: ['10000.00', '10000.00', '10000.01'] }).value
    expect([base, rate]).toEqual(['10000.00', '0.02'])
    expect(() => quarterlyAverageDues({ netIncomes: ['1.00', '2.00'] })).toThrow(RangeError)
    expect(quarterlyAverageDues({ netIncomes: ['-9000.00', '0.00', '3000.00'] }).value.due).toBe('0.00')
  })
})

describe('the base', () => {
  it('refuses a malformed amount anywhere on the slip and never falls below zero', () => {
    expect(() => wageBase({ counted: {}, deducted: {}, excluded: { 奖金: 'x' } })).toThrow(RangeError)
    expect(wageBase({ counted: { a: '1.00' }, deducted: { b: '2.00' }, excluded: {} }).value).toBe('0.00')
  })

  it('fixed yearly takes a new wage from the next January', () => {
    const change = { policy: 'yearly-fixed', yearStartBase: '5000.00', newBase: '6000.00', newFrom: '2026-07' } as const
    expect(effectiveBase({ ...change, month: '2026-12' }).value).toBe('5000.00')
    expect(effectiveBase({ ...change, month: '2027-01' }).value).toBe('6000.00')
    expect(effectiveBase({ ...change, policy: 'monthly', month: '2026-07' }).value).toBe('6000.00')
  })
})

describe('payments', () => {
  it('share a decimal percentage exactly and refuse what is none', () => {
    expect(shareUp({ total: '1000.00', percent: '12.5' }).value).toBe('125.00')
    for (const percent of ['', '101', '-5', '5%', '1.00001']) {
      expect(() => shareUp({ total: '1.00', percent })).toThrow(RangeError)
    }
  })

  it('are large by what exceeds the due', () => {
    expect(isLargePayment({ due: '30.00', paid: '1029.99' }).value).toBe(false)
    expect(centreShareDeadline({ year: 2026 }).value).toBe('2027-04-30')
  })
})
