import { MEMBER_CATEGORIES } from '@tongxin/domain/identity/member-category'
import { ENTRY_KIND_NAMES } from '@tongxin/domain/members/entries'
import { MEMBER_FIELD_NAMES, SEALED_FIELDS, STANDINGS } from '@tongxin/domain/members/fields'
import { QUALITY_CODES } from '@tongxin/domain/members/quality'
import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { ORG_POSTS } from './org.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

export const RECORD_STATES = ['draft', 'first_review', 'second_review', 'approved', 'changing', 'closed'] as const
const Short = Type.String({ maxLength: 200 })
const Reason = Type.String({ minLength: 2, maxLength: 500 })
const some = <const T extends readonly string[]>(words: T) =>
  Type.Optional(Type.Array(oneOf(words), { minItems: 1, maxItems: 20 }))

/** A member as lists show it: ID number and telephone masked. */
export const MemberRow = Type.Object({
  id: Id,
  memberNo: Type.String(),
  name: Type.String(),
  sex: nullable(Type.String()),
  ethnic: nullable(Type.String()),
  bornOn: nullable(DateOn),
  education: nullable(Type.String()),
  category: oneOf(MEMBER_CATEGORIES),
  status: oneOf(STANDINGS),
  orgId: Id,
  orgName: Type.String(),
  idNumber: nullable(Type.String()),
  phone: nullable(Type.String()),
  joinedOn: nullable(DateOn),
  convertedOn: nullable(DateOn),
  completeness: Type.Integer(),
  recordState: oneOf(RECORD_STATES),
  updatedAt: InstantAt,
  version: Type.Integer(),
})
export type MemberRow = Static<typeof MemberRow>

/** What the list can be narrowed to the lack of. */
export const LACKING_FIELDS = ['sex', 'ethnic', 'education', 'bornOn', 'partyAge'] as const

/** Filters of the list, the export and the printed roster. `search` also takes the last four digits of ID or telephone. */
export const memberFilter = {
  orgId: Type.Optional(Id),
  below: Type.Optional(Type.Boolean()),
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  category: some(MEMBER_CATEGORIES),
  status: some(STANDINGS),
  recordState: some(RECORD_STATES),
  sex: Type.Optional(oneOf(['1', '2'] as const)),
  education: Type.Optional(Type.Array(Type.String({ pattern: '^\\d{2}$' }), { minItems: 1, maxItems: 30 })),
  ethnic: Type.Optional(Type.Array(Type.String({ pattern: '^\\d{2}$' }), { minItems: 1, maxItems: 60 })),
  ageFrom: Type.Optional(Type.Integer({ minimum: 0, maximum: 150 })),
  ageTo: Type.Optional(Type.Integer({ minimum: 0, maximum: 150 })),
  completenessBelow: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  joinedFrom: Type.Optional(DateOn),
  joinedTo: Type.Optional(DateOn),
  /** 政治生日: the month in which the person joined, of any year. */
  joinedMonth: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })),
  /** 长期未参会: missed so many archived meetings in a row, called to them, not there and without approved leave. */
  missedAtLeast: Type.Optional(Type.Integer({ minimum: 1, maximum: 999 })),
  /** 党费欠缴: the record says that dues are paid until a month after which so many whole months have ended. */
  duesBehind: Type.Optional(Type.Integer({ minimum: 1, maximum: 600 })),
  /** The ID card runs out within so many days, or has run out. */
  idExpiresWithin: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650 })),
  /** Ages and years in the Party as of this day (today when absent); who joined after it is left out. */
  asOf: Type.Optional(DateOn),
  /** 党龄: years completed since becoming a full member. */
  partyAgeFrom: Type.Optional(Type.Integer({ minimum: 0, maximum: 150 })),
  partyAgeTo: Type.Optional(Type.Integer({ minimum: 0, maximum: 150 })),
  /** The highest post held now. */
  post: some([...ORG_POSTS, 'none']),
  /** The record does not say these; of `partyAge`, that the person was no full member on the day. */
  lacking: some(LACKING_FIELDS),
}
const FilterBody = strict(memberFilter)
export type MemberFilter = Static<typeof FilterBody>
export const MEMBER_SORTS = ['name', 'joined', 'updated', 'completeness'] as const

