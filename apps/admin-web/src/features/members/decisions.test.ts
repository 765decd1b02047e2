import type { Difference } from '@tongxin/contract/members.review'
import { expect, it } from 'vitest'
import { isDisputed, sentDecisions, takesOf, unsettled } from './decisions.ts'

const row = (facts: Partial<Difference>): Difference => ({
  field: 'bornOn',
  current: '1999-12-10',
  proposed: '2000-01-02',
  derived: null,
  roster: null,
  differs: true,
  conflict: true,
  ...facts,
})

it('does not call a plain correction disputed, nor a roster that only repeats the present value', () => {
  expect(isDisputed(row({}))).toBe(false)
  expect(isDisputed(row({ roster: '1999-12-10' }))).toBe(false)
})

it('calls a proposal disputed that the ID number or the roster contradicts', () => {
  expect(isDisputed(row({ derived: '1999-12-10' }))).toBe(true)
  expect(isDisputed(row({ roster: '1998-08-08' }))).toBe(true)
})

it('offers to keep the present value only where there is one', () => {
  expect(takesOf(row({ current: null }))).toEqual(['proposed'])
  expect(takesOf(row({ derived: '1999-12-10' }))).toEqual(['proposed', 'current', 'derived'])
})

it('waits for a choice in disputed fields and for the reason wherever the proposal is not taken', () => {
  const rows = [row({ derived: '1999-12-10' }), row({ field: 'nativePlace' })]
  expect(unsettled(rows, {})).toEqual(['bornOn'])
  expect(unsettled(rows, { bornOn: { take: 'derived', reason: ' ' } })).toEqual(['bornOn'])
  expect(unsettled(rows, { bornOn: { take: 'derived', reason: '身份证为准' } })).toEqual([])
  expect(
    unsettled(rows, { bornOn: { take: 'proposed', reason: '' }, nativePlace: { take: 'current', reason: '' } }),
  ).toEqual(['nativePlace'])
})

it('tells the server only of fields whose proposal is not taken', () => {
  const decisions = {
    bornOn: { take: 'derived', reason: ' 身份证为准 ' },
    nativePlace: { take: 'proposed', reason: '' },
  } as const
  expect(sentDecisions(decisions)).toEqual([{ field: 'bornOn', take: 'derived', reason: '身份证为准' }])
})
