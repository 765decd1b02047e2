import { requestRefusals } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/ctx.ts'
import { scopedReader } from '../../../platform/db.ts'
import type { Platform } from '../../../platform/platform.ts'
import * as q from '../queries/reading.queries.ts'
import { findingCredentials } from '../queries/writing.queries.ts'
import { actorAt } from '../statement/actor.ts'
import { activitiesNamed, canonicalIn, type Format, formatted, IDS } from '../statement/format.ts'
import { joined } from '../statement/multipart.ts'
import { iriAt, type Members, oneOfAt, wrong } from '../statement/shape.ts'
import { type Answer, type Call, flagParam, instantParam, jsonIn, onlyKnown, uuidParam } from '../xapi.call.ts'
import { rowOfKeyName } from '../xapi.credentials.ts'
import { agentKeyOf, atHome, type Identified, iriKeyOf } from '../xapi.keys.ts'
import { type Caller, demand, scoping } from './caller.ts'

const PAGE = 100
const MOST_PAGE = 500
const SINGLE = ['statementId', 'voidedStatementId']
const FORM = ['format', 'attachments']
const NARROW = [
  'agent',
  'verb',
  'activity',
  'registration',
  'related_activities',
  'related_agents',
  'since',
  'until',
  'limit',
  'ascending',
]
const CONSISTENT = 'x-experience-api-consistent-through'

/** `GET /xapi/statements`: one by its id, or a list. Every answer says until when it is complete. */
export async function read(platform: Platform, caller: Caller, asked: Call): Promise<Answer> {
  demand(caller, 'statements/read', 'statements/read/mine')
  const now = platform.clock()
  let through: Date | null = null
  // The key is proved again in the same round trip as the question, and nothing beyond its organisation is seen.
  const preamble = [
    scoping(caller.tenantId, caller.orgPath),
    findingCredentials(caller.tenantId, [caller.id], now, todayOf(now)),
    q.FINDING_OLDEST,
  ]
  const db = scopedReader(platform.pool, preamble, ([, valid, open]) => {
    if (valid?.rows.length !== 1) throw requestRefusals.signed_out()
    const oldest = open?.rows[0]?.oldest as Date | null
    through ??= oldest && oldest < now ? oldest : now
  })
  const headers = () => ({ [CONSISTENT]: (through ?? now).toISOString() })
  try {
    const answer = await answerOf(platform, caller, asked, db)
    return { ...answer, headers: { ...headers(), ...answer.headers } }
  } catch (error) {
    // A refusal says it as well: the one who asks for what is not there yet has to know.
    throw Object.assign(error as Error, { headers: headers() })
  }
}

async function answerOf(platform: Platform, caller: Caller, asked: Call, db: Db): Promise<Answer> {
  const { call, after } = continued(asked)
  onlyKnown(call, [...SINGLE, ...FORM, ...NARROW])
  const form = {
    format: oneOfAt(call.params.format ?? 'exact', '/query/format', ['exact', 'ids', 'canonical']) as Format,
    attachments: flagParam(call, 'attachments'),
    language: call.headers['accept-language'],
  }
  const reading = readingOf(caller)
  const shown = { platform, db, tenantId: caller.tenantId, form }
  if (SINGLE.some((name) => call.params[name] !== undefined)) return single(call, reading, shown)
  return list(call, reading, shown, after)
}

function readingOf({ tenantId, id, rights, launch, orgPath }: Caller): q.Reading {
  return { tenantId, scope: orgPath, credentialId: rights.has('statements/read') ? null : id, launch }
}

type Shown = {
  readonly platform: Platform
  readonly db: Db
  readonly tenantId: string
  readonly form: { readonly format: Format; readonly attachments: boolean; readonly language: string | undefined }
}

