import { type RawBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../org/index.ts'
import type { Reference } from '../members.references.ts'

export type Bearer = { readonly id: string; readonly personId: string; readonly orgPath: string }
type Counted = { readonly kind: string; readonly open: number; readonly rest: number; readonly kept: number }

/** Rows of a reference that belong to somebody. */
const belongs = (reference: Reference, bearer: Bearer): RawBuilder<unknown> =>
  reference.member ? sql`t.member_id = ${bearer.id}::uuid` : sql`t.person_id = ${bearer.personId}::uuid`

const meant = (reference: Reference, tenantId: string): RawBuilder<unknown> =>
  reference.of
    ? sql`and exists (select 1 from ${sql.table(reference.of.table)} as o where o.tenant_id = ${tenantId}::uuid
        and o.id = ${sql.ref(`t.${reference.key}`)} and ${sql.ref(`o.${reference.of.column}`)} in (${sql.join([...reference.of.among])}))`
    : sql``

const without = (reference: Reference, tenantId: string, kept: Bearer): RawBuilder<unknown> =>
  reference.unless
    ? sql`and not exists (select 1 from ${sql.table(reference.table)} as k where k.tenant_id = ${tenantId}::uuid
        and k.member_id = ${kept.id}::uuid and ${sql.ref(`k.${reference.unless}`)} = ${sql.ref(`t.${reference.unless}`)})`
    : sql``

function isOpen({ open }: Reference, now: Date): RawBuilder<unknown> {
  if (!open) return sql`false`
  const column = sql.ref(`t.${open.column}`)
  const state = open.among === null ? sql`${column} is null` : sql`${column} in (${sql.join([...open.among])})`
  if (!open.until) return state
  const until = sql.ref(`t.${open.until}`)
  return sql`(${state} and (${until} is null or ${until} > ${now}))`
}

/** How many rows name the record that goes, open and others, and how many open ones name the record that stays. */
export async function countReferences(
  db: Db,
  tenantId: string,
  references: readonly Reference[],
  of: { kept: Bearer; gone: Bearer; now: Date },
): Promise<Counted[]> {
  const parts = references.map((reference) => {
    const open = isOpen(reference, of.now)
    return sql`select ${reference.kind}::text as kind,
      count(*) filter (where ${belongs(reference, of.gone)} and ${open})::int as open,
      count(*) filter (where ${belongs(reference, of.gone)} and not ${open})::int as rest,
      count(*) filter (where ${belongs(reference, of.kept)} and ${open})::int as kept
      from ${sql.table(reference.table)} as t where t.tenant_id = ${tenantId}::uuid
        and (${belongs(reference, of.gone)} or ${belongs(reference, of.kept)})
        ${meant(reference, tenantId)} ${without(reference, tenantId, of.kept)}`
  })
  const { rows } = await sql<Counted>`${sql.join(parts, sql` union all `)}`.execute(db)
  return rows
}

const bearing = (reference: Reference, bearer: Bearer): RawBuilder<unknown> =>
  sql.join([
    ...(reference.member ? [sql`member_id = ${bearer.id}::uuid`] : []),
    ...(reference.person ? [sql`person_id = ${bearer.personId}::uuid`] : []),
    ...(reference.follows ? [sql`org_path = ${bearer.orgPath}`] : []),
  ])

/** Hands the rows of one reference over; returns what names them. */
export async function moveReference(
  tx: Tx,
  tenantId: string,
  reference: Reference,
  { kept, gone }: { kept: Bearer; gone: Bearer },
): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`update ${sql.table(reference.table)} as t set ${bearing(reference, kept)}
    where t.tenant_id = ${tenantId}::uuid and ${belongs(reference, gone)}
      ${meant(reference, tenantId)} ${without(reference, tenantId, kept)}
    returning ${sql.ref(`t.${reference.key}`)} as key`.execute(tx)
  return rows.map((row) => row.key)
}

