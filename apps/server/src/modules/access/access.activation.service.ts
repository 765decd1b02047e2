import type * as contract from '@tongxin/contract'
import {
  ACTIVATION_HOURS,
  accessRefusals,
  type Input,
  orgRefusals,
  type Reply,
  SCREEN_MINUTES,
} from '@tongxin/contract'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, PublicCtx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import type { Platform } from '../../platform/platform.ts'
import { printForm } from '../forms/index.ts'
import { findUnit } from '../org/index.ts'
import { bondOf, codeHash, derivedCode, linkTo, shownCode } from './access.codes.ts'
import { needsFactor } from './access.factors.ts'
import { hashPassword } from './access.hash.ts'
import { nameIndexOf } from './access.names.ts'
import { firstPost, openSession, ownNumbers, postsOf, tell } from './access.own.ts'
import { judgePassword } from './access.password.ts'
import type { AccessPorts } from './access.ports.ts'
import { countCodeAttempt } from './access.throttle.ts'
import * as accounts from './queries/accounts.queries.ts'
import * as q from './queries/activation.queries.ts'
import * as codes from './queries/codes.queries.ts'

const HOUR_MS = 3_600_000
/** A slip that was found in the street: five guesses at the last four characters end its code. */
const MOST_TRIES = 5

/** The first password, by slip or screen: code, number and last four characters must belong together. */
export async function activate(
  ctx: PublicCtx,
  { body }: Input<typeof contract.activate>,
  platform: Platform,
  ports: AccessPorts,
): Promise<Record<string, never>> {
  const attempt = await countCodeAttempt(ctx)
  const hash = codeHash(ctx.vault, 'activation', body.code)
  const code = await codes.findCode(ctx.db, hash, 'activation', ctx.now)
  const owner = await accounts.findNameOwner(ctx.db, nameIndexOf(ctx.vault, body.memberNumber))
  if (!code?.personId || code.tries >= MOST_TRIES) throw accessRefusals.activation_refused()
  const isBound =
    owner === code.personId && (code.detail.bonds ?? []).includes(bondOf(ctx.vault, body.code, body.lastFour))
  const account = await accounts.findAccount(ctx.db, code.personId)
  if (!isBound || account?.state !== 'pending') {
    await codes.countTry(ctx.db, hash)
    throw accessRefusals.activation_refused()
  }
  await attempt.passed()
  const { personId, name } = account
  const numbers = await ownNumbers(ctx, ports, personId)
  await judgePassword(ctx, body.password, { personId, name, hasFactor: false, numbers }, '/body/password')
  const passwordHash = await hashPassword(body.password)
  const post = firstPost(await postsOf(ctx, account.personId))
  if (!post) throw accessRefusals.activation_refused()
  await openSession(
    ctx,
    platform,
    { personId: account.personId, post, secondFactorAt: null, waitsForFactor: false },
    async (tx) => {
      if (!(await codes.takeCode(tx, hash, ctx.now))) throw accessRefusals.activation_refused()
      await accounts.setPassword(tx, account.personId, passwordHash, ctx.now, needsFactor(body.password))
      await tell(
        ctx,
        tx,
        { personId: account.personId, tenantId: post.tenantId, grantId: post.grantId },
        'access.activated',
        { activationId: code.batchId },
      )
    },
  )
  return {}
}

/** Codes on paper for everyone of an organisation without an active account; their earlier codes end. */
export async function issueActivations(
  ctx: Ctx<Tx>,
  { body }: Input<typeof contract.issueActivations>,
  ports: AccessPorts,
): Promise<Reply<typeof contract.issueActivations>> {
  const detail = { most: ACTIVATION_HOURS.most }
  if (body.hours !== undefined && body.hours > ACTIVATION_HOURS.most)
    throw accessRefusals.lifetime_too_long.at('/body/hours', detail)
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw orgRefusals.not_found.at('/body/orgId')
  const { tenantId } = ctx.actor
  const hours = body.hours ?? (await ports.activationHoursOf(ctx.db, tenantId, unit.path, todayOf(ctx.now)))
  const found = await q.pendingPeople(
    ctx.db,
    ctx.actor,
    { orgPath: unit.path, below: body.below, personIds: body.personIds ?? null },
    ctx.now,
  )
  const facts = await ports.slipFactsOf(
    ctx,
    found.flatMap(({ memberId }) => memberId ?? []),
  )
  const fit = found.map((person) => ({
    person,
    lastFours: person.memberId ? (facts.get(person.memberId)?.lastFours ?? []) : [''],
  }))
  const ready = fit.filter(({ lastFours }) => lastFours.length > 0)
  if (ready.length === 0) throw accessRefusals.nobody_to_activate()
  const batch = {
    id: newId(ctx),
    orgId: unit.id,
    orgPath: unit.path,
    way: 'slips' as const,
    expiresAt: new Date(ctx.now.getTime() + hours * HOUR_MS),
  }
  await keepCodes(
    ctx,
    batch,
    ready.map(({ person, lastFours }) => ({ personId: person.personId, lastFours })),
  )
  return {
    id: batch.id,
    people: ready.length,
    left: fit
      .filter(({ lastFours }) => lastFours.length === 0)
      .map(({ person }) => ({ personId: person.personId, name: person.name })),
  }
}

type NewBatch = { id: string; orgId: string; orgPath: string; way: 'slips' | 'screen'; expiresAt: Date }

