import { STANDINGS } from '@tongxin/domain/members/fields'
import { COMPLETE_FROM, type ScorePart } from '@tongxin/domain/members/score'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, pathsOfUnits } from '../../org/index.ts'
import { atPlace, type Place } from './place.ts'

/** Standings of people who are gone: their records are history, which nobody has to keep fresh. */
const GONE = new Set(['struck_off', 'expelled', 'left', 'deceased', 'transferred'])
const CURRENT = STANDINGS.filter((standing) => !GONE.has(standing))

export type Branch = { orgId: string; orgPath: string }
export type BranchCounts = Branch & {
  people: number
  completeSum: number
  incomplete: number
  doubtful: number
  stale: number
  wrong: number
}
export type Since = { readonly staleBefore: Date; readonly wrongSince: Date }

/** Branches with people: all, or those of some units. */
export async function branchesOf(db: Db, tenantId: string, orgIds: readonly string[] | null): Promise<Branch[]> {
  let select = db
    .selectFrom('members_member as m')
    .select(['m.org_id as orgId', 'm.org_path as orgPath'])
    .distinct()
    .where('m.tenant_id', '=', tenantId)
    .where('m.deleted_at', 'is', null)
    .where('m.status', 'in', CURRENT)
  if (orgIds !== null) {
    // By the paths of the units, which an index holds, not by their ids.
    const paths = [...(await pathsOfUnits(db, tenantId, orgIds)).values()]
    select = select.where(sql<boolean>`m.org_path = any(${paths}::text[])`)
  }
  return select.execute()
}

/** Where these records are, the deleted ones too. */
export async function orgsOfMembers(db: Db, tenantId: string, memberIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('members_member as m')
    .select('m.org_id as orgId')
    .distinct()
    .where('m.tenant_id', '=', tenantId)
    .where('m.id', 'in', [...memberIds])
    .execute()
  return rows.map((row) => row.orgId)
}

/** What the records of these branches say. An error counts while it is open, and for a year when there was one. */
export async function countsOf(
  db: Db,
  tenantId: string,
  branches: readonly Branch[],
  since: Since,
): Promise<BranchCounts[]> {
  const paths = branches.map(({ orgPath }) => orgPath)
  const { rows } = await sql<BranchCounts>`select m.org_id as "orgId", m.org_path as "orgPath", count(*)::int as people,
      sum(m.completeness)::int as "completeSum",
      (count(*) filter (where m.completeness < ${COMPLETE_FROM}))::int as incomplete,
      (count(*) filter (where exists (select from members_finding f where f.tenant_id = ${tenantId}::uuid
        and f.subject_id = m.id and f.subject_kind = 'member' and f.state = 'open')))::int as doubtful,
      (count(*) filter (where m.updated_at < ${since.staleBefore}))::int as stale,
      (count(*) filter (where exists (select from members_error e where e.tenant_id = ${tenantId}::uuid and e.member_id = m.id
        and (e.state <> 'closed' or (e.outcome = 'mended' and e.found_at >= ${since.wrongSince})))))::int as wrong
    from members_member m
    where m.tenant_id = ${tenantId}::uuid and m.org_path = any(${paths}::text[]) and m.deleted_at is null
      and m.status = any(${CURRENT}::text[])
    group by m.org_id, m.org_path`.execute(db)
  return rows
}

export type StoredScore = BranchCounts & Record<ScorePart | 'score', number> & { readonly countedOn: string }

const columns = [
  's.org_id as orgId',
  's.org_path as orgPath',
  's.people',
  's.complete_sum as completeSum',
  's.incomplete',
  's.doubtful',
  's.stale',
  's.wrong',
  's.completeness',
  's.conflicts',
  's.freshness',
  's.errors',
  's.score',
  's.counted_on as countedOn',
] as const

export async function scoresOf(db: Db, tenantId: string, orgIds: readonly string[] | null): Promise<StoredScore[]> {
  let select = db.selectFrom('members_score as s').select(columns).where('s.tenant_id', '=', tenantId)
  if (orgIds !== null) select = select.where('s.org_id', 'in', [...orgIds])
  return select.execute()
}

export async function upsertScores(tx: Tx, tenantId: string, rows: readonly StoredScore[]): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('members_score')
    .values(
      rows.map((row) => ({
        tenant_id: tenantId,
        org_id: row.orgId,
        org_path: row.orgPath,
        people: row.people,
        complete_sum: row.completeSum,
        incomplete: row.incomplete,
        doubtful: row.doubtful,
        stale: row.stale,
        wrong: row.wrong,
        completeness: row.completeness,
        conflicts: row.conflicts,
        freshness: row.freshness,
        errors: row.errors,
        score: row.score,
        counted_on: row.countedOn,
      })),
    )
    .onConflict((c) =>
      c.columns(['tenant_id', 'org_id']).doUpdateSet((eb) => ({
        org_path: eb.ref('excluded.org_path'),
        people: eb.ref('excluded.people'),
        complete_sum: eb.ref('excluded.complete_sum'),
        incomplete: eb.ref('excluded.incomplete'),
        doubtful: eb.ref('excluded.doubtful'),
        stale: eb.ref('excluded.stale'),
        wrong: eb.ref('excluded.wrong'),
        completeness: eb.ref('excluded.completeness'),
        conflicts: eb.ref('excluded.conflicts'),
        freshness: eb.ref('excluded.freshness'),
        errors: eb.ref('excluded.errors'),
        score: eb.ref('excluded.score'),
        counted_on: eb.ref('excluded.counted_on'),
      })),
    )
    .execute()
}

