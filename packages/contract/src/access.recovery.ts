import { type Static, Type } from 'typebox'
import { OneTimeCode } from './access.activation.ts'
import { Password } from './access.own.ts'
import type { Endpoint } from './endpoint.ts'
import { Empty, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

/** Hours in which the second officer must follow; minutes of the code that then lets the person choose a password. */
export const RECOVERY = { hours: 24, codeMinutes: 15 } as const
export const RECOVERY_STATES = ['started', 'confirmed', 'used', 'cancelled'] as const

export const RecoveryRow = Type.Object({
  id: Id,
  personId: Id,
  name: Type.String(),
  state: oneOf(RECOVERY_STATES),
  resetsFactor: Type.Boolean(),
  reason: Type.String(),
  startedBy: Type.String(),
  startedAt: InstantAt,
  confirmedBy: nullable(Type.String()),
  confirmedAt: nullable(InstantAt),
  endsAt: InstantAt,
  /** Why the asking officer cannot confirm this one: a refusal code, or null. */
  whyNot: nullable(Type.String()),
  mayShow: Type.Boolean(),
  version: Type.Integer(),
})
export type RecoveryRow = Static<typeof RecoveryRow>

export const listRecoveries = {
  method: 'GET',
  path: '/recoveries',
  permission: 'access.recover',
  summary: 'Recoveries of accounts of the scope, newest first',
  query: strict({ ...pageQuery(['started'] as const), state: Type.Optional(oneOf(RECOVERY_STATES)) }),
  reply: pageOf(RecoveryRow),
} as const satisfies Endpoint
export const startRecovery = {
  method: 'POST',
  path: '/recoveries',
  permission: 'access.recover',
  summary: 'First officer: start the recovery of an account',
  body: strict({ personId: Id, resetsFactor: Type.Boolean(), reason: Type.String({ minLength: 4, maxLength: 200 }) }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint
export const confirmRecovery = {
  method: 'POST',
  path: '/recoveries/:id/confirm',
  permission: 'access.recover',
  summary: 'Second officer: confirm; all sessions of the person end',
  params: strict({ id: Id }),
  reply: Empty,
} as const satisfies Endpoint
export const cancelRecovery = {
  method: 'POST',
  path: '/recoveries/:id/cancel',
  permission: 'access.recover',
  summary: 'Cancel a recovery that is not used yet',
  params: strict({ id: Id }),
  reply: Empty,
} as const satisfies Endpoint
export const readRecoveryCode = {
  method: 'GET',
  path: '/recoveries/:id/code',
  permission: 'access.recover',
  summary: 'The fifteen-minute code, for the officer who confirmed',
  params: strict({ id: Id }),
  reply: Type.Object({
    name: Type.String(),
    code: Type.String(),
    url: Type.String(),
    qr: Type.String(),
    expiresAt: InstantAt,
  }),
} as const satisfies Endpoint
export const resetPassword = {
  method: 'POST',
  path: '/reset',
  permission: 'public',
  summary: 'Choose a new password with the code of a recovery; signing in follows',
  body: strict({ code: OneTimeCode, password: Password }),
  reply: Empty,
} as const satisfies Endpoint