async function single(call: Call, reading: q.Reading, shown: Shown): Promise<Answer> {
  const mixed = Object.keys(call.params).filter((name) => !FORM.includes(name))
  if (mixed.length > 1) wrong(`/query/${mixed[1]}`, 'too_many')
  const isVoided = call.params.statementId === undefined
  const id = uuidParam(call, isVoided ? 'voidedStatementId' : 'statementId') as string
  const found = await q.findStatement(shown.db, reading, id, isVoided)
  if (!found) throw requestRefusals.not_found()
  const [text = ''] = await textsOf([found], shown)
  return withAttachments(text, [found], shown, { 'last-modified': found.stored.toUTCString() })
}

async function list(call: Call, reading: q.Reading, shown: Shown, after: string | null): Promise<Answer> {
  const filter = filterOf(call, shown.platform.publicOrigin, after)
  const { rows, found } = await q.listStatements(shown.db, reading, { ...filter, limit: filter.limit + 1 })
  const kept = await withinMemory(rows.slice(0, filter.limit), shown)
  const last = found > kept.length ? kept.at(-1) : undefined
  const more = last ? `/xapi/statements?more=${placeOf(call, last.seq)}` : ''
  const texts = await textsOf(kept, shown)
  const newest = kept.reduce((latest, { stored }) => Math.max(latest, stored.getTime()), 0)
  return withAttachments(`{"statements":[${texts.join(',')}],"more":${JSON.stringify(more)}}`, kept, shown, {
    ...(newest > 0 ? { 'last-modified': new Date(newest).toUTCString() } : {}),
  })
}

const MB = 1024 * 1024
/** Bytes of attachments in one answer; a page ends where the next statement would go beyond. */
const MOST_ATTACHED = 8 * MB
/** What one statement alone may have: more than one request can bring, and no more than one answer can hold. */
const MOST_OF_ONE = 64 * MB

/** The statements from the first one on whose attachments fit into one answer; at least one. */
async function withinMemory(rows: readonly q.StatementText[], { db, tenantId, form }: Shown) {
  if (!form.attachments) return rows
  const ids = rows.map(({ id }) => id)
  const brought = Map.groupBy(await q.attachmentSizes(db, tenantId, ids), ({ statementId }) => statementId)
  const counted = new Set<string>()
  let total = 0
  const end = ids.findIndex((id, at) => {
    for (const { sum, bytes } of brought.get(id) ?? []) {
      if (!counted.has(sum)) total += bytes
      counted.add(sum)
    }
    return at > 0 && total > MOST_ATTACHED
  })
  return end < 0 ? rows : rows.slice(0, end)
}

/** A further page: the questions of the first one and the place where it ended, in one word. */
const placeOf = (call: Call, seq: string): string =>
  Buffer.from(JSON.stringify({ asked: call.params, seq })).toString('base64url')

function continued(call: Call): { call: Call; after: string | null } {
  const { more } = call.params
  if (more === undefined) return { call, after: null }
  if (Object.keys(call.params).length > 1) wrong('/query/more', 'too_many')
  const place = jsonIn(Buffer.from(more, 'base64url'), '/query/more') as { asked?: unknown; seq?: unknown } | null
  const asked = Object.entries((place?.asked ?? {}) as Record<string, unknown>)
  const isOurs = typeof place?.seq === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(place.seq)
  if (!isOurs || asked.some(([, value]) => typeof value !== 'string')) wrong('/query/more', 'wrong_format')
  return { call: { ...call, params: Object.fromEntries(asked) as Record<string, string> }, after: place?.seq as string }
}

function filterOf(call: Call, origin: string, after: string | null): q.StatementFilter {
  const ascending = flagParam(call, 'ascending')
  const since = instantParam(call, 'since')
  const until = instantParam(call, 'until')
  const from = since && boundOf(since.getTime(), 'f')
  const to = until && boundOf(until.getTime() + 1, '0')
  const { verb, activity } = call.params
  return {
    agent: agentIn(call, origin),
    verbKey: verb === undefined ? null : iriKeyOf(iriAt(verb, '/query/verb'), origin),
    activityKey: activity === undefined ? null : iriKeyOf(iriAt(activity, '/query/activity'), origin),
    registration: uuidParam(call, 'registration'),
    relatedAgents: flagParam(call, 'related_agents'),
    relatedActivities: flagParam(call, 'related_activities'),
    above: ascending && after ? after : from,
    below: !ascending && after ? after : to,
    ascending,
    limit: limitIn(call),
  }
}

