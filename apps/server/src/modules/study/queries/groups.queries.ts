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
  toConfirm: number
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
      sql<number>`(select count(*)::int from study_session s where s.tenant_id = ${tenantId} and s.group_id = g.id
        and s.state = 'held' and s.confirmed_at is null)`.as('toConfirm'),
      sql<
        string | null
      >`(select min(s.on_date) from study_session s where s.tenant_id = ${tenantId} and s.group_id = g.id
        and s.state = 'planned')`.as('nextOn'),
    ])
    .where('g.tenant_id', '=', tenantId)

export type GroupFilter = PlaceFilter & {
  readonly state: 'active' | 'ended' | null
  readonly text: string | null
  /** Only groups with minutes that wait for the second hand. */
  readonly isUnconfirmed: boolean
}
export async function listGroups(db: Db, actor: Actor, filter: GroupFilter, keyset: Keyset): Promise<Group[]> {
  let select = groups(db, actor.tenantId).where(inReach('g.org_path', actor))
  if (filter.path !== null) select = select.where(inPlace('g.org_path', filter.path, filter.isBelow))
  if (filter.state) select = select.where('g.state', '=', filter.state)
  if (filter.text) select = select.where('g.name', 'like', containing(filter.text))
  if (filter.isUnconfirmed)
    select = select.where(sql<boolean>`exists (select from study_session s where s.tenant_id = ${actor.tenantId}
      and s.group_id = g.id and s.state = 'held' and s.confirmed_at is null)`)
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

export type NewGroup = Omit<Group, 'state' | 'planned' | 'held' | 'toConfirm' | 'nextOn' | 'createdAt'>
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

/** Ids of the groups in which a person sits. */
export async function groupsSeating(db: Db, tenantId: string, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('study_seat')
    .select('group_id as groupId')
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .limit(200)
    .execute()
  return rows.map(({ groupId }) => groupId)
}

export type GroupFacts = {
  readonly id: string
  readonly name: string
  readonly unitId: string
  readonly orgPath: string
  readonly unitName: string
  readonly isActive: boolean
}
const facts = (db: Db, tenantId: string) =>
  db
    .selectFrom('study_group as g')
    .select(['g.id', 'g.name', 'g.unit_id as unitId', 'g.org_path as orgPath', 'g.unit_name as unitName'])
    .select(sql<boolean>`g.state = 'active'`.as('isActive'))
    .where('g.tenant_id', '=', tenantId)
export const groupFacts = (db: Db, tenantId: string, id: string): Promise<GroupFacts | undefined> =>
  facts(db, tenantId).where('g.id', '=', id).executeTakeFirst()
export const groupsAfter = (db: Db, tenantId: string, id: string, most: number): Promise<GroupFacts[]> =>
  facts(db, tenantId).where('g.id', '>', id).orderBy('g.id').limit(most).execute()
