import { CompiledQuery } from 'kysely'
import type { Statement } from '../../../platform/batch.ts'
import type { Db, Tx } from '../../../platform/ctx.ts'
import { newId, publishingFrom } from '../../../platform/events.ts'

/** Statements of arriving. Whoever writes a check-in holds the meeting's row of counts: ordinals have no holes twice. */

/** Runs a statement that also travels in batches. */
export async function run<R>(tx: Tx, { text, values }: Statement): Promise<R[]> {
  return (await tx.executeQuery<R>(CompiledQuery.raw(text, [...values]))).rows
}

/**
 * A meeting is filled with thousands of people in one moment, long before the planner's statistics know. A plan kept
 * from when the tables were empty would read everyone who is there for each who comes, so these statements are planned
 * anew from the size of the tables now (a millisecond a group), and prefer indexes.
 */
export const PLAN_ANEW: Statement = {
  name: 'plan_anew',
  text: `select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true)`,
  values: [],
}

/** Locks the counts of the meetings, in one order for all writers. */
export function lockingCounts(tenantId: string, meetingIds: readonly string[]): Statement {
  return {
    name: 'locking_counts',
    text: `select meeting_id from meetings_count
      where tenant_id = $1 and meeting_id = any($2::uuid[]) order by meeting_id for update`,
    values: [tenantId, [...new Set(meetingIds)]],
  }
}

export type Arrival = {
  meetingId: string
  memberId: string
  personId: string
  part: 'voter' | 'nonvoter' | 'observer' | 'left_out'
  state: string
  startsAt: Date
  opensBefore: number
  closesAfter: number
  leaveBefore: number
  ordinal: number | null
  capturedAt: Date | null
  late: boolean | null
  submittedLater: boolean | null
  struckReason: string | null
}

/**
 * Who is called, by pairs of meeting and person (or member), with the check-in that is there already. Rows are
 * `Arrival`. One look into the unique index per person: LIMIT keeps the planner from reading everyone who is called.
 */
export function findingArrivals(
  tenantId: string,
  meetingIds: readonly string[],
  by: 'person_id' | 'member_id',
  ids: readonly (string | null)[],
): Statement {
  return {
    name: `arrivals_${by}`,
    text: `select a.meeting_id as "meetingId", a.member_id as "memberId", a.person_id as "personId", a.part, m.state,
        m.starts_at as "startsAt", m.opens_before as "opensBefore", m.closes_after as "closesAfter",
        m.leave_before as "leaveBefore", c.ordinal, c.captured_at as "capturedAt", c.late,
        c.submitted_later as "submittedLater", c.struck_reason as "struckReason"
      from unnest($2::uuid[], $3::uuid[]) as w(meeting_id, who)
      cross join lateral (
        select x.meeting_id, x.member_id, x.person_id, x.part from meetings_attendee x
        where x.tenant_id = $1 and x.meeting_id = w.meeting_id and x.${by} = w.who limit 1) a
      join meetings_meeting m on m.tenant_id = $1 and m.id = a.meeting_id
      left join lateral (
        select y.ordinal, y.captured_at, y.late, y.submitted_later, y.struck_reason from meetings_check_in y
        where y.tenant_id = $1 and y.meeting_id = a.meeting_id and y.member_id = a.member_id limit 1) c on true`,
    values: [tenantId, meetingIds, ids],
  }
}

export type NewCheckIn = {
  meetingId: string
  memberId: string
  personId: string
  part: string
  way: 'scanned' | 'typed' | 'organiser'
  capturedAt: Date
  late: boolean
  submittedLater: boolean
}
export type Written = { meetingId: string; memberId: string; ordinal: number }

/**
 * Writes a whole group in one statement: check-ins, the counts of their meetings, one event per meeting and way. The
 * caller has locked the counts in a statement before, so that this one sees everybody who came until then. Who is there
 * already, or whose meeting is in none of the `states` any more, is not among the rows, which are `Written`.
 */
export function writingCheckIns(
  tenantId: string,
  rows: readonly NewCheckIn[],
  at: Date,
  { states, by }: { states: readonly string[]; by: { personId: string; reason: string } | null },
): Statement {
  const column = <T>(of: (row: NewCheckIn) => T): T[] => rows.map(of)
  const events = [...Map.groupBy(rows, ({ meetingId, way }) => `${meetingId} ${way}`).keys()]
  return {
    name: 'writing_check_ins',
    text: WRITE,
    values: [
      tenantId,
      at,
      by?.personId ?? null,
      by?.reason ?? null,
      states,
      column((row) => row.meetingId),
      column((row) => row.memberId),
      column((row) => row.personId),
      column((row) => row.part),
      column((row) => row.way),
      column((row) => row.capturedAt.toISOString()),
      column((row) => row.late),
      column((row) => row.submittedLater),
      events.map(() => newId({ now: at })),
      events.map((key) => key.slice(0, 36)),
      events.map((key) => key.slice(37)),
      [...new Set(rows.map((row) => row.meetingId))],
    ],
  }
}

