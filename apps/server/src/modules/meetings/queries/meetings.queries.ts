import type { Invites, MeetingKindName, MeetingState } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { containing } from '../../../platform/sql.ts'
import { inReach, inScope } from '../../org/index.ts'

export type Meeting = {
  id: string
  orgId: string
  orgPath: string
  state: MeetingState
  title: string
  session: string | null
  kinds: MeetingKindName[]
  startsAt: Date
  endsAt: Date
  heldOn: string
  place: string | null
  onlineUrl: string | null
  chairId: string | null
  recorderId: string | null
  invites: Invites
  opensBefore: number
  closesAfter: number
  leaveBefore: number
  superiorConsent: boolean
  meetingApproval: boolean
  minutes: { discussion?: { speaker: string; words: string }[] }
  recordVersion: number
  recordHash: Buffer | null
  convenedAt: Date | null
  closedAt: Date | null
  archivedAt: Date | null
  cancelledReason: string | null
  currentItem: string | null
  version: number
}

/** All of `Meeting`, from a table called `m`. */
export const columns = [
  'm.id',
  'm.org_id as orgId',
  'm.org_path as orgPath',
  'm.state',
  'm.title',
  'm.session',
  'm.kinds',
  'm.starts_at as startsAt',
  'm.ends_at as endsAt',
  'm.held_on as heldOn',
  'm.place',
  'm.online_url as onlineUrl',
  'm.chair_id as chairId',
  'm.recorder_id as recorderId',
  'm.invites',
  'm.opens_before as opensBefore',
  'm.closes_after as closesAfter',
  'm.leave_before as leaveBefore',
  'm.superior_consent as superiorConsent',
  'm.meeting_approval as meetingApproval',
  'm.minutes',
  'm.record_version as recordVersion',
  'm.record_hash as recordHash',
  'm.convened_at as convenedAt',
  'm.closed_at as closedAt',
  'm.archived_at as archivedAt',
  'm.cancelled_reason as cancelledReason',
  'm.current_item as currentItem',
  'm.version',
] as const

/** A meeting inside the caller's scope. A member's own reach holds no meetings of the branch: those go by invitation. */
export async function findMeeting(db: Db, actor: Actor, id: string): Promise<Meeting | undefined> {
  const row = await db
    .selectFrom('meetings_meeting as m')
    .select(columns)
    .where('m.tenant_id', '=', actor.tenantId)
    .where('m.id', '=', id)
    .where(inReach('m.org_path', actor))
    .executeTakeFirst()
  return row as Meeting | undefined
}

export async function lockMeeting(tx: Tx, actor: Actor, id: string): Promise<Meeting | undefined> {
  const row = await tx
    .selectFrom('meetings_meeting as m')
    .select(columns)
    .where('m.tenant_id', '=', actor.tenantId)
    .where('m.id', '=', id)
    .where(inReach('m.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return row as Meeting | undefined
}

/** Where meetings lie, for what their organisations have set; of meetings that nobody may see without being called. */
export async function pathsOfMeetings(
  db: Db,
  tenantId: string,
  ids: readonly string[],
): Promise<{ id: string; orgPath: string }[]> {
  return db
    .selectFrom('meetings_meeting')
    .select(['id', 'org_path as orgPath'])
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', [...ids])
    .execute()
}

/** A meeting the person is called to, wherever it is held. */
export async function findCalledMeeting(
  db: Db,
  tenantId: string,
  personId: string,
  id: string,
): Promise<Meeting | undefined> {
  const row = await db
    .selectFrom('meetings_meeting as m')
    .innerJoin('meetings_attendee as a', (join) =>
      join.onRef('a.tenant_id', '=', 'm.tenant_id').onRef('a.meeting_id', '=', 'm.id'),
    )
    .select(columns)
    .where('m.tenant_id', '=', tenantId)
    .where('a.tenant_id', '=', tenantId)
    .where('m.id', '=', id)
    .where('a.person_id', '=', personId)
    .executeTakeFirst()
  return row as Meeting | undefined
}

export type ListFilter = {
  orgPath: string | null
  below: boolean
  kind: string | null
  state: string | null
  heldFrom: string | null
  heldTo: string | null
  text: string | null
  unfiled: boolean
  today: string
}
export type ListedMeeting = {
  id: string
  orgId: string
  orgName: string
  state: MeetingState
  title: string
  kinds: MeetingKindName[]
  startsAt: Date
  endsAt: Date
  heldOn: string
  place: string | null
  version: number
  voters: number
  nonvoters: number
  observers: number
  leftOut: number
  present: number
  presentVoters: number
}

const UNFILED: MeetingState[] = ['noticed', 'in_progress', 'record_pending', 'awaiting_signatures']

/** Rows of lists, with the name of the organisation and the counts. Every condition is added by the caller. */
export function listed(db: Db, actor: Pick<Actor, 'tenantId' | 'scope' | 'reach'>) {
  return db
    .selectFrom('meetings_meeting as m')
    .leftJoin('meetings_count as n', (join) =>
      join.on('n.tenant_id', '=', actor.tenantId).onRef('n.meeting_id', '=', 'm.id'),
    )
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'm.org_id'))
    .select([
      'm.id',
      'm.org_id as orgId',
      'm.state',
      'm.title',
      'm.kinds',
      'm.starts_at as startsAt',
      'm.ends_at as endsAt',
      'm.held_on as heldOn',
      'm.place',
      'm.version',
      sql<string>`coalesce(o.name, '')`.as('orgName'),
      sql<number>`coalesce(n.voters, 0)`.as('voters'),
      sql<number>`coalesce(n.nonvoters, 0)`.as('nonvoters'),
      sql<number>`coalesce(n.observers, 0)`.as('observers'),
      sql<number>`coalesce(n.left_out, 0)`.as('leftOut'),
      sql<number>`coalesce(n.present, 0)`.as('present'),
      sql<number>`coalesce(n.present_voters, 0)`.as('presentVoters'),
    ])
    .where('m.tenant_id', '=', actor.tenantId)
    .where(inReach('m.org_path', actor))
}

