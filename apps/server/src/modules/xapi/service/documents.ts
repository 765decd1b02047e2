import { createHash } from 'node:crypto'
import { xapiRefusals as refusals, requestRefusals } from '@tongxin/contract'
import type { Tx } from '../../../platform/ctx.ts'
import type { Platform } from '../../../platform/platform.ts'
import { isWithin } from '../../../platform/scope.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { homesOf } from '../../members/index.ts'
import * as q from '../queries/documents.queries.ts'
import { run } from '../queries/run.ts'
import { countingUsage, findingUsage, giveBack, ROW_BYTES, type Usage } from '../queries/usage.queries.ts'
import { actorAt } from '../statement/actor.ts'
import { headerTypeAt, iriAt, wrong } from '../statement/shape.ts'
import { isStorable, soundAt } from '../statement/sound.ts'
import {
  type Answer,
  type Call,
  instantParam,
  isJson,
  jsonIn,
  neededParam,
  onlyKnown,
  uuidParam,
} from '../xapi.call.ts'
import { agentKeyOf, HERE, homeless, type Identified, iriKeyOf, keyOf } from '../xapi.keys.ts'
import type { XapiPorts } from '../xapi.ports.ts'
import { type Caller, demand } from './caller.ts'
import { mostBytesOf, quotaFull } from './quota.ts'

export type Kind = 'state' | 'activity' | 'agent'
const MOST_NAME = 1000
const MB = 1024 * 1024
/** A document, also one that grew by being posted to. Whoever opens a unit holds its key: its documents are small. */
const MOST_BYTES = { program: 5 * MB, launched: MB } as const

/** What the three document resources differ in. */
const SHAPES = {
  state: { right: 'state', id: 'stateId', params: ['activityId', 'agent', 'registration'] },
  activity: { right: 'profile', id: 'profileId', params: ['activityId'] },
  agent: { right: 'profile', id: 'profileId', params: ['agent'] },
} as const

type Asked = {
  readonly kind: Kind
  readonly call: Call
  readonly place: q.Place
  readonly name: string | null
  readonly mostBytes: number
  /** The key that asks. */
  readonly credentialId: string
  /** A member of this platform, as the account says, whose documents are asked for. */
  readonly memberId: string | null
}

/** State, activity profile and agent profile (4.1.6.2, .5, .6): documents of any kind under a name. */
export const documents =
  (kind: Kind, { judgeDocument }: XapiPorts) =>
  async (platform: Platform, caller: Caller, call: Call): Promise<Answer> => {
    demand(caller, SHAPES[kind].right)
    const asked = askedFor(kind, caller, call, platform.publicOrigin)
    const { launch, tenantId, scope } = caller
    if (!launch) await demandReach(platform, caller, asked.memberId)
    if (launch) {
      const { method, contentType, body } = call
      // A transaction of its own: that content asked counts also where nothing was found.
      await inSystemTransaction(platform, { tenantId, scope }, async (tx) => {
        const at = { db: tx, tenantId, now: platform.clock(), origin: platform.publicOrigin }
        await judgeDocument(at, launch, { kind, method, name: asked.name, contentType, body })
      })
    }
    const most = await mostBytesOf(platform, caller)
    return inSystemTransaction(platform, { tenantId, scope }, async (tx) => {
      if (call.method === 'GET' || call.method === 'HEAD') return read(tx, asked)
      if (call.method === 'DELETE') return remove(tx, asked)
      return write(tx, { ...asked, most }, platform.clock())
    })
  }

