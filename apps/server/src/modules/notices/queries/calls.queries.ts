import type { NoticeLevel } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import { type Circular, circulars } from './circulars.queries.ts'

/** Where in the order of units the calling of a circular stands; `call` counts the rounds. */
export type Call = { readonly call: number; readonly callPath: string | null; readonly callMember: string | null }

/** The oldest one of these levels that is still to be called out; ordinary ones only if sent before `ordinaryBefore`. */
export async function lockToCall(
  tx: Tx,
  tenantId: string,
  { levels, ordinaryBefore }: { readonly levels: readonly NoticeLevel[]; readonly ordinaryBefore: Date },
): Promise<(Circular & Call) | undefined> {
  const row = await circulars(tx, tenantId)
    .select(['c.call', 'c.call_after as callPath', 'c.call_member as callMember'])
    .where('c.state', '=', 'sent')
    .where('c.called_at', 'is', null)
    .where('c.level', 'in', [...levels])
    .where((eb) => eb.or([eb('c.level', '<>', 'normal'), eb('c.sent_at', '<', ordinaryBefore)]))
    .orderBy('c.sent_at')
    .limit(1)
    .forUpdate('c')
    .skipLocked()
    .executeTakeFirst()
  return row as (Circular & Call) | undefined
}

/** How far the round is; `done`: it has reached the last one. */
export async function setCalled(
  tx: Tx,
  tenantId: string,
  id: string,
  { done, path, member }: { readonly done: Date | null; readonly path: string | null; readonly member: string | null },
): Promise<void> {
  await tx
    .updateTable('notices_circular')
    .set({ called_at: done, call_after: path, call_member: member })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Another round, to those from whom the receipt is missing by then. */
export async function callAgain(tx: Tx, tenantId: string, id: string): Promise<void> {
  await tx
    .updateTable('notices_circular')
    .set({ called_at: null, call_after: null, call_member: null, call: sql`call + 1` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Which of these people have said that nothing may disturb them at this hour. */
export async function quietPeople(
  db: Db,
  tenantId: string,
  personIds: readonly string[],
  hour: number,
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('notices_preference')
    .select('person_id')
    .where('tenant_id', '=', tenantId)
    .where('person_id', 'in', [...personIds])
    .where(
      sql<boolean>`case when quiet_from <= quiet_until then ${hour} >= quiet_from and ${hour} < quiet_until
        else ${hour} >= quiet_from or ${hour} < quiet_until end`,
    )
    .execute()
  return new Set(rows.map((row) => row.person_id))
}
