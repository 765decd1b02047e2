import { createHash } from 'node:crypto'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type * as contract from '@tongxin/contract'
import { accessRefusals, type Input } from '@tongxin/contract'
import type { PublicCtx } from '../../platform/ctx.ts'
import type { Platform } from '../../platform/platform.ts'
import { isFactorNeeded, keepOneFactor, shown } from './access.factors.ts'
import { domainOf } from './access.origin.ts'
import { demandStepUp, factorsOf, inTenant, renew, requireSession, tell } from './access.own.ts'
import { answeringKey, webauthn } from './access.passkey.ts'
import { countAttempt } from './access.throttle.ts'
import * as accounts from './queries/accounts.queries.ts'
import * as factors from './queries/factors.queries.ts'

const CHALLENGE_MS = 5 * 60_000
type Purpose = 'register' | 'step_up'

const hashOf = (challenge: string) => createHash('sha256').update(challenge).digest()
const refused = () => accessRefusals.passkey_refused()

async function keep(ctx: PublicCtx, challenge: string, sessionHash: Buffer, purpose: Purpose): Promise<void> {
  await factors.insertChallenge(ctx.db, {
    hash: hashOf(challenge),
    sessionHash,
    purpose,
    expiresAt: new Date(ctx.now.getTime() + CHALLENGE_MS),
  })
}

/** Verifies that the challenge in the answer is one of this session and purpose, and uses it up. */
const taking = (ctx: PublicCtx, sessionHash: Buffer, purpose: Purpose) => (challenge: string) =>
  factors.takeChallenge(ctx.db, { hash: hashOf(challenge), sessionHash, purpose }, ctx.now)

export async function stepUpOptions(ctx: PublicCtx, _: unknown, platform: Platform): Promise<object> {
  const session = await requireSession(ctx, platform, { waiting: true })
  const keys = await factors.passkeysOf(ctx.db, session.personId)
  if (keys.length === 0) throw accessRefusals.factor_missing()
  const { generateAuthenticationOptions } = await webauthn()
  const options = await generateAuthenticationOptions({
    rpID: domainOf(platform.publicOrigin),
    userVerification: 'required',
    allowCredentials: keys.map(({ id, transports }) => ({ id, transports: transports as never })),
  })
  await keep(ctx, options.challenge, session.hash, 'step_up')
  return options
}

export async function stepUpByPasskey(
  ctx: PublicCtx,
  { body }: Input<typeof contract.stepUpByPasskey>,
  platform: Platform,
): Promise<Record<string, never>> {
  const session = await requireSession(ctx, platform, { waiting: true })
  const attempt = await countAttempt(ctx, session.personId, platform.cookieName)
  const response = body.answer as AuthenticationResponseJSON
  const key = await answeringKey(await factors.passkeysOf(ctx.db, session.personId), response, {
    publicOrigin: platform.publicOrigin,
    challenge: taking(ctx, session.hash, 'step_up'),
  })
  await attempt.succeeded()
  await factors.setCounter(ctx.db, key.id, key.counter, ctx.now)
  await shown(ctx, platform, session, 'passkey')
  return {}
}

export async function passkeyOptions(ctx: PublicCtx, _: unknown, platform: Platform): Promise<object> {
  const session = await requireSession(ctx, platform)
  const account = await accounts.findAccount(ctx.db, session.personId)
  if (account && factorsOf(account).length > 0) demandStepUp(session, ctx.now)
  const keys = await factors.passkeysOf(ctx.db, session.personId)
  const { generateRegistrationOptions } = await webauthn()
  const options = await generateRegistrationOptions({
    rpName: '同心 Tongxin',
    rpID: domainOf(platform.publicOrigin),
    userName: session.name,
    userID: new Uint8Array(Buffer.from(session.personId)),
    attestationType: 'none',
    excludeCredentials: keys.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })
  await keep(ctx, options.challenge, session.hash, 'register')
  return options
}

export async function addPasskey(
  ctx: PublicCtx,
  { body }: Input<typeof contract.addPasskey>,
  platform: Platform,
): Promise<Record<string, never>> {
  const session = await requireSession(ctx, platform)
  const account = await accounts.findAccount(ctx.db, session.personId)
  if (account && factorsOf(account).length > 0) demandStepUp(session, ctx.now)
  const { verifyRegistrationResponse } = await webauthn()
  const verdict = await verifyRegistrationResponse({
    response: body.answer as RegistrationResponseJSON,
    expectedChallenge: taking(ctx, session.hash, 'register'),
    expectedOrigin: platform.publicOrigin,
    expectedRPID: domainOf(platform.publicOrigin),
    requireUserVerification: true,
  }).catch(() => null)
  if (!verdict?.verified) throw refused()
  const { id, publicKey, counter, transports } = verdict.registrationInfo.credential
  // Whoever has just made a passkey with verification has shown a second factor.
  await renew(ctx, platform, session, { secondFactorAt: ctx.now }, async (tx) => {
    const key = {
      id,
      label: body.label.trim(),
      publicKey: Buffer.from(publicKey),
      counter,
      transports: [...(transports ?? [])],
      at: ctx.now,
    }
    if (!(await factors.insertPasskey(tx, session.personId, key))) throw refused()
    await tell(ctx, tx, session, 'access.factor_added', { factor: 'passkey' })
  })
  return {}
}

export async function removePasskey(
  ctx: PublicCtx,
  { params }: Input<typeof contract.removePasskey>,
  platform: Platform,
): Promise<Record<string, never>> {
  const session = await requireSession(ctx, platform)
  demandStepUp(session, ctx.now)
  const found = await accounts.findAccount(ctx.db, session.personId)
  const isNeeded = found ? await isFactorNeeded(ctx, found) : false
  await inTenant(ctx, session.tenantId, session.personId, async (tx) => {
    const account = await accounts.lockAccount(tx, session.personId)
    if (!(await factors.deletePasskey(tx, session.personId, params.id))) throw accessRefusals.passkey_not_found()
    if (account) keepOneFactor(account, isNeeded)
    await tell(ctx, tx, session, 'access.factor_removed', { factor: 'passkey' })
  })
  return {}
}