/** The first or last place of a millisecond in the order of storing (RFC 9562, 5.7). */
const boundOf = (milliseconds: number, digit: '0' | 'f'): string => {
  const time = Math.max(0, Math.floor(milliseconds)).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-${digit.repeat(4)}-${digit.repeat(4)}-${digit.repeat(12)}`
}

function agentIn(call: Call, origin: string): q.StatementFilter['agent'] {
  const { agent } = call.params
  if (agent === undefined) return null
  const actor = actorAt(jsonIn(agent, '/query/agent'), '/query/agent') as Members & { account?: { name: string } }
  const key = agentKeyOf(actor as Identified, origin)
  if (key === null) return wrong('/query/agent', 'missing')
  return { key, credentialId: rowOfKeyName(actor.account?.name ?? '')?.id ?? null }
}

function limitIn(call: Call): number {
  const { limit = '0' } = call.params
  if (!/^\d{1,9}$/.test(limit)) wrong('/query/limit', 'wrong_type')
  return Number(limit) === 0 ? PAGE : Math.min(Number(limit), MOST_PAGE)
}

/** The texts of statements in the form asked for. `exact` is what is stored: nothing is taken apart. */
async function textsOf(rows: readonly q.StatementText[], { platform, db, tenantId, form }: Shown): Promise<string[]> {
  const { publicOrigin } = platform
  const texts = rows.map(({ raw, isOwn }) => (isOwn ? atHome(raw, publicOrigin) : raw))
  if (form.format === 'exact') return texts
  const statements = texts.map((text) => JSON.parse(text) as Members)
  if (form.format === 'ids') return statements.map((statement) => JSON.stringify(formatted(statement, IDS)))
  const keys = statements.flatMap(activitiesNamed).map((iri) => iriKeyOf(iri, publicOrigin))
  const known = await q.definitionsOf(db, tenantId, [...new Set(keys)])
  const definitionOf = (iri: string) => {
    const definition = known.get(iriKeyOf(iri, publicOrigin))?.definition
    return definition === undefined
      ? undefined
      : (JSON.parse(atHome(JSON.stringify(definition), publicOrigin)) as Members)
  }
  const change = canonicalIn(definitionOf, form.language)
  return statements.map((statement) => JSON.stringify(formatted(statement, change)))
}

/** Attachments go with the statements that brought them, and with no other that names their sums. */
async function withAttachments(
  body: string,
  rows: readonly q.StatementText[],
  { db, tenantId, form, platform }: Shown,
  headers: Record<string, string>,
): Promise<Answer> {
  if (!form.attachments) return { status: 200, type: 'application/json', body, headers }
  const ids = rows.map(({ id }) => id)
  const sizes = new Map((await q.attachmentSizes(db, tenantId, ids)).map(({ sum, bytes }) => [sum, bytes]))
  if ([...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) > MOST_OF_ONE) throw requestRefusals.too_large()
  const kept = await q.attachmentsOf(db, tenantId, ids)
  const boundary = `tongxin-${platform.vault.blindIndex('xapi.boundary', body).toString('hex').slice(0, 40)}`
  const parts = kept.map(({ sha2, contentType, bytes }) => ({
    headers: {
      'Content-Type': contentType,
      'Content-Transfer-Encoding': 'binary',
      'X-Experience-API-Hash': sha2.toString('hex'),
    },
    bytes,
  }))
  const first = { headers: { 'Content-Type': 'application/json' }, bytes: Buffer.from(body) }
  return {
    status: 200,
    type: `multipart/mixed; boundary=${boundary}`,
    body: joined([first, ...parts], boundary),
    headers,
  }
}
