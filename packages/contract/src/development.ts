import { type Static, Type } from 'typebox'
import {
  Acknowledged,
  CASE_STATES,
  DEVELOPMENT_LISTS,
  DEVELOPMENT_STAGES,
  DevelopmentReason,
  LAMPS,
  PERSON_PARTS,
  RuleText,
  STEP_ACTORS,
  STEP_PROOFS,
  STEP_STATES,
  StepFactsBody,
  StepFieldRow,
  StepNumber,
  StepVerdict,
} from './development.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

const At = strict({ id: Id })
const Version = Type.Integer()
const Changed = Type.Object({ id: Id, version: Version })

export const StepDefinitionRow = Type.Object({
  number: StepNumber,
  stage: oneOf(DEVELOPMENT_STAGES),
  name: RuleText,
  articles: Type.Array(Type.Integer()),
  ruleIds: Type.Array(Type.String()),
  edition: oneOf(['2014', '2026'] as const),
  effectiveFrom: DateOn,
  effectiveUntil: nullable(DateOn),
  actor: oneOf(STEP_ACTORS),
  /** The step counts only when the level above has decided on it. */
  decidedAbove: Type.Boolean(),
  /** Only a party committee with power of approval decides (art. 22). */
  approves: Type.Boolean(),
  fields: Type.Array(StepFieldRow),
  decisionFields: Type.Array(StepFieldRow),
  proofs: Type.Array(Type.String()),
  forms: Type.Array(Type.String()),
})
export type StepDefinitionRow = Static<typeof StepDefinitionRow>

export const listDevelopmentSteps = {
  method: 'GET',
  path: '/development-steps',
  permission: 'signed-in',
  summary: 'The 25 steps as in force on a day: fields, papers, who acts, articles',
  query: strict({ on: Type.Optional(DateOn) }),
  reply: Type.Object({ rows: Type.Array(StepDefinitionRow) }),
} as const satisfies Endpoint

export const CaseRow = Type.Object({
  id: Id,
  memberId: Id,
  name: Type.String(),
  memberNo: Type.String(),
  category: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  stage: oneOf(DEVELOPMENT_STAGES),
  /** The step to be taken next, 1 to 25; the last one taken when the case has ended. */
  step: StepNumber,
  /** The step waits for a decision of the level above. */
  waitsAbove: Type.Boolean(),
  state: oneOf(CASE_STATES),
  stateReason: nullable(Type.String()),
  lamp: oneOf(LAMPS),
  dueOn: nullable(DateOn),
  planYear: nullable(Type.Integer()),
  appliedOn: nullable(DateOn),
  activistOn: nullable(DateOn),
  objectOn: nullable(DateOn),
  admittedOn: nullable(DateOn),
  probationEnd: nullable(DateOn),
  contacts: Type.Array(Type.String()),
  updatedAt: InstantAt,
  version: Version,
})
export type CaseRow = Static<typeof CaseRow>

export const CASE_SORTS = ['due', 'name', 'updated'] as const
export const caseFilter = {
  orgId: Type.Optional(Id),
  below: Type.Optional(Type.Boolean()),
  list: Type.Optional(oneOf(DEVELOPMENT_LISTS)),
  stage: Type.Optional(oneOf(DEVELOPMENT_STAGES)),
  step: Type.Optional(StepNumber),
  state: Type.Optional(oneOf(CASE_STATES)),
  lamp: Type.Optional(oneOf(LAMPS)),
  /** Cases that a decision of the level above is awaited on. */
  waitsAbove: Type.Optional(Type.Boolean()),
  contactId: Type.Optional(Id),
  planYear: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2100 })),
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
}

export const listDevelopmentCases = {
  method: 'GET',
  path: '/development-cases',
  permission: 'development.read',
  summary: 'Cases of the scope, filtered, a page at a time',
  query: strict({ ...pageQuery(CASE_SORTS), ...caseFilter }),
  reply: pageOf(CaseRow),
} as const satisfies Endpoint

