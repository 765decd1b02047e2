import {
  type enrolInTopic,
  type findSimilarTopics,
  type Input,
  type listMyTopics,
  type listTopicUnits,
  type makeTopic,
  type OrgKind,
  type OwnTopic,
  type Reply,
  type rateTopic,
  type readMyTopic,
  topicsRefusals as refusals,
  type supportTopic,
  type withdrawTopic,
} from '@tongxin/contract'
import { likeness } from '@tongxin/domain/topics/lesson'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { pathsAlong } from '../../../platform/scope.ts'
import { lockPerson } from '../../access/index.ts'
import { ownStanding } from '../../members/index.ts'
import * as crowd from '../queries/crowd.queries.ts'
import * as mine from '../queries/own-wishes.queries.ts'
import * as q from '../queries/wishes.queries.ts'
import { ALIKE, levelOfUnit, MOST_OPEN, meanOf, SUPPORTABLE, TAUGHT } from '../topics.policy.ts'
import { ownCardOf, subjectOf } from './shown.ts'

const LIVING: ReadonlySet<string> = new Set(['normal', 'suspended', 'retained', 'restored'])

export type OwnPerson = mine.Wisher & { readonly name: string; readonly unitId: string }
/** The caller as somebody with a living record. @throws `topics.not_a_member` */
export async function ownPerson(ctx: Ctx | Ctx<Tx>): Promise<OwnPerson> {
  const { tenantId, personId } = ctx.actor
  const record = await ownStanding(ctx.db, tenantId, personId)
  if (!record || !LIVING.has(record.status)) throw refusals.not_a_member()
  const { memberId, name, orgId, orgPath } = record
  return { tenantId, personId, memberId, name, unitId: orgId, orgPath }
}

const SORTS = { createdAt: 'w.created_at', supporters: 'w.supporters' } as const

export async function list(ctx: Ctx, { query }: Input<typeof listMyTopics>): Promise<Reply<typeof listMyTopics>> {
  const wisher = await ownPerson(ctx)
  const keyset = keysetOf(query, SORTS, '-createdAt')
  const view = { view: query.view ?? 'open', state: query.state ?? null, text: query.text ?? null }
  const found = await mine.listForWisher(ctx.db, wisher, view, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === SORTS.supporters ? row.supporters : row.createdAt.toISOString(),
    id: row.id,
  }))
  const ids = rows.map(({ id }) => id)
  const supported = await crowd.supportedAmong(ctx.db, wisher, ids)
  return { rows: rows.map((row) => ownCardOf(row, wisher.personId, supported)), next, total: null }
}

export async function read(ctx: Ctx, { params }: Input<typeof readMyTopic>): Promise<OwnTopic> {
  const wisher = await ownPerson(ctx)
  const wish = await mine.findForWisher(ctx.db, wisher, params.id)
  if (!wish) throw refusals.not_found()
  const part = await crowd.ownPartOf(ctx.db, wisher, wish.id)
  const isMine = wish.personId === wisher.personId
  const isOpen = SUPPORTABLE.includes(wish.state)
  const hasBegun = wish.lesson !== null && new Date(wish.lesson.startsAt) <= ctx.now
  return {
    ...ownCardOf(wish, wisher.personId, new Set(part.isSupported ? [wish.id] : [])),
    why: wish.why,
    fromOn: wish.fromOn,
    untilOn: wish.untilOn,
    parts: wish.parts,
    lesson: wish.lesson,
    enrolled: wish.enrolled,
    isEnrolled: part.isEnrolled,
    attended: part.attended,
    stars: part.stars,
    mean: meanOf(wish.ratings, wish.ratingSum),
    ratings: wish.ratings,
    reason: isMine || wish.state !== 'hidden' ? wish.reason : null,
    mergedIntoId: wish.mergedInto,
    can: {
      support: isOpen,
      withdraw: isMine && wish.state === 'gathering' && wish.supporters <= 1,
      enrol: wish.state === 'scheduled' && !hasBegun,
      rate: TAUGHT.includes(wish.state) && part.attended,
    },
  }
}

