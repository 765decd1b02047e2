import {
  type answerTopicProposal,
  type answerTopicProposalOfMine,
  type Input,
  type listTopicProposals,
  type missTopicProposal,
  type Reply,
  topicsRefusals as refusals,
  type scheduleTopicProposal,
  type TopicLesson,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish, publishAll } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import * as q from '../queries/proposals.queries.ts'
import { stillOffered } from '../queries/slots.queries.ts'
import { lockWish, lockWishOfTenant, setWish } from '../queries/wishes.queries.ts'
import type { TopicPorts } from '../topics.ports.ts'
import { proposalShown, subjectOf as topicSubject } from './shown.ts'

type Changed = { id: string; state: string }
const subjectOf = (one: q.Proposal) => ({
  kind: 'topic_proposal',
  id: one.id,
  orgPath: one.orgPath,
  personId: one.personId,
})

export async function list(
  ctx: Ctx,
  { query }: Input<typeof listTopicProposals>,
): Promise<Reply<typeof listTopicProposals>> {
  const keyset = keysetOf(query, { onDate: 'p.on_date' }, '-onDate')
  const found = await q.listProposals(ctx.db, ctx.actor, query.state ?? null, keyset)
  const { rows, next } = pageOfRows(found, keyset, ({ onDate, id }) => ({ value: onDate, id }))
  return { rows: rows.map(proposalShown), next, total: null }
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Proposal> {
  const one = ctx.actor.reach === 'self' ? undefined : await q.lockProposal(ctx.db, ctx.actor, id)
  if (!one) throw refusals.proposal_not_found()
  return one
}

type Answer = { readonly side: 'unit' | 'lecturer'; readonly isAccepted: boolean; readonly reason?: string }
/** One side's yes or no. With both, it is agreed; a no asks the next of the waiting list (by the reaction). */
async function answered(ctx: Ctx<Tx>, one: q.Proposal, { side, isAccepted, reason }: Answer): Promise<Changed> {
  const { tenantId, personId } = ctx.actor
  const has = side === 'unit' ? one.unitYesAt : one.lecturerYesAt
  if (one.state !== 'proposed' || has !== null) throw refusals.proposal_decided({ state: one.state })
  const why = reason?.trim()
  if (!isAccepted && !why) throw refusals.reason_missing.at('/body/reason')
  const other = side === 'unit' ? one.lecturerYesAt : one.unitYesAt
  const agreed = isAccepted && other !== null
  const state = isAccepted ? (agreed ? 'agreed' : 'proposed') : 'declined'
  const yes =
    side === 'unit' ? { unit_yes_at: ctx.now, unit_yes_by: personId } : ({ lecturer_yes_at: ctx.now } as const)
  const change = { state, ...(isAccepted ? yes : {}), ...(why ? { reason: why } : {}) } as const
  await q.setProposal(ctx.db, tenantId, one.id, change, ctx.now)
  const payload = { topicId: one.wishId, side, accepted: isAccepted, agreed }
  await publish(ctx, 'topics.answered', subjectOf(one), payload, why ? { reason: why } : {})
  return { id: one.id, state }
}

export async function answer(ctx: Ctx<Tx>, { params, body }: Input<typeof answerTopicProposal>): Promise<Changed> {
  const one = await locked(ctx, params.id)
  if (body.side === 'lecturer' && one.personId !== null) throw refusals.answers_for_self()
  return answered(ctx, one, body)
}

export async function answerOwn(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof answerTopicProposalOfMine>,
): Promise<Changed> {
  const one = await q.lockOwnProposal(ctx.db, ctx.actor, params.id)
  if (!one) throw refusals.proposal_not_found()
  return answered(ctx, one, { side: 'lecturer', ...body })
}

/** Makes the meeting of a lesson that both agreed to, on the agreed day; people are called to it as to any other. */
export const schedule =
  ({ planLesson }: TopicPorts) =>
  async (
    ctx: Ctx<Tx>,
    { params, body }: Input<typeof scheduleTopicProposal>,
  ): Promise<Reply<typeof scheduleTopicProposal>> => {
    const one = await locked(ctx, params.id)
    if (!ctx.actor.permissions.has('meetings.convene')) throw refusals.cannot_convene()
    if (one.state !== 'agreed') throw refusals.not_agreed({ state: one.state })
    if (todayOf(new Date(body.startsAt)) !== one.onDate)
      throw refusals.not_that_day.at('/body/startsAt', { onDate: one.onDate })
    const wish = await lockWish(ctx.db, ctx.actor, one.wishId)
    if (!wish) throw refusals.not_found()
    // Hidden or merged since both agreed: nothing is taught that nobody may see.
    if (wish.state !== 'recruiting') throw refusals.not_open({ state: wish.state })
    const { id: meetingId } = await planLesson(ctx, { orgId: wish.unitId, title: wish.title, ...body })
    const lesson: TopicLesson = {
      lecturer: one.lecturerName,
      startsAt: body.startsAt,
      endsAt: body.endsAt,
      place: body.place?.trim() ?? null,
      onlineUrl: body.onlineUrl ?? null,
      meetingId,
    }
    const { tenantId } = ctx.actor
    const change = { state: 'scheduled', meeting_id: meetingId, lesson: JSON.stringify(lesson) } as const
    await setWish(ctx.db, tenantId, wish.id, change, ctx.now)
    await q.setProposal(ctx.db, tenantId, one.id, { state: 'scheduled', meeting_id: meetingId }, ctx.now)
    const payload = { title: wish.title, topicId: wish.id, meetingId, startsAt: body.startsAt }
    await publish(ctx, 'topics.scheduled', topicSubject(wish), payload)
    return { id: one.id, state: 'scheduled', meetingId }
  }

export async function miss(ctx: Ctx<Tx>, { params, body }: Input<typeof missTopicProposal>): Promise<Changed> {
  const one = await locked(ctx, params.id)
  if (one.state !== 'agreed' && one.state !== 'scheduled') throw refusals.not_agreed({ state: one.state })
  const reason = body.reason.trim()
  await q.setProposal(ctx.db, ctx.actor.tenantId, one.id, { state: 'no_show', reason }, ctx.now)
  const payload = { topicId: one.wishId, lecturer: one.lecturerName }
  await publish(ctx, 'topics.missed', subjectOf(one), payload, { reason })
  return { id: one.id, state: 'no_show' }
}

/** A lecturer who ends says no to whatever waits for an answer; lessons that are agreed stay. */
export async function declineAll(ctx: Ctx<Tx>, lecturerId: string, reason: string): Promise<void> {
  for (const one of await q.lockAskedOf(ctx.db, ctx.actor.tenantId, lecturerId)) {
    await q.setProposal(ctx.db, ctx.actor.tenantId, one.id, { state: 'declined', reason }, ctx.now)
    const payload = { topicId: one.wishId, side: 'lecturer', accepted: false, agreed: false }
    await publish(ctx, 'topics.answered', subjectOf(one), payload, { reason })
  }
}

export type SystemCtx = { readonly db: Tx; readonly now: Date; readonly tenantId: string }

/**
 * After a no, a silence or an absence: asks the next of the waiting list whose time is still offered, free and to come.
 * A wish whose list is used up waits for the next matching. Does nothing while somebody else is asked.
 */
export async function askNext(ctx: SystemCtx, wishId: string): Promise<void> {
  const { db, tenantId, now } = ctx
  const wish = await lockWishOfTenant(db, tenantId, wishId)
  if (!wish || !['recruiting', 'scheduled'].includes(wish.state)) return
  const known = await q.lockProposalsOf(db, tenantId, wishId)
  if (known.some(({ state }) => state === 'proposed' || state === 'agreed' || state === 'scheduled')) return
  if (wish.state === 'scheduled') {
    await setWish(db, tenantId, wishId, { state: 'recruiting', meeting_id: null, lesson: null }, now)
  }
  const waiting = known.filter(({ state, onDate }) => state === 'waiting' && onDate > todayOf(now))
  const taken = await q.takenAmong(
    db,
    tenantId,
    waiting.map(({ slotId }) => slotId),
  )
  const offered = await stillOffered(
    db,
    tenantId,
    waiting.map(({ slotId }) => slotId),
  )
  const next = waiting.find(({ slotId }) => offered.has(slotId) && !taken.has(slotId))
  if (!next) return
  await q.setProposal(db, tenantId, next.id, { state: 'proposed', proposed_at: now }, now)
  const { title, personId, onDate } = next
  const payload = { title, topicId: wishId, personId, onDate }
  await publishAll(db, { tenantId, now }, 'topics.proposed', [{ subject: subjectOf(next), payload }])
}
