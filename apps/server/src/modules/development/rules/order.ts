import { editionOn } from '@tongxin/domain'
import { stepDefinitionOn } from '@tongxin/domain/admission/step-definitions'
import { cite } from '@tongxin/domain/rules/instruments'
import { doneStep, effectiveOn, liveStep, neededBefore, type Road } from '../development.road.ts'
import { broken, type Finding, type RefusalWord } from './findings.ts'

// What a step is waiting for most, where the rules name it: the article tells more than the number of a step.
const NEEDS: Readonly<Record<number, readonly [needed: number, ruleId: string, word: RefusalWord]>> = {
  3: [2, 'DEV-4', 'talk_missing'],
  12: [10, 'DEV-10', 'not_vetted'],
  14: [13, 'DEV-12', 'not_pre_examined'],
  15: [13, 'DEV-12', 'not_pre_examined'],
  23: [22, 'DEV-28', 'conversion_missing'],
}

/**
 * Whether it is the turn of a step (the 25 steps; art. 5 to 36). A step entered late stands on earlier ones that were
 * entered late as well and still wait for confirmation: history is entered in one go and confirmed in order.
 */
export function orderFindings(
  road: Road,
  step: number,
  heldOn: string,
  more: { readonly isLate: boolean; readonly isCancellation: boolean },
): Finding[] {
  const version = editionOn(heldOn)
  const needed = neededBefore(step, more.isCancellation)
  const missing = needed.filter((each) => {
    const row = liveStep(road, each)
    return !(row?.state === 'confirmed' || (row && more.isLate && row.lateReason !== null))
  })
  const first = missing[0]
  if (first === undefined) return dateFindings(road, needed, heldOn)
  const need = NEEDS[step]
  if (need && missing.includes(need[0]) && !liveStep(road, need[0]))
    return [broken(need[1], need[2], { version, field: '/body/step', detail: { next: first } })]
  const row = liveStep(road, first)
  const { ruleIds, articles } = stepDefinitionOn(first, heldOn)
  const citation = cite('admission', ...articles)
  const detail = { next: first, step }
  return [
    broken(ruleIds[0] ?? 'DEV-1', row ? 'waits_above' : 'not_next', { version, field: '/body/step', detail, citation }),
  ]
}

function dateFindings(road: Road, needed: readonly number[], heldOn: string): Finding[] {
  const days = needed.flatMap((each) => {
    const row = doneStep(road, each) ?? liveStep(road, each)
    return row ? [effectiveOn(row)] : []
  })
  const last = days.sort().at(-1)
  if (last === undefined || heldOn >= last) return []
  return [broken('DEV-1', 'before_last_step', { version: editionOn(heldOn), detail: { last }, earliestOn: last })]
}
