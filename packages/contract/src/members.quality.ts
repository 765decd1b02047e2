import { MEMBER_CATEGORIES } from '@tongxin/domain/identity/member-category'
import { MEMBER_FIELD_NAMES } from '@tongxin/domain/members/fields'
import { FINDING_CODES } from '@tongxin/domain/members/quality'
import { SCORE_PARTS } from '@tongxin/domain/members/score'
import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

export const FINDING_STATES = ['open', 'explained', 'mended'] as const
export const SAMPLE_ROW_STATES = ['open', 'right', 'wrong'] as const
const Reason = Type.String({ minLength: 2, maxLength: 500 })
const byId = strict({ id: Id })
const Quarter = Type.String({ pattern: '^20[0-9]{2}Q[1-4]$' })

/** A doubt, never an accusation: about a record, or about how fast somebody entered (`memberId` null, `slot` the minute). */
export const FindingRow = Type.Object({
  id: Id,
  code: oneOf(FINDING_CODES),
  severity: oneOf(['stop', 'ask'] as const),
  fields: Type.Array(oneOf(MEMBER_FIELD_NAMES)),
  memberId: nullable(Id),
  name: Type.String(),
  orgName: Type.String(),
  /** Rows entered in that minute, or people with that telephone. */
  amount: nullable(Type.Integer()),
  minute: nullable(InstantAt),
  /** Records of the caller's scope that the doubt is about too: those with the same photo. */
  others: Type.Array(Type.Object({ memberId: Id, name: Type.String(), orgName: Type.String() })),
  state: oneOf(FINDING_STATES),
  foundAt: InstantAt,
  settledBy: nullable(Type.String()),
  settledAt: nullable(InstantAt),
  reason: nullable(Type.String()),
})
export type FindingRow = Static<typeof FindingRow>

export const listFindings = {
  method: 'GET',
  path: '/member-findings',
  permission: 'members.read',
  summary: 'What looks untrue in records of the scope, and what was said to it',
  query: strict({
    ...pageQuery(['found'] as const),
    orgId: Type.Optional(Id),
    below: Type.Optional(Type.Boolean()),
    memberId: Type.Optional(Id),
    state: Type.Optional(oneOf(FINDING_STATES)),
    code: Type.Optional(oneOf(FINDING_CODES)),
  }),
  reply: pageOf(FindingRow),
} as const satisfies Endpoint

const file = {
  format: oneOf(['xlsx', 'csv'] as const),
  language: oneOf(['zh-CN', 'en'] as const),
  purpose: Type.String({ minLength: 2, maxLength: 500 }),
}
export const exportFindings = {
  method: 'POST',
  path: '/member-findings/export',
  permission: 'members.export',
  summary: 'The list of findings as a workbook; logged with its purpose',
  stepUp: true,
  download: 'application/octet-stream',
  body: strict({
    filter: strict({
      orgId: Type.Optional(Id),
      below: Type.Optional(Type.Boolean()),
      memberId: Type.Optional(Id),
      state: Type.Optional(oneOf(FINDING_STATES)),
      code: Type.Optional(oneOf(FINDING_CODES)),
    }),
    ...file,
  }),
  reply: FileReply,
} as const satisfies Endpoint

export const explainFinding = {
  method: 'POST',
  path: '/member-findings/:id/explain',
  permission: 'members.review',
  summary: 'Say why it is right as it stands; other values open it again',
  params: byId,
  body: strict({ reason: Reason }),
  reply: byId,
} as const satisfies Endpoint

const permille = Type.Integer({ minimum: 0, maximum: 1000 })
/** All parts in tenths of a percent; the counts say how many records each part leaves to mend. */
const Score = {
  people: Type.Integer(),
  completeness: permille,
  conflicts: permille,
  freshness: permille,
  errors: permille,
  score: permille,
  incomplete: Type.Integer(),
  doubtful: Type.Integer(),
  stale: Type.Integer(),
  wrong: Type.Integer(),
}
export const ScoreRow = Type.Object({ orgId: Id, orgName: Type.String(), ...Score, countedOn: DateOn })
export type ScoreRow = Static<typeof ScoreRow>

export const listScores = {
  method: 'GET',
  path: '/member-scores',
  permission: 'members.read',
  summary: 'Quality of the records, branch by branch, from the rollup',
  query: strict({
    ...pageQuery(['score', 'org'] as const),
    orgId: Type.Optional(Id),
    below: Type.Optional(Type.Boolean()),
  }),
  reply: Type.Object({
    rows: Type.Array(ScoreRow),
    next: nullable(Type.String()),
    total: nullable(Type.Integer()),
    /** All branches of the scope (or of `orgId`) together, each person counting once; null while nothing is counted. */
    whole: nullable(Type.Object(Score)),
    weights: Type.Object({
      completeness: Type.Integer(),
      conflicts: Type.Integer(),
      freshness: Type.Integer(),
      errors: Type.Integer(),
    }),
  }),
} as const satisfies Endpoint

