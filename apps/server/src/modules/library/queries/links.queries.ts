import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

export type Link = {
  id: string
  newerId: string
  olderId: string
  isWhole: boolean
  note: string
  title: string
  documentNumber: string | null
}
/** Links of a statute whose other end the caller may see. */
export async function linksOf(db: Db, tenantId: string, id: string): Promise<Link[]> {
  const { rows } =
    await sql<Link>`select r.id, r.newer_id as "newerId", r.older_id as "olderId", r.is_whole as "isWhole",
      r.note, d.title, d.document_number as "documentNumber"
    from library_replacement r
    join library_document d on d.tenant_id = r.tenant_id and d.id = case when r.newer_id = ${id} then r.older_id else r.newer_id end
    where r.tenant_id = ${tenantId} and d.tenant_id = ${tenantId} and (r.newer_id = ${id} or r.older_id = ${id})
      and r.removed_at is null order by d.effective_on desc, r.id limit 50`.execute(db)
  return rows
}

/** Whether the statute goes back to another by a chain of replacements. */
export async function goesBackTo(tx: Tx, tenantId: string, from: string, to: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`with recursive back as (
      select ${from}::uuid as id union
      select r.older_id from back b join library_replacement r on r.newer_id = b.id
      where r.tenant_id = ${tenantId} and r.removed_at is null)
    select exists (select from back where id = ${to}) as found`.execute(tx)
  return rows[0]?.found ?? false
}

export async function insertLink(
  tx: Tx,
  tenantId: string,
  link: Pick<Link, 'id' | 'newerId' | 'olderId' | 'isWhole' | 'note'>,
): Promise<void> {
  const { id, note } = link
  await tx
    .insertInto('library_replacement')
    .values({ tenant_id: tenantId, id, newer_id: link.newerId, older_id: link.olderId, is_whole: link.isWhole, note })
    .execute()
}

export async function findLink(
  db: Db,
  tenantId: string,
  id: string,
): Promise<{ newerId: string; olderId: string } | undefined> {
  return db
    .selectFrom('library_replacement as r')
    .select(['r.newer_id as newerId', 'r.older_id as olderId'])
    .where('r.tenant_id', '=', tenantId)
    .where('r.id', '=', id)
    .where('r.removed_at', 'is', null)
    .executeTakeFirst()
}

export async function setLinkRemoved(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('library_replacement')
    .set({ removed_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
