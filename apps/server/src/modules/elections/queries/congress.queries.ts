import type { ElectionState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db } from '../../../platform/ctx.ts'
import { inScope, pathsAlong } from '../../../platform/scope.ts'
import type { Allotted, Election } from './elections.queries.ts'
import type { Present, Round } from './rounds.queries.ts'

type UnitBelow = { id: string; path: string; name: string; kind: string; parentId: string | null }

/** Living units strictly below a path, in the order of the tree. */
export async function unitsBelow(db: Db, tenantId: string, path: string): Promise<UnitBelow[]> {
  const rows = await db
    .selectFrom('org_path as o')
    .select(['o.id', 'o.path', 'o.name', 'o.kind', 'o.parent_id as parentId'])
    .where('o.tenant_id', '=', tenantId)
    .where(inScope('o.path', path))
    .where('o.path', '<>', path)
    .where('o.dissolved_on', 'is', null)
    .orderBy('o.path')
    .execute()
  return rows as UnitBelow[]
}

/** The unit at a path and those above it. */
export async function unitsAlong(db: Db, tenantId: string, path: string): Promise<{ id: string; name: string }[]> {
  const rows = await db
    .selectFrom('org_path as o')
    .select(['o.id', 'o.name'])
    .where('o.tenant_id', '=', tenantId)
    .where('o.path', 'in', pathsAlong(path))
    .execute()
  return rows as { id: string; name: string }[]
}

/** Full members with their rights by the path at which they are. */
export async function fullByPath(db: Db, tenantId: string, path: string): Promise<{ path: string; n: number }[]> {
  const rows = await db
    .selectFrom('member_card as m')
    .select(['m.org_path as path', sql<number>`count(*)::int`.as('n')])
    .where('m.tenant_id', '=', tenantId)
    .where(inScope('m.org_path', path))
    .where('m.category', '=', 'formal')
    .where('m.status', 'in', ['normal', 'restored'])
    .groupBy('m.org_path')
    .execute()
  return rows as { path: string; n: number }[]
}

/** Members of the organisation, full and on probation: the number that the statute asks of a congress (ELEC-2). */
export async function countMembers(db: Db, tenantId: string, path: string): Promise<number> {
  const { n } = await db
    .selectFrom('member_card as m')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('m.tenant_id', '=', tenantId)
    .where(inScope('m.org_path', path))
    .where('m.category', 'in', ['formal', 'probationary'])
    .executeTakeFirstOrThrow()
  return n
}

/** The open congress above a unit that allots it seats; the nearest where there were two. */
export async function congressFor(
  db: Db,
  actor: Actor,
  unit: { readonly id: string; readonly path: string },
): Promise<(Pick<Election, 'id' | 'unitName'> & { readonly seats: number }) | undefined> {
  const rows = await db
    .selectFrom('elections_election as e')
    .select(['e.id', 'e.unit_name as unitName', 'e.steps'])
    .where('e.tenant_id', '=', actor.tenantId)
    .where('e.org_path', 'in', pathsAlong(unit.path).slice(0, -1))
    .where('e.delegates', 'is not', null)
    .where('e.state', 'in', ['nominating', 'candidates_reported', 'publicity', 'preparing'])
    .orderBy('e.org_path', 'desc')
    .execute()
  for (const { id, unitName, steps } of rows) {
    const given = (steps as { allotment?: Allotted[] }).allotment?.find(({ unitId }) => unitId === unit.id)
    if (given) return { id, unitName, seats: given.seats }
  }
  return undefined
}

export type DelegateElection = {
  id: string
  unitId: string
  unitName: string
  state: ElectionState
  elected: Present[]
}

/** Elections of delegates for a congress that were not given up, with those elected so far. */
export async function delegateElections(db: Db, tenantId: string, congressId: string): Promise<DelegateElection[]> {
  const files = await db
    .selectFrom('elections_election as e')
    .select(['e.id', 'e.unit_id as unitId', 'e.unit_name as unitName', 'e.state'])
    .where('e.tenant_id', '=', tenantId)
    .where('e.congress_id', '=', congressId)
    .where('e.state', '<>', 'cancelled')
    .orderBy('e.org_path')
    .orderBy('e.id')
    .execute()
  if (files.length === 0) return []
  const rounds = await db
    .selectFrom('elections_round as r')
    .select(['r.election_id as electionId', 'r.result'])
    .where('r.tenant_id', '=', tenantId)
    .where(
      'r.election_id',
      'in',
      files.map(({ id }) => id),
    )
    .where('r.state', '=', 'counted')
    .orderBy('r.number')
    .execute()
  const electedIn = (id: string) =>
    (rounds as unknown as { electionId: string; result: Round['result'] }[])
      .filter(({ electionId }) => electionId === id)
      .flatMap(({ result }) => result?.elected ?? [])
  return files.map((file) => ({ ...file, elected: electedIn(file.id) })) as DelegateElection[]
}

/** Name of the organisation whose congress it is; also for those below it. */
export async function congressName(db: Db, tenantId: string, id: string): Promise<string> {
  const row = await db
    .selectFrom('elections_election as e')
    .select('e.unit_name as unitName')
    .where('e.tenant_id', '=', tenantId)
    .where('e.id', '=', id)
    .executeTakeFirst()
  return row?.unitName ?? ''
}
