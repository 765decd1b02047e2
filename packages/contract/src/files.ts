import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Id, InstantAt, nullable, oneOf, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

/** What an upload is for; the purpose decides kinds and size. Sent as tus metadata `purpose`, beside `filename`. */
export const FILE_PURPOSES = ['photo', 'document', 'media', 'package', 'voice', 'library'] as const
export type FilePurpose = (typeof FILE_PURPOSES)[number]
export const FILE_STATES = ['pending', 'clean', 'unscanned', 'rejected'] as const
export type FileState = (typeof FILE_STATES)[number]
export const STORED_KINDS = [
  'jpeg',
  'png',
  'webp',
  'pdf',
  'docx',
  'xlsx',
  'pptx',
  'mp4',
  'webm',
  'mov',
  'mp3',
  'm4a',
  'ogg',
  'wav',
  'zip',
  'xml',
  'txt',
] as const

/** Why a file was not kept; each is also the refusal of whoever tries to use it. */
export const FILE_FAULT_CODES = [
  'empty',
  'too_large',
  'name_unusable',
  'type_not_allowed',
  'extension_mismatch',
  'damaged',
  'encrypted',
  'macros',
  'active_content',
  'unpacks_too_large',
  'image_too_large',
  'too_slow',
  'infected',
  'abandoned',
] as const
export type FileFaultCode = (typeof FILE_FAULT_CODES)[number]

export const FileFacts = Type.Object({
  id: Id,
  name: Type.String(),
  purpose: oneOf(FILE_PURPOSES),
  state: oneOf(FILE_STATES),
  /** `files.<fault>` has the reason and the remedy. */
  fault: nullable(oneOf(FILE_FAULT_CODES)),
  kind: nullable(oneOf(STORED_KINDS)),
  bytes: Type.Integer(),
  width: nullable(Type.Integer()),
  height: nullable(Type.Integer()),
  uploadedAt: InstantAt,
  mayOpen: Type.Boolean(),
})
export type FileFacts = Static<typeof FileFacts>

/**
 * Facts of one file: the uploader's own, or one attached to a record that the caller may read. Its bytes are at
 * `GET /files/:id/content` with the same rights. Uploads speak tus 1.0.0 on `POST /files` and `HEAD|PATCH|DELETE /files/:id`.
 */
export const findFile = {
  method: 'GET',
  path: '/files/:id',
  permission: 'signed-in',
  summary: 'State and kind of an uploaded file',
  params: strict({ id: Id }),
  reply: FileFacts,
} as const satisfies Endpoint

export const filesRefusals = defineRefusals('files', {
  not_found: 'missing',
  protocol_version: 'precondition',
  length_missing: 'invalid',
  purpose_unknown: 'invalid',
  purpose_not_permitted: 'forbidden',
  quota_person: 'invalid',
  quota_organisation: 'invalid',
  still_pending: 'conflict',
  held: 'conflict',
  already_attached: 'conflict',
  link_expired: 'missing',
  empty: 'invalid',
  too_large: 'invalid',
  name_unusable: 'invalid',
  type_not_allowed: 'invalid',
  extension_mismatch: 'invalid',
  damaged: 'invalid',
  encrypted: 'invalid',
  macros: 'invalid',
  active_content: 'invalid',
  unpacks_too_large: 'invalid',
  image_too_large: 'invalid',
  too_slow: 'invalid',
  infected: 'invalid',
  abandoned: 'invalid',
})
