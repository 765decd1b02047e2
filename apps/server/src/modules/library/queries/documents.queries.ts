import type {
  DownloadRight,
  LibraryKind,
  LibraryState,
  Retention,
  SecrecyGrade,
  StatuteRank,
  Validity,
} from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope, pathsAlong } from '../../../platform/scope.ts'

export type Document = {
  id: string
  kind: LibraryKind
  unitId: string
  orgPath: string
  unitName: string
  audienceId: string
  audiencePath: string
  audienceName: string
  classId: string
  classPath: string
  className: string
  title: string
  summary: string
  tags: string[]
  secrecy: SecrecyGrade
  state: LibraryState
  validFrom: string | null
  validTo: string | null
  downloads: DownloadRight
  isMarked: boolean
  retention: Retention
  keptUntil: string | null
  documentNumber: string | null
  issuer: string | null
  rank: StatuteRank | null
  effectiveOn: string | null
  isReplaced: boolean
  reason: string | null
  versionNumber: number
  fileName: string
  fileKind: string
  bytes: number
  seq: number
  version: number
  madeBy: string
  publishedAt: Date
}

/** At the desk a post sees what its units keep and what applies to them; for oneself, what applies or is shared. */
export type Sight = { readonly as: 'desk' | 'own'; readonly today: string }

const sharedWith = (actor: Actor, today: string) => sql<boolean>`exists (select from library_share s
  where s.tenant_id = ${actor.tenantId} and s.document_id = d.id and s.person_id = ${actor.personId}
    and s.revoked_at is null and s.until_on >= ${today}::date)`

function seen(actor: Actor, { as, today }: Sight) {
  const applies = sql<boolean>`d.audience_path = any(${pathsAlong(actor.scope)}::text[])`
  if (as === 'own')
    return sql<boolean>`(d.state <> 'binned' and ((${applies} and d.secrecy <> 'work_secret') or ${sharedWith(actor, today)}))`
  return sql<boolean>`(${inReach('d.org_path', actor)}
    or (d.state <> 'binned' and (${applies} or ${inReach('d.audience_path', actor)})))`
}

const documents = (db: Db, tenantId: string) =>
  db
    .selectFrom('library_document as d')
    .innerJoin('library_class as c', (join) => join.onRef('c.id', '=', 'd.class_id').on('c.tenant_id', '=', tenantId))
    .select([
      'd.id',
      'd.kind',
      'd.unit_id as unitId',
      'd.org_path as orgPath',
      'd.unit_name as unitName',
      'd.audience_id as audienceId',
      'd.audience_path as audiencePath',
      'd.audience_name as audienceName',
      'd.class_id as classId',
      'd.class_trail as classPath',
      'c.name as className',
      'd.title',
      'd.summary',
      'd.tags',
      'd.secrecy',
      'd.state',
      'd.valid_from as validFrom',
      'd.valid_to as validTo',
      'd.downloads',
      'd.is_marked as isMarked',
      'd.retention',
      'd.kept_until as keptUntil',
      'd.document_number as documentNumber',
      'd.issuer',
      'd.rank',
      'd.effective_on as effectiveOn',
      sql<boolean>`exists (select from library_replacement r where r.tenant_id = ${tenantId} and r.older_id = d.id
        and r.is_whole and r.removed_at is null)`.as('isReplaced'),
      'd.reason',
      'd.version_number as versionNumber',
      'd.file_name as fileName',
      'd.file_kind as fileKind',
      'd.bytes',
      'd.seq',
      'd.version',
      'd.made_by as madeBy',
      'd.published_at as publishedAt',
    ])
    .where('d.tenant_id', '=', tenantId)

export type DocumentFilter = {
  readonly sight: Sight
  readonly classPath: string | null
  readonly kind: LibraryKind | null
  readonly state: LibraryState | null
  readonly secrecy: SecrecyGrade | null
  readonly validity: Validity | null
  readonly place: { readonly path: string; readonly isBelow: boolean } | null
  readonly from: string | null
  readonly to: string | null
  readonly isShared: boolean
}

/** When the document itself says that it applies; a statute from its day. */
function valid(validity: Validity, today: string) {
  const begins = sql`greatest(d.valid_from, d.effective_on)`
  if (validity === 'coming') return sql<boolean>`${begins} > ${today}::date`
  if (validity === 'expired') return sql<boolean>`d.valid_to < ${today}::date`
  return sql<boolean>`((${begins} is null or ${begins} <= ${today}::date) and (d.valid_to is null or d.valid_to >= ${today}::date))`
}

