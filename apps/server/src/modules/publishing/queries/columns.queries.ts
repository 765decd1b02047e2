import type { Audience, ColumnKind, CommentMode } from '@tongxin/domain/publishing/stages'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { inReach, pathsAlong } from '../../../platform/scope.ts'
import { paged } from './paged.ts'

export type Column = {
  id: string
  unitId: string
  orgPath: string
  unitName: string
  kind: ColumnKind
  name: string
  note: string
  audience: Audience
  comments: CommentMode
  linkHosts: string[]
  position: number
  isOpen: boolean
  version: number
}

const columns = (db: Db, tenantId: string) =>
  db
    .selectFrom('publishing_column as k')
    .select([
      'k.id',
      'k.unit_id as unitId',
      'k.org_path as orgPath',
      'k.unit_name as unitName',
      'k.kind',
      'k.name',
      'k.note',
      'k.audience',
      'k.comments',
      'k.link_hosts as linkHosts',
      'k.position',
      'k.is_open as isOpen',
      'k.version',
    ])
    .where('k.tenant_id', '=', tenantId)

/** Those the post writes for: of its own units, and of units above. */
const writable = (actor: Actor) =>
  sql<boolean>`(${inReach('k.org_path', actor)} or k.org_path = any(${pathsAlong(actor.scope)}::text[]))`

export type ColumnFilter = { readonly kind: ColumnKind | null; readonly isOpen: boolean | null }
export async function listColumns(
  db: Db,
  actor: Actor,
  filter: ColumnFilter,
  keyset: Keyset,
): Promise<(Column & { articles: number })[]> {
  let select = columns(db, actor.tenantId)
    .select(
      sql<number>`(select count(*)::int from publishing_article a where a.tenant_id = ${actor.tenantId}::uuid
        and a.column_id = k.id and a.state = 'released')`.as('articles'),
    )
    .where(writable(actor))
  if (filter.kind !== null) select = select.where('k.kind', '=', filter.kind)
  if (filter.isOpen !== null) select = select.where('k.is_open', '=', filter.isOpen)
  return paged(select, keyset, 'k.id')
}
export async function findColumn(db: Db, actor: Actor, id: string): Promise<Column | undefined> {
  const select = columns(db, actor.tenantId).where('k.id', '=', id).where(writable(actor))
  return (await select.executeTakeFirst()) as Column | undefined
}
/** The column of an article that the caller was let see. */
export async function columnOf(db: Db, tenantId: string, id: string): Promise<Column> {
  return (await columns(db, tenantId).where('k.id', '=', id).executeTakeFirstOrThrow()) as Column
}
/** A column of the post's own units, locked. */
export async function lockColumn(tx: Tx, actor: Actor, id: string): Promise<Column | undefined> {
  const select = columns(tx, actor.tenantId).where('k.id', '=', id).where(inReach('k.org_path', actor))
  return (await select.forUpdate('k').executeTakeFirst()) as Column | undefined
}
export async function countColumns(db: Db, tenantId: string, unitId: string): Promise<number> {
  const { count } = await db
    .selectFrom('publishing_column')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('tenant_id', '=', tenantId)
    .where('unit_id', '=', unitId)
    .executeTakeFirstOrThrow()
  return count
}

export async function insertColumn(tx: Tx, tenantId: string, column: Omit<Column, 'isOpen' | 'version'>, at: Date) {
  const { id, unitId, orgPath, unitName, kind, name, note, audience, comments, linkHosts, position } = column
  await tx
    .insertInto('publishing_column')
    .values({
      tenant_id: tenantId,
      id,
      unit_id: unitId,
      org_path: orgPath,
      unit_name: unitName,
      kind,
      name,
      note,
      audience,
      comments,
      link_hosts: linkHosts,
      position,
      created_at: at,
      updated_at: at,
    })
    .execute()
}

type ColumnChange = Partial<
  Pick<Column, 'name' | 'note' | 'audience' | 'comments' | 'linkHosts' | 'position' | 'isOpen'>
> & { readonly version: number }
export async function setColumn(tx: Tx, tenantId: string, id: string, change: ColumnChange, at: Date): Promise<void> {
  const { linkHosts, isOpen, ...same } = change
  await tx
    .updateTable('publishing_column')
    .set({
      ...same,
      ...(linkHosts === undefined ? {} : { link_hosts: linkHosts }),
      ...(isOpen === undefined ? {} : { is_open: isOpen }),
      updated_at: at,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
/** What a column says about its readers, for all articles in it. */
export async function setReaders(
  tx: Tx,
  tenantId: string,
  { id, audience, isOpen }: Pick<Column, 'id' | 'audience' | 'isOpen'>,
): Promise<void> {
  await tx
    .updateTable('publishing_article')
    .set({ audience, is_listed: isOpen })
    .where('tenant_id', '=', tenantId)
    .where('column_id', '=', id)
    .where((eb) => eb.or([eb('audience', '<>', audience), eb('is_listed', '<>', isOpen)]))
    .execute()
}

/** Says that something changed of what the public reads. */
export async function countUpStamp(tx: Tx, tenantId: string): Promise<void> {
  await tx
    .insertInto('publishing_stamp')
    .values({ tenant_id: tenantId, place: 'portal', stamp: 1 })
    .onConflict((c) => c.columns(['tenant_id', 'place']).doUpdateSet({ stamp: sql`publishing_stamp.stamp + 1` }))
    .execute()
}
export async function stampOf(db: Db, tenantId: string): Promise<number> {
  const row = await db
    .selectFrom('publishing_stamp')
    .select('stamp')
    .where('tenant_id', '=', tenantId)
    .where('place', '=', 'portal')
    .executeTakeFirst()
  return row?.stamp ?? 0
}
