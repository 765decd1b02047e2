import { learningRefusals as refusals } from '@tongxin/contract'
import type { Ctx, Db, Tx } from '../../../platform/ctx.ts'
import { ownStanding, type PersonStanding } from '../../members/index.ts'
import { holdersOfPosts, postsOfMember } from '../../org/index.ts'
import { type AudienceRule, orgKindsOf, postsOf } from '../learning.policy.ts'
import type { Learner } from '../queries/own.queries.ts'
import type { Asked, Audience } from '../queries/plan-people.queries.ts'

/** The audience with those who hold one of its posts. */
export async function audienceOf(db: Db, tenantId: string, rule: AudienceRule): Promise<Audience> {
  const { audiencePath, audienceKinds, audiencePosts, audienceLevels } = rule
  const holders =
    audiencePosts.length === 0
      ? null
      : await holdersOfPosts(db, tenantId, audiencePath, postsOf(audiencePosts), orgKindsOf(audienceLevels))
  return { audiencePath, audienceKinds, audiencePosts, audienceLevels, holders }
}

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

const LIVING: ReadonlySet<string> = new Set(['normal', 'suspended', 'retained', 'restored'])

/** The caller as a learner; absent without a living member record. */
export async function learnerOf(ctx: Ctx | Ctx<Tx>): Promise<Learner | undefined> {
  const { tenantId, personId } = ctx.actor
  const record: PersonStanding | undefined = await ownStanding(ctx.db, tenantId, personId)
  if (!record || !LIVING.has(record.status)) return undefined
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
