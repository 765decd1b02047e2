import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { withinText } from '../../../platform/scope.ts'
import { inReach } from '../../org/index.ts'
import { atPlace, type Place } from './place.ts'

export type AssignmentFilter = {
  readonly place: Place | null
  readonly dataSet: string | null
  /** Only those whose day was before it and for which something still waits. */
  readonly lateOn: string | null
}

/** Proposals of the organisation and below it that are in one of the states, for the set of data of the assignment. */
const waiting = (tenantId: string, states: readonly string[]) =>
  sql<number>`(select count(*) from members_change c where c.tenant_id = ${tenantId}::uuid
    and ${sql.raw(withinText('c.org_path', 'a.org_path'))} and c.state = any(${[...states]}::text[])
    and a.data_set = case when c.entry_kind is null then 'record' else 'entries' end)::int`
const OPEN = ['draft', 'returned', 'first_review', 'second_review']
/** Records that are not complete, from the rollup of quality. */
const incomplete = (tenantId: string) =>
  sql<number>`case when a.data_set = 'record' then (select coalesce(sum(s.incomplete), 0) from members_score s
    where s.tenant_id = ${tenantId}::uuid and ${sql.raw(withinText('s.org_path', 'a.org_path'))}) else 0 end::int`

/**
 * Whether a proposal `c` is the person's to review: the assignment nearest above its organisation names nobody else for
 * this step, as `assignmentFor` has it.
 */
export const isOwnTurn = (tenantId: string, personId: string, step: 'first' | 'second') =>
  sql<boolean>`coalesce((select ${sql.ref(`a.${step}_id`)} from members_assignment a
    where a.tenant_id = ${tenantId}::uuid and ${sql.raw(withinText('c.org_path', 'a.org_path'))}
      and a.data_set = case when c.entry_kind is null then 'record' else 'entries' end
    order by a.org_path desc limit 1), ${personId}::uuid) = ${personId}::uuid`

export async function listAssignments(db: Db, actor: Actor, filter: AssignmentFilter, keyset: Keyset) {
  const { tenantId } = actor
  let select = db
    .selectFrom('members_assignment as a')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'a.tenant_id').onRef('o.id', '=', 'a.org_id'))
    .select([
      'a.id',
      'a.org_id as orgId',
      'a.org_path as orgPath',
      'o.name as orgName',
      'a.data_set as dataSet',
      'a.maker_id as makerId',
      'a.first_id as firstId',
      'a.second_id as secondId',
      'a.due_on as dueOn',
      waiting(tenantId, ['draft', 'returned']).as('entry'),
      waiting(tenantId, ['first_review']).as('atFirst'),
      waiting(tenantId, ['second_review']).as('atSecond'),
      incomplete(tenantId).as('incomplete'),
    ])
    .where('a.tenant_id', '=', tenantId)
    .where('o.tenant_id', '=', tenantId)
    .where(inReach('a.org_path', actor))
  if (filter.place !== null) select = select.where(atPlace('a.org_path', filter.place))
  if (filter.dataSet !== null) select = select.where('a.data_set', '=', filter.dataSet)
  if (filter.lateOn !== null)
    select = select
      .where('a.due_on', '<', filter.lateOn)
      .where(sql<boolean>`(${waiting(tenantId, OPEN)} > 0 or ${incomplete(tenantId)} > 0)`)
  return byKeyset(select, keyset, 'a.id').execute()
}

export async function removeAssignment(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ orgId: string; orgPath: string; dataSet: string } | undefined> {
  return tx
    .deleteFrom('members_assignment as a')
    .where('a.tenant_id', '=', actor.tenantId)
    .where('a.id', '=', id)
    .where(inReach('a.org_path', actor))
    .returning(['a.org_id as orgId', 'a.org_path as orgPath', 'a.data_set as dataSet'])
    .executeTakeFirst()
}

/** The assignment nearest above (or at) an organisation for a set of data. */
export async function assignmentFor(
  db: Db,
  tenantId: string,
  paths: readonly string[],
  dataSet: string,
): Promise<{ makerId: string; firstId: string; secondId: string } | undefined> {
  return db
    .selectFrom('members_assignment as a')
    .select(['a.maker_id as makerId', 'a.first_id as firstId', 'a.second_id as secondId'])
    .where('a.tenant_id', '=', tenantId)
    .where('a.org_path', 'in', [...paths])
    .where('a.data_set', '=', dataSet)
    .orderBy('a.org_path', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function upsertAssignment(
  tx: Tx,
  tenantId: string,
  row: {
    id: string
    orgId: string
    orgPath: string
    dataSet: string
    makerId: string
    firstId: string
    secondId: string
    dueOn: string | null
    by: string
    at: Date
  },
): Promise<void> {
  const people = {
    maker_id: row.makerId,
    first_id: row.firstId,
    second_id: row.secondId,
    due_on: row.dueOn,
    made_by: row.by,
    made_at: row.at,
  }
  await tx
    .insertInto('members_assignment')
    .values({
      tenant_id: tenantId,
      id: row.id,
      org_id: row.orgId,
      org_path: row.orgPath,
      data_set: row.dataSet,
      ...people,
    })
    .onConflict((c) => c.columns(['tenant_id', 'org_id', 'data_set']).doUpdateSet(people))
    .execute()
}

/** Names of organisations by path. */
export async function namesAt(db: Db, tenantId: string, paths: readonly string[]): Promise<Map<string, string>> {
  if (paths.length === 0) return new Map()
  const rows = await db
    .selectFrom('org_path as o')
    .select(['o.path', 'o.name'])
    .where('o.tenant_id', '=', tenantId)
    .where('o.path', 'in', [...paths])
    .execute()
  return new Map(rows.map((row) => [row.path ?? '', row.name ?? '']))
}
