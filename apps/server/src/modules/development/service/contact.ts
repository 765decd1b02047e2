import {
  type ContactCase,
  type ContactReview,
  type enterContactReview,
  type Input,
  type listMyActivists,
  type Reply,
  developmentRefusals as refusals,
} from '@tongxin/contract'
import { lampOn } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { ownStanding } from '../../members/index.ts'
import { unitNameOf } from '../../org/index.ts'
import { clocksOf } from '../development.clocks.ts'
import { type Road, roadOf } from '../development.road.ts'
import { type Case, caseById } from '../queries/cases.queries.ts'
import { accompaniedBy, lockAccompanied } from '../queries/contact.queries.ts'
import { cardOf } from '../queries/people.queries.ts'
import { addReviewTo } from './reviews.ts'

/** People whom the caller accompanies as a contact: whether a review is owed, and the own ones so far. */
export async function activists(ctx: Ctx, _: Input<typeof listMyActivists>): Promise<Reply<typeof listMyActivists>> {
  const { tenantId, personId } = ctx.actor
  const me = await ownStanding(ctx.db, tenantId, personId)
  if (!me) return { rows: [] }
  const rows: ContactCase[] = []
  // A contact accompanies a handful of people at most, so case by case is as good as one statement.
  for (const { caseId, since } of await accompaniedBy(ctx.db, tenantId, me.memberId)) {
    const one = await caseById(ctx.db, tenantId, caseId)
    rows.push(await rowOf(ctx, await roadOf(ctx.db, tenantId, one), since))
  }
  return { rows }
}

const CLOCKS: readonly string[] = ['review', 'probation_review']

async function rowOf(ctx: Ctx, road: Road, since: string): Promise<ContactCase> {
  const { one } = road
  const { tenantId, personId } = ctx.actor
  const owed = clocksOf(road).find(({ kind }) => CLOCKS.includes(kind))
  const newestFirst = road.reviews.toReversed()
  return {
    caseId: one.id,
    name: (await cardOf(ctx.db, tenantId, one.memberId)).name,
    orgName: await unitNameOf(ctx.db, tenantId, one.orgId),
    state: one.state,
    step: one.step,
    since,
    kinds: kindsOf(one),
    reviewDueOn: owed?.dueOn ?? null,
    lamp: owed ? lampOn(owed, todayOf(ctx.now)) : 'green',
    reviews: newestFirst
      .filter(({ recordedBy, isOwn }) => recordedBy === personId && !isOwn)
      .map(({ id, kind, heldOn, verdict, opinion }) => ({ id, kind, heldOn, verdict, opinion })),
    reports: newestFirst.filter(({ kind }) => kind === 'thought_report').map(({ heldOn }) => heldOn),
  }
}

/** Reviews belong to the time in which they are owed; none while the case is paused. */
function kindsOf(one: Case): ContactReview[] {
  if (one.state !== 'running' && one.state !== 'returned') return []
  if (one.admittedOn) return ['probation_quarter', 'probation_half_year']
  return one.activistOn ? ['half_year'] : []
}

/** A contact enters what was seen of the person; nobody else without a post may. */
export async function review(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof enterContactReview>,
): Promise<Reply<typeof enterContactReview>> {
  const { tenantId, personId } = ctx.actor
  const me = await ownStanding(ctx.db, tenantId, personId)
  if (!me || !(await lockAccompanied(ctx.db, tenantId, me.memberId, params.id))) throw refusals.not_found()
  const one = await caseById(ctx.db, tenantId, params.id)
  if (one.state !== 'running' && one.state !== 'returned') throw refusals.not_running({ state: one.state })
  return addReviewTo(ctx, one, body)
}
