import type { AttendeePart } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { containing } from '../../../platform/sql.ts'
import { inReach, inScope } from '../../org/index.ts'

export type Card = {
  id: string
  personId: string
  orgId: string
  name: string
  memberNo: string
  category: string
  status: string
}
const cardColumns = [
  'c.id',
  'c.person_id as personId',
  'c.org_id as orgId',
  'c.name',
  'c.member_no as memberNo',
  'c.category',
  'c.status',
] as const

type Reaching = Pick<Actor, 'tenantId' | 'scope' | 'reach'>

/** Members (full and probationary) of an organisation and below, as far as the caller reaches, by name. */
export async function membersOf(db: Db, actor: Reaching, orgPath: string, limit: number): Promise<Card[]> {
  return db
    .selectFrom('member_card as c')
    .select(cardColumns)
    .where('c.tenant_id', '=', actor.tenantId)
    .where(inReach('c.org_path', actor))
    .where(inScope('c.org_path', orgPath))
    .where('c.category', 'in', ['formal', 'probationary'])
    .orderBy('c.name')
    .orderBy('c.id')
    .limit(limit)
    .execute() as Promise<Card[]>
}

export async function cardsOf(db: Db, actor: Reaching, ids: readonly string[]): Promise<Card[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('member_card as c')
    .select(cardColumns)
    .where('c.tenant_id', '=', actor.tenantId)
    .where(inReach('c.org_path', actor))
    .where('c.id', 'in', [...ids])
    .execute() as Promise<Card[]>
}

/** How many people of each category and status, for the figures of a plan. */
export async function countStandings(
  db: Db,
  actor: Reaching,
  orgPath: string,
): Promise<{ category: string; status: string; people: number }[]> {
  return db
    .selectFrom('member_card as c')
    .select(['c.category', 'c.status', sql<number>`count(*)::int`.as('people')])
    .where('c.tenant_id', '=', actor.tenantId)
    .where(inReach('c.org_path', actor))
    .where(inScope('c.org_path', orgPath))
    .groupBy(['c.category', 'c.status'])
    .execute() as never
}

export type NewAttendee = Card & { part: AttendeePart; leftOutReason: string | null }
const CHUNK = 500

/** Fixes who is called. Someone called already keeps his answer; who is no longer called and has not come goes. */
export async function setAttendees(
  tx: Tx,
  tenantId: string,
  meeting: { id: string; orgPath: string },
  people: readonly NewAttendee[],
  at: Date,
): Promise<void> {
  await sql`delete from meetings_attendee a where a.tenant_id = ${tenantId} and a.meeting_id = ${meeting.id}
    and a.member_id <> all(${people.map(({ id }) => id)}::uuid[])
    and not exists (select from meetings_check_in c where c.tenant_id = ${tenantId} and c.meeting_id = ${meeting.id} and c.member_id = a.member_id)`.execute(
    tx,
  )
  await addAttendees(tx, tenantId, meeting, people, at)
}

/** Calls more people, or the same again with another part, and counts anew, also those who have come already. */
export async function addAttendees(
  tx: Tx,
  tenantId: string,
  meeting: { id: string; orgPath: string },
  people: readonly NewAttendee[],
  at: Date,
): Promise<void> {
  for (let from = 0; from < people.length; from += CHUNK) {
    await tx
      .insertInto('meetings_attendee')
      .values(
        people.slice(from, from + CHUNK).map((one) => ({
          tenant_id: tenantId,
          meeting_id: meeting.id,
          member_id: one.id,
          person_id: one.personId,
          org_id: one.orgId,
          org_path: meeting.orgPath,
          name: one.name,
          member_no: one.memberNo,
          category: one.category,
          part: one.part,
          left_out_reason: one.leftOutReason,
          created_at: at,
        })),
      )
      .onConflict((c) =>
        c.columns(['tenant_id', 'meeting_id', 'member_id']).doUpdateSet((eb) => ({
          part: eb.ref('excluded.part'),
          left_out_reason: eb.ref('excluded.left_out_reason'),
          category: eb.ref('excluded.category'),
        })),
      )
      .execute()
  }
  await sql`select from meetings_count where tenant_id = ${tenantId} and meeting_id = ${meeting.id} for update`.execute(
    tx,
  )
  await sql`update meetings_check_in c set part = a.part from meetings_attendee a
    where c.tenant_id = ${tenantId} and c.meeting_id = ${meeting.id}
      and a.tenant_id = ${tenantId} and a.meeting_id = ${meeting.id} and a.member_id = c.member_id and a.part <> c.part`.execute(
    tx,
  )
  await sql`update meetings_count n set voters = t.voters, nonvoters = t.nonvoters, observers = t.observers, left_out = t.left_out,
      present_voters = (select count(*)::int from meetings_check_in c where c.tenant_id = ${tenantId}
        and c.meeting_id = ${meeting.id} and c.struck_at is null and c.part = 'voter')
    from (select count(*) filter (where part = 'voter')::int as voters, count(*) filter (where part = 'nonvoter')::int as nonvoters,
      count(*) filter (where part = 'observer')::int as observers, count(*) filter (where part = 'left_out')::int as left_out
      from meetings_attendee where tenant_id = ${tenantId} and meeting_id = ${meeting.id}) t
    where n.tenant_id = ${tenantId} and n.meeting_id = ${meeting.id}`.execute(tx)
}

