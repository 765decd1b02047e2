import type { Db } from '../../../platform/ctx.ts'
import { columns, type Meeting } from './meetings.queries.ts'

/** A meeting that a screen was told to show: whoever told it so was allowed to, and the screen asks for no one. */
export async function meetingById(db: Db, tenantId: string, id: string): Promise<Meeting | undefined> {
  const row = await db
    .selectFrom('meetings_meeting as m')
    .select(columns)
    .where('m.tenant_id', '=', tenantId)
    .where('m.id', '=', id)
    .executeTakeFirst()
  return row as Meeting | undefined
}
