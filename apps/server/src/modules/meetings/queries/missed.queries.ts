import { sql } from 'kysely'
import type { Db } from '../../../platform/ctx.ts'

/** A record, and one under which the same person was called: its own, or one that was merged into it. */
export type CalledAs = { readonly memberId: string; readonly calledId: string }
export type Missed = { readonly memberId: string; readonly times: number }

/** More is not told apart: the figure is for finding people. */
const MOST = 999

/**
 * How many archived meetings each of these has missed since the last one attended. Missed is a meeting to which somebody
 * was called with or without a vote, not as an observer nor left out, and neither came nor was on approved leave. An
 * approved leave is passed over: it neither counts nor ends the row. Making up for a meeting afterwards is not presence.
 * Meetings follow each other by their beginning, not by the day of archiving. Who was called to none has 0.
 */
export async function missedInRow(db: Db, tenantId: string, called: readonly CalledAs[]): Promise<Missed[]> {
  const [members, names] = [called.map((one) => one.memberId), called.map((one) => one.calledId)]
  const { rows } = await sql<Missed>`
    with who as (select * from unnest(${members}::uuid[], ${names}::uuid[]) as w(member_id, called_id)),
    seen as (
      select w.member_id, m.starts_at, bool_or(c.member_id is not null) as came, bool_or(a.answer = 'leave_approved') as excused
      from who w
      join meetings_attendee a on a.tenant_id = ${tenantId} and a.member_id = w.called_id and a.part in ('voter', 'nonvoter')
      join meetings_meeting m on m.tenant_id = ${tenantId} and m.id = a.meeting_id and m.state = 'archived'
      left join meetings_check_in c on c.tenant_id = ${tenantId} and c.meeting_id = a.meeting_id
        and c.member_id = a.member_id and c.struck_at is null
      group by w.member_id, m.id, m.starts_at),
    last as (select s.*, max(s.starts_at) filter (where s.came) over (partition by s.member_id) as last_came from seen s)
    select w.member_id as "memberId", least(count(l.starts_at), ${MOST})::int as times
    from (select distinct member_id from who) w
    left join last l on l.member_id = w.member_id and not l.came and not l.excused
      and (l.last_came is null or l.starts_at > l.last_came)
    group by w.member_id`.execute(db)
  return rows
}

/** Everyone whom the meeting expected, whether they came or not. */
export async function expectedAt(db: Db, tenantId: string, meetingId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('meetings_attendee')
    .select('member_id as memberId')
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('part', 'in', ['voter', 'nonvoter'])
    .orderBy('member_id')
    .execute()
  return rows.map(({ memberId }) => memberId)
}
