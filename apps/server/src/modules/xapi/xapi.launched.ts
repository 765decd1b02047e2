import { createHash } from 'node:crypto'
import type { Tx } from '../../platform/ctx.ts'
import { newId } from '../../platform/events.ts'
import type { Vault } from '../../platform/vault.ts'
import { homesOf } from '../members/index.ts'
import { endLaunch as endLaunchRow, insertLaunch } from './queries/credentials.queries.ts'
import { setDocument } from './queries/documents.queries.ts'
import * as facts from './queries/facts.queries.ts'
import { run } from './queries/run.ts'
import * as w from './queries/writing.queries.ts'
import { prepared } from './statement/prepared.ts'
import { hashOfSecret, keyNameOf, newSecret } from './xapi.credentials.ts'
import type { StatingCtx } from './xapi.doors.ts'
import { OWN_AUTHORITY } from './xapi.facts.ts'
import { HERE, keyOf, memberKeyOf } from './xapi.keys.ts'

const tenantOf = (ctx: StatingCtx): string => ('actor' in ctx ? ctx.actor.tenantId : ctx.tenantId)

async function homeOf(ctx: StatingCtx, memberId: string) {
  const home = (await homesOf(ctx, [memberId])).get(memberId)
  if (!home) throw new Error(`no member record ${memberId} to launch for`)
  return home
}

/**
 * Prepares a key for launched content (cmi5, 8.2): it speaks of one member in one session of one registration, until
 * `until`. @returns the path at which the content fetches it, once
 */
export async function prepareLaunch(
  ctx: StatingCtx & { readonly vault: Pick<Vault, 'derive'> },
  launch: {
    readonly session: string
    readonly memberId: string
    readonly registration: string
    readonly until: Date
  },
): Promise<string> {
  const tenantId = tenantOf(ctx)
  const { orgPath } = await homeOf(ctx, launch.memberId)
  const secret = newSecret()
  await insertLaunch(ctx.db, tenantId, ctx.now, {
    id: launch.session,
    orgPath,
    memberId: launch.memberId,
    registration: launch.registration,
    secretHash: hashOfSecret(ctx.vault, secret),
    expiresAt: launch.until,
  })
  return `/xapi/fetch/${keyNameOf(tenantId, launch.session)}.${secret}`
}

/** Ends the key of a session: the content was left, or the session was given up. */
export async function endLaunch(ctx: StatingCtx, session: string): Promise<void> {
  await endLaunchRow(ctx.db, tenantOf(ctx), session, ctx.now)
}

/** An activity of this platform by its path below the public address. */
export type OwnActivity = {
  readonly path: string
  readonly type: string
  readonly name: Readonly<Record<string, string>>
}
/** A statement that the platform makes about launched content. `context` is without the registration. */
export type LaunchStatement = {
  readonly memberId: string
  readonly registration: string
  readonly verb: { readonly id: string; readonly display: Readonly<Record<string, string>> }
  readonly activity: OwnActivity
  readonly context: Readonly<Record<string, unknown>>
  readonly result?: Readonly<Record<string, unknown>>
}

/** The account by which launched content names a member: its address is put in on the way out. */
const agentOf = (memberId: string) => ({ objectType: 'Agent', account: { homePage: HERE, name: memberId } })
const activityIri = (path: string): string => `${HERE}/${path}`

function rowOf(ctx: StatingCtx, one: LaunchStatement, orgPath: string) {
  const id = newId(ctx)
  const at = ctx.now.toISOString()
  const { path, type, name } = one.activity
  const told = {
    id,
    actor: agentOf(one.memberId),
    verb: one.verb,
    object: { objectType: 'Activity', id: activityIri(path), definition: { type, name } },
    ...(one.result ? { result: one.result } : {}),
    context: { ...one.context, registration: one.registration },
    timestamp: at,
  }
  // The address of the own server stands for itself in the rows, so nothing is to be taken out of them here.
  const { body, definitions, relatedActivities, ...keys } = prepared(told, '/statement', '1.0', HERE)
  const { actorKey, verbKey, activityKey, registration, digest } = keys
  const row: w.NewStatement = {
    actorKey,
    verbKey,
    activityKey,
    registration,
    digest,
    voids: null,
    id,
    seq: id,
    orgPath,
    credentialId: null,
    memberId: one.memberId,
    refers: [],
    voided: false,
    raw: JSON.stringify({ id, ...body, stored: at, authority: OWN_AUTHORITY }),
  }
  return { row, definitions, relatedActivities }
}

/** States, in the caller's transaction, what the platform itself says of launched content; also several times. */
export async function stateLaunched(ctx: StatingCtx, statements: readonly LaunchStatement[]): Promise<void> {
  if (statements.length === 0) return
  const tenantId = tenantOf(ctx)
  const homes = await homesOf(ctx, [...new Set(statements.map(({ memberId }) => memberId))])
  const made = statements.map((one) => {
    const home = homes.get(one.memberId)
    if (!home) throw new Error(`no member record ${one.memberId} to state something about`)
    return rowOf(ctx, one, home.orgPath)
  })
  await run(
    ctx.db,
    w.insertingOwn(
      tenantId,
      ctx.now,
      made.map(({ row }) => row),
    ),
  )
  const mentions = made.flatMap(({ row, relatedActivities }) =>
    relatedActivities.map((key) => ({ way: w.WAYS.relatedActivity, key, seq: row.seq })),
  )
  if (mentions.length > 0) await run(ctx.db, w.mentioning(tenantId, mentions))
  const known = made.flatMap(({ definitions }) => definitions)
  await facts.knowActivities(
    ctx.db,
    tenantId,
    known.map(({ key, iri, definition }) => ({ activityKey: key, activityIri: iri, definition })),
  )
}

/** Writes a state document of an own activity, as `LMS.LaunchData` is (cmi5, 10). */
export async function keepLaunchState(
  ctx: { readonly db: Tx; readonly now: Date } & StatingCtx,
  at: {
    readonly memberId: string
    readonly registration: string
    readonly activityPath: string
    readonly name: string
  },
  content: object,
): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(content))
  const place = {
    tenantId: tenantOf(ctx),
    place: keyOf(`state\n${keyOf(activityIri(at.activityPath))}\n${memberKeyOf(at.memberId)}`),
    registration: at.registration,
  }
  const etag = createHash('sha1').update(bytes).digest('hex')
  const document = { contentType: 'application/json', bytes, etag, credentialId: null, now: ctx.now }
  await setDocument(ctx.db, place, at.name, document)
}
