import { addDays, type IsoDate } from '../general/dates.ts'
import { addWorkdays, coversYears, NO_HOLIDAYS, rollToWorkday, type WorkdayCalendar } from '../general/workdays.ts'
import { PARAMETERS, type ParameterTable, switchParameter, wholeParameter } from '../parameters.ts'
import { PUBLIC_AFFAIRS_RULES } from '../rules/public-affairs.ts'
import { judge, type Verdict } from '../verdict.ts'

// PET-8: the first day is not counted; moving the last day off a holiday is the organisation's choice.
function lastDay(start: IsoDate, days: number, calendar: WorkdayCalendar, parameters: ParameterTable): IsoDate {
  const day = addDays(start, days)
  return switchParameter(parameters, 'petitions.rollOverHolidays', start) ? rollToWorkday(day, calendar) : day
}

/** Fifteen days to register and forward (PET-1), or to tell the person (PET-2). */
export function petitionDeadline(
  input: { kind: 'register' | 'notify'; receivedOn: IsoDate; calendar?: WorkdayCalendar },
  parameters: ParameterTable = PARAMETERS,
): Verdict<IsoDate> {
  const days = wholeParameter(parameters, 'petitions.registerDays', input.receivedOn)
  const day = lastDay(input.receivedOn, days, input.calendar ?? NO_HOLIDAYS, parameters)
  return judge(PUBLIC_AFFAIRS_RULES[input.kind === 'register' ? 'PET-1' : 'PET-2'], day, true)
}

/** Five working days, from the next one on, to object to an item outside one's powers (PET-2). */
export function objectionDeadline(
  input: WorkdayCalendar & { receivedOn: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<IsoDate> {
  const count = wholeParameter(parameters, 'petitions.objectionWorkdays', input.receivedOn)
  const day = addWorkdays(input.receivedOn, count, input)
  const provisional = !coversYears(input, input.receivedOn, day)
  return { ...judge(PUBLIC_AFFAIRS_RULES['PET-2'], day, true), provisional }
}

/** Sixty days from acceptance, and with the head's approval at most thirty more (PET-3). */
export function handlingDeadline(
  input: { acceptedOn: IsoDate; extensionDays: number; leaderApproved: boolean; calendar?: WorkdayCalendar },
  parameters: ParameterTable = PARAMETERS,
): Verdict<IsoDate> {
  const figure = (code: string) => wholeParameter(parameters, `petitions.${code}`, input.acceptedOn)
  const isGranted = input.leaderApproved && input.extensionDays > 0
  // A longer grant is cut, because ninety days are the hard limit.
  const extension = isGranted ? Math.min(input.extensionDays, figure('maxExtensionDays')) : 0
  const days = figure('handlingDays') + extension
  const day = lastDay(input.acceptedOn, days, input.calendar ?? NO_HOLIDAYS, parameters)
  return judge(PUBLIC_AFFAIRS_RULES['PET-3'], day, extension === Math.max(0, input.extensionDays))
}

/** A review is requested within thirty days of the written reply (PET-4). */
export function reviewRequestOk(
  input: { repliedOn: IsoDate; requestedOn: IsoDate; calendar?: WorkdayCalendar },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const { repliedOn, requestedOn, calendar = NO_HOLIDAYS } = input
  const days = wholeParameter(parameters, 'petitions.reviewDays', repliedOn)
  const ok = requestedOn >= repliedOn && requestedOn <= lastDay(repliedOn, days, calendar, parameters)
  return judge(PUBLIC_AFFAIRS_RULES['PET-4'], ok, ok)
}

/** At most five representatives of a joint visit (PET-5). */
export function representativesOk(input: { n: number }, parameters: ParameterTable = PARAMETERS): Verdict<boolean> {
  const ok = input.n >= 1 && input.n <= wholeParameter(parameters, 'petitions.maxRepresentatives')
  return judge(PUBLIC_AFFAIRS_RULES['PET-5'], ok, ok)
}
