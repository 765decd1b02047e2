import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { ORG_POSTS } from './org.ts'
import { DateOn, FileReply, Id, nullable, oneOf, strict } from './page.ts'

/** How a post was come by: at the election of the term, at one that filled a vacancy, by decision of the level above. */
export const POST_WAYS = ['elected', 'by_election', 'appointed'] as const
export type PostWay = (typeof POST_WAYS)[number]

const byId = strict({ id: Id })
const Document = Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' })
const Reason = Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' })
const Seats = Type.Integer({ minimum: 1, maximum: 60 })
const Changed = Type.Object({ id: Id, version: Type.Integer() })

export const PostRow = Type.Object({
  id: Id,
  post: oneOf(ORG_POSTS),
  name: Type.String(),
  memberId: Id,
  fromOn: DateOn,
  untilOn: nullable(DateOn),
  documentNumber: nullable(Type.String()),
  /** Null for posts that were entered without it. */
  way: nullable(oneOf(POST_WAYS)),
  /** What the level above is asked for (ELEC-19); null for posts that are not reported. */
  report: nullable(oneOf(['approval', 'record'])),
  reportDocument: nullable(Type.String()),
  reportedOn: nullable(DateOn),
  endedReason: nullable(Type.String()),
})
export type PostRow = Static<typeof PostRow>

export const TermRow = Type.Object({
  id: Id,
  ordinal: nullable(Type.Integer()),
  fromOn: DateOn,
  untilOn: DateOn,
  /** The end that the election set; it differs from `untilOn` after an approved delay or advance. */
  plannedUntilOn: DateOn,
  /** The day on which the next term began; null for the running one. */
  endedOn: nullable(DateOn),
  seats: nullable(Type.Integer()),
  documentNumber: nullable(Type.String()),
  shift: nullable(Type.Object({ documentNumber: Type.String(), approvedOn: DateOn, reason: Type.String() })),
})
export type TermRow = Static<typeof TermRow>

/** A post that ought to be held and is not. `since` is null where nobody is known to have held it. */
export const Vacancy = Type.Object({
  post: oneOf(ORG_POSTS),
  count: Type.Integer(),
  since: nullable(DateOn),
  ruleId: Type.String(),
  citation: Type.Object({ zh: Type.String(), en: Type.String() }),
})
export type Vacancy = Static<typeof Vacancy>

export const Leadership = Type.Object({
  /** The day it is shown as of; null: today. */
  asOf: nullable(DateOn),
  term: nullable(TermRow),
  /** All terms, the newest first. */
  terms: Type.Array(TermRow),
  /** Posts held on the day; without a day also those that were left, after the ones in office. */
  posts: Type.Array(PostRow),
  /** People on the committee, each counted once. */
  filled: Type.Integer(),
  /** What is vacant today; empty for another day, because the size of the branch then is not known. */
  vacancies: Type.Array(Vacancy),
  version: Type.Integer(),
})
export type Leadership = Static<typeof Leadership>

export const readLeadership = {
  method: 'GET',
  path: '/orgs/:id/leadership',
  permission: 'org.read',
  summary: 'Terms, posts and vacancies of an organisation, now or as of a day',
  params: byId,
  query: strict({ asOf: Type.Optional(DateOn) }),
  reply: Leadership,
} as const satisfies Endpoint

export const setTerm = {
  method: 'POST',
  path: '/orgs/:id/term',
  permission: 'org.write',
  summary:
    'Enter a term: after an election the next one, with days inside the running one its correction, before it a past one',
  ifMatch: true,
  params: byId,
  body: strict({
    ordinal: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    fromOn: DateOn,
    untilOn: DateOn,
    /** How many people the committee has by decision of the level above. */
    seats: Type.Optional(Seats),
    documentNumber: Type.Optional(Document),
  }),
  reply: Changed,
} as const satisfies Endpoint

export const shiftTerm = {
  method: 'POST',
  path: '/orgs/:id/term/shift',
  permission: 'org.write',
  summary: 'Delay or advance the end of the running term, with the approval of the level above',
  ifMatch: true,
  params: byId,
  body: strict({
    untilOn: DateOn,
    documentNumber: Document,
    approvedOn: DateOn,
    reason: Reason,
    /** The level above did approve more than a year. */
    acceptTooFar: Type.Optional(Type.Boolean()),
  }),
  reply: Changed,
} as const satisfies Endpoint

export const appoint = {
  method: 'POST',
  path: '/orgs/:id/posts',
  permission: 'org.write',
  summary: 'Enter who holds a post from a date on; a by-election fills a vacancy until the end of the running term',
  params: byId,
  body: strict({
    post: oneOf(ORG_POSTS),
    memberId: Id,
    fromOn: DateOn,
    way: Type.Optional(oneOf(POST_WAYS)),
    documentNumber: Type.Optional(Document),
  }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

const postOf = strict({ id: Id, postId: Id })

export const reportPost = {
  method: 'POST',
  path: '/orgs/:id/posts/:postId/report',
  permission: 'org.write',
  summary: 'Enter the letter with which the level above approved a secretary or deputy, or took a member on record',
  params: postOf,
  body: strict({ documentNumber: Document, reportedOn: DateOn }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const endPost = {
  method: 'POST',
  path: '/orgs/:id/posts/:postId/end',
  permission: 'org.write',
  summary: 'Enter that a post was left',
  params: postOf,
  body: strict({ untilOn: DateOn, reason: Reason }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

/** Above this number of organisations a register is no paper any more. */
export const MOST_IN_REGISTER = 500

export const printLeadership = {
  method: 'GET',
  path: '/orgs/:id/leadership/form',
  permission: 'org.read',
  summary: 'The register of posts (党组织班子成员名册) of an organisation, or with everything below it',
  params: byId,
  query: strict({
    below: Type.Optional(Type.Boolean()),
    language: Type.Optional(oneOf(['zh-CN', 'en'])),
    format: Type.Optional(oneOf(['pdf', 'docx'])),
  }),
  reply: FileReply,
  download: 'application/octet-stream',
} as const satisfies Endpoint
