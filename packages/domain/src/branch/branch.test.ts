import { describe, expect, it } from 'vitest'
import { studyHoursOk, toHours } from '../education/hours.ts'
import { fullMembers } from '../general/denominators.ts'
import { dailyPoints } from '../learning/points.ts'
import { letterValid, mustTransfer } from '../membership/relations.ts'
import { nextOpenState } from '../openness/workflow.ts'
import { orgAdvice } from '../organisation/size.ts'
import { PARAMETERS, withOwnParameters } from '../parameters.ts'
import { handlingDeadline, petitionDeadline } from '../petitions/deadlines.ts'
import { isSensitive } from '../privacy/protection.ts'
import { RULES } from '../rules/catalogue.ts'
import { rolesSeparated } from '../security/controls.ts'
import { MEETING_KINDS } from './meeting-kinds.ts'
import { meetingFrequency, missingPeriods } from './meetings.ts'
import { committeeAdvice, projectBranch, temporaryBranchMay } from './set-up.ts'

describe('missing periods', () => {
  it('count only meetings of the year', () => {
    const missing = missingPeriods({ kind: 'generalMeeting', year: 2026, dates: ['2025-12-31', '2027-01-01'] })
    expect(missing).toMatchObject({ value: ['Q1', 'Q2', 'Q3', 'Q4'], ok: false, severity: 'warn', ruleId: 'BR-7' })
  })

  it('are not reported before the period has ended', () => {
    const until = (day: string) => missingPeriods({ kind: 'themeDay', year: 2026, dates: [], until: day }).value
    expect(until('2026-02-28')).toEqual(['01'])
    expect(until('2026-03-01')).toEqual(['01', '02'])
    expect(until('2026-04-01')).toEqual(['01', '02', '03'])
    expect(missingPeriods({ kind: 'lifeMeeting', year: 2026, dates: [], until: '2026-12-31' }).value).toEqual([])
    expect(missingPeriods({ kind: 'lifeMeeting', year: 2026, dates: [], until: '2027-01-01' }).value).toEqual(['2026'])
  })

  it('follow the frequency an organisation has set, from its date', () => {
    const row = { code: 'meeting.partyLesson.frequency', effectiveFrom: '2026-01-01', ruleId: 'BR-11' }
    const yearly = withOwnParameters([{ ...row, value: 'year' }])
    expect(missingPeriods({ kind: 'partyLesson', year: 2026, dates: ['2026-02-03'] }, yearly).value).toEqual([])
    expect(meetingFrequency('partyLesson', '2025-12-31', yearly)).toBe('quarter')
    expect(() =>
      meetingFrequency('partyLesson', '2026-01-01', withOwnParameters([{ ...row, value: 'weekly' }])),
    ).toThrow(RangeError)
  })

  it('refuse a date that does not exist', () => {
    expect(() => missingPeriods({ kind: 'talk', year: 2026, dates: ['2026-02-30'] })).toThrow(RangeError)
  })

  it('and parameters name rules of the catalogue', () => {
    const named = [...Object.values(MEETING_KINDS), ...PARAMETERS].map(({ ruleId }) => ruleId)
    expect(named.filter((id) => !RULES[id])).toEqual([])
  })
})

describe('forms of organisation', () => {
  it('are only advice', () => {
    expect(orgAdvice({ members: 100, fullMembers: fullMembers(96) })).toMatchObject({
      value: ['committee'],
      severity: 'info',
    })
    expect(orgAdvice({ members: 51, fullMembers: fullMembers(51) }).value).toEqual(['general-branch'])
    expect(orgAdvice({ members: 49, fullMembers: fullMembers(2) }).value).toEqual(['joint-branch'])
    expect(projectBranch({ months: 5, fullMembers: fullMembers(9) }).severity).toBe('info')
  })

  it('refuse a committee that is missing, too small or too much, and only warn of one that is large', () => {
    const advice = (full: number, size: number) => committeeAdvice({ fullMembers: fullMembers(full), size })
    expect(advice(7, 0)).toMatchObject({ value: 'committee-required', severity: 'block' })
    expect(advice(7, 2)).toMatchObject({ value: 'too-small', severity: 'block' })
    expect(advice(7, 8)).toMatchObject({ value: 'too-large', severity: 'warn' })
    expect(advice(7, 7).value).toBe('ok')
    expect(advice(6, 3)).toMatchObject({ value: 'no-committee', severity: 'block' })
    expect(advice(7, 0).citation.zh).toContain('第二十条')
    expect(advice(6, 0).ok).toBe(true)
  })

  it('let a temporary branch do only what is known to be allowed', () => {
    expect(temporaryBranchMay({ action: 'admitMember' }).value).toBe(false)
    expect(temporaryBranchMay({ action: 'somethingNew' as 'study' }).value).toBe(false)
    expect(temporaryBranchMay({ action: 'partyLesson' }).value).toBe(true)
  })
})

