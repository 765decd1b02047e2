import type { NoticeLevel } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import type { DB } from '../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../platform/page.ts'
import { containing } from '../../platform/sql.ts'
import { inReach } from '../org/index.ts'
import { type Words, words } from './notices.queries.ts'

export type Written = Words & {
  sentById: string | null
  delivered: number
  read: number
  confirmed: number
  orgPath: string
}
function written(db: Db, actor: Actor) {
  const receipts = (condition: ReturnType<typeof sql<boolean>>) =>
    sql<number>`(select count(*)::int from notices_delivery d where d.tenant_id = ${actor.tenantId} and d.notice_id = n.id and ${condition})`
  return db
    .selectFrom('notices_notice as n')
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'n.org_id'))
    .select([
      ...words,
      'n.sent_at as sentAt',
      'n.sent_by as sentById',
      'n.delivered',
      'n.org_path as orgPath',
      receipts(sql<boolean>`d.read_at is not null`).as('read'),
      receipts(sql<boolean>`d.confirmed_at is not null`).as('confirmed'),
    ])
    .where('n.tenant_id', '=', actor.tenantId)
    .where(inReach('n.org_path', actor))
    .where('n.kind', '=', 'written')
}

export async function listWritten(
  db: Db,
  actor: Actor,
  filter: { level: NoticeLevel | null; text: string | null },
  keyset: Keyset,
): Promise<Written[]> {
  let select = written(db, actor)
  if (filter.level) select = select.where('n.level', '=', filter.level)
  if (filter.text) select = select.where('n.title', 'ilike', containing(filter.text))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'notices_notice', Written>,
    keyset,
    'n.id',
  ).execute()) as Written[]
}
export async function findWritten(db: Db, actor: Actor, id: string): Promise<Written | undefined> {
  return (await written(db, actor).where('n.id', '=', id).executeTakeFirst()) as Written | undefined
}

export type Receipt = { personId: string; name: string; readAt: Date | null; confirmedAt: Date | null; resent: number }
export async function listReceipts(
  db: Db,
  tenantId: string,
  notice: { id: string; needsConfirm: boolean },
  isMissing: boolean,
  keyset: Keyset,
): Promise<Receipt[]> {
  let select = db
    .selectFrom('notices_delivery as d')
    .select(['d.person_id as personId', 'd.name', 'd.read_at as readAt', 'd.confirmed_at as confirmedAt', 'd.resent'])
    .where('d.tenant_id', '=', tenantId)
    .where('d.notice_id', '=', notice.id)
  if (isMissing) select = select.where(notice.needsConfirm ? 'd.confirmed_at' : 'd.read_at', 'is', null)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'notices_delivery', Receipt>,
    keyset,
    'd.person_id',
  ).execute()) as Receipt[]
}

/** Puts the notice on top of the inbox of those who are missing; who was told again just now is not disturbed. */
export async function resend(
  tx: Tx,
  tenantId: string,
  notice: { id: string; needsConfirm: boolean },
  at: Date,
  notSince: Date,
): Promise<{ missing: number; told: string[] }> {
  const missing = notice.needsConfirm ? sql<boolean>`confirmed_at is null` : sql<boolean>`read_at is null`
  const rows = await tx
    .updateTable('notices_delivery')
    .set((eb) => ({ resent_at: at, sent_at: at, read_at: null, resent: eb('resent', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('notice_id', '=', notice.id)
    .where(missing)
    .where((eb) => eb.or([eb('resent_at', 'is', null), eb('resent_at', '<', notSince)]))
    .returning('person_id')
    .execute()
  const left = await tx
    .selectFrom('notices_delivery')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('tenant_id', '=', tenantId)
    .where('notice_id', '=', notice.id)
    .where(missing)
    .executeTakeFirstOrThrow()
  return { missing: left.n, told: rows.map((row) => row.person_id) }
}
