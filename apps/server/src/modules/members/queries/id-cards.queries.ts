import { sql } from 'kysely'
import type { Tx } from '../../../platform/ctx.ts'
import { LIVING } from './structure.queries.ts'

export type CardHolder = {
  memberId: string
  personId: string
  name: string
  orgId: string
  orgPath: string
  validUntil: string
}

const HOLDS = sql<boolean>`(m.deleted_at is null and m.record_state in ('approved', 'changing')
  and m.status in (${sql.join(LIVING.map((one) => sql.lit(one)))}))`

function holders(tx: Tx, tenantId: string, until: string) {
  return tx
    .selectFrom('members_member as m')
    .select([
      'm.id as memberId',
      'm.person_id as personId',
      'm.name',
      'm.org_id as orgId',
      'm.org_path as orgPath',
      sql<string>`m.id_valid_until`.as('validUntil'),
    ])
    .where('m.tenant_id', '=', tenantId)
    .where('m.id_valid_until', '<=', until)
    .where(HOLDS)
}

/** People on record whose ID card runs out by a day; those among the given ones, or all. */
export async function cardsRunningOut(
  tx: Tx,
  tenantId: string,
  until: string,
  memberIds: readonly string[] | null,
): Promise<CardHolder[]> {
  const select = holders(tx, tenantId, until)
  if (memberIds === null) return select.orderBy('m.id').execute()
  return select.where(sql<boolean>`m.id = any(${[...memberIds]}::uuid[])`).execute()
}

/** Records in which an import wrote until when the ID card is valid. */
export async function cardsOfBatch(tx: Tx, tenantId: string, batchId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct v.member_id as id from members_version v
    where v.tenant_id = ${tenantId}::uuid and v.source_id = ${batchId}::uuid and 'idValidUntil' = any(v.fields)`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}
