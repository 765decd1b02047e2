import type { SlidesShown, SlidesUndrawn, SlidesWhy } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

/** These files are shown page by page from now on; what is drawn or waits already stays as it is. */
export async function wantPages(tx: Tx, tenantId: string, fileIds: readonly string[]): Promise<void> {
  if (fileIds.length === 0) return
  await tx
    .updateTable('learning_file')
    .set({ slides_state: 'waiting' })
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`file_id = any(${[...fileIds]}::uuid[])`)
    .where('slides_state', 'is', null)
    .execute()
}

/** Those of these files whose pages are drawn. */
export async function shownSlides(db: Db, tenantId: string, fileIds: readonly string[]): Promise<SlidesShown[]> {
  if (fileIds.length === 0) return []
  return db
    .selectFrom('learning_file')
    .select(['file_id as fileId', 'slides_pages as pages', 'slides_width as width', 'slides_height as height'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`file_id = any(${[...fileIds]}::uuid[])`)
    .where('slides_state', '=', 'ready')
    .orderBy('file_id')
    .execute()
}

/** Those of these files whose pages are wanted and not drawn, and why. */
export async function undrawnSlides(db: Db, tenantId: string, fileIds: readonly string[]): Promise<SlidesUndrawn[]> {
  if (fileIds.length === 0) return []
  const rows = await db
    .selectFrom('learning_file')
    .select(['file_id as fileId', 'slides_state as state', 'slides_why as why'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`file_id = any(${[...fileIds]}::uuid[])`)
    .where('slides_state', 'in', ['waiting', 'failed'])
    .orderBy('file_id')
    .execute()
  return rows as SlidesUndrawn[]
}

/** The slides of a course under a lock, whether drawn or not; undefined: it shows no such slides. */
export async function lockSlides(
  tx: Tx,
  tenantId: string,
  of: { readonly courseId: string; readonly fileId: string },
): Promise<{ state: string; why: string | null } | undefined> {
  const row = await tx
    .selectFrom('learning_file')
    .select(['slides_state as state', 'slides_why as why'])
    .where('tenant_id', '=', tenantId)
    .where('course_id', '=', of.courseId)
    .where('file_id', '=', of.fileId)
    .where('slides_state', 'is not', null)
    .forUpdate()
    .executeTakeFirst()
  return row && { state: row.state ?? '', why: row.why }
}

/** Whatever waits is told that this machine cannot draw it. */
export async function tellNoProgram(tx: Tx, tenantId: string): Promise<void> {
  await tx
    .updateTable('learning_file')
    .set({ slides_why: 'no_program' })
    .where('tenant_id', '=', tenantId)
    .where('slides_state', '=', 'waiting')
    .where('slides_why', 'is distinct from', 'no_program')
    .execute()
}

type At = { readonly tenantId: string; readonly now: Date }
export type Claimed = { readonly fileId: string; readonly attempts: number }

/** Takes the next file whose pages are wanted, until a moment: one whose drawing was interrupted is taken again. */
export async function claimSlides(tx: Tx, { tenantId, now }: At, until: Date): Promise<Claimed | undefined> {
  const next = await tx
    .selectFrom('learning_file')
    .select(['file_id as fileId', 'slides_attempts as attempts'])
    .where('tenant_id', '=', tenantId)
    .where('slides_state', '=', 'waiting')
    .where(sql<boolean>`(slides_leased_until is null or slides_leased_until < ${now})`)
    .orderBy('file_id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!next) return undefined
  const attempts = next.attempts + 1
  await setSlides(tx, tenantId, next.fileId, {
    slides_attempts: attempts,
    slides_leased_until: until,
    slides_why: null,
  })
  return { fileId: next.fileId, attempts }
}

type Change = {
  slides_state?: 'waiting' | 'ready' | 'failed'
  slides_why?: SlidesWhy | null
  slides_pages?: number
  slides_width?: number
  slides_height?: number
  slides_attempts?: number
  slides_leased_until?: Date | null
}
export async function setSlides(tx: Tx, tenantId: string, fileId: string, change: Change): Promise<void> {
  await tx
    .updateTable('learning_file')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('file_id', '=', fileId)
    .execute()
}

/** All files whose pages are drawn. */
export async function drawnFiles(tx: Tx, tenantId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('learning_file')
    .select('file_id as fileId')
    .where('tenant_id', '=', tenantId)
    .where('slides_state', '=', 'ready')
    .execute()
  return rows.map(({ fileId }) => fileId)
}
