import {
  type enterRoom,
  type Input,
  type listRooms,
  type Reply,
  televisionRefusals as refusals,
} from '@tongxin/contract'
import type { Ctx, Db, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { readCode } from '../../../platform/rotating-codes.ts'
import { isWithin } from '../../../platform/scope.ts'
import { triesOf } from '../../../platform/tries.ts'
import { ownStanding, type PersonStanding } from '../../members/index.ts'
import * as q from '../queries/airings.queries.ts'
import { findPresence, insertPresences } from '../queries/presence.queries.ts'
import { minutesBefore, ROOM_MINUTES } from '../television.policy.ts'
import { airingSubject } from './ends.ts'
import { roomKey } from './reports.ts'

/**
 * Six figures can be guessed; ten wrong ones in five minutes end it. Kept per person and room, in this process: whoever
 * signs in anew begins no new count.
 */
const wrong = triesOf(10, 5)

async function ownRecord(ctx: Pick<Ctx<Db>, 'db' | 'actor'>): Promise<PersonStanding> {
  const record = await ownStanding(ctx.db, ctx.actor.tenantId, ctx.actor.personId)
  if (!record) throw refusals.not_a_member()
  return record
}

export async function list(ctx: Ctx, _: Input<typeof listRooms>): Promise<Reply<typeof listRooms>> {
  const { orgPath } = await ownRecord(ctx)
  const { tenantId, personId } = ctx.actor
  const since = minutesBefore(ctx.now, ROOM_MINUTES)
  const rows = await q.roomsAlong(ctx.db, { tenantId, personId, orgPath }, since)
  return {
    rows: rows.map((row) => ({
      airingId: row.id,
      title: row.title,
      setName: row.setName,
      place: row.place,
      orgName: row.unitName,
      beganAt: row.beganAt.toISOString(),
      isPresent: row.isPresent,
    })),
  }
}

/** The code is read before anything is looked for, so that a guess tells nothing about what plays where. */
function wayOf(ctx: Ctx<Tx>, airingId: string, code: string): 'scanned' | 'typed' {
  const caller = `${ctx.actor.personId}${airingId}`
  if (wrong.isOver(caller)) throw refusals.too_many_tries({ minutes: wrong.minutes })
  const reading = readCode(roomKey(ctx), airingId, code, ctx.now, null)
  if (reading.ok) return reading.way
  wrong.count(caller)
  throw refusals.code_wrong.at('/body/code')
}

export async function enter(ctx: Ctx<Tx>, { params, body }: Input<typeof enterRoom>): Promise<Reply<typeof enterRoom>> {
  const record = await ownRecord(ctx)
  const way = wayOf(ctx, params.id, body.code)
  const { tenantId } = ctx.actor
  const airing = await q.holdAiring(ctx.db, tenantId, params.id)
  if (!airing) throw refusals.not_your_room()
  if (!isWithin(record.orgPath, airing.orgPath)) throw refusals.not_your_room()
  const answer = { airingId: airing.id, title: airing.title }
  const before = await findPresence(ctx.db, tenantId, airing.id, record.memberId)
  if (before?.struckReason != null) throw refusals.struck_out({ why: before.struckReason })
  if (before) return answer
  if (airing.state !== 'playing') throw refusals.not_playing()
  const room = { tenantId, airingId: airing.id, orgPath: airing.orgPath }
  const person = {
    memberId: record.memberId,
    personId: record.personId,
    homePath: record.orgPath,
    name: record.name,
  }
  const fresh = await insertPresences(ctx.db, room, [person], { way, by: null, at: ctx.now })
  const payload = { memberId: record.memberId, way, title: airing.title }
  if (fresh.length > 0)
    await publish(ctx, 'television.present', { ...airingSubject(airing), personId: record.personId }, payload)
  return answer
}
