import { createHash } from 'node:crypto'
import type * as contract from '@tongxin/contract'
import { accessRefusals, type Input, type Reply, ROLES } from '@tongxin/contract'
import type { PublicCtx } from '../../platform/ctx.ts'
import type { Platform } from '../../platform/platform.ts'
import { hasTenants } from '../../platform/tenants.ts'
import { rememberDevice } from './access.device.ts'
import { isTotpRight } from './access.factor.service.ts'
import { hashPassword, verifyPassword } from './access.hash.ts'
import { canonicalName, nameIndexOf } from './access.names.ts'
import {
  factorsOf,
  firstPost,
  inTenant,
  type OwnSession,
  openSession,
  postsOf,
  renew,
  requireSession,
  sessionOf,
  tell,
} from './access.own.ts'
import { type Attempt, countAttempt } from './access.throttle.ts'
import * as accounts from './queries/accounts.queries.ts'
import * as sessions from './queries/sessions.queries.ts'

const NOBODY = '00000000-0000-0000-0000-000000000000'
const SIGNED_OUT = {
  person: null,
  posts: [],
  grantId: null,
  permissions: [],
  secondFactorAt: null,
  secondFactorNeeded: false,
  factors: [],
}

/** Who is signed in; never refuses, so that the first page of everybody can ask. */
export async function readSession(
  ctx: PublicCtx,
  _: unknown,
  platform: Platform,
): Promise<Reply<typeof contract.readSession>> {
  const setupNeeded = !(await hasTenants(ctx.db))
  const session = await sessionOf(ctx, platform)
  if (!session) return { ...SIGNED_OUT, setupNeeded }
  const account = await accounts.findAccount(ctx.db, session.personId)
  const factors = account ? factorsOf(account) : []
  const person = { id: session.personId, name: session.name, memberId: null }
  if (session.waitsForFactor) return { ...SIGNED_OUT, person, factors, secondFactorNeeded: true, setupNeeded }
  const posts = await postsOf(ctx, session.personId)
  const post = posts.find((one) => one.grantId === session.grantId)
  const role = post && ROLES[post.role]
  const membership = posts.find((one) => one.role === 'member' && one.tenantId === (post ?? posts[0])?.tenantId)
  return {
    person: { ...person, memberId: membership?.memberId ?? null },
    posts: posts
      .filter((one) => one.role !== 'member')
      .map(({ grantId, role: name, orgId, orgName, tenantId }) => ({ grantId, role: name, orgId, orgName, tenantId })),
    grantId: post?.grantId ?? null,
    permissions: role ? [...role.permissions] : [],
    secondFactorAt: session.secondFactorAt?.toISOString() ?? null,
    secondFactorNeeded: Boolean(role?.secondFactor) && session.secondFactorAt === null,
    factors,
    setupNeeded,
  }
}

/**
 * Signs in. An unknown name, a wrong password, a wrong code and a closed account are refused alike and take alike
 * long; every attempt is counted before it is judged.
 */
export async function signIn(
  ctx: PublicCtx,
  { body }: Input<typeof contract.signIn>,
  platform: Platform,
): Promise<Reply<typeof contract.signIn>> {
  const index = nameIndexOf(ctx.vault, canonicalName(body.name))
  const personId = await accounts.findNameOwner(ctx.db, index)
  const attempt = await countAttempt(ctx, personId ?? index, platform.cookieName)
  // The same statements for a name that nobody has, so that the answer takes as long.
  const account = await accounts.findAccount(ctx.db, personId ?? NOBODY)
  const hash = account?.state === 'active' ? account.passwordHash : null
  const { isRight, isOld } = await verifyPassword(hash, body.password)
  if (!isRight || !account || hash === null) throw accessRefusals.sign_in_failed()

  const factors = factorsOf(account)
  const isShown = body.code !== undefined && account.totpConfirmedAt !== null
  if (isShown && !(await isTotpRight(ctx, account, body.code ?? ''))) throw accessRefusals.sign_in_failed()
  const posts = await postsOf(ctx, account.personId)
  // Nobody acts without a grant; before there is an organisation the administrators have none yet.
  if (posts.length === 0 && account.administrator === null) throw accessRefusals.sign_in_failed()

  const waitsForFactor = factors.length > 0 && !isShown
  await openSession(ctx, platform, {
    personId: account.personId,
    post: firstPost(posts),
    secondFactorAt: isShown ? ctx.now : null,
    waitsForFactor,
  })
  await settle(ctx, platform, attempt, account.personId, waitsForFactor)
  if (isOld) await accounts.setRehash(ctx.db, account.personId, hash, await hashPassword(body.password))
  return { secondFactorNeeded: waitsForFactor, factors }
}

