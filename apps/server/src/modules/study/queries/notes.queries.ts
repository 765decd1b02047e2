import type { Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { containing } from '../../../platform/sql.ts'
import { type Own, paged } from './paged.ts'

export type Place = {
  readonly courseId: string | null
  readonly courseTitle: string | null
  readonly blockId: string | null
  readonly second: number | null
  readonly quote: string | null
}
export type Note = Place & {
  id: string
  body: string
  isShared: boolean
  removedAt: Date | null
  createdAt: Date
  updatedAt: Date
}

const notes = (db: Db, { tenantId, personId }: Own) =>
  db
    .selectFrom('study_note as n')
    .select([
      'n.id',
      'n.course_id as courseId',
      'n.course_title as courseTitle',
      'n.block_id as blockId',
      'n.second',
      'n.quote',
      'n.body',
      'n.is_shared as isShared',
      'n.removed_at as removedAt',
      'n.created_at as createdAt',
      'n.updated_at as updatedAt',
    ])
    .where('n.tenant_id', '=', tenantId)
    .where('n.person_id', '=', personId)

export type NoteFilter = { readonly text: string | null; readonly courseId: string | null; readonly isRemoved: boolean }
export async function listNotes(db: Db, own: Own, filter: NoteFilter, keyset: Keyset): Promise<Note[]> {
  let select = notes(db, own).where('n.removed_at', filter.isRemoved ? 'is not' : 'is', null)
  if (filter.courseId) select = select.where('n.course_id', '=', filter.courseId)
  if (filter.text) select = select.where('n.body', 'like', containing(filter.text))
  return paged<Note>(select, keyset, 'n.id')
}

/** All that is not in the bin, the oldest first. */
export async function allNotes(
  db: Db,
  own: Own,
  { from, before }: { readonly from: Date | null; readonly before: Date | null },
  most: number,
): Promise<Note[]> {
  let select = notes(db, own).where('n.removed_at', 'is', null)
  if (from) select = select.where('n.created_at', '>=', from)
  if (before) select = select.where('n.created_at', '<', before)
  return select.orderBy('n.created_at').orderBy('n.id').limit(most).execute()
}

export async function lockNote(tx: Tx, own: Own, id: string): Promise<Note | undefined> {
  return notes(tx, own).where('n.id', '=', id).forUpdate('n').executeTakeFirst()
}

export async function insertNote(tx: Tx, own: Own, note: Place & { id: string; body: string }, at: Date) {
  await tx
    .insertInto('study_note')
    .values({
      tenant_id: own.tenantId,
      id: note.id,
      person_id: own.personId,
      course_id: note.courseId,
      course_title: note.courseTitle,
      block_id: note.blockId,
      second: note.second,
      quote: note.quote,
      body: note.body,
      created_at: at,
      updated_at: at,
    })
    .execute()
}

export async function setNote(
  tx: Tx,
  own: Own,
  id: string,
  change: { body?: string; is_shared?: boolean; removed_at?: Date | null },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('study_note')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', own.tenantId)
    .where('person_id', '=', own.personId)
    .where('id', '=', id)
    .execute()
}

/** What the person threw away before the instant is gone. */
export async function emptyBin(tx: Tx, own: Own, before: Date): Promise<void> {
  await tx
    .deleteFrom('study_note')
    .where('tenant_id', '=', own.tenantId)
    .where('person_id', '=', own.personId)
    .where('removed_at', '<', before)
    .execute()
}

export type Share = Place & { id: string; personId: string; writer: string; body: string; sharedAt: Date }

export async function insertShare(
  tx: Tx,
  own: Own & { readonly orgPath: string; readonly writer: string },
  note: Note,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('study_share')
    .values({
      tenant_id: own.tenantId,
      id: note.id,
      person_id: own.personId,
      org_path: own.orgPath,
      writer: own.writer,
      course_id: note.courseId,
      course_title: note.courseTitle,
      block_id: note.blockId,
      second: note.second,
      quote: note.quote,
      body: note.body,
      shared_at: at,
    })
    .execute()
}

export async function removeShare(tx: Tx, own: Own, id: string): Promise<void> {
  await tx
    .deleteFrom('study_share')
    .where('tenant_id', '=', own.tenantId)
    .where('person_id', '=', own.personId)
    .where('id', '=', id)
    .execute()
}

/** Shared notes of exactly one unit. */
export async function listShares(
  db: Db,
  tenantId: string,
  orgPath: string,
  courseId: string | null,
  keyset: Keyset,
): Promise<Share[]> {
  let select = db
    .selectFrom('study_share as s')
    .select([
      's.id',
      's.person_id as personId',
      's.writer',
      's.course_id as courseId',
      's.course_title as courseTitle',
      's.block_id as blockId',
      's.second',
      's.quote',
      's.body',
      's.shared_at as sharedAt',
    ])
    .where('s.tenant_id', '=', tenantId)
    .where('s.org_path', '=', orgPath)
  if (courseId) select = select.where('s.course_id', '=', courseId)
  return paged<Share>(select, keyset, 's.id')
}
