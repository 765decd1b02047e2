import { describe, expect, it } from 'vitest'
import { approvalPower } from '../admission/approval.ts'
import { missingPeriods } from '../branch/meetings.ts'
import { committeeAdvice } from '../branch/set-up.ts'
import { trailingUnpaidMonths } from '../constitution/membership.ts'
import { fullMembers } from '../general/denominators.ts'
import { handlingDeadline, petitionDeadline } from '../petitions/deadlines.ts'
import { type Cryptography, vectorFunctions } from './functions.ts'

const unused: Cryptography = { sm3Hex: () => '', sm4EcbHex: () => '' }
const functions = vectorFunctions(unused)

/** The last value on each side of a limit, where the shared vectors hold only one of them. */
const BOUNDARIES: readonly (readonly [name: string, input: object, expected: unknown])[] = [
  ['contactsOk', { formal: 1, probationary: 0 }, true],
  ['contactsOk', { formal: 0, probationary: 0 }, false],
  ['contactsOk', { formal: 3, probationary: 0 }, false],
  ['canBeObject', { activistDate: '2025-06-10', decisionDate: '2026-06-10' }, true],
  ['branchMeetingInTime', { preReviewDate: '2026-06-10', meetingDate: '2026-07-11' }, false],
  ['branchMeetingInTime', { preReviewDate: '2026-06-10', meetingDate: '2026-06-09' }, false],
  ['branchMeetingInTime', { preReviewDate: '2026-02-10', meetingDate: '2026-02-10' }, true],
  ['branchMeetingInTime', { preReviewDate: '2026-02-10', meetingDate: '2026-02-09' }, false],
  ['oathInTime', { approvedOn: '2026-02-10', oathOn: '2026-02-09' }, false],
  ['oathInTime', { approvedOn: '2026-02-10', oathOn: '2026-02-10' }, true],
  ['oathInTime', { approvedOn: '2026-06-10', oathOn: '2026-07-11' }, false],
  ['approvalTiming', { reportedOn: '2026-06-10', approvedOn: '2026-06-10' }, 'normal'],
  [
    'publicityOk',
    { from: '2026-06-08', to: '2026-06-12', holidays: [], makeupWorkdays: [], floating: false, places: [] },
    false,
  ],
  [
    'admissionVote',
    { eligible: 16, present: 9, forInPerson: 2, forWritten: 7, secretBallot: true },
    { quorum: true, passed: true },
  ],
  [
    'validateVoteRecord',
    { eligible: 16, present: 10, writtenIn: 6, for: 16, against: 0, abstain: 0, invalid: 0 },
    true,
  ],
  [
    'validateVoteRecord',
    { eligible: 16, present: 10, writtenIn: 7, for: 0, against: 0, abstain: 0, invalid: 0 },
    false,
  ],
  [
    'validateVoteRecord',
    { eligible: 16, present: 10, writtenIn: 0, for: 6.5, against: 0, abstain: 0, invalid: 0 },
    false,
  ],
  [
    'validateVoteRecord',
    { eligible: 16, present: 10, writtenIn: 0, for: -1, against: 0, abstain: 0, invalid: 0 },
    false,
  ],
  ['checkIntroducers', { introducers: [{ category: 'formal' }, { category: 'formal', penalty: '警告' }] }, 'ok'],
  [
    'checkIntroducers',
    { introducers: [{ category: 'formal' }, { category: 'formal', inInfluencePeriod: true }] },
    'ok',
  ],
  ['checkIntroducers', { introducers: [{ category: 'formal' }, { category: 'formal', penalty: '开除党籍' }] }, 'block'],
  ['branchAdvice', { fullMembers: 3 }, 'branch'],
  ['branchReplyInTime', { applied: '2026-06-10', replied: '2026-06-10' }, true],
  ['branchReplyInTime', { applied: '2026-06-10', replied: '2026-06-09' }, false],
  ['committeeAdvice', { fullMembers: 9, size: 3 }, 'ok'],
  ['committeeQuorum', { present: 0, members: 0 }, false],
  ['committeeQuorum', { present: 6, members: 5 }, false],
  ['committeeQuorum', { present: 5, members: 5 }, true],
  ['committeeQuorum', { present: 2, members: 5 }, false],
  ['resolution', { presentVoting: 16, eligible: 16, for: 16 }, { quorum: true, passed: true }],
  ['resolution', { presentVoting: 0, eligible: 0, for: 0 }, { quorum: false, passed: false }],
  [
    'effectiveBase',
    { policy: 'monthly', yearStartBase: '1.00', newBase: '2.00', newFrom: '2026-07', month: '2026-07' },
    '2.00',
  ],
  ['farmerStandardOk', { amount: '0.20' }, true],
  ['farmerStandardOk', { amount: '1.01' }, false],
  ['shareUp', { total: '12.34', percent: '100' }, '12.34'],
  ['electionQuorum', { present: 12, shouldAttend: 15, date: '2020-07-13' }, true],
  ['electionQuorum', { present: 0, shouldAttend: 0, date: '2026-06-01' }, false],
  ['electionQuorum', { present: 11, shouldAttend: 10, date: '2026-06-01' }, false],
  ['candidatesOk', { seats: 0, candidates: 0 }, false],
  ['shiftStatus', { termEnd: '2029-06-10', electionOn: '2030-06-10', superiorApproval: true }, 'delayed-ok'],
  ['shiftStatus', { termEnd: '2029-06-10', electionOn: '2029-06-09', superiorApproval: false }, 'needs-approval'],
  ['mayReduceSeats', { voters: 20, consenting: 9, closeToNumber: true, presidiumDecision: false }, false],
  ['mayReduceSeats', { voters: 20, consenting: 20, closeToNumber: false, presidiumDecision: true }, false],
  ['mayReduceSeats', { voters: 0, consenting: 0, closeToNumber: true, presidiumDecision: false }, false],
  ['mustTransfer', { unitChanged: false, monthsAway: 5, placeFixed: true }, false],
  ['mustTransfer', { unitChanged: false, monthsAway: 6, placeFixed: true }, true],
  ['letterValid', { issuedOn: '2026-06-01', reportOn: '2026-06-01', maxDays: 10 }, true],
  ['letterValid', { issuedOn: '2026-06-01', reportOn: '2026-06-12', maxDays: 10 }, false],
  ['orgAdvice', { members: 100, fullMembers: 100 }, ['committee']],
  ['orgAdvice', { members: 51, fullMembers: 51 }, ['general-branch']],
  ['reviewRequestOk', { repliedOn: '2026-03-16', requestedOn: '2026-03-16' }, true],
  ['reviewRequestOk', { repliedOn: '2026-03-16', requestedOn: '2026-03-15' }, false],
  ['representativesOk', { n: 1 }, true],
  ['representativesOk', { n: 0 }, false],
  ['handlingDeadline', { acceptedOn: '2026-03-01', extensionDays: -5, leaderApproved: true }, '2026-04-30'],
  ['isSensitive', { kind: 'name', subjectAge: 14 }, false],
]

