import {
  type commitMyPackage,
  type Input,
  type Launch,
  type launchMyPackage,
  type previewPackage,
  type Reply,
  type readMyPackage,
  coursewareRefusals as refusals,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import type { Platform } from '../../platform/platform.ts'
import { opensHere } from '../files/index.ts'
import { ownStanding } from '../members/index.ts'
import * as attempts from './courseware.attempt.queries.ts'
import { factOf, subjectOf } from './courseware.facts.ts'
import { linkEnd, PACKAGE_CONTENT_PATH, sealPrefix } from './courseware.links.ts'
import type { StructureItem } from './courseware.manifest.ts'
import type { CoursewarePorts } from './courseware.ports.ts'
import * as q from './courseware.queries.ts'
import { attemptCard, lineOf, seenPackage } from './courseware.reading.ts'
import { rolledUp, standingOf } from './courseware.runtime.ts'
import { unitRowsOf } from './courseware.session.queries.ts'
import { standingCard, standingsOf } from './courseware.units.ts'

export type Server = Pick<Platform, 'contentOrigin' | 'vault' | 'opensUnscanned' | 'packageOrigins'>
type AnyCtx = Ctx | Ctx<Tx>

const counted = (items: readonly StructureItem[]): number => items.filter(({ path }) => path !== null).length

/** A package of one of the caller's courses. @throws Refusal `courseware.not_found`, `courseware.removed` */
export async function ownPackage(ports: CoursewarePorts, ctx: AnyCtx, id: string): Promise<q.Package> {
  const found = await q.findPackage(ctx.db, ctx.actor.tenantId, id)
  if (!found || !(await ports.mayOpen(ctx, id))) throw refusals.not_found()
  if (found.removedAt) throw refusals.removed()
  return found
}

export async function versionOf(ctx: AnyCtx, packageId: string, number: number): Promise<q.Version> {
  const found = await q.findVersion(ctx.db, ctx.actor.tenantId, packageId, number)
  if (!found) throw refusals.not_found()
  return found
}

export const readOwn =
  (ports: CoursewarePorts) =>
  async (ctx: Ctx, { params }: Input<typeof readMyPackage>): Promise<Reply<typeof readMyPackage>> => {
    const found = await ownPackage(ports, ctx, params.id)
    const mine = await attempts.attemptsOf(ctx.db, ctx.actor, found.id)
    const version = await versionOf(ctx, found.id, mine[0]?.versionNumber ?? found.number)
    return {
      id: found.id,
      title: found.title,
      kind: found.kind,
      contents: version.structure.items.map(lineOf),
      attempts: mine.map(attemptCard),
      units: found.kind === 'cmi5' ? standingsOf(version, await rowsOf(ctx, mine[0])).map(standingCard) : [],
      canBeginAgain: mine[0] !== undefined && mine[0].state !== 'begun',
    }
  }

const rowsOf = async (ctx: Ctx, attempt: attempts.Attempt | undefined) =>
  attempt ? unitRowsOf(ctx.db, ctx.actor.tenantId, attempt.id) : []

type Opening = {
  readonly found: q.Package
  readonly version: q.Version
  readonly attempt: attempts.Attempt | null
  readonly stored: readonly attempts.StoredItem[]
  readonly learner: { id: string; name: string }
}

/**
 * The prefix below which a version opens for the session of the caller, and until when.
 * @throws Refusal `courseware.no_content_origin`, `courseware.not_opened_unscanned`
 */
export async function openedPrefix(
  server: Server,
  ctx: AnyCtx,
  found: q.Package,
  version: q.Version,
): Promise<{ origin: string; prefix: string; until: Date }> {
  const { contentOrigin } = server
  // On the application's own origin a package could act as whoever opens it.
  if (contentOrigin === null) throw refusals.no_content_origin()
  const place = { state: 'unscanned', orgPath: found.orgPath } as const
  if (!version.scanned && !(await opensHere(ctx, place, server.opensUnscanned))) throw refusals.not_opened_unscanned()
  const until = linkEnd(ctx.now)
  const link = { session: ctx.actor.sessionHash, packageId: found.id, number: version.number, until }
  const prefix = `${contentOrigin}${PACKAGE_CONTENT_PATH}${sealPrefix(server.vault, link, ctx.now)}`
  return { origin: contentOrigin, prefix, until }
}

/** @throws Refusal `courseware.opens_by_units`, and those of `openedPrefix` */
async function launchOf(
  server: Server,
  ctx: AnyCtx,
  { found, version, attempt, stored, learner }: Opening,
): Promise<Launch> {
  if (found.kind === 'cmi5') throw refusals.opens_by_units()
  const { origin, prefix, until } = await openedPrefix(server, ctx, found, version)
  const kept = new Map(stored.map((one) => [one.item, one]))
  return {
    packageId: found.id,
    attemptId: attempt?.id ?? null,
    launchId: attempt?.launchId ?? null,
    url: `${prefix}/player`,
    origin,
    until: until.toISOString(),
    title: found.title,
    kind: found.kind,
    learner,
    items: version.structure.items.map((item) => ({
      ...lineOf(item),
      path: item.path,
      speaks: item.speaks,
      launchData: item.launchData,
      masteryScore: item.masteryScore,
      threshold: item.threshold,
      objectives: [...(item.objectives ?? [])],
      sequence: kept.get(item.id)?.sequence ?? 0,
      isDone: kept.get(item.id)?.completion ?? false,
      runtime: kept.get(item.id)?.runtime ?? null,
    })),
  }
}

export const preview =
  (server: Server) =>
  async (ctx: Ctx, { params }: Input<typeof previewPackage>): Promise<Launch> => {
    const found = await seenPackage(ctx, params.id)
    if (found.removedAt) throw refusals.removed()
    const version = await versionOf(ctx, found.id, found.number)
    const learner = { id: ctx.actor.personId, name: ctx.actor.personName }
    return launchOf(server, ctx, { found, version, attempt: null, stored: [], learner })
  }

export const launch =
  (server: Server, ports: CoursewarePorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof launchMyPackage>): Promise<Launch> => {
    const { tenantId, personId } = ctx.actor
    const found = await ownPackage(ports, ctx, params.id)
    if (found.kind === 'cmi5') throw refusals.opens_by_units()
    const standing = await ownStanding(ctx.db, tenantId, personId)
    if (!standing) throw refusals.not_found()
    const [last] = await attempts.attemptsOf(ctx.db, ctx.actor, found.id)
    if (body.again && last?.state === 'begun') throw refusals.not_finished()
    const learner = { id: standing.memberId, name: standing.name }
    const version = await versionOf(ctx, found.id, last && !body.again ? last.versionNumber : found.number)
    const attempt =
      last && !body.again
        ? await openedAgain(ctx, last)
        : await begun(ports, ctx, { found, version, number: (last?.number ?? 0) + 1, standing })
    const stored = await attempts.itemsOf(ctx.db, tenantId, attempt.id)
    return launchOf(server, ctx, { found, version, attempt, stored, learner })
  }

const at = (ctx: Ctx<Tx>) => ({ tenantId: ctx.actor.tenantId, now: ctx.now })

async function openedAgain(ctx: Ctx<Tx>, last: attempts.Attempt): Promise<attempts.Attempt> {
  const launchId = newId(ctx)
  await attempts.setLaunch(ctx.db, at(ctx), last.id, launchId)
  return { ...last, launchId }
}

export type Beginning = {
  readonly found: q.Package
  readonly version: q.Version
  readonly number: number
  readonly standing: { readonly memberId: string; readonly orgPath: string }
}

/** A new attempt, told and stated. */
export async function begun(
  ports: CoursewarePorts,
  ctx: Ctx<Tx>,
  { found, version, number, standing }: Beginning,
): Promise<attempts.Attempt> {
  const { memberId, orgPath } = standing
  const attempt: attempts.Attempt = {
    id: newId(ctx),
    packageId: found.id,
    versionNumber: version.number,
    memberId,
    personId: ctx.actor.personId,
    orgPath,
    number,
    launchId: newId(ctx),
    state: 'begun',
    scaled: null,
    seconds: 0,
    items: counted(version.structure.items),
    itemsDone: 0,
    begunAt: ctx.now,
    lastAt: ctx.now,
    finishedAt: null,
  }
  await attempts.insertAttempt(ctx.db, ctx.actor.tenantId, attempt)
  await publish(ctx, 'courseware.begun', subjectOf(attempt), { packageId: found.id, memberId, number })
  await ports.stateFacts(ctx, [factOf(ctx.now, attempt, found, 'initialized')])
  return attempt
}

export const commit =
  (ports: CoursewarePorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof commitMyPackage>): Promise<Reply<typeof commitMyPackage>> => {
    const { tenantId } = ctx.actor
    const attempt = await attempts.lockAttempt(ctx.db, ctx.actor, params.id)
    if (!attempt) throw refusals.attempt_not_found()
    if (attempt.launchId !== body.launchId) throw refusals.opened_elsewhere()
    const { structure } = await versionOf(ctx, attempt.packageId, attempt.versionNumber)
    const item = structure.items.find(({ id, path }) => id === body.item && path !== null)
    if (!item) throw refusals.runtime_wrong.at('/body/item')
    const standing = standingOf(structure.kind, item, body.runtime)
    const stored = await attempts.itemsOf(ctx.db, tenantId, attempt.id)
    const before = stored.find((one) => one.item === item.id)
    // A repetition, or one that was overtaken on its way: what is stored is newer.
    if (before && before.sequence >= body.sequence)
      return { sequence: before.sequence, isDone: before.completion, attempt: attemptCard(attempt) }
    const now = { ...standing, completion: standing.completion || (before?.completion ?? false) }
    await attempts.putItem(ctx.db, at(ctx), attempt, {
      item: item.id,
      sequence: body.sequence,
      runtime: body.runtime,
      ...now,
    })
    const all = [...stored.filter((one) => one.item !== item.id), now]
    const rolled = rolledUp(attempt.items, all, attempt.state)
    const after = await attempts.setRolled(ctx.db, at(ctx), attempt, rolled)
    if (after.state !== attempt.state) await report(ports, ctx, after)
    return { sequence: body.sequence, isDone: now.completion, attempt: attemptCard(after) }
  }

/** Tells the course and the record store of a result, in the transaction that stores it. */
async function report(ports: CoursewarePorts, ctx: Ctx<Tx>, attempt: attempts.Attempt): Promise<void> {
  const found = await q.findPackage(ctx.db, ctx.actor.tenantId, attempt.packageId)
  if (!found) return
  const { packageId, memberId, scaled, state } = attempt
  await publish(ctx, 'courseware.finished', subjectOf(attempt), {
    packageId,
    memberId,
    passed: state !== 'failed',
    scaled,
  })
  const facts = [factOf(ctx.now, attempt, found, 'completed')]
  if (state === 'passed' || state === 'failed') facts.push(factOf(ctx.now, attempt, found, state))
  await ports.stateFacts(ctx, facts)
}
