import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import { PASSAGE, SHELVES, type Shelf } from '../library.policy.ts'

/** One word or mark of the index as it stands in a tsquery: quoted, quotes and backslashes doubled. */
export const quoted = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
export const shelfOf = (seq: number, size: Shelf): number => Math.floor(seq / SHELVES[size])

/** Says what the statements of this transaction look for: the policy of the index shows that and nothing else. */
const want = (tx: Tx, query: string) => sql`select set_config('app.library_wanted', ${query}, true)`.execute(tx)

/** Numbers and documents below `before` for which the query holds, the newest first. */
export async function matches(
  tx: Tx,
  tenantId: string,
  ask: { readonly query: string; readonly before: number; readonly limit: number },
): Promise<{ seq: number; id: string }[]> {
  await want(tx, ask.query)
  const { rows } = await sql<{ seq: number; id: string }>`select w.seq, w.document_id as id from library_word w
    where w.tenant_id = ${tenantId} and w.seq < ${ask.before} order by w.seq desc limit ${ask.limit}`.execute(tx)
  return rows
}

/** The number of the newest document. */
export async function lastSeq(db: Db, tenantId: string): Promise<number> {
  const row = await db
    .selectFrom('library_counter as c')
    .select('c.last')
    .where('c.tenant_id', '=', tenantId)
    .where('c.name', '=', 'documents')
    .executeTakeFirst()
  return row?.last ?? 0
}

/** The next number; until the end of the transaction nobody else is given one. */
export async function nextSeq(tx: Tx, tenantId: string): Promise<number> {
  const row = await tx
    .insertInto('library_counter')
    .values({ tenant_id: tenantId, name: 'documents', last: 1 })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'name']).doUpdateSet({ last: sql<number>`library_counter.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return row.last
}

/** Keeps what the newest file says. */
export async function setText(
  tx: Tx,
  tenantId: string,
  documentId: string,
  text: { readonly body: string; readonly words: readonly string[] },
): Promise<void> {
  const words = sql<string>`array_to_tsvector(${[...text.words]}::text[])`
  await tx
    .insertInto('library_text')
    .values({ tenant_id: tenantId, document_id: documentId, body: text.body, words })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'document_id']).doUpdateSet({ body: text.body, words }))
    .execute()
}

const markOf = (documentId: string): string => `d:${documentId}`

/** Takes a document out of the index. */
export async function dropWords(tx: Tx, tenantId: string, documentId: string): Promise<void> {
  await want(tx, quoted(markOf(documentId)))
  await tx.deleteFrom('library_word').where('tenant_id', '=', tenantId).where('document_id', '=', documentId).execute()
}

/** Puts a document into the index anew: the words of its file with words and marks of its facts. */
export async function setWords(
  tx: Tx,
  tenantId: string,
  document: { readonly id: string; readonly seq: number; readonly marks: readonly string[]; readonly wordedAs: string },
): Promise<void> {
  await dropWords(tx, tenantId, document.id)
  const marks = [...document.marks, markOf(document.id)]
  await sql`insert into library_word (tenant_id, document_id, seq, words)
    select t.tenant_id, t.document_id, ${document.seq}::bigint, t.words || array_to_tsvector(${marks}::text[])
    from library_text t where t.tenant_id = ${tenantId} and t.document_id = ${document.id}`.execute(tx)
  await tx
    .updateTable('library_document')
    .set({ worded_as: document.wordedAs })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', document.id)
    .execute()
}

/** A passage of each document around the first of the words that it holds. */
export async function passagesOf(
  db: Db,
  tenantId: string,
  ids: readonly string[],
  word: string,
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; passage: string }>`select p.id, substring(p.body
      from greatest(1, p.at - ${PASSAGE.before}) for ${PASSAGE.letters}) as passage
    from (select t.document_id as id, t.body, strpos(lower(t.body), ${word}) as at from library_text t
      where t.tenant_id = ${tenantId} and t.document_id = any(${[...ids]}::uuid[])) p where p.at > 0`.execute(db)
  return new Map(rows.map(({ id, passage }) => [id, passage.replace(/\s+/g, ' ').trim()]))
}

/** Documents whose organisations have moved since their words were written. */
export async function misplaced(tx: Tx, tenantId: string, most: number) {
  return tx
    .selectFrom('library_document as d')
    .select([
      'd.id',
      'd.seq',
      'd.kind',
      'd.org_path as orgPath',
      'd.audience_path as audiencePath',
      'd.class_trail as classPath',
      'd.title',
      'd.summary',
      'd.tags',
      'd.secrecy',
      'd.document_number as documentNumber',
      'd.issuer',
    ])
    .where('d.tenant_id', '=', tenantId)
    .where('d.state', '<>', 'binned')
    .where(sql<boolean>`d.worded_as <> d.org_path || ' ' || d.audience_path`)
    .limit(most)
    .execute()
}

export async function textOf(db: Db, tenantId: string, documentId: string): Promise<string> {
  const row = await db
    .selectFrom('library_text as t')
    .select('t.body')
    .where('t.tenant_id', '=', tenantId)
    .where('t.document_id', '=', documentId)
    .executeTakeFirst()
  return row?.body ?? ''
}
