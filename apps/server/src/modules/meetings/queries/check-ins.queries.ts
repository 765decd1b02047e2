import { CompiledQuery } from 'kysely'
import type { Statement } from '../../../platform/batch.ts'
import type { Db, Tx } from '../../../platform/ctx.ts'

/** Statements of arriving. Whoever writes a check-in holds the meeting's row of counts: ordinals have no holes twice. */

export type Counted = { meetingId: string; orgPath: string; arrived: number }

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

/** Locks the counts of the meetings, in one order for all writers. Rows are `Counted`. */
export function lockingCounts(tenantId: string, meetingIds: readonly string[]): Statement {
  return {
    name: 'locking_counts',
    text: `select meeting_id as "meetingId", org_path as "orgPath", arrived from meetings_count
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
  orgPath: string
  ordinal: number
  part: string
  way: 'scanned' | 'typed' | 'organiser'
  capturedAt: Date
  late: boolean
  submittedLater: boolean
}

/** One statement for the whole group, and one that moves the counts of its meetings. */
export function insertingCheckIns(
  tenantId: string,
  rows: readonly NewCheckIn[],
  at: Date,
  proxy: { by: string; reason: string } | null,
): Statement[] {
  const column = <T>(of: (row: NewCheckIn) => T): T[] => rows.map(of)
  const insert = {
    name: 'inserting_check_ins',
    text: `insert into meetings_check_in (tenant_id, meeting_id, member_id, person_id, org_path, ordinal, part, way,
        captured_at, received_at, late, submitted_later, proxy_by, proxy_reason)
      select $1::uuid, r.meeting_id, r.member_id, r.person_id, r.org_path, r.ordinal, r.part, r.way, r.captured_at,
        $2::timestamptz, r.late, r.submitted_later, $3::uuid, $4::text
      from unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::int[], $10::text[], $11::text[],
        $12::timestamptz[], $13::bool[], $14::bool[])
        as r(meeting_id, member_id, person_id, org_path, ordinal, part, way, captured_at, late, submitted_later)`,
    values: [
      tenantId,
      at,
      proxy?.by ?? null,
      proxy?.reason ?? null,
      column((row) => row.meetingId),
      column((row) => row.memberId),
      column((row) => row.personId),
      column((row) => row.orgPath),
      column((row) => row.ordinal),
      column((row) => row.part),
      column((row) => row.way),
      column((row) => row.capturedAt.toISOString()),
      column((row) => row.late),
      column((row) => row.submittedLater),
    ],
  }
  return rows.length === 0 ? [] : [insert, movingCounts(tenantId, rows, 1)]
}

function movingCounts(tenantId: string, rows: readonly { meetingId: string; part: string }[], sign: 1 | -1): Statement {
  const sums = new Map<string, { present: number; voters: number }>()
  for (const { meetingId, part } of rows) {
    const sum = sums.get(meetingId) ?? { present: 0, voters: 0 }
    sums.set(meetingId, { present: sum.present + sign, voters: sum.voters + (part === 'voter' ? sign : 0) })
  }
  const moved = [...sums]
  return {
    name: 'moving_counts',
    text: `update meetings_count n set arrived = n.arrived + greatest(r.present, 0), present = n.present + r.present,
        present_voters = n.present_voters + r.voters
      from unnest($2::uuid[], $3::int[], $4::int[]) as r(meeting_id, present, voters)
      where n.tenant_id = $1 and n.meeting_id = r.meeting_id`,
    values: [
      tenantId,
      moved.map(([id]) => id),
      moved.map(([, sum]) => sum.present),
      moved.map(([, sum]) => sum.voters),
    ],
  }
}

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
  if (row) await run(tx, movingCounts(tenantId, [{ meetingId, part: row.part }], -1))
  return row !== undefined
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
