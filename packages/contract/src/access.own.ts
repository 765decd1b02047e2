import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Empty, Id, InstantAt, nullable, oneOf, strict } from './page.ts'
import { ROLE_NAMES } from './roles.ts'

/** Typed by a person: longer than any real one, short enough to hash. Rules of new passwords are the server's. */
export const Password = Type.String({ minLength: 1, maxLength: 256 })
export const CodeField = Type.String({ minLength: 6, maxLength: 12 })
export const RoleField = oneOf(ROLE_NAMES)
export const REACHES = ['self', 'node', 'subtree'] as const
/** Answers of an authenticator as the browser gives them; the server's WebAuthn library reads them. */
const AuthenticatorAnswer = Type.Unsafe<object>({ type: 'object', additionalProperties: true })
const AuthenticatorOptions = Type.Unsafe<object>({ type: 'object', additionalProperties: true })

export const FACTORS = ['totp', 'passkey'] as const

/** A grant the person may act under; the implicit role `member` is not a post. */
export const SessionPost = Type.Object({
  grantId: Id,
  role: RoleField,
  orgId: Id,
  orgName: Type.String(),
  tenantId: Id,
})
export const SessionReply = Type.Object({
  person: nullable(Type.Object({ id: Id, name: Type.String(), memberId: nullable(Id) })),
  posts: Type.Array(SessionPost),
  grantId: nullable(Id),
  permissions: Type.Array(Type.String()),
  secondFactorAt: nullable(InstantAt),
  /** The session may do nothing, or not act under its post, before a second factor is shown. */
  secondFactorNeeded: Type.Boolean(),
  /** Which second factors the account has. */
  factors: Type.Array(oneOf(FACTORS)),
  /** This installation has no organisation yet: the first-run guide comes first. */
  setupNeeded: Type.Boolean(),
})
export type SessionReply = Static<typeof SessionReply>

export const readSession = {
  method: 'GET',
  path: '/session',
  permission: 'public',
  summary: 'Who is signed in, under which post; person null when nobody is',
  reply: SessionReply,
} as const satisfies Endpoint

export const signIn = {
  method: 'POST',
  path: '/session',
  permission: 'public',
  summary: 'Sign in with telephone, member number, e-mail or chosen name',
  body: strict({
    name: Type.String({ minLength: 1, maxLength: 120 }),
    password: Password,
    code: Type.Optional(CodeField),
  }),
  reply: Type.Object({ secondFactorNeeded: Type.Boolean(), factors: Type.Array(oneOf(FACTORS)) }),
} as const satisfies Endpoint

/** Ends this session. */
export const endSession = {
  method: 'DELETE',
  path: '/session',
  permission: 'signed-in',
  summary: 'Sign out',
  reply: Empty,
} as const satisfies Endpoint

/** Acts under another post of the same person from now on. */
export const takePost = {
  method: 'PUT',
  path: '/session/post',
  permission: 'signed-in',
  summary: 'Act under another of my posts',
  body: strict({ grantId: Id }),
  reply: Empty,
} as const satisfies Endpoint

export const stepUp = {
  method: 'POST',
  path: '/session/step-up',
  permission: 'signed-in',
  summary: 'Show the second factor: a six-digit code',
  body: strict({ code: CodeField }),
  reply: Empty,
} as const satisfies Endpoint
/** For acts that need no second factor, and must not be done on a device that its owner has left. */
export const showPassword = {
  method: 'POST',
  path: '/session/password',
  permission: 'signed-in',
  summary: 'Show my password again: for some minutes this session counts as freshly signed in',
  body: strict({ password: Password }),
  reply: Empty,
} as const satisfies Endpoint
export const stepUpOptions = {
  method: 'POST',
  path: '/session/passkey-options',
  permission: 'signed-in',
  summary: 'A challenge for a passkey of mine',
  reply: AuthenticatorOptions,
} as const satisfies Endpoint
export const stepUpByPasskey = {
  method: 'POST',
  path: '/session/passkey',
  permission: 'signed-in',
  summary: 'Show the second factor: a passkey',
  body: strict({ answer: AuthenticatorAnswer }),
  reply: Empty,
} as const satisfies Endpoint

