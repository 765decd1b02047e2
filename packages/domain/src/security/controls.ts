import { addMonths, type IsoDate } from '../general/dates.ts'
import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { PROTECTION_RULES } from '../rules/protection.ts'
import { judge, type Verdict } from '../verdict.ts'

/** An audit log may be deleted once six months are reached (SEC-3). */
export function auditLogMayDelete(
  input: { loggedOn: IsoDate; today: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const months = wholeParameter(parameters, 'security.auditLogMonths', input.today)
  const may = input.today >= addMonths(input.loggedOn, months)
  return judge(PROTECTION_RULES['SEC-3'], may, may)
}

const ADMINISTRATORS: ReadonlySet<string> = new Set(['system', 'audit', 'security'])

/** No account holds two of the three administrators' roles (SEC-9); other roles do not matter. */
export function rolesSeparated(input: { roles: readonly string[] }): Verdict<boolean> {
  const separated = new Set(input.roles.filter((role) => ADMINISTRATORS.has(role))).size <= 1
  return judge(PROTECTION_RULES['SEC-9'], separated, separated)
}
