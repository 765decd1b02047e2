import {
  type callForLecturers,
  type Input,
  type listTopics,
  type makeTopicCourse,
  type mergeTopic,
  type moderateTopic,
  type planTopicMerge,
  type Reply,
  type readTopic,
  topicsRefusals as refusals,
  type TopicRecord,
  type TopicState,
  type undoTopicMerge,
} from '@tongxin/contract'
import { likeness } from '@tongxin/domain/topics/lesson'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { findUnit } from '../../org/index.ts'
import * as crowd from '../queries/crowd.queries.ts'
import * as proposals from '../queries/proposals.queries.ts'
import * as runs from '../queries/runs.queries.ts'
import * as q from '../queries/wishes.queries.ts'
import { ALIKE, meanOf, SUPPORTABLE } from '../topics.policy.ts'
import type { TopicPorts } from '../topics.ports.ts'
import { cardOf, proposalShown, subjectOf } from './shown.ts'

type Changed = { id: string; state: string }
const SORTS = { createdAt: 'w.created_at', supporters: 'w.supporters', closesOn: 'w.closes_on' } as const

export async function list(ctx: Ctx, { query }: Input<typeof listTopics>): Promise<Reply<typeof listTopics>> {
  const keyset = keysetOf(query, SORTS, '-createdAt')
  const unit = query.orgId ? await findUnit(ctx.db, ctx.actor, query.orgId) : null
  if (unit === undefined) throw refusals.no_such_org.at('/query/orgId')
  const filter = {
    state: query.state ?? null,
    level: query.level ?? null,
    path: unit?.path ?? null,
    isBelow: query.below ?? true,
    tag: query.tag ?? null,
    text: query.text ?? null,
  }
  const found = await q.listWishes(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value:
      keyset.column === SORTS.supporters
        ? row.supporters
        : keyset.column === SORTS.closesOn
          ? row.closesOn
          : row.createdAt.toISOString(),
    id: row.id,
  }))
  return { rows: rows.map(cardOf), next, total: null }
}

