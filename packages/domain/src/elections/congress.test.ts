import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { presentVoters } from '../general/denominators.ts'
import { withOwnParameters } from '../parameters.ts'
import { candidatesOk, electionQuorum, mayUseCongress, reportType } from './conditions.ts'
import { allotDelegates, delegatesAdvice, standingCandidatesOk } from './congress.ts'
import { countElection, mayReduceSeats } from './count.ts'

describe('a congress of delegates', () => {
  it.each([
    ['committee', 499, false, true, false],
    ['committee', 500, false, true, true],
    ['committee', 500, false, false, false],
    ['committee', 12, true, true, true],
    ['generalBranch', 900, true, true, false],
    ['branch', 900, true, true, false],
  ] as const)(
    '%s with %i members, scattered %s, approved %s: %s (ELEC-2)',
    (orgType, members, scattered, superiorApproval, may) => {
      expect(mayUseCongress({ orgType, members, scattered, superiorApproval })).toMatchObject({
        value: may,
        ruleId: 'ELEC-2',
        severity: may ? 'info' : 'block',
      })
    },
  )

  it.each([
    [99, 'few'],
    [100, 'usual'],
    [200, 'usual'],
    [201, 'many'],
    [300, 'many'],
    [301, 'too-many'],
  ] as const)('of %i delegates is %s, which is told and never refused (ELEC-23)', (delegates, value) => {
    const verdict = delegatesAdvice({ delegates, onDate: '2026-06-01' })
    expect(verdict).toMatchObject({ value, ruleId: 'ELEC-23', severity: value === 'usual' ? 'info' : 'warn' })
  })

  it('has other numbers where the organisation has set them', () => {
    const own = [{ code: 'elections.minDelegates', value: 40, effectiveFrom: '2026-01-01', ruleId: 'ELEC-23' }]
    expect(delegatesAdvice({ delegates: 40, onDate: '2026-06-01' }, withOwnParameters(own)).value).toBe('usual')
  })

  it.each([
    [100, 120, true],
    [100, 119, false],
    [3, 4, true],
    [3, 3, false],
    [1, 2, true],
    [1, 1, false],
  ])('%i delegates from %i candidates: %s (ELEC-6)', (seats, candidates, ok) => {
    expect(candidatesOk({ seats, candidates }).value).toBe(ok)
  })

  it('divides by the delegates present, needs four fifths of them, and its presidium may reduce seats', () => {
    const quorum = (present: number) =>
      electionQuorum({ present: presentVoters(present), shouldAttend: 150 as never, date: '2026-06-01' }).value
    expect([quorum(119), quorum(120)]).toEqual([false, true])
    const votes = { a: 61, b: 60, c: 90 }
    expect(countElection({ seats: 2, presentVoters: presentVoters(120), votes }).value.elected).toEqual(['c', 'a'])
    expect(countElection({ seats: 3, presentVoters: presentVoters(120), votes }).value.remaining).toBe(1)
    const agreed = { voters: 120, consenting: 0, closeToNumber: true }
    expect(mayReduceSeats({ ...agreed, presidiumDecision: true }).value).toBe(true)
    expect(mayReduceSeats({ ...agreed, presidiumDecision: false }).value).toBe(false)
  })
})

describe('a standing committee', () => {
  it.each([
    [7, 7, false],
    [7, 8, true],
    [7, 9, true],
    [7, 10, false],
    [0, 1, false],
  ])('of %i from %i candidates: %s, told and not refused (ELEC-8)', (seats, candidates, ok) => {
    expect(standingCandidatesOk({ seats, candidates })).toMatchObject({ value: ok, severity: ok ? 'info' : 'warn' })
  })

  it('is reported for approval, as its secretary is (ELEC-19)', () => {
    expect(reportType({ post: 'standingMember' }).value).toBe('approval')
  })
})

describe('the seats of a congress', () => {
  const allotted = (seats: number, ...members: number[]) =>
    Object.values(allotDelegates({ seats, units: members.map((n, at) => ({ id: `u${at}`, members: n })) }).value)

  it.each([
    [10, [50, 30, 20], [5, 3, 2]],
    [100, [500, 300, 200], [50, 30, 20]],
    [3, [40, 40, 40], [1, 1, 1]],
    [4, [40, 40, 40], [2, 1, 1]],
    [2, [9, 30, 20], [0, 1, 1]],
    [5, [10, 0, 5], [3, 0, 2]],
    [5, [0, 0], [0, 0]],
  ])('%i over units of %j members are %j', (seats, members, expected) => {
    expect(allotted(seats, ...members)).toEqual(expected)
  })

  it('are all given, none to an empty unit, and never fewer to more members', () => {
    const unit = fc.integer({ min: 0, max: 2000 })
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.array(unit, { minLength: 1, maxLength: 40 }),
        (seats, members) => {
          const given = allotted(seats, ...members)
          const isAnybody = members.some((n) => n > 0)
          expect(given.reduce((sum, n) => sum + n, 0)).toBe(isAnybody ? seats : 0)
          expect(given.every((n, at) => (members[at] ?? 0) > 0 || n === 0)).toBe(true)
          const order = members.map((n, at) => [n, given[at] ?? 0] as const).sort((a, b) => a[0] - b[0])
          expect(
            order.every(([n, got], at) => at === 0 || n === order[at - 1]?.[0] || got >= (order[at - 1]?.[1] ?? 0)),
          ).toBe(true)
        },
      ),
    )
  })
})