// Ordinals are given under the lock. One look into the primary key for each who comes, as in `findingArrivals`.
const WRITE = `with asked as (
    select * from unnest($6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::text[], $11::timestamptz[], $12::bool[],
      $13::bool[]) with ordinality as a(meeting_id, member_id, person_id, part, way, captured_at, late, submitted_later, place)),
  held as materialized (
    select n.meeting_id, n.org_path, n.arrived from meetings_count n
    join meetings_meeting m on m.tenant_id = $1 and m.id = n.meeting_id and m.state = any($5::text[])
    where n.tenant_id = $1 and n.meeting_id = any($17::uuid[])),
  written as (
    insert into meetings_check_in (tenant_id, meeting_id, member_id, person_id, org_path, ordinal, part, way,
      captured_at, received_at, late, submitted_later, proxy_by, proxy_reason)
    select $1::uuid, a.meeting_id, a.member_id, a.person_id, h.org_path,
      h.arrived + row_number() over (partition by a.meeting_id order by a.place), a.part, a.way, a.captured_at,
      $2::timestamptz, a.late, a.submitted_later, $3::uuid, $4::text
    from asked a join held h on h.meeting_id = a.meeting_id
    left join lateral (
      select true as is_there from meetings_check_in c
      where c.tenant_id = $1 and c.meeting_id = a.meeting_id and c.member_id = a.member_id limit 1) c on true
    where c.is_there is null
    returning meeting_id, member_id, org_path, ordinal, part, way),
  moved as (
    update meetings_count n set arrived = n.arrived + w.people, present = n.present + w.people,
      present_voters = n.present_voters + w.voters
    from (select meeting_id, count(*) as people, count(*) filter (where part = 'voter') as voters
      from written group by meeting_id) w
    where n.tenant_id = $1 and n.meeting_id = w.meeting_id),
  facts as (
    select e.id, w.org_path, 'meeting' as subject_kind, e.meeting_id as subject_id,
      jsonb_build_object('memberIds', jsonb_agg(w.member_id order by w.ordinal), 'way', e.way) as payload
    from unnest($14::uuid[], $15::uuid[], $16::text[]) as e(id, meeting_id, way)
    join written w on w.meeting_id = e.meeting_id and w.way = e.way
    group by e.id, e.meeting_id, e.way, w.org_path),
  told as (${publishingFrom('facts', 'meetings.checked_in', { tenantId: '$1::uuid', at: '$2::timestamptz', actorId: '$3::uuid' })})
  select meeting_id as "meetingId", member_id as "memberId", ordinal from written`

/** Strikes a check-in out; false when there is none or it is struck already. The caller holds the counts. */
export async function strike(
  tx: Tx,
  tenantId: string,
  meetingId: string,
  memberId: string,
  by: string,
  reason: string,
  at: Date,
): Promise<boolean> {
  const row = await tx
    .updateTable('meetings_check_in')
    .set({ struck_at: at, struck_by: by, struck_reason: reason })
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('member_id', '=', memberId)
    .where('struck_at', 'is', null)
    .returning('part')
    .executeTakeFirst()
  if (!row) return false
  await tx
    .updateTable('meetings_count')
    .set((eb) => ({
      present: eb('present', '-', 1),
      present_voters: eb('present_voters', '-', row.part === 'voter' ? 1 : 0),
    }))
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .execute()
  return true
}

/** The last who came, newest first, for the big screen. */
export async function latest(
  db: Db,
  tenantId: string,
  meetingId: string,
  limit: number,
): Promise<{ name: string; ordinal: number; at: Date }[]> {
  return db
    .selectFrom('meetings_check_in as c')
    .innerJoin('meetings_attendee as a', (join) =>
      join
        .on('a.tenant_id', '=', tenantId)
        .onRef('a.meeting_id', '=', 'c.meeting_id')
        .onRef('a.member_id', '=', 'c.member_id'),
    )
    .select(['a.name', 'c.ordinal', 'c.captured_at as at'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.meeting_id', '=', meetingId)
    .where('c.struck_at', 'is', null)
    .orderBy('c.ordinal', 'desc')
    .limit(limit)
    .execute()
}
