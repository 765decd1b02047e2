import type { OrgKind } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../platform/page.ts'
import { inReach, inScope, withinText } from '../../platform/scope.ts'
import { containing, violated } from '../../platform/sql.ts'
import { nameKeysOf } from './org.names.ts'

/** Who counts as a member of the Party (the constitution's articles 1 and 7). */
export const MEMBER_CATEGORIES = ['formal', 'probationary'] as const

export type OrgUnit = {
  id: string
  path: string
  parentId: string | null
  kind: OrgKind
  name: string
  shortName: string | null
  code: string | null
  foundedOn: string | null
  dissolvedOn: string | null
  version: number
}

const unitColumns = [
  'u.id',
  'u.path',
  'u.parent_id as parentId',
  'u.kind',
  'u.name',
  'u.short_name as shortName',
  'u.code',
  'u.founded_on as foundedOn',
  'u.dissolved_on as dissolvedOn',
  'u.version',
] as const

/** A unit that the caller reaches. */
export async function findUnit(db: Db, actor: Actor, id: string): Promise<OrgUnit | undefined> {
  const row = await db
    .selectFrom('org_unit as u')
    .select(unitColumns)
    .where('u.tenant_id', '=', actor.tenantId)
    .where('u.id', '=', id)
    .where(inReach('u.path', actor))
    .executeTakeFirst()
  return row as OrgUnit | undefined
}

export async function lockUnit(tx: Tx, actor: Actor, id: string): Promise<OrgUnit | undefined> {
  const row = await tx
    .selectFrom('org_unit as u')
    .select(unitColumns)
    .where('u.tenant_id', '=', actor.tenantId)
    .where('u.id', '=', id)
    .where(inReach('u.path', actor))
    .forUpdate()
    .executeTakeFirst()
  return row as OrgUnit | undefined
}

/**
 * People at or below a path, as a scalar in SQL: the folded total and what happened since. The arguments are SQL: a
 * parameter (`$1`) or a column of the statement around it. Exact, and two short index reads at any size of subtree.
 */
export function peopleBelowText(tenant: string, path: string, categories?: readonly string[]): string {
  const only = (alias: string) =>
    categories ? ` and ${alias}.category in (${categories.map((one) => `'${one}'`).join(', ')})` : ''
  return `(coalesce((select sum(t.people) from org_total t where t.tenant_id = ${tenant} and t.org_path = ${path}${only('t')}), 0)
    + coalesce((select sum(d.delta) from org_count_delta d where d.tenant_id = ${tenant} and ${withinText('d.org_path', path)}${only('d')}), 0))::int`
}

export type ListFilter = {
  /** One level below this unit; null with `under` null: the top of the scope. */
  parentId: string | null
  /** Everything below (and with) this path. */
  under: string | null
  search: string | null
  kind: OrgKind | null
  dissolved: boolean
  withoutSecretary: boolean
  /** Terms that end on this day or earlier. */
  termEndsBy: string | null
  membersFrom: number | null
  membersTo: number | null
  stars: number | null
  nature: string | null
}

const secretaryOf = (tenantId: string) =>
  sql<string | null>`(select p.name from org_post p where p.tenant_id = ${tenantId} and p.unit_id = u.id
    and p.post = 'secretary' and p.until_on is null)`

const members = sql.raw<number>(peopleBelowText('u.tenant_id', 'u.path', MEMBER_CATEGORIES))

/** Units of one level or of a subtree, with people and secretary; filters are joined by AND. */
export async function listUnits(db: Db, actor: Actor, filter: ListFilter, keyset: Keyset) {
  const { tenantId } = actor
  let select = db
    .selectFrom('org_unit as u')
    .select([...unitColumns, 'u.sort_order as sortOrder', 'u.term_until as termUntil'])
    .select((eb) => [
      eb
        .selectFrom('org_unit as c')
        .select(sql<number>`count(*)::int`.as('n'))
        .where('c.tenant_id', '=', tenantId)
        .whereRef('c.parent_id', '=', 'u.id')
        .where('c.dissolved_on', 'is', null)
        .as('children'),
      members.as('members'),
      secretaryOf(tenantId).as('secretary'),
    ])
    .where('u.tenant_id', '=', tenantId)
    .where(inReach('u.path', actor))
  if (filter.under !== null) select = select.where(inScope('u.path', filter.under))
  else if (filter.parentId !== null) select = select.where('u.parent_id', '=', filter.parentId)
  else if (filter.search === null) select = select.where('u.path', '=', actor.scope)
  if (filter.search !== null) select = select.where(found(filter.search))
  if (filter.kind !== null) select = select.where('u.kind', '=', filter.kind)
  if (!filter.dissolved) select = select.where('u.dissolved_on', 'is', null)
  if (filter.withoutSecretary) select = select.where(sql<boolean>`${secretaryOf(tenantId)} is null`)
  if (filter.termEndsBy !== null) select = select.where('u.term_until', '<=', filter.termEndsBy)
  if (filter.membersFrom !== null) select = select.where(sql<boolean>`${members} >= ${filter.membersFrom}`)
  if (filter.membersTo !== null) select = select.where(sql<boolean>`${members} <= ${filter.membersTo}`)
  if (filter.stars !== null) select = select.where(sql<boolean>`u.facts ->> 'stars' = ${String(filter.stars)}`)
  if (filter.nature !== null) select = select.where(sql<boolean>`u.facts ->> 'hostUnitNature' = ${filter.nature}`)
  return byKeyset(select, keyset, 'u.id').execute()
}

