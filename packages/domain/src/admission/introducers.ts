import type { MemberRights } from '../constitution/membership.ts'
import type { IsoDate } from '../general/dates.ts'
import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { ADMISSION_RULES } from '../rules/admission.ts'
import { judge, type Verdict } from '../verdict.ts'
import { ADMISSION_2026_FROM, editionOn } from './edition.ts'

/** `inInfluencePeriod`: within the influence period of the penalty on the day of the decision (DISC-1). */
export type Introducer = MemberRights & { inInfluencePeriod?: boolean }

// 不能: the text names these two groups; the expelled are no members at all.
function isBarred(introducer: Introducer): boolean {
  if (introducer.category !== 'formal' || introducer.penalty === '开除党籍') return true
  return introducer.penalty === '留党察看' && introducer.rightsRestored !== true
}

function isUnsuitable(introducer: Introducer): boolean {
  const named = ['警告', '严重警告', '撤销党内职务'].includes(introducer.penalty ?? '')
  return named && introducer.inInfluencePeriod === true
}

/**
 * Introducers of an object of development (DEV-9): exactly two, none of them barred. Unsuitable ones warn,
 * since the text of 2026; `decidedOn` defaults to that text.
 */
export function checkIntroducers(
  input: { introducers: readonly Introducer[]; decidedOn?: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<'ok' | 'warn' | 'block'> {
  const { introducers, decidedOn = ADMISSION_2026_FROM } = input
  const version = editionOn(decidedOn)
  const rule = ADMISSION_RULES['DEV-9']
  const needed = wholeParameter(parameters, 'admission.introducers', decidedOn)
  if (introducers.length !== needed || introducers.some(isBarred)) return { ...judge(rule, 'block', false), version }
  if (version === '2026' && introducers.some(isUnsuitable)) return { ...judge(rule, 'warn', false, 'warn'), version }
  return { ...judge(rule, 'ok', true), version }
}
