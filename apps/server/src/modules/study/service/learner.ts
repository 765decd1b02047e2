import { studyRefusals as refusals } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { type AudienceMember, LEARNING_STATUSES, ownStanding } from '../../members/index.ts'
import { postsOfMember } from '../../org/index.ts'

export type Learner = {
  readonly tenantId: string
  readonly personId: string
  readonly memberId: string
  readonly name: string
  readonly unitId: string
  readonly orgPath: string
  readonly category: string
}
/** A learner with the posts by which an assignment or a campaign may be meant for some only. */
export type Asked = Learner & AudienceMember

/** The caller as somebody with a living record. @throws Refusal `study.not_a_learner` */
export async function demandLearner(ctx: Ctx | Ctx<Tx>): Promise<Learner> {
  const { tenantId, personId } = ctx.actor
  const record = await ownStanding(ctx.db, tenantId, personId)
  if (!record || !LEARNING_STATUSES.includes(record.status)) throw refusals.not_a_learner()
  const { memberId, name, orgId: unitId, orgPath, category } = record
  return { tenantId, personId, memberId, name, unitId, orgPath, category }
}

/** @throws Refusal `study.not_a_learner` */
export async function demandAsked(ctx: Ctx | Ctx<Tx>): Promise<Asked> {
  const learner = await demandLearner(ctx)
  return { ...learner, posts: await postsOfMember(ctx.db, learner.tenantId, learner.memberId) }
}
