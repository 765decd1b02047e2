import { sql } from 'kysely'
import type { Db } from '../../platform/ctx.ts'

/** Who of these members with voting right has checked in to the meeting and was not struck out: who may draw a ballot paper. */
export async function checkedInAmong(
  db: Db,
  tenantId: string,
  meetingId: string,
  memberIds: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('meetings_check_in as c')
    .select('c.member_id as memberId')
    .where('c.tenant_id', '=', tenantId)
    .where('c.meeting_id', '=', meetingId)
    .where('c.struck_at', 'is', null)
    .where(sql<boolean>`c.member_id = any(${[...memberIds]}::uuid[])`)
    .execute()
  return rows.map(({ memberId }) => memberId)
}
