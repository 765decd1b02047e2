import {
  type AttendanceRow,
  type Input,
  type LedgerRow,
  type Reply,
  type readAttendance,
  type readLedger,
  type readMeetingFigures,
  meetingsRefusals as refusals,
} from '@tongxin/contract'
import { addDays, MEETING_KINDS, type MeetingKind, meetingFrequency, missingPeriods } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { findUnit, foundingDays } from '../../org/index.ts'
import { parametersOf } from '../../settings/index.ts'
import { rowOf } from '../meetings.rows.ts'
import * as q from '../queries/figures.queries.ts'
import { spanOf } from '../queries/held.queries.ts'
import { listForWorkbench } from '../queries/meetings.queries.ts'
import { cellsOf } from '../queries/year.queries.ts'

/** What every branch must hold; groups and talks are not of every branch. */
const DEMANDED: readonly MeetingKind[] = [
  'generalMeeting',
  'committeeMeeting',
  'partyLesson',
  'themeDay',
  'lifeMeeting',
  'democraticReview',
]
/** Demanded of every branch each month without a committee's size mattering. */
export const MONTHLY: readonly MeetingKind[] = ['committeeMeeting', 'themeDay']

/** The path that is looked at: the unit asked for, else all of the caller's scope. */
export async function scopeOf(ctx: Ctx, orgId: string | undefined): Promise<string> {
  if (orgId === undefined) return ctx.actor.scope
  const unit = await findUnit(ctx.db, ctx.actor, orgId)
  if (!unit) throw refusals.no_such_org.at('/query/orgId')
  return unit.path
}

/** 三会一课台账: per branch and kind what should have been held in the year, what was, what is missing (BR-7..14). */
export async function ledger(ctx: Ctx, { query }: Input<typeof readLedger>): Promise<Reply<typeof readLedger>> {
  const keyset = keysetOf(query, { name: 'o.name' }, 'name')
  const found = await q.branchesOf(ctx.db, ctx.actor, await scopeOf(ctx, query.orgId), keyset)
  const { rows: branches, next } = pageOfRows(found, keyset, (row) => ({
    value: row.name,
    id: row.id,
  }))
  return { rows: await ledgerOf(ctx, branches, query.year), next, total: null }
}

/** The ledger of these branches; periods waived with a reason, or before the branch was there, are not missing. */
export async function ledgerOf(ctx: Ctx, branches: readonly q.Branch[], year: number): Promise<LedgerRow[]> {
  const { tenantId, scope } = ctx.actor
  const ids = branches.map(({ id }) => id)
  const [held, cells, parameters] = [
    await q.heldOn(ctx.db, tenantId, ids, `${year}-01-01`, `${year}-12-31`),
    (await cellsOf(ctx.db, tenantId, ids, year)).filter(({ waivedReason }) => waivedReason !== null),
    await parametersOf(ctx.db, tenantId, scope),
  ]
  const today = todayOf(ctx.now)
  const founded = await foundingDays(ctx.db, tenantId, ids)
  return branches.map((branch) => {
    const from = founded.get(branch.id) ?? null
    const isBefore = (label: string) => from !== null && spanOf(year, label)[1] < from
    const kinds = DEMANDED.map((kind) => {
      const days = held.filter((row) => row.orgId === branch.id && row.kind === kind).map((row) => row.day)
      const waived = cells.filter((cell) => cell.orgId === branch.id && cell.kind === kind)
      const verdict = missingPeriods({ kind, year, dates: days, until: today }, parameters)
      return {
        kind,
        frequency: meetingFrequency(kind, `${year}-12-31`, parameters),
        held: days,
        missing: verdict.value.filter((label) => !isBefore(label) && !waived.some(({ period }) => period === label)),
        ruleId: verdict.ruleId,
        citation: verdict.citation,
      }
    })
    const missing = kinds.reduce((sum, one) => sum + one.missing.length, 0)
    return { orgId: branch.id, orgName: branch.name, kinds, missing }
  })
}

export async function attendance(
  ctx: Ctx,
  { query }: Input<typeof readAttendance>,
): Promise<Reply<typeof readAttendance>> {
  const keyset = keysetOf(query, { name: 'p.name' }, 'name')
  const span = {
    from: query.heldFrom,
    until: query.heldTo,
    orgPath: await scopeOf(ctx, query.orgId),
    belowRate: query.belowRate ?? null,
  }
  const found = await q.attendanceOf(ctx.db, ctx.actor, span, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.name, id: row.memberId }))
  return { rows: rows.map(attendanceRowOf), next, total: null }
}

/** Absence and rate follow from what was counted. */
export const attendanceRowOf = (row: q.AttendanceFigures): AttendanceRow => ({
  ...row,
  absent: row.called - row.present - row.onLeave,
  rate: row.called === 0 ? null : Math.round((row.present * 100) / row.called),
})

const UNFILED_DAYS = 60

/** What a post sees of the organised life first thing in the morning. */
export async function workbench(ctx: Ctx): Promise<Reply<typeof readMeetingFigures>> {
  const { actor, db, now } = ctx
  const today = todayOf(now)
  const first = `${today.slice(0, 7)}-01`
  const last = `${today.slice(0, 7)}-31`.slice(0, 8) + String(lastDayOf(today)).padStart(2, '0')
  const nothing = {
    today: [],
    unfiled: [],
    toSign: [],
    leaves: [],
    month: [],
    monthHeld: 0,
    called: 0,
    present: 0,
    missing: [],
    branches: 0,
  }
  if (actor.reach === 'self') return nothing
  const [unfiled, month, leaves, counted] = await Promise.all([
    listForWorkbench(db, actor, 'unfiled', addDays(today, -UNFILED_DAYS), addDays(today, -1)),
    listForWorkbench(db, actor, 'month', first, last),
    q.leavesToDecide(db, actor, now),
    q.branchCounts(db, actor, first, last),
  ])
  const over = month.filter((row) => ['record_pending', 'awaiting_signatures', 'archived'].includes(row.state))
  const monthly = MONTHLY.filter((kind) => MEETING_KINDS[kind].frequency === 'month')
  return {
    today: month.filter((row) => row.heldOn === today).map((row) => rowOf(row, today)),
    unfiled: unfiled.map((row) => rowOf(row, today)),
    toSign: unfiled.filter((row) => row.state === 'awaiting_signatures').map((row) => rowOf(row, today)),
    leaves,
    month: month.map((row) => rowOf(row, today)),
    monthHeld: over.length,
    called: over.reduce((sum, row) => sum + row.voters + row.nonvoters, 0),
    present: over.reduce((sum, row) => sum + row.present, 0),
    missing: monthly
      .map((kind) => ({
        kind,
        branches: counted.branches - (counted.held.find((row) => row.kind === kind)?.branches ?? 0),
      }))
      .filter((row) => row.branches > 0),
    branches: counted.branches,
  }
}

export const lastDayOf = (day: string): number =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate()
