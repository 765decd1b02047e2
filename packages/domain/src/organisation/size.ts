import type { IsoDate } from '../general/dates.ts'
import type { FullMembers } from '../general/denominators.ts'
import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { ORGANISATION_RULES } from '../rules/organisation.ts'
import { judge, type Verdict } from '../verdict.ts'

export type OrgForm = 'joint-branch' | 'branch' | 'general-branch' | 'committee'

/**
 * The forms that fit an organisation by size (ORG-1..4): advice, never a block. `members` counts probationary
 * members too. At exactly 50 two forms are lawful.
 */
export function orgAdvice(
  input: { members: number; fullMembers: FullMembers; onDate?: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<OrgForm[]> {
  const threshold = (code: string) => wholeParameter(parameters, code, input.onDate)
  const { members } = input
  if (input.fullMembers < threshold('branch.minFullMembers')) return advice('ORG-3', ['joint-branch'])
  if (members >= threshold('org.committeeMembers')) return advice('ORG-1', ['committee'])
  const forms: OrgForm[] = []
  if (members <= threshold('branch.maxMembers')) forms.push('branch')
  if (members >= threshold('org.generalBranchMembers')) forms.push('general-branch')
  return advice(forms.includes('branch') ? 'ORG-3' : 'ORG-2', forms)
}

function advice(ruleId: keyof typeof ORGANISATION_RULES, forms: OrgForm[]): Verdict<OrgForm[]> {
  return judge(ORGANISATION_RULES[ruleId], forms, true)
}
