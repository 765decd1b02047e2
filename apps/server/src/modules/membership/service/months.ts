import {
  type closeMonth,
  type confirmMonth,
  DECREASES,
  type Input,
  type listMovements,
  type MonthRow,
  type Reply,
  type readMonth,
  membershipRefusals as refusals,
  type reopenMonth,
} from '@tongxin/contract'
import { closingOf } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { personNamesOf } from '../../access/index.ts'
import { findUnit, type OrgUnit } from '../../org/index.ts'
import * as q from '../queries/months.queries.ts'
import { type ListedMovement, listMovements as movementsOf } from '../queries/movements.queries.ts'

const DOWN: ReadonlySet<string> = new Set(DECREASES)

type Figures = Pick<MonthRow, 'opening' | 'causes' | 'increase' | 'decrease' | 'closing'>

/** Signed sums by cause as they are read: the opening, people by cause, and 期初 + 增加 - 减少 = 期末. */
function figuresOf(sums: readonly { cause: string; people: number }[]): Figures {
  const opening = sums.find(({ cause }) => cause === 'opening')?.people ?? 0
  const moved = sums.filter(({ cause }) => cause !== 'opening')
  const total = (isDown: boolean) =>
    moved.filter(({ cause }) => DOWN.has(cause) === isDown).reduce((sum, { people }) => sum + people, 0)
  return {
    opening,
    causes: Object.fromEntries(moved.map(({ cause, people }) => [cause, DOWN.has(cause) ? -people : people])),
    increase: total(false),
    decrease: -total(true),
    closing: closingOf(
      opening,
      moved.map(({ people }) => people),
    ),
  }
}

async function placeOf(ctx: Ctx | Ctx<Tx>, orgId: string | undefined): Promise<string> {
  if (orgId === undefined) return ctx.actor.scope
  const unit = await findUnit(ctx.db, ctx.actor, orgId)
  if (!unit) throw refusals.no_such_org.at('/query/orgId')
  return unit.path
}

export async function read(ctx: Ctx, { query }: Input<typeof readMonth>): Promise<Reply<typeof readMonth>> {
  const { db, actor } = ctx
  const place = await placeOf(ctx, query.orgId)
  const keyset = keysetOf(query, { name: 'o.name' }, 'name')
  const span = await q.spanOf(db, actor.tenantId, query.month)
  const found = await q.monthUnits(db, actor, place, span, keyset)
  const page = pageOfRows(found, keyset, (row) => ({ value: row.name, id: row.unitId }))
  const sums = await q.sumsOf(
    db,
    actor.tenantId,
    page.rows.map(({ unitId }) => unitId),
    span,
  )
  const names = await personNamesOf(
    db,
    page.rows.flatMap((row) => [row.confirmedBy, row.closedBy]),
  )
  const whole = figuresOf(await q.sumsBelow(db, actor, place, span))
  return {
    whole: { ...whole, ...(await q.standBelow(db, actor, place, span)) },
    rows: page.rows.map((row) => {
      const figures = figuresOf(sums.filter(({ unitId }) => unitId === row.unitId))
      return {
        ...row,
        ...figures,
        countedAt: row.countedAt?.toISOString() ?? null,
        balanced: row.recorded === null ? null : row.recorded === figures.closing,
        confirmedBy: names.get(row.confirmedBy ?? '') ?? null,
        closedBy: names.get(row.closedBy ?? '') ?? null,
      }
    }),
    next: page.next,
    total: null,
  }
}

export async function movements(
  ctx: Ctx,
  { query }: Input<typeof listMovements>,
): Promise<Reply<typeof listMovements>> {
  const keyset = keysetOf(query, { on: 'v.on_date' }, '-on')
  const filter = { place: await placeOf(ctx, query.orgId), month: query.month, cause: query.cause ?? null }
  const found = ctx.actor.reach === 'self' ? [] : await movementsOf(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.on, id: row.id }))
  return { rows: rows.map(shownMovement), next, total: null }
}

export const shownMovement = ({ unitName, people, ...row }: ListedMovement) => ({
  ...row,
  people: Math.abs(people),
  unitName: unitName ?? '',
})

type Asked = { readonly unitId: string; readonly month: string }
type Stood = { unitId: string; state: 'open' | 'confirmed' | 'closed' }

async function locked(ctx: Ctx<Tx>, { unitId, month }: Asked): Promise<{ unit: OrgUnit; kept: q.LockedMonth }> {
  const unit = ctx.actor.reach === 'self' ? undefined : await findUnit(ctx.db, ctx.actor, unitId)
  if (!unit) throw refusals.no_such_org.at('/body/unitId')
  const { tenantId } = ctx.actor
  await q.countRecords(ctx.db, tenantId, month, ctx.now, unitId)
  const kept = await q.lockMonth(ctx.db, tenantId, unitId, month)
  if (!kept) throw refusals.month_not_open({ month })
  return { unit, kept }
}

const subject = (unit: OrgUnit) => ({ kind: 'org', id: unit.id, orgPath: unit.path })

function demandOver(ctx: Pick<Ctx, 'now'>, month: string): void {
  if (month >= todayOf(ctx.now).slice(0, 7)) throw refusals.month_running({ month })
}

export async function confirm(ctx: Ctx<Tx>, { body }: Input<typeof confirmMonth>): Promise<Stood> {
  demandOver(ctx, body.month)
  const { unit, kept } = await locked(ctx, body)
  if (kept.state !== 'open') throw refusals.month_not_open({ month: body.month })
  if (await q.hasOpenBefore(ctx.db, ctx.actor.tenantId, unit.id, body.month))
    throw refusals.month_before_open({ month: body.month })
  if (kept.recorded !== kept.closing)
    throw refusals.month_unbalanced({ month: body.month, recorded: kept.recorded, closing: kept.closing })
  await q.setMonth(ctx.db, ctx.actor.tenantId, body, { state: 'confirmed', confirmed_by: ctx.actor.personId }, ctx.now)
  await publish(ctx, 'membership.month_confirmed', subject(unit), { month: body.month, people: kept.closing })
  return { unitId: unit.id, state: 'confirmed' }
}

export async function close(ctx: Ctx<Tx>, { body }: Input<typeof closeMonth>): Promise<Stood> {
  const { unit, kept } = await locked(ctx, body)
  if (kept.state !== 'confirmed') throw refusals.month_not_confirmed({ month: body.month })
  if (kept.confirmedBy === ctx.actor.personId) throw refusals.not_by_the_same()
  await q.setMonth(ctx.db, ctx.actor.tenantId, body, { state: 'closed', closed_by: ctx.actor.personId }, ctx.now)
  await publish(ctx, 'membership.month_closed', subject(unit), { month: body.month })
  return { unitId: unit.id, state: 'closed' }
}

export async function reopen(ctx: Ctx<Tx>, { body }: Input<typeof reopenMonth>): Promise<Stood> {
  const { unit, kept } = await locked(ctx, body)
  if (kept.state === 'open') throw refusals.month_not_confirmed({ month: body.month })
  await q.setMonth(
    ctx.db,
    ctx.actor.tenantId,
    body,
    { state: 'open', confirmed_by: null, closed_by: null, reopened_reason: body.reason },
    ctx.now,
  )
  await publish(ctx, 'membership.month_reopened', subject(unit), { month: body.month }, { reason: body.reason })
  return { unitId: unit.id, state: 'open' }
}