export const exportScores = {
  method: 'POST',
  path: '/member-scores/export',
  permission: 'members.export',
  summary: 'Quality of the records branch by branch as a workbook, worst first; logged with its purpose',
  stepUp: true,
  download: 'application/octet-stream',
  body: strict({
    filter: strict({ orgId: Type.Optional(Id), below: Type.Optional(Type.Boolean()) }),
    ...file,
  }),
  reply: FileReply,
} as const satisfies Endpoint

export const ScoredRecord = Type.Object({
  id: Id,
  name: Type.String(),
  memberNo: Type.String(),
  category: oneOf(MEMBER_CATEGORIES),
  completeness: Type.Integer(),
  updatedAt: InstantAt,
  /** The fields to mend: missing ones, contradicting ones, those an error was found in; heaviest first. */
  fields: Type.Array(oneOf(MEMBER_FIELD_NAMES)),
  codes: Type.Array(oneOf(FINDING_CODES)),
})
export type ScoredRecord = Static<typeof ScoredRecord>

export const listScoreRecords = {
  method: 'GET',
  path: '/member-scores/:orgId/records',
  permission: 'members.read',
  summary: 'The records of a branch behind one part of its score',
  params: strict({ orgId: Id }),
  query: strict({ ...pageQuery(['name'] as const), part: oneOf(SCORE_PARTS) }),
  reply: pageOf(ScoredRecord),
} as const satisfies Endpoint

export const CheckSampleRow = Type.Object({
  id: Id,
  orgId: Id,
  orgName: Type.String(),
  quarter: Quarter,
  percent: Type.Integer(),
  /** Published, so that anybody who knows the approved rows can draw again. */
  seed: Type.String(),
  approved: Type.Integer(),
  drawn: Type.Integer(),
  open: Type.Integer(),
  wrong: Type.Integer(),
  drawnAt: InstantAt,
  drawnBy: nullable(Type.String()),
})
export type CheckSampleRow = Static<typeof CheckSampleRow>

export const listSamples = {
  method: 'GET',
  path: '/member-samples',
  permission: 'members.review',
  summary: 'Draws of approved rows, newest quarter first',
  query: strict(pageQuery(['quarter'] as const)),
  reply: pageOf(CheckSampleRow),
} as const satisfies Endpoint

export const drawSample = {
  method: 'POST',
  path: '/member-samples',
  permission: 'members.approve',
  summary: 'Draw approved rows of a past quarter, by a seed that is published',
  body: strict({ quarter: Quarter }),
  reply: Type.Object({ id: Id, drawn: Type.Integer() }),
} as const satisfies Endpoint

export const DrawnRow = Type.Object({
  id: Id,
  place: Type.Integer(),
  changeId: Id,
  memberId: nullable(Id),
  name: Type.String(),
  orgName: Type.String(),
  kind: Type.String(),
  fields: Type.Array(Type.String()),
  approvedAt: InstantAt,
  state: oneOf(SAMPLE_ROW_STATES),
  checkedBy: nullable(Type.String()),
  checkedAt: nullable(InstantAt),
  note: nullable(Type.String()),
  errorId: nullable(Id),
  /** The caller was none of the three hands, and the row waits. */
  canCheck: Type.Boolean(),
})
export type DrawnRow = Static<typeof DrawnRow>

export const readSample = {
  method: 'GET',
  path: '/member-samples/:id/rows',
  permission: 'members.review',
  summary: 'The rows of a draw, in the order in which they were drawn',
  params: byId,
  query: strict({ ...pageQuery(['place'] as const), state: Type.Optional(oneOf(SAMPLE_ROW_STATES)) }),
  reply: pageOf(DrawnRow),
} as const satisfies Endpoint

export const checkDrawnRow = {
  method: 'POST',
  path: '/member-sample-rows/:id/check',
  permission: 'members.review',
  summary: 'Check a drawn row against its papers; a wrong one becomes an error with its hands',
  params: byId,
  body: strict({
    verdict: oneOf(['right', 'wrong'] as const),
    note: Reason,
    /** Demanded with `wrong`. */
    field: Type.Optional(oneOf(MEMBER_FIELD_NAMES)),
    rightValue: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
  }),
  reply: Type.Object({ id: Id, errorId: nullable(Id) }),
} as const satisfies Endpoint

export const qualityRefusals = defineRefusals('quality', {
  finding_not_found: 'missing',
  finding_settled: 'conflict',
  must_be_mended: 'conflict',
  sample_not_found: 'missing',
  drawn_already: 'conflict',
  quarter_running: 'invalid',
  nothing_approved: 'conflict',
  row_not_found: 'missing',
  row_checked: 'conflict',
  own_hands: 'forbidden',
  field_needed: 'invalid',
  not_drawn_field: 'invalid',
})
