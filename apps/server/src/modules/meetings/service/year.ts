import {
  type adjustYear,
  type Input,
  MEETING_KIND_NAMES,
  type Reply,
  type readYear,
  meetingsRefusals as refusals,
} from '@tongxin/contract'
import { MEETING_KINDS, type MeetingKind, meetingFrequency, type ParameterTable } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { findUnit } from '../../org/index.ts'
import { parametersOf } from '../../settings/index.ts'
import { citationOf, periodsOf, stateOfPeriod } from '../meetings.year.ts'
import { BRANCH_KINDS, HELD } from '../queries/figures.queries.ts'
import { spanOf } from '../queries/held.queries.ts'
import * as q from '../queries/year.queries.ts'
import { talkProgress } from './talks.ts'

type Unit = NonNullable<Awaited<ReturnType<typeof findUnit>>>
type Kind = Reply<typeof readYear>['kinds'][number]

const isBranch = (unit: Unit): boolean => BRANCH_KINDS.includes(unit.kind)

/**
 * The year of a branch as the rules generate it (BR-7 to BR-15), with what people changed and what was held; of a unit
 * above branches, how many of them held each kind, from the rollup.
 */
export async function read(ctx: Ctx, { query }: Input<typeof readYear>): Promise<Reply<typeof readYear>> {
  const unit = await findUnit(ctx.db, ctx.actor, query.orgId ?? ctx.actor.orgId)
  if (!unit) throw refusals.no_such_org.at('/query/orgId')
  const { tenantId } = ctx.actor
  const parameters = await parametersOf(ctx.db, tenantId, unit.path)
  const kinds = isBranch(unit)
    ? await ofBranch(ctx, unit, query.year, parameters)
    : await ofMany(ctx, unit, query.year, parameters)
  return {
    orgId: unit.id,
    orgName: unit.name,
    isBranch: isBranch(unit),
    branches: isBranch(unit) ? 1 : await q.countBranches(ctx.db, ctx.actor, unit.path),
    kinds,
  }
}

function kindsOf(
  year: number,
  parameters: ParameterTable,
  cellOf: (kind: MeetingKind, period: string) => Kind['cells'][number],
): Kind[] {
  return MEETING_KIND_NAMES.map((kind) => {
    const frequency = meetingFrequency(kind, `${year}-12-31`, parameters)
    return {
      kind,
      frequency,
      ruleId: MEETING_KINDS[kind].ruleId,
      citation: citationOf(kind, year),
      cells: periodsOf(frequency, year).map((period) => cellOf(kind, period)),
    }
  })
}

async function ofBranch(ctx: Ctx, unit: Unit, year: number, parameters: ParameterTable): Promise<Kind[]> {
  const { tenantId } = ctx.actor
  const [held, cells, meetings] = [
    await q.heldOf(ctx.db, tenantId, unit.id, year),
    await q.cellsOf(ctx.db, tenantId, [unit.id], year),
    await q.meetingsOfYear(ctx.db, tenantId, unit.id, year),
  ]
  const isHeld = new Set(held.map((row) => `${row.kind}/${row.period}`))
  const changed = new Map(cells.map((cell) => [`${cell.kind}/${cell.period}`, cell]))
  const today = todayOf(ctx.now)
  const talks = await talkProgress(ctx.db, tenantId, unit.id, year)
  const hasGroups = (await q.countWithGroups(ctx.db, tenantId, unit.path)) > 0
  const areTalksDone = talks.demanded > 0 && talks.done === talks.demanded
  return kindsOf(year, parameters, (kind, period) => {
    const [from, until] = spanOf(year, period)
    const cell = changed.get(`${kind}/${period}`)
    const those = meetings.filter((one) => one.kinds.includes(kind) && one.heldOn >= from && one.heldOn <= until)
    // What is in progress counts at once; the rollup follows within moments.
    const wasHeld =
      (kind === 'talk' && areTalksDone) ||
      isHeld.has(`${kind}/${period}`) ||
      those.some(({ state }) => HELD.includes(state))
    const isDemanded = (kind !== 'groupMeeting' || hasGroups) && (unit.foundedOn === null || until >= unit.foundedOn)
    const isWaived = cell?.waivedReason != null
    return {
      period,
      from,
      until,
      state: stateOfPeriod({
        from,
        until,
        today,
        wasHeld,
        isDemanded,
        isWaived,
        isCalled: those.length > 0,
        plannedOn: cell?.plannedOn ?? null,
      }),
      held: wasHeld ? 1 : 0,
      demanded: wasHeld || (isDemanded && !isWaived) ? 1 : 0,
      plannedOn: cell?.plannedOn ?? null,
      note: cell?.note ?? null,
      waivedReason: cell?.waivedReason ?? null,
      meetings: those.map(({ id, title, startsAt, state }) => ({ id, title, startsAt: startsAt.toISOString(), state })),
    }
  })
}

async function ofMany(ctx: Ctx, unit: Unit, year: number, parameters: ParameterTable): Promise<Kind[]> {
  const sums = await q.sumsOf(ctx.db, ctx.actor.tenantId, unit.path, year)
  const held = new Map(sums.map((row) => [`${row.kind}/${row.period}`, row.branches]))
  const waived = await q.waivedIn(ctx.db, ctx.actor.tenantId, unit.path, year)
  const less = new Map(waived.map((row) => [`${row.kind}/${row.period}`, row.branches]))
  const branches = await q.countBranches(ctx.db, ctx.actor, unit.path)
  const withGroups = await q.countWithGroups(ctx.db, ctx.actor.tenantId, unit.path)
  return kindsOf(year, parameters, (kind, period) => {
    const [from, until] = spanOf(year, period)
    const nothing = { state: null, plannedOn: null, note: null, waivedReason: null, meetings: [] }
    const those = held.get(`${kind}/${period}`) ?? 0
    const asked = (kind === 'groupMeeting' ? withGroups : branches) - (less.get(`${kind}/${period}`) ?? 0)
    return { period, from, until, held: those, demanded: Math.max(those, asked), ...nothing }
  })
}

/** Gives a period a day, a note, or the reason why nothing is held in it; all empty: as the rules generate it. */
export async function adjust(ctx: Ctx<Tx>, { body }: Input<typeof adjustYear>): Promise<Reply<typeof adjustYear>> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  if (!isBranch(unit)) throw refusals.not_a_branch.at('/body/orgId', { name: unit.name })
  const { tenantId, personId } = ctx.actor
  const { year, kind, period, plannedOn } = body
  const parameters = await parametersOf(ctx.db, tenantId, unit.path)
  if (!periodsOf(meetingFrequency(kind, `${year}-12-31`, parameters), year).includes(period))
    throw refusals.no_such_period.at('/body/period', { period })
  const [from, until] = spanOf(year, period)
  if (plannedOn !== null && (plannedOn < from || plannedOn > until))
    throw refusals.outside_period.at('/body/plannedOn', { from, until })
  const note = body.note?.trim() || null
  const waivedReason = body.waivedReason?.trim() || null
  const cell = { orgId: unit.id, year, kind, period, plannedOn, note, waivedReason }
  if (plannedOn === null && note === null && waivedReason === null) await q.removeCell(ctx.db, tenantId, cell)
  else await q.setCell(ctx.db, tenantId, { ...cell, orgPath: unit.path, by: personId, at: ctx.now })
  await publish(
    ctx,
    'meetings.year_adjusted',
    { kind: 'org', id: unit.id, orgPath: unit.path },
    { year, kind, period, plannedOn, isWaived: waivedReason !== null },
    waivedReason === null ? {} : { reason: waivedReason },
  )
  return { period }
}
