import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

/** What belongs to the text of a circular: files, the texts that were replaced, and the prefaces on its way down. */

export async function filesOf(db: Db, tenantId: string, circularId: string): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('notices_file')
    .select(['file_id as id', 'name'])
    .where('tenant_id', '=', tenantId)
    .where('circular_id', '=', circularId)
    .orderBy('place')
    .execute()
}

export async function insertFiles(
  tx: Tx,
  tenantId: string,
  circular: { readonly id: string; readonly orgPath: string },
  files: readonly { readonly id: string; readonly name: string }[],
): Promise<void> {
  if (files.length === 0) return
  await tx
    .insertInto('notices_file')
    .values(
      files.map(({ id, name }, place) => ({
        tenant_id: tenantId,
        file_id: id,
        circular_id: circular.id,
        org_path: circular.orgPath,
        name,
        place,
      })),
    )
    .execute()
}

export async function deleteFiles(tx: Tx, tenantId: string, circularId: string): Promise<void> {
  await tx.deleteFrom('notices_file').where('tenant_id', '=', tenantId).where('circular_id', '=', circularId).execute()
}

/** Circulars that show a file: the one it was attached to, and those that pass it on. */
export async function circularsWithFile(db: Db, tenantId: string, fileId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select c.id from notices_file f
    join notices_circular c on c.tenant_id = ${tenantId} and (c.id = f.circular_id or c.origin_id = f.circular_id)
    where f.tenant_id = ${tenantId} and f.file_id = ${fileId} and c.state = 'sent'`.execute(db)
  return rows.map(({ id }) => id)
}

export type Correction = {
  readonly version: number
  readonly title: string
  readonly body: string
  readonly note: string | null
  readonly asksAgain: boolean
  readonly by: string
  readonly at: Date
}
/** The texts that were replaced, the latest first. */
export async function correctionsOf(db: Db, tenantId: string, circularId: string): Promise<Correction[]> {
  return db
    .selectFrom('notices_version')
    .select(['version', 'title', 'body', 'note', 'asks_again as asksAgain', 'by_name as by', 'at'])
    .where('tenant_id', '=', tenantId)
    .where('circular_id', '=', circularId)
    .orderBy('version', 'desc')
    .execute()
}

export async function insertCorrection(
  tx: Tx,
  tenantId: string,
  circular: { readonly id: string; readonly orgPath: string },
  old: Correction,
): Promise<void> {
  const { version, title, body, note, asksAgain, by, at } = old
  await tx
    .insertInto('notices_version')
    .values({
      tenant_id: tenantId,
      circular_id: circular.id,
      org_path: circular.orgPath,
      version,
      title,
      body,
      note,
      asks_again: asksAgain,
      by_name: by,
      at,
    })
    .execute()
}

/** What the units on the way down wrote before the text, the highest first. */
export async function prefacesOf(
  db: Db,
  tenantId: string,
  circularId: string,
): Promise<{ orgName: string; words: string }[]> {
  const { rows } = await sql<{ orgName: string; words: string }>`with recursive way as (
      select c.id, c.parent_id, c.unit_name, c.preface, 0 as height from notices_circular c
      where c.tenant_id = ${tenantId} and c.id = ${circularId}
      union all
      select c.id, c.parent_id, c.unit_name, c.preface, w.height + 1 from way w
      join notices_circular c on c.tenant_id = ${tenantId} and c.id = w.parent_id
    ) select unit_name as "orgName", preface as words from way where preface is not null order by height desc`.execute(
    db,
  )
  return rows
}
