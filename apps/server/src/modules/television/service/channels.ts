import {
  type addProgramme,
  type ChannelRecord,
  type ChannelRow,
  type changeChannel,
  type changeProgramme,
  type endChannel,
  type Input,
  type listChannels,
  type openChannel,
  type orderProgrammes,
  type Programme,
  type Reply,
  type readChannel,
  televisionRefusals as refusals,
  type removeProgramme,
  type reopenChannel,
  type restoreProgramme,
  type TelevisionChanged,
} from '@tongxin/contract'
import type { Actor, Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { reaches } from '../../../platform/scope.ts'
import { violated } from '../../../platform/sql.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { findUnit } from '../../org/index.ts'
import * as q from '../queries/channels.queries.ts'
import * as programmes from '../queries/programmes.queries.ts'
import { clearComing } from '../queries/slots.queries.ts'
import type { TelevisionPorts } from '../television.ports.ts'

const SORTS = { name: 'c.name', createdAt: 'c.created_at' } as const
const written = (text: string | undefined): string | null => text?.trim() || null
export const subjectOf = (channel: Pick<q.Channel, 'id' | 'orgPath'>) => ({
  kind: 'television_channel',
  id: channel.id,
  orgPath: channel.orgPath,
})

const rowOf = (actor: Actor, channel: q.Channel): ChannelRow => ({
  id: channel.id,
  name: channel.name,
  about: channel.about,
  orgId: channel.unitId,
  orgName: channel.unitName,
  from: reaches(actor, channel.orgPath) ? 'own' : 'above',
  programmes: channel.programmes,
  isEnded: channel.endedAt !== null,
  createdAt: channel.createdAt.toISOString(),
  version: channel.version,
})

export const shownProgramme = (row: programmes.ProgrammeRow): Programme => ({
  id: row.id,
  channelId: row.channelId,
  title: row.title,
  mediaId: row.mediaId,
  kind: row.kind,
  seconds: row.seconds,
  isOnDemand: row.isOnDemand,
  removedAt: row.removedAt?.toISOString() ?? null,
})

export async function list(ctx: Ctx, { query }: Input<typeof listChannels>): Promise<Reply<typeof listChannels>> {
  const keyset = keysetOf(query, SORTS, 'name')
  const unit = query.orgId ? await findUnit(ctx.db, ctx.actor, query.orgId) : null
  if (unit === undefined) throw refusals.no_such_org.at('/query/orgId')
  const filter = {
    from: query.from ?? null,
    isEnded: query.isEnded ?? false,
    path: unit?.path ?? null,
    text: query.text ?? null,
  }
  const found = await q.listChannels(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === SORTS.name ? row.name : row.createdAt.toISOString(),
    id: row.id,
  }))
  return { rows: rows.map((row) => rowOf(ctx.actor, row)), next, total: null }
}

export async function read(ctx: Ctx, { params }: Input<typeof readChannel>): Promise<ChannelRecord> {
  const channel = await q.findChannel(ctx.db, ctx.actor, params.id)
  if (!channel) throw refusals.channel_not_found()
  const items = await programmes.programmesOf(ctx.db, ctx.actor.tenantId, [channel.id])
  const isOwn = reaches(ctx.actor, channel.orgPath)
  return {
    ...rowOf(ctx.actor, channel),
    items: items.filter(({ removedAt }) => isOwn || removedAt === null).map(shownProgramme),
    canWrite: isOwn && ctx.actor.permissions.has('television.write'),
  }
}

/** A channel that the caller may change. @throws Refusal `television.channel_not_found`, `television.not_your_channel` */
export async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Channel> {
  const channel = await q.lockChannel(ctx.db, ctx.actor, id)
  if (channel) return channel
  const seen = ctx.actor.reach === 'self' ? undefined : await q.findChannel(ctx.db, ctx.actor, id)
  throw seen ? refusals.not_your_channel({ orgName: seen.unitName }) : refusals.channel_not_found()
}
export async function lockedLive(ctx: Ctx<Tx>, id: string): Promise<q.Channel> {
  const channel = await locked(ctx, id)
  if (channel.endedAt) throw refusals.channel_ended()
  return channel
}

/** Says which name is taken instead of which constraint. */
async function named<T>(name: string, field: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (violated(error) === 'television_channel_name_key') throw refusals.name_taken.at(field, { name })
    throw error
  }
}

export async function open(ctx: Ctx<Tx>, { body }: Input<typeof openChannel>): Promise<TelevisionChanged> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId ?? ctx.actor.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  const name = body.name.trim()
  const channel = {
    id: newId(ctx),
    unitId: unit.id,
    orgPath: unit.path,
    unitName: unit.name,
    name,
    about: written(body.about),
  }
  await named(name, '/body/name', () => q.insertChannel(ctx.db, ctx.actor, channel, ctx.now))
  await publish(ctx, 'television.channel_opened', subjectOf(channel), { name })
  return { id: channel.id, version: 1 }
}

export async function change(ctx: Ctx<Tx>, { params, body }: Input<typeof changeChannel>): Promise<TelevisionChanged> {
  const channel = await lockedLive(ctx, params.id)
  demandVersion(ctx, channel.version)
  const name = body.name.trim()
  const version = await named(name, '/body/name', () =>
    q.setChannel(ctx.db, ctx.actor.tenantId, channel.id, { name, about: written(body.about) }),
  )
  await publish(ctx, 'television.channel_changed', subjectOf(channel), { name })
  return { id: channel.id, version }
}

