import { addDays, addMonths, type IsoDate } from '../general/dates.ts'
import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { MEMBERSHIP_RULES } from '../rules/membership.ts'
import { judge, type Verdict } from '../verdict.ts'

/** Membership may be stopped for lost contact (MEM-3): six months, and every way of search has failed. */
export function stopForLostContact(
  input: { lostSince: IsoDate; today: IsoDate; searchedAllWays: boolean; found: boolean },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const months = wholeParameter(parameters, 'membership.lostContactMonths', input.today)
  const may = input.today >= addMonths(input.lostSince, months) && input.searchedAllWays && !input.found
  return judge(MEMBERSHIP_RULES['MEM-3'], may, may)
}

/** Removal is due two years after the stop when the person is still out of reach (MEM-4). */
export function removeAfterStop(
  input: { stoppedOn: IsoDate; today: IsoDate; reachable: boolean },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const months = wholeParameter(parameters, 'membership.removalAfterStopMonths', input.today)
  const may = input.today >= addMonths(input.stoppedOn, months) && !input.reachable
  return judge(MEMBERSHIP_RULES['MEM-4'], may, may)
}

/** Study abroad of more than five years without return (MEM-2); exactly five are not more. */
export function stopForAbroad(
  input: { leftOn: IsoDate; today: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const months = wholeParameter(parameters, 'membership.abroadMonths', input.today)
  const may = input.today > addMonths(input.leftOn, months)
  return judge(MEMBERSHIP_RULES['MEM-2'], may, may)
}

/** The relation must move (MEM-7); `unitChanged` also says that the residence changed. */
export function mustTransfer(
  input: { unitChanged: boolean; monthsAway: number; placeFixed: boolean },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const away = input.monthsAway >= wholeParameter(parameters, 'membership.awayMonths')
  const must = input.unitChanged || (away && input.placeFixed)
  return judge(MEMBERSHIP_RULES['MEM-7'], must, !must)
}

/** Direct transfer between committees that both approve probationary members (MEM-8). */
export function directTransfer(input: { fromCanApprove: boolean; toCanApprove: boolean }): Verdict<boolean> {
  const may = input.fromCanApprove && input.toCanApprove
  return judge(MEMBERSHIP_RULES['MEM-8'], may, may)
}

/** A letter of introduction is still valid on the day of reporting (MEM-9); the start day does not count. */
export function letterValid(
  input: { issuedOn: IsoDate; reportOn: IsoDate; maxDays?: number },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const { issuedOn, reportOn } = input
  const days = input.maxDays ?? wholeParameter(parameters, 'membership.introLetterMaxDays', issuedOn)
  const valid = reportOn >= issuedOn && reportOn <= addDays(issuedOn, days)
  return judge(MEMBERSHIP_RULES['MEM-9'], valid, valid)
}

/** A university keeps a graduate's relation generally for two years (MEM-11). */
export function graduateKeepOk(
  input: { graduatedOn: IsoDate; today: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const months = wholeParameter(parameters, 'membership.graduateMonths', input.today)
  const ok = input.today <= addMonths(input.graduatedOn, months)
  return judge(MEMBERSHIP_RULES['MEM-11'], ok, ok)
}
