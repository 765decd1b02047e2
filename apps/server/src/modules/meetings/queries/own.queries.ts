import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import type { Attendee } from './attendees.queries.ts'
import type { ListedMeeting } from './meetings.queries.ts'

export type OwnMeeting = Pick<
  ListedMeeting,
  'id' | 'title' | 'orgName' | 'kinds' | 'state' | 'startsAt' | 'endsAt' | 'place'
> &
  Pick<
    Attendee,
    'part' | 'answer' | 'ordinal' | 'checkedInAt' | 'way' | 'late' | 'submittedLater' | 'proxyReason' | 'struckReason'
  > & { opensBefore: number; closesAfter: number; leaveBefore: number }

/** Meetings the person is called to. `since` splits coming (not over before it) from past. */
export async function ownMeetings(
  db: Db,
  actor: Pick<Actor, 'tenantId' | 'personId'>,
  when: 'coming' | 'past',
  since: Date,
  keyset: Keyset,
): Promise<OwnMeeting[]> {
  const select = ownRows(db, actor).where('m.ends_at', when === 'coming' ? '>=' : '<', since)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'meetings_meeting', OwnMeeting>,
    keyset,
    'm.id',
  ).execute()) as OwnMeeting[]
}

function ownRows(db: Db, actor: Pick<Actor, 'tenantId' | 'personId'>) {
  return db
    .selectFrom('meetings_attendee as a')
    .innerJoin('meetings_meeting as m', (join) =>
      join.on('m.tenant_id', '=', actor.tenantId).onRef('m.id', '=', 'a.meeting_id'),
    )
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'm.org_id'))
    .leftJoin('meetings_check_in as c', (join) =>
      join
        .on('c.tenant_id', '=', actor.tenantId)
        .onRef('c.meeting_id', '=', 'a.meeting_id')
        .onRef('c.member_id', '=', 'a.member_id'),
    )
    .select([
      'm.id',
      'm.title',
      sql<string>`coalesce(o.name, '')`.as('orgName'),
      'm.kinds',
      'm.state',
      'm.starts_at as startsAt',
      'm.ends_at as endsAt',
      'm.place',
      'a.part',
      'a.answer',
      'c.ordinal',
      'c.captured_at as checkedInAt',
      'c.way',
      'c.late',
      'c.submitted_later as submittedLater',
      'c.proxy_reason as proxyReason',
      'c.struck_reason as struckReason',
      'm.opens_before as opensBefore',
      'm.closes_after as closesAfter',
      'm.leave_before as leaveBefore',
    ])
    .where('a.tenant_id', '=', actor.tenantId)
    .where('m.tenant_id', '=', actor.tenantId)
    .where('a.person_id', '=', actor.personId)
    .where('a.part', '<>', 'left_out')
    .where('m.state', '<>', 'planned')
}

/** What stands in the calendar: the last half year and everything to come. */
export async function calendarOf(tx: Tx, tenantId: string, personId: string, since: Date) {
  return tx
    .selectFrom('meetings_attendee as a')
    .innerJoin('meetings_meeting as m', (join) =>
      join.on('m.tenant_id', '=', tenantId).onRef('m.id', '=', 'a.meeting_id'),
    )
    .select([
      'm.id',
      'm.title',
      'm.starts_at as startsAt',
      'm.ends_at as endsAt',
      'm.place',
      'm.online_url as onlineUrl',
      'm.state',
      'm.updated_at as updatedAt',
      'm.version',
    ])
    .where('a.tenant_id', '=', tenantId)
    .where('m.tenant_id', '=', tenantId)
    .where('a.person_id', '=', personId)
    .where('a.part', '<>', 'left_out')
    .where('m.state', '<>', 'planned')
    .where('m.starts_at', '>=', since)
    .orderBy('m.starts_at')
    .limit(500)
    .execute()
}

export async function feedOf(db: Db, actor: Pick<Actor, 'tenantId' | 'personId'>): Promise<Date | null> {
  const row = await db
    .selectFrom('meetings_feed')
    .select('made_at')
    .where('person_id', '=', actor.personId)
    .where('tenant_id', '=', actor.tenantId)
    .executeTakeFirst()
  return row?.made_at ?? null
}
export async function removeFeed(tx: Tx, actor: Pick<Actor, 'tenantId' | 'personId'>): Promise<boolean> {
  const row = await tx
    .deleteFrom('meetings_feed')
    .where('person_id', '=', actor.personId)
    .where('tenant_id', '=', actor.tenantId)
    .returning('person_id')
    .executeTakeFirst()
  return row !== undefined
}
export async function insertFeed(
  tx: Tx,
  actor: Pick<Actor, 'tenantId' | 'personId'>,
  hash: Buffer,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('meetings_feed')
    .values({ secret_hash: hash, person_id: actor.personId, tenant_id: actor.tenantId, made_at: at })
    .onConflict((c) => c.columns(['person_id', 'tenant_id']).doUpdateSet({ secret_hash: hash, made_at: at }))
    .execute()
}
export async function ownerOfFeed(db: Db, hash: Buffer): Promise<{ personId: string; tenantId: string } | undefined> {
  return db
    .selectFrom('meetings_feed')
    .select(['person_id as personId', 'tenant_id as tenantId'])
    .where('secret_hash', '=', hash)
    .executeTakeFirst()
}
