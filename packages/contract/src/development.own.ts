import { type Static, Type } from 'typebox'
import { CASE_STATES, DEVELOPMENT_STAGES, LAMPS, RuleText, STEP_ACTORS, StepNumber } from './development.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, nullable, oneOf, strict } from './page.ts'

/** One step of the own road: no opinions, ballots, reviews by others or findings. */
export const OwnStep = Type.Object({
  step: StepNumber,
  stage: oneOf(DEVELOPMENT_STAGES),
  name: RuleText,
  /** `waiting`: recorded, the level above decides. */
  state: oneOf(['done', 'waiting', 'next', 'later'] as const),
  on: nullable(DateOn),
  actor: oneOf(STEP_ACTORS),
})
export const OwnDevelopment = Type.Object({
  caseId: Id,
  orgName: Type.String(),
  state: oneOf(CASE_STATES),
  stage: oneOf(DEVELOPMENT_STAGES),
  steps: Type.Array(OwnStep),
  contacts: Type.Array(Type.String()),
  next: nullable(
    Type.Object({
      step: StepNumber,
      actor: oneOf(STEP_ACTORS),
      waitsAbove: Type.Boolean(),
      earliestOn: nullable(DateOn),
      dueOn: nullable(DateOn),
      lamp: oneOf(LAMPS),
      /** Why: the rules of the step in full. */
      rules: Type.Array(Type.Object({ ruleId: Type.String(), text: RuleText, citation: RuleText })),
    }),
  ),
  reports: Type.Array(Type.Object({ id: Id, heldOn: DateOn, words: nullable(Type.String()) })),
  reportDueOn: nullable(DateOn),
  probationEnd: nullable(DateOn),
  /** Refusal that explains why not (`development.<word>`), null: may be handed in now. */
  canReport: nullable(Type.String()),
  canApplyForConversion: nullable(Type.String()),
})
export type OwnDevelopment = Static<typeof OwnDevelopment>

export const readMyDevelopment = {
  method: 'GET',
  path: '/my/development',
  permission: 'signed-in',
  summary: 'My road into the Party: where I am, what comes next, who acts, until when, why',
  reply: Type.Object({
    road: nullable(OwnDevelopment),
    /** Without a case: refusal that explains why no application is taken here (`development.<word>`), null: it is. */
    canApply: nullable(Type.String()),
  }),
} as const satisfies Endpoint

const words = (most: number) => Type.String({ minLength: 10, maxLength: most, pattern: '\\S' })
/** What a step keeps in full, and what a report may be. */
const Application = words(4000)
const Report = words(20_000)

export const handInApplication = {
  method: 'POST',
  path: '/my/development/application',
  permission: 'signed-in',
  summary: 'Hand in the application for membership, where the branch takes it this way; starts the month for the talk',
  body: strict({ words: Application, fileId: Type.Optional(Id) }),
  reply: Type.Object({ caseId: Id }),
} as const satisfies Endpoint

export const handInReport = {
  method: 'POST',
  path: '/my/development/reports',
  permission: 'signed-in',
  summary: 'Hand in a thought report',
  body: strict({ words: Report, fileId: Type.Optional(Id) }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const handInConversionApplication = {
  method: 'POST',
  path: '/my/development/conversion-application',
  permission: 'signed-in',
  summary: 'Hand in the written application for conversion (art. 32)',
  body: strict({ words: Application, fileId: Type.Optional(Id) }),
  reply: Type.Object({ stepId: Id }),
} as const satisfies Endpoint
