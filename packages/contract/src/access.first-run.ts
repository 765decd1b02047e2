import { type Static, Type } from 'typebox'
import { OneTimeCode } from './access.activation.ts'
import { Password } from './access.own.ts'
import type { Endpoint } from './endpoint.ts'
import { Id, nullable, oneOf, strict } from './page.ts'
import { EXCLUSIVE_ADMINISTRATORS } from './roles.ts'

const Name = Type.String({ minLength: 2, maxLength: 60 })
/** A name for signing in that is neither telephone nor e-mail nor number. */
const SignInName = Type.String({ minLength: 4, maxLength: 60 })

export const SetUpReply = Type.Object({
  /** No organisation is named yet. */
  isNeeded: Type.Boolean(),
  administrators: Type.Array(Type.Object({ role: oneOf(EXCLUSIVE_ADMINISTRATORS), isClaimed: Type.Boolean() })),
  organisation: nullable(Type.String()),
  hasCommitteeAdministrator: Type.Boolean(),
  /** Who asks: the administrator's role, and whether the second factor is enrolled. */
  me: nullable(
    Type.Object({ name: Type.String(), role: nullable(oneOf(EXCLUSIVE_ADMINISTRATORS)), hasFactor: Type.Boolean() }),
  ),
  /** How phones reach this installation: null while it answers on this machine only. */
  phones: nullable(Type.Object({ url: Type.String(), qr: Type.String() })),
})
export type SetUpReply = Static<typeof SetUpReply>

export const readSetUp = {
  method: 'GET',
  path: '/set-up',
  permission: 'public',
  summary: 'How far the first run has come',
  reply: SetUpReply,
} as const satisfies Endpoint
export const claimSetUp = {
  method: 'POST',
  path: '/set-up/claim',
  permission: 'public',
  summary: 'Become one of the three administrators with a one-time code',
  body: strict({ code: OneTimeCode, name: Name, signInName: SignInName, password: Password }),
  reply: Type.Object({ role: oneOf(EXCLUSIVE_ADMINISTRATORS) }),
} as const satisfies Endpoint
export const nameOrganisation = {
  method: 'POST',
  path: '/set-up/organisation',
  permission: 'signed-in',
  summary: 'System administrator: name the organisation at the top',
  body: strict({
    name: Type.String({ minLength: 2, maxLength: 120 }),
    kind: oneOf(['committee', 'general_branch', 'branch'] as const),
  }),
  reply: Type.Object({ orgId: Id }),
} as const satisfies Endpoint
/** Once, while there is none: from then on a role is given by two persons. */
export const appointFirst = {
  method: 'POST',
  path: '/set-up/committee-administrator',
  permission: 'access.grant',
  summary: 'Security administrator: appoint the first committee administrator',
  stepUp: true,
  body: strict({ name: Name, signInName: SignInName }),
  reply: Type.Object({ activationId: Id }),
} as const satisfies Endpoint