/** The password alone does not forget failures where a second factor is to come: else it could be guessed in rounds. */
async function settle(
  ctx: PublicCtx,
  platform: Platform,
  attempt: Attempt,
  personId: string,
  waitsForFactor: boolean,
): Promise<void> {
  if (waitsForFactor) return attempt.passed()
  await attempt.succeeded()
  rememberDevice(ctx, personId, platform.cookieName)
}

export async function endSession(ctx: PublicCtx, _: unknown, platform: Platform): Promise<Record<string, never>> {
  const session = await requireSession(ctx, platform, { waiting: true })
  await inTenant(ctx, session.tenantId, session.personId, async (tx) => {
    await sessions.deleteSession(tx, session.hash)
    await tell(ctx, tx, session, 'access.signed_out', {})
  })
  platform.sessions.forget(session.hash)
  ctx.setCookie(platform.cookieName, null)
  return {}
}

/** Acts under another post from now on: a new token, and the idle time of that post. */
export async function takePost(
  ctx: PublicCtx,
  { body }: Input<typeof contract.takePost>,
  platform: Platform,
): Promise<Record<string, never>> {
  const session = await requireSession(ctx, platform)
  const post = (await postsOf(ctx, session.personId)).find((one) => one.grantId === body.grantId)
  if (!post) throw accessRefusals.post_not_yours()
  await renew(ctx, platform, session, { post }, (tx) =>
    tell(ctx, tx, { personId: session.personId, tenantId: post.tenantId, grantId: post.grantId }, 'access.post_taken', {
      grantId: post.grantId,
      role: post.role,
    }),
  )
  return {}
}

/** Names a session to its owner without giving away its token's hash. */
const idOf = (hash: Buffer) => createHash('sha256').update(hash).digest('hex').slice(0, 32)

export async function listSessions(
  ctx: PublicCtx,
  _: unknown,
  platform: Platform,
): Promise<Reply<typeof contract.listSessions>> {
  const mine = await requireSession(ctx, platform)
  const rows = await sessions.sessionsOf(ctx.db, mine.personId, ctx.now)
  return {
    rows: rows.map((row) => ({
      id: idOf(row.hash),
      device: row.device,
      isCurrent: row.hash.equals(mine.hash),
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      hasSecondFactor: row.secondFactorAt !== null,
    })),
  }
}

export async function endOneSession(
  ctx: PublicCtx,
  { params }: Input<typeof contract.endOneSession>,
  platform: Platform,
): Promise<Record<string, never>> {
  const mine = await requireSession(ctx, platform)
  const target = (await sessions.sessionsOf(ctx.db, mine.personId, ctx.now)).find((row) => idOf(row.hash) === params.id)
  if (!target) throw accessRefusals.session_not_found()
  await inTenant(ctx, mine.tenantId, mine.personId, async (tx) => {
    await sessions.deleteSession(tx, target.hash)
    await tell(ctx, tx, mine, 'access.session_ended', { sessions: 1 })
  })
  if (target.hash.equals(mine.hash)) ctx.setCookie(platform.cookieName, null)
  return {}
}

export async function endOtherSessions(ctx: PublicCtx, _: unknown, platform: Platform): Promise<Record<string, never>> {
  const mine: OwnSession = await requireSession(ctx, platform)
  await inTenant(ctx, mine.tenantId, mine.personId, async (tx) => {
    const ended = await sessions.deleteSessions(tx, mine.personId, mine.hash)
    await tell(ctx, tx, mine, 'access.session_ended', { sessions: ended })
  })
  return {}
}
