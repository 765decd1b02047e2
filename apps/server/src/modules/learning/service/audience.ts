import { learningRefusals as refusals } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { LEARNING_STATUSES, ownStanding, type PersonStanding } from '../../members/index.ts'
import { postsOfMember } from '../../org/index.ts'
import type { Learner } from '../queries/own.queries.ts'
import type { Asked } from '../queries/plan-people.queries.ts'

/** What courses of a plan ask of everybody on a day. */
export const askedOf = (
  rows: readonly { courseId: string; isRequired: boolean; dueOn: string | null }[],
  today: string,
): Asked => {
  const required = rows.filter(({ isRequired }) => isRequired)
  return {
    required: required.map(({ courseId }) => courseId),
    overdue: required.filter(({ dueOn }) => dueOn !== null && dueOn < today).map(({ courseId }) => courseId),
  }
}

/** The caller as a learner; absent without a living member record. */
export async function learnerOf(ctx: Ctx | Ctx<Tx>): Promise<Learner | undefined> {
  const { tenantId, personId } = ctx.actor
  const record: PersonStanding | undefined = await ownStanding(ctx.db, tenantId, personId)
  if (!record || !LEARNING_STATUSES.includes(record.status)) return undefined
  return {
    tenantId,
    memberId: record.memberId,
    personId,
    orgPath: record.orgPath,
    category: record.category,
    posts: await postsOfMember(ctx.db, tenantId, record.memberId),
  }
}

/** @throws Refusal `learning.not_a_learner` */
export async function demandLearner(ctx: Ctx | Ctx<Tx>): Promise<Learner> {
  const learner = await learnerOf(ctx)
  if (!learner) throw refusals.not_a_learner()
  return learner
}
