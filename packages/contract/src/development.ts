import { type Static, Type } from 'typebox'
import {
  CASE_STATES,
  DEVELOPMENT_LISTS,
  DEVELOPMENT_STAGES,
  LAMPS,
  PERSON_PARTS,
  RuleText,
  STEP_ACTORS,
  STEP_PROOFS,
  STEP_STATES,
  StepFieldRow,
  StepNumber,
  StepVerdict,
} from './development.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

const At = strict({ id: Id })
const Version = Type.Integer()

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
  /** Only somebody of a level above enters it. */
  recordedAbove: Type.Boolean(),
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
  /** Part of the name of a contact who serves now. */
  contact: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
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
