import type { CoverageFigures } from '@tongxin/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../platform/ctx.ts'
import { inScope } from '../../../platform/scope.ts'

export type Wanted = {
  readonly tenantId: string
  readonly path: string
  readonly from: Date
  readonly until: Date
  readonly onlineSince: Date
}

/** Units in which members live their organised life; committees stand above them. */
const BRANCHES = ['branch', 'joint_branch', 'temporary_branch']

/** The label one level below the unit; empty for the unit itself. */
const labelOf = (column: string, path: string): RawBuilder<string> =>
  sql<string>`split_part(substr(${sql.ref(column)}, ${path.length + 2}), '.', 1)`

type Part<K extends keyof CoverageFigures> = { label: string } & Record<K, number>

async function branches(db: Db, { tenantId, path, from, until }: Wanted, label: RawBuilder<string>) {
  const { rows } = await sql<Part<'branches' | 'withSet' | 'reached'>>`
    with played as (
      select distinct a.org_path as path from television_airing a
      where a.tenant_id = ${tenantId} and ${inScope('a.org_path', path)} and a.began_at >= ${from} and a.began_at < ${until}
      union
      select p.home_path from television_presence p
      where p.tenant_id = ${tenantId} and ${inScope('p.home_path', path)} and p.at >= ${from} and p.at < ${until}
        and p.struck_at is null
    ), equipped as (
      select distinct s.org_path as path from television_set s
      where s.tenant_id = ${tenantId} and ${inScope('s.org_path', path)} and s.ended_at is null
    )
    select ${label} as label, count(*)::int as branches, count(e.path)::int as "withSet", count(w.path)::int as reached
    from org_path o left join played w on w.path = o.path left join equipped e on e.path = o.path
    where o.tenant_id = ${tenantId} and ${inScope('o.path', path)} and o.dissolved_on is null and o.kind = any(${BRANCHES})
    group by 1`.execute(db)
  return rows
}

async function sets(db: Db, { tenantId, path, onlineSince }: Wanted, label: RawBuilder<string>) {
  const { rows } = await sql<Part<'sets' | 'online'>>`
    select ${label} as label, count(*)::int as sets, count(*) filter (where s.last_seen_at > ${onlineSince})::int as online
    from television_set s
    where s.tenant_id = ${tenantId} and ${inScope('s.org_path', path)} and s.ended_at is null
    group by 1`.execute(db)
  return rows
}

async function airings(db: Db, { tenantId, path, from, until }: Wanted, label: RawBuilder<string>) {
  const { rows } = await sql<Part<'airings' | 'minutes'>>`
    select ${label} as label, count(*)::int as airings,
      round(sum(extract(epoch from coalesce(a.ended_at, a.last_seen_at) - a.began_at)) / 60)::int as minutes
    from television_airing a
    where a.tenant_id = ${tenantId} and ${inScope('a.org_path', path)} and a.began_at >= ${from} and a.began_at < ${until}
    group by 1`.execute(db)
  return rows
}

async function presences(db: Db, { tenantId, path, from, until }: Wanted, label: RawBuilder<string>) {
  const { rows } = await sql<Part<'present' | 'people'>>`
    select ${label} as label, count(*)::int as present, count(distinct p.member_id)::int as people
    from television_presence p
    where p.tenant_id = ${tenantId} and ${inScope('p.org_path', path)} and p.at >= ${from} and p.at < ${until}
      and p.struck_at is null
    group by 1`.execute(db)
  return rows
}

const NOTHING: CoverageFigures = {
  branches: 0,
  withSet: 0,
  reached: 0,
  sets: 0,
  online: 0,
  airings: 0,
  minutes: 0,
  present: 0,
  people: 0,
}

/** Figures by the label one level below (`isSplit`), or of the whole under the empty label. */
export async function figuresOf(db: Db, wanted: Wanted, isSplit: boolean): Promise<Map<string, CoverageFigures>> {
  const by = (column: string) => (isSplit ? labelOf(column, wanted.path) : sql<string>`''::text`)
  const parts = [
    ...(await branches(db, wanted, by('o.path'))),
    ...(await sets(db, wanted, by('s.org_path'))),
    ...(await airings(db, wanted, by('a.org_path'))),
    ...(await presences(db, wanted, by('p.org_path'))),
  ]
  const found = new Map<string, CoverageFigures>()
  for (const { label, ...figures } of parts) found.set(label, { ...NOTHING, ...found.get(label), ...figures })
  return found
}
export const noFigures = (): CoverageFigures => ({ ...NOTHING })

/** Living units one level below, by name. */
export async function unitsBelow(db: Db, tenantId: string, unitId: string) {
  return db
    .selectFrom('org_path as o')
    .select([
      sql<string>`o.id`.as('id'),
      sql<string>`o.name`.as('name'),
      sql<string>`o.path`.as('path'),
      sql<boolean>`exists (select from org_path b where b.tenant_id = ${tenantId} and b.parent_id = o.id
        and b.dissolved_on is null)`.as('hasBelow'),
    ])
    .where('o.tenant_id', '=', tenantId)
    .where('o.parent_id', '=', unitId)
    .where('o.dissolved_on', 'is', null)
    .orderBy('o.path')
    .execute()
}

export async function unitsAt(db: Db, tenantId: string, paths: readonly string[]) {
  return db
    .selectFrom('org_path as o')
    .select([sql<string>`o.id`.as('id'), sql<string>`o.name`.as('name')])
    .where('o.tenant_id', '=', tenantId)
    .where('o.path', 'in', [...paths])
    .orderBy('o.path')
    .execute()
}
