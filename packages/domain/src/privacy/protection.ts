import { addMonths, ageOn, type IsoDate } from '../general/dates.ts'
import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { PROTECTION_RULES } from '../rules/protection.ts'
import { judge, type Verdict } from '../verdict.ts'

/** A guardian must consent for somebody under fourteen (PI-5). */
export function needsGuardianConsent(
  input: { birthDate: IsoDate; onDate: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const needed = ageOn(input.birthDate, input.onDate) < wholeParameter(parameters, 'privacy.guardianAge', input.onDate)
  return judge(PROTECTION_RULES['PI-5'], needed, !needed)
}

// What art. 28 does not list and no reading of ours adds. Everything else counts as sensitive until somebody
// classifies it, membership, discipline and political review among it.
const ORDINARY_KINDS = [
  'name',
  'sex',
  'gender',
  'age',
  'birthDate',
  'ethnicGroup',
  'nativePlace',
  'phone',
  'email',
  'address',
  'unit',
  'workUnit',
  'post',
  'position',
  'occupation',
  'education',
  'photo',
] as const

export type OrdinaryKind = (typeof ORDINARY_KINDS)[number]

export type SensitiveKind =
  | 'biometric'
  | 'religion'
  | 'specificIdentity'
  | 'health'
  | 'financialAccount'
  | 'location'
  | 'partyMembership'
  | 'discipline'
  | 'politicalReview'
  | 'citizenId'

const ORDINARY: ReadonlySet<string> = new Set(ORDINARY_KINDS)

/** Sensitive personal information (PI-5): by kind, or because the person is under fourteen. */
export function isSensitive(
  input: { kind: OrdinaryKind | SensitiveKind; subjectAge: number },
  parameters: ParameterTable = PARAMETERS,
): Verdict<boolean> {
  const isChild = input.subjectAge < wholeParameter(parameters, 'privacy.guardianAge')
  const sensitive = isChild || !ORDINARY.has(input.kind)
  return judge(PROTECTION_RULES['PI-5'], sensitive, !sensitive, 'warn')
}

/** Last day of keeping the records of an impact assessment: three years (PI-11). */
export function piaRetainUntil(input: { madeOn: IsoDate }, parameters: ParameterTable = PARAMETERS): Verdict<IsoDate> {
  const months = wholeParameter(parameters, 'privacy.assessmentRecordMonths', input.madeOn)
  return judge(PROTECTION_RULES['PI-11'], addMonths(input.madeOn, months), true)
}
