import type { Db } from '../../../platform/ctx.ts'
import { type Circular, circulars } from './circulars.queries.ts'

/** Those whose time has come. */
export async function dueCirculars(db: Db, tenantId: string, now: Date): Promise<Circular[]> {
  return (await circulars(db, tenantId)
    .where('c.state', '=', 'scheduled')
    .where('c.send_at', '<=', now)
    .orderBy('c.send_at')
    .limit(50)
    .forUpdate('c')
    .skipLocked()
    .execute()) as Circular[]
}

/** Those whose day for confirming is near or just over and that were not reminded of today. */
export async function circularsToRemind(
  db: Db,
  tenantId: string,
  { since, until, today }: { readonly since: Date; readonly until: Date; readonly today: string },
): Promise<Circular[]> {
  return (await circulars(db, tenantId)
    .where('c.state', '=', 'sent')
    .where('c.confirm_by', 'is not', null)
    .where('c.confirm_by', '>', since)
    .where('c.confirm_by', '<', until)
    .where((eb) => eb.or([eb('c.reminded_on', 'is', null), eb('c.reminded_on', '<', today)]))
    .forUpdate('c')
    .execute()) as Circular[]
}