export async function similar(
  ctx: Ctx,
  { query }: Input<typeof findSimilarTopics>,
): Promise<Reply<typeof findSimilarTopics>> {
  const wisher = await ownPerson(ctx)
  const open = await q.openTitles(ctx.db, wisher.tenantId, wisher.orgPath)
  const alike = open
    .map((wish) => ({ wish, share: likeness(wish.title, query.title) }))
    .filter(({ share }) => share >= ALIKE)
    .sort((a, b) => b.share - a.share)
    .slice(0, 5)
    .map(({ wish }) => wish)
  const supported = await crowd.supportedAmong(
    ctx.db,
    wisher,
    alike.map(({ id }) => id),
  )
  return { rows: alike.map((wish) => ownCardOf(wish, wisher.personId, supported)) }
}

export async function units(ctx: Ctx): Promise<Reply<typeof listTopicUnits>> {
  const wisher = await ownPerson(ctx)
  const along = await crowd.unitsAlong(ctx.db, wisher.tenantId, pathsAlong(wisher.orgPath))
  return { units: along.map(({ id, name }) => ({ id, name })), tags: await q.tagsInUse(ctx.db, wisher.tenantId) }
}

export async function make(ctx: Ctx<Tx>, { body }: Input<typeof makeTopic>): Promise<{ id: string; state: string }> {
  const wisher = await ownPerson(ctx)
  const { tenantId, personId } = wisher
  const today = todayOf(ctx.now)
  if (body.closesOn <= today) throw refusals.dates_wrong.at('/body/closesOn')
  if (body.fromOn < body.closesOn) throw refusals.dates_wrong.at('/body/fromOn')
  if (body.untilOn < body.fromOn) throw refusals.dates_wrong.at('/body/untilOn')
  const along = await crowd.unitsAlong(ctx.db, tenantId, pathsAlong(wisher.orgPath))
  const unit = along.find(({ id }) => id === body.orgId)
  if (!unit) throw refusals.not_your_unit.at('/body/orgId')
  // What one person sends at the same moment stands in line, so that the number is kept.
  await lockPerson(ctx.db, personId)
  if ((await mine.openWishesOf(ctx.db, tenantId, personId)) >= MOST_OPEN)
    throw refusals.too_many_open({ most: MOST_OPEN })
  const id = newId(ctx)
  const { orgId: _, title, why, ...facts } = body
  const wish = {
    id,
    unitId: unit.id,
    orgPath: unit.path,
    unitName: unit.name,
    level: levelOfUnit(unit.kind as OrgKind),
    personId,
    memberId: wisher.memberId,
    madeBy: wisher.name,
    title: title.trim(),
    why: why.trim(),
    ...facts,
  }
  await q.insertWish(ctx.db, tenantId, wish, ctx.now)
  await crowd.insertSupport(ctx.db, tenantId, wish, [personId], { at: ctx.now, mergeId: null })
  await q.setWish(ctx.db, tenantId, id, { supporters: 1 }, ctx.now)
  await publish(ctx, 'topics.wished', subjectOf(wish), { title: wish.title, threshold: wish.threshold })
  return { id, state: 'gathering' }
}

async function locked(ctx: Ctx<Tx>, wisher: mine.Wisher, id: string): Promise<q.Wish> {
  const wish = await mine.lockForWisher(ctx.db, wisher, id)
  if (!wish) throw refusals.not_found()
  return wish
}

