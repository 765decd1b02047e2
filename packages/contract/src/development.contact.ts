import { type Static, Type } from 'typebox'
import { CASE_STATES, LAMPS, REVIEW_VERDICTS, StepNumber } from './development.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, nullable, oneOf, strict } from './page.ts'

/** What a contact writes: the half-yearly review of an activist, and those of probation. */
export const CONTACT_REVIEWS = ['half_year', 'probation_quarter', 'probation_half_year'] as const
export type ContactReview = (typeof CONTACT_REVIEWS)[number]

/** One person whom the caller accompanies as a contact: enough for the talk and the review, nothing of ballots. */
export const ContactCase = Type.Object({
  caseId: Id,
  name: Type.String(),
  orgName: Type.String(),
  state: oneOf(CASE_STATES),
  step: StepNumber,
  since: DateOn,
  /** Kinds of review that may be entered now. */
  kinds: Type.Array(oneOf(CONTACT_REVIEWS)),
  reviewDueOn: nullable(DateOn),
  lamp: oneOf(LAMPS),
  /** The own reviews, newest first. */
  reviews: Type.Array(
    Type.Object({
      id: Id,
      kind: Type.String(),
      heldOn: DateOn,
      verdict: nullable(oneOf(REVIEW_VERDICTS)),
      opinion: nullable(Type.String()),
    }),
  ),
  /** Days on which the person handed in thought reports, newest first. */
  reports: Type.Array(DateOn),
})
export type ContactCase = Static<typeof ContactCase>

export const listMyActivists = {
  method: 'GET',
  path: '/my/activists',
  permission: 'signed-in',
  summary: 'People whom I accompany as a contact, with the reviews I owe',
  reply: Type.Object({ rows: Type.Array(ContactCase) }),
} as const satisfies Endpoint

export const enterContactReview = {
  method: 'POST',
  path: '/my/activists/:id/reviews',
  permission: 'signed-in',
  summary: 'Enter a review of somebody whom I accompany as a contact',
  params: strict({ id: Id }),
  body: strict({
    kind: oneOf(CONTACT_REVIEWS),
    heldOn: DateOn,
    verdict: oneOf(REVIEW_VERDICTS),
    opinion: Type.String({ minLength: 10, maxLength: 4000, pattern: '\\S' }),
  }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint
