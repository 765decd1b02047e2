import { type Static, Type } from 'typebox'
import { OUTLET_KINDS } from './channels.kinds.ts'
import type { Endpoint } from './endpoint.ts'
import { Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

export const channelsRefusals = defineRefusals('channels', {
  no_such_outlet: 'missing',
  only_at_top: 'forbidden',
  name_taken: 'conflict',
  setting_missing: 'invalid',
  setting_wrong: 'invalid',
  setting_unknown: 'invalid',
  reach_taken: 'conflict',
  off: 'conflict',
  address_needed: 'invalid',
  not_a_group: 'invalid',
  no_menu: 'invalid',
  nothing_to_resend: 'conflict',
  reach_off: 'conflict',
  address_wrong: 'invalid',
  code_just_sent: 'conflict',
  code_not_sent: 'busy',
  code_wrong: 'invalid',
  code_over: 'conflict',
  no_such_address: 'missing',
  too_many_addresses: 'conflict',
})

/** Of a notice that leaves the platform. */
export const OUT_LEVELS = ['normal', 'important', 'urgent'] as const
export type OutLevel = (typeof OUT_LEVELS)[number]

const At = strict({ id: Id })
const Settings = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 2000 }), { maxProperties: 20 })

export const Outlet = Type.Object({
  id: Id,
  kind: oneOf(OUTLET_KINDS),
  name: Type.String(),
  state: oneOf(['on', 'off', 'removed'] as const),
  orgName: Type.String(),
  leastLevel: oneOf(OUT_LEVELS),
  settings: Type.Record(Type.String(), Type.String()),
  /** Which secrets are set, and since when; what they are is never told. */
  secrets: Type.Record(Type.String(), InstantAt),
  /** Where the other side calls us; null for kinds that do not. */
  callback: nullable(Type.String()),
  /** At most 1,000 each are counted. */
  waiting: Type.Integer(),
  failed: Type.Integer(),
  lastSentAt: nullable(InstantAt),
  lastError: nullable(Type.String()),
  lastErrorAt: nullable(InstantAt),
  version: Type.Integer(),
})
export type Outlet = Static<typeof Outlet>

export const listOutlets = {
  method: 'GET',
  path: '/channels/outlets',
  permission: 'settings.read',
  summary: 'The ways out of the platform that are set up, without their secrets',
  reply: Type.Object({ rows: Type.Array(Outlet) }),
} as const satisfies Endpoint

const words = {
  name: Type.String({ minLength: 2, maxLength: 40, pattern: '\\S' }),
  leastLevel: oneOf(OUT_LEVELS),
  /** Settings and secrets by name; a secret that is not named stays as it is. */
  settings: Settings,
}

export const makeOutlet = {
  method: 'POST',
  path: '/channels/outlets',
  permission: 'settings.write',
  summary: 'Set up a way out; it is off until it is switched on',
  body: strict({ kind: oneOf(OUTLET_KINDS), ...words }),
  reply: Outlet,
  stepUp: true,
  unkept: true,
} as const satisfies Endpoint

export const changeOutlet = {
  method: 'PUT',
  path: '/channels/outlets/:id',
  permission: 'settings.write',
  summary: 'Change a way out',
  params: At,
  body: strict(words),
  reply: Outlet,
  ifMatch: true,
  stepUp: true,
  unkept: true,
} as const satisfies Endpoint

export const switchOutlet = {
  method: 'POST',
  path: '/channels/outlets/:id/switch',
  permission: 'settings.write',
  summary: 'Switch a way out on or off, or remove it; what waits for it is given up when it is removed',
  params: At,
  body: strict({ state: oneOf(['on', 'off', 'removed'] as const) }),
  reply: Outlet,
  stepUp: true,
} as const satisfies Endpoint

const Result = Type.Object({
  state: oneOf(['sent', 'failed'] as const),
  error: nullable(Type.String()),
})

export const testOutlet = {
  method: 'POST',
  path: '/channels/outlets/:id/test',
  permission: 'settings.write',
  summary: 'Send one message now and say how it went; kinds that reach persons need an address',
  params: At,
  body: strict({ to: Type.Optional(Type.String({ maxLength: 254 })) }),
  reply: Result,
} as const satisfies Endpoint

export const setOutletMenu = {
  method: 'POST',
  path: '/channels/outlets/:id/menu',
  permission: 'settings.write',
  summary: 'Put the entry to the platform into the menu of the WeChat account',
  params: At,
  body: strict({}),
  reply: Result,
} as const satisfies Endpoint

export const OUT_STATES = ['waiting', 'sent', 'failed', 'given_up'] as const
export const OutMessage = Type.Object({
  id: Id,
  outletId: Id,
  kind: oneOf(OUTLET_KINDS),
  outletName: Type.String(),
  /** Masked; null for groups. */
  target: nullable(Type.String()),
  level: oneOf(OUT_LEVELS),
  state: oneOf(OUT_STATES),
  tries: Type.Integer(),
  nextAt: nullable(InstantAt),
  error: nullable(Type.String()),
  createdAt: InstantAt,
  sentAt: nullable(InstantAt),
})
export type OutMessage = Static<typeof OutMessage>

export const listOutMessages = {
  method: 'GET',
  path: '/channels/messages',
  permission: 'settings.read',
  summary: 'What left the platform, or could not, without what it said',
  query: strict({
    ...pageQuery(['createdAt'] as const),
    outletId: Type.Optional(Id),
    state: Type.Optional(oneOf(OUT_STATES)),
  }),
  reply: pageOf(OutMessage),
} as const satisfies Endpoint

export const resendOutMessages = {
  method: 'POST',
  path: '/channels/messages/resend',
  permission: 'settings.write',
  summary: 'Try again what failed: these, or up to 1,000 of one way out',
  body: strict({
    ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true })),
    outletId: Type.Optional(Id),
  }),
  reply: Type.Object({ messages: Type.Integer() }),
} as const satisfies Endpoint

export const announceOut = {
  method: 'POST',
  path: '/channels/announcements',
  permission: 'settings.write',
  summary: 'Say something in groups, on Weibo and to programs: public, and once for everybody',
  body: strict({
    title: Type.String({ minLength: 2, maxLength: 60, pattern: '\\S' }),
    text: Type.String({ maxLength: 500 }),
    outletIds: Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true }),
  }),
  reply: Type.Object({ messages: Type.Integer() }),
} as const satisfies Endpoint
