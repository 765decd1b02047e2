import type { OrgKind } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../platform/page.ts'

export type OrgUnit = {
  id: string; path: string; parentId: string | null; kind: OrgKind; name: string; shortName: string | null; code: string | null
  foundedOn: string | null; dissolvedOn: string | null; version: number
}

const unitColumns = [
  'u.id', 'u.path', 'u.parent_id as parentId', 'u.kind', 'u.name', 'u.short_name as shortName', 'u.code',
  'u.founded_on as foundedOn', 'u.dissolved_on as dissolvedOn', 'u.version',
] as const

/** A unit inside the caller's scope. */
export async function findUnit(db: Db, actor: Actor, id: string): Promise<OrgUnit | undefined> {
  const row = await db.selectFrom('org_unit as u').select(unitColumns)
    .where('u.tenant_id', '=', actor.tenantId).where('u.id', '=', id).where(inScope('u.path', actor.scope)).executeTakeFirst()
  return row as OrgUnit | undefined
}

export async function lockUnit(tx: Tx, actor: Actor, id: string): Promise<OrgUnit | undefined> {
  const row = await tx.selectFrom('org_unit as u').select(unitColumns)
    .where('u.tenant_id', '=', actor.tenantId).where('u.id', '=', id).where(inScope('u.path', actor.scope)).forUpdate().executeTakeFirst()
  return row as OrgUnit | undefined
}

/** The subtree range: the only form of the test that uses the path index. */
export function inScope(column: string, scope: string) {
  const path = sql.ref(column)
  return sql<boolean>`(${path} = ${scope} or (${path} >= ${`${scope}.`} and ${path} < ${`${scope}/`}))`
}

export type ListFilter = { parentId: string | null; search: string | null; kind: OrgKind | null; dissolved: boolean }

export async function listUnits(db: Db, actor: Actor, filter: ListFilter, keyset: Keyset) {
  let select = db.selectFrom('org_unit as u')
    .select([...unitColumns, 'u.sort_order as sortOrder'])
    .select((eb) => [
      eb.selectFrom('org_unit as c').select(sql<number>`count(*)::int`.as('n'))
        .where('c.tenant_id', '=', actor.tenantId).whereRef('c.parent_id', '=', 'u.id').where('c.dissolved_on', 'is', null).as('children'),
      eb.selectFrom('org_count as n').select(sql<number>`coalesce(sum(n.people), 0)::int`.as('n'))
        .where('n.tenant_id', '=', actor.tenantId).where('n.category', 'in', ['formal', 'probationary'])
        .where(sql<boolean>`(n.org_path = u.path or (n.org_path >= u.path || '.' and n.org_path < u.path || '/'))`).as('members'),
    ])
    .where('u.tenant_id', '=', actor.tenantId)
    .where(inScope('u.path', actor.scope))
  if (filter.search !== null) select = select.where('u.name', 'ilike', `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`)
  else if (filter.parentId !== null) select = select.where('u.parent_id', '=', filter.parentId)
  else select = select.where('u.path', '=', actor.scope)
  if (filter.kind !== null) select = select.where('u.kind', '=', filter.kind)
  if (!filter.dissolved) select = select.where('u.dissolved_on', 'is', null)
  return byKeyset(select, keyset, 'u.id').execute()
}

/** The next free label below a parent: three base-36 digits, never reused because dissolved units keep theirs. */
export async function nextLabel(tx: Tx, tenantId: string, parentPath: string, parentId: string): Promise<string> {
  const last = await tx.selectFrom('org_unit').select('path').where('tenant_id', '=', tenantId).where('parent_id', '=', parentId)
    .orderBy('path', 'desc').limit(1).executeTakeFirst()
  const ordinal = last ? Number.parseInt(last.path.slice(parentPath.length + 1), 36) + 1 : 1
  return ordinal.toString(36).padStart(3, '0')
}

export type NewUnit = {
  id: string; path: string; parentId: string | null; kind: OrgKind; name: string; shortName: string | null; code: string | null
  foundedOn: string | null; foundingDocument: string | null; approvedBy: string | null; at: Date
}

export async function insertUnit(tx: Tx, tenantId: string, unit: NewUnit): Promise<void> {
  await tx.insertInto('org_unit').values({
    tenant_id: tenantId, id: unit.id, path: unit.path, parent_id: unit.parentId, kind: unit.kind, name: unit.name,
    short_name: unit.shortName, code: unit.code, founded_on: unit.foundedOn, founding_document: unit.foundingDocument,
    approved_by: unit.approvedBy, created_at: unit.at, updated_at: unit.at,
  }).execute()
}

export async function setName(tx: Tx, tenantId: string, id: string, name: string, shortName: string | null, at: Date): Promise<void> {
  await tx.updateTable('org_unit').set((eb) => ({ name, short_name: shortName, updated_at: at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

export type NewChange = {
  id: string; unitId: string; orgPath: string; kind: string; effectiveOn: string; documentNumber: string | null
  before: object; after: object; by: string; at: Date
}

export async function insertChange(tx: Tx, tenantId: string, change: NewChange): Promise<void> {
  await tx.insertInto('org_change').values({
    tenant_id: tenantId, id: change.id, unit_id: change.unitId, org_path: change.orgPath, kind: change.kind, effective_on: change.effectiveOn,
    document_number: change.documentNumber, before: JSON.stringify(change.before), after: JSON.stringify(change.after), made_by: change.by, made_at: change.at,
  }).execute()
}

/** The refusal a unique violation stands for, by constraint name (a trailing `_number` is a shard's), or null. */
export function takenReason(error: unknown): 'name_taken' | 'code_taken' | null {
  const constraint = (error as { constraint?: string }).constraint?.replace(/_\d+$/, '')
  if (constraint === 'org_unit_name_key') return 'name_taken'
  if (constraint === 'org_unit_code_key') return 'code_taken'
  return null
}
