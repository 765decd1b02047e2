import { randomBytes } from 'node:crypto'
import { type Events, type EventType, ROLES, requestRefusals } from '@tongxin/contract'
import type { Ctx, PublicCtx, Tx } from '../../platform/ctx.ts'
import { publish } from '../../platform/events.ts'
import type { Platform } from '../../platform/platform.ts'
import { Sessions } from '../../platform/session.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import type { AccessPorts } from './access.ports.ts'
import type { Account } from './queries/accounts.queries.ts'
import * as grants from './queries/grants.queries.ts'
import * as sessions from './queries/sessions.queries.ts'

export type OwnSession = sessions.OwnSession

/** Absolute life of a session, idle minutes, parallel sessions (security design S9). */
const HOURS = 12
const IDLE = { usual: 30, administrator: 15 } as const
const MOST_SESSIONS = 5
const STEP_UP_MS = 5 * 60_000

/** The caller's live session, or null. Also when it has no post yet or still waits for the second factor. */
export async function sessionOf(ctx: PublicCtx, platform: Platform): Promise<OwnSession | null> {
  const token = ctx.cookies[platform.cookieName]
  if (!token) return null
  const session = await sessions.findSession(ctx.db, Sessions.hash(token), ctx.now)
  if (!session) return null
  if (ctx.now.getTime() - session.lastSeenAt.getTime() > 60_000)
    await sessions.touchSession(ctx.db, session.hash, ctx.now)
  return session
}

/** @throws Refusal `request.signed_out`; `request.step_up_needed` while the session waits for the second factor */
export async function requireSession(
  ctx: PublicCtx,
  platform: Platform,
  allow: { waiting?: boolean } = {},
): Promise<OwnSession> {
  const session = await sessionOf(ctx, platform)
  if (!session) throw requestRefusals.signed_out()
  if (session.waitsForFactor && !allow.waiting) throw requestRefusals.step_up_needed()
  return session
}

/** @throws Refusal `request.step_up_needed` when the second factor was not shown within five minutes */
export function demandStepUp(session: OwnSession, now: Date): void {
  if (!session.secondFactorAt || now.getTime() - session.secondFactorAt.getTime() > STEP_UP_MS)
    throw requestRefusals.step_up_needed()
}

export function factorsOf(account: Pick<Account, 'totpConfirmedAt' | 'passkeys'>): ('totp' | 'passkey')[] {
  return [
    ...(account.totpConfirmedAt ? (['totp'] as const) : []),
    ...(account.passkeys > 0 ? (['passkey'] as const) : []),
  ]
}

/** A transaction that sees the whole tenant; without a tenant (first run) one that sees no tenant table at all. */
export async function inTenant<T>(
  ctx: { db: PublicCtx['db'] },
  tenantId: string | null,
  personId: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  if (tenantId === null) return ctx.db.transaction().execute(work)
  const { path } = await tenantOf(ctx.db, tenantId)
  return inSystemTransaction(ctx, { tenantId, scope: path, personId }, work)
}

/** All valid grants of a person, in all tenants, the implicit role `member` among them. */
export async function postsOf(ctx: { db: PublicCtx['db']; now: Date }, personId: string): Promise<grants.Post[]> {
  const found: grants.Post[] = []
  for (const tenantId of await grants.tenantsOf(ctx.db, personId)) {
    found.push(...(await inTenant(ctx, tenantId, personId, (tx) => grants.postsIn(tx, tenantId, personId, ctx.now))))
  }
  return found
}

/** Numbers of the person's records in all tenants, which a password must not be made of. */
export async function ownNumbers(
  ctx: Pick<PublicCtx, 'db' | 'vault'>,
  ports: AccessPorts,
  personId: string,
): Promise<string[]> {
  const found: string[] = []
  for (const tenantId of await grants.tenantsOf(ctx.db, personId))
    found.push(
      ...(await inTenant(ctx, tenantId, personId, (tx) =>
        ports.ownNumbersOf({ db: tx, vault: ctx.vault }, tenantId, personId),
      )),
    )
  return found
}

