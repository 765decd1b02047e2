import { sql } from 'kysely'
import type { Actor, Db } from '../../../platform/ctx.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import type { Counts } from './circulars.queries.ts'

export type Receipt = {
  readonly personId: string
  readonly name: string
  readonly orgId: string
  readonly orgPath: string
  readonly readAt: Date
  readonly confirmedAt: Date | null
  readonly confirmedVersion: number | null
  readonly answer: string | null
  readonly answeredAt: Date | null
}
type Which = { readonly circularId: string; readonly below: string | null; readonly isAnsweredOnly: boolean }

/** Who has read, in the order of units. */
export async function listReceipts(
  db: Db,
  actor: Actor,
  { circularId, below, isAnsweredOnly }: Which,
  page: { readonly after: { readonly path: string; readonly id: string } | null; readonly limit: number },
): Promise<Receipt[]> {
  let select = db
    .selectFrom('notices_receipt as r')
    .select(['r.person_id as personId', 'r.name', 'r.unit_id as orgId', 'r.org_path as orgPath', 'r.read_at as readAt'])
    .select(['r.confirmed_at as confirmedAt', 'r.confirmed_version as confirmedVersion', 'r.answer'])
    .select('r.answered_at as answeredAt')
    .where('r.tenant_id', '=', actor.tenantId)
    .where('r.circular_id', '=', circularId)
    .where(inReach('r.org_path', actor))
  if (below !== null) select = select.where(inScope('r.org_path', below))
  if (isAnsweredOnly) select = select.where('r.answered_at', 'is not', null)
  if (page.after)
    select = select.where(
      sql<boolean>`(r.org_path, r.person_id) > (${page.after.path} collate "C", ${page.after.id}::uuid)`,
    )
  return select.orderBy('r.org_path').orderBy('r.person_id').limit(page.limit).execute()
}

/** What each of these units and everything below it has done, from the counts that units keep. */
export async function countsBelow(
  db: Db,
  tenantId: string,
  circularId: string,
  units: readonly { readonly id: string; readonly path: string }[],
): Promise<Map<string, Counts>> {
  const { rows } = await sql<Counts & { id: string }>`select u.id, s.* from
    unnest(${units.map(({ id }) => id)}::uuid[], ${units.map(({ path }) => path)}::text[]) as u (id, path)
    cross join lateral (select coalesce(sum(k.read), 0)::int as read, coalesce(sum(k.confirmed), 0)::int as confirmed,
        coalesce(sum(k.answered), 0)::int as answered from notices_count k
      where k.tenant_id = ${tenantId} and k.circular_id = ${circularId}
        and k.org_path >= u.path collate "C" and k.org_path < u.path collate "C" || '/') as s`.execute(db)
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}

/** Those of the units that have living units below them. */
export async function hasBelow(db: Db, tenantId: string, unitIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('org_path as o')
    .select(sql<string>`o.parent_id`.as('id'))
    .distinct()
    .where('o.tenant_id', '=', tenantId)
    .where(sql<boolean>`o.parent_id = any(${[...unitIds]}::uuid[])`)
    .where('o.dissolved_on', 'is', null)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Names of units by id. */
export async function unitNames(db: Db, tenantId: string, unitIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('org_path as o')
    .select([sql<string>`o.id`.as('id'), sql<string>`o.name`.as('name')])
    .where('o.tenant_id', '=', tenantId)
    .where(sql<boolean>`o.id = any(${[...unitIds]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