function askedFor(kind: Kind, caller: Caller, call: Call, origin: string): Asked {
  const { id, params } = SHAPES[kind]
  const isList = call.method === 'GET' || call.method === 'HEAD'
  onlyKnown(call, [...params, id, ...(isList ? ['since'] : [])])
  const activity = kind === 'agent' ? '' : iriKeyOf(iriAt(neededParam(call, 'activityId'), '/query/activityId'), origin)
  const { key: agent, memberId } = kind === 'activity' ? { key: '', memberId: null } : agentIn(call, origin)
  const registration = kind === 'state' ? uuidParam(call, 'registration') : null
  const name = call.params[id] ?? null
  if (name !== null && name.length > MOST_NAME) wrong(`/query/${id}`, 'too_long')
  if (name !== null && !isStorable(name)) wrong(`/query/${id}`, 'wrong_format')
  // All documents of a state may be removed together; a profile is removed one by one.
  if (name === null && !isList && !(kind === 'state' && call.method === 'DELETE')) wrong(`/query/${id}`, 'missing')
  keepToLaunch(kind, caller, call, { agent, registration })
  const place = keyOf(`${kind}\n${activity}\n${agent}`)
  const mostBytes = caller.launch ? MOST_BYTES.launched : MOST_BYTES.program
  return {
    kind,
    call,
    name,
    place: { tenantId: caller.tenantId, place, registration },
    mostBytes,
    credentialId: caller.id,
    memberId,
  }
}

function agentIn(call: Call, origin: string): { key: string; memberId: string | null } {
  const agent: Identified = actorAt(jsonIn(neededParam(call, 'agent'), '/query/agent'), '/query/agent')
  const key = agentKeyOf(agent, origin) ?? wrong('/query/agent', 'missing')
  const isHere = agent.account !== undefined && homeless(agent.account.homePage, origin) === HERE
  return { key, memberId: isHere ? (agent.account?.name ?? null) : null }
}

/** A key of a unit reaches the documents of the unit's own members; nobody else is told whether there is such a one. */
async function demandReach(platform: Platform, caller: Caller, memberId: string | null): Promise<void> {
  const { tenantId, scope, orgPath } = caller
  if (memberId === null || orgPath === scope) return
  const home = UUID.test(memberId)
    ? await inSystemTransaction(platform, { tenantId, scope }, (tx) => homesOf({ db: tx, tenantId }, [memberId]))
    : undefined
  const path = home?.get(memberId)?.orgPath
  if (path === undefined || !isWithin(path, orgPath)) throw refusals.not_your_people()
}
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Launched content keeps documents of its own person and registration, and reads profiles of activities. */
function keepToLaunch(
  kind: Kind,
  { launch }: Caller,
  call: Call,
  { agent, registration }: { agent: string; registration: string | null },
): void {
  if (!launch) return
  const isReading = call.method === 'GET' || call.method === 'HEAD'
  const isOwn = kind === 'activity' ? isReading : agent === launch.memberKey
  if (!isOwn || (kind === 'state' && registration !== launch.registration)) throw refusals.not_your_registration()
}

async function read(tx: Tx, { call, place, name }: Asked): Promise<Answer> {
  if (name === null) {
    const names = await q.listNames(tx, place, instantParam(call, 'since'))
    const newest = names.at(-1)?.updated
    return {
      status: 200,
      type: 'application/json',
      body: JSON.stringify(names.map((one) => one.name)),
      ...(newest ? { headers: { 'last-modified': newest.toUTCString() } } : {}),
    }
  }
  const found = await q.findDocument(tx, place, name)
  if (!found) throw requestRefusals.not_found()
  return {
    status: 200,
    type: found.contentType,
    body: found.bytes,
    headers: {
      etag: `"${found.etag}"`,
      'last-modified': found.updated.toUTCString(),
      // Of whatever type it is, a browser that was sent here with a key shows nothing of it.
      'content-disposition': 'attachment',
      'content-security-policy': "sandbox; default-src 'none'",
    },
  }
}

async function remove(tx: Tx, { call, place, name }: Asked): Promise<Answer> {
  const { tenantId } = place
  if (name === null) await giveBack(tx, tenantId, weighed(await q.removeDocuments(tx, place)))
  else {
    const found = await q.lockDocument(tx, place, name)
    demandSeen(call, found)
    if (found) await q.removeDocument(tx, found.id, tenantId)
    if (found) await giveBack(tx, tenantId, weighed([{ credentialId: found.credentialId, bytes: found.bytes.length }]))
  }
  return { status: 204 }
}

/** What documents weigh, by key; those of the platform are nobody's. */
const weighed = (rows: readonly { credentialId: string | null; bytes: number }[]): Usage[] =>
  rows.flatMap(({ credentialId, bytes }) => (credentialId === null ? [] : [{ credentialId, bytes: bytes + ROW_BYTES }]))

