import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Empty, Id, InstantAt, nullable, oneOf, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

const Value = Type.Union([
  Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 }),
  Type.Boolean(),
  Type.String({ maxLength: 60 }),
])
const Reason = Type.String({ minLength: 2, maxLength: 300 })
const byId = strict({ id: Id })

/** One value as it holds for an organisation on a day: where it comes from and whether a change waits. */
export const SettingRow = Type.Object({
  code: Type.String(),
  kind: oneOf(['parameter', 'setting', 'switch']),
  type: oneOf(['whole', 'switch', 'text']),
  unit: nullable(Type.String()),
  least: nullable(Type.Integer()),
  most: nullable(Type.Integer()),
  value: Value,
  initial: Value,
  /** The organisation that set it; null: as shipped. */
  setBy: nullable(Type.Object({ orgId: Id, orgName: Type.String(), effectiveFrom: DateOn })),
  ruleId: nullable(Type.String()),
  waiting: nullable(
    Type.Object({ id: Id, value: Value, effectiveFrom: DateOn, reason: Type.String(), proposedBy: Id }),
  ),
})
export type SettingRow = Static<typeof SettingRow>

export const listSettings = {
  method: 'GET',
  path: '/settings',
  permission: 'settings.read',
  summary: 'All parameters, settings and switches as they hold for an organisation on a day',
  query: strict({ orgId: Type.Optional(Id), on: Type.Optional(DateOn) }),
  reply: Type.Object({ orgId: Id, orgName: Type.String(), on: DateOn, rows: Type.Array(SettingRow) }),
} as const satisfies Endpoint

export const settingHistory = {
  method: 'GET',
  path: '/settings/:code/history',
  permission: 'settings.read',
  summary: 'Every value ever proposed for a code in the scope, newest first (at most 200)',
  params: strict({ code: Type.String({ maxLength: 80 }) }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        id: Id,
        orgName: Type.String(),
        value: Value,
        effectiveFrom: DateOn,
        state: oneOf(['proposed', 'in_force', 'refused', 'withdrawn']),
        reason: Type.String(),
        proposedBy: Type.String(),
        proposedAt: InstantAt,
        decidedBy: nullable(Type.String()),
        decidedAt: nullable(InstantAt),
        decisionReason: nullable(Type.String()),
      }),
    ),
  }),
} as const satisfies Endpoint

export const proposeSetting = {
  method: 'POST',
  path: '/settings',
  permission: 'settings.write',
  summary: 'Set a value from a date on; a parameter of a statute waits for a second person',
  body: strict({
    orgId: Id,
    code: Type.String({ maxLength: 80 }),
    value: Value,
    effectiveFrom: DateOn,
    reason: Reason,
  }),
  reply: Type.Object({ id: Id, state: oneOf(['proposed', 'in_force']) }),
} as const satisfies Endpoint

export const decideSetting = {
  method: 'POST',
  path: '/settings/:id/decision',
  permission: 'settings.write',
  summary: 'Confirm or refuse a proposed parameter (another person), or withdraw the own proposal',
  params: byId,
  body: strict({ decision: oneOf(['confirm', 'refuse', 'withdraw']), reason: Type.Optional(Reason) }),
  reply: Type.Object({ id: Id, state: oneOf(['in_force', 'refused', 'withdrawn']) }),
} as const satisfies Endpoint

const Entry = {
  code: Type.String({ minLength: 1, maxLength: 40, pattern: '^[0-9A-Za-z._-]+$' }),
  zh: Type.String({ minLength: 1, maxLength: 60 }),
  en: Type.String({ minLength: 1, maxLength: 80 }),
  sortOrder: Type.Integer({ minimum: 0, maximum: 100_000 }),
  active: Type.Boolean(),
}
const Dictionary = Type.String({ minLength: 2, maxLength: 40, pattern: '^[a-z_]+$' })

export const listEntries = {
  method: 'GET',
  path: '/dictionaries/:dictionary',
  permission: 'signed-in',
  summary: 'Own entries of a dictionary (at most 500); built-in ones ship with the product',
  params: strict({ dictionary: Dictionary }),
  reply: Type.Object({ rows: Type.Array(Type.Object({ id: Id, ...Entry, version: Type.Integer() })) }),
} as const satisfies Endpoint