/** Units without people have no quality. */
export async function removeScores(tx: Tx, tenantId: string, orgIds: readonly string[]): Promise<void> {
  if (orgIds.length === 0) return
  await tx
    .deleteFrom('members_score')
    .where('tenant_id', '=', tenantId)
    .where('org_id', 'in', [...orgIds])
    .execute()
}

const within = (actor: Actor, place: Place | null) =>
  place === null
    ? inReach('s.org_path', actor)
    : sql<boolean>`(${inReach('s.org_path', actor)} and ${atPlace('s.org_path', place)})`

export async function listScores(db: Db, actor: Actor, place: Place | null, keyset: Keyset) {
  const select = db
    .selectFrom('members_score as s')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 's.tenant_id').onRef('o.id', '=', 's.org_id'))
    .select([...columns, 'o.name as orgName'])
    .where('s.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where(within(actor, place))
  return byKeyset(select, keyset, 's.org_id').execute()
}

/** All branches together, from the rollup. */
export async function wholeOf(db: Db, actor: Actor, place: Place | null): Promise<Omit<BranchCounts, keyof Branch>> {
  const row = await db
    .selectFrom('members_score as s')
    .select([
      sql<number>`coalesce(sum(s.people), 0)::int`.as('people'),
      sql<number>`coalesce(sum(s.complete_sum), 0)::int`.as('completeSum'),
      sql<number>`coalesce(sum(s.incomplete), 0)::int`.as('incomplete'),
      sql<number>`coalesce(sum(s.doubtful), 0)::int`.as('doubtful'),
      sql<number>`coalesce(sum(s.stale), 0)::int`.as('stale'),
      sql<number>`coalesce(sum(s.wrong), 0)::int`.as('wrong'),
    ])
    .where('s.tenant_id', '=', actor.tenantId)
    .where(within(actor, place))
    .executeTakeFirst()
  return row ?? { people: 0, completeSum: 0, incomplete: 0, doubtful: 0, stale: 0, wrong: 0 }
}

/** The records of one unit behind one part of its score: the same conditions under which they are counted. */
export async function recordsBehind(
  db: Db,
  tenantId: string,
  orgId: string,
  part: ScorePart,
  since: Since,
  keyset: Keyset,
) {
  let select = db
    .selectFrom('members_member as m')
    .select(['m.id', 'm.pinyin'])
    .where('m.tenant_id', '=', tenantId)
    .where('m.org_id', '=', orgId)
    .where('m.deleted_at', 'is', null)
    .where('m.status', 'in', CURRENT)
  if (part === 'completeness') select = select.where('m.completeness', '<', COMPLETE_FROM)
  if (part === 'freshness') select = select.where('m.updated_at', '<', since.staleBefore)
  if (part === 'conflicts')
    select = select.where(
      sql<boolean>`exists (select 1 from members_finding f where f.tenant_id = ${tenantId}::uuid and f.subject_id = m.id
        and f.subject_kind = 'member' and f.state = 'open')`,
    )
  if (part === 'errors')
    select = select.where(
      sql<boolean>`exists (select 1 from members_error e where e.tenant_id = ${tenantId}::uuid and e.member_id = m.id
        and (e.state <> 'closed' or (e.outcome = 'mended' and e.found_at >= ${since.wrongSince})))`,
    )
  return byKeyset(select, keyset, 'm.id').execute()
}

/** Open findings and errors of some records, for telling what there is to mend. */
export async function marksOf(db: Db, tenantId: string, ids: readonly string[]) {
  if (ids.length === 0) return { findings: [], errors: [] }
  const findings = await db
    .selectFrom('members_finding as f')
    .select(['f.subject_id as memberId', 'f.code', 'f.fields'])
    .where('f.tenant_id', '=', tenantId)
    .where('f.subject_id', 'in', [...ids])
    .where('f.state', '=', 'open')
    .orderBy('f.code')
    .execute()
  const errors = await db
    .selectFrom('members_error as e')
    .select(['e.member_id as memberId', 'e.field'])
    .where('e.tenant_id', '=', tenantId)
    .where('e.member_id', 'in', [...ids])
    .where('e.state', '<>', 'closed')
    .orderBy('e.field')
    .execute()
  return { findings, errors }
}