/**
 * A document weighs on the key that wrote it last. One that shrinks may always be written.
 * @throws Refusal `xapi.quota_full`
 */
async function weigh(
  tx: Tx,
  { place: { tenantId }, credentialId, most }: Asked & { readonly most: number },
  { before, bytes }: { readonly before: q.KeptDocument | undefined; readonly bytes: number },
): Promise<void> {
  const [used] = await run<Usage>(tx, findingUsage(tenantId, [credentialId]))
  const old = before ? weighed([{ credentialId: before.credentialId, bytes: before.bytes.length }]) : []
  const own = old.find((one) => one.credentialId === credentialId)?.bytes ?? 0
  const grown = bytes + ROW_BYTES - own
  if (grown > 0 && (used?.bytes ?? 0) + grown > most) throw quotaFull(most)
  await run(tx, countingUsage(tenantId, [{ credentialId, bytes: bytes + ROW_BYTES }]))
  await giveBack(tx, tenantId, old)
}

async function write(tx: Tx, asked: Asked & { readonly most: number }, now: Date): Promise<Answer> {
  const { kind, call, place, mostBytes, credentialId } = asked
  const name = asked.name as string
  const found = await q.lockDocument(tx, place, name)
  demandCondition(kind, call, found)
  demandSeen(call, found)
  const { contentType, bytes } =
    call.method === 'POST' ? merged(call, found) : { contentType: call.contentType, bytes: call.body }
  if (contentType === '')
    throw requestRefusals.malformed({}, [{ field: '/headers/content-type', code: 'field.missing' }])
  headerTypeAt(contentType, '/headers/content-type')
  if (bytes.length > mostBytes) throw requestRefusals.too_large()
  const etag = createHash('sha1').update(bytes).digest('hex')
  await weigh(tx, asked, { before: found, bytes: bytes.length })
  await q.setDocument(tx, place, name, { contentType, bytes, etag, credentialId, now })
  return { status: 204, headers: { etag: `"${etag}"`, 'last-modified': now.toUTCString() } }
}

/**
 * Who replaces a document without having seen it is told to look first: a profile in both editions, in 2.0 a state as
 * well (1.0.3, 3.1; IEEE 9274.1.1, 4.1.4). In 1.0.3 the condition must be there also for a profile that is new.
 */
function demandCondition(kind: Kind, call: Call, found: q.KeptDocument | undefined): void {
  if (call.method !== 'PUT' || (kind === 'state' && call.edition === '1.0')) return
  if (call.headers['if-match'] !== undefined || call.headers['if-none-match'] !== undefined) return
  if (found) throw refusals.condition_missing()
  if (call.edition === '1.0') wrong('/headers/if-none-match', 'missing')
}

/** Conditions of RFC 9110, 13.1: `If-Match` and `If-None-Match`. */
function demandSeen(call: Call, found: q.KeptDocument | undefined): void {
  const { 'if-match': match, 'if-none-match': noneMatch } = call.headers
  if (match !== undefined && !names(match, found)) throw refusals.condition_failed()
  if (noneMatch !== undefined && names(noneMatch, found)) throw refusals.condition_failed()
}

function names(header: string, found: q.KeptDocument | undefined): boolean {
  if (!found) return false
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, '').replaceAll('"', ''))
  return tags.includes('*') || tags.includes(found.etag)
}

/** A document that is posted is put together with the one that is there, member by member (2.2). */
function merged(call: Call, found: q.KeptDocument | undefined): { contentType: string; bytes: Buffer } {
  const { contentType, body } = call
  const added = isJson(contentType) ? jsonIn(body, '/body') : null
  if (isJson(contentType) && !isObject(added)) wrong('/body', 'wrong_type')
  soundAt(added, '/body')
  if (!found) return { contentType, bytes: body }
  if (!isObject(added) || !isJson(found.contentType)) throw refusals.document_not_mergeable()
  const there = jsonIn(found.bytes, '/body')
  if (!isObject(there)) throw refusals.document_not_mergeable()
  return {
    contentType: 'application/json',
    bytes: Buffer.from(JSON.stringify({ ...(there as object), ...(added as object) })),
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
