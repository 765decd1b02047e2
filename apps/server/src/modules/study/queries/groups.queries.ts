import type { StudyFile } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import { inPlace, type Own, type PlaceFilter, paged } from './paged.ts'

export type Group = {
  id: string
  unitId: string
  orgPath: string
  unitName: string
  name: string
  theme: string
  leaderId: string
  leaderPersonId: string
  leader: string
  members: number
  state: 'active' | 'ended'
  planned: number
  held: number
  nextOn: string | null
  createdAt: Date
}

const groups = (db: Db, tenantId: string) =>
  db
    .selectFrom('study_group as g')
    .select([
      'g.id',
      'g.unit_id as unitId',
      'g.org_path as orgPath',
      'g.unit_name as unitName',
      'g.name',
      'g.theme',
      'g.leader_id as leaderId',
      'g.leader_person_id as leaderPersonId',
      'g.leader',
      'g.members',
      'g.state',
      'g.created_at as createdAt',
      sql<number>`(select count(*)::int from study_session s where s.tenant_id = ${tenantId} and s.group_id = g.id
        and s.state = 'planned')`.as('planned'),
      sql<number>`(select count(*)::int from study_session s where s.tenant_id = ${tenantId} and s.group_id = g.id
        and s.state = 'held')`.as('held'),
      sql<
        string | null
      >`(select min(s.on_date) from study_session s where s.tenant_id = ${tenantId} and s.group_id = g.id
        and s.state = 'planned')`.as('nextOn'),
    ])
    .where('g.tenant_id', '=', tenantId)

export type GroupFilter = PlaceFilter & {
  readonly state: 'active' | 'ended' | null
  readonly text: string | null
}
export async function listGroups(db: Db, actor: Actor, filter: GroupFilter, keyset: Keyset): Promise<Group[]> {
  let select = groups(db, actor.tenantId).where(inReach('g.org_path', actor))
  if (filter.path !== null) select = select.where(inPlace('g.org_path', filter.path, filter.isBelow))
  if (filter.state) select = select.where('g.state', '=', filter.state)
  if (filter.text) select = select.where('g.name', 'like', containing(filter.text))
  return paged<Group>(select, keyset, 'g.id')
}
export async function findGroup(db: Db, actor: Actor, id: string): Promise<Group | undefined> {
  const select = groups(db, actor.tenantId).where('g.id', '=', id).where(inReach('g.org_path', actor))
  return (await select.executeTakeFirst()) as Group | undefined
}
export async function lockGroup(tx: Tx, actor: Actor, id: string): Promise<Group | undefined> {
  const select = groups(tx, actor.tenantId).where('g.id', '=', id).where(inReach('g.org_path', actor))
  return (await select.forUpdate('g').executeTakeFirst()) as Group | undefined
}

const ownGroups = (db: Db, { tenantId, personId }: Own) =>
  groups(db, tenantId).where(
    sql<boolean>`exists (select from study_seat p where p.tenant_id = ${tenantId} and p.group_id = g.id
      and p.person_id = ${personId})`,
  )
export async function listOwnGroups(db: Db, own: Own): Promise<Group[]> {
  const select = ownGroups(db, own).orderBy('g.state').orderBy('g.created_at', 'desc').limit(50)
  return (await select.execute()) as Group[]
}
export async function findOwnGroup(db: Db, own: Own, id: string): Promise<Group | undefined> {
  return (await ownGroups(db, own).where('g.id', '=', id).executeTakeFirst()) as Group | undefined
}

