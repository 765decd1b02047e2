import type { Cue, MediaFault, MediaKind, MediaState } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import type { DB } from '../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../platform/page.ts'
import { inReach, inScope, pathsAlong } from '../../platform/scope.ts'
import { containing } from '../../platform/sql.ts'

/** An upload as it stands in the folder of kept files. */
export type Original = {
  readonly fileId: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly sha256: string
  readonly scanned: boolean
}
/** One file of the folder of streams. `height` null: sound. */
export type Rendition = {
  readonly name: string
  readonly height: number | null
  readonly bytes: number
  /** Bits a second, for the choice of the player (RFC 8216, BANDWIDTH). */
  readonly bandwidth: number
}

export type MediaItem = {
  id: string
  unitId: string
  unitName: string | null
  orgPath: string
  kind: MediaKind
  title: string
  source: string
  copyright: string
  transcript: string | null
  state: MediaState
  fault: MediaFault | null
  served: Original | null
  incoming: Original | null
  declaredSeconds: number | null
  seconds: number | null
  renditionId: string | null
  renditions: readonly Rendition[]
  hasPoster: boolean
  percent: number
  hasCaptions: boolean
  updatedAt: Date
  removedAt: Date | null
  removedReason: string | null
  version: number
}

const columns = [
  'm.id',
  'm.unit_id as unitId',
  'm.org_path as orgPath',
  'm.kind',
  'm.title',
  'm.source',
  'm.copyright',
  'm.transcript',
  'm.state',
  'm.fault',
  'm.served',
  'm.incoming',
  'm.declared_seconds as declaredSeconds',
  'm.seconds',
  'm.rendition_id as renditionId',
  'm.renditions',
  'm.has_poster as hasPoster',
  'm.percent',
  'm.updated_at as updatedAt',
  'm.removed_at as removedAt',
  'm.removed_reason as removedReason',
  'm.version',
] as const

const items = (db: Db, tenantId: string) =>
  db
    .selectFrom('media_item as m')
    .leftJoin('org_path as o', (join) => join.onRef('o.tenant_id', '=', 'm.tenant_id').onRef('o.id', '=', 'm.unit_id'))
    .select([
      ...columns,
      'o.name as unitName',
      sql<boolean>`exists (select from media_caption c
        where c.tenant_id = m.tenant_id and c.media_id = m.id and c.removed_at is null)`.as('hasCaptions'),
    ])
    .where('m.tenant_id', '=', tenantId)

export type MediaFilter = {
  from: 'own' | 'above' | null
  place: string | null
  kind: MediaKind | null
  state: MediaState | null
  captions: boolean | null
  removed: boolean
  waiting: boolean
  text: string | null
}

const fromAbove = (actor: Actor) =>
  sql<boolean>`(m.org_path = any(${pathsAlong(actor.scope).slice(0, -1)}::text[]) and m.served is not null)`

function placed(actor: Actor, { from, place }: MediaFilter) {
  if (place) return sql<boolean>`(${inReach('m.org_path', actor)} and ${inScope('m.org_path', place)})`
  if (from === 'own') return inReach('m.org_path', actor)
  if (from === 'above') return fromAbove(actor)
  return sql<boolean>`(${inReach('m.org_path', actor)} or ${fromAbove(actor)})`
}

/** Media of the post's own units, and what the units above have to show. */
export async function listItems(db: Db, actor: Actor, filter: MediaFilter, keyset: Keyset): Promise<MediaItem[]> {
  let select = items(db, actor.tenantId).where(placed(actor, filter))
  select = filter.removed
    ? select.where('m.removed_at', 'is not', null).where(inReach('m.org_path', actor))
    : select.where('m.removed_at', 'is', null)
  if (filter.kind) select = select.where('m.kind', '=', filter.kind)
  if (filter.state) select = select.where('m.state', '=', filter.state)
  if (filter.captions !== null) {
    const said = sql<boolean>`exists (select from media_caption c
      where c.tenant_id = m.tenant_id and c.media_id = m.id and c.removed_at is null)`
    select = select.where(filter.captions ? said : sql<boolean>`not ${said}`)
  }
  if (filter.waiting)
    select = select.where(inReach('m.org_path', actor)).where(sql<boolean>`exists (select from media_proposal p
      where p.tenant_id = m.tenant_id and p.media_id = m.id and p.state = 'open')`)
  if (filter.text) {
    const like = containing(filter.text)
    select = select.where(sql<boolean>`(m.title ilike ${like} or m.source ilike ${like} or m.transcript ilike ${like}
      or exists (select from media_caption c where c.tenant_id = m.tenant_id and c.media_id = m.id
        and c.removed_at is null and c.words ilike ${like}))`)
  }
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'media_item', MediaItem>,
    keyset,
    'm.id',
  ).execute()) as MediaItem[]
}

/** A medium that row security shows (own or of a unit above). Who may see it is decided by whoever asks. */
export async function findItem(db: Db, tenantId: string, id: string): Promise<MediaItem | undefined> {
  return (await items(db, tenantId).where('m.id', '=', id).executeTakeFirst()) as MediaItem | undefined
}

export async function itemsOf(db: Db, tenantId: string, ids: readonly string[]): Promise<MediaItem[]> {
  if (ids.length === 0) return []
  const rows = await items(db, tenantId)
    .where(sql<boolean>`m.id = any(${[...ids]}::uuid[])`)
    .execute()
  return rows as unknown as MediaItem[]
}

