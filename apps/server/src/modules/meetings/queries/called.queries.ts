import { sql } from 'kysely'
import type { Db } from '../../../platform/ctx.ts'

/** The persons behind members who are called to the meeting. */
export async function personsOfCalled(
  db: Db,
  tenantId: string,
  meetingId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (memberIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('meetings_attendee')
    .select(['member_id as memberId', 'person_id as personId'])
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('member_id', 'in', [...memberIds])
    .execute()
  return new Map(rows.map(({ memberId, personId }) => [memberId, personId]))
}

/** How those who should attend have answered: voters only, for the advice before the meeting. */
export async function answersOf(
  db: Db,
  tenantId: string,
  meetingId: string,
): Promise<{ confirmed: number; onLeave: number; unanswered: number }> {
  return db
    .selectFrom('meetings_attendee')
    .select([
      sql<number>`(count(*) filter (where answer = 'confirmed'))::int`.as('confirmed'),
      sql<number>`(count(*) filter (where answer = 'leave_approved'))::int`.as('onLeave'),
      sql<number>`(count(*) filter (where answer not in ('confirmed', 'leave_approved')))::int`.as('unanswered'),
    ])
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('part', '=', 'voter')
    .executeTakeFirstOrThrow()
}

/** Those who are called with a vote: the roll of an electronic vote. */
export async function votersOf(
  db: Db,
  tenantId: string,
  meetingId: string,
): Promise<{ memberId: string; personId: string }[]> {
  return db
    .selectFrom('meetings_attendee')
    .select(['member_id as memberId', 'person_id as personId'])
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('part', '=', 'voter')
    .orderBy('member_id')
    .execute()
}

/** Names of those who are called, by member id. */
export async function calledNamesOf(
  db: Db,
  tenantId: string,
  meetingId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('meetings_attendee')
    .select(['member_id as id', 'name'])
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('member_id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