export async function read(ctx: Ctx, { params }: Input<typeof readTopic>): Promise<TopicRecord> {
  const wish = await q.findWish(ctx.db, ctx.actor, params.id)
  if (!wish) throw refusals.not_found()
  const { tenantId, permissions } = ctx.actor
  const others = await q.openTitles(ctx.db, tenantId, wish.orgPath)
  const into = wish.mergedInto ? await q.findWish(ctx.db, ctx.actor, wish.mergedInto) : undefined
  const writes = permissions.has('topics.write')
  const isOpen = SUPPORTABLE.includes(wish.state)
  return {
    ...cardOf(wish),
    why: wish.why,
    madeBy: wish.madeBy,
    fromOn: wish.fromOn,
    untilOn: wish.untilOn,
    parts: wish.parts,
    lesson: wish.lesson,
    courseId: wish.courseId,
    enrolled: wish.enrolled,
    completed: wish.completed,
    ratings: wish.ratings,
    mean: meanOf(wish.ratings, wish.ratingSum),
    reason: wish.reason,
    mergedInto: into ? { id: into.id, title: into.title } : null,
    similar: others
      .filter((other) => other.id !== wish.id && likeness(other.title, wish.title) >= ALIKE)
      .slice(0, 5)
      .map(cardOf),
    proposals: (await proposals.proposalsOfWish(ctx.db, tenantId, wish.id)).map(proposalShown),
    can: {
      hide: writes && isOpen,
      restore: writes && wish.state === 'hidden',
      merge: writes && isOpen,
      unmerge: writes && wish.state === 'merged',
      call: writes && wish.state === 'reached',
      makeCourse:
        writes && permissions.has('learning.write') && wish.courseId === null && wish.supporters >= wish.threshold,
    },
  }
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Wish> {
  const wish = ctx.actor.reach === 'self' ? undefined : await q.lockWish(ctx.db, ctx.actor, id)
  if (!wish) throw refusals.not_found()
  return wish
}

export async function moderate(ctx: Ctx<Tx>, { params, body }: Input<typeof moderateTopic>): Promise<Changed> {
  const wish = await locked(ctx, params.id)
  const { isHidden } = body
  if (isHidden ? !SUPPORTABLE.includes(wish.state) : wish.state !== 'hidden')
    throw refusals.not_open({ state: wish.state })
  const state: TopicState = isHidden ? 'hidden' : (wish.stateBefore ?? 'gathering')
  const reason = body.reason.trim()
  const change = { state, state_before: isHidden ? wish.state : null, reason: isHidden ? reason : null }
  await q.setWish(ctx.db, ctx.actor.tenantId, wish.id, change, ctx.now)
  const payload = { title: wish.title, isHidden, personId: wish.personId }
  await publish(ctx, 'topics.moderated', subjectOf(wish), payload, { reason })
  return { id: wish.id, state }
}

/** Both wishes of a merge, locked in the order of their ids so that two merges never wait for each other. */
async function pairOf(ctx: Ctx<Tx>, fromId: string, intoId: string): Promise<{ from: q.Wish; into: q.Wish }> {
  if (fromId === intoId) throw refusals.same_topic.at('/body/intoId')
  const found = new Map<string, q.Wish>()
  for (const id of [fromId, intoId].sort()) found.set(id, await locked(ctx, id))
  const [from, into] = [found.get(fromId) as q.Wish, found.get(intoId) as q.Wish]
  for (const one of [from, into])
    if (!SUPPORTABLE.includes(one.state)) throw refusals.not_mergeable({ title: one.title })
  // Supporters of a unit below are people of the unit above as well, never the other way round.
  if (from.orgPath !== into.orgPath && !from.orgPath.startsWith(`${into.orgPath}.`))
    throw refusals.not_mergeable({ title: into.title })
  return { from, into }
}

export async function planMerge(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof planTopicMerge>,
): Promise<Reply<typeof planTopicMerge>> {
  const { from, into } = await pairOf(ctx, params.id, body.intoId)
  const { tenantId } = ctx.actor
  const known = new Set(await crowd.supportersOf(ctx.db, tenantId, into.id))
  const both = (await crowd.supportersOf(ctx.db, tenantId, from.id)).filter((id) => known.has(id)).length
  const supportersAfter = into.supporters + from.supporters - both
  const reaches = into.state === 'gathering' && supportersAfter >= into.threshold
  return { from: cardOf(from), into: cardOf(into), both, supportersAfter, reaches }
}

export async function merge(ctx: Ctx<Tx>, { params, body }: Input<typeof mergeTopic>): Promise<Changed> {
  const { from, into } = await pairOf(ctx, params.id, body.intoId)
  const { tenantId } = ctx.actor
  const id = newId(ctx)
  const people = await crowd.supportersOf(ctx.db, tenantId, from.id)
  const moved = await crowd.insertSupport(ctx.db, tenantId, into, people, { at: ctx.now, mergeId: id })
  const supporters = into.supporters + moved
  const reaches = into.state === 'gathering' && supporters >= into.threshold
  const reason = body.reason.trim()
  const written = { id, fromId: from.id, intoId: into.id, intoState: into.state, orgPath: into.orgPath, moved, reason }
  await runs.insertMerge(ctx.db, ctx.actor, { ...written, at: ctx.now })
  const change = { state: 'merged', state_before: from.state, merged_into: into.id, reason } as const
  await q.setWish(ctx.db, tenantId, from.id, change, ctx.now)
  await q.setWish(ctx.db, tenantId, into.id, { supporters, state: reaches ? 'reached' : into.state }, ctx.now)
  await publish(ctx, 'topics.merged', subjectOf(from), { title: from.title, intoId: into.id, moved }, { reason })
  if (reaches) await publish(ctx, 'topics.reached', subjectOf(into), { title: into.title, supporters })
  return { id: from.id, state: 'merged' }
}

export async function undoMerge(ctx: Ctx<Tx>, { params }: Input<typeof undoTopicMerge>): Promise<Changed> {
  const { tenantId } = ctx.actor
  const seen = await q.findWish(ctx.db, ctx.actor, params.id)
  if (!seen?.mergedInto) throw refusals.not_found()
  for (const id of [seen.id, seen.mergedInto].sort()) await locked(ctx, id)
  const [from, into] = [await locked(ctx, seen.id), await locked(ctx, seen.mergedInto)]
  const open = await runs.openMerge(ctx.db, tenantId, from.id)
  if (!open) throw refusals.not_found()
  if (!SUPPORTABLE.includes(into.state)) throw refusals.merge_used({ title: into.title })
  const moved = await crowd.removeMergedSupport(ctx.db, tenantId, into.id, open.id)
  await runs.endMerge(ctx.db, tenantId, open.id, ctx.now)
  const supporters = into.supporters - moved
  const isShort = into.state === 'reached' && open.intoState === 'gathering' && supporters < into.threshold
  await q.setWish(ctx.db, tenantId, into.id, { supporters, state: isShort ? 'gathering' : into.state }, ctx.now)
  const state = from.stateBefore ?? 'gathering'
  await q.setWish(ctx.db, tenantId, from.id, { state, state_before: null, merged_into: null, reason: null }, ctx.now)
  await publish(ctx, 'topics.unmerged', subjectOf(from), { title: from.title, intoId: into.id, moved })
  return { id: from.id, state }
}

export async function call(ctx: Ctx<Tx>, { params }: Input<typeof callForLecturers>): Promise<Changed> {
  const wish = await locked(ctx, params.id)
  if (wish.state !== 'reached') throw refusals.not_open({ state: wish.state })
  await q.setWish(ctx.db, ctx.actor.tenantId, wish.id, { state: 'recruiting' }, ctx.now)
  await publish(ctx, 'topics.called', subjectOf(wish), { title: wish.title, tags: wish.tags })
  return { id: wish.id, state: 'recruiting' }
}

export const makeCourse =
  ({ beginCourse }: TopicPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof makeTopicCourse>): Promise<Reply<typeof makeTopicCourse>> => {
    const wish = await locked(ctx, params.id)
    if (wish.courseId !== null) throw refusals.course_there()
    if (wish.supporters < wish.threshold) throw refusals.not_open({ state: wish.state })
    const { id: courseId } = await beginCourse(ctx, { orgId: wish.unitId, title: wish.title })
    await q.setWish(ctx.db, ctx.actor.tenantId, wish.id, { course_id: courseId }, ctx.now)
    await publish(ctx, 'topics.course_begun', subjectOf(wish), { title: wish.title, courseId })
    return { id: wish.id, courseId }
  }
