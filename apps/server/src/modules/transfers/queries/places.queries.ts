import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach } from '../../../platform/scope.ts'

export type Place = { id: string; path: string; name: string; kind: string; dissolvedOn: string | null }

/** Living units by id, wherever the transaction may look. */
export async function placesByIds(db: Db, tenantId: string, ids: readonly string[]): Promise<Place[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('org_path as o')
    .select(['o.id', 'o.path', 'o.name', 'o.kind', 'o.dissolved_on as dissolvedOn'])
    .where('o.tenant_id', '=', tenantId)
    .where(sql<boolean>`o.id = any(${[...ids]}::uuid[])`)
    .execute()
  return rows as Place[]
}

/** Living branches with exactly these names, for tables that name destinations. */
export async function branchesNamed(db: Db, tenantId: string, names: readonly string[]): Promise<Place[]> {
  if (names.length === 0) return []
  const rows = await db
    .selectFrom('org_path as o')
    .select(['o.id', 'o.path', 'o.name', 'o.kind', 'o.dissolved_on as dissolvedOn'])
    .where('o.tenant_id', '=', tenantId)
    .where('o.dissolved_on', 'is', null)
    .where('o.kind', 'in', ['branch', 'joint_branch', 'temporary_branch'])
    .where(sql<boolean>`o.name = any(${[...names]}::text[])`)
    .execute()
  return rows as Place[]
}

/** Branches whose name contains the text, with the organisation above. */
export async function branchesLike(
  tx: Tx,
  tenantId: string,
  text: string,
  most: number,
): Promise<{ id: string; name: string; parentName: string }[]> {
  const rows = await tx
    .selectFrom('org_path as o')
    .leftJoin('org_path as p', (join) => join.onRef('p.id', '=', 'o.parent_id').on('p.tenant_id', '=', tenantId))
    .select(['o.id', 'o.name', sql<string>`coalesce(p.name, '')`.as('parentName')])
    .where('o.tenant_id', '=', tenantId)
    .where('o.dissolved_on', 'is', null)
    .where('o.kind', 'in', ['branch', 'joint_branch', 'temporary_branch'])
    .where(sql<boolean>`strpos(o.name, ${text}) > 0`)
    .orderBy(sql`strpos(o.name, ${text})`)
    .orderBy('o.name')
    .limit(most)
    .execute()
  return rows as { id: string; name: string; parentName: string }[]
}

/** The committee that answers for a unit: the nearest one upwards, else the top of what is above it. */
export async function committeesOf(db: Db, tenantId: string, paths: readonly string[]): Promise<Map<string, Place>> {
  const up = [...new Set(paths.flatMap(upwards))]
  const rows = (await db
    .selectFrom('org_path as o')
    .select(['o.id', 'o.path', 'o.name', 'o.kind', 'o.dissolved_on as dissolvedOn'])
    .where('o.tenant_id', '=', tenantId)
    .where(sql<boolean>`o.path = any(${up}::text[])`)
    .execute()) as Place[]
  const known = new Map(rows.map((row) => [row.path, row]))
  return new Map(
    paths.flatMap((path): [string, Place][] => {
      const line = upwards(path).flatMap((one) => known.get(one) ?? [])
      const committee = line.find(({ kind }) => COMMITTEES.has(kind)) ?? line.at(-1)
      return committee ? [[path, committee]] : []
    }),
  )
}
export const COMMITTEES: ReadonlySet<string> = new Set(['committee', 'working_committee'])

/** `r00.001.002`, `r00.001`, `r00`. */
const upwards = (path: string): string[] =>
  path.split('.').map((_, at, labels) => labels.slice(0, labels.length - at).join('.'))

export type Card = {
  id: string
  personId: string
  orgId: string
  orgPath: string
  orgName: string
  name: string
  memberNo: string
  category: string
  status: string
}

/** Living records of the reach by id, number or name: what a list of people to transfer names. */
export async function cardsOf(
  db: Db,
  actor: Actor,
  by: { ids: readonly string[]; numbers: readonly string[]; names: readonly string[] },
): Promise<Card[]> {
  if (by.ids.length + by.numbers.length + by.names.length === 0) return []
  const rows = await db
    .selectFrom('member_card as m')
    .innerJoin('org_path as o', (join) => join.onRef('o.id', '=', 'm.org_id').on('o.tenant_id', '=', actor.tenantId))
    .select([
      'm.id',
      'm.person_id as personId',
      'm.org_id as orgId',
      'm.org_path as orgPath',
      'o.name as orgName',
      'm.name',
      'm.member_no as memberNo',
      'm.category',
      'm.status',
    ])
    .where('m.tenant_id', '=', actor.tenantId)
    .where(inReach('m.org_path', actor))
    .where(
      sql<boolean>`(m.id = any(${[...by.ids]}::uuid[]) or m.member_no = any(${[...by.numbers]}::text[])
        or m.name = any(${[...by.names]}::text[]))`,
    )
    .limit(2000)
    .execute()
  return rows as Card[]
}

/** The standing of a living record, wherever the transaction may look. */
export async function standingOf(db: Db, tenantId: string, memberId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('member_card as m')
    .select('m.status')
    .where('m.tenant_id', '=', tenantId)
    .where('m.id', '=', memberId)
    .executeTakeFirst()
  return row?.status ?? undefined
}
