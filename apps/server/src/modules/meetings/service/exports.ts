import { createHash } from 'node:crypto'
import {
  type exportAttendance,
  type exportLedger,
  type Input,
  type Reply,
  meetingsRefusals as refusals,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf } from '../../../platform/page.ts'
import { writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { wordsOf } from '../meetings.print-words.ts'
import { periodsOf } from '../meetings.year.ts'
import * as q from '../queries/figures.queries.ts'
import { attendanceRowOf, ledgerOf, scopeOf } from './figures.ts'

const MOST_BRANCHES = 5000
const MOST_PEOPLE = 10_000
const CHUNK = 200
const column = (key: string, header: string, width: number) => ({ key, header, width })
const hashOf = (rows: unknown): string => createHash('sha256').update(JSON.stringify(rows)).digest('hex')
const subjectOf = (ctx: Ctx) => ({ kind: 'meeting', id: null, orgPath: ctx.actor.scope })

/** 三会一课台账 as a workbook: what each branch should have held in the year, what it held, what is missing. */
export async function ledger(ctx: Ctx<Tx>, { body }: Input<typeof exportLedger>): Promise<Reply<typeof exportLedger>> {
  const keyset = keysetOf({ limit: MOST_BRANCHES }, { name: 'o.name' }, 'name')
  const branches = await q.branchesOf(ctx.db, ctx.actor, await scopeOf(ctx, body.orgId), keyset)
  if (branches.length > MOST_BRANCHES) throw refusals.too_many_rows({ most: MOST_BRANCHES })
  const words = wordsOf(body.language ?? 'zh-CN')
  const rows: Record<string, string | number>[] = []
  for (let from = 0; from < branches.length; from += CHUNK)
    for (const row of await ledgerOf(ctx, branches.slice(from, from + CHUNK), body.year))
      for (const kind of row.kinds)
        rows.push({
          org: row.orgName,
          kind: words.kinds[kind.kind],
          demanded: `${words.frequencies[kind.frequency]} (${periodsOf(kind.frequency, body.year).length})`,
          heldCount: kind.held.length,
          heldOn: kind.held.join(words.separator),
          missing: kind.missing.join(words.separator),
        })
  const h = words.ledger
  const columns = [
    column('org', h.org, 34),
    column('kind', h.kind, 16),
    column('demanded', h.demanded, 14),
    column('heldCount', h.heldCount, 8),
    column('heldOn', h.heldOn, 50),
    column('missing', h.missing, 30),
  ]
  const told = { rows: rows.length, purpose: body.purpose.trim(), sha256: hashOf(rows) }
  await publish(ctx, 'meetings.ledger_exported', subjectOf(ctx), told)
  return {
    fileName: `${h.sheet}-${body.year}.xlsx`,
    make: () => writeXlsx({ sheets: [{ name: h.sheet, columns, rows }] }),
  }
}

/** Attendance by member as a workbook. Make-up study does not appear: it is not presence. */
export async function attendance(
  ctx: Ctx<Tx>,
  { body }: Input<typeof exportAttendance>,
): Promise<Reply<typeof exportAttendance>> {
  const keyset = keysetOf({ limit: MOST_PEOPLE }, { name: 'p.name' }, 'name')
  const orgPath = await scopeOf(ctx, body.orgId)
  const span = { from: body.heldFrom, until: body.heldTo, orgPath, belowRate: body.belowRate ?? null }
  const found = await q.attendanceOf(ctx.db, ctx.actor, span, keyset)
  if (found.length > MOST_PEOPLE) throw refusals.too_many_rows({ most: MOST_PEOPLE })
  const h = wordsOf(body.language ?? 'zh-CN').attendanceList
  const rows = found.map(attendanceRowOf).map(({ memberId: _, orgName, rate, ...row }) => ({
    ...row,
    org: orgName,
    rate: rate ?? '',
  }))
  const columns = [
    column('name', h.name, 14),
    column('memberNo', h.memberNo, 16),
    column('org', h.org, 34),
    column('called', h.called, 10),
    column('present', h.present, 8),
    column('late', h.late, 8),
    column('onLeave', h.onLeave, 8),
    column('absent', h.absent, 8),
    column('rate', h.rate, 12),
  ]
  const told = { rows: rows.length, purpose: body.purpose.trim(), sha256: hashOf(rows) }
  await publish(ctx, 'meetings.attendance_exported', subjectOf(ctx), told)
  return {
    fileName: `${h.sheet}-${todayOf(ctx.now)}.xlsx`,
    make: () => writeXlsx({ sheets: [{ name: h.sheet, columns, rows }] }),
  }
}
