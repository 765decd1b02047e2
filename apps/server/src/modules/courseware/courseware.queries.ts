import type { PackageKind } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import type { DB } from '../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../platform/page.ts'
import { inReach, inScope, pathsAlong } from '../../platform/scope.ts'
import { containing } from '../../platform/sql.ts'
import type { Structure } from './courseware.manifest.ts'

export type Package = {
  id: string
  unitId: string
  unitName: string | null
  orgPath: string
  title: string
  kind: PackageKind
  number: number
  edition: string
  items: number
  bytes: number
  files: number
  updatedAt: Date
  removedAt: Date | null
  removedReason: string | null
  version: number
}

const packages = (db: Db, tenantId: string) =>
  db
    .selectFrom('courseware_package as p')
    .innerJoin('courseware_version as v', (join) =>
      join
        .onRef('v.tenant_id', '=', 'p.tenant_id')
        .onRef('v.package_id', '=', 'p.id')
        .onRef('v.number', '=', 'p.number'),
    )
    .leftJoin('org_path as o', (join) => join.onRef('o.tenant_id', '=', 'p.tenant_id').onRef('o.id', '=', 'p.unit_id'))
    .select([
      'p.id',
      'p.unit_id as unitId',
      'o.name as unitName',
      'p.org_path as orgPath',
      'p.title',
      'p.kind',
      'p.number',
      'v.edition',
      sql<number>`jsonb_array_length(v.structure -> 'items')`.as('items'),
      sql<number>`v.bytes::float8`.as('bytes'),
      'v.files',
      'p.updated_at as updatedAt',
      'p.removed_at as removedAt',
      'p.removed_reason as removedReason',
      'p.version',
    ])
    .where('p.tenant_id', '=', tenantId)
    .where('v.tenant_id', '=', tenantId)

export type PackageFilter = {
  from: 'own' | 'above' | null
  place: string | null
  kind: PackageKind | null
  removed: boolean
  text: string | null
}

const fromAbove = (actor: Actor) =>
  sql<boolean>`(p.org_path = any(${pathsAlong(actor.scope).slice(0, -1)}::text[]) and p.removed_at is null)`

function placed(actor: Actor, { from, place }: PackageFilter) {
  if (place) return sql<boolean>`(${inReach('p.org_path', actor)} and ${inScope('p.org_path', place)})`
  if (from === 'own') return inReach('p.org_path', actor)
  if (from === 'above') return fromAbove(actor)
  return sql<boolean>`(${inReach('p.org_path', actor)} or ${fromAbove(actor)})`
}

/** Packages of the post's own units, and those of the units above. */
export async function listPackages(db: Db, actor: Actor, filter: PackageFilter, keyset: Keyset): Promise<Package[]> {
  let select = packages(db, actor.tenantId).where(placed(actor, filter))
  select = filter.removed
    ? select.where('p.removed_at', 'is not', null).where(inReach('p.org_path', actor))
    : select.where('p.removed_at', 'is', null)
  if (filter.kind) select = select.where('p.kind', '=', filter.kind)
  if (filter.text) select = select.where(sql<boolean>`p.title ilike ${containing(filter.text)}`)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'courseware_package', Package>,
    keyset,
    'p.id',
  ).execute()) as Package[]
}

/** A package that row security shows (own or of a unit above). Who may open it is decided by whoever asks. */
export async function findPackage(db: Db, tenantId: string, id: string): Promise<Package | undefined> {
  return (await packages(db, tenantId).where('p.id', '=', id).executeTakeFirst()) as Package | undefined
}

export async function packagesOf(db: Db, tenantId: string, ids: readonly string[]): Promise<Package[]> {
  if (ids.length === 0) return []
  const rows = await packages(db, tenantId)
    .where(sql<boolean>`p.id = any(${[...ids]}::uuid[])`)
    .execute()
  return rows as unknown as Package[]
}

/** Locks a package of the units that the post acts for. */
export async function lockPackage(tx: Tx, actor: Actor, id: string): Promise<Package | undefined> {
  const held = await tx
    .selectFrom('courseware_package as p')
    .select('p.id')
    .where('p.tenant_id', '=', actor.tenantId)
    .where('p.id', '=', id)
    .where(inReach('p.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return held ? findPackage(tx, actor.tenantId, id) : undefined
}

type NewPackage = Pick<Package, 'id' | 'unitId' | 'orgPath' | 'title' | 'kind'> & {
  readonly by: string
  readonly at: Date
}

export async function insertPackage(tx: Tx, tenantId: string, one: NewPackage): Promise<void> {
  await tx
    .insertInto('courseware_package')
    .values({
      tenant_id: tenantId,
      id: one.id,
      unit_id: one.unitId,
      org_path: one.orgPath,
      title: one.title,
      kind: one.kind,
      number: 1,
      created_by: one.by,
      created_at: one.at,
      updated_at: one.at,
    })
    .execute()
}

export type PackageChange = Partial<{
  title: string
  number: number
  removed_at: Date | null
  removed_reason: string | null
}>

/** Writes what changed and counts the version up. @returns the new version */
export async function setPackage(
  tx: Tx,
  at: { readonly tenantId: string; readonly now: Date },
  id: string,
  change: PackageChange,
): Promise<number> {
  const row = await tx
    .updateTable('courseware_package')
    .set({ ...change, updated_at: at.now, version: sql<number>`version + 1` })
    .where('tenant_id', '=', at.tenantId)
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return row.version
}

export type Version = {
  number: number
  folderId: string
  fileName: string
  bytes: number
  files: number
  scanned: boolean
  structure: Structure
  reason: string | null
  byId: string
  addedAt: Date
}

const versions = (db: Db, tenantId: string, packageId: string) =>
  db
    .selectFrom('courseware_version')
    .select([
      'number',
      'folder_id as folderId',
      'file_name as fileName',
      sql<number>`bytes::float8`.as('bytes'),
      'files',
      'scanned',
      'structure',
      'reason',
      'added_by as byId',
      'added_at as addedAt',
    ])
    .where('tenant_id', '=', tenantId)
    .where('package_id', '=', packageId)

/** Newest first. */
export async function versionsOf(db: Db, tenantId: string, packageId: string): Promise<Version[]> {
  return (await versions(db, tenantId, packageId).orderBy('number', 'desc').execute()) as unknown as Version[]
}

export async function findVersion(db: Db, tenantId: string, packageId: string, number: number) {
  const row = await versions(db, tenantId, packageId).where('number', '=', number).executeTakeFirst()
  return row as unknown as Version | undefined
}

type NewVersion = Omit<Version, 'byId' | 'addedAt'> & {
  readonly packageId: string
  readonly orgPath: string
  readonly fileId: string
  readonly by: string
  readonly at: Date
}

export async function insertVersion(tx: Tx, tenantId: string, one: NewVersion): Promise<void> {
  await tx
    .insertInto('courseware_version')
    .values({
      tenant_id: tenantId,
      package_id: one.packageId,
      number: one.number,
      org_path: one.orgPath,
      folder_id: one.folderId,
      file_id: one.fileId,
      file_name: one.fileName,
      bytes: one.bytes,
      files: one.files,
      scanned: one.scanned,
      edition: one.structure.edition,
      structure: JSON.stringify(one.structure),
      reason: one.reason,
      added_by: one.by,
      added_at: one.at,
    })
    .execute()
}

/** Of these folders those that a version lies in. */
export async function foldersAmong(db: Db, tenantId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('courseware_version')
    .select('folder_id as id')
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`folder_id = any(${[...ids]}::uuid[])`)
    .execute()
  return new Set(rows.map(({ id }) => id))
}
