import type { ArticleText, Correction } from '@tongxin/contract'
import type { Audience, ColumnKind, CommentMode } from '@tongxin/domain/publishing/stages'
import { sql } from 'kysely'
import type { Actor, Db } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { pathsAlong } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import { paged } from './paged.ts'

/** An article as those read it whom it is for. */
export type Shown = {
  id: string
  title: string
  columnId: string
  columnName: string
  kind: ColumnKind
  orgPath: string
  unitName: string
  audience: Audience
  comments: CommentMode
  isPinned: boolean
  releasedAt: Date
  content: ArticleText
  corrections: Correction[]
}
/** Who reads: somebody signed in, or the public of a tenant. */
export type Reader = {
  readonly tenantId: string
  readonly actor: Pick<Actor, 'scope' | 'reach'> | null
  readonly today: string
}

const shown = (db: Db, tenantId: string) =>
  db
    .selectFrom('publishing_article as a')
    .innerJoin('publishing_column as k', (join) =>
      join.on('k.tenant_id', '=', tenantId).onRef('k.id', '=', 'a.column_id'),
    )
    .select([
      'a.id',
      'a.title',
      'a.column_id as columnId',
      'k.name as columnName',
      'a.kind',
      'a.org_path as orgPath',
      'a.unit_name as unitName',
      'a.audience',
      'k.comments',
      'a.is_pinned as isPinned',
      'a.released_at as releasedAt',
      'a.content',
      'a.corrections',
    ])
    .where('a.tenant_id', '=', tenantId)
    .where('k.tenant_id', '=', tenantId)
    .where('a.state', '=', 'released')
    .where('a.is_listed', '=', true)

/** For everybody, for whoever is signed in, or for the unit of the column and those below it, which a post above reads as well. */
const isFor = ({ actor }: Reader) =>
  actor === null
    ? sql<boolean>`(a.audience = 'public' and a.content #>> '{openness,scope}' is distinct from 'party')`
    : sql<boolean>`(a.audience <> 'subtree' or a.audience_path = any(${pathsAlong(actor.scope)}::text[]) or ${
        actor.reach === 'subtree'
          ? sql`(a.audience_path >= ${actor.scope} and a.audience_path < ${`${actor.scope}/`})`
          : sql`false`
      })`
/** What was made open is shown for the time that was said. */
const readable = (reader: Reader) =>
  sql<boolean>`(${isFor(reader)} and (a.kind <> 'openness'
    or (coalesce(a.content #>> '{openness,fromOn}', '') <= ${reader.today}
      and coalesce(a.content #>> '{openness,untilOn}', '9999') >= ${reader.today})))`

export type ReaderFilter = {
  readonly columnId: string | null
  readonly kind: ColumnKind | null
  readonly text: string | null
}
function filtered(db: Db, reader: Reader, { columnId, kind, text }: ReaderFilter) {
  let select = shown(db, reader.tenantId).where(readable(reader))
  if (columnId !== null) select = select.where('a.column_id', '=', columnId)
  if (kind !== null) select = select.where('a.kind', '=', kind)
  if (text !== null)
    select = select.where((eb) =>
      eb.or([eb('a.title', 'like', containing(text)), eb('a.words', 'like', containing(text))]),
    )
  return select
}
export const listShown = (db: Db, reader: Reader, filter: ReaderFilter, keyset: Keyset): Promise<Shown[]> =>
  paged<Shown>(filtered(db, reader, filter), keyset, 'a.id')
/** Those put first, the newest first. */
export async function listPinned(db: Db, reader: Reader, filter: ReaderFilter, most: number): Promise<Shown[]> {
  const select = filtered(db, reader, filter).where('a.is_pinned', '=', true)
  return (await select.orderBy('a.released_at', 'desc').orderBy('a.id').limit(most).execute()) as unknown as Shown[]
}
export async function findShown(db: Db, reader: Reader, id: string): Promise<Shown | undefined> {
  const select = shown(db, reader.tenantId).where(readable(reader)).where('a.id', '=', id)
  return (await select.executeTakeFirst()) as Shown | undefined
}

export type ReadColumn = { id: string; name: string; note: string; kind: ColumnKind; unitName: string }
/** Open columns in which there is something for the reader. */
export async function columnsRead(db: Db, reader: Reader): Promise<ReadColumn[]> {
  const { rows } = await sql<ReadColumn>`select k.id, k.name, k.note, k.kind, k.unit_name as "unitName"
    from publishing_column k
    where k.tenant_id = ${reader.tenantId}::uuid and k.is_open
      and exists (select from publishing_article a where a.tenant_id = ${reader.tenantId}::uuid and a.column_id = k.id
        and a.state = 'released' and a.is_listed and ${readable(reader)})
    order by k.org_path, k.position, k.id limit 200`.execute(db)
  return rows
}

/** Whether a picture stands in an article that the reader may read, in the text that is shown now or as its cover. */
export async function isPictureShown(db: Db, reader: Reader, articleId: string, fileId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from publishing_article a
    where a.tenant_id = ${reader.tenantId}::uuid and a.id = ${articleId}::uuid and a.state = 'released' and a.is_listed
      and ${readable(reader)} and strpos(a.content::text, ${fileId}) > 0`.execute(db)
  return rows.length > 0
}
