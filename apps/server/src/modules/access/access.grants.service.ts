import { createHash } from 'node:crypto'
import type * as contract from '@tongxin/contract'
import {
  accessRefusals,
  EXCLUSIVE_ADMINISTRATORS,
  type Input,
  orgRefusals,
  type Permission,
  type Reply,
  ROLES,
  type RoleName,
} from '@tongxin/contract'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../platform/page.ts'
import { demandVersion } from '../../platform/transaction.ts'
import { findUnit } from '../org/index.ts'
import { openAccount } from './access.doors.ts'
import { personNamesOf } from './bulk.doors.ts'
import * as accounts from './queries/accounts.queries.ts'
import { findPerson } from './queries/activation.queries.ts'
import * as r from './queries/grant-requests.queries.ts'
import * as q from './queries/grants.queries.ts'
import { rolesHeld } from './queries/recovery.queries.ts'
import * as sessions from './queries/sessions.queries.ts'
import { inWholeTenant } from './queries/whole-tenant.queries.ts'

const isAdministrator = (role: string): boolean => (EXCLUSIVE_ADMINISTRATORS as readonly string[]).includes(role)
/** Midnight of a date in Asia/Shanghai, which has no summer time. */
const midnight = (on: string) => new Date(`${on}T00:00:00+08:00`)

/** What a confirmation binds to: every fact of the proposal, in one order. */
function hashOf(proposal: r.Proposal): Buffer {
  const { personId, role, orgId, orgPath, reach, from, until, reason } = proposal
  return createHash('sha256')
    .update(
      JSON.stringify([personId, role, orgId, orgPath, reach, from.toISOString(), until?.toISOString() ?? null, reason]),
    )
    .digest()
}

/** Nobody gives more than he has: except the security administrator, whose office is to give roles. */
function refuseBeyondRole({ actor }: Ctx<Tx>, role: RoleName): void {
  // The three administrators stand beside the committee, however few permissions they have.
  const isWithin =
    !isAdministrator(role) &&
    ROLES[role].permissions.every((permission: Permission) => actor.permissions.has(permission))
  if (!isWithin && actor.role !== 'security_admin') throw accessRefusals.beyond_own_rights({ role })
}

async function refuseBeyondOwn(ctx: Ctx<Tx>, proposal: Pick<r.Proposal, 'role' | 'reach' | 'until'>): Promise<void> {
  const { actor } = ctx
  refuseBeyondRole(ctx, proposal.role)
  if (actor.reach !== 'subtree' && proposal.reach === 'subtree')
    throw accessRefusals.beyond_own_rights.at('/body/reach', { role: proposal.role })
  const ownEnd = await q.untilOf(ctx.db, actor)
  if (ownEnd && (proposal.until === null || proposal.until > ownEnd)) {
    throw accessRefusals.beyond_own_term.at('/body/untilOn', { until: todayOf(ownEnd) })
  }
}

/** First person: proposes who gets which role, where, from when until when. */
export async function proposeGrant(
  ctx: Ctx<Tx>,
  { body }: Input<typeof contract.proposeGrant>,
): Promise<Reply<typeof contract.proposeGrant>> {
  const person = await findPerson(ctx.db, ctx.actor, body.personId, ctx.now)
  if (!person) throw accessRefusals.person_not_found.at('/body/personId')
  if (person.personId === ctx.actor.personId) throw accessRefusals.own_grant()
  if (body.role === 'member') throw accessRefusals.role_not_grantable.at('/body/role', { role: body.role })
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw orgRefusals.not_found.at('/body/orgId')
  const until = body.untilOn ? midnight(body.untilOn) : null
  const periodWrong = () => accessRefusals.period_wrong.at('/body/untilOn')
  if (until && (until <= midnight(body.fromOn) || until <= ctx.now)) throw periodWrong()
  const proposal: r.Proposal = {
    personId: person.personId,
    role: body.role,
    orgId: unit.id,
    orgPath: unit.path,
    reach: body.reach,
    from: midnight(body.fromOn),
    until,
    reason: body.reason.trim(),
  }
  await refuseBeyondOwn(ctx, proposal)
  await refuseConflicts(ctx, proposal)
  const id = newId(ctx)
  await r.insertRequest(ctx.db, ctx.actor.tenantId, {
    ...proposal,
    id,
    hash: hashOf(proposal),
    by: ctx.actor.personId,
    at: ctx.now,
  })
  const subject = { kind: 'grant_request', id, orgPath: unit.path, personId: person.personId }
  await publish(
    ctx,
    'access.grant_proposed',
    subject,
    { role: body.role, reach: body.reach, personId: person.personId },
    { reason: proposal.reason },
  )
  return { id }
}