describe('work with members and the public', () => {
  it('asks nothing rigid of the exempt and converts minutes exactly', () => {
    expect(studyHoursOk({ role: 'member', hours: 0, exempt: true })).toMatchObject({ value: true, ruleId: 'EDU-4' })
    expect(toHours({ kind: 'minute', amount: 90 }).value).toBe(1.5)
    const classroom = withOwnParameters([
      { code: 'education.minutesPerHour', value: 45, effectiveFrom: '2026-01-01', ruleId: 'EDU-5' },
    ])
    expect(toHours({ kind: 'minute', amount: 90 }, classroom).value).toBe(2)
    expect(toHours({ kind: 'fullDay', amount: 3 }, classroom).value).toBe(24)
    expect(() => toHours({ kind: 'week' as 'hour', amount: 1 })).toThrow(RangeError)
  })

  it('takes the validity of a letter from the parameter when none is given', () => {
    expect(letterValid({ issuedOn: '2026-06-01', reportOn: '2026-08-31' }).value).toBe(false)
    expect(letterValid({ issuedOn: '2026-06-01', reportOn: '2026-05-31' }).value).toBe(false)
    expect(mustTransfer({ unitChanged: false, monthsAway: 6, placeFixed: true })).toMatchObject({
      value: true,
      severity: 'block',
    })
  })

  it('publishes nothing that was not reviewed', () => {
    expect(nextOpenState({ state: 'reviewing', confidentialityReviewed: false })).toMatchObject({
      value: 'reviewing',
      ok: false,
    })
    expect(nextOpenState({ state: 'approving', confidentialityReviewed: false }).ok).toBe(false)
    expect(nextOpenState({ state: 'approving', confidentialityReviewed: true }).value).toBe('published')
    expect(() => nextOpenState({ state: 'lost' as 'proposed', confidentialityReviewed: true })).toThrow(RangeError)
  })

  it('never gives a petition more than ninety days, and rolls over a holiday only where that is set', () => {
    const long = handlingDeadline({ acceptedOn: '2026-03-01', extensionDays: 60, leaderApproved: true })
    expect(long).toMatchObject({ value: '2026-05-30', ok: false })
    const rolling = withOwnParameters([
      { code: 'petitions.rollOverHolidays', value: true, effectiveFrom: '2026-01-01', ruleId: 'PET-8' },
    ])
    // 2026-05-02 is a Saturday.
    expect(petitionDeadline({ kind: 'register', receivedOn: '2026-04-17' }, rolling).value).toBe('2026-05-04')
    expect(petitionDeadline({ kind: 'register', receivedOn: '2026-04-17' }).value).toBe('2026-05-02')
  })

  it('treats what nobody has classified as sensitive, and everything of a child', () => {
    expect(isSensitive({ kind: 'partyMembership', subjectAge: 40 }).value).toBe(true)
    expect(isSensitive({ kind: 'phone', subjectAge: 40 }).value).toBe(false)
    expect(isSensitive({ kind: 'name', subjectAge: 13 }).value).toBe(true)
  })

  it('keeps the three administrators apart and leaves other roles alone', () => {
    expect(rolesSeparated({ roles: ['system', 'audit'] }).value).toBe(false)
    expect(rolesSeparated({ roles: ['security', 'member', 'security'] }).value).toBe(true)
    expect(rolesSeparated({ roles: [] }).value).toBe(true)
  })

  it('gives no points for actions without a rule and refuses a unit of zero', () => {
    const rules = [{ action: 'article', points: 1, unit: 1, cap: 6 }]
    expect(dailyPoints({ rules, units: { other: 9, article: -3 }, totalCap: null }).value).toBe(0)
    expect(() => dailyPoints({ rules: [{ ...rules[0]!, unit: 0 }], units: {}, totalCap: null })).toThrow(RangeError)
  })
})
