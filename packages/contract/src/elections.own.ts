import { type Static, Type } from 'typebox'
import { ELECTED_BODIES, ELECTION_KINDS, ELECTION_STATES, NamedMember } from './elections.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, nullable, oneOf, strict } from './page.ts'

const At = strict({ id: Id })

export const MyElection = Type.Object({
  id: Id,
  kind: oneOf(ELECTION_KINDS),
  state: oneOf(ELECTION_STATES),
  orgName: Type.String(),
  ordinal: nullable(Type.Integer()),
  seats: Type.Integer(),
  plannedOn: DateOn,
})
export type MyElection = Static<typeof MyElection>

export const listMyElections = {
  method: 'GET',
  path: '/my/elections',
  permission: 'signed-in',
  summary: 'Elections of my own organisations that are under way, and those of the last year',
  reply: Type.Object({ rows: Type.Array(MyElection) }),
} as const satisfies Endpoint

export const readMyElection = {
  method: 'GET',
  path: '/my/elections/:id',
  permission: 'signed-in',
  summary: 'An election of my own organisation: nominate, candidates made public, result',
  params: At,
  reply: Type.Object({
    ...MyElection.properties,
    /** Most people one member proposes. */
    most: Type.Integer(),
    mayNominate: Type.Boolean(),
    nominations: Type.Array(Type.Object({ ...NamedMember.properties, reason: Type.String() })),
    candidates: Type.Array(Type.Object({ ...NamedMember.properties, body: oneOf(ELECTED_BODIES) })),
    publicity: nullable(Type.Object({ from: DateOn, until: DateOn, place: Type.String() })),
    elected: Type.Array(Type.Object({ ...NamedMember.properties, body: oneOf(ELECTED_BODIES) })),
    /** The electronic ballot that is open now. */
    voteId: nullable(Id),
  }),
} as const satisfies Endpoint

export const findElectable = {
  method: 'GET',
  path: '/my/elections/:id/people',
  permission: 'signed-in',
  summary: 'Members of my branch who may be elected, by name',
  params: At,
  query: strict({ text: Type.String({ minLength: 1, maxLength: 30, pattern: '\\S' }) }),
  reply: Type.Object({ rows: Type.Array(NamedMember) }),
} as const satisfies Endpoint

const Nominated = Type.Object({ id: Id, nominations: Type.Integer() })

export const nominate = {
  method: 'POST',
  path: '/my/elections/:id/nominations',
  permission: 'signed-in',
  summary: 'Propose somebody for the committee',
  params: At,
  body: strict({ memberId: Id, reason: Type.String({ maxLength: 300 }) }),
  reply: Nominated,
} as const satisfies Endpoint

export const withdrawNomination = {
  method: 'POST',
  path: '/my/elections/:id/nominations/:memberId/withdraw',
  permission: 'signed-in',
  summary: 'Take my proposal back',
  params: strict({ id: Id, memberId: Id }),
  body: strict({}),
  reply: Nominated,
} as const satisfies Endpoint
