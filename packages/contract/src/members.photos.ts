import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

/** `small` for the head of a record, `large` for comparing two; both drawn anew. */
export const PORTRAIT_SIZES = ['small', 'large'] as const
export type PortraitSize = (typeof PORTRAIT_SIZES)[number]

/** A photo of a record: the present one has no end. */
export const MemberPhoto = Type.Object({
  id: Id,
  since: InstantAt,
  until: nullable(InstantAt),
  /** Who handed it in, and who agreed to it last. */
  madeBy: nullable(Type.String()),
  setBy: nullable(Type.String()),
})
export type MemberPhoto = Static<typeof MemberPhoto>

export const listMemberPhotos = {
  method: 'GET',
  path: '/members/:id/photos',
  permission: 'members.read',
  summary: 'Photos of a member, the present one first',
  params: strict({ id: Id }),
  query: strict(pageQuery(['since'] as const)),
  reply: pageOf(MemberPhoto),
} as const satisfies Endpoint

const ofPhoto = strict({ id: Id, photoId: Id, size: oneOf(PORTRAIT_SIZES) })

export const showMemberPhoto = {
  method: 'GET',
  path: '/members/:id/photos/:photoId/:size',
  permission: 'members.read',
  summary: 'A photo of a member, present or former',
  params: ofPhoto,
  download: 'image/jpeg',
  reply: FileReply,
} as const satisfies Endpoint

export const showOwnPortrait = {
  method: 'GET',
  path: '/me/photos/:photoId/:size',
  permission: 'signed-in',
  summary: 'A photo of my own record',
  params: strict({ photoId: Id, size: oneOf(PORTRAIT_SIZES) }),
  download: 'image/jpeg',
  reply: FileReply,
} as const satisfies Endpoint

export const showProposedPhoto = {
  method: 'GET',
  path: '/member-changes/:id/photo/:size',
  permission: 'signed-in',
  summary: 'The photo that a proposal would put into the record',
  params: strict({ id: Id, size: oneOf(PORTRAIT_SIZES) }),
  download: 'image/jpeg',
  reply: FileReply,
} as const satisfies Endpoint

export const proposeMyPhoto = {
  method: 'POST',
  path: '/me/photo',
  permission: 'signed-in',
  summary: 'Propose a photo for my own record; two others review it',
  body: strict({ fileId: Id }),
  reply: Type.Object({ id: Id, state: Type.String(), version: Type.Integer() }),
} as const satisfies Endpoint