export type Counts = {
  voters: number
  nonvoters: number
  observers: number
  leftOut: number
  present: number
  presentVoters: number
}
export async function countsOf(db: Db, tenantId: string, meetingId: string): Promise<Counts> {
  const row = await db
    .selectFrom('meetings_count')
    .select(['voters', 'nonvoters', 'observers', 'left_out as leftOut', 'present', 'present_voters as presentVoters'])
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst()
  return row ?? { voters: 0, nonvoters: 0, observers: 0, leftOut: 0, present: 0, presentVoters: 0 }
}

export type Attendee = {
  memberId: string
  personId: string
  name: string
  memberNo: string
  category: string
  part: AttendeePart
  leftOutReason: string | null
  answer: 'none' | 'confirmed' | 'leave_asked' | 'leave_approved' | 'leave_refused'
  answeredAt: Date | null
  leaveReason: string | null
  leaveNote: string | null
  readAt: Date | null
  ordinal: number | null
  checkedInAt: Date | null
  way: 'scanned' | 'typed' | 'organiser' | null
  late: boolean | null
  submittedLater: boolean | null
  proxyReason: string | null
  struckReason: string | null
}

/** Attendees with their check-in; the caller adds the conditions. */
export function attendees(db: Db, tenantId: string) {
  return db
    .selectFrom('meetings_attendee as a')
    .leftJoin('meetings_check_in as c', (join) =>
      join
        .on('c.tenant_id', '=', tenantId)
        .onRef('c.meeting_id', '=', 'a.meeting_id')
        .onRef('c.member_id', '=', 'a.member_id'),
    )
    .select([
      'a.member_id as memberId',
      'a.person_id as personId',
      'a.name',
      'a.member_no as memberNo',
      'a.category',
      'a.part',
      'a.left_out_reason as leftOutReason',
      'a.answer',
      'a.answered_at as answeredAt',
      'a.leave_reason as leaveReason',
      'a.leave_note as leaveNote',
      'a.read_at as readAt',
      'c.ordinal',
      'c.captured_at as checkedInAt',
      'c.way',
      'c.late',
      'c.submitted_later as submittedLater',
      'c.proxy_reason as proxyReason',
      'c.struck_reason as struckReason',
    ])
    .where('a.tenant_id', '=', tenantId)
}

export type Mark = 'present' | 'expected' | 'on_leave' | 'leave_asked' | 'unread' | 'submitted_later'
export async function listAttendees(
  db: Db,
  tenantId: string,
  meetingId: string,
  filter: { mark: Mark | null; text: string | null },
  keyset: Keyset,
): Promise<Attendee[]> {
  let select = attendees(db, tenantId).where('a.meeting_id', '=', meetingId)
  if (filter.text !== null) select = select.where('a.name', 'like', containing(filter.text))
  if (filter.mark === 'present') select = select.where('c.member_id', 'is not', null).where('c.struck_at', 'is', null)
  if (filter.mark === 'expected')
    select = select
      .where('c.member_id', 'is', null)
      .where('a.answer', '<>', 'leave_approved')
      .where('a.part', '<>', 'left_out')
  if (filter.mark === 'on_leave') select = select.where('a.answer', '=', 'leave_approved')
  if (filter.mark === 'leave_asked') select = select.where('a.answer', '=', 'leave_asked')
  if (filter.mark === 'unread') select = select.where('a.read_at', 'is', null)
  if (filter.mark === 'submitted_later') select = select.where('c.submitted_later', '=', true)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'meetings_attendee', Attendee>,
    keyset,
    'a.member_id',
  ).execute()) as Attendee[]
}

/** Everyone who was called, for printing and for the hash of the record. */
export async function allAttendees(db: Db, tenantId: string, meetingId: string): Promise<Attendee[]> {
  return (await attendees(db, tenantId)
    .where('a.meeting_id', '=', meetingId)
    .orderBy('a.name')
    .orderBy('a.member_id')
    .execute()) as Attendee[]
}

export async function findAttendee(
  db: Db,
  tenantId: string,
  meetingId: string,
  who: { memberId: string } | { personId: string },
): Promise<Attendee | undefined> {
  const select = attendees(db, tenantId).where('a.meeting_id', '=', meetingId)
  const one =
    'memberId' in who ? select.where('a.member_id', '=', who.memberId) : select.where('a.person_id', '=', who.personId)
  return (await one.executeTakeFirst()) as Attendee | undefined
}

export type AnswerChange = {
  answer: Attendee['answer']
  answered_at?: Date
  leave_reason?: string | null
  leave_note?: string | null
  leave_decided_by?: string | null
}
/** Only while the answer is one of `from`: of two simultaneous answers the second finds nothing to change. */
export async function setAnswer(
  tx: Tx,
  tenantId: string,
  meetingId: string,
  memberId: string,
  from: readonly string[],
  change: AnswerChange,
): Promise<boolean> {
  const result = await tx
    .updateTable('meetings_attendee')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('member_id', '=', memberId)
    .where('answer', 'in', [...from])
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export async function setRead(
  tx: Tx,
  tenantId: string,
  meetingId: string,
  personId: string,
  at: Date,
): Promise<Date | null> {
  const row = await tx
    .updateTable('meetings_attendee')
    .set((eb) => ({ read_at: eb.fn.coalesce('read_at', eb.val(at)) }))
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('person_id', '=', personId)
    .returning('read_at')
    .executeTakeFirst()
  return row?.read_at ?? null
}

/** People by member id as name and id: chair and recorder before they are called. */
export async function namesOf(db: Db, tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('member_card as c')
    .select(['c.id', 'c.name'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id ?? '', row.name ?? '']))
}
