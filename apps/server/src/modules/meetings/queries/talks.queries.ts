import type { TalkRow } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../org/index.ts'

export type Talk = {
  id: string
  orgId: string
  orgPath: string
  orgName: string
  heldOn: string
  kind: TalkRow['kind']
  firstId: string
  firstPersonId: string
  firstName: string
  secondId: string
  secondPersonId: string
  secondName: string
  place: string | null
  hasContent: boolean
}

function talks(db: Db, tenantId: string) {
  return db
    .selectFrom('meetings_talk as t')
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 't.org_id'))
    .select([
      't.id',
      't.org_id as orgId',
      't.org_path as orgPath',
      sql<string>`coalesce(o.name, '')`.as('orgName'),
      't.held_on as heldOn',
      't.kind',
      't.first_id as firstId',
      't.first_person_id as firstPersonId',
      't.first_name as firstName',
      't.second_id as secondId',
      't.second_person_id as secondPersonId',
      't.second_name as secondName',
      't.place',
      sql<boolean>`t.content_sealed is not null`.as('hasContent'),
    ])
    .where('t.tenant_id', '=', tenantId)
}

const isOfTwo = (personId: string) =>
  sql<boolean>`(t.first_person_id = ${personId} or t.second_person_id = ${personId})`

type Paged = SelectQueryBuilder<DB, 'meetings_talk', Talk>
const page = async (select: unknown, keyset: Keyset): Promise<Talk[]> =>
  (await byKeyset(select as Paged, keyset, 't.id').execute()) as Talk[]

/** Who talked with whom is known to the two and the secretary of their branch. */
const isMeant = ({ personId }: Actor, secretaryAt: string | null) =>
  secretaryAt === null ? isOfTwo(personId) : sql<boolean>`(t.org_id = ${secretaryAt} or ${isOfTwo(personId)})`

export async function listTalks(
  db: Db,
  actor: Actor,
  secretaryAt: string | null,
  filter: { orgPath: string | null; year: number | null },
  keyset: Keyset,
): Promise<Talk[]> {
  let select = talks(db, actor.tenantId).where(inReach('t.org_path', actor)).where(isMeant(actor, secretaryAt))
  if (filter.orgPath !== null) select = select.where(inScope('t.org_path', filter.orgPath))
  if (filter.year !== null)
    select = select.where('t.held_on', '>=', `${filter.year}-01-01`).where('t.held_on', '<=', `${filter.year}-12-31`)
  return page(select, keyset)
}

export const listOwn = (db: Db, tenantId: string, personId: string, keyset: Keyset): Promise<Talk[]> =>
  page(talks(db, tenantId).where(isOfTwo(personId)), keyset)

/** The talk with its sealed words: of the reach, or one in which the person took part. */
export async function findTalk(
  db: Db,
  actor: Actor,
  id: string,
  whose: 'reach' | 'own',
): Promise<(Talk & { sealed: Buffer | null }) | undefined> {
  return (await talks(db, actor.tenantId)
    .select('t.content_sealed as sealed')
    .where('t.id', '=', id)
    .where(whose === 'own' ? isOfTwo(actor.personId) : inReach('t.org_path', actor))
    .executeTakeFirst()) as (Talk & { sealed: Buffer | null }) | undefined
}

type New = Omit<Talk, 'orgName' | 'hasContent'> & { sealed: Buffer | null; by: string; at: Date }
export async function insertTalk(tx: Tx, tenantId: string, talk: New): Promise<void> {
  await tx
    .insertInto('meetings_talk')
    .values({
      tenant_id: tenantId,
      id: talk.id,
      org_id: talk.orgId,
      org_path: talk.orgPath,
      kind: talk.kind,
      held_on: talk.heldOn,
      first_id: talk.firstId,
      first_person_id: talk.firstPersonId,
      first_name: talk.firstName,
      second_id: talk.secondId,
      second_person_id: talk.secondPersonId,
      second_name: talk.secondName,
      place: talk.place,
      content_sealed: talk.sealed,
      noted_by: talk.by,
      created_at: talk.at,
    })
    .execute()
}

export type Pair = { firstId: string; secondId: string; talks: number; lastOn: string }
/** Who talked with whom in a branch in the year, each pair once. */
export async function pairsOf(db: Db, tenantId: string, orgId: string, year: number): Promise<Pair[]> {
  const { rows } = await sql<Pair>`
    select least(first_id, second_id) as "firstId", greatest(first_id, second_id) as "secondId",
      count(*)::int as talks, max(held_on) as "lastOn"
    from meetings_talk where tenant_id = ${tenantId} and org_id = ${orgId}
      and held_on >= ${`${year}-01-01`} and held_on <= ${`${year}-12-31`}
    group by 1, 2 order by 1, 2`.execute(db)
  return rows
}

export type BranchMember = { memberId: string; personId: string; name: string }
/** Living members of one branch by name, as far as row security lets the caller see them. */
export async function membersOfBranch(db: Db, tenantId: string, orgId: string, limit: number): Promise<BranchMember[]> {
  return db
    .selectFrom('member_card as c')
    .select(['c.id as memberId', 'c.person_id as personId', 'c.name'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.org_id', '=', orgId)
    .where('c.category', 'in', ['formal', 'probationary'])
    .where('c.status', 'in', ['normal', 'restored', 'suspended', 'retained'])
    .orderBy('c.name')
    .orderBy('c.id')
    .limit(limit)
    .execute() as Promise<BranchMember[]>
}

export async function membersAmong(
  db: Db,
  tenantId: string,
  orgId: string,
  ids: readonly string[],
): Promise<BranchMember[]> {
  return db
    .selectFrom('member_card as c')
    .select(['c.id as memberId', 'c.person_id as personId', 'c.name'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.org_id', '=', orgId)
    .where('c.id', 'in', [...ids])
    .execute() as Promise<BranchMember[]>
}
