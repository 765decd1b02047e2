import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasVotingRights } from '../constitution/membership.ts'
import { influenceEnd } from '../discipline/periods.ts'
import { addDays, addMonths } from '../general/dates.ts'
import { PARAMETERS, switchParameter, wholeParameter, withOwnParameters } from '../parameters.ts'
import { approvalPower, approvalTiming, oathInTime } from './approval.ts'
import {
  activistReviewDueDates,
  branchMeetingInTime,
  canBeObject,
  mayBecomeActivist,
  publicityOk,
} from './candidacy.ts'
import { checkIntroducers } from './introducers.ts'
import { extendedEnd, probationEnd, standingStart } from './probation.ts'
import { shouldAttend } from './should-attend.ts'
import { admissionSteps } from './steps.ts'

const date = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2000-01-01', n))

describe('the edition of the rules', () => {
  const penalised = { category: 'formal', penalty: '警告', inInfluencePeriod: true } as const
  const introducers = [{ category: 'formal' }, penalised] as const

  it('of 2014 knows no unsuitable introducers, no publicity and no month to the meeting', () => {
    expect(checkIntroducers({ introducers, decidedOn: '2026-05-10' }).value).toBe('ok')
    const posted = { holidays: [], makeupWorkdays: [], floating: false, places: ['unit'] } as const
    expect(publicityOk({ from: '2026-05-04', to: '2026-05-04', ...posted })).toMatchObject({
      value: true,
      version: '2014',
    })
    expect(branchMeetingInTime({ preReviewDate: '2026-01-10', meetingDate: '2026-05-10' }).value).toBe(true)
    expect(oathInTime({ approvedOn: '2026-01-10', oathOn: '2026-05-10' }).value).toBe(true)
  })

  it('of 2026 has them from the first day', () => {
    expect(checkIntroducers({ introducers, decidedOn: '2026-05-11' })).toMatchObject({
      value: 'warn',
      severity: 'warn',
    })
    expect(branchMeetingInTime({ preReviewDate: '2026-04-10', meetingDate: '2026-05-11' })).toMatchObject({
      value: false,
      severity: 'block',
      ruleId: 'DEV-14',
    })
    expect(oathInTime({ approvedOn: '2026-04-10', oathOn: '2026-05-11' }).severity).toBe('warn')
  })

  it('has 25 steps in order, the eighth by edition', () => {
    for (const edition of ['2014', '2026'] as const) {
      const steps = admissionSteps(edition)
      expect(steps.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1))
    }
    expect(admissionSteps('2014')[7]?.name.zh).toBe('报上级党委备案')
    expect(admissionSteps('2026')[7]?.name.zh).toContain('公示')
  })
})

describe('deadlines of admission', () => {
  it('move later with a later start', () => {
    fc.assert(
      fc.property(date, fc.nat(400), fc.integer({ min: 6, max: 12 }), (start, gap, months) => {
        const later = addDays(start, gap)
        expect(probationEnd({ meetingDate: start }).value <= probationEnd({ meetingDate: later }).value).toBe(true)
        const end = (meetingDate: string) => extendedEnd({ meetingDate, months }).value
        expect(end(start) <= end(later)).toBe(true)
      }),
    )
  })

  it('get no better with time', () => {
    const order = ['normal', 'extended', 'void']
    fc.assert(
      fc.property(date, fc.nat(300), fc.nat(300), (reportedOn, a, b) => {
        const rank = (days: number) =>
          order.indexOf(approvalTiming({ reportedOn, approvedOn: addDays(reportedOn, days) }).value)
        expect(rank(Math.min(a, b)) <= rank(Math.max(a, b))).toBe(true)
      }),
    )
  })

  it('count every half-yearly review from the decision', () => {
    fc.assert(
      fc.property(date, fc.nat(2000), (activistDate, days) => {
        const until = addDays(activistDate, days)
        const due = activistReviewDueDates({ activistDate, until }).value
        expect(due).toEqual(due.map((_, i) => addMonths(activistDate, 6 * (i + 1))))
        expect(addMonths(activistDate, 6 * (due.length + 1)) > until).toBe(true)
      }),
    )
  })

  it('follow a shorter review period that is set, but none of nothing', () => {
    const every = (value: number) =>
      withOwnParameters([{ code: 'admission.reviewEveryMonths', value, effectiveFrom: '2026-01-01', ruleId: 'DEV-6' }])
    const spring = { activistDate: '2026-01-31', until: '2026-03-31' }
    expect(() => activistReviewDueDates(spring, every(0))).toThrow(RangeError)
    expect(activistReviewDueDates(spring, every(1)).value).toEqual(['2026-02-28', '2026-03-31'])
  })

  it('let somebody be converted on the very day probation ends', () => {
    const admitted = { meetingDate: '2026-06-10', extensionMonths: 0 }
    expect(standingStart({ ...admitted, convertedMeeting: '2027-06-10' }).ok).toBe(true)
    expect(standingStart({ ...admitted, convertedMeeting: '2027-06-09' }).ok).toBe(false)
  })

  it('are blocked or only warned of as the text says', () => {
    expect(canBeObject({ activistDate: '2025-06-10', decisionDate: '2026-06-09' }).severity).toBe('block')
    expect(canBeObject({ activistDate: '2025-06-10', decisionDate: '2026-06-10' }).severity).toBe('info')
    expect(approvalTiming({ reportedOn: '2026-06-10', approvedOn: '2026-09-11' })).toMatchObject({
      value: 'extended',
      severity: 'warn',
    })
    expect(approvalTiming({ reportedOn: '2026-06-10', approvedOn: '2026-12-11' })).toMatchObject({
      value: 'void',
      severity: 'block',
    })
    expect(standingStart({ meetingDate: '2026-06-10', extensionMonths: 6, convertedMeeting: '2027-06-10' }).ok).toBe(
      false,
    )
  })

  it('are provisional while the calendar of the year is missing', () => {
    const posted = { from: '2027-06-07', to: '2027-06-11', floating: true, places: ['origin', 'destination'] } as const
    const calendar = { holidays: [], makeupWorkdays: [] }
    expect(publicityOk({ ...posted, ...calendar, years: [2026] })).toMatchObject({ value: true, provisional: true })
    expect(publicityOk({ ...posted, ...calendar, years: [2027] }).provisional).toBe(false)
  })

  it('of publicity may leave the posting day out', () => {
    const own = [
      { code: 'general.publicityCountsStartDay', value: false, effectiveFrom: '2026-01-01', ruleId: 'GEN-3' },
    ]
    const posted = { holidays: [], makeupWorkdays: [], floating: false, places: ['unit'] } as const
    const until = (to: string) => publicityOk({ from: '2026-06-08', to, ...posted }, withOwnParameters(own)).value
    expect([until('2026-06-12'), until('2026-06-15')]).toEqual([false, true])
  })
})