/** The three administrators exclude each other in the whole installation (GB/T 22239-2019 8.1.5). */
async function refuseConflicts(ctx: Ctx<Tx>, proposal: r.Proposal): Promise<void> {
  if (await q.isHeld(ctx.db, ctx.actor.tenantId, proposal, ctx.now)) throw accessRefusals.grant_held()
  const account = await accounts.lockAccount(ctx.db, proposal.personId)
  if (account?.state === 'disabled') throw accessRefusals.person_not_found()
  if (!isAdministrator(proposal.role)) return
  if (account?.administrator && account.administrator !== proposal.role)
    throw accessRefusals.administrators_exclusive({ role: account.administrator })
}

/** Second person: confirms exactly what was proposed; the state is looked at again in the same transaction. */
export async function confirmGrant(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.confirmGrant>,
): Promise<Reply<typeof contract.confirmGrant>> {
  const request = await r.lockRequest(ctx.db, ctx.actor, params.id)
  if (!request) throw accessRefusals.request_not_found()
  if (request.state !== 'open') throw accessRefusals.request_decided({ state: request.state })
  if (request.madeBy === ctx.actor.personId) throw accessRefusals.maker_is_checker()
  if (request.personId === ctx.actor.personId) throw accessRefusals.own_grant()
  if (body.hash !== request.hash.toString('hex') || !hashOf(request).equals(request.hash))
    throw accessRefusals.request_changed()
  if (request.until && request.until <= ctx.now) throw accessRefusals.period_wrong()
  await refuseConflicts(ctx, request)
  if (isAdministrator(request.role)) await accounts.insertAdministrator(ctx.db, request.personId, request.role)
  const grantId = newId(ctx)
  await q.insertGrant(ctx.db, {
    tenantId: ctx.actor.tenantId,
    id: grantId,
    personId: request.personId,
    role: request.role,
    orgId: request.orgId,
    orgPath: request.orgPath,
    reach: request.reach,
    memberId: null,
    from: request.from,
    until: request.until,
    grantedBy: request.madeBy,
    reason: request.reason,
    at: ctx.now,
  })
  await r.setDecision(ctx.db, ctx.actor.tenantId, request.id, {
    state: 'confirmed',
    by: ctx.actor.personId,
    at: ctx.now,
    reason: null,
  })
  const { role, reach, personId } = request
  await publish(
    ctx,
    'access.grant_confirmed',
    { kind: 'grant', id: grantId, orgPath: request.orgPath, personId },
    { role, reach, personId, grantId },
  )
  return { grantId }
}

/** The checker returns a proposal, or its maker withdraws it. */
export async function returnGrant(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.returnGrant>,
): Promise<Record<string, never>> {
  const request = await r.lockRequest(ctx.db, ctx.actor, params.id)
  if (!request) throw accessRefusals.request_not_found()
  if (request.state !== 'open') throw accessRefusals.request_decided({ state: request.state })
  const isMine = request.madeBy === ctx.actor.personId
  const decision = {
    state: isMine ? ('withdrawn' as const) : ('returned' as const),
    by: isMine ? null : ctx.actor.personId,
    at: ctx.now,
    reason: body.reason.trim(),
  }
  await r.setDecision(ctx.db, ctx.actor.tenantId, request.id, decision)
  const subject = { kind: 'grant_request', id: request.id, orgPath: request.orgPath, personId: request.personId }
  await publish(
    ctx,
    'access.grant_returned',
    subject,
    { role: request.role, personId: request.personId },
    { reason: decision.reason },
  )
  return {}
}

/** Ends a grant with this answer. The last security administrator stays, or nobody could ever give a role again. */
export async function endGrant(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.endGrant>,
): Promise<Reply<typeof contract.endGrant>> {
  const grant = await q.lockGrant(ctx.db, ctx.actor, params.id)
  if (!grant || grant.role === 'member') throw accessRefusals.grant_not_found()
  demandVersion(ctx, grant.version)
  if (grant.until && grant.until <= ctx.now) throw accessRefusals.grant_ended()
  refuseBeyondRole(ctx, grant.role)
  if (grant.role === 'security_admin' && (await securityAdministrators(ctx)) <= 1)
    throw accessRefusals.last_administrator()
  await q.setEnd(ctx.db, ctx.actor.tenantId, grant.id, {
    by: ctx.actor.personId,
    reason: body.reason.trim(),
    at: ctx.now,
  })
  if (isAdministrator(grant.role)) await accounts.removeAdministrator(ctx.db, grant.personId, grant.role)
  const subject = { kind: 'grant', id: grant.id, orgPath: grant.orgPath, personId: grant.personId }
  await publish(
    ctx,
    'access.grant_ended',
    subject,
    { role: grant.role, personId: grant.personId },
    { reason: body.reason.trim() },
  )
  return { version: grant.version + 1 }
}