export async function listDocuments(db: Db, actor: Actor, filter: DocumentFilter, keyset: Keyset): Promise<Document[]> {
  const { sight, place } = filter
  let select = documents(db, actor.tenantId).where(seen(actor, sight))
  if (filter.isShared) select = select.where(sharedWith(actor, sight.today))
  if (filter.classPath !== null) select = select.where(inScope('d.class_trail', filter.classPath))
  if (filter.kind) select = select.where('d.kind', '=', filter.kind)
  // What lies in the bin is asked for by name.
  select = filter.state ? select.where('d.state', '=', filter.state) : select.where('d.state', '<>', 'binned')
  if (filter.secrecy) select = select.where('d.secrecy', '=', filter.secrecy)
  if (filter.validity) select = select.where(valid(filter.validity, sight.today))
  if (place)
    select = select.where(place.isBelow ? inScope('d.org_path', place.path) : sql<boolean>`d.org_path = ${place.path}`)
  // Days in Shanghai, where an instant of a day is.
  if (filter.from) select = select.where(sql<boolean>`d.published_at >= ${`${filter.from}T00:00:00+08`}::timestamptz`)
  if (filter.to)
    select = select.where(sql<boolean>`d.published_at < ${`${filter.to}T00:00:00+08`}::timestamptz + interval '1 day'`)
  const paged = byKeyset(select as unknown as SelectQueryBuilder<DB, keyof DB, Document>, keyset, 'd.id')
  return (await paged.execute()) as Document[]
}

export async function documentsById(
  db: Db,
  actor: Actor,
  sight: Sight,
  ids: readonly string[],
): Promise<Map<string, Document>> {
  if (ids.length === 0) return new Map()
  const select = documents(db, actor.tenantId).where(sql<boolean>`d.id = any(${[...ids]}::uuid[])`)
  const rows = (await select.where(seen(actor, sight)).execute()) as Document[]
  return new Map(rows.map((row) => [row.id, row]))
}

export async function findDocument(db: Db, actor: Actor, sight: Sight, id: string): Promise<Document | undefined> {
  return (await documentsById(db, actor, sight, [id])).get(id)
}

/** For changing: of the units that the post may act for. */
export async function lockDocument(tx: Tx, actor: Actor, id: string): Promise<Document | undefined> {
  const select = documents(tx, actor.tenantId).where('d.id', '=', id).where(inReach('d.org_path', actor))
  return (await select.forUpdate('d').executeTakeFirst()) as Document | undefined
}

export type DocumentColumns = {
  readonly classId: string
  readonly classPath: string
  readonly title: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly secrecy: SecrecyGrade
  readonly audienceId: string
  readonly audiencePath: string
  readonly audienceName: string
  readonly validFrom: string | null
  readonly validTo: string | null
  readonly downloads: DownloadRight
  readonly isMarked: boolean
  readonly retention: Retention
  readonly documentNumber: string | null
  readonly issuer: string | null
  readonly rank: StatuteRank | null
  readonly effectiveOn: string | null
}
const columnsOf = (facts: DocumentColumns) => ({
  class_id: facts.classId,
  class_trail: facts.classPath,
  title: facts.title,
  summary: facts.summary,
  tags: [...facts.tags],
  secrecy: facts.secrecy,
  audience_id: facts.audienceId,
  audience_path: facts.audiencePath,
  audience_name: facts.audienceName,
  valid_from: facts.validFrom,
  valid_to: facts.validTo,
  downloads: facts.downloads,
  is_marked: facts.isMarked,
  retention: facts.retention,
  document_number: facts.documentNumber,
  issuer: facts.issuer,
  rank: facts.rank,
  effective_on: facts.effectiveOn,
})

export type NewDocument = {
  readonly id: string
  readonly kind: LibraryKind
  readonly unit: { readonly id: string; readonly path: string; readonly name: string }
  readonly facts: DocumentColumns
  readonly file: KeptAs
  readonly seq: number
}
export type KeptAs = { readonly name: string; readonly kind: string; readonly bytes: number }
export async function insertDocument(tx: Tx, { tenantId, personId, personName }: Actor, one: NewDocument, at: Date) {
  const values = {
    tenant_id: tenantId,
    id: one.id,
    kind: one.kind,
    unit_id: one.unit.id,
    org_path: one.unit.path,
    unit_name: one.unit.name,
    ...columnsOf(one.facts),
    version_number: 1,
    file_name: one.file.name,
    file_kind: one.file.kind,
    bytes: one.file.bytes,
    seq: one.seq,
    worded_as: '',
    made_by: personName,
    made_by_id: personId,
    published_at: at,
    updated_at: at,
  }
  await tx.insertInto('library_document').values(values).execute()
}

const one = (tx: Tx, tenantId: string, id: string) =>
  tx.updateTable('library_document').where('tenant_id', '=', tenantId).where('id', '=', id)
const next = sql<number>`version + 1`

export async function setFacts(tx: Tx, tenantId: string, id: string, facts: DocumentColumns, at: Date): Promise<void> {
  await one(tx, tenantId, id)
    .set({ ...columnsOf(facts), version: next, updated_at: at })
    .execute()
}

export async function setFile(tx: Tx, tenantId: string, id: string, number: number, file: KeptAs, at: Date) {
  const set = { version_number: number, file_name: file.name, file_kind: file.kind, bytes: file.bytes }
  await one(tx, tenantId, id)
    .set({ ...set, version: next, updated_at: at })
    .execute()
}

export async function setState(
  tx: Tx,
  tenantId: string,
  id: string,
  set: { readonly state: LibraryState; readonly reason: string | null; readonly keptUntil: string | null },
  at: Date,
): Promise<void> {
  const { state, reason } = set
  await one(tx, tenantId, id).set({ state, reason, kept_until: set.keptUntil, version: next, updated_at: at }).execute()
}
