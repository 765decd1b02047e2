import {
  type abandonPackageSession,
  type Input,
  type readPackageAttempt,
  coursewareRefusals as refusals,
  type UnitAttempt,
  type UnitSession,
  type waivePackageUnit,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { subjectOf } from './courseware.facts.ts'
import type { CoursewarePorts } from './courseware.ports.ts'
import { findPackage, findVersion } from './courseware.queries.ts'
import { attemptCard, lineOf } from './courseware.reading.ts'
import * as q from './courseware.session.queries.ts'
import {
  abandon,
  movedOn,
  type Registered,
  settle,
  standingCard,
  standingsOf,
  unitStatement,
  unitsIn,
  WAIVED_REASON,
} from './courseware.units.ts'

type Seen = Registered & { readonly attempt: q.Registration }

/** A registration of somebody of the scope. @throws Refusal `courseware.attempt_not_found`, `courseware.opens_whole` */
async function seen(ctx: Ctx | Ctx<Tx>, id: string): Promise<Seen> {
  const { tenantId } = ctx.actor
  const attempt = await q.findRegistration(ctx.db, ctx.actor, id)
  const found = attempt && (await findPackage(ctx.db, tenantId, attempt.packageId))
  const version = attempt && (await findVersion(ctx.db, tenantId, attempt.packageId, attempt.versionNumber))
  if (!attempt || !found || !version) throw refusals.attempt_not_found()
  if (found.kind !== 'cmi5') throw refusals.opens_whole()
  return { attempt, found, version }
}

const sessionCard = ({ id, item, mode, launchedAt, lastAt, terminatedAt, abandonedAt }: q.Session): UnitSession => ({
  id,
  item,
  mode,
  launchedAt: launchedAt.toISOString(),
  lastAt: lastAt.toISOString(),
  endedAt: (terminatedAt ?? abandonedAt)?.toISOString() ?? null,
  state: terminatedAt ? 'terminated' : abandonedAt ? 'abandoned' : 'open',
})

async function shown(ctx: Ctx | Ctx<Tx>, { attempt, version }: Seen): Promise<UnitAttempt> {
  const { tenantId, permissions } = ctx.actor
  const rows = await q.unitRowsOf(ctx.db, tenantId, attempt.id)
  const sessions = await q.sessionsOf(ctx.db, tenantId, attempt.id)
  return {
    ...attemptCard(attempt),
    packageId: attempt.packageId,
    memberId: attempt.memberId,
    memberName: attempt.memberName ?? '',
    orgName: attempt.orgName ?? '',
    versionNumber: attempt.versionNumber,
    contents: version.structure.items.map(lineOf),
    units: standingsOf(version, rows).map(standingCard),
    sessions: sessions.map(sessionCard),
    canChange: permissions.has('learning.write'),
  }
}

export async function readRegistration(ctx: Ctx, { params }: Input<typeof readPackageAttempt>): Promise<UnitAttempt> {
  return shown(ctx, await seen(ctx, params.id))
}

/** The same, with the registration locked against what its units say at the same time. */
async function held(ctx: Ctx<Tx>, id: string): Promise<Seen> {
  await seen(ctx, id)
  await q.lockRegistration(ctx.db, ctx.actor.tenantId, id)
  return seen(ctx, id)
}

const atOf = (ctx: Ctx<Tx>) => ({ db: ctx.db, tenantId: ctx.actor.tenantId, now: ctx.now })

/** Exempts somebody from a unit (9.3.7). */
export const waive =
  (ports: CoursewarePorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof waivePackageUnit>): Promise<UnitAttempt> => {
    const registered = await held(ctx, params.id)
    const { attempt, version } = registered
    const unit = unitsIn(version).find(({ id }) => id === body.item)
    if (!unit) throw refusals.unit_not_found.at('/body/item')
    const at = atOf(ctx)
    const standing = standingsOf(version, await q.unitRowsOf(at.db, at.tenantId, attempt.id)).find(
      ({ item }) => item === unit.id,
    )
    if (standing?.satisfied) throw refusals.moved_on_already()
    const reason = body.reason.trim()
    // A session of its own: nobody opened anything (9.3.7.0-3).
    const session = newId(ctx)
    const result = { success: true, completion: true, extensions: { [WAIVED_REASON]: reason } }
    await ports.stateLaunched(at, [unitStatement(registered, unit, { verb: 'waived', session, result })])
    const rows = await q.unitRowsOf(at.db, at.tenantId, attempt.id)
    const row = movedOn(
      unit,
      rows.find(({ item }) => item === unit.id),
      { waivedFor: reason },
    )
    await settle(ports, at, registered, { row, session })
    const { packageId, memberId } = attempt
    const told = { packageId, memberId, unit: unit.title }
    await publish(ctx, 'courseware.unit_waived', subjectOf(attempt), told, { reason })
    return shown(ctx, await seen(ctx, attempt.id))
  }

/** Ends a session that its unit did not end. */
export const abandonOne =
  (ports: CoursewarePorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof abandonPackageSession>): Promise<UnitAttempt> => {
    const { tenantId } = ctx.actor
    const known = await q.findSession(ctx.db, tenantId, params.id)
    const isSeen = known && (await q.findRegistration(ctx.db, ctx.actor, known.attemptId))
    if (!known || !isSeen) throw refusals.session_not_found()
    const registered = await held(ctx, known.attemptId)
    const session = (await q.findSession(ctx.db, tenantId, params.id)) ?? known
    if (session.terminatedAt ?? session.abandonedAt) throw refusals.session_over()
    await abandon(ports, atOf(ctx), registered, session)
    const { packageId, memberId } = registered.attempt
    const unit = unitsIn(registered.version).find(({ id }) => id === session.item)?.title ?? ''
    const told = { packageId, memberId, unit }
    await publish(ctx, 'courseware.session_abandoned', subjectOf(registered.attempt), told)
    return shown(ctx, await seen(ctx, registered.attempt.id))
  }
