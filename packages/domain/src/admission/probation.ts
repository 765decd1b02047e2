import { addMonths, type IsoDate } from '../general/dates.ts'
import { isWithinMonths } from '../general/deadlines.ts'
import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { ADMISSION_RULES } from '../rules/admission.ts'
import { judge, type Verdict } from '../verdict.ts'

function endOf(meetingDate: IsoDate, parameters: ParameterTable): IsoDate {
  return addMonths(meetingDate, wholeParameter(parameters, 'admission.probationMonths', meetingDate))
}

/** Last day of probation: a year from the branch meeting (DEV-26). */
export function probationEnd(
  input: { meetingDate: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<IsoDate> {
  return judge(ADMISSION_RULES['DEV-26'], endOf(input.meetingDate, parameters), true)
}

/** Conversion may be discussed on or after the day probation ends (DEV-26). */
export function canDiscussConversion(
  input: { meetingDate: IsoDate; discussOn: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const may = input.discussOn >= endOf(input.meetingDate, parameters)
  return judge(ADMISSION_RULES['DEV-26'], may, may)
}

/** An extension of six to twelve months, once (DEV-27). */
export function extensionOk(
  input: { months: number; priorExtensions: number },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const ok =
    input.priorExtensions === 0 &&
    Number.isSafeInteger(input.months) &&
    input.months >= wholeParameter(parameters, 'admission.minExtensionMonths') &&
    input.months <= wholeParameter(parameters, 'admission.maxExtensionMonths')
  return judge(ADMISSION_RULES['DEV-27'], ok, ok)
}

/** End of probation after an extension, counted from the end it extends (DEV-27). */
export function extendedEnd(
  input: { meetingDate: IsoDate; months: number },
  parameters: ParameterTable = PARAMETERS,
): Verdict<IsoDate> {
  return judge(ADMISSION_RULES['DEV-27'], addMonths(endOf(input.meetingDate, parameters), input.months), true)
}

/**
 * Day from which 党龄 counts (DEV-29): the end of probation or of its extension. The day of the vote does not
 * move it, nor does a postponement after a transfer (art. 35).
 */
export function standingStart(
  input: { meetingDate: IsoDate; extensionMonths: number; convertedMeeting: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<IsoDate> {
  const start = addMonths(endOf(input.meetingDate, parameters), input.extensionMonths)
  return judge(ADMISSION_RULES['DEV-29'], start, input.convertedMeeting >= start)
}

/** The receiving branch may put off the discussion by at most six months (DEV-30). */
export function postponementOk(
  input: { probationEnd: IsoDate; discussOn: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const months = wholeParameter(parameters, 'admission.postponementMonths', input.discussOn)
  const ok = isWithinMonths(input.probationEnd, input.discussOn, months)
  return judge(ADMISSION_RULES['DEV-30'], ok, ok)
}
