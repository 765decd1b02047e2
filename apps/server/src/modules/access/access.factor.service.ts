import type * as contract from '@tongxin/contract'
import { accessRefusals, type Input, type Reply } from '@tongxin/contract'
import { generateSecret, generateURI, verifySync } from 'otplib'
import { toDataURL } from 'qrcode'
import type { PublicCtx } from '../../platform/ctx.ts'
import type { Platform } from '../../platform/platform.ts'
import { isFactorNeeded, keepOneFactor, needsFactor, shown } from './access.factors.ts'
import { hashPassword, verifyPassword } from './access.hash.ts'
import { isPasskeyPossible } from './access.origin.ts'
import {
  demandStepUp,
  factorsOf,
  inTenant,
  type OwnSession,
  ownNumbers,
  renew,
  requireSession,
  tell,
} from './access.own.ts'
import { judgePassword, SHORTEST } from './access.password.ts'
import type { AccessPorts } from './access.ports.ts'
import { countAttempt } from './access.throttle.ts'
import * as accounts from './queries/accounts.queries.ts'
import * as factors from './queries/factors.queries.ts'
import * as sessions from './queries/sessions.queries.ts'

const STEP_SECONDS = 30
const placeOf = (personId: string) => ({ table: 'access_account', column: 'totp_secret', rowId: personId })

/** Whether the six digits are right now (one step of tolerance, RFC 6238 5.2) and were never used before. */
export async function isTotpRight(
  ctx: Pick<PublicCtx, 'db' | 'vault' | 'now'>,
  account: Pick<accounts.Account, 'personId' | 'totpSecret'>,
  code: string,
): Promise<boolean> {
  const token = code.normalize('NFKC').replace(/\D/g, '')
  if (!account.totpSecret || token.length !== 6) return false
  const secret = ctx.vault.open(placeOf(account.personId), account.totpSecret)
  const epoch = Math.floor(ctx.now.getTime() / 1000)
  const verdict = verifySync({ secret, token, epoch, epochTolerance: STEP_SECONDS })
  if (!verdict.valid) return false
  return accounts.useTotpStep(ctx.db, account.personId, Math.floor(epoch / STEP_SECONDS) + verdict.delta)
}

async function accountOf(ctx: PublicCtx, session: OwnSession): Promise<accounts.Account> {
  const account = await accounts.findAccount(ctx.db, session.personId)
  if (!account) throw new Error('a session without an account')
  return account
}

/** Shows the second factor by code: at sign-in, and again within five minutes before anything sensitive. */
export async function stepUp(
  ctx: PublicCtx,
  { body }: Input<typeof contract.stepUp>,
  platform: Platform,
): Promise<Record<string, never>> {
  const session = await requireSession(ctx, platform, { waiting: true })
  const account = await accountOf(ctx, session)
  if (!account.totpConfirmedAt) throw accessRefusals.factor_missing()
  const attempt = await countAttempt(ctx, session.personId, platform.cookieName)
  if (!(await isTotpRight(ctx, account, body.code))) throw accessRefusals.factor_wrong.at('/body/code')
  await attempt.succeeded()
  await shown(ctx, platform, session, 'totp')
  return {}
}

/** The password again, for acts that ask for whoever signed in and not for a second factor. */
export async function showPassword(
  ctx: PublicCtx,
  { body }: Input<typeof contract.showPassword>,
  platform: Platform,
): Promise<Record<string, never>> {
  const session = await requireSession(ctx, platform)
  const account = await accountOf(ctx, session)
  const attempt = await countAttempt(ctx, session.personId, platform.cookieName)
  const { isRight } = await verifyPassword(account.passwordHash, body.password)
  if (!isRight) throw accessRefusals.password_wrong.at('/body/password')
  await attempt.succeeded()
  await renew(ctx, platform, session, { passwordAt: ctx.now }, (tx) =>
    tell(ctx, tx, session, 'access.password_shown', {}),
  )
  return {}
}

