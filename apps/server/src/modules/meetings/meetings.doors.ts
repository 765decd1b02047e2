import type { VoteResult } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db } from '../../platform/ctx.ts'
import { inReach } from '../org/index.ts'
import { countWaiting } from './queries/proposals.queries.ts'

/** What reactors are given of this module through the ports of app.ts. */
export type CalledPerson = { readonly personId: string; readonly name: string; readonly memberId: string }
export type MeetingCard = {
  readonly id: string
  readonly title: string
  readonly startsAt: Date
  readonly place: string | null
  readonly orgId: string
  readonly orgPath: string
  readonly chairId: string | null
  readonly recorderId: string | null
  readonly cancelledReason: string | null
}

export async function meetingCard(db: Db, tenantId: string, id: string): Promise<MeetingCard | undefined> {
  return db
    .selectFrom('meetings_meeting')
    .select([
      'id',
      'title',
      'starts_at as startsAt',
      'place',
      'org_id as orgId',
      'org_path as orgPath',
      'chair_id as chairId',
      'recorder_id as recorderId',
      'cancelled_reason as cancelledReason',
    ])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Everyone who is called to the meeting and not left out, or only these members. */
export async function calledTo(
  db: Db,
  tenantId: string,
  meetingId: string,
  memberIds: readonly string[] | null = null,
): Promise<CalledPerson[]> {
  let select = db
    .selectFrom('meetings_attendee')
    .select(['person_id as personId', 'name', 'member_id as memberId'])
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('part', '<>', 'left_out')
  if (memberIds) select = select.where(sql<boolean>`member_id = any(${[...memberIds]}::uuid[])`)
  return select.orderBy('member_id').execute()
}

/** What waits for someone in this post: leave to decide, and records handed over for signature. */
export async function waitingFor(db: Db, actor: Actor): Promise<{ key: string; count: number; path: string }[]> {
  const leaves = await db
    .selectFrom('meetings_attendee as a')
    .innerJoin('meetings_meeting as m', (join) =>
      join.on('m.tenant_id', '=', actor.tenantId).onRef('m.id', '=', 'a.meeting_id'),
    )
    .select(sql<number>`count(*)::int`.as('n'))
    .where('a.tenant_id', '=', actor.tenantId)
    .where(inReach('a.org_path', actor))
    .where('a.answer', '=', 'leave_asked')
    .where('m.tenant_id', '=', actor.tenantId)
    .where('m.state', 'in', ['noticed', 'in_progress'])
    .executeTakeFirst()
  const records = await db
    .selectFrom('meetings_meeting as m')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('m.tenant_id', '=', actor.tenantId)
    .where(inReach('m.org_path', actor))
    .where('m.state', '=', 'awaiting_signatures')
    .executeTakeFirst()
  return [
    {
      key: 'leaves',
      count: actor.permissions.has('meetings.convene') ? (leaves?.n ?? 0) : 0,
      path: '/meetings?state=noticed',
    },
    {
      key: 'proposals',
      count: actor.permissions.has('meetings.convene') ? await countWaiting(db, actor) : 0,
      path: '/meetings/proposals?state=open',
    },
    {
      key: 'signatures',
      count: actor.permissions.has('meetings.sign') ? (records?.n ?? 0) : 0,
      path: '/meetings?state=awaiting_signatures',
    },
  ]
}

/** A recorded ballot on admission or conversion: one agenda item about one person (DEV-17). */
export type AdmissionBallot = {
  readonly meetingId: string
  readonly itemId: string
  readonly heldOn: string
  readonly meetingTitle: string
  readonly itemTitle: string
  readonly resolution: string | null
  readonly vote: VoteResult
}

const RECORDED = ['record_pending', 'awaiting_signatures', 'archived'] as const

/** Ballots on admission recorded in a unit of the caller's scope, newest first, at most 50; or one of them by its item. */
export async function admissionBallots(
  db: Db,
  actor: Pick<Actor, 'tenantId' | 'scope' | 'reach'>,
  which: { readonly orgId: string; readonly itemId?: string },
): Promise<AdmissionBallot[]> {
  let select = db
    .selectFrom('meetings_agenda as a')
    .innerJoin('meetings_meeting as m', (join) =>
      join.on('m.tenant_id', '=', actor.tenantId).onRef('m.id', '=', 'a.meeting_id'),
    )
    .select([
      'm.id as meetingId',
      'a.id as itemId',
      'm.held_on as heldOn',
      'm.title as meetingTitle',
      'a.title as itemTitle',
      'a.resolution',
      'a.vote',
    ])
    .where('a.tenant_id', '=', actor.tenantId)
    .where('m.tenant_id', '=', actor.tenantId)
    .where('m.org_id', '=', which.orgId)
    .where(inReach('m.org_path', actor))
    .where('m.state', 'in', RECORDED)
    .where('a.votes', '=', 'admission')
    .where('a.vote', 'is not', null)
  if (which.itemId !== undefined) select = select.where('a.id', '=', which.itemId)
  const rows = await select.orderBy('m.held_on', 'desc').orderBy('a.place_no').limit(50).execute()
  return rows as unknown as AdmissionBallot[]
}