/** Part of the name or short name, the code, or the beginning of pinyin or initials. */
function found(search: string) {
  const text = search.trim()
  const part = containing(text)
  const keys = text.toLowerCase().replace(/[^a-z0-9]/g, '')
  const byKeys =
    keys !== '' && /^[\x20-\x7e]+$/.test(text)
      ? sql`or u.pinyin like ${`${keys}%`} or u.initials like ${`${keys}%`}`
      : sql``
  // Characters have no case, and folding it for each of 50,000 names costs more than looking for them.
  const like = /[a-z]/i.test(text) ? sql`ilike` : sql`like`
  return sql<boolean>`(u.name ${like} ${part} or u.short_name ${like} ${part} or u.code = ${text} ${byKeys})`
}

/**
 * The next free label below a parent: three base-36 digits, never given twice, also when the unit that had it moved
 * away or was dissolved. The caller has locked the parent.
 */
export async function nextLabel(tx: Tx, tenantId: string, parentPath: string, parentId: string): Promise<string> {
  const last = await tx
    .selectFrom('org_unit')
    .select('path')
    .where('tenant_id', '=', tenantId)
    .where('parent_id', '=', parentId)
    .orderBy('path', 'desc')
    .limit(1)
    .executeTakeFirst()
  const seen = last ? Number.parseInt(last.path.slice(parentPath.length + 1), 36) : 0
  const { ordinal } = await tx
    .updateTable('org_unit')
    .set({ last_label: sql<number>`greatest(last_label, ${seen}::int) + 1` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', parentId)
    .returning('last_label as ordinal')
    .executeTakeFirstOrThrow()
  return ordinal.toString(36).padStart(3, '0')
}

export type NewUnit = {
  id: string
  path: string
  parentId: string | null
  kind: OrgKind
  name: string
  shortName: string | null
  code: string | null
  foundedOn: string | null
  foundingDocument: string | null
  approvedBy: string | null
  at: Date
}

export async function insertUnit(tx: Tx, tenantId: string, unit: NewUnit): Promise<void> {
  await tx
    .insertInto('org_unit')
    .values({
      tenant_id: tenantId,
      id: unit.id,
      path: unit.path,
      parent_id: unit.parentId,
      kind: unit.kind,
      name: unit.name,
      short_name: unit.shortName,
      ...nameKeysOf(unit.name),
      code: unit.code,
      founded_on: unit.foundedOn,
      founding_document: unit.foundingDocument,
      approved_by: unit.approvedBy,
      created_at: unit.at,
      updated_at: unit.at,
    })
    .execute()
}

export async function setName(
  tx: Tx,
  tenantId: string,
  id: string,
  name: string,
  shortName: string | null,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('org_unit')
    .set((eb) => ({ name, short_name: shortName, ...nameKeysOf(name), updated_at: at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export type NewChange = {
  id: string
  unitId: string
  orgPath: string
  kind: string
  effectiveOn: string
  documentNumber: string | null
  reason?: string
  before: object
  after: object
  by: string
  byName?: string
  at: Date
}

export async function insertChange(tx: Tx, tenantId: string, change: NewChange): Promise<void> {
  await tx
    .insertInto('org_change')
    .values({
      tenant_id: tenantId,
      id: change.id,
      unit_id: change.unitId,
      org_path: change.orgPath,
      kind: change.kind,
      effective_on: change.effectiveOn,
      document_number: change.documentNumber,
      reason: change.reason ?? null,
      before: JSON.stringify(change.before),
      after: JSON.stringify(change.after),
      made_by: change.by,
      made_by_name: change.byName ?? null,
      made_at: change.at,
    })
    .execute()
}

/** Ends a unit as of the day it began. */
export async function setUnfounded(tx: Tx, tenantId: string, id: string, on: string, at: Date): Promise<void> {
  await tx
    .updateTable('org_unit')
    .set((eb) => ({
      // Without a day of founding a unit stands in the trees of all earlier dates.
      founded_on: eb.fn.coalesce('founded_on', sql<string>`${on}::date`),
      dissolved_on: on,
      updated_at: at,
      version: eb('version', '+', 1),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** The refusal a unique violation stands for, or null. */
export function takenReason(error: unknown): 'name_taken' | 'code_taken' | null {
  const constraint = violated(error)
  if (constraint === 'org_unit_name_key') return 'name_taken'
  if (constraint === 'org_unit_code_key') return 'code_taken'
  return null
}

/** Full name of a unit, also of one outside the scope: names of organisations are no secret. Empty when there is none. */
export async function unitNameOf(db: Db, tenantId: string, id: string): Promise<string> {
  const row = await db
    .selectFrom('org_path as o')
    .select('o.name')
    .where('o.tenant_id', '=', tenantId)
    .where('o.id', '=', id)
    .executeTakeFirst()
  return row?.name ?? ''
}
