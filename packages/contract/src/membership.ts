import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import {
  ABSENCE_ENDS,
  ABSENCE_KINDS,
  AbsenceFacts,
  At,
  CONTACT_WAYS,
  Lamp,
  MEMBERSHIP_FILES,
  RuleShown,
  SEARCH_WAYS,
  Text,
  Why,
} from './membership.words.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

const Language = Type.Optional(oneOf(['zh-CN', 'en'] as const))
const ABSENCE_STATES = ['open', 'ended'] as const

export const AbsenceRow = Type.Object({
  id: Id,
  kind: oneOf(ABSENCE_KINDS),
  state: oneOf(ABSENCE_STATES),
  memberId: Id,
  name: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  /** The organisation of this installation where the person now is, once it agreed. */
  toOrgId: nullable(Id),
  toOrgName: nullable(Type.String()),
  confirmedAt: nullable(InstantAt),
  /** `home` for the branch the person belongs to, `host` for the one where he is. */
  side: oneOf(['home', 'host'] as const),
  startedOn: DateOn,
  endedOn: nullable(DateOn),
  end: nullable(oneOf(ABSENCE_ENDS)),
  facts: AbsenceFacts,
  lastContactOn: nullable(DateOn),
  /** When contact is due next; null when the absence is over. */
  contactDueOn: nullable(DateOn),
  lamp: nullable(Lamp),
  version: Type.Integer(),
})
export type AbsenceRow = Static<typeof AbsenceRow>

const absenceFilter = {
  orgId: Type.Optional(Id),
  kind: Type.Optional(oneOf(ABSENCE_KINDS)),
  state: Type.Optional(oneOf(ABSENCE_STATES)),
  memberId: Type.Optional(Id),
  /** Only those whose contact is overdue. */
  overdue: Type.Optional(Type.Boolean()),
  text: Type.Optional(Text(60)),
}

export const listAbsences = {
  method: 'GET',
  path: '/absences',
  permission: 'membership.read',
  summary: 'Members who are floating, lost or abroad: own ones, and those who are guests here',
  query: strict({ ...pageQuery(['startedOn', 'contactDueOn', 'name'] as const), ...absenceFilter }),
  reply: pageOf(AbsenceRow),
} as const satisfies Endpoint

export const AbsenceContact = Type.Object({
  id: Id,
  on: DateOn,
  way: oneOf(CONTACT_WAYS),
  reached: Type.Boolean(),
  note: nullable(Type.String()),
  by: nullable(Type.String()),
})
export const AbsenceRecord = Type.Object({
  ...AbsenceRow.properties,
  contacts: Type.Array(AbsenceContact),
  /** Ways of searching that have not been tried since the person was last reached. */
  untried: Type.Array(oneOf(SEARCH_WAYS)),
  /** What may be proposed now about membership, with the rule and the first day. */
  proposals: Type.Array(Type.Object({ kind: oneOf(['stop', 'removal', 'restore'] as const), rule: RuleShown })),
  can: Type.Object({ change: Type.Boolean(), end: Type.Boolean(), contact: Type.Boolean(), confirm: Type.Boolean() }),
})
export type AbsenceRecord = Static<typeof AbsenceRecord>

export const readAbsence = {
  method: 'GET',
  path: '/absences/:id',
  permission: 'membership.read',
  summary: 'One absence with its contacts and what may be proposed',
  params: At,
  reply: AbsenceRecord,
} as const satisfies Endpoint

const Changed = Type.Object({ id: Id, version: Type.Integer() })

export const reportAbsence = {
  method: 'POST',
  path: '/absences',
  permission: 'membership.write',
  summary: 'Write down that a member is floating, lost or abroad',
  body: strict({
    memberId: Id,
    kind: oneOf(ABSENCE_KINDS),
    startedOn: DateOn,
    toOrgId: Type.Optional(nullable(Id)),
    facts: AbsenceFacts,
  }),
  reply: Changed,
} as const satisfies Endpoint

export const changeAbsence = {
  method: 'PUT',
  path: '/absences/:id',
  permission: 'membership.write',
  ifMatch: true,
  summary: 'Correct the facts of an open absence',
  params: At,
  body: strict({ startedOn: DateOn, facts: AbsenceFacts }),
  reply: Changed,
} as const satisfies Endpoint

