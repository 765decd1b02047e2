import {
  AGE_BANDS,
  EDUCATION_GROUPS,
  lastDayBefore,
  PARTY_AGE_BANDS,
  STRUCTURE_DIMENSIONS,
  type StructureDimension,
  type YearsBand,
} from '@tongxin/domain/members/structure'
import { type RawBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inScope } from '../../../platform/scope.ts'
import { inReach } from '../../org/index.ts'

/** Whoever is a member of the Party now: the same people as in the months of membership. */
export const MEMBERS = ['formal', 'probationary'] as const
export const LIVING = ['normal', 'retained', 'restored'] as const

export type Counted = {
  dimension: StructureDimension
  childPath: string
  childId: string
  childName: string
  value: string
  people: number
}

/** The band of the years between a date and the day, the youngest first; `none` where `unless` is met. */
function bandOf(
  column: string,
  bands: Readonly<Record<string, YearsBand>>,
  on: string,
  unless: RawBuilder<unknown>,
): RawBuilder<string> {
  const at = sql.ref(column)
  const cases = Object.entries(bands).map(([value, { to }]) =>
    to === undefined
      ? sql`else ${sql.lit(value)}`
      : sql`when ${at} > ${lastDayBefore(on, to + 1)}::date then ${sql.lit(value)}`,
  )
  return sql`case when ${unless} then 'none' ${sql.join(cases, sql` `)} end`
}

const groupOf = sql<string>`case left(m.education, 1) ${sql.join(
  Object.entries(EDUCATION_GROUPS).flatMap(([group, firsts]) =>
    firsts.map((first) => sql`when ${sql.lit(first)} then ${sql.lit(group)}`),
  ),
  sql` `,
)} else 'none' end`

function valueOf(dimension: StructureDimension, on: string): RawBuilder<string> {
  switch (dimension) {
    case 'age':
      return bandOf('m.born_on', AGE_BANDS, on, sql`m.born_on is null`)
    case 'partyAge':
      return bandOf(
        'm.converted_on',
        PARTY_AGE_BANDS,
        on,
        sql`(m.converted_on is null or m.converted_on > ${on}::date)`,
      )
    case 'education':
      return groupOf
    case 'sex':
      return sql`coalesce(m.sex, 'none')`
    case 'ethnic':
      return sql`coalesce(m.ethnic, 'none')`
    case 'post':
      return sql`coalesce(m.top_post, 'none')`
  }
}

export type Place = { readonly path: string; readonly below: boolean }

/**
 * The people of a place by value and by the unit one level below (or the place itself), read from the index of places
 * alone. What it costs grows with the people of the place: a page asks it of so many as are counted in a few milliseconds.
 */
function counts(tenantId: string, { path, below }: Place, on: string, dimensions: readonly StructureDimension[]) {
  const within = below ? inScope('m.org_path', path) : sql<boolean>`m.org_path = ${path}`
  const child = sql`rtrim(${path}::text || '.' || split_part(substr(m.org_path, length(${path}::text) + 2), '.', 1), '.')`
  const values = sql.join(dimensions.map((one) => sql`(${sql.lit(one)}, ${valueOf(one, on)})`))
  return sql`select ${child} collate "C" as child_path, v.dimension, v.value, count(*)::int as people
    from members_member m cross join lateral (values ${values}) as v (dimension, value)
    where m.tenant_id = ${tenantId} and ${within} and m.deleted_at is null
      and m.category in (${sql.join(MEMBERS.map((one) => sql.lit(one)))})
      and m.status in (${sql.join(LIVING.map((one) => sql.lit(one)))})
      and (m.joined_on is null or m.joined_on <= ${on}::date)
    group by 1, 2, 3`
}

