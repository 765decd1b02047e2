import {
  type Input,
  type OwnCheckin,
  type Reply,
  type readMyCheckins,
  studyRefusals as refusals,
  type removeMyCheckin,
  type setMyCheckin,
} from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { settingOf } from '../../settings/index.ts'
import * as q from '../queries/checkins.queries.ts'
import { MAKE_UP_DAYS } from '../study.policy.ts'

/** Off unless the organisation, or one above it, switched it on: nothing is asked of people by default. */
const isEnabled = (ctx: Ctx | Ctx<Tx>): Promise<boolean> =>
  settingOf(ctx.db, ctx.actor.tenantId, ctx.actor.scope, 'study.checkin_enabled', todayOf(ctx.now))

export async function read(ctx: Ctx, { query }: Input<typeof readMyCheckins>): Promise<Reply<typeof readMyCheckins>> {
  const month = query.month ?? todayOf(ctx.now).slice(0, 7)
  const rows = await q.checkinsBetween(ctx.db, ctx.actor, `${month}-01`, lastOf(month))
  return { isEnabled: await isEnabled(ctx), month, rows: rows as OwnCheckin[] }
}

function lastOf(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return `${month}-${days}`
}

export async function set(ctx: Ctx<Tx>, { params, body }: Input<typeof setMyCheckin>): Promise<OwnCheckin> {
  if (!(await isEnabled(ctx))) throw refusals.checkin_off()
  const today = todayOf(ctx.now)
  const { onDate } = params
  if (onDate > today || onDate < addDays(today, -MAKE_UP_DAYS))
    throw refusals.day_not_open.at('/params/onDate', { days: MAKE_UP_DAYS })
  const day = { onDate, kind: body.kind, words: body.words.trim(), isMadeUp: onDate < today }
  return (await q.setCheckin(ctx.db, ctx.actor, day, ctx.now)) as OwnCheckin
}

export async function remove(ctx: Ctx<Tx>, { params }: Input<typeof removeMyCheckin>): Promise<Record<string, never>> {
  await q.removeCheckin(ctx.db, ctx.actor, params.onDate)
  return {}
}
