import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MEMBER_CATEGORIES } from '../identity/member-category.ts'
import { STANDINGS } from '../members/fields.ts'
import { closingOf, isCounted, standingChange } from './standing.ts'

const someone = fc.record({ category: fc.constantFrom(...MEMBER_CATEGORIES), status: fc.constantFrom(...STANDINGS) })

describe('who counts as a member', () => {
  it('full and probationary members whose membership stands', () => {
    expect(isCounted({ category: 'probationary', status: 'normal' })).toBe(true)
    expect(isCounted({ category: 'formal', status: 'retained' })).toBe(true)
    expect(isCounted({ category: 'formal', status: 'suspended' })).toBe(false)
    expect(isCounted({ category: 'candidate', status: 'normal' })).toBe(false)
  })
})

describe('why the number of members changed', () => {
  const formal = (status: string) => ({ category: 'formal', status })
  it.each([
    [{ category: 'candidate', status: 'normal' }, { category: 'probationary', status: 'normal' }, 'admitted'],
    [formal('suspended'), formal('restored'), 'restored'],
    [formal('normal'), formal('suspended'), 'stopped'],
    [formal('normal'), formal('deceased'), 'deceased'],
    [formal('normal'), formal('transferred'), 'transferred_out'],
    [{ category: 'probationary', status: 'normal' }, { category: 'applicant', status: 'normal' }, 'cancelled'],
    [formal('suspended'), formal('struck_off'), null],
    [{ category: 'probationary', status: 'normal' }, formal('normal'), null],
  ])('%o to %o is %s', (before, after, why) => {
    expect(standingChange(before, after)).toBe(why)
  })

  it('balances over any life: what was counted in and out is whether the person counts at the end', () => {
    fc.assert(
      fc.property(fc.array(someone, { minLength: 1, maxLength: 12 }), (life) => {
        const changes = life.slice(1).map((after, at) => {
          const before = life[at] as (typeof life)[number]
          return standingChange(before, after) === null ? 0 : isCounted(after) ? 1 : -1
        })
        const last = life.at(-1) as (typeof life)[number]
        return closingOf(isCounted(life[0] as (typeof life)[number]) ? 1 : 0, changes) === (isCounted(last) ? 1 : 0)
      }),
    )
  })
})
