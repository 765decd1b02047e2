import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach, inScope } from '../../../platform/scope.ts'

export type UnitYear = { readonly unitId: string; readonly orgPath: string; readonly year: number }

/** Counts one unit of one year anew from its accounts. Its row is held while counting, so no change is missed. */
export async function recountUnit(
  tx: Tx,
  tenantId: string,
  { unitId, orgPath, year }: UnitYear,
  at: Date,
): Promise<void> {
  // The conflict holds the row: whoever counts the same unit waits here, and then sees what this one changed.
  await sql`insert into credits_unit (tenant_id, unit_id, org_path, year, people, obliged, exempt, reached, short, required_done,
      hundredths, months, counted_at)
    values (${tenantId}, ${unitId}, ${orgPath}, ${year}, 0, 0, 0, 0, 0, 0, 0, array_fill(0::bigint, array[12]), ${at})
    on conflict (tenant_id, unit_id, year) do update set counted_at = excluded.counted_at`.execute(tx)
  await sql`update credits_unit u set org_path = ${orgPath}, people = s.people, obliged = s.obliged, exempt = s.exempt,
      reached = s.reached, short = s.short, required_done = s.required_done, hundredths = s.hundredths, months = s.months,
      counted_at = ${at}
    from (select count(*)::int as people, count(*) filter (where standing in ('reached', 'short'))::int as obliged,
        count(*) filter (where standing = 'exempt')::int as exempt, count(*) filter (where standing = 'reached')::int as reached,
        count(*) filter (where standing = 'short')::int as short,
        count(*) filter (where standing in ('reached', 'short') and required_left = 0)::int as required_done,
        coalesce(sum(earned), 0)::bigint as hundredths,
        array[${sql.join(Array.from({ length: 12 }, (_, at) => sql`coalesce(sum(months[${sql.lit(at + 1)}]), 0)::bigint`))}] as months
      from credits_account where tenant_id = ${tenantId} and unit_id = ${unitId} and year = ${year} and merged_into is null) s
    where u.tenant_id = ${tenantId} and u.unit_id = ${unitId} and u.year = ${year}`.execute(tx)
}

/** The unit at a path; undefined when it was moved away meanwhile. */
export async function unitAt(db: Db, tenantId: string, path: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('org_path')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('path', '=', path)
    .executeTakeFirst()
  return row?.id ?? undefined
}

/** Units that have accounts or a count of a year: what the rebuild goes through. */
export async function unitsOfYear(db: Db, tenantId: string, year: number): Promise<UnitYear[]> {
  const { rows } = await sql<UnitYear>`
    select o.id as "unitId", o.path as "orgPath", ${year}::int as year from org_path o where o.tenant_id = ${tenantId}
      and (exists (select from credits_account a where a.tenant_id = ${tenantId} and a.unit_id = o.id and a.year = ${year})
        or exists (select from credits_unit u where u.tenant_id = ${tenantId} and u.unit_id = o.id and u.year = ${year}))
    order by o.id`.execute(db)
  return rows
}

export type Sums = {
  people: number
  obliged: number
  exempt: number
  reached: number
  short: number
  requiredDone: number
  hundredths: number
  months: number[]
  countedAt: Date | null
}

const sums = sql`coalesce(sum(u.people), 0)::int as people, coalesce(sum(u.obliged), 0)::int as obliged,
  coalesce(sum(u.exempt), 0)::int as exempt, coalesce(sum(u.reached), 0)::int as reached,
  coalesce(sum(u.short), 0)::int as short, coalesce(sum(u.required_done), 0)::int as "requiredDone",
  coalesce(sum(u.hundredths), 0)::bigint as hundredths, max(u.counted_at) as "countedAt",
  array[${sql.join(Array.from({ length: 12 }, (_, at) => sql`coalesce(sum(u.months[${sql.lit(at + 1)}]), 0)::bigint`))}] as months`

/** The sums of a subtree of the caller's reach. */
export async function sumsBelow(db: Db, actor: Actor, year: number, place: string): Promise<Sums> {
  const { rows } =
    await sql<Sums>`select ${sums} from credits_unit u where u.tenant_id = ${actor.tenantId} and u.year = ${year}
    and ${inReach('u.org_path', actor)} and ${inScope('u.org_path', place)}`.execute(db)
  return rows[0] as Sums
}

export type Child = { id: string; path: string; name: string; hasBelow: boolean }
/** Living units directly below one, in the order of the tree; at most 500. */
export async function childrenOf(db: Db, actor: Actor, unitId: string): Promise<Child[]> {
  const { rows } =
    await sql<Child>`select o.id, o.path, o.name, exists (select from org_path c where c.tenant_id = ${actor.tenantId}
      and c.parent_id = o.id and c.dissolved_on is null) as "hasBelow"
    from org_path o where o.tenant_id = ${actor.tenantId} and o.parent_id = ${unitId} and o.dissolved_on is null
      and ${inReach('o.path', actor)} order by o.path limit 500`.execute(db)
  return rows
}

/** Lines that count: neither taken back, nor of a record whose lines stand in another account since a merge. */
const counts = (tenantId: string) => sql<boolean>`(e.reverses is null
  and not exists (select from credits_entry r where r.tenant_id = ${tenantId} and r.reverses = e.id)
  and not exists (select from credits_account a where a.tenant_id = ${tenantId} and a.member_id = e.member_id
    and a.year = e.year and a.merged_into is not null))`

/** Quizzes and exams passed in a subtree and year, and by how many people. */
export async function masteryOf(
  db: Db,
  actor: Actor,
  year: number,
  place: string,
): Promise<{ passed: number; people: number }> {
  const { rows } = await sql<{ passed: number; people: number }>`
    select count(*)::int as passed, count(distinct e.member_id)::int as people from credits_entry e
    where e.tenant_id = ${actor.tenantId} and e.year = ${year} and ${inReach('e.org_path', actor)} and ${inScope('e.org_path', place)}
      and e.source in ('quiz', 'exam') and ${counts(actor.tenantId)}`.execute(db)
  return rows[0] ?? { passed: 0, people: 0 }
}

/** What most people learned; what fewer than five learned is not shown. */
export async function likedOf(
  db: Db,
  actor: Actor,
  year: number,
  place: string,
): Promise<{ title: string; source: string; people: number }[]> {
  const { rows } = await sql<{ title: string; source: string; people: number }>`
    select max(e.title) as title, e.source, count(distinct e.member_id)::int as people from credits_entry e
    where e.tenant_id = ${actor.tenantId} and e.year = ${year} and ${inReach('e.org_path', actor)} and ${inScope('e.org_path', place)}
      and e.source in ('course', 'micro', 'programme', 'meeting') and ${counts(actor.tenantId)}
    group by e.source, e.source_id having count(distinct e.member_id) >= 5 order by people desc, e.source_id limit 10`.execute(
    db,
  )
  return rows
}
