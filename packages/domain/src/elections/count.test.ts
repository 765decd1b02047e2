import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admissionVote } from '../admission/vote.ts'
import { resolution } from '../branch/meetings.ts'
import { eligibleVoting, presentVoters } from '../general/denominators.ts'
import { isFraction } from '../general/words.ts'
import { candidatesOk, electionShouldAttend, minCandidates, reportType, shiftStatus } from './conditions.ts'
import { countElection, isElected, votesNeeded } from './count.ts'

const people = fc.integer({ min: 1, max: 5000 })

describe('counting an election', () => {
  const ballot = people.chain((present) =>
    fc.record({
      present: fc.constant(present),
      seats: fc.integer({ min: 1, max: 9 }),
      votes: fc.uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 4 }), fc.nat(present)), {
        selector: ([name]) => name,
        maxLength: 12,
      }),
    }),
  )

  const counted = (seats: number, present: number, votes: readonly (readonly [string, number])[]) =>
    countElection({ seats, presentVoters: presentVoters(present), votes: Object.fromEntries(votes) }).value

  it('does not depend on the order of the ballots', () => {
    fc.assert(
      fc.property(ballot, fc.infiniteStream(fc.nat()), ({ present, seats, votes }, keys) => {
        const shuffled = votes
          .map((vote) => ({ vote, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ vote }) => vote)
        expect(counted(seats, present, shuffled)).toEqual(counted(seats, present, votes))
      }),
    )
  })

  it('fills seats only with people over half, and never more seats than there are', () => {
    fc.assert(
      fc.property(ballot, ({ present, seats, votes }) => {
        const { elected, tie, remaining, action } = counted(seats, present, votes)
        const votesOf = new Map(votes)
        expect(elected.length + remaining).toBe(seats)
        expect([...elected, ...tie].every((name) => 2 * (votesOf.get(name) ?? 0) > present)).toBe(true)
        expect(tie.length === 0 || tie.length > remaining).toBe(true)
        expect(action === 'complete').toBe(remaining === 0)
      }),
    )
  })

  it('needs the fewest votes that are more than half', () => {
    fc.assert(
      fc.property(people, (n) => {
        const voters = presentVoters(n)
        const needed = votesNeeded({ presentVoters: voters }).value
        const elected = (forVotes: number) =>
          isElected({ forVotes, presentVoters: voters, returned: n, validBallots: n }).value
        expect([elected(needed), elected(needed - 1)]).toEqual([true, false])
      }),
    )
  })
})

describe('fractions', () => {
  it('equal exact rational arithmetic', () => {
    fc.assert(
      fc.property(people, people, (value, total) => {
        const exact = (n: bigint, d: bigint) => BigInt(value) * d - BigInt(total) * n
        expect(isFraction('半数以上', value, total)).toBe(exact(1n, 2n) >= 0n)
        expect(isFraction('超过半数', value, total)).toBe(exact(1n, 2n) > 0n)
        expect(isFraction('不少于五分之四', value, total)).toBe(exact(4n, 5n) >= 0n)
        expect(isFraction('超过五分之四', value, total)).toBe(exact(4n, 5n) > 0n)
      }),
    )
  })

  it('refuse a word that is none', () => {
    expect(() => isFraction('三分之二' as '半数以上', 2, 3)).toThrow(RangeError)
  })

  it('ask for the fewest candidates that make the difference', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (seats) => {
        const { value: candidates } = minCandidates({ seats })
        expect(candidatesOk({ seats, candidates }).value).toBe(true)
        expect(candidatesOk({ seats, candidates: candidates - 1 }).value).toBe(false)
      }),
    )
  })
})

describe('votes of the general meeting', () => {
  it('are never lost by more people in favour', () => {
    fc.assert(
      fc.property(people, people, people, (eligible, present, inFavour) => {
        const meeting = { presentVoting: presentVoters(present), eligible: eligibleVoting(eligible) }
        const passed = resolution({ ...meeting, for: inFavour }).value.passed
        const withOneMore = resolution({ ...meeting, for: Math.min(present, inFavour + 1) }).value.passed
        expect(!passed || withOneMore).toBe(true)
      }),
    )
  })

  it('on admission are never easier than ordinary ones', () => {
    fc.assert(
      fc.property(people, people, people, (a, b, c) => {
        const [inFavour = 0, present = 0, eligible = 0] = [a, b, c].sort((x, y) => x - y)
        const base = { eligible: eligibleVoting(eligible) }
        const ordinary = resolution({ ...base, presentVoting: presentVoters(present), for: inFavour })
        const admission = admissionVote({
          ...base,
          present: presentVoters(present),
          forInPerson: inFavour,
          forWritten: 0,
          secretBallot: true,
        })
        expect(!admission.value.passed || ordinary.value.passed).toBe(true)
      }),
    )
  })

  it('do not pass on figures that cannot be', () => {
    const eligible = eligibleVoting(16)
    expect(resolution({ presentVoting: presentVoters(17), eligible, for: 17 }).ok).toBe(false)
    expect(resolution({ presentVoting: presentVoters(9), eligible, for: 10 }).ok).toBe(false)
    expect(resolution({ presentVoting: presentVoters(0), eligible: eligibleVoting(0), for: 0 }).ok).toBe(false)
    const vote = { eligible, present: presentVoters(9), secretBallot: true }
    expect(admissionVote({ ...vote, forInPerson: 10, forWritten: 0 }).ok).toBe(false)
    expect(admissionVote({ ...vote, forInPerson: 8, forWritten: 8 }).ok).toBe(false)
  })
})

describe('conditions of an election', () => {
  it('leave nobody out of those who should attend without both consents', () => {
    const crowd = { formal: 20, noRights: 2, excludable: 3 }
    const count = (superiorConsent: boolean, meetingApproval: boolean) =>
      electionShouldAttend({ ...crowd, superiorConsent, meetingApproval }).value
    expect([count(false, false), count(true, false), count(false, true), count(true, true)]).toEqual([18, 18, 18, 15])
    expect(() =>
      electionShouldAttend({ ...crowd, noRights: 21, superiorConsent: false, meetingApproval: false }),
    ).toThrow(RangeError)
  })

  it('let an election be moved only with approval and at most a year', () => {
    const moved = (electionOn: string, superiorApproval: boolean) =>
      shiftStatus({ termEnd: '2029-06-10', electionOn, superiorApproval }).value
    expect(moved('2030-06-10', false)).toBe('needs-approval')
    expect(moved('2030-06-10', true)).toBe('delayed-ok')
    expect(moved('2028-06-09', true)).toBe('too-far')
  })

  it('put ordinary members on record and have leaders approved', () => {
    expect(reportType({ post: 'disciplineMember' }).value).toBe('record')
    expect(reportType({ post: 'deputySecretary' }).value).toBe('approval')
  })
})