/** Gives rows back that came over with a merge and did not change since; returns how many. */
export async function returnReference(
  tx: Tx,
  tenantId: string,
  reference: Reference,
  of: { kept: Bearer; gone: Bearer; keys: readonly string[]; mergedAt: Date },
): Promise<number> {
  const unchanged = reference.changed ? sql`and ${sql.ref(`t.${reference.changed}`)} <= ${of.mergedAt}` : sql``
  const result = await sql`update ${sql.table(reference.table)} as t set ${bearing(reference, of.gone)}
    where t.tenant_id = ${tenantId}::uuid and ${belongs(reference, of.kept)} ${meant(reference, tenantId)}
      and ${sql.ref(`t.${reference.key}`)} = any(${[...of.keys]}::uuid[]) ${unchanged}`.execute(tx)
  return Number(result.numAffectedRows ?? 0n)
}

export type NewMerge = {
  id: string
  orgPath: string
  keptId: string
  goneId: string
  fields: string[]
  before: Buffer
  moved: Readonly<Record<string, readonly string[]>>
  keptVersion: number
  goneVersion: number
  keptSignsIn: boolean
  goneSignsIn: boolean
  reason: string
  by: string
  at: Date
}

export async function insertMerge(tx: Tx, tenantId: string, merge: NewMerge): Promise<void> {
  await tx
    .insertInto('members_merge')
    .values({
      tenant_id: tenantId,
      id: merge.id,
      org_path: merge.orgPath,
      kept_id: merge.keptId,
      gone_id: merge.goneId,
      fields: merge.fields,
      before: merge.before,
      moved: JSON.stringify(merge.moved),
      kept_version: merge.keptVersion,
      gone_version: merge.goneVersion,
      kept_signs_in: merge.keptSignsIn,
      gone_signs_in: merge.goneSignsIn,
      reason: merge.reason,
      made_by: merge.by,
      made_at: merge.at,
    })
    .execute()
}

export async function lockMerge(tx: Tx, actor: Actor, id: string) {
  return tx
    .selectFrom('members_merge as g')
    .selectAll()
    .where('g.tenant_id', '=', actor.tenantId)
    .where('g.id', '=', id)
    .where(inReach('g.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
}

/** Whether a record was closed by a merge that still holds. */
export async function isMergedAway(db: Db, tenantId: string, memberId: string): Promise<boolean> {
  const row = await db
    .selectFrom('members_merge as g')
    .select('g.id')
    .where('g.tenant_id', '=', tenantId)
    .where('g.gone_id', '=', memberId)
    .where('g.state', '=', 'merged')
    .executeTakeFirst()
  return row !== undefined
}

export async function setUndone(
  tx: Tx,
  tenantId: string,
  id: string,
  undone: { by: string; at: Date; reason: string },
): Promise<void> {
  await tx
    .updateTable('members_merge')
    .set({ state: 'undone', undone_by: undone.by, undone_at: undone.at, undone_reason: undone.reason })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** A step of the record's history that changed no fact still has a version of its own. */
export async function raiseVersion(tx: Tx, tenantId: string, memberId: string, at: Date): Promise<void> {
  await tx
    .updateTable('members_member')
    .set((eb) => ({ version: eb('version', '+', 1), updated_at: at }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', memberId)
    .execute()
}

export async function listMerges(db: Db, actor: Actor, state: string | undefined, keyset: Keyset) {
  const select = db
    .selectFrom('members_merge as g')
    .innerJoin('members_member as k', (j) => j.onRef('k.tenant_id', '=', 'g.tenant_id').onRef('k.id', '=', 'g.kept_id'))
    .innerJoin('members_member as d', (j) => j.onRef('d.tenant_id', '=', 'g.tenant_id').onRef('d.id', '=', 'g.gone_id'))
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'k.tenant_id').onRef('o.id', '=', 'k.org_id'))
    .select([
      'g.id',
      'g.state',
      'g.kept_id as keptId',
      'k.name as keptName',
      'k.member_no as keptNo',
      'g.gone_id as goneId',
      'd.name as goneName',
      'd.member_no as goneNo',
      'o.name as orgName',
      'g.reason',
      'g.made_by as madeBy',
      'g.made_at as madeAt',
      'g.undone_reason as undoneReason',
    ])
    .where('g.tenant_id', '=', actor.tenantId)
    .where('k.tenant_id', '=', actor.tenantId)
    .where('d.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('g.org_path', actor))
    .$if(state !== undefined, (q) => q.where('g.state', '=', state ?? ''))
  return byKeyset(select, keyset, 'g.id').execute()
}
