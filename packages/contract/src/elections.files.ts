import { Type } from 'typebox'
import { ELECTION_KINDS, ELECTION_STATES } from './elections.words.ts'
import type { Endpoint } from './endpoint.ts'
import { FileReply, Id, oneOf, strict } from './page.ts'

const order = {
  format: oneOf(['xlsx', 'csv'] as const),
  language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
  purpose: Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' }),
}

/** The filters of the list, without its page. */
export const electionFilter = {
  orgId: Type.Optional(Id),
  /** With the units below it, as long as nobody says otherwise. */
  below: Type.Optional(Type.Boolean()),
  kind: Type.Optional(oneOf(ELECTION_KINDS)),
  state: Type.Optional(oneOf(ELECTION_STATES)),
  /** Not yet done or cancelled. */
  open: Type.Optional(Type.Boolean()),
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })),
}

export const exportElections = {
  method: 'POST',
  path: '/elections/export',
  permission: 'elections.read',
  summary: 'The list of elections as a file; logged with its purpose',
  download: 'application/octet-stream',
  body: strict({ ...electionFilter, ...order }),
  reply: FileReply,
} as const satisfies Endpoint

export const exportDelegates = {
  method: 'POST',
  path: '/elections/:id/delegates/export',
  permission: 'elections.read',
  summary:
    'The delegates of a congress with their credentials, and its seats by unit, as a file; logged with its purpose',
  download: 'application/octet-stream',
  params: strict({ id: Id }),
  body: strict(order),
  reply: FileReply,
} as const satisfies Endpoint