export type NewGroup = Omit<Group, 'state' | 'planned' | 'held' | 'nextOn' | 'createdAt'>
export async function insertGroup(tx: Tx, tenantId: string, group: NewGroup, at: Date): Promise<void> {
  await tx
    .insertInto('study_group')
    .values({
      tenant_id: tenantId,
      id: group.id,
      unit_id: group.unitId,
      org_path: group.orgPath,
      unit_name: group.unitName,
      name: group.name,
      theme: group.theme,
      leader_id: group.leaderId,
      leader_person_id: group.leaderPersonId,
      leader: group.leader,
      members: group.members,
      created_at: at,
      updated_at: at,
    })
    .execute()
}
export type GroupChange = {
  name?: string
  theme?: string
  leader_id?: string
  leader_person_id?: string
  leader?: string
  members?: number
  state?: 'active' | 'ended'
  reason?: string
}
export async function setGroup(tx: Tx, tenantId: string, id: string, change: GroupChange, at: Date): Promise<void> {
  await tx
    .updateTable('study_group')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export type Seat = { memberId: string; personId: string; name: string }
export const seatsOf = (db: Db, tenantId: string, groupId: string): Promise<Seat[]> =>
  db
    .selectFrom('study_seat')
    .select(['member_id as memberId', 'person_id as personId', 'name'])
    .where('tenant_id', '=', tenantId)
    .where('group_id', '=', groupId)
    .orderBy('name')
    .execute()

export async function setSeats(
  tx: Tx,
  tenantId: string,
  group: { readonly id: string; readonly orgPath: string },
  seats: readonly Seat[],
): Promise<void> {
  await tx.deleteFrom('study_seat').where('tenant_id', '=', tenantId).where('group_id', '=', group.id).execute()
  await tx
    .insertInto('study_seat')
    .values(
      seats.map(({ memberId, personId, name }) => ({
        tenant_id: tenantId,
        group_id: group.id,
        member_id: memberId,
        person_id: personId,
        org_path: group.orgPath,
        name,
      })),
    )
    .execute()
}

export type Session = {
  id: string
  groupId: string
  orgPath: string
  onDate: string
  topic: string
  place: string
  state: 'planned' | 'held' | 'cancelled'
  reason: string | null
  minutes: string | null
  present: string[] | null
  files: StudyFile[]
  writtenBy: string | null
}
const sessions = (db: Db, tenantId: string) =>
  db
    .selectFrom('study_session as s')
    .select([
      's.id',
      's.group_id as groupId',
      's.org_path as orgPath',
      's.on_date as onDate',
      's.topic',
      's.place',
      's.state',
      's.reason',
      's.minutes',
      's.present',
      's.files',
      's.written_by as writtenBy',
    ])
    .where('s.tenant_id', '=', tenantId)

export async function sessionsOf(db: Db, tenantId: string, groupId: string): Promise<Session[]> {
  const select = sessions(db, tenantId).where('s.group_id', '=', groupId).orderBy('s.on_date', 'desc').orderBy('s.id')
  return (await select.limit(200).execute()) as unknown as Session[]
}
export async function lockSession(tx: Tx, tenantId: string, id: string): Promise<Session | undefined> {
  const select = sessions(tx, tenantId).where('s.id', '=', id).forUpdate('s')
  return (await select.executeTakeFirst()) as unknown as Session | undefined
}
export type SessionFacts = { readonly onDate: string; readonly topic: string; readonly place: string }
export async function insertSession(
  tx: Tx,
  tenantId: string,
  session: SessionFacts & { readonly id: string; readonly groupId: string; readonly orgPath: string },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('study_session')
    .values({
      tenant_id: tenantId,
      id: session.id,
      group_id: session.groupId,
      org_path: session.orgPath,
      on_date: session.onDate,
      topic: session.topic,
      place: session.place,
      files: '[]',
      updated_at: at,
    })
    .execute()
}
export type SessionChange = {
  on_date?: string
  topic?: string
  place?: string
  state?: 'held' | 'cancelled'
  reason?: string
  minutes?: string
  present?: string[]
  files?: string
  written_by?: string
}
export async function setSession(tx: Tx, tenantId: string, id: string, change: SessionChange, at: Date): Promise<void> {
  await tx
    .updateTable('study_session')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** For files: whether a group of the person has the file in its minutes. */
export async function isFileOfGroups(db: Db, { tenantId, personId }: Own, fileId: string): Promise<boolean> {
  const row = await db
    .selectFrom('study_session as s')
    .innerJoin('study_seat as p', (join) =>
      join.on('p.tenant_id', '=', tenantId).onRef('p.group_id', '=', 's.group_id'),
    )
    .select('s.id')
    .where('s.tenant_id', '=', tenantId)
    .where('p.person_id', '=', personId)
    .where(sql<boolean>`s.files @> ${JSON.stringify([{ id: fileId }])}::jsonb`)
    .executeTakeFirst()
  return row !== undefined
}

export type Feedback = {
  id: string
  sessionId: string
  fromPersonId: string
  from: string
  to: string
  body: string
  at: Date
}
/** What the person said and was told; of others row security shows nothing anyway. */
export const feedbackOf = (db: Db, { tenantId, personId }: Own, groupId: string): Promise<Feedback[]> =>
  db
    .selectFrom('study_feedback')
    .select([
      'id',
      'session_id as sessionId',
      'from_person_id as fromPersonId',
      'from_name as from',
      'to_name as to',
      'body',
      'at',
    ])
    .where('tenant_id', '=', tenantId)
    .where('group_id', '=', groupId)
    .where((eb) => eb.or([eb('from_person_id', '=', personId), eb('to_person_id', '=', personId)]))
    .orderBy('at', 'desc')
    .limit(200)
    .execute()

export async function insertFeedback(
  tx: Tx,
  own: Own & { readonly name: string },
  said: { id: string; groupId: string; sessionId: string; to: Seat; body: string },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('study_feedback')
    .values({
      tenant_id: own.tenantId,
      id: said.id,
      group_id: said.groupId,
      session_id: said.sessionId,
      from_person_id: own.personId,
      to_person_id: said.to.personId,
      from_name: own.name,
      to_name: said.to.name,
      body: said.body,
      at,
    })
    .execute()
}
