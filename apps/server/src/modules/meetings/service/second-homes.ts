import {
  type endSecondHome,
  type Input,
  type listSecondHomes,
  type Reply,
  meetingsRefusals as refusals,
  type setSecondHome,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { widened } from '../../../platform/widened.ts'
import { findUnit } from '../../org/index.ts'
import { partOf } from '../meetings.policy.ts'
import { cardsOf, type NewAttendee } from '../queries/attendees.queries.ts'
import { BRANCH_KINDS } from '../queries/figures.queries.ts'
import * as q from '../queries/joint.queries.ts'

export async function list(ctx: Ctx, { query }: Input<typeof listSecondHomes>): Promise<Reply<typeof listSecondHomes>> {
  const unit = query.orgId ? await findUnit(ctx.db, ctx.actor, query.orgId) : null
  if (unit === undefined) throw refusals.no_such_org.at('/query/orgId')
  const year = todayOf(ctx.now).slice(0, 4)
  const keyset = keysetOf(query, { name: 'h.name' }, 'name')
  const filter = { orgPath: unit?.path ?? null, from: `${year}-01-01`, until: `${year}-12-31` }
  const found = await q.listHomes(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.name, id: row.id }))
  return {
    rows: rows.map(({ id, memberId, name, orgId, orgName, sinceOn, endedOn, called, present }) => ({
      id,
      memberId,
      name,
      orgId,
      orgName,
      sinceOn,
      endedOn,
      called,
      present,
    })),
    next,
    total: null,
  }
}

/** A leading member also takes part in the life of another branch: both must lie in the reach of who decides it. */
export async function set(ctx: Ctx<Tx>, { body }: Input<typeof setSecondHome>): Promise<Reply<typeof setSecondHome>> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  if (!BRANCH_KINDS.includes(unit.kind)) throw refusals.not_a_branch.at('/body/orgId', { name: unit.name })
  const [card] = await cardsOf(ctx.db, ctx.actor, [body.memberId])
  if (!card || !partOf(card, false)) throw refusals.no_such_person.at('/body/memberId')
  if (card.orgId === unit.id) throw refusals.at_home.at('/body/orgId', { name: card.name })
  const id = newId(ctx)
  const { id: memberId, personId, orgId: homeId, name, memberNo, category } = card
  const who = { memberId, personId, homeId, name, memberNo, category }
  const where = { orgId: unit.id, orgPath: unit.path, sinceOn: body.sinceOn }
  if (!(await q.insertHome(ctx.db, ctx.actor.tenantId, { id, ...who, ...where, at: ctx.now })))
    throw refusals.second_home_there({ name })
  await publish(
    ctx,
    'meetings.second_home_set',
    { kind: 'second_home', id, orgPath: unit.path, personId },
    { memberId, orgId: unit.id, sinceOn: body.sinceOn },
  )
  return { id }
}

export async function end(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof endSecondHome>,
): Promise<Reply<typeof endSecondHome>> {
  const home = await q.lockHome(ctx.db, ctx.actor, params.id)
  if (!home) throw refusals.no_second_home()
  if (home.endedOn !== null) throw refusals.second_home_ended()
  const reason = body.reason.trim()
  await q.endHome(ctx.db, ctx.actor.tenantId, home.id, todayOf(ctx.now), reason)
  await publish(
    ctx,
    'meetings.second_home_ended',
    { kind: 'second_home', id: home.id, orgPath: home.orgPath, personId: home.personId },
    { memberId: home.memberId, orgId: home.orgId },
    { reason },
  )
  return { id: home.id }
}

/** Called beside the branch's own members when all are called: to come, without a vote. */
export async function secondHomeGuests(ctx: Ctx<Tx>, orgId: string, on: string): Promise<NewAttendee[]> {
  const homes = await q.secondHomesOf(ctx.db, ctx.actor.tenantId, orgId, on)
  // The home branch may lie outside the caller's scope: of the people only whether they still belong is asked there.
  const root = ctx.actor.scope.split('.')[0] ?? ctx.actor.scope
  const cards = await widened(ctx, root, (wide) =>
    cardsOf(
      ctx.db,
      { tenantId: ctx.actor.tenantId, ...wide },
      homes.map(({ memberId }) => memberId),
    ),
  )
  const belonging = new Set(cards.filter((card) => partOf(card, false)).map(({ id }) => id))
  return homes
    .filter(({ memberId }) => belonging.has(memberId))
    .map(({ memberId, personId, homeId, name, memberNo, category }) => ({
      id: memberId,
      personId,
      orgId: homeId,
      name,
      memberNo,
      category,
      status: 'normal',
      part: 'nonvoter',
      leftOutReason: null,
    }))
}
