import { sql } from 'kysely'
import type { Tx } from '../../../platform/ctx.ts'
import { COLUMNS, type Transfer } from './transfers.queries.ts'

/** For the clockwork, which has the scope of the whole tenant. */

/** Letters whose last day is over and whose holder has not reported. */
export async function overdueLetters(tx: Tx, tenantId: string, today: string, most: number): Promise<Transfer[]> {
  const rows = await tx
    .selectFrom('transfers_transfer as t')
    .select(COLUMNS)
    .where('t.tenant_id', '=', tenantId)
    .where('t.state', '=', 'awaiting')
    .where('t.valid_until', '<', today)
    .where('t.reported_on', 'is', null)
    .orderBy('t.id')
    .limit(most)
    .forUpdate()
    .execute()
  return rows as Transfer[]
}

export async function setExpired(tx: Tx, tenantId: string, ids: readonly string[], at: Date): Promise<void> {
  await tx
    .updateTable('transfers_transfer')
    .set((eb) => ({ state: 'expired', updated_at: at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute()
}

/** Letters that are nowhere for these months, counted from the first of the chain, and of which nobody was told yet. */
export async function strandedLetters(
  tx: Tx,
  tenantId: string,
  today: string,
  months: number,
  most: number,
): Promise<Transfer[]> {
  const rows = await tx
    .selectFrom('transfers_transfer as t')
    .select(COLUMNS)
    .where('t.tenant_id', '=', tenantId)
    .where('t.state', 'in', ['awaiting', 'expired'])
    .where('t.settled_on', 'is', null)
    .where('t.renewed_by_id', 'is', null)
    .where('t.reported_on', 'is', null)
    .where('t.stranded_on', 'is', null)
    .where(sql<boolean>`t.first_issued_on + make_interval(months => ${months}::int) <= ${today}::date`)
    .orderBy('t.id')
    .limit(most)
    .forUpdate()
    .execute()
  return rows as Transfer[]
}

export async function setStranded(
  tx: Tx,
  tenantId: string,
  ids: readonly string[],
  on: string,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('transfers_transfer')
    .set((eb) => ({ stranded_on: on, updated_at: at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute()
}

export async function countPrints(
  tx: Tx,
  tenantId: string,
  ids: readonly string[],
  form: 'letter' | 'receipt',
): Promise<void> {
  const column = form === 'letter' ? 'letters_printed' : 'receipts_printed'
  await tx
    .updateTable('transfers_transfer')
    .set((eb) => ({ [column]: eb(column, '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute()
}
