import { type Static, Type } from 'typebox'
import { ElectionHandover } from './elections.handover.ts'
import { CREDENTIAL_STATES, ELECTED_BODIES, ELECTION_KINDS, ELECTION_STATES, NamedMember } from './elections.words.ts'
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
  /** Delegates of the congress that elects; null where the members' meeting does. */
  delegates: nullable(Type.Integer()),
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

/** A congress as a member sees it: whose delegates speak for the own unit, and how far their election is. */
export const MyCongress = Type.Object({
  /** Seats of the whole congress. */
  seats: Type.Integer(),
  /** I am one of those elected; how my credentials stand. */
  mine: nullable(oneOf(CREDENTIAL_STATES)),
  /** The unit that elects for me; null while no seats are allotted to it. */
  unit: nullable(
    Type.Object({
      orgName: Type.String(),
      seats: Type.Integer(),
      /** The election of its delegates, once it is approved and I may look at it. */
      electionId: nullable(Id),
      electionState: nullable(oneOf(ELECTION_STATES)),
      delegates: Type.Array(Type.Object({ ...NamedMember.properties, state: oneOf(CREDENTIAL_STATES) })),
    }),
  ),
})
export type MyCongress = Static<typeof MyCongress>

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
    /** Handovers in which I give or receive. */
    handovers: Type.Array(ElectionHandover),
    /** Where a congress of delegates elects instead of the members' meeting; null where the meeting does. */
    congress: nullable(MyCongress),
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
