import type { MeetingKind } from '../branch/meeting-kinds.ts'
import { daysBetween, type IsoDate, quarterOf, yearOf } from '../general/dates.ts'
import { type ParameterTable, switchParameter, wholeParameter } from '../parameters.ts'
import { EDUCATION_RULES } from '../rules/education.ts'
import { judge, type Verdict } from '../verdict.ts'
import { HUNDREDTHS } from './hours.ts'

/** The yearly account of study (学分制). A year is the calendar year in Shanghai, and nothing is carried over to the next. */

export const CREDIT_RULES = [
  'video.long',
  'video.middle',
  'video.short',
  'course.stated',
  'quiz.passed',
  'study.minutes',
  'study.made_up',
  'work.homework',
  'work.reflection',
  'certificate.reviewed',
] as const
/** Which rule made the hours of an entry. */
export type CreditRule = (typeof CREDIT_RULES)[number]

/** What the rules are asked about: something learned, as those who know it tell it. */
export type CreditFact =
  /** One piece by its length, or a course by the lengths of its pieces in minutes. */
  | { readonly kind: 'video'; readonly minutes: readonly number[] }
  /** A course whose hours were stated and reviewed with it. */
  | { readonly kind: 'course'; readonly hundredths: number }
  | { readonly kind: 'quiz' }
  /** Branch study, lessons and theme days: the minutes that somebody was there. */
  | { readonly kind: 'study'; readonly minutes: number; readonly isMadeUp: boolean }
  /** Homework or a reflection that the organisation asked for and somebody else found good enough. */
  | { readonly kind: 'homework' }
  | { readonly kind: 'reflection' }
  /** Of an outside certificate: what the reviewers accepted. */
  | { readonly kind: 'certificate'; readonly hundredths: number }

export type Credit = {
  readonly rule: CreditRule
  /** The day from which the figure holds that was applied: the version of the rule. */
  readonly version: IsoDate
  readonly hundredths: number
}

/** The figure that says how many hundredths a rule gives, and with it the version of the rule. */
const FIGURES: Readonly<Record<CreditRule, string>> = {
  'video.long': 'education.videoLongHundredths',
  'video.middle': 'education.videoMiddleHundredths',
  'video.short': 'education.videoShortHundredths',
  'course.stated': 'education.minutesPerHour',
  'quiz.passed': 'education.quizHundredths',
  'study.minutes': 'education.minutesPerHour',
  'study.made_up': 'education.madeUpCounts',
  'work.homework': 'education.homeworkHundredths',
  'work.reflection': 'education.reflectionHundredths',
  'certificate.reviewed': 'education.hoursPerFullDay',
}

function versionOf(parameters: ParameterTable, rule: CreditRule, on: IsoDate): IsoDate {
  const code = FIGURES[rule]
  let version = '0001-01-01'
  for (const row of parameters)
    if (row.code === code && row.effectiveFrom <= on && row.effectiveFrom > version) version = row.effectiveFrom
  return version
}

/** Which of the three lengths a piece has: 30 minutes and more, more than 15, or a 微课. */
function lengthRule(minutes: number, parameters: ParameterTable, on: IsoDate): CreditRule {
  if (minutes >= wholeParameter(parameters, 'education.videoLongMinutes', on)) return 'video.long'
  return minutes > wholeParameter(parameters, 'education.videoShortMinutes', on) ? 'video.middle' : 'video.short'
}

/** Hours of branch study by its minutes (EDU-5), cut to whole hundredths; one occasion is never more than a full day. */
function studyHundredths(minutes: number, parameters: ParameterTable, on: IsoDate): number {
  const perHour = wholeParameter(parameters, 'education.minutesPerHour', on)
  const most = wholeParameter(parameters, 'education.hoursPerFullDay', on) * HUNDREDTHS
  return Math.min(most, Math.floor((Math.max(0, minutes) * HUNDREDTHS) / perHour))
}