const securityAdministrators = (ctx: Ctx<Tx>) =>
  inWholeTenant(ctx.db, ctx.actor, () => q.holdersOf(ctx.db, ctx.actor.tenantId, 'security_admin', ctx.now))

/** An account for somebody who works here without a member record; it is empty of rights until a grant is confirmed. */
export async function openOfficerAccount(
  ctx: Ctx<Tx>,
  { body }: Input<typeof contract.openOfficerAccount>,
): Promise<Reply<typeof contract.openOfficerAccount>> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw orgRefusals.not_found.at('/body/orgId')
  const name = body.name.trim()
  const { personId } = await openAccount(ctx.db, {
    name,
    signInNames: [{ kind: 'chosen', value: body.signInName }],
    now: ctx.now,
    vault: ctx.vault,
  })
  // Reach `self` at the organisation makes the person visible there; the role `member` without a record allows nothing.
  await q.insertGrant(ctx.db, {
    tenantId: ctx.actor.tenantId,
    id: newId(ctx),
    personId,
    role: 'member',
    orgId: unit.id,
    orgPath: unit.path,
    reach: 'self',
    memberId: null,
    from: ctx.now,
    until: null,
    grantedBy: ctx.actor.personId,
    reason: null,
    at: ctx.now,
  })
  await publish(ctx, 'access.account_opened', { kind: 'person', id: personId, orgPath: unit.path, personId }, {})
  return { personId }
}

/** Closes an account at once, with all its sessions, or opens it again. */
export async function switchAccount(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.switchAccount>,
): Promise<Record<string, never>> {
  const person = await findPerson(ctx.db, ctx.actor, params.personId, ctx.now)
  if (!person || person.state === 'pending') throw accessRefusals.person_not_found()
  if (person.personId === ctx.actor.personId) throw accessRefusals.own_grant()
  // Closing an account takes all its rights away, so nobody does it to somebody who may do more.
  const held = await inWholeTenant(ctx.db, ctx.actor, () => rolesHeld(ctx.db, ctx.actor, person.personId, ctx.now))
  for (const { role, isInScope } of held) {
    if (!isInScope && role !== 'member') throw accessRefusals.beyond_own_rights({ role })
    refuseBeyondRole(ctx, role)
  }
  await accounts.setState(ctx.db, person.personId, body.state)
  if (body.state === 'disabled') await sessions.deleteSessions(ctx.db, person.personId, null)
  const subject = { kind: 'person', id: person.personId, orgPath: person.orgPath, personId: person.personId }
  await publish(ctx, 'access.account_switched', subject, { state: body.state }, { reason: body.reason.trim() })
  return {}
}

export async function listGrantRequests(
  ctx: Ctx,
  { query }: Input<typeof contract.listGrantRequests>,
): Promise<Reply<typeof contract.listGrantRequests>> {
  const keyset = keysetOf(query, { made: 'r.made_at' }, '-made')
  const found = await r.listRequests(ctx.db, ctx.actor, query.state ?? null, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: row.madeAt.toISOString(),
    id: row.id,
  }))
  const names = await personNamesOf(
    ctx.db,
    rows.flatMap((row) => [row.madeBy, row.decidedBy]),
  )
  return {
    rows: rows.map(({ orgPath: _, ...row }) => ({
      ...row,
      from: row.from.toISOString(),
      until: row.until?.toISOString() ?? null,
      madeAt: row.madeAt.toISOString(),
      decidedAt: row.decidedAt?.toISOString() ?? null,
      hash: row.hash.toString('hex'),
      isMine: row.madeBy === ctx.actor.personId,
      madeBy: names.get(row.madeBy) ?? '',
      decidedBy: row.decidedBy && (names.get(row.decidedBy) ?? ''),
    })),
    next,
    total: null,
  }
}

export async function findPeople(
  ctx: Ctx,
  { query }: Input<typeof contract.findPeople>,
): Promise<Reply<typeof contract.findPeople>> {
  return { rows: await q.findPeople(ctx.db, ctx.actor, query.search.trim(), ctx.now) }
}