export async function withdraw(
  ctx: Ctx<Tx>,
  { params }: Input<typeof withdrawTopic>,
): Promise<{ id: string; state: string }> {
  const wisher = await ownPerson(ctx)
  const wish = await locked(ctx, wisher, params.id)
  if (wish.personId !== wisher.personId) throw refusals.not_found()
  if (wish.state !== 'gathering') throw refusals.not_open({ state: wish.state })
  if (wish.supporters > 1) throw refusals.others_support({ others: wish.supporters - 1 })
  await q.setWish(ctx.db, wisher.tenantId, wish.id, { state: 'withdrawn' }, ctx.now)
  await publish(ctx, 'topics.withdrawn', subjectOf(wish), { title: wish.title })
  return { id: wish.id, state: 'withdrawn' }
}

/** Support, once a person. A wish that was reached stays so when somebody goes: the unit has begun to look for a lecturer. */
export async function support(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof supportTopic>,
): Promise<Reply<typeof supportTopic>> {
  const wisher = await ownPerson(ctx)
  const wish = await locked(ctx, wisher, params.id)
  if (!SUPPORTABLE.includes(wish.state)) throw refusals.not_open({ state: wish.state })
  const { tenantId, personId } = wisher
  const { isSupported } = body
  const isChanged = isSupported
    ? (await crowd.insertSupport(ctx.db, tenantId, wish, [personId], { at: ctx.now, mergeId: null })) > 0
    : await crowd.removeSupport(ctx.db, tenantId, wish.id, personId)
  const supporters = wish.supporters + (isChanged ? (isSupported ? 1 : -1) : 0)
  const reaches = wish.state === 'gathering' && supporters >= wish.threshold
  const state = reaches ? 'reached' : wish.state
  if (isChanged) {
    await q.setWish(ctx.db, tenantId, wish.id, { supporters, state }, ctx.now)
    await publish(ctx, 'topics.supported', subjectOf(wish), { isSupported, supporters })
  }
  if (reaches) await publish(ctx, 'topics.reached', subjectOf(wish), { title: wish.title, supporters })
  return { id: wish.id, state, supporters, isSupported }
}

export async function enrol(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof enrolInTopic>,
): Promise<Reply<typeof enrolInTopic>> {
  const wisher = await ownPerson(ctx)
  const wish = await locked(ctx, wisher, params.id)
  if (wish.state !== 'scheduled' || !wish.lesson || new Date(wish.lesson.startsAt) <= ctx.now)
    throw refusals.not_scheduled({ state: wish.state })
  const { isEnrolled } = body
  const isChanged = await crowd.setEnrolment(ctx.db, wisher, wish, isEnrolled, ctx.now)
  const enrolled = wish.enrolled + (isChanged ? (isEnrolled ? 1 : -1) : 0)
  if (isChanged) {
    await q.setWish(ctx.db, wisher.tenantId, wish.id, { enrolled }, ctx.now)
    await publish(ctx, 'topics.enrolled', subjectOf(wish), { isEnrolled, enrolled })
  }
  return { id: wish.id, enrolled, isEnrolled }
}

export async function rate(ctx: Ctx<Tx>, { params, body }: Input<typeof rateTopic>): Promise<Reply<typeof rateTopic>> {
  const wisher = await ownPerson(ctx)
  const wish = await locked(ctx, wisher, params.id)
  if (!TAUGHT.includes(wish.state)) throw refusals.not_scheduled({ state: wish.state })
  const { attended } = await crowd.ownPartOf(ctx.db, wisher, wish.id)
  if (!attended) throw refusals.not_attended()
  const { stars } = body
  const rating = { stars, remark: body.remark?.trim() ?? null, at: ctx.now }
  const before = await crowd.setRating(ctx.db, wisher, wish, rating)
  const ratings = wish.ratings + (before === null ? 1 : 0)
  const rating_sum = wish.ratingSum + stars - (before ?? 0)
  const state = meanOf(ratings, rating_sum) === null ? wish.state : 'rated'
  await q.setWish(ctx.db, wisher.tenantId, wish.id, { ratings, rating_sum, state }, ctx.now)
  await publish(ctx, 'topics.rating_given', subjectOf(wish), { title: wish.title, ratings })
  return { id: wish.id, state, stars }
}
