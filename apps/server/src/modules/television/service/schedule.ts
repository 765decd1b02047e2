import {
  type Input,
  type listSlots,
  type ProgrammeSlot,
  type Reply,
  televisionRefusals as refusals,
  type reschedule,
  type scheduleProgramme,
  type unschedule,
} from '@tongxin/contract'
import { addDays, daysBetween } from '@tongxin/domain'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { findChannel } from '../queries/channels.queries.ts'
import { programmesById } from '../queries/programmes.queries.ts'
import * as q from '../queries/slots.queries.ts'
import { lockedLive, subjectOf } from './channels.ts'

const WEEK_MS = 7 * 86_400_000
const MOST_DAYS = 62

/** Midnight in Shanghai, which has one offset all the year. */
export const dayStart = (on: string): Date => new Date(`${on}T00:00:00+08:00`)

const shown = (slot: Omit<q.Slot, 'orgPath'>): ProgrammeSlot => ({
  id: slot.id,
  channelId: slot.channelId,
  programmeId: slot.programmeId,
  title: slot.title,
  startsAt: slot.startsAt.toISOString(),
  endsAt: slot.endsAt.toISOString(),
  removedAt: slot.removedAt?.toISOString() ?? null,
})

export async function list(ctx: Ctx, { params, query }: Input<typeof listSlots>): Promise<Reply<typeof listSlots>> {
  const channel = await findChannel(ctx.db, ctx.actor, params.id)
  if (!channel) throw refusals.channel_not_found()
  const { from, until } = query
  if (until < from || daysBetween(from, until) > MOST_DAYS)
    throw refusals.dates_wrong.at('/query/until', { most: MOST_DAYS })
  const time = { from: dayStart(from), until: dayStart(addDays(until, 1)) }
  const rows = await q.slotsBetween(ctx.db, ctx.actor.tenantId, [channel.id], time)
  return { rows: rows.map(shown) }
}

/** @throws Refusal `television.slot_taken` */
async function demandFree(
  ctx: Ctx<Tx>,
  channelId: string,
  times: readonly { readonly startsAt: Date; readonly endsAt: Date }[],
  field: string,
): Promise<void> {
  const first = times[0]
  const last = times.at(-1)
  if (!first || !last) return
  const time = { from: first.startsAt, until: last.endsAt }
  const there = await q.slotsBetween(ctx.db, ctx.actor.tenantId, [channelId], time)
  for (const { startsAt, endsAt } of times) {
    const other = there.find((one) => one.startsAt < endsAt && one.endsAt > startsAt)
    if (other) throw refusals.slot_taken.at(field, { title: other.title, startsAt: other.startsAt.toISOString() })
  }
}

/** The channel's row is held, so two people who plan the same hour do not both find it free. */
export async function plan(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof scheduleProgramme>,
): Promise<Reply<typeof scheduleProgramme>> {
  const channel = await lockedLive(ctx, params.id)
  const { tenantId } = ctx.actor
  const [programme] = await programmesById(ctx.db, tenantId, [body.programmeId])
  if (!programme || programme.channelId !== channel.id || programme.removedAt)
    throw refusals.programme_not_found({}, [{ field: '/body/programmeId', code: 'television.programme_not_found' }])
  const begin = Date.parse(body.startsAt)
  if (begin <= ctx.now.getTime()) throw refusals.slot_past.at('/body/startsAt')
  const slots = Array.from({ length: body.weeks ?? 1 }, (_, week) => {
    const startsAt = new Date(begin + week * WEEK_MS)
    const endsAt = new Date(startsAt.getTime() + programme.seconds * 1000)
    const { id: programmeId, title } = programme
    const place = { channelId: channel.id, programmeId, orgPath: channel.orgPath, title }
    return { id: newId(ctx), ...place, startsAt, endsAt, removedAt: null }
  })
  await demandFree(ctx, channel.id, slots, '/body/startsAt')
  await q.insertSlots(ctx.db, tenantId, slots)
  const payload = { title: programme.title, slots: slots.length, startsAt: body.startsAt }
  await publish(ctx, 'television.scheduled', subjectOf(channel), payload)
  return { rows: slots.map(shown) }
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Slot> {
  const slot = await q.lockSlot(ctx.db, ctx.actor, id)
  if (!slot) throw refusals.slot_not_found()
  return slot
}
const factOf = ({ title, startsAt }: q.Slot) => ({ title, startsAt: startsAt.toISOString() })

export async function remove(ctx: Ctx<Tx>, { params }: Input<typeof unschedule>): Promise<ProgrammeSlot> {
  const slot = await locked(ctx, params.id)
  if (slot.removedAt) return shown(slot)
  await q.setSlotRemoved(ctx.db, ctx.actor.tenantId, slot.id, ctx.now)
  const subject = subjectOf({ id: slot.channelId, orgPath: slot.orgPath })
  await publish(ctx, 'television.unscheduled', subject, factOf(slot))
  return shown({ ...slot, removedAt: ctx.now })
}

export async function restore(ctx: Ctx<Tx>, { params }: Input<typeof reschedule>): Promise<ProgrammeSlot> {
  const slot = await locked(ctx, params.id)
  if (!slot.removedAt) return shown(slot)
  const channel = await lockedLive(ctx, slot.channelId)
  if (slot.startsAt <= ctx.now) throw refusals.slot_past()
  const [programme] = await programmesById(ctx.db, ctx.actor.tenantId, [slot.programmeId])
  if (!programme || programme.removedAt) throw refusals.programme_not_found()
  await demandFree(ctx, channel.id, [slot], '/params/id')
  await q.setSlotRemoved(ctx.db, ctx.actor.tenantId, slot.id, null)
  await publish(ctx, 'television.rescheduled', subjectOf(channel), factOf(slot))
  return shown({ ...slot, removedAt: null })
}