describe('boundaries', () => {
  it.each(BOUNDARIES)('%s of %j is %j', (name, input, expected) => {
    expect(functions.get(name)?.(input as never)).toEqual(expected)
  })

  it('say whether all is well beside the value', () => {
    expect(approvalPower({ orgType: 'basicCommittee' }).ok).toBe(true)
    expect(approvalPower({ orgType: 'generalBranch' }).ok).toBe(false)
    expect(trailingUnpaidMonths({ paid: [1, 0, 0, 0, 0, 0] })).toMatchObject({ value: 5, ok: true })
    expect(trailingUnpaidMonths({ paid: [1, 0, 0, 0, 0, 0, 0] })).toMatchObject({
      value: 6,
      ok: false,
      severity: 'warn',
    })
    expect(committeeAdvice({ fullMembers: fullMembers(7), size: 5 }).ok).toBe(true)
    expect(committeeAdvice({ fullMembers: fullMembers(7), size: 0 }).ok).toBe(false)
    expect(missingPeriods({ kind: 'talk', year: 2026, dates: ['2026-05-05'] }).ok).toBe(true)
    expect(petitionDeadline({ kind: 'register', receivedOn: '2026-03-01' }).ruleId).toBe('PET-1')
    expect(petitionDeadline({ kind: 'notify', receivedOn: '2026-03-01' }).ruleId).toBe('PET-2')
    expect(handlingDeadline({ acceptedOn: '2026-03-01', extensionDays: 30, leaderApproved: true }).ok).toBe(true)
    expect(handlingDeadline({ acceptedOn: '2026-03-01', extensionDays: 30, leaderApproved: false }).ok).toBe(false)
  })
})