/**
 * What a fact of a day counts by the rules in force on that day (EDU-5). Null when it counts nothing: no minutes, or
 * make-up study where the rule does not count it. Throws RangeError when a figure is missing.
 */
export function creditOf(fact: CreditFact, on: IsoDate, parameters: ParameterTable): Credit | null {
  const made = (rule: CreditRule, hundredths: number): Credit | null =>
    hundredths > 0 ? { rule, version: versionOf(parameters, rule, on), hundredths } : null
  switch (fact.kind) {
    case 'video': {
      const rules = fact.minutes.filter((one) => one > 0).map((one) => lengthRule(one, parameters, on))
      const sum = rules.reduce((total, rule) => total + wholeParameter(parameters, FIGURES[rule], on), 0)
      // Of several pieces the longest names the rule; every piece is counted by its own.
      const named = rules.includes('video.long')
        ? 'video.long'
        : rules.includes('video.middle')
          ? 'video.middle'
          : 'video.short'
      return made(named, sum)
    }
    case 'course':
      return made('course.stated', Math.floor(fact.hundredths))
    case 'quiz':
      return made('quiz.passed', wholeParameter(parameters, 'education.quizHundredths', on))
    case 'study': {
      if (!fact.isMadeUp) return made('study.minutes', studyHundredths(fact.minutes, parameters, on))
      const counts = switchParameter(parameters, 'education.madeUpCounts', on)
      return counts ? made('study.made_up', studyHundredths(fact.minutes, parameters, on)) : null
    }
    case 'homework':
      return made('work.homework', wholeParameter(parameters, FIGURES['work.homework'], on))
    case 'reflection':
      return made('work.reflection', wholeParameter(parameters, FIGURES['work.reflection'], on))
    case 'certificate':
      return made('certificate.reviewed', Math.floor(fact.hundredths))
  }
}

export type TrainingLength = { readonly unit: 'full_day' | 'half_day' | 'hour'; readonly amount: number }

/** What a training outside counts when it is taken as it says: full days 8, half days 4, hours as they are (EDU-5). */
export function trainingHundredths({ unit, amount }: TrainingLength, on: IsoDate, parameters: ParameterTable): number {
  const hours = {
    full_day: () => wholeParameter(parameters, 'education.hoursPerFullDay', on),
    half_day: () => wholeParameter(parameters, 'education.hoursPerHalfDay', on),
    hour: () => 1,
  }[unit]()
  return Math.floor(amount * hours * HUNDREDTHS)
}

/** A time in a post of the secretary or the committee; open while `untilOn` is null. */
export type PostTime = { readonly fromOn: IsoDate; readonly untilOn: IsoDate | null }
export type StudyPost = 'member' | 'leader'

/**
 * Whether somebody counts as secretary or committee member in a year (EDU-2): by the days in such posts, each day once.
 * A post that is still held counts to the end of the year, so that the target is known from its beginning.
 */
export function postOfYear(posts: readonly PostTime[], year: number, parameters: ParameterTable): StudyPost {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  const times = posts
    .map(({ fromOn, untilOn }) => ({
      from: fromOn > first ? fromOn : first,
      until: (untilOn ?? last) < last ? (untilOn ?? last) : last,
    }))
    .filter(({ from, until }) => from <= until)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  let days = 0
  let counted = ''
  for (const { from, until } of times) {
    if (until <= counted) continue
    // The day on which the time before ended is counted already.
    days += from > counted ? daysBetween(from, until) + 1 : daysBetween(counted, until)
    counted = until
  }
  return days >= wholeParameter(parameters, 'education.leaderLeastDays', last) ? 'leader' : 'member'
}

/** The target of a year in hundredths (EDU-1, EDU-2). */
export function targetOf(post: StudyPost, year: number, parameters: ParameterTable): number {
  const code = post === 'leader' ? 'education.leaderHours' : 'education.memberHours'
  return wholeParameter(parameters, code, `${year}-12-31`) * HUNDREDTHS
}

