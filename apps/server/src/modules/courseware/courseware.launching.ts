import { type Input, type launchMyUnit, coursewareRefusals as refusals, type UnitLaunch } from '@tongxin/contract'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId } from '../../platform/events.ts'
import type { Platform } from '../../platform/platform.ts'
import { ownStanding } from '../members/index.ts'
import * as attempts from './courseware.attempt.queries.ts'
import { backPath, linkEnd } from './courseware.links.ts'
import { begun, openedPrefix, ownPackage, type Server, versionOf } from './courseware.playing.ts'
import type { CoursewarePorts } from './courseware.ports.ts'
import { EXTENSION } from './courseware.rules.ts'
import { insertSession, sessionsOf } from './courseware.session.queries.ts'
import {
  abandon,
  activityPath,
  contextTemplate,
  type Registered,
  settle,
  type Unit,
  type UnitsAt,
  unitStatement,
  unitsIn,
} from './courseware.units.ts'

export type Launching = Server & Pick<Platform, 'publicOrigin'>
type Asked = Input<typeof launchMyUnit>
type Mode = UnitLaunch['mode']

const atOf = (ctx: Ctx<Tx>): UnitsAt => ({ db: ctx.db, tenantId: ctx.actor.tenantId, now: ctx.now })

/** Opens one unit of a cmi5 package for the caller (cmi5, 8): the record store knows of it before the unit does. */
export const launchUnit =
  (server: Launching, ports: CoursewarePorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Asked): Promise<UnitLaunch> => {
    const found = await ownPackage(ports, ctx, params.id)
    if (found.kind !== 'cmi5') throw refusals.opens_whole()
    const registered = await registrationOf(ports, ctx, found, body)
    const unit = unitsIn(registered.version).find(({ id }) => id === body.item)
    if (!unit) throw refusals.unit_not_found.at('/body/item')
    const place = await placeOf(server, ctx, registered, unit)
    const at = atOf(ctx)
    const { attempt } = registered
    for (const open of await sessionsOf(at.db, at.tenantId, attempt.id))
      if (open.item === unit.id && open.terminatedAt === null && open.abandonedAt === null)
        await abandon(ports, at, registered, open)
    const mode = body.mode ?? 'Normal'
    const session = newId(ctx)
    await insertSession(at.db, at, attempt, { id: session, item: unit.id, mode })
    await attempts.setLaunch(at.db, at, attempt.id, session)
    await announce(ports, at, { ...registered, unit, session, mode, place })
    const { memberId, id: registration } = attempt
    const fetch = await ports.prepareLaunch(
      { ...at, vault: ctx.vault },
      { session, memberId, registration, until: linkEnd(ctx.now) },
    )
    const url = withParameters(place.url, {
      endpoint: `${server.publicOrigin}/xapi`,
      fetch: `${server.publicOrigin}${fetch}`,
      actor: JSON.stringify({ objectType: 'Agent', account: { homePage: server.publicOrigin, name: memberId } }),
      registration,
      activityId: `${server.publicOrigin}/${activityPath(found.id, unit.id)}`,
    })
    return {
      attemptId: attempt.id,
      sessionId: session,
      url,
      origin: new URL(url).origin,
      title: unit.title,
      // Our pages hold frames of the origin for content and of nobody else.
      window: unit.part.unit.ownWindow || place.isOutside ? 'OwnWindow' : 'AnyWindow',
      mode,
    }
  }

/** The last registration, or a new one. What nothing is asked of is satisfied by registering (9.6.1.1). */
async function registrationOf(
  ports: CoursewarePorts,
  ctx: Ctx<Tx>,
  found: Registered['found'],
  body: Asked['body'],
): Promise<Registered> {
  const standing = await ownStanding(ctx.db, ctx.actor.tenantId, ctx.actor.personId)
  if (!standing) throw refusals.not_found()
  const [last] = await attempts.attemptsOf(ctx.db, ctx.actor, found.id)
  if (body.again && last?.state === 'begun') throw refusals.not_finished()
  if (last && !body.again) {
    const attempt = (await attempts.lockAttempt(ctx.db, ctx.actor, last.id)) ?? last
    return { found, attempt, version: await versionOf(ctx, found.id, last.versionNumber) }
  }
  const version = await versionOf(ctx, found.id, found.number)
  const attempt = await begun(ports, ctx, { found, version, number: (last?.number ?? 0) + 1, standing })
  const registered = { found, version, attempt }
  const now = await settle(ports, atOf(ctx), registered, { row: null, session: newId(ctx) })
  return { ...registered, attempt: now }
}

type Place = { readonly url: string; readonly returnUrl: string; readonly isOutside: boolean }

/** Where a unit lies: below the sealed prefix on the origin for content, or at an address that the operator allows. */
async function placeOf(server: Launching, ctx: Ctx<Tx>, { found, version }: Registered, unit: Unit): Promise<Place> {
  const path = unit.path ?? ''
  if (/^https?:/i.test(path)) {
    const { origin, host } = new URL(path)
    if (!server.packageOrigins.includes(origin)) throw refusals.outside_host({ host })
    return { url: path, returnUrl: `${server.publicOrigin}${backPath(found.id)}`, isOutside: true }
  }
  const { prefix } = await openedPrefix(server, ctx, found, version)
  return { url: `${prefix}/files/${path}`, returnUrl: `${prefix}/left`, isOutside: false }
}

/** `LMS.LaunchData` and the `launched` statement, which both stand before the unit runs (9.3.1, 10). */
async function announce(
  ports: CoursewarePorts,
  at: UnitsAt,
  told: Registered & { readonly unit: Unit; readonly session: string; readonly mode: Mode; readonly place: Place },
): Promise<void> {
  const { attempt, found, unit, session, mode, place } = told
  const { moveOn, launchParameters, entitlementKey } = unit.part.unit
  const { masteryScore } = unit
  await ports.keepLaunchState(
    at,
    {
      memberId: attempt.memberId,
      registration: attempt.id,
      activityPath: activityPath(found.id, unit.id),
      name: 'LMS.LaunchData',
    },
    {
      contextTemplate: contextTemplate(session, unit.part.publisherId),
      launchMode: mode,
      launchMethod: unit.part.unit.ownWindow ? 'OwnWindow' : 'AnyWindow',
      moveOn,
      returnURL: place.returnUrl,
      ...(launchParameters === null ? {} : { launchParameters }),
      ...(masteryScore === null ? {} : { masteryScore }),
      ...(entitlementKey === null ? {} : { entitlementKey: { courseStructure: entitlementKey } }),
    },
  )
  const extensions = {
    [EXTENSION.launchMode]: mode,
    // The prefix in it opens for the learner's session alone, and ends with it.
    [EXTENSION.launchUrl]: place.url,
    [EXTENSION.moveOn]: moveOn,
    ...(masteryScore === null ? {} : { [EXTENSION.masteryScore]: masteryScore }),
    ...(launchParameters === null ? {} : { [EXTENSION.launchParameters]: launchParameters }),
  }
  await ports.stateLaunched(at, [unitStatement(told, unit, { verb: 'launched', session, extensions })])
}

/** Adds parameters behind those of the address, in front of its fragment. */
function withParameters(url: string, parameters: Readonly<Record<string, string>>): string {
  const at = url.indexOf('#')
  const [front, fragment] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at)]
  return `${front}${front.includes('?') ? '&' : '?'}${new URLSearchParams(parameters)}${fragment}`
}
