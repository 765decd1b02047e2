import { sql } from 'kysely'
import type { Tx } from '../../../platform/ctx.ts'

/** Statements of arriving. Whoever writes a check-in holds the meeting's row of counts: ordinals have no holes twice. */

export type Counted = { meetingId: string; orgPath: string; arrived: number }

/** Locks the counts of the meetings, in one order for all writers. */
export async function lockCounts(
  tx: Tx,
  tenantId: string,
  meetingIds: readonly string[],
): Promise<Map<string, Counted>> {
  const rows = await tx
    .selectFrom('meetings_count')
    .select(['meeting_id as meetingId', 'org_path as orgPath', 'arrived'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`meeting_id = any(${[...meetingIds]}::uuid[])`)
    .orderBy('meeting_id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.meetingId, row]))
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

/** Who is called, by pairs of meeting and person (or member), with the check-in that is there already. */
export async function arrivals(
  tx: Tx,
  tenantId: string,
  meetingIds: readonly string[],
  by: 'person_id' | 'member_id',
  ids: readonly string[],
): Promise<Arrival[]> {
  const column = sql.ref(`x.${by}`)
  // One look into the unique index per person: LIMIT keeps the planner from reading everyone who is called.
  const { rows } = await sql<Arrival>`
    select a.meeting_id as "meetingId", a.member_id as "memberId", a.person_id as "personId", a.part, m.state,
      m.starts_at as "startsAt", m.opens_before as "opensBefore", m.closes_after as "closesAfter",
      m.leave_before as "leaveBefore", c.ordinal, c.captured_at as "capturedAt", c.late,
      c.submitted_later as "submittedLater", c.struck_reason as "struckReason"
    from unnest(${[...meetingIds]}::uuid[], ${[...ids]}::uuid[]) as w(meeting_id, who)
    cross join lateral (
      select x.meeting_id, x.member_id, x.person_id, x.part from meetings_attendee x
      where x.tenant_id = ${tenantId} and x.meeting_id = w.meeting_id and ${column} = w.who limit 1) a
    join meetings_meeting m on m.tenant_id = ${tenantId} and m.id = a.meeting_id
    left join lateral (
      select y.ordinal, y.captured_at, y.late, y.submitted_later, y.struck_reason from meetings_check_in y
      where y.tenant_id = ${tenantId} and y.meeting_id = a.meeting_id and y.member_id = a.member_id limit 1) c on true`.execute(
    tx,
  )
  return rows
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

/** One statement for the whole group; then the counts of its meetings. */
export async function insertCheckIns(
  tx: Tx,
  tenantId: string,
  rows: readonly NewCheckIn[],
  at: Date,
  proxy: { by: string; reason: string } | null,
): Promise<void> {
  if (rows.length === 0) return
  const column = <T>(of: (row: NewCheckIn) => T): T[] => rows.map(of)
  await sql`
    insert into meetings_check_in (tenant_id, meeting_id, member_id, person_id, org_path, ordinal, part, way, captured_at, received_at, late, submitted_later, proxy_by, proxy_reason)
    select ${tenantId}::uuid, r.meeting_id, r.member_id, r.person_id, r.org_path, r.ordinal, r.part, r.way, r.captured_at, ${at}::timestamptz, r.late, r.submitted_later,
      ${proxy?.by ?? null}::uuid, ${proxy?.reason ?? null}::text
    from unnest(${column((r) => r.meetingId)}::uuid[], ${column((r) => r.memberId)}::uuid[], ${column((r) => r.personId)}::uuid[], ${column((r) => r.orgPath)}::text[],
      ${column((r) => r.ordinal)}::int[], ${column((r) => r.part)}::text[], ${column((r) => r.way)}::text[], ${column((r) => r.capturedAt.toISOString())}::timestamptz[],
      ${column((r) => r.late)}::bool[], ${column((r) => r.submittedLater)}::bool[])
      as r(meeting_id, member_id, person_id, org_path, ordinal, part, way, captured_at, late, submitted_later)`.execute(
    tx,
  )
  await moveCounts(tx, tenantId, rows, 1)
}

async function moveCounts(
  tx: Tx,
  tenantId: string,
  rows: readonly { meetingId: string; part: string }[],
  sign: 1 | -1,
): Promise<void> {
  const sums = new Map<string, { present: number; voters: number }>()
  for (const { meetingId, part } of rows) {
    const sum = sums.get(meetingId) ?? { present: 0, voters: 0 }
    sums.set(meetingId, { present: sum.present + sign, voters: sum.voters + (part === 'voter' ? sign : 0) })
  }
  const moved = [...sums]
  await sql`
    update meetings_count n set arrived = n.arrived + greatest(r.present, 0), present = n.present + r.present, present_voters = n.present_voters + r.voters
    from unnest(${moved.map(([id]) => id)}::uuid[], ${moved.map(([, sum]) => sum.present)}::int[], ${moved.map(([, sum]) => sum.voters)}::int[]) as r(meeting_id, present, voters)
    where n.tenant_id = ${tenantId} and n.meeting_id = r.meeting_id`.execute(tx)
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
  if (row) await moveCounts(tx, tenantId, [{ meetingId, part: row.part }], -1)
  return row !== undefined
}

/** The last who came, newest first, for the big screen. */
export async function latest(
  db: import('../../../platform/ctx.ts').Db,
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