/** The post a new session starts with: a given one before the implicit membership, the oldest first. */
export function firstPost(posts: readonly grants.Post[]): grants.Post | null {
  return posts.find((post) => post.role !== 'member') ?? posts[0] ?? null
}

type Teller = { readonly personId: string; readonly tenantId: string | null; readonly grantId: string | null }

/** Writes the event of something a person did with the own account. Before there is an organisation nothing is told. */
export async function tell<T extends EventType>(
  ctx: Omit<PublicCtx, 'db'>,
  tx: Tx,
  who: Teller,
  type: T,
  payload: Events[T],
): Promise<void> {
  if (who.tenantId === null) return
  const { path } = await tenantOf(tx, who.tenantId)
  // Publishing reads these three members of the actor only.
  const actor = { tenantId: who.tenantId, personId: who.personId, grantId: who.grantId } as Ctx['actor']
  await publish(
    { ...ctx, db: tx, actor } as Ctx<Tx>,
    type,
    { kind: 'person', id: who.personId, orgPath: path, personId: who.personId },
    payload,
  )
}

const freshToken = () => randomBytes(32).toString('base64url')
const idleOf = (post: grants.Post | null) =>
  post === null || ROLES[post.role].secondFactor ? IDLE.administrator : IDLE.usual

/** Opens a session under a post and says so; the cookie is set after the commit. */
export async function openSession(
  ctx: PublicCtx,
  platform: Platform,
  opening: { personId: string; post: grants.Post | null; secondFactorAt: Date | null; waitsForFactor: boolean },
  also: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  const token = freshToken()
  const { post } = opening
  await inTenant(ctx, post?.tenantId ?? null, opening.personId, async (tx) => {
    await also(tx)
    await sessions.insertSession(
      tx,
      {
        hash: Sessions.hash(token),
        personId: opening.personId,
        tenantId: post?.tenantId ?? null,
        grantId: post?.grantId ?? null,
        secondFactorAt: opening.secondFactorAt,
        waitsForFactor: opening.waitsForFactor,
        device: ctx.device,
        idleMinutes: idleOf(post),
        at: ctx.now,
        expiresAt: new Date(ctx.now.getTime() + HOURS * 3_600_000),
      },
      MOST_SESSIONS,
    )
    await tell(
      ctx,
      tx,
      { personId: opening.personId, tenantId: post?.tenantId ?? null, grantId: post?.grantId ?? null },
      'access.signed_in',
      {
        secondFactor: opening.secondFactorAt !== null,
      },
    )
  })
  ctx.setCookie(platform.cookieName, token)
  platform.wake()
}

/** Gives the session a new token, with what has changed; `work` writes in the same transaction. */
export async function renew(
  ctx: PublicCtx,
  platform: Platform,
  session: OwnSession,
  change: { post?: grants.Post; secondFactorAt?: Date; passwordAt?: Date },
  work: (tx: Tx, renewed: Buffer) => Promise<void>,
): Promise<void> {
  const token = freshToken()
  const { post, secondFactorAt, passwordAt } = change
  await inTenant(ctx, post?.tenantId ?? session.tenantId, session.personId, async (tx) => {
    const renewal = {
      ...(post ? { tenantId: post.tenantId, grantId: post.grantId, idleMinutes: idleOf(post) } : {}),
      ...(secondFactorAt ? { secondFactorAt, waitsForFactor: false as const } : {}),
      ...(passwordAt ? { passwordAt } : {}),
    }
    if (!(await sessions.renewSession(tx, session.hash, Sessions.hash(token), renewal)))
      throw requestRefusals.signed_out()
    await work(tx, Sessions.hash(token))
  })
  platform.sessions.forget(session.hash)
  ctx.setCookie(platform.cookieName, token)
  platform.wake()
}
