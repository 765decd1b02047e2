import type { JointRow } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../org/index.ts'
import { BRANCH_KINDS } from './figures.queries.ts'

export type Joint = {
  id: string
  meetingId: string
  title: string
  startsAt: Date
  place: string | null
  hostName: string
  hostPath: string
  orgId: string
  orgPath: string
  orgName: string
  state: JointRow['state']
  answer: string | null
}
const columns = [
  'j.id',
  'j.meeting_id as meetingId',
  'j.title',
  'j.starts_at as startsAt',
  'j.place',
  'j.host_name as hostName',
  'j.host_path as hostPath',
  'j.org_id as orgId',
  'j.org_path as orgPath',
  'j.org_name as orgName',
  'j.state',
  'j.answer',
] as const

export async function jointOf(db: Db, tenantId: string, meetingId: string): Promise<Joint[]> {
  return (await db
    .selectFrom('meetings_joint as j')
    .select(columns)
    .where('j.tenant_id', '=', tenantId)
    .where('j.meeting_id', '=', meetingId)
    .orderBy('j.created_at')
    .orderBy('j.id')
    .execute()) as Joint[]
}

export async function listAsked(db: Db, actor: Actor, state: string | null, keyset: Keyset): Promise<Joint[]> {
  let select = db
    .selectFrom('meetings_joint as j')
    .select(columns)
    .where('j.tenant_id', '=', actor.tenantId)
    .where(inReach('j.org_path', actor))
  if (state !== null) select = select.where('j.state', '=', state)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'meetings_joint', Joint>,
    keyset,
    'j.id',
  ).execute()) as Joint[]
}

export async function lockJoint(tx: Tx, actor: Actor, id: string): Promise<Joint | undefined> {
  return (await tx
    .selectFrom('meetings_joint as j')
    .select(columns)
    .where('j.tenant_id', '=', actor.tenantId)
    .where('j.id', '=', id)
    .where(inReach('j.org_path', actor))
    .forUpdate()
    .executeTakeFirst()) as Joint | undefined
}

/** A living branch by its exact name, wherever in the tenant; several of one name are none. */
export async function branchByName(
  db: Db,
  tenantId: string,
  name: string,
): Promise<{ id: string; path: string; name: string } | undefined> {
  const rows = (await db
    .selectFrom('org_path')
    .select(['id', 'path', 'name'])
    .where('tenant_id', '=', tenantId)
    .where((eb) => eb.or([eb('name', '=', name), eb('short_name', '=', name)]))
    .where('kind', 'in', [...BRANCH_KINDS])
    .where('dissolved_on', 'is', null)
    .limit(2)
    .execute()) as { id: string; path: string; name: string }[]
  return rows.length === 1 ? rows[0] : undefined
}