export const listMembers = {
  method: 'GET',
  path: '/members',
  permission: 'members.read',
  summary: 'Members of the scope, filtered, a page at a time',
  query: strict({ ...pageQuery(MEMBER_SORTS), ...memberFilter }),
  reply: pageOf(MemberRow),
} as const satisfies Endpoint

export const readMemberCard = {
  method: 'GET',
  path: '/members/:id/card',
  permission: 'members.read',
  summary: 'One member as lists show it',
  params: strict({ id: Id }),
  reply: MemberRow,
} as const satisfies Endpoint

const Fields = Type.Partial(
  Type.Object(Object.fromEntries(MEMBER_FIELD_NAMES.map((field) => [field, nullable(Type.String())]))),
)
const Finding = Type.Object({
  code: oneOf(QUALITY_CODES),
  severity: oneOf(['stop', 'ask'] as const),
  fields: Type.Array(oneOf(MEMBER_FIELD_NAMES)),
})
export const MemberEntry = Type.Object({
  id: Id,
  kind: oneOf(ENTRY_KIND_NAMES),
  fromOn: nullable(DateOn),
  untilOn: nullable(DateOn),
  facts: Type.Record(Type.String(), Type.String()),
  /** Names of sealed facts that are filled in; their values are not shown. */
  sealed: Type.Array(Type.String()),
  endedReason: nullable(Type.String()),
  version: Type.Integer(),
})
export type MemberEntry = Static<typeof MemberEntry>

export const MemberRecord = Type.Object({
  card: MemberRow,
  /** All fields that are filled in; sealed ones masked. */
  fields: Fields,
  missing: Type.Array(oneOf(MEMBER_FIELD_NAMES)),
  findings: Type.Array(Finding),
  entries: Type.Array(MemberEntry),
  openChanges: Type.Array(Type.Object({ id: Id, kind: Type.String(), state: Type.String() })),
  /** The present photo; its bytes are at `/members/:id/photos/:photoId/:size`. */
  photo: nullable(Type.Object({ id: Id, since: InstantAt })),
  deletedAt: nullable(InstantAt),
  /** Since when the relation is on its way to another branch; until it is received it stays here. */
  inTransferSince: nullable(DateOn),
  can: Type.Object({ propose: Type.Boolean(), reveal: Type.Boolean(), delete: Type.Boolean() }),
  version: Type.Integer(),
})
export type MemberRecord = Static<typeof MemberRecord>

export const readMember = {
  method: 'GET',
  path: '/members/:id',
  permission: 'members.read',
  summary: 'The record of a member, sensitive fields masked',
  params: strict({ id: Id }),
  reply: MemberRecord,
} as const satisfies Endpoint

/** One step of a record's history; `from` and `to` are masked where sensitive. */
export const TimelineRow = Type.Object({
  id: Id,
  at: InstantAt,
  source: Type.String(),
  by: nullable(Type.String()),
  reason: nullable(Type.String()),
  version: Type.Integer(),
  fields: Type.Array(Type.Object({ field: Type.String(), from: nullable(Type.String()), to: nullable(Type.String()) })),
})
export type TimelineRow = Static<typeof TimelineRow>

export const readMemberTimeline = {
  method: 'GET',
  path: '/members/:id/timeline',
  permission: 'members.read',
  summary: 'What changed in a record, old to new, newest first',
  params: strict({ id: Id }),
  query: strict(pageQuery(['at'] as const)),
  reply: pageOf(TimelineRow),
} as const satisfies Endpoint

export const revealMemberField = {
  method: 'POST',
  path: '/members/:id/reveal',
  permission: 'members.reveal',
  summary: 'Show one sensitive field; written into the audit and shown to the person concerned',
  stepUp: true,
  unkept: true,
  params: strict({ id: Id }),
  body: strict({ field: oneOf(SEALED_FIELDS), purpose: Reason }),
  reply: Type.Object({ value: nullable(Type.String()), leftThisHour: Type.Integer() }),
} as const satisfies Endpoint

export const deleteMember = {
  method: 'POST',
  path: '/members/:id/delete',
  permission: 'members.approve',
  summary: 'Put a record into the recycle bin for 30 days',
  ifMatch: true,
  params: strict({ id: Id }),
  body: strict({ reason: Reason }),
  reply: Type.Object({ id: Id, version: Type.Integer() }),
} as const satisfies Endpoint

