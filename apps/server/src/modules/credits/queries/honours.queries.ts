import type { HonourState } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import type { Account } from './accounts.queries.ts'
import { atPlace, type Place } from './place.ts'

export type Honour = {
  id: string
  memberId: string
  personId: string
  name: string
  orgPath: string
  unitName: string
  year: number
  title: string
  state: HonourState
  proposal: string
  proposedBy: string
  proposedName: string
  reviewedBy: string | null
  reviewedName: string | null
  decidedBy: string | null
  decidedName: string | null
  reason: string | null
  certificateNo: string | null
}

const honours = (db: Db, tenantId: string) =>
  db
    .selectFrom('credits_honour as h')
    .select([
      'h.id',
      'h.member_id as memberId',
      'h.person_id as personId',
      'h.name',
      'h.org_path as orgPath',
      'h.unit_name as unitName',
      'h.year',
      'h.title',
      'h.state',
      'h.proposal',
      'h.proposed_by as proposedBy',
      'h.proposed_name as proposedName',
      'h.reviewed_by as reviewedBy',
      'h.reviewed_name as reviewedName',
      'h.decided_by as decidedBy',
      'h.decided_name as decidedName',
      'h.reason',
      'h.certificate_no as certificateNo',
    ])
    .where('h.tenant_id', '=', tenantId)

export type HonourFilter = { place: Place; year: number | null; state: HonourState | null }

export async function listHonours(db: Db, actor: Actor, filter: HonourFilter, keyset: Keyset): Promise<Honour[]> {
  let select = honours(db, actor.tenantId)
    .where(inReach('h.org_path', actor))
    .where(atPlace('h.org_path', filter.place))
  if (filter.year) select = select.where('h.year', '=', filter.year)
  if (filter.state) select = select.where('h.state', '=', filter.state)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'credits_honour', Honour>,
    keyset,
    'h.id',
  ).execute()) as Honour[]
}

/** Of the person only what was confirmed: a proposal that came to nothing is nobody's news. */
export async function ownHonours(db: Db, actor: Actor): Promise<Honour[]> {
  const rows = await honours(db, actor.tenantId)
    .where('h.person_id', '=', actor.personId)
    .where('h.state', '=', 'confirmed')
    .orderBy('h.year', 'desc')
    .orderBy('h.id')
    .limit(100)
    .execute()
  return rows as Honour[]
}

export async function lockHonour(tx: Tx, actor: Actor, id: string): Promise<Honour | undefined> {
  const row = await honours(tx, actor.tenantId)
    .where('h.id', '=', id)
    .where(inReach('h.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return row as Honour | undefined
}

/** False when the person is proposed for the same already. */
export async function insertHonour(
  tx: Tx,
  actor: Actor,
  account: Account,
  one: { id: string; title: string; proposal: string },
  at: Date,
): Promise<boolean> {
  const row = await tx
    .insertInto('credits_honour')
    .values({
      tenant_id: actor.tenantId,
      id: one.id,
      member_id: account.memberId,
      person_id: account.personId,
      name: account.name,
      unit_id: account.unitId,
      org_path: account.orgPath,
      unit_name: account.unitName,
      year: account.year,
      title: one.title,
      proposal: one.proposal,
      proposed_by: actor.personId,
      proposed_name: actor.personName,
      created_at: at,
      updated_at: at,
    })
    .onConflict((c) =>
      c.columns(['tenant_id', 'member_id', 'year', 'title']).where(sql<boolean>`state <> 'declined'`).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export type HonourChange = {
  state: HonourState
  reviewed_by?: string
  reviewed_name?: string
  decided_by?: string
  decided_name?: string
  reason?: string
  certificate_no?: string
}
export async function setHonour(tx: Tx, tenantId: string, id: string, change: HonourChange, at: Date): Promise<void> {
  await tx
    .updateTable('credits_honour')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
