import { type Static, Type } from 'typebox'
import { RoleField } from './access.own.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Empty, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

const Reason = Type.String({ minLength: 2, maxLength: 200 })
/** `self` is the implicit role of members only and is never given by hand. */
const GivenReach = oneOf(['node', 'subtree'] as const)

export const GrantRow = Type.Object({
  id: Id,
  personId: Id,
  name: Type.String(),
  role: RoleField,
  orgId: Id,
  orgName: Type.String(),
  reach: oneOf(['self', 'node', 'subtree'] as const),
  from: InstantAt,
  until: nullable(InstantAt),
  grantedBy: nullable(Type.String()),
  reason: nullable(Type.String()),
  endedBy: nullable(Type.String()),
  endedReason: nullable(Type.String()),
  isValid: Type.Boolean(),
  version: Type.Integer(),
})
export type GrantRow = Static<typeof GrantRow>

const grantFilter = {
  orgId: Type.Optional(Id),
  below: Type.Optional(Type.Boolean()),
  personId: Type.Optional(Id),
  role: Type.Optional(RoleField),
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  ended: Type.Optional(Type.Boolean()),
}
export const listGrants = {
  method: 'GET',
  path: '/grants',
  permission: 'access.read',
  summary: 'Who has what in the scope',
  query: strict({ ...pageQuery(['name', 'from'] as const), ...grantFilter }),
  reply: pageOf(GrantRow),
} as const satisfies Endpoint
export const exportGrants = {
  method: 'POST',
  path: '/grants/export',
  permission: 'access.read',
  summary: 'Who has what as a table (CSV)',
  stepUp: true,
  download: 'text/csv; charset=utf-8',
  body: strict({ orgId: Type.Optional(Id), role: Type.Optional(RoleField), purpose: Reason }),
  reply: FileReply,
} as const satisfies Endpoint
/** Takes effect with the answer: rights are read with every request. */
export const endGrant = {
  method: 'POST',
  path: '/grants/:id/end',
  permission: 'access.grant',
  summary: 'End a grant at once',
  stepUp: true,
  ifMatch: true,
  params: strict({ id: Id }),
  body: strict({ reason: Reason }),
  reply: Type.Object({ version: Type.Integer() }),
} as const satisfies Endpoint

export const RequestRow = Type.Object({
  id: Id,
  personId: Id,
  name: Type.String(),
  role: RoleField,
  orgId: Id,
  orgName: Type.String(),
  reach: GivenReach,
  from: InstantAt,
  until: nullable(InstantAt),
  reason: Type.String(),
  state: oneOf(['open', 'confirmed', 'returned', 'withdrawn'] as const),
  madeBy: Type.String(),
  madeAt: InstantAt,
  decidedBy: nullable(Type.String()),
  decidedAt: nullable(InstantAt),
  decisionReason: nullable(Type.String()),
  /** What a confirmation must name: SHA-256 of exactly what was proposed. */
  hash: Type.String(),
  isMine: Type.Boolean(),
  version: Type.Integer(),
})
export type RequestRow = Static<typeof RequestRow>

export const listGrantRequests = {
  method: 'GET',
  path: '/grant-requests',
  permission: 'access.confirm',
  summary: 'Proposed grants of the scope, newest first',
  query: strict({
    ...pageQuery(['made'] as const),
    state: Type.Optional(oneOf(['open', 'confirmed', 'returned', 'withdrawn'] as const)),
  }),
  reply: pageOf(RequestRow),
} as const satisfies Endpoint
export const proposeGrant = {
  method: 'POST',
  path: '/grant-requests',
  permission: 'access.grant',
  summary: 'Propose a grant; someone else confirms it',
  stepUp: true,
  body: strict({
    personId: Id,
    role: RoleField,
    orgId: Id,
    reach: GivenReach,
    fromOn: DateOn,
    untilOn: Type.Optional(DateOn),
    reason: Reason,
  }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint
export const confirmGrant = {
  method: 'POST',
  path: '/grant-requests/:id/confirm',
  permission: 'access.confirm',
  summary: 'Confirm a grant that someone else proposed',
  stepUp: true,
  params: strict({ id: Id }),
  body: strict({ hash: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
  reply: Type.Object({ grantId: Id }),
} as const satisfies Endpoint
export const returnGrant = {
  method: 'POST',
  path: '/grant-requests/:id/return',
  permission: 'access.confirm',
  summary: 'Return a proposed grant with a reason, or withdraw one of mine',
  params: strict({ id: Id }),
  body: strict({ reason: Reason }),
  reply: Empty,
} as const satisfies Endpoint
/** People of the scope by name, for the form that proposes a grant. */
export const findPeople = {
  method: 'GET',
  path: '/accounts/find',
  permission: 'access.read',
  summary: 'People with an account in the scope, by name',
  query: strict({ search: Type.String({ minLength: 1, maxLength: 40 }) }),
  reply: Type.Object({ rows: Type.Array(Type.Object({ personId: Id, name: Type.String(), orgName: Type.String() })) }),
} as const satisfies Endpoint
