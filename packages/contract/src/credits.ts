import { type Static, Type } from 'typebox'
import {
  CREDIT_FILES,
  CREDIT_POSTS,
  CREDIT_RULE_NAMES,
  CREDIT_STANDINGS,
  CreditAccount,
  CreditArticle,
  CreditEntry,
  CreditYear,
} from './credits.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

const At = strict({ id: Id })
const OfMember = strict({ memberId: Id })
const Text = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
const Why = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })
const Language = Type.Optional(oneOf(['zh-CN', 'en'] as const))

const accountFilter = {
  year: CreditYear,
  orgId: Type.Optional(Id),
  /** With everything below it; without it the unit alone. */
  below: Type.Optional(Type.Boolean()),
  standing: Type.Optional(oneOf(CREDIT_STANDINGS)),
  post: Type.Optional(oneOf(CREDIT_POSTS)),
  /** Only those who have not finished all required courses. */
  requiredLeft: Type.Optional(Type.Boolean()),
  text: Type.Optional(Text(60)),
}

// By name and branch only: a list by hours would be a ranking of persons (LEARN-3).
export const listCreditAccounts = {
  method: 'GET',
  path: '/credits/accounts',
  permission: 'learning.read',
  summary: 'Accounts of study of the people of the scope, by name; those who are short as a filter',
  query: strict({ ...pageQuery(['name', 'orgName'] as const), ...accountFilter }),
  reply: pageOf(CreditAccount),
} as const satisfies Endpoint

export const CreditRecord = Type.Object({
  account: CreditAccount,
  months: Type.Array(Type.Integer()),
  entries: Type.Array(CreditEntry),
  articles: Type.Array(CreditArticle),
})
export type CreditRecord = Static<typeof CreditRecord>

export const readCreditAccount = {
  method: 'GET',
  path: '/credits/accounts/:memberId',
  permission: 'learning.read',
  summary: 'The account of one person with its lines',
  params: OfMember,
  query: strict({ year: CreditYear }),
  reply: CreditRecord,
} as const satisfies Endpoint

export const exportCreditAccounts = {
  method: 'POST',
  path: '/credits/accounts/export',
  permission: 'learning.read',
  summary: 'The list as a table, or as a register to print',
  body: strict({ filter: strict(accountFilter), format: oneOf(CREDIT_FILES), language: Language }),
  download: 'application/octet-stream',
  reply: FileReply,
} as const satisfies Endpoint

export const issueTranscript = {
  method: 'POST',
  path: '/credits/accounts/:memberId/transcript',
  permission: 'learning.read',
  summary: 'The transcript of somebody of the scope, sealed, with its check code',
  params: OfMember,
  body: strict({ year: CreditYear, language: Language }),
  download: 'application/pdf',
  reply: FileReply,
} as const satisfies Endpoint

export const reverseEntry = {
  method: 'POST',
  path: '/credits/entries/:id/reverse',
  permission: 'learning.review',
  summary: 'Take back a line that was counted wrongly; it stays, with the reason',
  params: At,
  body: strict({ reason: Why }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

/** A unit with the people below it. Averages of fewer than five people are hidden. */
export const UnitCredits = Type.Object({
  orgId: Id,
  orgName: Type.String(),
  /** Whether there is something below it to look into. */
  hasBelow: Type.Boolean(),
  people: Type.Integer(),
  obliged: Type.Integer(),
  exempt: Type.Integer(),
  reached: Type.Integer(),
  short: Type.Integer(),
  requiredDone: Type.Integer(),
  hundredths: Type.Integer(),
  average: nullable(Type.Integer()),
})
export type UnitCredits = Static<typeof UnitCredits>

export const readCreditOverview = {
  method: 'GET',
  path: '/credits/overview',
  permission: 'learning.read',
  summary: 'Study of a year: the unit and those directly below it',
  query: strict({ year: CreditYear, orgId: Type.Optional(Id) }),
  reply: Type.Object({
    unit: UnitCredits,
    below: Type.Array(UnitCredits),
    /** Hundredths of the unit and everything below from January to December. */
    months: Type.Array(Type.Integer()),
    /** Quizzes and exams: how many were passed, by how many people. */
    mastery: Type.Object({ passed: Type.Integer(), people: Type.Integer() }),
    /** What most people learned; the name of a course or meeting, never of a person. */
    liked: Type.Array(Type.Object({ title: Type.String(), source: Type.String(), people: Type.Integer() })),
    countedAt: nullable(InstantAt),
  }),
} as const satisfies Endpoint

const RecountRow = Type.Object({
  entryId: Id,
  memberId: Id,
  name: Type.String(),
  orgName: Type.String(),
  on: DateOn,
  title: Type.String(),
  before: Type.Integer(),
  after: Type.Integer(),
  ruleBefore: oneOf(CREDIT_RULE_NAMES),
  ruleAfter: nullable(oneOf(CREDIT_RULE_NAMES)),
})
export const previewRecount = {
  method: 'GET',
  path: '/credits/recount',
  permission: 'learning.review',
  summary: 'Which lines of a year would count otherwise by the rules as they now stand',
  query: strict({ year: CreditYear }),
  reply: Type.Object({
    rows: Type.Array(RecountRow),
    entries: Type.Integer(),
    people: Type.Integer(),
    hundredths: Type.Integer(),
    /** Names this very preview: what changed since is refused. */
    hash: Type.String(),
  }),
} as const satisfies Endpoint

export const applyRecount = {
  method: 'POST',
  path: '/credits/recount',
  permission: 'learning.review',
  stepUp: true,
  summary: 'Reverse those lines and write them by the rules as they now stand',
  body: strict({ year: CreditYear, hash: Type.String({ pattern: '^[0-9a-f]{64}$' }), reason: Why }),
  reply: Type.Object({ entries: Type.Integer(), people: Type.Integer(), hundredths: Type.Integer() }),
} as const satisfies Endpoint

export const creditsRefusals = defineRefusals('credits', {
  no_such_member: 'missing',
  no_such_org: 'missing',
  not_a_member: 'forbidden',
  year_in_future: 'invalid',
  entry_not_found: 'missing',
  entry_reversed: 'conflict',
  entry_is_reversal: 'invalid',
  own_matter: 'forbidden',
  certificate_not_found: 'missing',
  certificate_decided: 'conflict',
  certificate_in_future: 'invalid',
  certificate_too_old: 'invalid',
  not_by_the_same: 'forbidden',
  exemption_not_found: 'missing',
  exemption_open: 'conflict',
  exemption_decided: 'conflict',
  exemption_not_obliged: 'invalid',
  recount_stale: 'conflict',
  recount_too_many: 'large',
  transcript_unknown: 'missing',
  transcripts_enough: 'limited',
  honour_not_found: 'missing',
  honour_decided: 'conflict',
  honour_proposed: 'conflict',
  honour_not_reached: 'invalid',
  number_missing: 'invalid',
  reason_missing: 'invalid',
  too_many_rows: 'large',
})
