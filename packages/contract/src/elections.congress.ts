import { type Static, Type } from 'typebox'
import { CREDENTIAL_STATES, ELECTION_STATES } from './elections.words.ts'
import type { Endpoint } from './endpoint.ts'
import { Id, nullable, oneOf, strict } from './page.ts'

const At = strict({ id: Id })

export const CongressUnit = Type.Object({
  orgId: Id,
  orgName: Type.String(),
  /** Full members of the unit and below it. */
  members: Type.Integer(),
  /** What the largest remainder proposes; the committee decides. */
  proposed: Type.Integer(),
  seats: Type.Integer(),
  /** The election of the unit's delegates, once it is opened. */
  electionId: nullable(Id),
  electionState: nullable(oneOf(ELECTION_STATES)),
  elected: Type.Integer(),
})
export type CongressUnit = Static<typeof CongressUnit>

export const CongressDelegate = Type.Object({
  memberId: Id,
  name: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  state: oneOf(CREDENTIAL_STATES),
  reason: nullable(Type.String()),
})
export type CongressDelegate = Static<typeof CongressDelegate>

export const readCongress = {
  method: 'GET',
  path: '/elections/:id/congress',
  permission: 'elections.read',
  summary: 'Seats of a congress by unit, the delegates elected and their credentials; empty where the meeting elects',
  params: At,
  reply: Type.Object({
    delegates: nullable(Type.Integer()),
    units: Type.Array(CongressUnit),
    people: Type.Array(CongressDelegate),
    confirmed: Type.Integer(),
    mayAllot: Type.Boolean(),
    mayExamine: Type.Boolean(),
  }),
} as const satisfies Endpoint

const Done = Type.Object({ id: Id, state: oneOf(ELECTION_STATES), version: Type.Integer() })

export const allotDelegateSeats = {
  method: 'POST',
  path: '/elections/:id/allotment',
  permission: 'elections.write',
  summary: 'Allot the seats of a congress to the units below, all at once; the list replaces the one before',
  params: At,
  body: strict({
    units: Type.Array(strict({ orgId: Id, seats: Type.Integer({ minimum: 1, maximum: 60 }) }), {
      minItems: 1,
      maxItems: 500,
    }),
  }),
  reply: Done,
} as const satisfies Endpoint

export const examineCredentials = {
  method: 'POST',
  path: '/elections/:id/credentials',
  permission: 'elections.write',
  summary: 'Confirm the credentials of delegates, or refuse them with a reason',
  params: At,
  body: strict({
    memberIds: Type.Array(Id, { minItems: 1, maxItems: 1000, uniqueItems: true }),
    confirmed: Type.Boolean(),
    /** Demanded where credentials are refused. */
    reason: Type.Optional(Type.String({ maxLength: 300 })),
  }),
  reply: Done,
} as const satisfies Endpoint