export async function readSecurity(
  ctx: PublicCtx,
  _: unknown,
  platform: Platform,
): Promise<Reply<typeof contract.readSecurity>> {
  const session = await requireSession(ctx, platform)
  const account = await accountOf(ctx, session)
  const passkeys = await factors.passkeysOf(ctx.db, session.personId)
  return {
    passwordSetAt: account.passwordSetAt?.toISOString() ?? null,
    shortestPassword: factorsOf(account).length > 0 ? SHORTEST.withFactor : SHORTEST.alone,
    hasTotp: account.totpConfirmedAt !== null,
    factorNeeded: await isFactorNeeded(ctx, account),
    passkeysPossible: isPasskeyPossible(platform.publicOrigin),
    passkeys: passkeys.map(({ id, label, createdAt, lastUsedAt }) => ({
      id,
      label,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
  }
}

/** Changes the password by the current one; all other sessions end. */
export async function changePassword(
  ctx: PublicCtx,
  { body }: Input<typeof contract.changePassword>,
  platform: Platform,
  ports: AccessPorts,
): Promise<Record<string, never>> {
  const session = await requireSession(ctx, platform)
  const account = await accountOf(ctx, session)
  const attempt = await countAttempt(ctx, session.personId, platform.cookieName)
  const { isRight } = await verifyPassword(account.passwordHash, body.current)
  if (!isRight) throw accessRefusals.password_wrong.at('/body/current')
  await attempt.succeeded()
  if (body.fresh.normalize('NFKC') === body.current.normalize('NFKC'))
    throw accessRefusals.password_same.at('/body/fresh')
  const hasFactor = factorsOf(account).length > 0
  const { personId, name } = account
  const numbers = await ownNumbers(ctx, ports, personId)
  await judgePassword(ctx, body.fresh, { personId, name, hasFactor, numbers }, '/body/fresh')
  const hash = await hashPassword(body.fresh)
  await renew(ctx, platform, session, {}, async (tx, renewed) => {
    await accounts.setPassword(tx, account.personId, hash, ctx.now, needsFactor(body.fresh))
    await sessions.deleteSessions(tx, account.personId, renewed)
    await tell(ctx, tx, session, 'access.password_changed', {})
  })
  return {}
}

/** A secret for an authenticator app; not in force before its first code. */
export async function beginTotp(
  ctx: PublicCtx,
  _: unknown,
  platform: Platform,
): Promise<Reply<typeof contract.beginTotp>> {
  const session = await requireSession(ctx, platform)
  const account = await accountOf(ctx, session)
  if (account.totpConfirmedAt) throw accessRefusals.totp_confirmed()
  if (account.passkeys > 0) demandStepUp(session, ctx.now)
  const secret = generateSecret()
  await inTenant(ctx, null, session.personId, (tx) =>
    accounts.setTotp(tx, session.personId, ctx.vault.seal(placeOf(session.personId), secret, ctx.now), null),
  )
  const uri = generateURI({ issuer: '同心 Tongxin', label: account.name, secret })
  return { secret, uri, qr: await toDataURL(uri, { margin: 1, width: 240 }) }
}

export async function confirmTotp(
  ctx: PublicCtx,
  { body }: Input<typeof contract.confirmTotp>,
  platform: Platform,
): Promise<Record<string, never>> {
  const session = await requireSession(ctx, platform)
  const account = await accountOf(ctx, session)
  if (account.totpConfirmedAt) throw accessRefusals.totp_confirmed()
  if (!account.totpSecret) throw accessRefusals.factor_missing()
  const attempt = await countAttempt(ctx, session.personId, platform.cookieName)
  if (!(await isTotpRight(ctx, account, body.code))) throw accessRefusals.factor_wrong.at('/body/code')
  await attempt.succeeded()
  await renew(ctx, platform, session, { secondFactorAt: ctx.now }, async (tx) => {
    await accounts.setTotp(tx, session.personId, account.totpSecret, ctx.now)
    await tell(ctx, tx, session, 'access.factor_added', { factor: 'totp' })
  })
  return {}
}

export async function removeTotp(ctx: PublicCtx, _: unknown, platform: Platform): Promise<Record<string, never>> {
  const session = await requireSession(ctx, platform)
  demandStepUp(session, ctx.now)
  const isNeeded = await isFactorNeeded(ctx, await accountOf(ctx, session))
  await inTenant(ctx, session.tenantId, session.personId, async (tx) => {
    const account = await accounts.lockAccount(tx, session.personId)
    if (!account?.totpConfirmedAt) throw accessRefusals.factor_missing()
    keepOneFactor(account, isNeeded)
    await accounts.setTotp(tx, session.personId, null, null)
    await tell(ctx, tx, session, 'access.factor_removed', { factor: 'totp' })
  })
  return {}
}