export type YearFacts = {
  readonly year: number
  readonly post: StudyPost
  readonly isExempt: boolean
  /** Hundredths that count, and those of them that were chosen freely. */
  readonly earned: number
  readonly elective: number
  /** Required courses of the year that are not finished. */
  readonly requiredLeft: number
}
export type YearStanding = {
  readonly target: number
  readonly missing: number
  readonly missingElective: number
  readonly isReached: boolean
}

/** Whether a year is reached: the hours, all required courses, and the least of free choice. EDU-4 frees from all three. */
export function yearStanding(facts: YearFacts, parameters: ParameterTable): Verdict<YearStanding> {
  const target = targetOf(facts.post, facts.year, parameters)
  if (facts.isExempt)
    return judge(EDUCATION_RULES['EDU-4'], { target, missing: 0, missingElective: 0, isReached: true }, true)
  const least = wholeParameter(parameters, 'education.electiveHours', `${facts.year}-12-31`) * HUNDREDTHS
  const missing = Math.max(0, target - facts.earned)
  const missingElective = Math.max(0, least - facts.elective)
  const isReached = missing === 0 && missingElective === 0 && facts.requiredLeft === 0
  const rule = EDUCATION_RULES[facts.post === 'leader' ? 'EDU-2' : 'EDU-1']
  return judge(rule, { target, missing, missingElective, isReached }, isReached)
}

/** What should have been reached by the end of a quarter (1 to 4), in hundredths: an equal part of the target each. */
export const expectedBy = (target: number, quarter: number): number => Math.ceil((target * quarter) / 4)

const QUARTER_ENDS = ['03-31', '06-30', '09-30', '12-31'] as const
/** The last day of the quarter in which a day lies. */
export const quarterEndOf = (on: IsoDate): IsoDate => `${yearOf(on)}-${QUARTER_ENDS[quarterOf(on) - 1] ?? '12-31'}`

/** Meetings whose time is time of study: 党员大会, 党小组会, 党课 and 主题党日; a committee that decides does not study. */
export const STUDY_MEETINGS: readonly MeetingKind[] = ['generalMeeting', 'groupMeeting', 'partyLesson', 'themeDay']

/** Whether a certificate of so many hundredths needs a second reviewer. */
export const needsSecondHand = (hundredths: number, on: IsoDate, parameters: ParameterTable): boolean =>
  hundredths > wholeParameter(parameters, 'education.secondHandHours', on) * HUNDREDTHS

export type CountedEntry = {
  readonly id: string
  readonly on: IsoDate
  readonly fact: CreditFact
  readonly hundredths: number
}
export type Recount = {
  readonly id: string
  readonly before: number
  readonly after: number
  readonly credit: Credit | null
}

/** Which entries would count otherwise by the rules as they now stand; those that stay as they are are left out. */
export function recount(entries: readonly CountedEntry[], parameters: ParameterTable): Recount[] {
  return entries.flatMap(({ id, on, fact, hundredths }) => {
    const credit = creditOf(fact, on, parameters)
    const after = credit?.hundredths ?? 0
    return after === hundredths ? [] : [{ id, before: hundredths, after, credit }]
  })
}

/**
 * The text of a transcript that is signed: one line a fact, in this order, so that anyone can write it again from what
 * the page of verification shows. `sha256` is that of the printed file.
 */
export function transcriptText(facts: {
  readonly code: string
  readonly name: string
  readonly year: number
  readonly hundredths: number
  readonly target: number
  readonly state: string
  readonly issuedAt: string
  readonly sha256: string
}): string {
  const { code, name, year, hundredths, target, state, issuedAt, sha256 } = facts
  return ['tongxin.transcript.v1', code, name, year, hundredths, target, state, issuedAt, sha256].join('\n')
}
