import {
  type AiringRecord,
  type AiringRow,
  type addAiringPeople,
  type Input,
  type listAirings,
  type Reply,
  type readAiring,
  televisionRefusals as refusals,
  type strikePresence,
} from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { standingsOf } from '../../members/index.ts'
import { findUnit } from '../../org/index.ts'
import * as q from '../queries/airings.queries.ts'
import * as people from '../queries/presence.queries.ts'
import { ADD_DAYS, daysBefore, isToldLate } from '../television.policy.ts'
import type { TelevisionPorts } from '../television.ports.ts'
import { airingSubject, factOf } from './ends.ts'
import { dayStart } from './schedule.ts'

type Filter = Omit<Input<typeof listAirings>['query'], 'cursor' | 'limit' | 'sort'>

/** @throws Refusal `television.no_such_org`, `television.dates_wrong` */
export async function filterOf(ctx: Ctx | Ctx<Tx>, filter: Filter, at: string): Promise<q.AiringFilter> {
  const unit = filter.orgId ? await findUnit(ctx.db, ctx.actor, filter.orgId) : null
  if (unit === undefined) throw refusals.no_such_org.at(`${at}/orgId`)
  const { from, until } = filter
  if (from && until && until < from) throw refusals.dates_wrong.at(`${at}/until`, { most: 3660 })
  return {
    path: unit?.path ?? null,
    setId: filter.setId ?? null,
    state: filter.state ?? null,
    from: from ? dayStart(from) : null,
    until: until ? dayStart(addDays(until, 1)) : null,
    text: filter.text ?? null,
  }
}

export const shownAiring = (row: q.ListedAiring): AiringRow => ({
  id: row.id,
  setId: row.setId,
  setName: row.setName,
  orgId: row.unitId,
  orgName: row.unitName,
  channelName: row.channelName,
  title: row.title,
  state: row.state,
  beganAt: row.beganAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  isWhole: row.isWhole,
  isToldLate: isToldLate(row),
  present: row.present,
})

export async function list(ctx: Ctx, { query }: Input<typeof listAirings>): Promise<Reply<typeof listAirings>> {
  const keyset = keysetOf(query, { beganAt: 'a.began_at' }, '-beganAt')
  const found = await q.listAirings(ctx.db, ctx.actor, await filterOf(ctx, query, '/query'), keyset)
  const { rows, next } = pageOfRows(found, keyset, ({ beganAt, id }) => ({ value: beganAt.toISOString(), id }))
  return { rows: rows.map(shownAiring), next, total: null }
}

const isOpen = (airing: q.Airing, now: Date): boolean =>
  airing.endedAt === null || airing.endedAt >= daysBefore(now, ADD_DAYS)

export async function read(ctx: Ctx, { params }: Input<typeof readAiring>): Promise<AiringRecord> {
  const airing = await q.findAiring(ctx.db, ctx.actor, params.id)
  if (!airing) throw refusals.airing_not_found()
  const writes = ctx.actor.permissions.has('television.write')
  const rows = await people.peopleAt(ctx.db, ctx.actor.tenantId, airing.id)
  return {
    ...shownAiring(airing),
    people: rows.map(({ memberId, name, way, at, struckReason }) => ({
      memberId,
      name,
      way,
      at: at.toISOString(),
      struckReason,
    })),
    canAdd: writes && isOpen(airing, ctx.now),
    canStrike: writes && !airing.isWhole,
  }
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Airing> {
  const airing = await q.lockAiring(ctx.db, ctx.actor, id)
  if (!airing) throw refusals.airing_not_found()
  return airing
}
const presentNow = async (ctx: Ctx<Tx>, id: string): Promise<number> =>
  (await people.presentIn(ctx.db, ctx.actor.tenantId, [id])).get(id) ?? 0

export const add =
  ({ stateFacts }: TelevisionPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof addAiringPeople>): Promise<Reply<typeof addAiringPeople>> => {
    const airing = await locked(ctx, params.id)
    if (!isOpen(airing, ctx.now)) throw refusals.too_late({ days: ADD_DAYS })
    const { tenantId, personId } = ctx.actor
    const known = await standingsOf(ctx.db, ctx.actor, body.memberIds)
    const count = body.memberIds.length - known.length
    if (count > 0) throw refusals.people_unknown.at('/body/memberIds', { count })
    const rows = known.map(({ memberId, personId, orgPath, name }) => ({ memberId, personId, homePath: orgPath, name }))
    const room = { tenantId, airingId: airing.id, orgPath: airing.orgPath }
    const added = await people.insertPresences(ctx.db, room, rows, { way: 'added', by: personId, at: ctx.now })
    // Whoever was there to the end attended, whether a telephone said so or the organiser does.
    const at = airing.endedAt ?? ctx.now
    if (airing.isWhole)
      await stateFacts(
        { db: ctx.db, now: ctx.now, tenantId },
        added.map((memberId) => factOf(airing, memberId, at)),
      )
    const payload = { people: added.length, title: airing.title }
    await publish(ctx, 'television.people_added', airingSubject(airing), payload)
    return { id: airing.id, present: await presentNow(ctx, airing.id) }
  }

export async function strike(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof strikePresence>,
): Promise<Reply<typeof strikePresence>> {
  const airing = await locked(ctx, params.id)
  if (airing.isWhole) throw refusals.already_counted()
  const { tenantId, personId } = ctx.actor
  const { memberId } = body
  const there = await people.findPresence(ctx.db, tenantId, airing.id, memberId)
  if (!there) throw refusals.people_unknown.at('/body/memberId', { count: 1 })
  const reason = body.reason.trim()
  if (there.struckReason === null) {
    await people.setStruck(ctx.db, { tenantId, airingId: airing.id, memberId }, { at: ctx.now, by: personId, reason })
    const subject = { ...airingSubject(airing), personId: there.personId }
    await publish(ctx, 'television.presence_struck', subject, { memberId, title: airing.title }, { reason })
  }
  return { id: airing.id, present: await presentNow(ctx, airing.id) }
}
