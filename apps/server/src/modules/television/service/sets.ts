import {
  type changeSet,
  type endSet,
  type Input,
  type listSets,
  type pairSet,
  type Reply,
  televisionRefusals as refusals,
  type SetRow,
  type TelevisionChanged,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { violated } from '../../../platform/sql.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { triesOf } from '../../../platform/tries.ts'
import { findUnit } from '../../org/index.ts'
import { lockPlaying } from '../queries/airings.queries.ts'
import * as q from '../queries/sets.queries.ts'
import { codeIn } from '../television.keys.ts'
import { minutesBefore, ONLINE_MINUTES } from '../television.policy.ts'
import { loseAiring } from './ends.ts'
import { meetingShown } from './meetings.ts'

const SORTS = { name: 's.name', pairedAt: 's.paired_at' } as const
/** Codes are guessed from a desk by nobody: ten wrong ones in five minutes end it for the session. */
const wrong = triesOf(10, 5)

const subjectOf = (one: Pick<q.TvSet, 'id' | 'orgPath'>) => ({
  kind: 'television_set',
  id: one.id,
  orgPath: one.orgPath,
})

function shown(one: q.ListedSet, now: Date): SetRow {
  const onlineSince = minutesBefore(now, ONLINE_MINUTES)
  const isOnline = one.lastSeenAt !== null && one.lastSeenAt > onlineSince
  const state = one.endedAt ? 'ended' : isOnline ? 'online' : 'offline'
  return {
    id: one.id,
    name: one.name,
    place: one.place,
    orgId: one.unitId,
    orgName: one.unitName,
    state,
    pairedAt: one.pairedAt.toISOString(),
    pairedBy: one.pairedName,
    lastSeenAt: one.lastSeenAt?.toISOString() ?? null,
    playing: state === 'online' ? one.playing : null,
    meeting: one.endedAt ? null : meetingShown(one, now),
    endReason: one.endReason,
    version: one.version,
  }
}

export async function list(ctx: Ctx, { query }: Input<typeof listSets>): Promise<Reply<typeof listSets>> {
  const keyset = keysetOf(query, SORTS, 'name')
  const unit = query.orgId ? await findUnit(ctx.db, ctx.actor, query.orgId) : null
  if (unit === undefined) throw refusals.no_such_org.at('/query/orgId')
  const onlineSince = minutesBefore(ctx.now, ONLINE_MINUTES)
  const filter = { state: query.state ?? null, path: unit?.path ?? null, text: query.text ?? null, onlineSince }
  const found = await q.listSets(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === SORTS.name ? row.name : row.pairedAt.toISOString(),
    id: row.id,
  }))
  return { rows: rows.map((row) => shown(row, ctx.now)), next, total: null }
}

async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (violated(error) === 'television_set_name_key') throw refusals.name_taken.at('/body/name', { name })
    throw error
  }
}

export async function pair(ctx: Ctx<Tx>, { body }: Input<typeof pairSet>): Promise<TelevisionChanged> {
  const caller = ctx.actor.sessionHash.toString('latin1')
  if (wrong.isOver(caller)) throw refusals.too_many_tries({ minutes: wrong.minutes })
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId ?? ctx.actor.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  const pairing = await q.lockPairing(ctx.db, codeIn(body.code), ctx.now)
  if (!pairing) {
    wrong.count(caller)
    throw refusals.code_unknown.at('/body/code')
  }
  const { tenantId } = ctx.actor
  const name = body.name.trim()
  const set = {
    id: newId(ctx),
    unitId: unit.id,
    orgPath: unit.path,
    unitName: unit.name,
    name,
    place: body.place?.trim() || null,
    // What the set has held from the beginning becomes its secret: nobody has to bring it one.
    secretHash: pairing.tokenHash,
  }
  await named(name, () => q.insertSet(ctx.db, ctx.actor, set, ctx.now))
  await q.setPaired(ctx.db, pairing.id, { tenantId, id: set.id })
  await publish(ctx, 'television.set_paired', subjectOf(set), { name })
  return { id: set.id, version: 1 }
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.TvSet> {
  const set = await q.lockSet(ctx.db, ctx.actor, id)
  if (!set) throw refusals.set_not_found()
  if (set.endedAt) throw refusals.set_ended()
  return set
}

export async function change(ctx: Ctx<Tx>, { params, body }: Input<typeof changeSet>): Promise<TelevisionChanged> {
  const set = await locked(ctx, params.id)
  demandVersion(ctx, set.version)
  const name = body.name.trim()
  const place = body.place?.trim() || null
  const version = await named(name, () => q.setSet(ctx.db, ctx.actor.tenantId, set.id, { name, place }))
  await publish(ctx, 'television.set_changed', subjectOf(set), { name })
  return { id: set.id, version }
}

export async function end(ctx: Ctx<Tx>, { params, body }: Input<typeof endSet>): Promise<TelevisionChanged> {
  const set = await locked(ctx, params.id)
  const reason = body.reason.trim()
  const change = { ended_at: ctx.now, end_reason: reason }
  const { tenantId } = ctx.actor
  const version = await q.setSet(ctx.db, tenantId, set.id, change)
  // Its room is closed with it: nobody can tell any more what it plays.
  for (const airing of await lockPlaying(ctx.db, tenantId, [set.id])) await loseAiring(ctx.db, tenantId, airing)
  if (set.meetingId !== null) await q.setMeeting(ctx.db, tenantId, set.id, null)
  await publish(ctx, 'television.set_ended', subjectOf(set), { name: set.name }, { reason })
  return { id: set.id, version }
}
