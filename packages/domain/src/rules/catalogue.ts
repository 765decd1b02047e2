import type { Rule } from '../verdict.ts'
import { ADMISSION_RULES } from './admission.ts'
import { BRANCH_RULES } from './branch.ts'
import { CODE_RULES } from './codes.ts'
import { CONSTITUTION_RULES } from './constitution.ts'
import { DISCIPLINE_RULES } from './discipline.ts'
import { DUES_RULES } from './dues.ts'
import { EDUCATION_RULES } from './education.ts'
import { ELECTION_RULES } from './elections.ts'
import { GENERAL_RULES } from './general.ts'
import { MEMBERSHIP_RULES } from './membership.ts'
import { ORGANISATION_RULES } from './organisation.ts'
import { PROTECTION_RULES } from './protection.ts'
import { PUBLIC_AFFAIRS_RULES } from './public-affairs.ts'

/** Every rule by id. Rule functions import the table of their area only, so that a browser need not load all. */
export const RULES: Readonly<Record<string, Rule>> = {
  ...GENERAL_RULES,
  ...CONSTITUTION_RULES,
  ...ADMISSION_RULES,
  ...DISCIPLINE_RULES,
  ...DUES_RULES,
  ...ELECTION_RULES,
  ...BRANCH_RULES,
  ...ORGANISATION_RULES,
  ...EDUCATION_RULES,
  ...MEMBERSHIP_RULES,
  ...PUBLIC_AFFAIRS_RULES,
  ...PROTECTION_RULES,
  ...CODE_RULES,
}

/** The rule of an id; a letter after the number (`DEV-8P`) names a part of it. Undefined when unknown. */
export function findRule(id: string): Rule | undefined {
  const wanted = id.trim().toUpperCase()
  return RULES[wanted] ?? RULES[wanted.replace(/(\d)[A-Z]$/, '$1')]
}
