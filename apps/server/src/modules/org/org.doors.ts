import type { OrgKind } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/ctx.ts'
import { newId } from '../../platform/events.ts'
import { inScope } from '../../platform/scope.ts'
import * as q from './org.queries.ts'

/** What other modules may ask of the tree inside their own transaction. Scope and rights are the caller's business. */

/** Makes the top of a new tenant: the installation's first organisation. Returns its id and path. */
export async function createRoot(
  tx: Tx,
  root: { tenantId: string; path: string; name: string; kind: OrgKind; now: Date },
): Promise<{ id: string; path: string }> {
  const id = newId(root)
  await tx
    .insertInto('platform_tenant')
    .values({ id: root.tenantId, path: root.path, name: root.name, created_at: root.now })
    .execute()
  await sql`select set_config('app.tenant', ${root.tenantId}, true), set_config('app.scope', ${root.path}, true)`.execute(
    tx,
  )
  const foundedOn = null
  await q.insertUnit(tx, root.tenantId, {
    id,
    path: root.path,
    parentId: null,
    kind: root.kind,
    name: root.name,
    shortName: null,
    code: null,
    foundedOn,
    foundingDocument: null,
    approvedBy: null,
    at: root.now,
  })
  return { id, path: root.path }
}

export type NamedUnit = { id: string; path: string; name: string; kind: OrgKind; parentId: string | null }

/** Living units of a subtree by their full or short name. A name that two units share comes twice. */
export async function unitsByNames(
  db: Db,
  tenantId: string,
  scope: string,
  names: readonly string[],
): Promise<NamedUnit[]> {
  if (names.length === 0) return []
  const rows = await db
    .selectFrom('org_unit as u')
    .select(['u.id', 'u.path', 'u.name', 'u.kind', 'u.parent_id as parentId'])
    .where('u.tenant_id', '=', tenantId)
    .where(inScope('u.path', scope))
    .where('u.dissolved_on', 'is', null)
    .where((eb) => eb.or([eb('u.name', 'in', [...names]), eb('u.short_name', 'in', [...names])]))
    .execute()
  return rows as NamedUnit[]
}

/** Names of all living units of a subtree, for finding the nearest spelling; at most 20,000. */
export async function unitNames(db: Db, tenantId: string, scope: string): Promise<string[]> {
  const rows = await db
    .selectFrom('org_unit as u')
    .select('u.name')
    .where('u.tenant_id', '=', tenantId)
    .where(inScope('u.path', scope))
    .where('u.dissolved_on', 'is', null)
    .limit(20_000)
    .execute()
  return rows.map((row) => row.name)
}

export type PlannedUnit = {
  readonly name: string
  readonly kind: OrgKind
  readonly parentName: string
  readonly foundedOn: string | null
}

/**
 * Founds many units at once, parents before children, below units that exist or are founded here; `known` maps a name
 * to the unit. Used by the import after approval. Writes a change and leaves the event to the caller's batch event.
 */
export async function foundUnits(
  tx: Tx,
  batch: { tenantId: string; by: string; now: Date; known: ReadonlyMap<string, NamedUnit> },
  planned: readonly PlannedUnit[],
): Promise<Map<string, NamedUnit>> {
  const known = new Map(batch.known)
  let waiting = planned.filter((unit) => !known.has(unit.name))
  while (waiting.length > 0) {
    const ready = waiting.filter((unit) => known.has(unit.parentName))
    if (ready.length === 0) throw new Error(`no parent for ${waiting.map((unit) => unit.name).join(', ')}`)
    for (const unit of ready)
      known.set(unit.name, await foundOne(tx, batch, unit, known.get(unit.parentName) as NamedUnit))
    waiting = waiting.filter((unit) => !known.has(unit.name))
  }
  return known
}

async function foundOne(
  tx: Tx,
  batch: { tenantId: string; by: string; now: Date },
  unit: PlannedUnit,
  parent: NamedUnit,
): Promise<NamedUnit> {
  const id = newId(batch)
  const path = `${parent.path}.${await q.nextLabel(tx, batch.tenantId, parent.path, parent.id)}`
  const at = batch.now
  await q.insertUnit(tx, batch.tenantId, {
    id,
    path,
    parentId: parent.id,
    kind: unit.kind,
    name: unit.name,
    shortName: null,
    code: null,
    foundedOn: unit.foundedOn,
    foundingDocument: null,
    approvedBy: null,
    at,
  })
  const after = { name: unit.name, kind: unit.kind, parentId: parent.id }
  const effectiveOn = unit.foundedOn ?? at.toISOString().slice(0, 10)
  await q.insertChange(tx, batch.tenantId, {
    id: newId({ now: at }),
    unitId: id,
    orgPath: path,
    kind: 'founded',
    effectiveOn,
    documentNumber: null,
    before: {},
    after,
    by: batch.by,
    at,
  })
  return { id, path, name: unit.name, kind: unit.kind, parentId: parent.id }
}
