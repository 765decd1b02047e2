import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../org/index.ts'
import type { Owner } from './dossier.queries.ts'

export type Photo = { id: string; fileId: string; since: Date }

/** The photo that the record has now. */
export async function currentPhoto(db: Db, tenantId: string, memberId: string): Promise<Photo | undefined> {
  return db
    .selectFrom('members_photo as p')
    .select(['p.id', 'p.file_id as fileId', 'p.since'])
    .where('p.tenant_id', '=', tenantId)
    .where('p.member_id', '=', memberId)
    .where('p.until_at', 'is', null)
    .executeTakeFirst()
}

export async function findPhoto(db: Db, tenantId: string, memberId: string, id: string): Promise<Photo | undefined> {
  return db
    .selectFrom('members_photo as p')
    .select(['p.id', 'p.file_id as fileId', 'p.since'])
    .where('p.tenant_id', '=', tenantId)
    .where('p.member_id', '=', memberId)
    .where('p.id', '=', id)
    .executeTakeFirst()
}

export async function listPhotos(db: Db, tenantId: string, memberId: string, keyset: Keyset) {
  const select = db
    .selectFrom('members_photo as p')
    .select(['p.id', 'p.since', 'p.until_at as untilAt', 'p.made_by as madeBy', 'p.set_by as setBy'])
    .where('p.tenant_id', '=', tenantId)
    .where('p.member_id', '=', memberId)
  return byKeyset(select, keyset, 'p.id').execute()
}

/** Ends the photo that the record has; it stays as history. */
export async function setPhotoEnded(tx: Tx, tenantId: string, memberId: string, at: Date): Promise<void> {
  await tx
    .updateTable('members_photo')
    .set({ until_at: at })
    .where('tenant_id', '=', tenantId)
    .where('member_id', '=', memberId)
    .where('until_at', 'is', null)
    .execute()
}

type NewPhoto = { id: string; fileId: string; changeId: string; madeBy: string; setBy: string; at: Date }

export async function insertPhoto(tx: Tx, tenantId: string, of: Owner, photo: NewPhoto): Promise<void> {
  await tx
    .insertInto('members_photo')
    .values({
      tenant_id: tenantId,
      id: photo.id,
      member_id: of.id,
      person_id: of.person_id,
      org_path: of.org_path,
      file_id: photo.fileId,
      change_id: photo.changeId,
      made_by: photo.madeBy,
      set_by: photo.setBy,
      since: photo.at,
    })
    .execute()
}

/** Photos of these records that nobody has looked at yet. */
export async function photosToFingerprint(
  tx: Tx,
  tenantId: string,
  memberIds: readonly string[],
): Promise<{ id: string; fileId: string }[]> {
  return tx
    .selectFrom('members_photo as p')
    .select(['p.id', 'p.file_id as fileId'])
    .where('p.tenant_id', '=', tenantId)
    .where(sql<boolean>`p.member_id = any(${[...memberIds]}::uuid[])`)
    .where('p.until_at', 'is', null)
    .where('p.fingerprint', 'is', null)
    .execute()
}

export async function setFingerprint(tx: Tx, tenantId: string, id: string, fingerprint: string): Promise<void> {
  await sql`update members_photo set fingerprint = ${fingerprint}::bit(64)
    where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`.execute(tx)
}

/** So many of 64 bits may differ in two copies of one picture, drawn at another size or saved again. */
const NEAR = 3
/** Pairs of one look: a picture of nobody, given to a whole branch, is seen in the first of them. */
const MOST_PAIRS = 2000
const BANDS = [1, 2, 3, 4] as const

export type SamePhoto = { memberId: string; otherId: string }

/**
 * Records whose present photo looks like one of these. Two that differ in three bits at most agree in one of four bands:
 * an index for each finds them, and no photo is held against all others. `former` also takes the photos that these had.
 */
export async function samePhotos(
  db: Db,
  tenantId: string,
  memberIds: readonly string[],
  former = false,
): Promise<SamePhoto[]> {
  const present = former ? sql`` : sql`and a.until_at is null`
  const near = BANDS.map((band) => {
    const column = sql.ref(`band_${band}`)
    return sql`select a.member_id, b.member_id as other_id from members_photo a
      join members_photo b on b.tenant_id = a.tenant_id and b.${column} = a.${column} and b.until_at is null
        and b.member_id <> a.member_id and bit_count(a.fingerprint # b.fingerprint) <= ${NEAR}
      where a.tenant_id = ${tenantId}::uuid and b.tenant_id = ${tenantId}::uuid
        and a.member_id = any(${[...memberIds]}::uuid[]) ${present}`
  })
  const { rows } = await sql<SamePhoto>`select n.member_id as "memberId", n.other_id as "otherId"
    from (${sql.join(near, sql` union `)}) n
    join members_member m on m.tenant_id = ${tenantId}::uuid and m.id = n.other_id and m.deleted_at is null
    order by 1, 2 limit ${MOST_PAIRS}`.execute(db)
  return rows
}

export type OtherRecord = { memberId: string; otherId: string; name: string; orgName: string }

/** The same for showing: only records that the caller may see. */
export async function othersShown(db: Db, actor: Actor, memberIds: readonly string[]): Promise<OtherRecord[]> {
  if (memberIds.length === 0) return []
  const pairs = await samePhotos(db, actor.tenantId, memberIds)
  if (pairs.length === 0) return []
  const seen = await db
    .selectFrom('members_member as m')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'm.tenant_id').onRef('o.id', '=', 'm.org_id'))
    .select(['m.id', 'm.name', 'o.name as orgName'])
    .where('m.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where(sql<boolean>`m.id = any(${[...new Set(pairs.map(({ otherId }) => otherId))]}::uuid[])`)
    .where(inReach('m.org_path', actor))
    .execute()
  const byId = new Map(seen.map((row) => [row.id, row]))
  return pairs.flatMap(({ memberId, otherId }) => {
    const other = byId.get(otherId)
    return other ? [{ memberId, otherId, name: other.name, orgName: other.orgName ?? '' }] : []
  })
}
