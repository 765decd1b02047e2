import { addMonths, type IsoDate } from '../general/dates.ts'
import { isWithinMonths } from '../general/deadlines.ts'
import { countWorkdays, coversYears, type WorkdayCalendar } from '../general/workdays.ts'
import { PARAMETERS, type ParameterTable, switchParameter, wholeParameter } from '../parameters.ts'
import { ADMISSION_RULES } from '../rules/admission.ts'
import { judge, type Verdict } from '../verdict.ts'
import { type AdmissionEdition, editionOn } from './edition.ts'

/** The text of the rules on admission that applies to an event (DEV-0). */
export function devRuleVersion(input: { eventDate: IsoDate }): Verdict<AdmissionEdition> {
  return judge(ADMISSION_RULES['DEV-0'], editionOn(input.eventDate), true)
}

/** The talk with an applicant took place within a month of the application (DEV-3). */
export function talkInTime(
  input: { received: IsoDate; talk: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const months = wholeParameter(parameters, 'admission.talkMonths', input.received)
  const inTime = isWithinMonths(input.received, input.talk, months)
  return judge(ADMISSION_RULES['DEV-3'], inTime, inTime)
}

/** Only an applicant who has been talked with may become an activist (DEV-4). */
export function mayBecomeActivist(input: { talkedOn: IsoDate | null; decisionDate: IsoDate }): Verdict<boolean> {
  const may = input.talkedOn !== null && input.talkedOn <= input.decisionDate
  return judge(ADMISSION_RULES['DEV-4'], may, may)
}

/** One or two contacts, all of them full members (DEV-5). */
export function contactsOk(
  input: { formal: number; probationary: number },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const ok =
    input.probationary === 0 &&
    input.formal >= wholeParameter(parameters, 'admission.minContacts') &&
    input.formal <= wholeParameter(parameters, 'admission.maxContacts')
  return judge(ADMISSION_RULES['DEV-5'], ok, ok)
}

/** Due dates of the half-yearly reviews up to and including `until`, each counted from the decision (DEV-6). */
export function activistReviewDueDates(
  input: { activistDate: IsoDate; until: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<IsoDate[]> {
  const every = wholeParameter(parameters, 'admission.reviewEveryMonths', input.activistDate)
  if (every < 1) throw new RangeError(`Parameter admission.reviewEveryMonths must be at least 1: ${every}`)
  const dates: IsoDate[] = []
  // Each from the original date: chaining would let a short month shift all later ones.
  for (let n = 1; addMonths(input.activistDate, n * every) <= input.until; n += 1) {
    dates.push(addMonths(input.activistDate, n * every))
  }
  return judge(ADMISSION_RULES['DEV-6'], dates, true)
}

/** A year of training, inclusive, before somebody may be an object of development (DEV-8). */
export function canBeObject(
  input: { activistDate: IsoDate; decisionDate: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const months = wholeParameter(parameters, 'admission.activistMonths', input.decisionDate)
  const may = input.decisionDate >= addMonths(input.activistDate, months)
  return judge(ADMISSION_RULES['DEV-8'], may, may)
}

/** `unit` work, `study`, `residence`; for floating people `origin` and `destination` are both needed. */
export type PublicityPlace = 'unit' | 'study' | 'residence' | 'origin' | 'destination'

/**
 * Publicity of an object of development (DEV-8): five working days or more, the posting day counted unless
 * configured otherwise. The text of 2014 knew no publicity here, so earlier ones pass.
 */
export function publicityOk(
  input: WorkdayCalendar & { from: IsoDate; to: IsoDate; floating: boolean; places: readonly PublicityPlace[] },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const { from, to, places } = input
  const version = editionOn(from)
  if (version === '2014') return { ...judge(ADMISSION_RULES['DEV-8'], true, true), version }
  const counted = countWorkdays(from, to, input)
  const days = switchParameter(parameters, 'general.publicityCountsStartDay', from)
    ? counted
    : counted - countWorkdays(from, from, input)
  const posted = input.floating ? places.includes('origin') && places.includes('destination') : places.length > 0
  const ok = posted && days >= wholeParameter(parameters, 'admission.publicityWorkdays', from)
  return { ...judge(ADMISSION_RULES['DEV-8'], ok, ok), version, provisional: !coversYears(input, from, to) }
}

/** Concentrated training of three days, or of 24 hours (DEV-11). */
export function trainingOk(
  input: { days: number; hours: number },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const ok =
    input.days >= wholeParameter(parameters, 'admission.trainingDays') ||
    input.hours >= wholeParameter(parameters, 'admission.trainingHours')
  return judge(ADMISSION_RULES['DEV-11'], ok, ok)
}

/** True when the person leaves within three months, so that admission generally waits (DEV-13). */
export function leavingSoon(
  input: { today: IsoDate; leaveDate: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const soon =
    input.leaveDate <= addMonths(input.today, wholeParameter(parameters, 'admission.leavingMonths', input.today))
  return judge(ADMISSION_RULES['DEV-13'], soon, !soon)
}

/** The branch meeting within a month of the pre-examination (DEV-14); no limit before the text of 2026. */
export function branchMeetingInTime(
  input: { preReviewDate: IsoDate; meetingDate: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const { preReviewDate, meetingDate } = input
  const version = editionOn(meetingDate)
  const months = wholeParameter(parameters, 'admission.branchMeetingMonths', meetingDate)
  const inTime = version === '2014' ? meetingDate >= preReviewDate : isWithinMonths(preReviewDate, meetingDate, months)
  return { ...judge(ADMISSION_RULES['DEV-14'], inTime, inTime), version }
}
