import { type Static, Type } from 'typebox'
import { Password } from './access.own.ts'
import type { Endpoint } from './endpoint.ts'
import { Empty, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

/** Hours a printed activation code lives; the organisation may set up to 14 days. */
export const ACTIVATION_HOURS = { most: 14 * 24 } as const
/** Minutes of a code shown on the secretary's screen at a meeting. */
export const SCREEN_MINUTES = 10

/** Typed from a slip or filled in by its QR code. */
export const OneTimeCode = Type.String({ minLength: 16, maxLength: 40 })

export const activate = {
  method: 'POST',
  path: '/activation',
  permission: 'public',
  summary: 'Choose the first password with a one-time code and be signed in',
  body: strict({
    code: OneTimeCode,
    /** Member number, or the sign-in name of a person who is no member. */
    memberNumber: Type.String({ minLength: 1, maxLength: 60 }),
    /** Last four characters of the ID number or telephone; empty for a person who is no member. */
    lastFour: Type.String({ maxLength: 4 }),
    password: Password,
  }),
  reply: Empty,
} as const satisfies Endpoint

export const ActivationBatch = Type.Object({
  id: Id,
  orgId: Id,
  orgName: Type.String(),
  way: oneOf(['slips', 'screen'] as const),
  people: Type.Integer(),
  activated: Type.Integer(),
  madeBy: Type.String(),
  madeAt: InstantAt,
  expiresAt: InstantAt,
  printedAt: nullable(InstantAt),
})
export type ActivationBatch = Static<typeof ActivationBatch>

/** Codes for everyone of an organisation (and below) who has no active account; earlier codes of theirs end. */
export const issueActivations = {
  method: 'POST',
  path: '/activations',
  permission: 'access.activate',
  summary: 'Make one-time activation codes for people without an active account',
  body: strict({
    orgId: Id,
    below: Type.Boolean(),
    hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 8760 })),
    /** Only these people: reissue. */
    personIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 2000, uniqueItems: true })),
  }),
  reply: Type.Object({
    id: Id,
    people: Type.Integer(),
    left: Type.Array(Type.Object({ personId: Id, name: Type.String() })),
  }),
} as const satisfies Endpoint

export const listActivations = {
  method: 'GET',
  path: '/activations',
  permission: 'access.activate',
  summary: 'Batches of activation codes of the scope, newest first',
  query: strict({ ...pageQuery(['made'] as const) }),
  reply: pageOf(ActivationBatch),
} as const satisfies Endpoint

export const printSlips = {
  method: 'POST',
  path: '/activations/:id/slips',
  permission: 'access.activate',
  summary: 'The slips of a batch as A4 cards',
  download: 'application/pdf',
  params: strict({ id: Id }),
  body: strict({ language: oneOf(['zh-CN', 'en'] as const) }),
  reply: FileReply,
} as const satisfies Endpoint

/** At the meeting: a code for one person, ten minutes, read from the maker's screen. */
export const showActivation = {
  method: 'POST',
  path: '/activations/screen',
  permission: 'access.activate',
  summary: 'Make a ten-minute activation code for one person in the room',
  body: strict({ personId: Id }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint
export const readActivation = {
  method: 'GET',
  path: '/activations/:id/screen',
  permission: 'access.activate',
  summary: 'The ten-minute code with its QR, for whoever made it',
  params: strict({ id: Id }),
  reply: Type.Object({
    name: Type.String(),
    code: Type.String(),
    url: Type.String(),
    qr: Type.String(),
    expiresAt: InstantAt,
    isUsed: Type.Boolean(),
  }),
} as const satisfies Endpoint

export const AccountRow = Type.Object({
  personId: Id,
  name: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  state: oneOf(['pending', 'active', 'disabled'] as const),
  factors: Type.Integer(),
  activatedAt: nullable(InstantAt),
  codeUntil: nullable(InstantAt),
  posts: Type.Integer(),
})
export type AccountRow = Static<typeof AccountRow>

const accountQuery = {
  ...pageQuery(['name'] as const),
  orgId: Type.Optional(Id),
  below: Type.Optional(Type.Boolean()),
  search: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
}
export const listNotActivated = {
  method: 'GET',
  path: '/activations/waiting',
  permission: 'access.activate',
  summary: 'Who has not activated yet, and until when a code is valid',
  query: strict(accountQuery),
  reply: pageOf(AccountRow),
} as const satisfies Endpoint

export const listAccounts = {
  method: 'GET',
  path: '/accounts',
  permission: 'access.recover',
  summary: 'Accounts of the scope with state and second factor',
  query: strict({ ...accountQuery, state: Type.Optional(oneOf(['pending', 'active', 'disabled'] as const)) }),
  reply: pageOf(AccountRow),
} as const satisfies Endpoint

/** For people who work here without a member record; the activation code comes with `showActivation` or a batch. */
export const openOfficerAccount = {
  method: 'POST',
  path: '/accounts',
  permission: 'access.grant',
  summary: 'Open an account for a person without a member record',
  stepUp: true,
  body: strict({
    name: Type.String({ minLength: 2, maxLength: 60 }),
    signInName: Type.String({ minLength: 4, maxLength: 60 }),
    orgId: Id,
  }),
  reply: Type.Object({ personId: Id }),
} as const satisfies Endpoint

export const switchAccount = {
  method: 'PUT',
  path: '/accounts/:personId/state',
  permission: 'access.grant',
  summary: 'Disable an account at once, or enable it again',
  stepUp: true,
  params: strict({ personId: Id }),
  body: strict({
    state: oneOf(['active', 'disabled'] as const),
    reason: Type.String({ minLength: 2, maxLength: 200 }),
  }),
  reply: Empty,
} as const satisfies Endpoint