export const saveEntry = {
  method: 'PUT',
  path: '/dictionaries/:dictionary/:code',
  permission: 'settings.write',
  summary: 'Add or change an entry of a dictionary; entries are switched off, never deleted',
  params: strict({ dictionary: Dictionary, code: Entry.code }),
  body: strict({ zh: Entry.zh, en: Entry.en, sortOrder: Entry.sortOrder, active: Entry.active }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

const Year = Type.Integer({ minimum: 2000, maximum: 2100 })
export const CalendarDay = Type.Object({ day: DateOn, kind: oneOf(['holiday', 'workday']), name: Type.String() })

export const readWorkingDays = {
  method: 'GET',
  path: '/calendar-years/:year',
  permission: 'signed-in',
  summary: 'Holidays and make-up workdays of a year; provisional when none were published or entered',
  params: strict({ year: Year }),
  reply: Type.Object({
    year: Year,
    provisional: Type.Boolean(),
    source: nullable(Type.String()),
    days: Type.Array(CalendarDay),
  }),
} as const satisfies Endpoint

export const saveWorkingDays = {
  method: 'PUT',
  path: '/calendar-years/:year',
  permission: 'settings.write',
  summary: 'Replace the own days of a year, which overrule the published ones',
  params: strict({ year: Year }),
  body: strict({
    days: Type.Array(
      strict({ day: DateOn, kind: oneOf(['holiday', 'workday']), name: Type.String({ minLength: 1, maxLength: 30 }) }),
      { maxItems: 366 },
    ),
  }),
  reply: Type.Object({ year: Year, days: Type.Integer() }),
} as const satisfies Endpoint

const ListName = Type.String({ minLength: 2, maxLength: 40, pattern: '^[a-z._-]+$' })
const AtView = strict({ list: ListName, id: Id })
/** Who else sees a saved view: nobody, posts of the same organisation, or also those of the organisations below. */
export const VIEW_SEEN_BY = ['me', 'org', 'below'] as const
export type ViewSeenBy = (typeof VIEW_SEEN_BY)[number]

export const listFilters = {
  method: 'GET',
  path: '/saved-filters/:list',
  permission: 'signed-in',
  summary: 'The saved views of a list: the own ones, and those that others share with this post',
  params: strict({ list: ListName }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        filter: Type.Record(Type.String(), Type.Unknown()),
        seenBy: oneOf(VIEW_SEEN_BY),
        /** Null: one's own. */
        sharedBy: nullable(Type.String()),
        orgName: nullable(Type.String()),
        /** The one that the list opens with for this person. */
        isDefault: Type.Boolean(),
      }),
    ),
  }),
} as const satisfies Endpoint

export const saveFilter = {
  method: 'PUT',
  path: '/saved-filters/:list',
  permission: 'signed-in',
  summary: 'Save the filter of a list under a name (at most 30 a list); the same name replaces it',
  params: strict({ list: ListName }),
  body: strict({
    name: Type.String({ minLength: 1, maxLength: 40 }),
    filter: Type.Record(Type.String({ maxLength: 40 }), Type.Unknown(), { maxProperties: 40 }),
    seenBy: Type.Optional(oneOf(VIEW_SEEN_BY)),
  }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const chooseDefaultFilter = {
  method: 'PUT',
  path: '/saved-filters/:list/default',
  permission: 'signed-in',
  summary: 'The saved view that the list opens with for me; null for none',
  params: strict({ list: ListName }),
  body: strict({ id: nullable(Id) }),
  reply: Empty,
} as const satisfies Endpoint

export const dropFilter = {
  method: 'DELETE',
  path: '/saved-filters/:list/:id',
  permission: 'signed-in',
  summary: 'Remove an own saved view; within a day it can be put back',
  params: AtView,
  reply: Empty,
} as const satisfies Endpoint

export const restoreFilter = {
  method: 'POST',
  path: '/saved-filters/:list/:id/restore',
  permission: 'signed-in',
  summary: 'Put back an own saved view that was removed within the last day',
  params: AtView,
  body: Empty,
  reply: Empty,
} as const satisfies Endpoint

export const settingsRefusals = defineRefusals('settings', {
  not_found: 'missing',
  unknown_code: 'missing',
  wrong_value: 'invalid',
  date_in_past: 'invalid',
  proposal_waiting: 'conflict',
  already_decided: 'conflict',
  own_proposal: 'forbidden',
  not_own_proposal: 'forbidden',
  reason_missing: 'invalid',
  day_outside_year: 'invalid',
  day_twice: 'invalid',
  too_many_filters: 'conflict',
  sharing_needs_post: 'forbidden',
  top_only: 'forbidden',
})
