import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

export const xapiRefusals = defineRefusals('xapi', {
  not_allowed: 'forbidden',
  not_own: 'forbidden',
  not_your_registration: 'forbidden',
  not_your_people: 'forbidden',
  other_statement: 'conflict',
  attachment_missing: 'malformed',
  attachment_unknown: 'malformed',
  version_unknown: 'malformed',
  condition_missing: 'conflict',
  condition_failed: 'precondition',
  document_not_mergeable: 'malformed',
  no_such_place: 'missing',
  rate: 'limited',
  too_many_wrong: 'limited',
  no_such_credential: 'missing',
  ended_already: 'conflict',
  until_past: 'invalid',
  no_such_org: 'invalid',
  too_many_rows: 'invalid',
  too_many_bytes: 'invalid',
  quota_full: 'large',
})

/** What a key may do, in the words of the standard's own scopes. */
export const XAPI_RIGHTS = ['statements/write', 'statements/read/mine', 'statements/read', 'state', 'profile'] as const
export type XapiRight = (typeof XAPI_RIGHTS)[number]

const Credential = Type.Object({
  id: Id,
  name: Type.String(),
  purpose: Type.String(),
  orgName: Type.String(),
  key: Type.String(),
  rights: Type.Array(oneOf(XAPI_RIGHTS)),
  mostPerMinute: Type.Integer(),
  /** What it has brought, and may bring in all: statements, attachments and documents, in bytes. */
  usedBytes: Type.Integer(),
  mostBytes: Type.Integer(),
  createdByName: Type.String(),
  createdAt: InstantAt,
  untilOn: nullable(DateOn),
  lastUsedAt: nullable(InstantAt),
  endedAt: nullable(InstantAt),
  endReason: nullable(Type.String()),
})
export type XapiCredential = Static<typeof Credential>

const Reason = Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' })

export const listXapiCredentials = {
  method: 'GET',
  path: '/xapi/credentials',
  permission: 'xapi.issue',
  summary: 'Keys of outside programs, newest first',
  query: strict({
    ...pageQuery(['created', 'name']),
    state: Type.Optional(oneOf(['valid', 'ended'] as const)),
    search: Type.Optional(Type.String({ maxLength: 60 })),
  }),
  reply: pageOf(Credential),
} as const satisfies Endpoint

export const issueXapiCredential = {
  method: 'POST',
  path: '/xapi/credentials',
  permission: 'xapi.issue',
  summary: 'A new key for an outside program; its secret is shown once',
  body: strict({
    orgId: Type.Optional(Id),
    name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
    purpose: Reason,
    rights: Type.Array(oneOf(XAPI_RIGHTS), { minItems: 1, maxItems: XAPI_RIGHTS.length, uniqueItems: true }),
    mostPerMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    untilOn: Type.Optional(nullable(DateOn)),
  }),
  reply: Type.Object({ credential: Credential, endpoint: Type.String(), secret: Type.String() }),
  stepUp: true,
  unkept: true,
} as const satisfies Endpoint

export const endXapiCredential = {
  method: 'POST',
  path: '/xapi/credentials/:id/end',
  permission: 'xapi.issue',
  summary: 'Ends a key at once',
  params: strict({ id: Id }),
  body: strict({ reason: Reason }),
  reply: Credential,
} as const satisfies Endpoint

const filters = {
  memberId: Type.Optional(Id),
  verb: Type.Optional(Type.String({ maxLength: 500 })),
  activity: Type.Optional(Type.String({ maxLength: 1000 })),
  registration: Type.Optional(Id),
  source: Type.Optional(oneOf(['own', 'outside'] as const)),
  since: Type.Optional(InstantAt),
  until: Type.Optional(InstantAt),
}

const Filters = strict(filters)
export type XapiStatementFilter = Static<typeof Filters>

const StatementRow = Type.Object({
  id: Id,
  stored: InstantAt,
  timestamp: Type.String(),
  actor: Type.String(),
  memberId: nullable(Id),
  verb: Type.String(),
  /** How whoever told it calls the verb. */
  verbName: nullable(Type.String()),
  object: Type.String(),
  /** The address of the activity; null when it was about something else. */
  activity: nullable(Type.String()),
  /** The name of the key that told it; null: the platform itself. */
  source: nullable(Type.String()),
  voided: Type.Boolean(),
})
export type XapiStatementRow = Static<typeof StatementRow>

export const listXapiStatements = {
  method: 'GET',
  path: '/xapi/statements',
  permission: 'learning.read',
  summary: 'Learning records of the scope, newest first',
  query: strict({ ...pageQuery(['stored']), ...filters }),
  reply: pageOf(StatementRow),
} as const satisfies Endpoint

export const readXapiStatement = {
  method: 'GET',
  path: '/xapi/statements/:id',
  permission: 'learning.read',
  summary: 'One learning record as it stands in the store',
  params: strict({ id: Id }),
  reply: Type.Object({ row: StatementRow, statement: Type.String() }),
} as const satisfies Endpoint

export const exportXapiStatements = {
  method: 'POST',
  path: '/xapi/statements/export',
  permission: 'learning.read',
  summary: 'Learning records as xAPI, at most 20,000 and 512 MB, streamed',
  body: strict({ ...filters, purpose: Reason }),
  download: 'application/json',
  reply: FileReply,
} as const satisfies Endpoint
