import {
  type appoint as appointContract,
  type endPost as endContract,
  type Input,
  type OrgKind,
  type OrgPost,
  orgRefusals,
  type Reply,
  type reportPost as reportContract,
} from '@tongxin/contract'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { violated } from '../../platform/sql.ts'
import { lockLiving } from './org.guards.ts'
import { reportOf } from './org.policy.ts'
import type { OrgUnit } from './org.queries.ts'
import * as r from './org.record.queries.ts'
import { termsOf } from './org.terms.queries.ts'
import { demandRunning, remindOfTerm, termsWith } from './org.terms.ts'
import { peopleOf } from './org.total.queries.ts'
import { vacanciesOf } from './org.vacancies.ts'

const subjectOf = (unit: OrgUnit) => ({ kind: 'org', id: unit.id, orgPath: unit.path })

/** Enters who holds a post. Only people of the Party hold one, and an organisation has one secretary. */
export async function appoint(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof appointContract>,
): Promise<Reply<typeof appointContract>> {
  const unit = await lockLiving(ctx, params.id)
  if (body.fromOn > todayOf(ctx.now)) throw orgRefusals.date_in_future.at('/body/fromOn')
  const member = await r.findMember(ctx.db, ctx.actor, body.memberId)
  if (!member || (member.category !== 'formal' && member.category !== 'probationary'))
    throw orgRefusals.not_a_member.at('/body/memberId')
  if (body.way === 'by_election') await demandVacancy(ctx, unit, body.post, body.fromOn)
  const id = newId(ctx)
  const post = {
    id,
    unitId: unit.id,
    orgPath: unit.path,
    post: body.post,
    memberId: body.memberId,
    name: member.name ?? '',
    fromOn: body.fromOn,
    way: body.way ?? null,
    documentNumber: body.documentNumber ?? null,
    at: ctx.now,
  }
  await r.insertPost(ctx.db, ctx.actor.tenantId, post).catch(refusePostTaken)
  await remindWhom(ctx, unit, body.post)
  const payload = { postId: id, post: body.post, memberId: body.memberId, fromOn: body.fromOn }
  await publish(ctx, 'org.post_taken', subjectOf(unit), payload)
  return { id }
}

/** A by-election fills a post that is vacant, within the running term (选举工作条例; ELEC-20). */
async function demandVacancy(ctx: Ctx<Tx>, unit: OrgUnit, post: OrgPost, fromOn: string): Promise<void> {
  const { db, actor } = ctx
  const record = await r.recordOf(db, actor, unit.id)
  if (!record) throw orgRefusals.not_found()
  const running = await demandRunning(ctx, record)
  if (fromOn < running.fromOn || fromOn > running.untilOn) {
    const detail = { from: running.fromOn, until: running.untilOn }
    throw orgRefusals.outside_term.at('/body/fromOn', detail)
  }
  const posts = await r.postsOf(db, actor.tenantId, unit.id, true)
  const people = await peopleOf(db, actor.tenantId, unit.path)
  const figures = { posts, full: people.formal ?? 0, seats: running.seats, from: running.fromOn }
  const vacancies = vacanciesOf({ ...figures, kind: unit.kind as OrgKind })
  // Who left within the term made a vacancy also where neither a rule nor a number of seats asks for the post.
  const wasLeft = posts.some((one) => one.post === post && one.untilOn !== null && one.untilOn >= running.fromOn)
  const isOpen = wasLeft || vacancies.some((one) => one.post === post || one.post === 'committee_member')
  if (!isOpen) throw orgRefusals.no_vacancy.at('/body/post')
}

/** The secretary is reminded of the end of the term: another secretary, another person. */
async function remindWhom(ctx: Ctx<Tx>, unit: OrgUnit, post: string): Promise<void> {
  if (post !== 'secretary') return
  const record = await r.recordOf(ctx.db, ctx.actor, unit.id)
  if (!record) return
  const rows = await termsOf(ctx.db, ctx.actor.tenantId, unit.id)
  const { running } = termsWith(record, rows)
  if (running && rows.length > 0) await remindOfTerm(ctx, unit, running)
}

function refusePostTaken(error: unknown): never {
  const constraint = violated(error)
  if (constraint === 'org_post_secretary_key') throw orgRefusals.secretary_taken.at('/body/post')
  if (constraint === 'org_post_holder_key') throw orgRefusals.post_taken.at('/body/memberId')
  throw error
}

/** Enters that a post was left; the row stays as history. */
export async function leavePost(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof endContract>,
): Promise<Reply<typeof endContract>> {
  const unit = await lockLiving(ctx, params.id)
  const post = await r.lockPost(ctx.db, ctx.actor.tenantId, unit.id, params.postId)
  if (!post) throw orgRefusals.post_missing()
  if (post.untilOn) throw orgRefusals.post_ended({ untilOn: post.untilOn })
  const field = '/body/untilOn'
  if (body.untilOn > todayOf(ctx.now)) throw orgRefusals.date_in_future.at(field)
  if (body.untilOn < post.fromOn) throw orgRefusals.ends_before_start.at(field)
  await r.setPostEnd(ctx.db, ctx.actor.tenantId, post.id, body.untilOn, body.reason)
  await remindWhom(ctx, unit, post.post)
  const payload = { postId: post.id, post: post.post, memberId: post.memberId, untilOn: body.untilOn }
  await publish(ctx, 'org.post_left', subjectOf(unit), payload, { reason: body.reason })
  return { id: post.id }
}

/** Secretary and deputy are approved by the level above, committee members put on record there (党章 art. 31, ELEC-19). */
export async function report(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof reportContract>,
): Promise<Reply<typeof reportContract>> {
  const unit = await lockLiving(ctx, params.id)
  const post = await r.lockPost(ctx.db, ctx.actor.tenantId, unit.id, params.postId)
  if (!post) throw orgRefusals.post_missing()
  if (reportOf(post.post as OrgPost) === null) throw orgRefusals.not_reported()
  if (post.reportDocument) throw orgRefusals.already_reported({ document: post.reportDocument })
  const field = '/body/reportedOn'
  if (body.reportedOn > todayOf(ctx.now)) throw orgRefusals.date_in_future.at(field)
  const letter = { document: body.documentNumber.trim(), on: body.reportedOn }
  await r.setPostReport(ctx.db, ctx.actor.tenantId, post.id, letter)
  const payload = { postId: post.id, post: post.post, memberId: post.memberId, reportedOn: body.reportedOn }
  await publish(ctx, 'org.post_reported', subjectOf(unit), payload, { after: letter })
  return { id: post.id }
}
