import { type Static, Type } from 'typebox'
import { CASE_SORTS, caseFilter } from './development.ts'
import {
  DEVELOPMENT_FORMS,
  DevelopmentReason,
  PUBLICITY_CHANNELS,
  PUBLICITY_PLACES,
  PUBLICITY_PURPOSES,
  REVIEW_KINDS,
  REVIEW_VERDICTS,
  VETTING_METHODS,
  VETTING_RESULTS,
} from './development.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

const At = strict({ id: Id })
const Long = Type.String({ minLength: 1, maxLength: 4000, pattern: '\\S' })
const Language = oneOf(['zh-CN', 'en'] as const)

export const addDevelopmentReview = {
  method: 'POST',
  path: '/development-cases/:id/reviews',
  permission: 'development.write',
  summary: 'Enter a half-yearly review, a thought report or a review of probation',
  params: At,
  body: strict({
    kind: oneOf(REVIEW_KINDS),
    heldOn: DateOn,
    verdict: Type.Optional(nullable(oneOf(REVIEW_VERDICTS))),
    opinion: Long,
    fileId: Type.Optional(Id),
  }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const postPublicity = {
  method: 'POST',
  path: '/development-cases/:id/publicities',
  permission: 'development.write',
  summary: 'Post a publicity: refused when shorter than five working days or at too few places',
  params: At,
  body: strict({
    purpose: oneOf(PUBLICITY_PURPOSES),
    from: DateOn,
    until: DateOn,
    places: Type.Array(oneOf(PUBLICITY_PLACES), { minItems: 1, maxItems: 5, uniqueItems: true }),
    /** A floating person: at the place of origin and of destination at the same time (art. 13). */
    floating: Type.Boolean(),
    channel: oneOf(PUBLICITY_CHANNELS),
  }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const closePublicity = {
  method: 'POST',
  path: '/development-cases/:id/publicities/:publicityId/close',
  permission: 'development.write',
  summary: 'Write down what was heard during the publicity and what came of it',
  params: strict({ id: Id, publicityId: Id }),
  body: strict({
    closedOn: DateOn,
    feedback: Type.Integer({ minimum: 0, maximum: 10_000 }),
    verification: Type.Optional(nullable(Type.String({ maxLength: 4000 }))),
    passed: Type.Boolean(),
  }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

/** The political review: sealed, for holders of `development.vet` only, never in lists, exports, forms or timelines. */
export const VettingFacts = strict({
  concludedOn: DateOn,
  methods: Type.Array(oneOf(VETTING_METHODS), { minItems: 1, maxItems: 5, uniqueItems: true }),
  /** Persons examined: relation, and what was found. */
  persons: Type.Array(
    strict({
      relation: Type.String({ minLength: 1, maxLength: 60 }),
      name: Type.String({ minLength: 1, maxLength: 60 }),
      finding: Type.String({ maxLength: 2000 }),
    }),
    { maxItems: 30 },
  ),
  letters: Type.Integer({ minimum: 0, maximum: 200 }),
  replies: Type.Integer({ minimum: 0, maximum: 200 }),
  /** A floating person: opinions of the organisations of household registration and of residence (art. 16). */
  floatingOpinions: Type.Optional(nullable(Type.Boolean())),
  conclusion: Long,
  result: oneOf(VETTING_RESULTS),
})
export type VettingFacts = Static<typeof VettingFacts>

export const concludeVetting = {
  method: 'POST',
  path: '/development-cases/:id/vetting',
  permission: 'development.vet',
  summary: 'Enter the concluded political review; one that was passed completes step 10',
  stepUp: true,
  unkept: true,
  params: At,
  body: strict({ facts: VettingFacts, lateReason: Type.Optional(DevelopmentReason) }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const readVetting = {
  method: 'POST',
  path: '/development-cases/:id/vetting/read',
  permission: 'development.vet',
  summary: 'Read the political review with a purpose; written into the audit',
  stepUp: true,
  unkept: true,
  params: At,
  body: strict({ purpose: DevelopmentReason }),
  reply: Type.Object({
    rows: Type.Array(Type.Object({ id: Id, at: InstantAt, by: nullable(Type.String()), facts: VettingFacts })),
  }),
} as const satisfies Endpoint

export const DEVELOPMENT_COLUMNS = [
  'name',
  'memberNo',
  'orgName',
  'category',
  'stage',
  'step',
  'state',
  'lamp',
  'dueOn',
  'planYear',
  'appliedOn',
  'activistOn',
  'objectOn',
  'admittedOn',
  'probationEnd',
  'contacts',
] as const
export const MOST_CASES_EXPORTED = 20_000

export const exportDevelopmentCases = {
  method: 'POST',
  path: '/development-cases/export',
  permission: 'development.read',
  summary: 'The list as a spreadsheet; logged with row count and hash of the file',
  stepUp: true,
  download: 'application/octet-stream',
  body: strict({
    filter: strict(caseFilter),
    sort: Type.Optional(Type.Enum([...CASE_SORTS, ...CASE_SORTS.map((sort) => `-${sort}`)])),
    columns: Type.Optional(
      Type.Array(oneOf(DEVELOPMENT_COLUMNS), {
        minItems: 1,
        maxItems: DEVELOPMENT_COLUMNS.length,
        uniqueItems: true,
      }),
    ),
    format: oneOf(['xlsx', 'csv'] as const),
    language: Language,
    purpose: DevelopmentReason,
  }),
  reply: FileReply,
} as const satisfies Endpoint

export const printDevelopmentCase = {
  method: 'POST',
  path: '/development-cases/:id/print',
  permission: 'development.read',
  summary: 'A working form of the case (全程记实表, 考察表, 公示, letters of review, requests) as PDF or Word',
  download: 'application/octet-stream',
  params: At,
  body: strict({ form: oneOf(DEVELOPMENT_FORMS), format: oneOf(['pdf', 'docx'] as const), language: Language }),
  reply: FileReply,
} as const satisfies Endpoint

export const printDevelopmentList = {
  method: 'POST',
  path: '/development-cases/print',
  permission: 'development.read',
  summary: 'A list of names, the summary of ballots, or the roster of an oath, of an organisation',
  download: 'application/octet-stream',
  body: strict({
    form: oneOf(['names', 'vote_summary', 'oath'] as const),
    filter: strict(caseFilter),
    format: oneOf(['pdf', 'docx'] as const),
    language: Language,
  }),
  reply: FileReply,
} as const satisfies Endpoint

export const readDevelopmentFigures = {
  method: 'GET',
  path: '/development-figures',
  permission: 'development.read',
  summary: 'Open cases of the scope by stage and lamp, and what waits for the level above',
  query: strict({ orgId: Type.Optional(Id) }),
  reply: Type.Object({
    rows: Type.Array(Type.Object({ stage: Type.String(), lamp: Type.String(), cases: Type.Integer() })),
    waitsAbove: Type.Integer(),
  }),
} as const satisfies Endpoint

export const QuotaRow = Type.Object({
  orgId: Id,
  orgName: Type.String(),
  year: Type.Integer(),
  /** People the unit may admit in the year; null: no number was set. */
  number: nullable(Type.Integer()),
  /** Admitted in the year, and objects of development planned for it. */
  used: Type.Integer(),
  planned: Type.Integer(),
  wishes: Type.Object({
    upTo35: nullable(Type.Integer()),
    frontLine: nullable(Type.Integer()),
    women: nullable(Type.Integer()),
    college: nullable(Type.Integer()),
    note: nullable(Type.String()),
  }),
  version: Type.Integer(),
})
export type QuotaRow = Static<typeof QuotaRow>

export const listQuotas = {
  method: 'GET',
  path: '/development-quotas',
  permission: 'development.read',
  summary: 'The yearly plan: numbers per unit of the scope with what is used and left, at most 500 units',
  query: strict({ year: Type.Integer({ minimum: 2000, maximum: 2100 }), orgId: Type.Optional(Id) }),
  reply: Type.Object({ rows: Type.Array(QuotaRow) }),
} as const satisfies Endpoint

export const setQuota = {
  method: 'PUT',
  path: '/development-quotas',
  permission: 'development.approve',
  summary: 'Set the yearly number of a unit below, and wishes for the structure',
  body: strict({
    orgId: Id,
    year: Type.Integer({ minimum: 2000, maximum: 2100 }),
    number: Type.Integer({ minimum: 0, maximum: 10_000 }),
    wishes: strict({
      upTo35: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: 10_000 }))),
      frontLine: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: 10_000 }))),
      women: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: 10_000 }))),
      college: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: 10_000 }))),
      note: Type.Optional(nullable(Type.String({ maxLength: 500 }))),
    }),
    reason: DevelopmentReason,
  }),
  reply: Type.Object({ orgId: Id, year: Type.Integer(), version: Type.Integer() }),
} as const satisfies Endpoint
