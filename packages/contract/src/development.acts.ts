import { Type } from 'typebox'
import {
  Acknowledged,
  DevelopmentReason,
  PERSON_PARTS,
  STEP_PROOFS,
  STEP_STATES,
  StepFactsBody,
  StepNumber,
  StepVerdict,
} from './development.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, oneOf, strict } from './page.ts'

const At = strict({ id: Id })
const Version = Type.Integer()
const Changed = Type.Object({ id: Id, version: Version })

const StepBody = {
  step: StepNumber,
  heldOn: DateOn,
  facts: StepFactsBody,
  /** An agenda item of a meeting with a recorded ballot (steps 15 and 23): its figures replace those in `facts`. */
  meeting: Type.Optional(strict({ meetingId: Id, itemId: Id })),
}

export const openDevelopmentCase = {
  method: 'POST',
  path: '/development-cases',
  permission: 'development.write',
  summary: 'Take an application: opens the case of a person on record, its first step is the application',
  body: strict({
    memberId: Id,
    heldOn: DateOn,
    facts: StepFactsBody,
    lateReason: Type.Optional(DevelopmentReason),
    acknowledged: Type.Optional(Acknowledged),
  }),
  reply: Changed,
} as const satisfies Endpoint

/** What the rules would say to a step, without recording it: for the form while it is filled in. */
export const checkDevelopmentStep = {
  method: 'POST',
  path: '/development-cases/:id/steps/check',
  permission: 'development.read',
  summary: 'Judge a step by the rules without recording it',
  params: At,
  body: strict(StepBody),
  reply: Type.Object({ verdicts: Type.Array(StepVerdict), facts: Type.Record(Type.String(), Type.Unknown()) }),
} as const satisfies Endpoint

export const recordDevelopmentStep = {
  method: 'POST',
  path: '/development-cases/:id/steps',
  permission: 'development.write',
  summary: 'Record the next step; refused with the article when it comes too early or breaks a rule',
  ifMatch: true,
  params: At,
  body: strict({
    ...StepBody,
    acknowledged: Type.Optional(Acknowledged),
    lateReason: Type.Optional(DevelopmentReason),
    proofs: Type.Optional(
      Type.Array(strict({ kind: oneOf(STEP_PROOFS), fileId: Id }), { maxItems: 20, uniqueItems: true }),
    ),
  }),
  reply: Type.Object({ id: Id, stepId: Id, state: oneOf(STEP_STATES), version: Version }),
} as const satisfies Endpoint

export const decideDevelopmentStep = {
  method: 'POST',
  path: '/development-cases/:id/steps/:stepId/decision',
  permission: 'development.approve',
  summary: 'The level above confirms a recorded step or sends it back; never who recorded it',
  ifMatch: true,
  params: strict({ id: Id, stepId: Id }),
  body: strict({
    decision: oneOf(['confirm', 'return'] as const),
    decidedOn: DateOn,
    facts: Type.Optional(StepFactsBody),
    acknowledged: Type.Optional(Acknowledged),
    reason: Type.Optional(DevelopmentReason),
  }),
  reply: Type.Object({ id: Id, stepId: Id, state: oneOf(STEP_STATES), version: Version }),
} as const satisfies Endpoint

export const addStepProof = {
  method: 'POST',
  path: '/development-cases/:id/proofs',
  permission: 'development.write',
  summary: 'Add a paper to a step that was recorded',
  params: At,
  body: strict({ step: StepNumber, kind: oneOf(STEP_PROOFS), fileId: Id }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const setCaseState = {
  method: 'POST',
  path: '/development-cases/:id/state',
  permission: 'development.write',
  summary: 'Pause, resume or stop a case with the reason',
  ifMatch: true,
  params: At,
  body: strict({ to: oneOf(['paused', 'running', 'stopped'] as const), reason: DevelopmentReason }),
  reply: Changed,
} as const satisfies Endpoint

export const returnDevelopmentCase = {
  method: 'POST',
  path: '/development-cases/:id/return',
  permission: 'development.write',
  summary: 'Go back to an earlier step: later ones become void and stay in the history',
  ifMatch: true,
  params: At,
  body: strict({ toStep: StepNumber, reason: DevelopmentReason }),
  reply: Changed,
} as const satisfies Endpoint

export const postponeConversion = {
  method: 'POST',
  path: '/development-cases/:id/postponement',
  permission: 'development.write',
  summary: 'Put off the discussion of a probationary member who came by transfer, by at most six months (art. 35)',
  ifMatch: true,
  params: At,
  body: strict({ until: DateOn, reason: DevelopmentReason }),
  reply: Changed,
} as const satisfies Endpoint

export const setCasePeople = {
  method: 'POST',
  path: '/development-cases/:id/people',
  permission: 'development.write',
  summary: 'Replace contacts or introducers, with the reason; who they were stays on record',
  ifMatch: true,
  params: At,
  body: strict({
    part: oneOf(PERSON_PARTS),
    memberIds: Type.Array(Id, { minItems: 1, maxItems: 2, uniqueItems: true }),
    fromOn: DateOn,
    reason: DevelopmentReason,
    acknowledged: Type.Optional(Acknowledged),
  }),
  reply: Changed,
} as const satisfies Endpoint

/** Meetings of the unit with an agenda item on admission or conversion whose ballot was recorded. */
export const listCaseMeetings = {
  method: 'GET',
  path: '/development-cases/:id/meetings',
  permission: 'development.read',
  summary: 'Recorded ballots on admission in the unit of the case, newest first, at most 50',
  params: At,
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        meetingId: Id,
        itemId: Id,
        heldOn: DateOn,
        meetingTitle: Type.String(),
        itemTitle: Type.String(),
        eligible: Type.Integer(),
        present: Type.Integer(),
        inFavour: Type.Integer(),
        carried: Type.Boolean(),
        /** The ballot was of somebody else: each is voted on separately (art. 20). */
        isTaken: Type.Boolean(),
      }),
    ),
  }),
} as const satisfies Endpoint