export async function listMeetings(db: Db, actor: Actor, filter: ListFilter, keyset: Keyset): Promise<ListedMeeting[]> {
  let select = listed(db, actor)
  if (filter.orgPath !== null)
    select = filter.below
      ? select.where(inScope('m.org_path', filter.orgPath))
      : select.where('m.org_path', '=', filter.orgPath)
  if (filter.kind !== null) select = select.where(sql<boolean>`${filter.kind} = any(m.kinds)`)
  if (filter.state !== null) select = select.where('m.state', '=', filter.state)
  if (filter.heldFrom !== null) select = select.where('m.held_on', '>=', filter.heldFrom)
  if (filter.heldTo !== null) select = select.where('m.held_on', '<=', filter.heldTo)
  if (filter.text !== null) select = select.where('m.title', 'ilike', containing(filter.text))
  if (filter.unfiled) select = select.where('m.state', 'in', UNFILED).where('m.held_on', '<', filter.today)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'meetings_meeting', ListedMeeting>,
    keyset,
    'm.id',
  ).execute()) as ListedMeeting[]
}

/** Meetings of a span that meet a condition, at most 50: for the workbench. */
export async function listForWorkbench(
  db: Db,
  actor: Actor,
  which: 'unfiled' | 'month',
  from: string,
  until: string,
): Promise<ListedMeeting[]> {
  let select = listed(db, actor).where('m.held_on', '>=', from).where('m.held_on', '<=', until)
  if (which === 'unfiled') select = select.where('m.state', 'in', UNFILED)
  else select = select.where('m.state', '<>', 'cancelled')
  return (await select.orderBy('m.starts_at').orderBy('m.id').limit(50).execute()) as ListedMeeting[]
}

export type NewMeeting = Omit<
  Meeting,
  | 'minutes'
  | 'recordVersion'
  | 'recordHash'
  | 'convenedAt'
  | 'closedAt'
  | 'archivedAt'
  | 'cancelledReason'
  | 'currentItem'
  | 'version'
  | 'state'
>
const valuesOf = (meeting: NewMeeting) => ({
  org_id: meeting.orgId,
  org_path: meeting.orgPath,
  title: meeting.title,
  session: meeting.session,
  kinds: meeting.kinds,
  starts_at: meeting.startsAt,
  ends_at: meeting.endsAt,
  held_on: meeting.heldOn,
  place: meeting.place,
  online_url: meeting.onlineUrl,
  chair_id: meeting.chairId,
  recorder_id: meeting.recorderId,
  invites: JSON.stringify(meeting.invites),
  opens_before: meeting.opensBefore,
  closes_after: meeting.closesAfter,
  leave_before: meeting.leaveBefore,
  superior_consent: meeting.superiorConsent,
  meeting_approval: meeting.meetingApproval,
})

export async function insertMeeting(
  tx: Tx,
  tenantId: string,
  meeting: NewMeeting,
  by: string,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('meetings_meeting')
    .values({
      tenant_id: tenantId,
      id: meeting.id,
      state: 'planned',
      made_by: by,
      created_at: at,
      updated_at: at,
      ...valuesOf(meeting),
    })
    .execute()
  await tx
    .insertInto('meetings_count')
    .values({ tenant_id: tenantId, meeting_id: meeting.id, org_path: meeting.orgPath })
    .execute()
}

export async function setMeeting(tx: Tx, tenantId: string, meeting: NewMeeting, at: Date): Promise<void> {
  await tx
    .updateTable('meetings_meeting')
    .set((eb) => ({ ...valuesOf(meeting), updated_at: at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', meeting.id)
    .execute()
}

export type StateChange = {
  state: MeetingState
  convened_at?: Date
  opened_at?: Date
  closed_at?: Date
  archived_at?: Date
  cancelled_reason?: string
  record_hash?: Buffer | null
}
export async function setState(tx: Tx, tenantId: string, id: string, change: StateChange, at: Date): Promise<void> {
  await tx
    .updateTable('meetings_meeting')
    .set((eb) => ({ ...change, updated_at: at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