export const StepProof = Type.Object({
  id: Id,
  step: StepNumber,
  kind: oneOf(STEP_PROOFS),
  fileId: Id,
  name: Type.String(),
  addedAt: InstantAt,
})
export const StepRecord = Type.Object({
  id: Id,
  step: StepNumber,
  attempt: Type.Integer(),
  state: oneOf(STEP_STATES),
  heldOn: DateOn,
  facts: Type.Record(Type.String(), Type.Unknown()),
  verdicts: Type.Array(StepVerdict),
  edition: oneOf(['2014', '2026'] as const),
  /** Why the step was entered long after it took place; the level above then confirms it. */
  lateReason: nullable(Type.String()),
  /** The meeting whose recorded ballot the figures were taken from. */
  meetingId: nullable(Id),
  meetingItemId: nullable(Id),
  recordedBy: nullable(Type.String()),
  recordedAt: InstantAt,
  decidedBy: nullable(Type.String()),
  decidedOn: nullable(DateOn),
  decision: Type.Record(Type.String(), Type.Unknown()),
  returnedReason: nullable(Type.String()),
})
export type StepRecord = Static<typeof StepRecord>

export const CasePerson = Type.Object({
  id: Id,
  part: oneOf(PERSON_PARTS),
  memberId: Id,
  name: Type.String(),
  fromOn: DateOn,
  untilOn: nullable(DateOn),
  endReason: nullable(Type.String()),
})
/** An open deadline of the case; `kind` names the words (`development.<kind>`). */
export const CaseClock = Type.Object({
  kind: Type.String(),
  startsOn: DateOn,
  yellowOn: DateOn,
  dueOn: DateOn,
  lamp: oneOf(LAMPS),
})

export const NextStep = Type.Object({
  step: StepNumber,
  actor: oneOf(STEP_ACTORS),
  decidedAbove: Type.Boolean(),
  waitsAbove: Type.Boolean(),
  /** First day on which the rules let it take place, where they name one. */
  earliestOn: nullable(DateOn),
  dueOn: nullable(DateOn),
  /** Rules that stand against it as of today, apart from what is entered with the step. */
  verdicts: Type.Array(StepVerdict),
})
export type NextStep = Static<typeof NextStep>

/** Acts of the case page; a word is the refusal (`development.<word>`) that explains why the caller may not, null: may. */
export const CaseCan = Type.Object({
  record: nullable(Type.String()),
  decide: nullable(Type.String()),
  vet: nullable(Type.String()),
  pause: nullable(Type.String()),
  resume: nullable(Type.String()),
  stop: nullable(Type.String()),
  return: nullable(Type.String()),
  postpone: nullable(Type.String()),
})

export const readDevelopmentCase = {
  method: 'GET',
  path: '/development-cases/:id',
  permission: 'development.read',
  summary: 'One case: steps with verdicts, people, reviews, publicity, papers, clocks; without the political review',
  params: At,
  reply: Type.Object({
    card: CaseRow,
    round: Type.Integer(),
    extensionMonths: Type.Integer(),
    postponedUntil: nullable(DateOn),
    leavesOn: nullable(DateOn),
    next: nullable(NextStep),
    clocks: Type.Array(CaseClock),
    steps: Type.Array(StepRecord),
    people: Type.Array(CasePerson),
    reviews: Type.Array(
      Type.Object({
        id: Id,
        kind: Type.String(),
        dueOn: nullable(DateOn),
        heldOn: DateOn,
        verdict: nullable(Type.String()),
        opinion: nullable(Type.String()),
        fileId: nullable(Id),
        by: nullable(Type.String()),
      }),
    ),
    publicities: Type.Array(
      Type.Object({
        id: Id,
        purpose: Type.String(),
        from: DateOn,
        until: DateOn,
        places: Type.Array(Type.String()),
        channel: Type.String(),
        feedback: nullable(Type.Integer()),
        verification: nullable(Type.String()),
        passed: nullable(Type.Boolean()),
        closedOn: nullable(DateOn),
        verdict: StepVerdict,
      }),
    ),
    proofs: Type.Array(StepProof),
    /** The political review as everybody with the case may know it: whether there is one. */
    vetted: Type.Boolean(),
    can: CaseCan,
    version: Version,
  }),
} as const satisfies Endpoint
export type DevelopmentCase = Static<(typeof readDevelopmentCase)['reply']>

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
