import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PARAMETERS, withOwnParameters } from '../parameters.ts'
import {
  type CreditFact,
  creditOf,
  expectedBy,
  needsSecondHand,
  postOfYear,
  quarterEndOf,
  recount,
  targetOf,
  trainingHundredths,
  transcriptText,
  yearStanding,
} from './credit.ts'
import { hoursText } from './hours.ts'

const ON = '2026-05-20'
const credit = (fact: CreditFact, on = ON) => creditOf(fact, on, PARAMETERS)
const video = (...minutes: number[]): CreditFact => ({ kind: 'video', minutes })
const study = (minutes: number, isMadeUp = false): CreditFact => ({ kind: 'study', minutes, isMadeUp })
const own = (code: string, value: number | boolean, effectiveFrom: string) =>
  withOwnParameters([{ code, value, effectiveFrom, ruleId: 'EDU-5' }])

describe('what counts nothing', () => {
  it('counts no minutes, no length and no negative time', () => {
    expect(credit(study(0))).toBeNull()
    expect(credit(study(-5))).toBeNull()
    expect(credit(video())).toBeNull()
    expect(credit(video(0))).toBeNull()
    expect(credit({ kind: 'course', hundredths: 0 })).toBeNull()
  })

  it('leaves make-up study out until a rule counts it, from its date on', () => {
    const rules = own('education.madeUpCounts', true, '2026-06-01')
    expect(creditOf(study(60, true), '2026-05-31', rules)).toBeNull()
    expect(creditOf(study(60, true), '2026-06-01', rules)).toEqual({
      rule: 'study.made_up',
      version: '2026-06-01',
      hundredths: 100,
    })
  })
})

describe('what counts', () => {
  it.each([
    [15, 'video.short', 25],
    [16, 'video.middle', 50],
    [29, 'video.middle', 50],
    [30, 'video.long', 100],
    [600, 'video.long', 100],
  ])('counts a video of %i minutes by %s as %i hundredths', (minutes, rule, hundredths) => {
    expect(credit(video(minutes))).toMatchObject({ rule, hundredths })
  })

  it('counts each piece of a course by its own length and names the longest', () => {
    expect(credit(video(40, 20, 10))).toMatchObject({ rule: 'video.long', hundredths: 175 })
  })

  it('counts branch study by its minutes, cut to hundredths, never above a full day', () => {
    expect(credit(study(90))).toMatchObject({ rule: 'study.minutes', hundredths: 150 })
    expect(credit(study(50))?.hundredths).toBe(83)
    expect(credit(study(60 * 20))?.hundredths).toBe(800)
  })

  it('counts a passed quiz, and a training elsewhere by days, halves and hours', () => {
    expect(credit({ kind: 'quiz' })?.hundredths).toBe(50)
    expect(trainingHundredths({ unit: 'full_day', amount: 3 }, ON, PARAMETERS)).toBe(2400)
    expect(trainingHundredths({ unit: 'half_day', amount: 1 }, ON, PARAMETERS)).toBe(400)
    expect(trainingHundredths({ unit: 'hour', amount: 1.5 }, ON, PARAMETERS)).toBe(150)
    expect(needsSecondHand(800, ON, PARAMETERS)).toBe(false)
    expect(needsSecondHand(801, ON, PARAMETERS)).toBe(true)
  })

  it('names the version of the rule by the day from which its figure holds', () => {
    const rules = own('education.quizHundredths', 75, '2026-07-01')
    expect(creditOf({ kind: 'quiz' }, '2026-06-30', rules)).toMatchObject({ version: '0001-01-01', hundredths: 50 })
    expect(creditOf({ kind: 'quiz' }, '2026-07-01', rules)).toMatchObject({ version: '2026-07-01', hundredths: 75 })
  })

  it('never counts less for more minutes, and always whole hundredths (property)', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(500), (minutes, more) => {
        const [less, greater] = [credit(study(minutes)), credit(study(minutes + more))].map(
          (one) => one?.hundredths ?? 0,
        )
        expect(Number.isInteger(less)).toBe(true)
        expect(greater).toBeGreaterThanOrEqual(less ?? 0)
      }),
    )
  })

  it('counts a course as the sum of its pieces, in any order (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 }), (minutes) => {
        const single = minutes.reduce((sum, one) => sum + (credit(video(one))?.hundredths ?? 0), 0)
        expect(credit(video(...minutes))?.hundredths).toBe(single)
        expect(credit(video(...minutes.toReversed()))).toEqual(credit(video(...minutes)))
      }),
    )
  })
})

