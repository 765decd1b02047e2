import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import {
  At,
  DECISION_KINDS,
  DECISION_STATES,
  DecisionFacts,
  RuleShown,
  SERVED_WAYS,
  Text,
  Why,
} from './membership.words.ts'
import { DateOn, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

export const DecisionRow = Type.Object({
  id: Id,
  kind: oneOf(DECISION_KINDS),
  state: oneOf(DECISION_STATES),
  memberId: Id,
  name: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  proposedAt: InstantAt,
  effectiveOn: nullable(DateOn),
  version: Type.Integer(),
})
export type DecisionRow = Static<typeof DecisionRow>

export const listDecisions = {
  method: 'GET',
  path: '/membership-decisions',
  permission: 'membership.read',
  summary: 'Decisions about membership in the scope',
  query: strict({
    ...pageQuery(['proposedAt', 'effectiveOn', 'name'] as const),
    orgId: Type.Optional(Id),
    kind: Type.Optional(oneOf(DECISION_KINDS)),
    state: Type.Optional(oneOf(DECISION_STATES)),
    memberId: Type.Optional(Id),
    /** Not yet finished. */
    open: Type.Optional(Type.Boolean()),
    text: Type.Optional(Text(60)),
  }),
  reply: pageOf(DecisionRow),
} as const satisfies Endpoint

const Counted = {
  heldOn: DateOn,
  /** Voting members who should attend, who were there, who were in favour. */
  shouldAttend: Type.Integer({ minimum: 1, maximum: 100_000 }),
  present: Type.Integer({ minimum: 0, maximum: 100_000 }),
  inFavour: Type.Integer({ minimum: 0, maximum: 100_000 }),
  resolution: Why,
}
export const BranchMeeting = Type.Object({ ...Counted, carried: Type.Boolean() })

export const DecisionRecord = Type.Object({
  ...DecisionRow.properties,
  reason: Type.String(),
  facts: DecisionFacts,
  rules: Type.Array(RuleShown),
  needsMeeting: Type.Boolean(),
  meeting: nullable(BranchMeeting),
  proposedBy: nullable(Type.String()),
  approvedBy: nullable(Type.String()),
  approvingOrg: nullable(Type.String()),
  documentNumber: nullable(Type.String()),
  opinion: nullable(Type.String()),
  returnedReason: nullable(Type.String()),
  servedOn: nullable(DateOn),
  servedWay: nullable(oneOf(SERVED_WAYS)),
  appealedOn: nullable(DateOn),
  appeal: nullable(Type.String()),
  appealOpinion: nullable(Type.String()),
  absenceId: nullable(Id),
  can: Type.Object({
    meet: Type.Boolean(),
    decide: Type.Boolean(),
    withdraw: Type.Boolean(),
    serve: Type.Boolean(),
    decideAppeal: Type.Boolean(),
  }),
})
export type DecisionRecord = Static<typeof DecisionRecord>

export const readDecision = {
  method: 'GET',
  path: '/membership-decisions/:id',
  permission: 'membership.read',
  summary: 'One decision with every step and the rules behind it',
  params: At,
  reply: DecisionRecord,
} as const satisfies Endpoint

const Done = Type.Object({ id: Id, state: oneOf(DECISION_STATES), version: Type.Integer() })

export const proposeDecision = {
  method: 'POST',
  path: '/membership-decisions',
  permission: 'membership.write',
  summary: 'Propose to stop, restore or end membership; checked against the article at once',
  body: strict({
    memberId: Id,
    kind: oneOf(DECISION_KINDS),
    reason: Why,
    absenceId: Type.Optional(nullable(Id)),
    facts: DecisionFacts,
  }),
  reply: Done,
} as const satisfies Endpoint

export const recordDecisionMeeting = {
  method: 'POST',
  path: '/membership-decisions/:id/meeting',
  permission: 'membership.write',
  summary: 'What the branch meeting decided, with its figures',
  params: At,
  body: strict(Counted),
  reply: Done,
} as const satisfies Endpoint

export const approveDecision = {
  method: 'POST',
  path: '/membership-decisions/:id/approve',
  permission: 'membership.approve',
  stepUp: true,
  summary: 'The organisation above approves (or takes on record); the member record follows',
  params: At,
  body: strict({
    documentNumber: Text(60),
    effectiveOn: DateOn,
    opinion: Type.Optional(nullable(Text(1000))),
  }),
  reply: Done,
} as const satisfies Endpoint

export const returnDecision = {
  method: 'POST',
  path: '/membership-decisions/:id/return',
  permission: 'membership.approve',
  summary: 'Send it back with a reason',
  params: At,
  body: strict({ reason: Why }),
  reply: Done,
} as const satisfies Endpoint

export const withdrawDecision = {
  method: 'POST',
  path: '/membership-decisions/:id/withdraw',
  permission: 'membership.write',
  summary: 'Take a proposal back before it is approved',
  params: At,
  body: strict({ reason: Why }),
  reply: Done,
} as const satisfies Endpoint

export const serveDecision = {
  method: 'POST',
  path: '/membership-decisions/:id/serve',
  permission: 'membership.write',
  summary: 'The person was told, and how',
  params: At,
  body: strict({ on: DateOn, way: oneOf(SERVED_WAYS) }),
  reply: Done,
} as const satisfies Endpoint

export const decideAppeal = {
  method: 'POST',
  path: '/membership-decisions/:id/appeal-decision',
  permission: 'membership.approve',
  stepUp: true,
  summary: 'Uphold the decision, or change it: the record goes back to what it was',
  params: At,
  body: strict({ outcome: oneOf(['upheld', 'changed'] as const), opinion: Why }),
  reply: Done,
} as const satisfies Endpoint

export const listMyDecisions = {
  method: 'GET',
  path: '/my/membership-decisions',
  permission: 'signed-in',
  summary: 'Decisions about my own membership that were approved',
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        id: Id,
        kind: oneOf(DECISION_KINDS),
        state: oneOf(DECISION_STATES),
        orgName: Type.String(),
        approvingOrg: nullable(Type.String()),
        documentNumber: nullable(Type.String()),
        effectiveOn: nullable(DateOn),
        servedOn: nullable(DateOn),
        appealedOn: nullable(DateOn),
        appealOpinion: nullable(Type.String()),
        rules: Type.Array(RuleShown),
        canAppeal: Type.Boolean(),
      }),
    ),
  }),
} as const satisfies Endpoint

export const appealDecision = {
  method: 'POST',
  path: '/my/membership-decisions/:id/appeal',
  permission: 'signed-in',
  summary: 'Appeal against a decision about my own membership',
  params: At,
  body: strict({ text: Type.String({ minLength: 2, maxLength: 4000, pattern: '\\S' }) }),
  reply: Done,
} as const satisfies Endpoint
