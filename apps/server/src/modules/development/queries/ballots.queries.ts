import type { StepFacts } from '@tongxin/domain/admission/step-facts'
import type { Db } from '../../../platform/ctx.ts'

/** By case, the ballots of its branch meetings: those lost too, which are void. */
export type Ballots = ReadonlyMap<string, readonly { readonly heldOn: string; readonly facts: StepFacts }[]>

export async function ballotsOf(db: Db, tenantId: string, cases: readonly { readonly id: string }[]): Promise<Ballots> {
  if (cases.length === 0) return new Map()
  const rows = await db
    .selectFrom('development_step as s')
    .select(['s.case_id as caseId', 's.held_on as heldOn', 's.facts'])
    .where('s.tenant_id', '=', tenantId)
    .where(
      's.case_id',
      'in',
      cases.map(({ id }) => id),
    )
    .where('s.step', 'in', [15, 23])
    .orderBy('s.held_on')
    .execute()
  const found = new Map<string, { heldOn: string; facts: StepFacts }[]>()
  for (const { caseId, heldOn, facts } of rows)
    found.set(caseId, [...(found.get(caseId) ?? []), { heldOn, facts: facts as StepFacts }])
  return found
}