describe('the target of a year', () => {
  const posts = (...times: [string, string | null][]) => times.map(([fromOn, untilOn]) => ({ fromOn, untilOn }))

  it('asks 32 hours of members and 56 of those in a post for half the year', () => {
    expect(targetOf('member', 2026, PARAMETERS)).toBe(3200)
    expect(targetOf('leader', 2026, PARAMETERS)).toBe(5600)
    expect(postOfYear(posts(), 2026, PARAMETERS)).toBe('member')
    expect(postOfYear(posts(['2019-01-01', null]), 2026, PARAMETERS)).toBe('leader')
    expect(postOfYear(posts(['2026-07-02', null]), 2026, PARAMETERS)).toBe('leader')
    expect(postOfYear(posts(['2026-07-03', null]), 2026, PARAMETERS)).toBe('member')
    expect(postOfYear(posts(['2019-01-01', '2025-12-31']), 2026, PARAMETERS)).toBe('member')
  })

  it('counts each day once when posts overlap', () => {
    const twice = posts(['2026-01-01', '2026-04-30'], ['2026-02-01', '2026-05-31'])
    expect(postOfYear(twice, 2026, PARAMETERS)).toBe('member')
    expect(postOfYear(posts(['2026-01-01', '2026-04-01'], ['2026-04-01', '2026-07-02']), 2026, PARAMETERS)).toBe(
      'leader',
    )
  })

  it('is reached by hours, required courses and the least of free choice together', () => {
    const facts = { year: 2026, post: 'member', isExempt: false, earned: 3200, elective: 0, requiredLeft: 0 } as const
    expect(yearStanding(facts, PARAMETERS)).toMatchObject({ ok: true, ruleId: 'EDU-1', value: { missing: 0 } })
    expect(yearStanding({ ...facts, requiredLeft: 1 }, PARAMETERS).ok).toBe(false)
    expect(yearStanding({ ...facts, earned: 3199 }, PARAMETERS).value).toMatchObject({ missing: 1, isReached: false })
    const free = own('education.electiveHours', 8, '2026-01-01')
    expect(yearStanding(facts, free).value).toMatchObject({ missingElective: 800, isReached: false })
    expect(yearStanding({ ...facts, earned: 0, isExempt: true }, free)).toMatchObject({ ok: true, ruleId: 'EDU-4' })
  })

  it('asks a quarter of it each quarter, all of it at the end (property)', () => {
    fc.assert(
      fc.property(fc.nat(10_000), (target) => {
        expect(expectedBy(target, 4)).toBe(target)
        for (const quarter of [1, 2, 3])
          expect(expectedBy(target, quarter)).toBeLessThanOrEqual(expectedBy(target, quarter + 1))
      }),
    )
    expect(quarterEndOf('2026-04-01')).toBe('2026-06-30')
    expect(quarterEndOf('2026-12-31')).toBe('2026-12-31')
  })
})

describe('a change of the rules', () => {
  it('finds the entries that count otherwise, and none after they were written anew (property)', () => {
    const rules = own('education.quizHundredths', 75, '2026-07-01')
    const day = fc.integer({ min: 1, max: 12 }).map((month) => `2026-${String(month).padStart(2, '0')}-15`)
    const fact = fc.oneof(
      fc.constant<CreditFact>({ kind: 'quiz' }),
      fc.nat(300).map((minutes) => study(minutes)),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(day, fact)), (all) => {
        const entries = all.map(([on, one], at) => ({
          id: `${at}`,
          on,
          fact: one,
          hundredths: credit(one, on)?.hundredths ?? 0,
        }))
        const changes = recount(entries, rules)
        expect(changes.every(({ before, after }) => before === 50 && after === 75)).toBe(true)
        const after = new Map(changes.map((one) => [one.id, one.after]))
        const written = entries.map((one) => ({ ...one, hundredths: after.get(one.id) ?? one.hundredths }))
        expect(recount(written, rules)).toEqual([])
      }),
    )
  })
})

describe('what is written', () => {
  it('writes hours without needless noughts, below zero too', () => {
    expect([0, 25, 50, 100, 1205, 3200, -50].map(hoursText)).toEqual(['0', '0.25', '0.5', '1', '12.05', '32', '-0.5'])
  })

  it('signs one line a fact, so that anyone can write it again', () => {
    const facts = { code: 'C', name: '王**', year: 2026, hundredths: 50, target: 3200, state: 'short' }
    const text = transcriptText({ ...facts, issuedAt: '2026-11-02T01:00:00.000Z', sha256: 'ab' })
    expect(text).toBe('tongxin.transcript.v1\nC\n王**\n2026\n50\n3200\nshort\n2026-11-02T01:00:00.000Z\nab')
  })
})
