import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { CAPTION_LANGUAGES, MediaText } from './media.words.ts'
import { Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/** What somebody wants to change of a medium that a reviewed lesson, or a programme, shows: one open proposal of each. */
export const MEDIA_CHANGES = ['words', 'captions', 'captionsRemoved', 'file'] as const
export type MediaChange = (typeof MEDIA_CHANGES)[number]

/** One change as whoever decides reads it: captions as WebVTT, a file by its name. Null: there is none. */
const Difference = Type.Object({
  field: oneOf(['title', 'source', 'copyright', 'transcript', 'captions', 'file'] as const),
  before: nullable(Type.String()),
  after: nullable(Type.String()),
})

export const MediaProposal = Type.Object({
  id: Id,
  what: oneOf(MEDIA_CHANGES),
  language: nullable(oneOf(CAPTION_LANGUAGES)),
  /** The upload that is proposed, to be watched before it is decided. */
  fileId: nullable(Id),
  reason: nullable(Type.String()),
  by: Type.String(),
  at: InstantAt,
  differences: Type.Array(Difference),
  can: Type.Object({ decide: Type.Boolean(), withdraw: Type.Boolean() }),
})
export type MediaProposal = Static<typeof MediaProposal>

const ProposalAt = strict({ id: Id, proposalId: Id })
const Changed = Type.Object({ id: Id, version: Type.Integer() })

export const acceptMediaProposal = {
  method: 'POST',
  path: '/media/:id/proposals/:proposalId/accept',
  permission: 'learning.review',
  summary: 'Make the change that somebody else proposed',
  params: ProposalAt,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint

export const refuseMediaProposal = {
  method: 'POST',
  path: '/media/:id/proposals/:proposalId/refuse',
  permission: 'learning.review',
  summary: 'Refuse the change that somebody else proposed',
  params: ProposalAt,
  body: strict({ reason: MediaText(500) }),
  reply: Changed,
} as const satisfies Endpoint

export const withdrawMediaProposal = {
  method: 'POST',
  path: '/media/:id/proposals/:proposalId/withdraw',
  permission: 'learning.write',
  summary: 'Take the own proposal back',
  params: ProposalAt,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint
