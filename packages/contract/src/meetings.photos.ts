import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Reason } from './meetings.words.ts'
import { FileReply, Id, InstantAt, oneOf, strict } from './page.ts'

/** Most pictures of one record: what fits on a page of A4. */
export const MOST_PHOTOS = 9
/** `small` for the grid, `large` for the whole screen; both drawn anew without what a camera writes into a file. */
export const PHOTO_SIZES = ['small', 'large'] as const
export type PhotoSize = (typeof PHOTO_SIZES)[number]

const Caption = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })

/** A picture of the record, in its order. `mayOpen` is false while a file without a virus scan is held. */
export const MeetingPhoto = Type.Object({
  id: Id,
  fileId: Id,
  /** What is to be seen, in words: the line below the picture, and its text for those who do not see it. */
  caption: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
  mayOpen: Type.Boolean(),
  addedBy: Type.String(),
  addedAt: InstantAt,
})
export type MeetingPhoto = Static<typeof MeetingPhoto>

const At = strict({ id: Id })
const AtPhoto = strict({ id: Id, photoId: Id })
const UNTIL = 'until the record is filed; signatures given before are voided'

const adding = <const P extends string, const R extends string>(path: P, permission: R, who: string) =>
  ({
    method: 'POST',
    path,
    permission,
    summary: `${who}: give an own checked picture with its caption to the record, ${UNTIL}`,
    params: At,
    body: strict({ fileId: Id, caption: Caption }),
    reply: Type.Object({ id: Id, signaturesVoided: Type.Integer() }),
  }) as const

const arranging = <const P extends string, const R extends string>(path: P, permission: R, who: string) =>
  ({
    method: 'PUT',
    path,
    permission,
    summary: `${who}: order and captions of all pictures at once, ${UNTIL}`,
    params: At,
    body: strict({ photos: Type.Array(strict({ id: Id, caption: Caption }), { minItems: 1, maxItems: MOST_PHOTOS }) }),
    reply: Type.Object({ photos: Type.Integer(), signaturesVoided: Type.Integer() }),
  }) as const

const removing = <const P extends string, const R extends string>(path: P, permission: R, who: string) =>
  ({
    method: 'POST',
    path,
    permission,
    summary: `${who}: take a picture out of the record with the reason, ${UNTIL}`,
    params: AtPhoto,
    body: strict({ reason: Reason }),
    reply: Type.Object({ id: Id, signaturesVoided: Type.Integer() }),
  }) as const

const showing = <const P extends string, const R extends string>(path: P, permission: R, summary: string) =>
  ({
    method: 'GET',
    path,
    permission,
    summary,
    params: strict({ id: Id, photoId: Id, size: oneOf(PHOTO_SIZES) }),
    download: 'image/jpeg',
    reply: FileReply,
  }) as const

const DESK = 'Organisers'
const KEEPERS = 'Chair and recorder'
export const addPhoto = adding('/meetings/:id/photos', 'meetings.convene', DESK) satisfies Endpoint
export const arrangePhotos = arranging('/meetings/:id/photos', 'meetings.convene', DESK) satisfies Endpoint
export const removePhoto = removing('/meetings/:id/photos/:photoId/remove', 'meetings.convene', DESK) satisfies Endpoint
export const showPhoto = showing(
  '/meetings/:id/photos/:photoId/:size',
  'meetings.read',
  'A picture of the record',
) satisfies Endpoint
export const addOwnPhoto = adding('/my/meetings/:id/photos', 'signed-in', KEEPERS) satisfies Endpoint
export const arrangeOwnPhotos = arranging('/my/meetings/:id/photos', 'signed-in', KEEPERS) satisfies Endpoint
export const removeOwnPhoto = removing(
  '/my/meetings/:id/photos/:photoId/remove',
  'signed-in',
  KEEPERS,
) satisfies Endpoint
export const showOwnPhoto = showing(
  '/my/meetings/:id/photos/:photoId/:size',
  'signed-in',
  'A picture of a record that I may read, or that I keep as chair or recorder',
) satisfies Endpoint
