import type { VOTE_WAYS } from '@tongxin/contract'
import type { Voter } from '@tongxin/domain'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Way = (typeof VOTE_WAYS)[number]
export type RollRow = { memberId: string; personId: string | null; name: string; salt: string; way: Way | null }

const columns = ['r.member_id as memberId', 'r.person_id as personId', 'r.name', 'r.salt', 'r.way'] as const
const CHUNK = 1000

export type NewVoter = Voter & { readonly name: string; readonly salt: string }

export async function insertRoll(
  tx: Tx,
  at: { tenantId: string; voteId: string; orgPath: string },
  voters: readonly NewVoter[],
): Promise<void> {
  for (let from = 0; from < voters.length; from += CHUNK)
    await tx
      .insertInto('voting_roll')
      .values(
        voters.slice(from, from + CHUNK).map((voter) => ({
          tenant_id: at.tenantId,
          vote_id: at.voteId,
          org_path: at.orgPath,
          member_id: voter.memberId,
          person_id: voter.personId,
          name: voter.name,
          salt: voter.salt,
        })),
      )
      .execute()
}

export async function wholeRoll(db: Db, tenantId: string, voteId: string): Promise<RollRow[]> {
  return db
    .selectFrom('voting_roll as r')
    .select(columns)
    .where('r.tenant_id', '=', tenantId)
    .where('r.vote_id', '=', voteId)
    .orderBy('r.name')
    .orderBy('r.member_id')
    .execute() as Promise<RollRow[]>
}

/** The caller's own row: by it somebody is entitled, and by nothing else. */
export async function ownRow(
  db: Db,
  actor: Pick<Actor, 'tenantId' | 'personId'>,
  voteId: string,
): Promise<RollRow | undefined> {
  return db
    .selectFrom('voting_roll as r')
    .select(columns)
    .where('r.tenant_id', '=', actor.tenantId)
    .where('r.vote_id', '=', voteId)
    .where('r.person_id', '=', actor.personId)
    .executeTakeFirst() as Promise<RollRow | undefined>
}

export async function rollRows(
  db: Db,
  tenantId: string,
  voteId: string,
  memberIds: readonly string[],
): Promise<RollRow[]> {
  return db
    .selectFrom('voting_roll as r')
    .select(columns)
    .where('r.tenant_id', '=', tenantId)
    .where('r.vote_id', '=', voteId)
    .where(sql<boolean>`r.member_id = any(${[...memberIds]}::uuid[])`)
    .execute() as Promise<RollRow[]>
}

export type ListedVoter = RollRow & { drawnAt: Date | null }

export async function listRoll(
  db: Db,
  tenantId: string,
  voteId: string,
  filter: { way: Way | 'none' | null; text: string | null },
  keyset: Keyset,
): Promise<ListedVoter[]> {
  let select = db
    .selectFrom('voting_roll as r')
    .select([
      ...columns,
      sql<Date | null>`(select min(i.drawn_at) from voting_issue i where i.tenant_id = r.tenant_id
        and i.tenant_id = ${tenantId} and i.vote_id = r.vote_id and i.member_id = r.member_id)`.as('drawnAt'),
    ])
    .where('r.tenant_id', '=', tenantId)
    .where('r.vote_id', '=', voteId)
  if (filter.way === 'none') select = select.where('r.way', 'is', null)
  else if (filter.way) select = select.where('r.way', '=', filter.way)
  if (filter.text) select = select.where('r.name', 'like', containing(filter.text))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'voting_roll', ListedVoter>,
    keyset,
    'r.member_id',
  ).execute()) as ListedVoter[]
}

/** Takes a way for these members, once: who has another one already is left out of the answer. */
export async function takeWay(
  tx: Tx,
  at: { tenantId: string; voteId: string },
  memberIds: readonly string[],
  way: Way,
): Promise<string[]> {
  const { rows } = await sql<{ memberId: string }>`update voting_roll r set way = ${way}
    where r.tenant_id = ${at.tenantId} and r.vote_id = ${at.voteId} and r.member_id = any(${[...memberIds]}::uuid[])
      and (r.way is null or r.way = ${way}) returning r.member_id as "memberId"`.execute(tx)
  return rows.map(({ memberId }) => memberId)
}

/** How many took each way: how many drew, never how many cast. */
export async function countWays(
  db: Db,
  tenantId: string,
  voteIds: readonly string[],
): Promise<Map<string, Record<Way, number>>> {
  const { rows } = await sql<{ voteId: string; way: Way; people: number }>`select r.vote_id as "voteId", r.way,
      count(*)::int as people from voting_roll r
    where r.tenant_id = ${tenantId} and r.vote_id = any(${[...voteIds]}::uuid[]) and r.way is not null
    group by r.vote_id, r.way`.execute(db)
  const counts = new Map<string, Record<Way, number>>(
    voteIds.map((id) => [id, { electronic: 0, paper: 0, written: 0 }]),
  )
  for (const { voteId, way, people } of rows) (counts.get(voteId) as Record<Way, number>)[way] = people
  return counts
}

export type Card = { memberId: string; personId: string; name: string; category: string; status: string }
const cardColumns = ['c.id as memberId', 'c.person_id as personId', 'c.name', 'c.category', 'c.status'] as const

/** Members of the unit, or of everything below it, as far as the caller reaches. */
export async function membersOf(
  db: Db,
  actor: Pick<Actor, 'tenantId' | 'scope' | 'reach'>,
  unit: { id: string; path: string; subtree: boolean },
  categories: readonly string[],
): Promise<Card[]> {
  let select = db
    .selectFrom('member_card as c')
    .select(cardColumns)
    .where('c.tenant_id', '=', actor.tenantId)
    .where(inReach('c.org_path', actor))
    .where('c.category', 'in', [...categories])
  select = unit.subtree ? select.where(inScope('c.org_path', unit.path)) : select.where('c.org_id', '=', unit.id)
  return select.orderBy('c.name').orderBy('c.id').execute() as Promise<Card[]>
}

export async function cardsOf(db: Db, tenantId: string, memberIds: readonly string[]): Promise<Card[]> {
  return db
    .selectFrom('member_card as c')
    .select(cardColumns)
    .where('c.tenant_id', '=', tenantId)
    .where(sql<boolean>`c.id = any(${[...memberIds]}::uuid[])`)
    .execute() as Promise<Card[]>
}

export type OwnVote = { voteId: string; way: Way | null }

/** Votes on whose roll the person is, the newest first. */
export async function ownVotes(db: Db, actor: Pick<Actor, 'tenantId' | 'personId'>, most: number): Promise<OwnVote[]> {
  const { rows } = await sql<OwnVote>`select r.vote_id as "voteId", r.way from voting_roll r
    join voting_vote v on v.tenant_id = ${actor.tenantId} and v.id = r.vote_id
    where r.tenant_id = ${actor.tenantId} and r.person_id = ${actor.personId}
      and v.state not in ('prepared', 'keyed')
    order by (v.state in ('drawing', 'casting', 'drawing_closed', 'announced')) desc, v.created_at desc, v.id
    limit ${most}`.execute(db)
  return rows
}
