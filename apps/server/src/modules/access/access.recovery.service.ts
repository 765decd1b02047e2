import type * as contract from '@tongxin/contract'
import { accessRefusals, type Input, RECOVERY, type Refusal, type Reply, ROLES } from '@tongxin/contract'
import type { Actor, Ctx, PublicCtx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../platform/page.ts'
import type { Platform } from '../../platform/platform.ts'
import { codeHash, derivedCode, shownCode } from './access.codes.ts'
import { needsFactor } from './access.factors.ts'
import { hashPassword } from './access.hash.ts'
import { factorsOf, inTenant, ownNumbers, tell } from './access.own.ts'
import { judgePassword } from './access.password.ts'
import type { AccessPorts } from './access.ports.ts'
import { countCodeAttempt, forgetFailures } from './access.throttle.ts'
import { personNamesOf } from './bulk.doors.ts'
import * as accounts from './queries/accounts.queries.ts'
import { findPerson } from './queries/activation.queries.ts'
import * as codes from './queries/codes.queries.ts'
import * as factors from './queries/factors.queries.ts'
import * as q from './queries/recovery.queries.ts'
import * as sessions from './queries/sessions.queries.ts'
import { inWholeTenant } from './queries/whole-tenant.queries.ts'

/**
 * Two officers must not reach above themselves by recovering the account of somebody who may do more: every post of
 * the person lies in the officer's scope, and a second factor that a post demands is reset by officers who need one.
 */
async function refuseBeyond(ctx: Ctx<Tx>, personId: string, resetsFactor: boolean): Promise<void> {
  const held = await inWholeTenant(ctx.db, ctx.actor, () => q.rolesHeld(ctx.db, ctx.actor, personId, ctx.now))
  const isAbove = held.some(({ role, isInScope }) => role !== 'member' && !isInScope)
  const isGuarded = held.some(({ role }) => ROLES[role].secondFactor)
  if (isAbove || (isGuarded && resetsFactor && !ctx.actor.secondFactorNeeded)) throw accessRefusals.recovery_beyond()
}

/** First officer: says who cannot sign in and why. Another officer has a day to confirm. */
export async function startRecovery(
  ctx: Ctx<Tx>,
  { body }: Input<typeof contract.startRecovery>,
): Promise<Reply<typeof contract.startRecovery>> {
  const person = await findPerson(ctx.db, ctx.actor, body.personId, ctx.now)
  if (!person) throw accessRefusals.person_not_found.at('/body/personId')
  if (person.personId === ctx.actor.personId) throw accessRefusals.recovery_own()
  if (person.state !== 'active') throw accessRefusals.recovery_over()
  // One recovery at a time: the account is held until this one stands.
  await accounts.lockAccount(ctx.db, person.personId)
  const isOpen = await inWholeTenant(ctx.db, ctx.actor, () =>
    q.isRecoveryOpen(ctx.db, ctx.actor.tenantId, person.personId, ctx.now),
  )
  if (isOpen) throw accessRefusals.recovery_open()
  await refuseBeyond(ctx, person.personId, body.resetsFactor)
  const id = newId(ctx)
  const endsAt = new Date(ctx.now.getTime() + RECOVERY.hours * 3_600_000)
  const { personId, orgPath } = person
  await q.insertRecovery(ctx.db, ctx.actor.tenantId, {
    id,
    personId,
    orgPath,
    resetsFactor: body.resetsFactor,
    reason: body.reason.trim(),
    by: ctx.actor.personId,
    at: ctx.now,
    endsAt,
  })
  const told = { recoveryId: id, resetsFactor: body.resetsFactor }
  await publish(ctx, 'access.recovery_started', { kind: 'person', id: personId, orgPath, personId }, told, {
    reason: body.reason.trim(),
  })
  return { id }
}

/** Why this officer cannot confirm, or null. */
function whyNot(actor: Actor, recovery: q.Recovery, now: Date): Refusal | null {
  if (recovery.state !== 'started' || recovery.endsAt <= now) return accessRefusals.recovery_over()
  if (recovery.personId === actor.personId) return accessRefusals.recovery_own()
  return recovery.startedBy === actor.personId ? accessRefusals.recovery_same_officer() : null
}

/** Second officer: all sessions of the person end, and for fifteen minutes a code lets her choose a password. */
export async function confirmRecovery(
  ctx: Ctx<Tx>,
  { params }: Input<typeof contract.confirmRecovery>,
): Promise<Record<string, never>> {
  const recovery = await q.lockRecovery(ctx.db, ctx.actor, params.id)
  if (!recovery) throw accessRefusals.recovery_not_found()
  const refusal = whyNot(ctx.actor, recovery, ctx.now)
  if (refusal) throw refusal
  const { personId, resetsFactor } = recovery
  await refuseBeyond(ctx, personId, resetsFactor)
  const endsAt = new Date(ctx.now.getTime() + RECOVERY.codeMinutes * 60_000)
  const step = { state: 'confirmed', confirmedBy: ctx.actor.personId, confirmedAt: ctx.now, endsAt } as const
  await q.setRecovery(ctx.db, ctx.actor.tenantId, recovery.id, ['started'], step)
  const code = derivedCode(ctx.vault, 'reset', recovery.id, personId)
  await codes.endCodes(ctx.db, [personId], 'reset')
  await codes.insertCodes(ctx.db, [
    {
      hash: codeHash(ctx.vault, 'reset', code),
      purpose: 'reset',
      personId,
      tenantId: ctx.actor.tenantId,
      batchId: recovery.id,
      at: ctx.now,
      expiresAt: endsAt,
      detail: {},
    },
  ])
  await sessions.deleteSessions(ctx.db, personId, null)
  const subject = { kind: 'person', id: personId, orgPath: recovery.orgPath, personId }
  await publish(ctx, 'access.recovery_confirmed', subject, { recoveryId: recovery.id, resetsFactor })
  return {}
}

export async function cancelRecovery(
  ctx: Ctx<Tx>,
  { params }: Input<typeof contract.cancelRecovery>,
): Promise<Record<string, never>> {
  const recovery = await q.lockRecovery(ctx.db, ctx.actor, params.id)
  if (!recovery) throw accessRefusals.recovery_not_found()
  const isCancelled = await q.setRecovery(ctx.db, ctx.actor.tenantId, recovery.id, ['started', 'confirmed'], {
    state: 'cancelled',
  })
  if (!isCancelled) throw accessRefusals.recovery_over()
  await codes.endCodes(ctx.db, [recovery.personId], 'reset')
  const subject = { kind: 'person', id: recovery.personId, orgPath: recovery.orgPath, personId: recovery.personId }
  await publish(ctx, 'access.recovery_cancelled', subject, { recoveryId: recovery.id })
  return {}
}

/** The code on the screen of the officer who confirmed, while it lives. */
export async function readRecoveryCode(
  ctx: Ctx,
  { params }: Input<typeof contract.readRecoveryCode>,
  platform: Platform,
): Promise<Reply<typeof contract.readRecoveryCode>> {
  const recovery = await q.findRecovery(ctx.db, ctx.actor, params.id)
  const isMine =
    recovery?.state === 'confirmed' && recovery.confirmedBy === ctx.actor.personId && recovery.endsAt > ctx.now
  if (!recovery || !isMine) throw accessRefusals.recovery_not_found()
  const shown = await shownCode(
    platform.publicOrigin,
    'reset',
    derivedCode(ctx.vault, 'reset', recovery.id, recovery.personId),
  )
  return { name: recovery.name, ...shown, expiresAt: recovery.endsAt.toISOString() }
}

/** A new password by the code of a recovery. It opens no session: signing in follows, with the second factor. */
export async function resetPassword(
  ctx: PublicCtx,
  { body }: Input<typeof contract.resetPassword>,
  ports: AccessPorts,
): Promise<Record<string, never>> {
  const attempt = await countCodeAttempt(ctx)
  const hash = codeHash(ctx.vault, 'reset', body.code)
  const code = await codes.findCode(ctx.db, hash, 'reset', ctx.now)
  const account = code?.personId ? await accounts.findAccount(ctx.db, code.personId) : undefined
  if (!code?.tenantId || !code.batchId || account?.state !== 'active') throw accessRefusals.reset_refused()
  await attempt.passed()
  const { tenantId, batchId } = code
  // Before the password is hashed: whether the officers have taken the second factor away decides its length.
  const resetsFactor = await inTenant(ctx, tenantId, account.personId, async (tx) => {
    const [recovery] = await q.resetsOf(tx, tenantId, batchId)
    return recovery?.resetsFactor ?? false
  })
  const hasFactor = !resetsFactor && factorsOf(account).length > 0
  const { personId, name } = account
  const numbers = await ownNumbers(ctx, ports, personId)
  await judgePassword(ctx, body.password, { personId, name, hasFactor, numbers }, '/body/password')
  const passwordHash = await hashPassword(body.password)
  await inTenant(ctx, tenantId, account.personId, async (tx) => {
    if (!(await codes.takeCode(tx, hash, ctx.now))) throw accessRefusals.reset_refused()
    if (!(await q.setRecovery(tx, tenantId, batchId, ['confirmed'], { state: 'used' })))
      throw accessRefusals.reset_refused()
    await accounts.setPassword(tx, account.personId, passwordHash, ctx.now, needsFactor(body.password))
    if (resetsFactor) {
      await accounts.setTotp(tx, account.personId, null, null)
      await factors.deletePasskeys(tx, account.personId)
    }
    await sessions.deleteSessions(tx, account.personId, null)
    await tell(ctx, tx, { personId: account.personId, tenantId, grantId: null }, 'access.password_reset', {
      recoveryId: batchId,
    })
  })
  await forgetFailures(ctx, account.personId)
  return {}
}

export async function listRecoveries(
  ctx: Ctx,
  { query }: Input<typeof contract.listRecoveries>,
): Promise<Reply<typeof contract.listRecoveries>> {
  const keyset = keysetOf(query, { started: 'r.started_at' }, '-started')
  const found = await q.listRecoveries(ctx.db, ctx.actor, query.state ?? null, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: row.startedAt.toISOString(),
    id: row.id,
  }))
  const names = await personNamesOf(
    ctx.db,
    rows.flatMap((row) => [row.startedBy, row.confirmedBy]),
  )
  return {
    rows: rows.map(({ orgPath: _, ...row }) => ({
      ...row,
      startedBy: names.get(row.startedBy) ?? '',
      confirmedBy: row.confirmedBy && (names.get(row.confirmedBy) ?? ''),
      startedAt: row.startedAt.toISOString(),
      confirmedAt: row.confirmedAt?.toISOString() ?? null,
      endsAt: row.endsAt.toISOString(),
      whyNot: whyNot(ctx.actor, { ...row, orgPath: '' }, ctx.now)?.code ?? null,
      mayShow: row.state === 'confirmed' && row.confirmedBy === ctx.actor.personId && row.endsAt > ctx.now,
    })),
    next,
    total: null,
  }
}