export async function end(ctx: Ctx<Tx>, { params, body }: Input<typeof endChannel>): Promise<TelevisionChanged> {
  const channel = await lockedLive(ctx, params.id)
  const reason = body.reason.trim()
  const change = { ended_at: ctx.now, end_reason: reason }
  const version = await q.setChannel(ctx.db, ctx.actor.tenantId, channel.id, change)
  await publish(ctx, 'television.channel_ended', subjectOf(channel), { name: channel.name }, { reason })
  return { id: channel.id, version }
}

export async function reopen(ctx: Ctx<Tx>, { params }: Input<typeof reopenChannel>): Promise<TelevisionChanged> {
  const channel = await locked(ctx, params.id)
  const { id, name } = channel
  if (!channel.endedAt) return { id, version: channel.version }
  const version = await named(name, '/params/id', () =>
    q.setChannel(ctx.db, ctx.actor.tenantId, id, { ended_at: null, end_reason: null }),
  )
  await publish(ctx, 'television.channel_reopened', subjectOf(channel), { name })
  return { id, version }
}

export const add =
  ({ broadcastsOf }: TelevisionPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof addProgramme>): Promise<Programme> => {
    const channel = await lockedLive(ctx, params.id)
    const { tenantId } = ctx.actor
    // The row policies show what lies in the scope and above it, which is what every set below may play.
    const [medium] = await broadcastsOf({ db: ctx.db, tenantId }, [body.mediaId])
    if (!medium || medium.isGone) throw refusals.media_not_found.at('/body/mediaId')
    if (medium.edition === null) throw refusals.media_not_ready.at('/body/mediaId')
    const seconds = medium.seconds ?? (body.minutes === undefined ? null : body.minutes * 60)
    if (seconds === null) throw refusals.length_unknown.at('/body/minutes')
    const id = newId(ctx)
    const title = body.title?.trim() ?? medium.title
    const { kind } = medium
    const row = {
      id,
      channelId: channel.id,
      orgPath: channel.orgPath,
      mediaId: medium.id,
      title,
      kind,
      seconds,
      place: await programmes.placeAfterAll(ctx.db, tenantId, channel.id),
      isOnDemand: body.isOnDemand ?? true,
    }
    await programmes.insertProgramme(ctx.db, tenantId, row, ctx.now)
    await publish(ctx, 'television.programme_added', subjectOf(channel), { title, mediaId: medium.id })
    return shownProgramme({ ...row, createdAt: ctx.now, removedAt: null })
  }

export async function order(ctx: Ctx<Tx>, { params, body }: Input<typeof orderProgrammes>): Promise<TelevisionChanged> {
  const channel = await lockedLive(ctx, params.id)
  const { tenantId } = ctx.actor
  const there = (await programmes.programmesOf(ctx.db, tenantId, [channel.id])).filter((one) => !one.removedAt)
  const ids = new Set(body.ids)
  if (ids.size !== there.length || there.some(({ id }) => !ids.has(id))) throw refusals.order_wrong.at('/body/ids')
  await programmes.setOrder(ctx.db, tenantId, channel.id, body.ids)
  const version = await q.setChannel(ctx.db, tenantId, channel.id, {})
  await publish(ctx, 'television.reordered', subjectOf(channel), { programmes: body.ids.length })
  return { id: channel.id, version }
}

async function lockedProgramme(ctx: Ctx<Tx>, id: string): Promise<programmes.ProgrammeRow> {
  const row = await programmes.lockProgramme(ctx.db, ctx.actor, id)
  if (!row) throw refusals.programme_not_found()
  return row
}
const channelOf = (row: programmes.ProgrammeRow) => subjectOf({ id: row.channelId, orgPath: row.orgPath })

export async function changeOne(ctx: Ctx<Tx>, { params, body }: Input<typeof changeProgramme>): Promise<Programme> {
  const row = await lockedProgramme(ctx, params.id)
  const title = body.title.trim()
  const { isOnDemand } = body
  await programmes.setProgramme(ctx.db, ctx.actor.tenantId, row.id, { title, is_on_demand: isOnDemand })
  await publish(ctx, 'television.programme_changed', channelOf(row), { title, isOnDemand })
  return shownProgramme({ ...row, title, isOnDemand })
}

export async function removeOne(ctx: Ctx<Tx>, { params }: Input<typeof removeProgramme>): Promise<Programme> {
  const row = await lockedProgramme(ctx, params.id)
  if (row.removedAt) return shownProgramme(row)
  const { tenantId } = ctx.actor
  await programmes.setProgramme(ctx.db, tenantId, row.id, { removed_at: ctx.now })
  await clearComing(ctx.db, tenantId, row.id, ctx.now)
  await publish(ctx, 'television.programme_removed', channelOf(row), { title: row.title })
  return shownProgramme({ ...row, removedAt: ctx.now })
}

export async function restoreOne(ctx: Ctx<Tx>, { params }: Input<typeof restoreProgramme>): Promise<Programme> {
  const row = await lockedProgramme(ctx, params.id)
  if (!row.removedAt) return shownProgramme(row)
  const { tenantId } = ctx.actor
  const place = await programmes.placeAfterAll(ctx.db, tenantId, row.channelId)
  await programmes.setProgramme(ctx.db, tenantId, row.id, { removed_at: null, place })
  await publish(ctx, 'television.programme_restored', channelOf(row), { title: row.title })
  return shownProgramme({ ...row, removedAt: null })
}