export const noteContact = {
  method: 'POST',
  path: '/absences/:id/contacts',
  permission: 'membership.write',
  summary: 'Write down an attempt to reach the person',
  params: At,
  body: strict({
    on: DateOn,
    way: oneOf(CONTACT_WAYS),
    reached: Type.Boolean(),
    note: Type.Optional(nullable(Text(1000))),
  }),
  reply: Changed,
} as const satisfies Endpoint

export const confirmAbsence = {
  method: 'POST',
  path: '/absences/:id/confirm',
  permission: 'membership.write',
  summary: 'The organisation where a floating member is takes him into its life',
  params: At,
  body: strict({}),
  reply: Changed,
} as const satisfies Endpoint

export const endAbsence = {
  method: 'POST',
  path: '/absences/:id/end',
  permission: 'membership.write',
  summary: 'The person is back, found, or moved the relation',
  params: At,
  body: strict({
    on: DateOn,
    end: oneOf(['returned', 'found', 'transferred', 'mistaken'] as const),
    note: Type.Optional(nullable(Text(1000))),
  }),
  reply: Changed,
} as const satisfies Endpoint

export const exportAbsences = {
  method: 'POST',
  path: '/absences/export',
  permission: 'membership.read',
  summary: 'The list as a file, or as a printed register (流动党员登记)',
  download: 'application/octet-stream',
  body: strict({ filter: strict(absenceFilter), format: oneOf(MEMBERSHIP_FILES), language: Language }),
  reply: FileReply,
} as const satisfies Endpoint

export const printAbsence = {
  method: 'POST',
  path: '/absences/:id/print',
  permission: 'membership.read',
  summary: 'The sheet of one absence (流动党员活动登记表): facts, contacts, and room for what the host writes by hand',
  download: 'application/octet-stream',
  params: At,
  body: strict({ format: oneOf(['pdf', 'docx'] as const), language: Language }),
  reply: FileReply,
} as const satisfies Endpoint

export const listMyAbsences = {
  method: 'GET',
  path: '/my/absences',
  permission: 'signed-in',
  summary: 'My own absences',
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        id: Id,
        kind: oneOf(ABSENCE_KINDS),
        state: oneOf(ABSENCE_STATES),
        orgName: Type.String(),
        toOrgName: nullable(Type.String()),
        startedOn: DateOn,
        endedOn: nullable(DateOn),
        lastContactOn: nullable(DateOn),
        contactDueOn: nullable(DateOn),
        lamp: nullable(Lamp),
      }),
    ),
  }),
} as const satisfies Endpoint

export const reportMyself = {
  method: 'POST',
  path: '/my/absences/:id/report',
  permission: 'signed-in',
  summary: 'Tell the branch how I am: counts as the contact of this quarter',
  params: At,
  body: strict({ note: Why, isBack: Type.Optional(Type.Boolean()) }),
  reply: Changed,
} as const satisfies Endpoint

export const membershipRefusals = defineRefusals('membership', {
  not_found: 'missing',
  no_such_member: 'missing',
  no_such_org: 'missing',
  not_a_member: 'conflict',
  already_absent: 'conflict',
  already_over: 'conflict',
  in_future: 'invalid',
  before_start: 'invalid',
  host_is_home: 'invalid',
  host_only_floating: 'invalid',
  not_host: 'forbidden',
  confirmed_already: 'conflict',
  too_many_rows: 'invalid',
  decision_not_found: 'missing',
  decision_open: 'conflict',
  wrong_state: 'conflict',
  facts_missing: 'invalid',
  against_rule: 'invalid',
  impossible_count: 'invalid',
  not_by_the_same: 'forbidden',
  own_matter: 'forbidden',
  own_approval: 'forbidden',
  standing_changed: 'conflict',
  not_from_above: 'forbidden',
  not_yours: 'forbidden',
  month_not_open: 'conflict',
  month_running: 'conflict',
  month_unbalanced: 'conflict',
  month_not_confirmed: 'conflict',
  month_before_open: 'conflict',
})
