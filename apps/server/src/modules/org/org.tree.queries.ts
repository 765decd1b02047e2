import type { OrgKind } from '@tongxin/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor, Db } from '../../platform/ctx.ts'
import { inReach, inScope } from '../../platform/scope.ts'
import { containing } from '../../platform/sql.ts'
import { MEMBER_CATEGORIES, peopleBelowText } from './org.queries.ts'

export type UnitThen = {
  id: string
  parentId: string | null
  kind: OrgKind
  name: string
  code: string | null
  sortOrder: number
  version: number
}

/** A field as it was at the end of a day: what the first later change found, else what stands now. */
function then(tenantId: string, on: string, field: string, now: RawBuilder<unknown>) {
  return sql`coalesce((select c.before ->> ${field}::text from org_change c where c.tenant_id = ${tenantId} and c.unit_id = u.id
    and c.effective_on > ${on}::date and c.before ->> ${field}::text is not null
    order by c.effective_on, c.made_at, c.id limit 1), ${now})`
}

/**
 * Units that existed at the end of a day, replayed from the dated changes, narrowed by where they may have been:
 * `parents` (units that are or were below these), or `search` (a present or former name). At most 1,000.
 */
export async function unitsThen(
  db: Db,
  actor: Actor,
  on: string,
  where: { parents: readonly string[] } | { search: string } | { id: string },
): Promise<UnitThen[]> {
  const { tenantId } = actor
  const { rows } = await sql<UnitThen>`
    select * from (
      select u.id, u.code, u.sort_order as "sortOrder", u.version,
        ${then(tenantId, on, 'name', sql`u.name`)} as name,
        ${then(tenantId, on, 'kind', sql`u.kind`)} as kind,
        ${then(tenantId, on, 'parentId', sql`u.parent_id::text`)}::uuid as "parentId"
      from org_unit u
      where u.tenant_id = ${tenantId} and ${inReach('u.path', actor)}
        and (u.founded_on is null or u.founded_on <= ${on}::date)
        and (u.dissolved_on is null or u.dissolved_on > ${on}::date)
        and ${candidates(tenantId, on, where)}
      limit 5000
    ) as units
    where ${held(where)}
    order by "sortOrder", name, id
    limit 1000`.execute(db)
  return rows
}

type Where = Parameters<typeof unitsThen>[3]
const likeOf = (search: string) => containing(search.trim())

function candidates(tenantId: string, on: string, where: Where) {
  if ('id' in where) return sql`u.id = ${where.id}`
  if ('search' in where) {
    return sql`(u.name ilike ${likeOf(where.search)} or exists (select 1 from org_change c where c.tenant_id = ${tenantId}
      and c.unit_id = u.id and c.effective_on > ${on}::date and c.before ->> 'name' ilike ${likeOf(where.search)}))`
  }
  const parents = sql.join(where.parents.map((id) => sql`${id}::uuid`))
  const texts = sql.join([...where.parents])
  return sql`(u.parent_id in (${parents}) or exists (select 1 from org_change c where c.tenant_id = ${tenantId}
    and c.unit_id = u.id and c.effective_on > ${on}::date and c.before ->> 'parentId' in (${texts})))`
}

function held(where: Where) {
  if ('id' in where) return sql`true`
  if ('search' in where) return sql`name ilike ${likeOf(where.search)}`
  return sql`"parentId" in (${sql.join(where.parents.map((id) => sql`${id}::uuid`))})`
}

/** A living subtree for the chart, top first, at most `limit` units. */
export async function subtreeOf(db: Db, actor: Actor, path: string, limit: number) {
  const { rows } = await sql<{
    id: string
    parentId: string | null
    kind: OrgKind
    name: string
    path: string
    code: string | null
    foundedOn: string | null
    termFrom: string | null
    termUntil: string | null
    facts: Record<string, unknown>
    members: number
    secretary: string | null
  }>`
    select u.id, u.parent_id as "parentId", u.kind, u.name, u.path, u.code, u.founded_on as "foundedOn", u.term_from as "termFrom", u.term_until as "termUntil", u.facts,
      ${sql.raw(peopleBelowText('u.tenant_id', 'u.path', MEMBER_CATEGORIES))} as members,
      (select p.name from org_post p where p.tenant_id = ${actor.tenantId} and p.unit_id = u.id and p.post = 'secretary' and p.until_on is null) as secretary
    from org_unit u
    where u.tenant_id = ${actor.tenantId} and ${inReach('u.path', actor)} and ${inScope('u.path', path)}
      and u.dissolved_on is null
    order by u.path limit ${limit}`.execute(db)
  return rows
}