export const listSessions = {
  method: 'GET',
  path: '/sessions',
  permission: 'signed-in',
  summary: 'My sessions on all devices',
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        id: Type.String(),
        device: nullable(Type.String()),
        isCurrent: Type.Boolean(),
        createdAt: InstantAt,
        lastSeenAt: InstantAt,
        hasSecondFactor: Type.Boolean(),
      }),
    ),
  }),
} as const satisfies Endpoint
export const endOneSession = {
  method: 'DELETE',
  path: '/sessions/:id',
  permission: 'signed-in',
  summary: 'End one of my sessions',
  params: strict({ id: Type.String({ pattern: '^[0-9a-f]{32}$' }) }),
  reply: Empty,
} as const satisfies Endpoint
export const endOtherSessions = {
  method: 'DELETE',
  path: '/sessions',
  permission: 'signed-in',
  summary: 'End all my sessions but this one',
  reply: Empty,
} as const satisfies Endpoint

export const readSecurity = {
  method: 'GET',
  path: '/me/security',
  permission: 'signed-in',
  summary: 'My password, second factors and passkeys',
  reply: Type.Object({
    passwordSetAt: nullable(InstantAt),
    shortestPassword: Type.Integer(),
    hasTotp: Type.Boolean(),
    factorNeeded: Type.Boolean(),
    /** Browsers refuse passkeys on a numeric address. */
    passkeysPossible: Type.Boolean(),
    passkeys: Type.Array(
      Type.Object({ id: Type.String(), label: Type.String(), createdAt: InstantAt, lastUsedAt: nullable(InstantAt) }),
    ),
  }),
} as const satisfies Endpoint

export const changePassword = {
  method: 'PUT',
  path: '/me/password',
  permission: 'signed-in',
  summary: 'Change my password; ends my other sessions',
  body: strict({ current: Password, fresh: Password }),
  reply: Empty,
} as const satisfies Endpoint

export const beginTotp = {
  method: 'POST',
  path: '/me/totp',
  permission: 'signed-in',
  summary: 'A secret for my authenticator app, not yet in force',
  reply: Type.Object({ secret: Type.String(), uri: Type.String(), qr: Type.String() }),
} as const satisfies Endpoint
export const confirmTotp = {
  method: 'POST',
  path: '/me/totp/confirm',
  permission: 'signed-in',
  summary: 'Put the secret in force by its first code',
  body: strict({ code: CodeField }),
  reply: Empty,
} as const satisfies Endpoint
export const removeTotp = {
  method: 'DELETE',
  path: '/me/totp',
  permission: 'signed-in',
  summary: 'Give up the authenticator app',
  stepUp: true,
  reply: Empty,
} as const satisfies Endpoint

export const passkeyOptions = {
  method: 'POST',
  path: '/me/passkeys/options',
  permission: 'signed-in',
  summary: 'A challenge for a new passkey',
  reply: AuthenticatorOptions,
} as const satisfies Endpoint
export const addPasskey = {
  method: 'POST',
  path: '/me/passkeys',
  permission: 'signed-in',
  summary: 'Add a passkey',
  body: strict({ label: Type.String({ minLength: 1, maxLength: 40 }), answer: AuthenticatorAnswer }),
  reply: Empty,
} as const satisfies Endpoint
export const removePasskey = {
  method: 'DELETE',
  path: '/me/passkeys/:id',
  permission: 'signed-in',
  summary: 'Remove a passkey',
  stepUp: true,
  params: strict({ id: Type.String({ maxLength: 1400 }) }),
  reply: Empty,
} as const satisfies Endpoint