describe('people of admission', () => {
  it('do not become activists before the talk', () => {
    expect(mayBecomeActivist({ talkedOn: null, decisionDate: '2026-06-01' }).ok).toBe(false)
    expect(mayBecomeActivist({ talkedOn: '2026-06-02', decisionDate: '2026-06-01' }).ok).toBe(false)
    expect(mayBecomeActivist({ talkedOn: '2026-06-01', decisionDate: '2026-06-01' }).ok).toBe(true)
  })

  it('lose their vote by the named penalties only, and get it back when restored', () => {
    const votes = (rest: object) => hasVotingRights({ category: 'formal', ...rest }).value
    expect(votes({ penalty: '留党察看', rightsRestored: true })).toBe(true)
    expect(votes({ penalty: '开除党籍' })).toBe(false)
    expect(votes({ penalty: '严重警告' })).toBe(true)
    expect(votes({ detained: true })).toBe(false)
    expect(hasVotingRights({ category: 'probationary' })).toMatchObject({ ruleId: 'CONST-6', severity: 'block' })
  })

  it('are never fewer than nobody', () => {
    const crowd = { formal: 2, noRights: 1, excludable: 5, superiorConsent: true, meetingApproval: true }
    expect(() => shouldAttend(crowd)).toThrow(RangeError)
  })

  it('have influence periods only where the text gives one', () => {
    expect(influenceEnd({ penalty: '严重警告', approvedOn: '2026-01-15' }).value).toBe('2027-07-15')
    expect(() => influenceEnd({ penalty: '留党察看' as '警告', approvedOn: '2026-01-15' })).toThrow(RangeError)
  })

  it('are approved by committees and by nobody unknown', () => {
    expect(approvalPower({ orgType: 'committeeUnderTownship' }).value).toBe('deliberate')
    expect(approvalPower({ orgType: 'club' as 'branch' }).value).toBe('none')
  })
})

describe('parameters', () => {
  const own = [{ code: 'admission.talkMonths', value: 2, effectiveFrom: '2027-01-01', ruleId: 'DEV-3' }]

  it('refuse an unknown code, a value of another kind and a fraction', () => {
    expect(() => wholeParameter(PARAMETERS, 'admission.nothing')).toThrow(RangeError)
    expect(() => wholeParameter(PARAMETERS, 'dues.basePolicy')).toThrow(RangeError)
    expect(() => switchParameter(PARAMETERS, 'admission.talkMonths')).toThrow(RangeError)
    const half = withOwnParameters([{ ...own[0]!, value: 1.5 }])
    expect(() => wholeParameter(half, 'admission.talkMonths')).toThrow(RangeError)
  })

  it('hold from their date on', () => {
    const table = withOwnParameters(own)
    expect(wholeParameter(table, 'admission.talkMonths', '2026-12-31')).toBe(1)
    expect(wholeParameter(table, 'admission.talkMonths', '2027-01-01')).toBe(2)
  })
})
