import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach } from '../../org/index.ts'
import { columns, type Meeting } from './meetings.queries.ts'

/** A meeting by its id, locked, for who was asked by its branch to hold it together: the caller has proved that. */
export async function lockMeetingAnywhere(tx: Tx, tenantId: string, id: string): Promise<Meeting | undefined> {
  const row = await tx
    .selectFrom('meetings_meeting as m')
    .select(columns)
    .where('m.tenant_id', '=', tenantId)
    .where('m.id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row as Meeting | undefined
}

/** Filed meetings of an organisation in a year, in order, for its record book. */
export async function filedOfYear(
  db: Db,
  actor: Actor,
  orgId: string,
  year: number,
  limit: number,
): Promise<Meeting[]> {
  return (await db
    .selectFrom('meetings_meeting as m')
    .select(columns)
    .where('m.tenant_id', '=', actor.tenantId)
    .where(inReach('m.org_path', actor))
    .where('m.org_id', '=', orgId)
    .where('m.held_on', '>=', `${year}-01-01`)
    .where('m.held_on', '<=', `${year}-12-31`)
    .where('m.state', '=', 'archived')
    .orderBy('m.starts_at')
    .orderBy('m.id')
    .limit(limit)
    .execute()) as Meeting[]
}