export async function countStructure(
  db: Db,
  actor: Actor,
  place: Place,
  on: string,
  dimensions: readonly StructureDimension[],
): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select c.dimension, c.child_path as "childPath", o.id as "childId", o.name as "childName", c.value, c.people
    from (${counts(actor.tenantId, place, on, dimensions)}) c
    join org_path o on o.tenant_id = ${actor.tenantId} and o.path = c.child_path and ${inReach('o.path', actor)}
    order by o.name, c.child_path`.execute(db)
  return rows
}

const COLUMNS = sql.raw(
  'tenant_id, org_path, on_day, dimension, child, child_id, child_name, value, people, counted_at',
)

/**
 * Counts a place for a day and keeps the figures in place of those that were kept for it. `kept`: the places whose
 * figures of the day are there already; a unit of them is added up from its own, and each other unit is counted by
 * itself, so that no statement reads more than a page may.
 */
export async function keepStructure(
  tx: Tx,
  tenantId: string,
  place: { readonly path: string; readonly on: string; readonly kept: readonly string[] },
  now: Date,
): Promise<void> {
  const { path, on, kept } = place
  await tx
    .deleteFrom('members_structure')
    .where('tenant_id', '=', tenantId)
    .where('org_path', '=', path)
    .where('on_day', '=', on)
    .execute()
  const units = await unitsBelow(tx, tenantId, path)
  for (const unit of units) {
    const parts =
      unit !== path && kept.includes(unit)
        ? sql`select s.dimension, s.value, sum(s.people)::int as people from members_structure s
          where s.tenant_id = ${tenantId} and s.org_path = ${unit} and s.on_day = ${on}::date group by 1, 2`
        : sql`select c.dimension, c.value, sum(c.people)::int as people
          from (${counts(tenantId, { path: unit, below: unit !== path }, on, STRUCTURE_DIMENSIONS)}) c group by 1, 2`
    await sql`insert into members_structure (${COLUMNS})
      select ${tenantId}::uuid, ${path}::text, ${on}::date, c.dimension, o.path, o.id, o.name, c.value, c.people, ${now}::timestamptz
      from (${parts}) c join org_path o on o.tenant_id = ${tenantId} and o.path = ${unit}`.execute(tx)
  }
}

/** The place itself and the units one level below it. */
async function unitsBelow(tx: Tx, tenantId: string, path: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('org_path as o')
    .select(sql<string>`o.path`.as('path'))
    .where('o.tenant_id', '=', tenantId)
    .where(inScope('o.path', path))
    .where(sql<boolean>`strpos(substr(o.path, length(${path}::text) + 2), '.') = 0`)
    .execute()
  return rows.map((row) => row.path)
}

/** The figures kept for a place and a day. */
export async function keptStructure(
  db: Db,
  actor: Actor,
  path: string,
  on: string,
  dimensions: readonly StructureDimension[],
): Promise<(Counted & { countedAt: Date })[]> {
  const rows = await db
    .selectFrom('members_structure as s')
    .select([
      's.dimension',
      's.child as childPath',
      's.child_id as childId',
      's.child_name as childName',
      's.value',
      's.people',
      's.counted_at as countedAt',
    ])
    .where('s.tenant_id', '=', actor.tenantId)
    .where('s.org_path', '=', path)
    .where(inReach('s.org_path', actor))
    .where('s.on_day', '=', on)
    .where('s.dimension', 'in', [...dimensions])
    .orderBy('s.child_name')
    .orderBy('s.child')
    .execute()
  return rows as (Counted & { countedAt: Date })[]
}

/** Days for which figures of the place are kept, the last first. */
export async function keptDays(db: Db, actor: Actor, path: string): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    with recursive days as (
      (select s.on_day from members_structure s where s.tenant_id = ${actor.tenantId} and s.org_path = ${path}
        and ${inReach('s.org_path', actor)} order by s.on_day desc limit 1)
      union all
      select (select s.on_day from members_structure s where s.tenant_id = ${actor.tenantId} and s.org_path = ${path}
        and s.on_day < d.on_day order by s.on_day desc limit 1) from days d where d.on_day is not null)
    select d.on_day as day from days d where d.on_day is not null`.execute(db)
  return rows.map(({ day }) => day)
}

/** When the figures of a place and day were counted, and whether a record was written since. */
export async function isKeptFresh(tx: Tx, tenantId: string, path: string, on: string): Promise<boolean> {
  const { rows } = await sql<{ fresh: boolean }>`
    select not exists (select from members_member m where m.tenant_id = ${tenantId} and m.updated_at > k.at) as fresh
    from (select s.counted_at as at from members_structure s where s.tenant_id = ${tenantId} and s.org_path = ${path}
      and s.on_day = ${on}::date limit 1) k`.execute(tx)
  return rows[0]?.fresh ?? false
}

export async function isKept(tx: Tx, tenantId: string, path: string, on: string): Promise<boolean> {
  const row = await tx
    .selectFrom('members_structure as s')
    .select('s.on_day')
    .where('s.tenant_id', '=', tenantId)
    .where('s.org_path', '=', path)
    .where('s.on_day', '=', on)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Figures of single days are not kept for long; those of the ends of months stay. */
export async function forgetDays(tx: Tx, tenantId: string, today: string): Promise<void> {
  await sql`delete from members_structure s where s.tenant_id = ${tenantId} and s.on_day < ${today}::date
    and extract(day from s.on_day + 1) <> 1`.execute(tx)
}

/** Writes the highest post that members hold now; repeating it changes nothing. */
export async function setTopPosts(
  tx: Tx,
  tenantId: string,
  posts: readonly { readonly memberId: string; readonly post: string | null }[],
): Promise<void> {
  await sql`update members_member m set top_post = n.post
    from unnest(${posts.map((one) => one.memberId)}::uuid[], ${posts.map((one) => one.post)}::text[]) as n(id, post)
    where m.tenant_id = ${tenantId} and m.id = n.id and m.top_post is distinct from n.post`.execute(tx)
}
