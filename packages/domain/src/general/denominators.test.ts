import { describe, expect, it } from 'vitest'
import { admissionQuorum } from '../admission/vote.ts'
import { committeeQuorum, resolution } from '../branch/meetings.ts'
import { electionQuorum } from '../elections/conditions.ts'
import { isElected, votesNeeded } from '../elections/count.ts'
import { committeeMembers, electorate, eligibleVoting, fullMembers, presentVoters } from './denominators.ts'

describe('a count of people', () => {
  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %s', (n) => {
    for (const crowd of [committeeMembers, electorate, eligibleVoting, fullMembers, presentVoters]) {
      expect(() => crowd(n)).toThrow(RangeError)
    }
  })

  // The type checker is the test here: a line that compiles without its error fails the build.
  it('does not stand in for another crowd', () => {
    const eligible = eligibleVoting(16)
    const present = presentVoters(9)
    const members = committeeMembers(5)
    // @ts-expect-error those present are not those who should attend
    resolution({ presentVoting: present, eligible: present, for: 9 })
    // @ts-expect-error those who should attend are not those present
    admissionQuorum({ present: eligible, eligible })
    // @ts-expect-error the base of resolutions is not the base of elections
    electionQuorum({ present, shouldAttend: eligible, date: '2026-06-01' })
    // @ts-expect-error the result of an election divides by those present
    isElected({ forVotes: 9, presentVoters: eligible, returned: 16, validBallots: 16 })
    // @ts-expect-error the result of an election does not divide by those who should attend
    votesNeeded({ presentVoters: electorate(20) })
    // @ts-expect-error a committee counts its members
    committeeQuorum({ present: 3, members: eligible })
    // @ts-expect-error a bare number is no crowd
    committeeQuorum({ present: 3, members: 5 })
    expect(committeeQuorum({ present: 3, members }).value).toBe(true)
    expect(resolution({ presentVoting: present, eligible, for: 9 }).value).toEqual({ quorum: true, passed: true })
  })
})
