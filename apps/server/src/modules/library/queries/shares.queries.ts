import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'

export type Share = {
  id: string
  personName: string
  until: string
  mayDownload: boolean
  sharedBy: string
  sharedAt: Date
  revokedAt: Date | null
  revokedFor: string | null
  openings: number
  openedAt: Date | null
}
export async function sharesOf(db: Db, tenantId: string, documentId: string): Promise<Share[]> {
  return db
    .selectFrom('library_share as s')
    .select([
      's.id',
      's.person_name as personName',
      's.until_on as until',
      's.may_download as mayDownload',
      's.shared_by as sharedBy',
      's.shared_at as sharedAt',
      's.revoked_at as revokedAt',
      's.revoked_for as revokedFor',
      's.openings',
      's.opened_at as openedAt',
    ])
    .where('s.tenant_id', '=', tenantId)
    .where('s.document_id', '=', documentId)
    .orderBy('s.shared_at', 'desc')
    .orderBy('s.id')
    .limit(200)
    .execute()
}

/** The share by which the caller reads a document today, the most generous one. */
export async function ownShare(
  db: Db,
  { tenantId, personId }: Actor,
  documentId: string,
  today: string,
): Promise<{ id: string; mayDownload: boolean } | undefined> {
  return db
    .selectFrom('library_share as s')
    .select(['s.id', 's.may_download as mayDownload'])
    .where('s.tenant_id', '=', tenantId)
    .where('s.document_id', '=', documentId)
    .where('s.person_id', '=', personId)
    .where('s.revoked_at', 'is', null)
    .where('s.until_on', '>=', today)
    .orderBy('s.may_download', 'desc')
    .orderBy('s.id')
    .limit(1)
    .executeTakeFirst()
}

export type NewShare = {
  readonly id: string
  readonly documentId: string
  readonly orgPath: string
  readonly personId: string
  readonly personName: string
  readonly until: string
  readonly mayDownload: boolean
}
export async function insertShares(tx: Tx, actor: Actor, shares: readonly NewShare[], at: Date): Promise<void> {
  await tx
    .insertInto('library_share')
    .values(
      shares.map((share) => ({
        tenant_id: actor.tenantId,
        id: share.id,
        document_id: share.documentId,
        org_path: share.orgPath,
        person_id: share.personId,
        person_name: share.personName,
        until_on: share.until,
        may_download: share.mayDownload,
        shared_by: actor.personName,
        shared_at: at,
      })),
    )
    .execute()
}

export async function findShare(db: Db, tenantId: string, id: string): Promise<{ documentId: string } | undefined> {
  return db
    .selectFrom('library_share as s')
    .select('s.document_id as documentId')
    .where('s.tenant_id', '=', tenantId)
    .where('s.id', '=', id)
    .where('s.revoked_at', 'is', null)
    .executeTakeFirst()
}

export async function setRevoked(tx: Tx, tenantId: string, id: string, reason: string, at: Date): Promise<void> {
  await tx
    .updateTable('library_share')
    .set({ revoked_at: at, revoked_for: reason })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function noteOpening(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('library_share')
    .set({ openings: sql<number>`openings + 1`, opened_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export type Reading = {
  id: string
  personName: string
  act: 'downloaded' | 'opened_share'
  versionNumber: number
  at: Date
}
export async function insertReading(
  tx: Tx,
  { tenantId, personId, personName }: Actor,
  reading: Pick<Reading, 'id' | 'act' | 'versionNumber'> & { readonly documentId: string },
  at: Date,
): Promise<void> {
  const { id, act } = reading
  await tx
    .insertInto('library_reading')
    .values({
      tenant_id: tenantId,
      id,
      document_id: reading.documentId,
      person_id: personId,
      person_name: personName,
      act,
      version_number: reading.versionNumber,
      at,
    })
    .execute()
}

export async function readingsOf(db: Db, tenantId: string, documentId: string, keyset: Keyset): Promise<Reading[]> {
  const select = db
    .selectFrom('library_reading as g')
    .select(['g.id', 'g.person_name as personName', 'g.act', 'g.version_number as versionNumber', 'g.at'])
    .where('g.tenant_id', '=', tenantId)
    .where('g.document_id', '=', documentId)
  return (await byKeyset(select, keyset, 'g.id').execute()) as Reading[]
}
