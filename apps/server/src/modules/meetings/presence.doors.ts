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

/** Members who were there: checked in and not struck out. Make-up study afterwards is not presence. */
export async function presentAt(db: Db, tenantId: string, meetingId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('meetings_check_in as c')
    .select('c.member_id as memberId')
    .where('c.tenant_id', '=', tenantId)
    .where('c.meeting_id', '=', meetingId)
    .where('c.struck_at', 'is', null)
    .orderBy('c.member_id')
    .execute()
  return rows.map(({ memberId }) => memberId)
}

/** An archived meeting as time of study, as long as its signed record says. */
export async function studiedMeeting(db: Db, tenantId: string, meetingId: string) {
  const row = await db
    .selectFrom('meetings_meeting')
    .select(['id', 'title', 'kinds', 'starts_at as startsAt', 'ends_at as endsAt'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', meetingId)
    .where('state', '=', 'archived')
    .executeTakeFirst()
  if (!row) return undefined
  const { id, title, kinds, startsAt, endsAt } = row
  return { id, title, kinds, startsAt, minutes: Math.floor((endsAt.getTime() - startsAt.getTime()) / 60_000) }
}
