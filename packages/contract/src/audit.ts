import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

const Purpose = Type.String({ minLength: 2, maxLength: 200 })
const EventName = Type.String({ pattern: '^[a-z_]+\\.[a-z_]+$', maxLength: 80 })
const Payload = Type.Record(Type.String(), Type.Unknown())

/** One fact of the stream. `payload` holds ids, codes and names of fields; `sentenceOf` makes a sentence of it. */
export const AuditRow = Type.Object({
  id: Id,
  at: InstantAt,
  type: EventName,
  /** Null: the system itself. */
  actorId: nullable(Id),
  actorName: nullable(Type.String()),
  /** Null when the organisation has been moved since; `orgPath` is as it was. */
  orgName: nullable(Type.String()),
  orgPath: Type.String(),
  subjectKind: Type.String(),
  subjectId: nullable(Id),
  personId: nullable(Id),
  personName: nullable(Type.String()),
  reason: nullable(Type.String()),
  requestId: nullable(Type.String()),
  payload: Payload,
})
export type AuditRow = Static<typeof AuditRow>

/** `from` and `to` are whole days in Asia/Shanghai, both included. `actor` and `person` are parts of names. */
export const auditFilter = {
  from: Type.Optional(DateOn),
  to: Type.Optional(DateOn),
  type: Type.Optional(EventName),
  module: Type.Optional(Type.String({ pattern: '^[a-z_]+$', maxLength: 40 })),
  orgId: Type.Optional(Id),
  /** With `orgId`: its subtree (true, also when left out) or only what is written for itself. */
  below: Type.Optional(Type.Boolean()),
  actor: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  person: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  /** Acts of people, or what the system did by itself. */
  by: Type.Optional(oneOf(['people', 'system'] as const)),
  actorId: Type.Optional(Id),
  personId: Type.Optional(Id),
  subjectId: Type.Optional(Id),
  /** In the stated reason or purpose, or in the sentence of the event in either language. */
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
}
const FilterBody = strict(auditFilter)
export type AuditFilter = Static<typeof FilterBody>

/** A POST, because reading the audit is itself written into the audit. */
export const searchAudit = {
  method: 'POST',
  path: '/audit/search',
  permission: 'audit.read',
  summary: 'What was done, newest first; the reading is audited as well',
  unkept: true,
  body: strict({ ...pageQuery(['at'] as const), filter: FilterBody }),
  reply: pageOf(AuditRow),
} as const satisfies Endpoint

export const MOST_AUDIT_ROWS = 50_000
export const exportAudit = {
  method: 'POST',
  path: '/audit/export',
  permission: 'audit.read',
  summary: 'The audit as a spreadsheet, for a stated purpose',
  stepUp: true,
  download: 'application/octet-stream',
  body: strict({
    filter: FilterBody,
    format: oneOf(['xlsx', 'csv'] as const),
    language: oneOf(['zh-CN', 'en'] as const),
    purpose: Purpose,
  }),
  reply: FileReply,
} as const satisfies Endpoint

export const MOST_PACKED = 200_000
/** Everything an account read or changed since a day, and who is affected: the first hour of an incident. */
export const packIncident = {
  method: 'POST',
  path: '/audit/incident-pack',
  permission: 'audit.read',
  summary: 'What a suspect account read and changed since a day, and the people affected (ZIP of CSV and JSON)',
  stepUp: true,
  download: 'application/zip',
  body: strict({ personId: Id, since: DateOn, language: oneOf(['zh-CN', 'en'] as const), purpose: Purpose }),
  reply: FileReply,
} as const satisfies Endpoint

export const readRetention = {
  method: 'GET',
  path: '/audit/retention',
  permission: 'audit.read',
  summary: 'How long events are kept: the statute, the oldest event, and the last day that may be removed',
  reply: Type.Object({
    months: Type.Integer(),
    ruleId: Type.String(),
    oldestOn: nullable(DateOn),
    /** The newest day whose events may be removed today; the application itself cannot remove any. */
    mayRemoveUntil: DateOn,
    hasRemovable: Type.Boolean(),
  }),
} as const satisfies Endpoint

export const TrailRow = Type.Object({
  id: Id,
  at: InstantAt,
  type: EventName,
  isMine: Type.Boolean(),
  by: nullable(Type.String()),
  orgName: nullable(Type.String()),
  purpose: nullable(Type.String()),
  payload: Payload,
})
export type TrailRow = Static<typeof TrailRow>

export const listMyTrail = {
  method: 'GET',
  path: '/me/trail',
  permission: 'signed-in',
  summary: 'What was done with my data, by whom and for what purpose',
  query: strict({ ...pageQuery(['at'] as const), byOthers: Type.Optional(Type.Boolean()) }),
  reply: pageOf(TrailRow),
} as const satisfies Endpoint

export const auditRefusals = defineRefusals('audit', {
  period_backwards: 'invalid',
  person_unknown: 'missing',
  too_many: 'invalid',
})