type New = Omit<Joint, 'state' | 'answer'> & { at: Date }
/** False when the branch is asked already. */
export async function insertJoint(tx: Tx, tenantId: string, one: New): Promise<boolean> {
  const row = await tx
    .insertInto('meetings_joint')
    .values({
      tenant_id: tenantId,
      id: one.id,
      meeting_id: one.meetingId,
      host_path: one.hostPath,
      host_name: one.hostName,
      org_id: one.orgId,
      org_path: one.orgPath,
      org_name: one.orgName,
      title: one.title,
      starts_at: one.startsAt,
      place: one.place,
      created_at: one.at,
    })
    .onConflict((c) => c.columns(['tenant_id', 'meeting_id', 'org_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function setAnswered(
  tx: Tx,
  tenantId: string,
  id: string,
  change: { state: 'accepted' | 'declined'; answer: string | null; answered_by: string; answered_at: Date },
): Promise<void> {
  await tx.updateTable('meetings_joint').set(change).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

/** When the meeting is moved, those who are asked see the new time and place. */
export async function setJointFacts(
  tx: Tx,
  tenantId: string,
  meeting: { id: string; title: string; startsAt: Date; place: string | null },
): Promise<void> {
  await tx
    .updateTable('meetings_joint')
    .set({ title: meeting.title, starts_at: meeting.startsAt, place: meeting.place })
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meeting.id)
    .execute()
}

export type SecondHome = {
  id: string
  memberId: string
  personId: string
  homeId: string
  name: string
  memberNo: string
  category: string
  orgId: string
  orgPath: string
  sinceOn: string
  endedOn: string | null
}
const homeColumns = [
  'h.id',
  'h.member_id as memberId',
  'h.person_id as personId',
  'h.home_id as homeId',
  'h.name',
  'h.member_no as memberNo',
  'h.category',
  'h.org_id as orgId',
  'h.org_path as orgPath',
  'h.since_on as sinceOn',
  'h.ended_on as endedOn',
] as const

export type CountedHome = SecondHome & { orgName: string; called: number; present: number }
export async function listHomes(
  db: Db,
  actor: Actor,
  filter: { orgPath: string | null; from: string; until: string },
  keyset: Keyset,
): Promise<CountedHome[]> {
  const meetings = (counted: 'a.member_id' | 'c.member_id') => sql<number>`(
    select count(${sql.ref(counted)})::int
    from meetings_attendee a join meetings_meeting m on m.tenant_id = ${actor.tenantId} and m.id = a.meeting_id
    left join meetings_check_in c on c.tenant_id = ${actor.tenantId} and c.meeting_id = a.meeting_id
      and c.member_id = a.member_id and c.struck_at is null
    where a.tenant_id = ${actor.tenantId} and a.member_id = h.member_id and m.org_id = h.org_id
      and m.held_on >= ${filter.from} and m.held_on <= ${filter.until}
      and m.state in ('record_pending', 'awaiting_signatures', 'archived'))`
  let select = db
    .selectFrom('meetings_second_home as h')
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'h.org_id'))
    .select(homeColumns)
    .select([
      sql<string>`coalesce(o.name, '')`.as('orgName'),
      meetings('a.member_id').as('called'),
      meetings('c.member_id').as('present'),
    ])
    .where('h.tenant_id', '=', actor.tenantId)
    .where(inReach('h.org_path', actor))
  if (filter.orgPath !== null) select = select.where(inScope('h.org_path', filter.orgPath))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'meetings_second_home', CountedHome>,
    keyset,
    'h.id',
  ).execute()) as CountedHome[]
}

/** Who takes part in the life of this branch beside the own, on a day. */
export async function secondHomesOf(db: Db, tenantId: string, orgId: string, on: string): Promise<SecondHome[]> {
  return db
    .selectFrom('meetings_second_home as h')
    .select(homeColumns)
    .where('h.tenant_id', '=', tenantId)
    .where('h.org_id', '=', orgId)
    .where('h.since_on', '<=', on)
    .where((eb) => eb.or([eb('h.ended_on', 'is', null), eb('h.ended_on', '>', on)]))
    .execute()
}

/** False when the member attends there already. */
export async function insertHome(
  tx: Tx,
  tenantId: string,
  home: Omit<SecondHome, 'endedOn'> & { at: Date },
): Promise<boolean> {
  const row = await tx
    .insertInto('meetings_second_home')
    .values({
      tenant_id: tenantId,
      id: home.id,
      member_id: home.memberId,
      person_id: home.personId,
      home_id: home.homeId,
      name: home.name,
      member_no: home.memberNo,
      category: home.category,
      org_id: home.orgId,
      org_path: home.orgPath,
      since_on: home.sinceOn,
      created_at: home.at,
    })
    .onConflict((c) => c.columns(['tenant_id', 'member_id', 'org_id']).where('ended_on', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function lockHome(tx: Tx, actor: Actor, id: string): Promise<SecondHome | undefined> {
  return tx
    .selectFrom('meetings_second_home as h')
    .select(homeColumns)
    .where('h.tenant_id', '=', actor.tenantId)
    .where('h.id', '=', id)
    .where(inReach('h.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
}

export async function endHome(tx: Tx, tenantId: string, id: string, on: string, reason: string): Promise<void> {
  await tx
    .updateTable('meetings_second_home')
    .set({ ended_on: on, ended_reason: reason })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
