import { sql } from 'kysely'
import type { Tx } from '../../../platform/ctx.ts'

/** Takes these days for telling branches or people; returns those that nobody took before. */
export async function claimDays(
  tx: Tx,
  tenantId: string,
  told: 'branch' | 'person',
  days: readonly string[],
): Promise<string[]> {
  const rows = await tx
    .insertInto('members_birthday_day')
    .values(days.map((on_day) => ({ tenant_id: tenantId, on_day, told })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('on_day')
    .execute()
  return rows.map((row) => row.on_day).toSorted()
}

export async function forgetDays(tx: Tx, tenantId: string, before: string): Promise<void> {
  await tx.deleteFrom('members_birthday_day').where('tenant_id', '=', tenantId).where('on_day', '<', before).execute()
}

export type Anniversary = { personId: string; orgId: string; orgPath: string; joinedOn: string }

/** Members who joined on one of these days of the year (`MM-DD`) in an earlier year, with an approved record. */
export async function joinedOnDays(
  tx: Tx,
  tenantId: string,
  days: readonly string[],
  year: number,
): Promise<Anniversary[]> {
  const { rows } = await sql<Anniversary>`
    select m.person_id as "personId", m.org_id as "orgId", m.org_path as "orgPath", m.joined_on as "joinedOn"
    from members_member m
    where m.tenant_id = ${tenantId} and m.deleted_at is null and m.category in ('formal', 'probationary')
      and m.status in ('normal', 'restored') and m.record_state in ('approved', 'changing')
      and to_char(m.joined_on, 'MM-DD') = any(${[...days]}::text[]) and extract(year from m.joined_on) < ${year}::int
    order by m.joined_on, m.id`.execute(tx)
  return rows
}
