import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

export type Photo = { id: string; fileId: string; caption: string; addedBy: string; addedAt: Date }

/** The pictures of a record in their order, without those taken out. */
export async function photosOf(db: Db, tenantId: string, meetingId: string): Promise<Photo[]> {
  return db
    .selectFrom('meetings_photo')
    .select(['id', 'file_id as fileId', 'caption', 'added_by_name as addedBy', 'added_at as addedAt'])
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('removed_at', 'is', null)
    .orderBy('place_no')
    .orderBy('id')
    .execute()
}

type Person = { readonly id: string; readonly name: string }
export type NewPhoto = {
  readonly id: string
  readonly fileId: string
  readonly caption: string
  readonly place: number
  readonly by: Person
  readonly at: Date
}

export async function insertPhoto(
  tx: Tx,
  tenantId: string,
  meeting: { id: string; orgPath: string },
  photo: NewPhoto,
): Promise<void> {
  await tx
    .insertInto('meetings_photo')
    .values({
      tenant_id: tenantId,
      id: photo.id,
      meeting_id: meeting.id,
      org_path: meeting.orgPath,
      file_id: photo.fileId,
      caption: photo.caption,
      place_no: photo.place,
      added_by: photo.by.id,
      added_by_name: photo.by.name,
      added_at: photo.at,
    })
    .execute()
}

/** Places and captions of the pictures in the order given. */
export async function setArrangement(
  tx: Tx,
  tenantId: string,
  meetingId: string,
  photos: readonly { id: string; caption: string }[],
): Promise<void> {
  const ids = photos.map(({ id }) => id)
  const captions = photos.map(({ caption }) => caption)
  await sql`update meetings_photo p set place_no = g.place, caption = g.caption
    from unnest(${ids}::uuid[], ${captions}::text[]) with ordinality as g (id, caption, place)
    where p.tenant_id = ${tenantId} and p.meeting_id = ${meetingId} and p.id = g.id`.execute(tx)
}

export async function setPhotoRemoved(
  tx: Tx,
  tenantId: string,
  id: string,
  removal: { by: Person; at: Date; reason: string },
): Promise<void> {
  await tx
    .updateTable('meetings_photo')
    .set({
      removed_by: removal.by.id,
      removed_by_name: removal.by.name,
      removed_at: removal.at,
      removed_reason: removal.reason,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
