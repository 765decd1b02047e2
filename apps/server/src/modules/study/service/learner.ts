import { studyRefusals as refusals } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { ownStanding } from '../../members/index.ts'
import { LIVING, MEMBERS } from '../study.policy.ts'

export type Learner = {
  readonly tenantId: string
  readonly personId: string
  readonly memberId: string
  readonly name: string
  readonly unitId: string
  readonly orgPath: string
  readonly isMember: boolean
}

/** The caller as somebody with a living record. @throws Refusal `study.not_a_learner` */
export async function demandLearner(ctx: Ctx | Ctx<Tx>): Promise<Learner> {
  const { tenantId, personId } = ctx.actor
  const record = await ownStanding(ctx.db, tenantId, personId)
  if (!record || !(LIVING as readonly string[]).includes(record.status)) throw refusals.not_a_learner()
  const { memberId, name, orgId: unitId, orgPath, category } = record
  const isMember = (MEMBERS as readonly string[]).includes(category)
  return { tenantId, personId, memberId, name, unitId, orgPath, isMember }
}
