import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/events.ts'

/** Where documents lie: those of one kind, activity and agent; `registration` and `name` tell one from another. */
export type Place = { readonly tenantId: string; readonly place: string; readonly registration: string | null }
export type KeptDocument = {
  readonly id: string
  readonly contentType: string
  readonly bytes: Buffer
  readonly etag: string
  readonly updated: Date
  /** The key that wrote it last; null is the platform itself. */
  readonly credentialId: string | null
}

const one = (db: Db, { tenantId, place, registration }: Place, name: string) =>
  db
    .selectFrom('xapi_document')
    .select(['id', 'content_type as contentType', 'bytes', 'etag', 'updated', 'credential_id as credentialId'])
    .where('tenant_id', '=', tenantId)
    .where('place', '=', place)
    .where(sql<boolean>`registration is not distinct from ${registration}::uuid`)
    .where('name', '=', name)

export const findDocument = (db: Db, place: Place, name: string): Promise<KeptDocument | undefined> =>
  one(db, place, name).executeTakeFirst()

/** The document, held until the end of the transaction; also its place, when there is none yet. */
export async function lockDocument(tx: Tx, place: Place, name: string): Promise<KeptDocument | undefined> {
  const held = `${place.tenantId}/${place.place}/${place.registration ?? ''}/${name}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${held}, 0))`.execute(tx)
  return one(tx, place, name).forUpdate().executeTakeFirst()
}

type Content = Omit<KeptDocument, 'id' | 'updated'> & { readonly now: Date }

export async function setDocument(
  tx: Tx,
  place: Place,
  name: string,
  { now, contentType, bytes, etag, credentialId }: Content,
): Promise<void> {
  const { tenantId, registration } = place
  await tx
    .insertInto('xapi_document')
    .values({
      tenant_id: tenantId,
      id: newId({ now }),
      place: place.place,
      registration,
      name,
      content_type: contentType,
      bytes,
      etag,
      updated: now,
      credential_id: credentialId,
    })
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'place', 'registration', 'name'])
        .doUpdateSet({ content_type: contentType, bytes, etag, updated: now, credential_id: credentialId }),
    )
    .execute()
}

/** Without a registration those of all registrations are meant. */
const all = (db: Db, { tenantId, place, registration }: Place) => ({
  select: () =>
    db
      .selectFrom('xapi_document')
      .select(['name', 'updated'])
      .where('tenant_id', '=', tenantId)
      .where('place', '=', place)
      .$if(registration !== null, (select) => select.where('registration', '=', registration)),
  remove: () =>
    db
      .deleteFrom('xapi_document')
      .where('tenant_id', '=', tenantId)
      .where('place', '=', place)
      .$if(registration !== null, (remove) => remove.where('registration', '=', registration)),
})

const MOST_NAMES = 1000

export async function listNames(db: Db, place: Place, since: Date | null): Promise<{ name: string; updated: Date }[]> {
  const select = all(db, place).select()
  return (since === null ? select : select.where('updated', '>', since)).orderBy('updated').limit(MOST_NAMES).execute()
}

export async function removeDocument(tx: Tx, id: string, tenantId: string): Promise<void> {
  await tx.deleteFrom('xapi_document').where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

/** @returns how long those were that went, and whose */
export function removeDocuments(tx: Tx, place: Place): Promise<{ credentialId: string | null; bytes: number }[]> {
  return all(tx, place)
    .remove()
    .returning(['credential_id as credentialId', sql<number>`octet_length(bytes)`.as('bytes')])
    .execute()
}