async function keepCodes(
  ctx: Ctx<Tx>,
  batch: NewBatch,
  people: readonly { personId: string; lastFours: readonly string[] }[],
): Promise<void> {
  const { actor, vault, now } = ctx
  await codes.endCodes(
    ctx.db,
    people.map(({ personId }) => personId),
    'activation',
  )
  await codes.insertCodes(
    ctx.db,
    people.map(({ personId, lastFours }) => {
      const code = derivedCode(vault, 'activation', batch.id, personId)
      const detail = { bonds: lastFours.map((four) => bondOf(vault, code, four)) }
      return {
        hash: codeHash(vault, 'activation', code),
        purpose: 'activation' as const,
        personId,
        tenantId: actor.tenantId,
        batchId: batch.id,
        at: now,
        expiresAt: batch.expiresAt,
        detail,
      }
    }),
  )
  await q.insertActivation(ctx.db, actor.tenantId, { ...batch, people: people.length, by: actor.personId, at: now })
  await publish(
    ctx,
    'access.activation_issued',
    { kind: 'activation', id: batch.id, orgPath: batch.orgPath },
    { people: people.length, way: batch.way, expiresAt: batch.expiresAt.toISOString() },
  )
}

/** A ten-minute code for one person; returns its batch. */
export async function makeScreenCode(
  ctx: Ctx<Tx>,
  to: { personId: string; orgId: string; orgPath: string; lastFours: readonly string[] },
): Promise<string> {
  const id = newId(ctx)
  const expiresAt = new Date(ctx.now.getTime() + SCREEN_MINUTES * 60_000)
  await keepCodes(ctx, { id, orgId: to.orgId, orgPath: to.orgPath, way: 'screen', expiresAt }, [to])
  return id
}

export async function showActivation(
  ctx: Ctx<Tx>,
  { body }: Input<typeof contract.showActivation>,
  ports: AccessPorts,
): Promise<Reply<typeof contract.showActivation>> {
  const person = await q.findPerson(ctx.db, ctx.actor, body.personId, ctx.now)
  if (!person) throw accessRefusals.person_not_found()
  const facts = person.memberId ? (await ports.slipFactsOf(ctx, [person.memberId])).get(person.memberId) : null
  const lastFours = facts === null ? [''] : (facts?.lastFours ?? [])
  if (person.state !== 'pending' || lastFours.length === 0) throw accessRefusals.nobody_to_activate()
  return { id: await makeScreenCode(ctx, { ...person, lastFours }) }
}

/** The code on the screen: only for whoever made it, and only while it lives. */
export async function readActivation(
  ctx: Ctx,
  { params }: Input<typeof contract.readActivation>,
  platform: Platform,
): Promise<Reply<typeof contract.readActivation>> {
  const batch = await q.findActivation(ctx.db, ctx.actor, params.id)
  if (batch?.way !== 'screen' || batch.madeBy !== ctx.actor.personId || batch.expiresAt <= ctx.now)
    throw accessRefusals.batch_not_found()
  const [person] = await codes.codesOfBatch(ctx.db, batch.id)
  if (!person?.personId) throw accessRefusals.batch_not_found()
  const shown = await shownCode(
    platform.publicOrigin,
    'activate',
    derivedCode(ctx.vault, 'activation', batch.id, person.personId),
  )
  return { name: person.name, ...shown, expiresAt: batch.expiresAt.toISOString(), isUsed: person.usedAt !== null }
}

/** The slips of a batch for those who have not activated meanwhile. */
export async function printSlips(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.printSlips>,
  ports: AccessPorts,
  platform: Platform,
): Promise<contract.FileReply> {
  const batch = await q.findActivation(ctx.db, ctx.actor, params.id)
  if (batch?.way !== 'slips' || batch.expiresAt <= ctx.now) throw accessRefusals.batch_not_found()
  const open = new Set(
    (await codes.codesOfBatch(ctx.db, batch.id))
      .filter(({ usedAt }) => usedAt === null)
      .flatMap(({ personId }) => personId ?? []),
  )
  const people = await q.pendingPeople(
    ctx.db,
    ctx.actor,
    { orgPath: batch.orgPath, below: true, personIds: [...open] },
    ctx.now,
  )
  if (people.length === 0) throw accessRefusals.nobody_to_activate()
  const facts = await ports.slipFactsOf(
    ctx,
    people.flatMap(({ memberId }) => memberId ?? []),
  )
  const slips = people.map((person) => {
    const code = derivedCode(ctx.vault, 'activation', batch.id, person.personId)
    return {
      organisation: person.orgName,
      name: person.name,
      memberNumber: (person.memberId && facts.get(person.memberId)?.memberNumber) || '—',
      activationUrl: linkTo(platform.publicOrigin, 'activate', code),
      code,
      expiresAt: batch.expiresAt.toISOString(),
    }
  })
  await q.setPrinted(ctx.db, ctx.actor.tenantId, batch.id, ctx.now)
  await publish(
    ctx,
    'access.slips_printed',
    { kind: 'activation', id: batch.id, orgPath: batch.orgPath },
    { people: slips.length },
  )
  const order = {
    kind: 'activation_slips' as const,
    format: 'pdf' as const,
    facts: {
      language: body.language,
      organisation: batch.orgName,
      printedAt: ctx.now.toISOString(),
      siteUrl: platform.publicOrigin,
      contact: null,
      slips,
    },
  }
  return { fileName: `${batch.orgName}-activation.pdf`, make: () => printForm(order) }
}
