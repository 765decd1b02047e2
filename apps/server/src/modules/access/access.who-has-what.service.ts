import type * as contract from '@tongxin/contract'
import { type Input, orgRefusals, type Reply } from '@tongxin/contract'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { publish } from '../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../platform/page.ts'
import { findUnit } from '../org/index.ts'
import { personNamesOf } from './bulk.doors.ts'
import * as q from './queries/grants.queries.ts'

const COLUMNS = { name: 'p.name', from: 'g.from_on' }
const MOST_EXPORTED = 20_000

async function scopeOf(ctx: Ctx, orgId: string | undefined): Promise<string | null> {
  if (!orgId) return null
  const unit = await findUnit(ctx.db, ctx.actor, orgId)
  if (!unit) throw orgRefusals.not_found.at('/query/orgId')
  return unit.path
}

/** Who has what: every grant of the scope with who gave it, why, and until when. */
export async function listGrants(
  ctx: Ctx,
  { query }: Input<typeof contract.listGrants>,
): Promise<Reply<typeof contract.listGrants>> {
  const keyset = keysetOf(query, COLUMNS, 'name')
  const filter = {
    scope: await scopeOf(ctx, query.orgId),
    below: query.below ?? false,
    personId: query.personId ?? null,
    role: query.role ?? null,
    search: query.search ?? null,
    ended: query.ended ?? false,
  }
  const found = await q.listGrants(ctx.db, ctx.actor, filter, keyset, ctx.now)
  const place = (row: q.Grant) => ({
    value: keyset.column === 'p.name' ? row.name : row.from.toISOString(),
    id: row.id,
  })
  const { rows, next } = pageOfRows(found, keyset, place)
  const names = await personNamesOf(
    ctx.db,
    rows.flatMap((row) => [row.grantedBy, row.endedBy]),
  )
  return {
    rows: rows.map(({ orgPath: _, ...row }) => ({
      ...row,
      from: row.from.toISOString(),
      until: row.until?.toISOString() ?? null,
      grantedBy: row.grantedBy && (names.get(row.grantedBy) ?? ''),
      endedBy: row.endedBy && (names.get(row.endedBy) ?? ''),
      isValid: row.from <= ctx.now && (row.until === null || row.until > ctx.now),
    })),
    next,
    total: null,
  }
}

/** A cell that no spreadsheet takes for a formula, quoted. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}

/** The same as a table, for the file; told with its purpose and number of rows. */
export async function exportGrants(
  ctx: Ctx<Tx>,
  { body }: Input<typeof contract.exportGrants>,
): Promise<contract.FileReply> {
  const filter = {
    scope: await scopeOf(ctx, body.orgId),
    below: true,
    personId: null,
    role: body.role ?? null,
    search: null,
    ended: false,
  }
  const all = keysetOf({ limit: MOST_EXPORTED }, COLUMNS, 'name')
  const rows = await q.listGrants(ctx.db, ctx.actor, filter, all, ctx.now)
  const names = await personNamesOf(
    ctx.db,
    rows.map((row) => row.grantedBy),
  )
  await publish(
    ctx,
    'access.grants_exported',
    { kind: 'grant', id: null, orgPath: ctx.actor.scope },
    { rows: rows.length, purpose: body.purpose.trim() },
  )
  const lines = rows.map((row) =>
    [
      row.name,
      row.role,
      row.orgName,
      row.reach,
      todayOf(row.from),
      row.until ? todayOf(row.until) : '',
      (row.grantedBy && names.get(row.grantedBy)) || '',
      row.reason ?? '',
    ]
      .map(cell)
      .join(','),
  )
  const head = [
    '姓名 name',
    '角色 role',
    '党组织 organisation',
    '范围 reach',
    '起 from',
    '止 until',
    '授权人 granted by',
    '依据 reason',
  ]
    .map(cell)
    .join(',')
  // The mark at the start lets Excel read UTF-8.
  return {
    fileName: `who-has-what-${todayOf(ctx.now)}.csv`,
    make: async () => Buffer.from(`\uFEFF${[head, ...lines].join('\r\n')}\r\n`),
  }
}