export const restoreMember = {
  method: 'POST',
  path: '/members/:id/restore',
  permission: 'members.approve',
  summary: 'Take a record out of the recycle bin',
  params: strict({ id: Id }),
  body: strict({ reason: Reason }),
  reply: Type.Object({ id: Id, version: Type.Integer() }),
} as const satisfies Endpoint

export const listDeletedMembers = {
  method: 'GET',
  path: '/deleted-members',
  permission: 'members.approve',
  summary: 'The recycle bin: deleted records of the last 30 days',
  query: strict(pageQuery(['deleted'] as const)),
  reply: pageOf(
    Type.Object({
      id: Id,
      name: Type.String(),
      memberNo: Type.String(),
      category: oneOf(MEMBER_CATEGORIES),
      orgName: Type.String(),
      deletedAt: InstantAt,
      deletedBy: nullable(Type.String()),
      reason: Type.String(),
      goneOn: DateOn,
    }),
  ),
} as const satisfies Endpoint

/** Columns of the export. Sealed ones come masked unless `purpose` is given by someone who may reveal. */
export const EXPORT_COLUMNS = [
  'memberNo',
  'name',
  'sex',
  'ethnic',
  'bornOn',
  'idNumber',
  'education',
  'category',
  'status',
  'orgName',
  'joinedOn',
  'convertedOn',
  'phone',
  'completeness',
] as const
export const MOST_EXPORTED = 20_000

export const exportMembers = {
  method: 'POST',
  path: '/members/export',
  permission: 'members.export',
  summary: 'The list as a spreadsheet; logged with row count and hash of the file',
  stepUp: true,
  download: 'application/octet-stream',
  body: strict({
    filter: FilterBody,
    columns: Type.Array(oneOf(EXPORT_COLUMNS), { minItems: 1, maxItems: EXPORT_COLUMNS.length, uniqueItems: true }),
    format: oneOf(['xlsx', 'csv'] as const),
    language: oneOf(['zh-CN', 'en'] as const),
    purpose: Reason,
    unmasked: Type.Optional(Type.Boolean()),
  }),
  reply: FileReply,
} as const satisfies Endpoint

export const printRoster = {
  method: 'POST',
  path: '/members/print',
  permission: 'members.export',
  summary:
    'The printed roster (党员花名册) of an organisation, the collection form or the portrait (一页画像) of one member',
  stepUp: true,
  download: 'application/octet-stream',
  body: strict({
    form: oneOf(['roster', 'member', 'portrait'] as const),
    orgId: Type.Optional(Id),
    memberId: Type.Optional(Id),
    format: oneOf(['pdf', 'docx'] as const),
    language: oneOf(['zh-CN', 'en'] as const),
  }),
  reply: FileReply,
} as const satisfies Endpoint

export const readMyRecord = {
  method: 'GET',
  path: '/me/record',
  permission: 'signed-in',
  summary: 'My own record, sensitive fields masked',
  reply: MemberRecord,
} as const satisfies Endpoint

export const listMyLooks = {
  method: 'GET',
  path: '/me/looks',
  permission: 'signed-in',
  summary: 'Who looked at my sensitive data, when and for what',
  query: strict(pageQuery(['at'] as const)),
  reply: pageOf(
    Type.Object({
      id: Id,
      at: InstantAt,
      by: Type.String(),
      what: Type.String(),
      field: nullable(Type.String()),
      purpose: nullable(Short),
    }),
  ),
} as const satisfies Endpoint

export const memberRefusals = defineRefusals('members', {
  not_found: 'missing',
  no_record: 'missing',
  org_not_found: 'missing',
  nothing_there: 'missing',
  reveal_limit: 'limited',
  export_too_large: 'invalid',
  day_to_come: 'invalid',
  structure_not_kept: 'invalid',
  deleted: 'conflict',
  not_deleted: 'conflict',
  bin_expired: 'conflict',
  id_taken: 'conflict',
  field_wrong: 'invalid',
  id_number_wrong: 'invalid',
  phone_wrong: 'invalid',
  date_wrong: 'invalid',
  word_unknown: 'invalid',
  name_wrong: 'invalid',
  too_long: 'invalid',
  period_reversed: 'invalid',
})