/** Locks a medium of the units that the post acts for. */
export async function lockItem(tx: Tx, actor: Actor, id: string): Promise<MediaItem | undefined> {
  const row = await tx
    .selectFrom('media_item as m')
    .select([...columns, sql<null>`null`.as('unitName'), sql<boolean>`false`.as('hasCaptions')])
    .where('m.tenant_id', '=', actor.tenantId)
    .where('m.id', '=', id)
    .where(inReach('m.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return row as MediaItem | undefined
}

type NewItem = Pick<
  MediaItem,
  'id' | 'unitId' | 'orgPath' | 'kind' | 'title' | 'source' | 'copyright' | 'transcript' | 'declaredSeconds'
> & { readonly incoming: Original; readonly createdBy: string; readonly at: Date }

export async function insertItem(tx: Tx, tenantId: string, item: NewItem): Promise<void> {
  await tx
    .insertInto('media_item')
    .values({
      tenant_id: tenantId,
      id: item.id,
      unit_id: item.unitId,
      org_path: item.orgPath,
      kind: item.kind,
      title: item.title,
      source: item.source,
      copyright: item.copyright,
      transcript: item.transcript,
      declared_seconds: item.declaredSeconds,
      state: 'uploaded',
      incoming: JSON.stringify(item.incoming),
      created_by: item.createdBy,
      created_at: item.at,
      updated_at: item.at,
    })
    .execute()
}

export type ItemChange = Partial<{
  title: string
  source: string
  copyright: string
  transcript: string | null
  state: MediaState
  fault: MediaFault | null
  served: string | null
  incoming: string | null
  declared_seconds: number | null
  seconds: number | null
  width: number | null
  height: number | null
  rendition_id: string | null
  renditions: string
  has_poster: boolean
  percent: number
  attempts: number
  leased_until: Date | null
  removed_at: Date | null
  removed_reason: string | null
}>

/** Writes what changed and counts the version up. @returns the new version */
export async function setItem(
  tx: Tx,
  at: { readonly tenantId: string; readonly now: Date },
  id: string,
  change: ItemChange,
): Promise<number> {
  const row = await tx
    .updateTable('media_item')
    .set({ ...change, updated_at: at.now, version: sql<number>`version + 1` })
    .where('tenant_id', '=', at.tenantId)
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return row.version
}

export type Caption = { language: string; cues: readonly Cue[]; updatedAt: Date }

export async function captionsOf(db: Db, tenantId: string, mediaId: string): Promise<Caption[]> {
  const rows = await db
    .selectFrom('media_caption')
    .select(['language', 'cues', 'updated_at as updatedAt'])
    .where('tenant_id', '=', tenantId)
    .where('media_id', '=', mediaId)
    .where('removed_at', 'is', null)
    .orderBy('language', 'desc')
    .execute()
  return rows as unknown as Caption[]
}

export type NewCaption = {
  mediaId: string
  language: string
  orgPath: string
  cues: readonly Cue[]
  by: string
  at: Date
}

export async function putCaption(tx: Tx, tenantId: string, caption: NewCaption): Promise<void> {
  const said = {
    cues: JSON.stringify(caption.cues),
    words: caption.cues.map((cue) => cue.text).join('\n'),
    updated_by: caption.by,
    updated_at: caption.at,
    removed_at: null,
  }
  await tx
    .insertInto('media_caption')
    .values({
      tenant_id: tenantId,
      media_id: caption.mediaId,
      language: caption.language,
      org_path: caption.orgPath,
      ...said,
    })
    .onConflict((c) => c.columns(['tenant_id', 'media_id', 'language']).doUpdateSet(said))
    .execute()
}

/** False when there are none. */
export async function removeCaption(tx: Tx, tenantId: string, mediaId: string, language: string, at: Date) {
  const row = await tx
    .updateTable('media_caption')
    .set({ removed_at: at })
    .where('tenant_id', '=', tenantId)
    .where('media_id', '=', mediaId)
    .where('language', '=', language)
    .where('removed_at', 'is', null)
    .returning('language')
    .executeTakeFirst()
  return row !== undefined
}

export type Version = { number: number; file: Original; reason: string; byId: string; replacedAt: Date }

export async function versionsOf(db: Db, tenantId: string, mediaId: string): Promise<Version[]> {
  const rows = await db
    .selectFrom('media_version')
    .select(['number', 'file', 'reason', 'replaced_by as byId', 'replaced_at as replacedAt'])
    .where('tenant_id', '=', tenantId)
    .where('media_id', '=', mediaId)
    .orderBy('number', 'desc')
    .execute()
  return rows as unknown as Version[]
}

/** Keeps what played until now; whoever calls holds the row of the medium. */
export async function insertVersion(
  tx: Tx,
  tenantId: string,
  version: { mediaId: string; orgPath: string; file: Original; reason: string; by: string; at: Date },
): Promise<void> {
  const before = await versionsOf(tx, tenantId, version.mediaId)
  await tx
    .insertInto('media_version')
    .values({
      tenant_id: tenantId,
      media_id: version.mediaId,
      number: (before[0]?.number ?? 0) + 1,
      org_path: version.orgPath,
      file: JSON.stringify(version.file),
      reason: version.reason,
      replaced_by: version.by,
      replaced_at: version.at,
    })
    .execute()
}
