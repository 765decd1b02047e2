import { Readable } from 'node:stream'
import {
  type Endpoint,
  type FileReply,
  type Input,
  type Permission,
  type Reply,
  requestRefusals,
} from '@tongxin/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import type { Actor, Ctx, PublicCtx, Tx } from './ctx.ts'
import { scopedReader } from './db.ts'
import { grouped } from './grouped.ts'
import { idempotent } from './idempotency.ts'
import type { Platform } from './platform.ts'
import { type Admitted, Sessions, StaleActor } from './session.ts'
import { inTransaction } from './transaction.ts'

type ReadUseCase<E extends Endpoint> = (ctx: Ctx, input: Input<E>) => Promise<Reply<E>>
type WriteUseCase<E extends Endpoint> = (ctx: Ctx<Tx>, input: Input<E>) => Promise<Reply<E>>
/** A GET is given a scoped reader, every other method the open transaction of the request: it cannot be forgotten. */
export type UseCase<E extends Endpoint> = E['method'] extends 'GET' ? ReadUseCase<E> : WriteUseCase<E>

const SECOND_FACTOR_MS = 5 * 60_000

/** All mounted endpoints, for the authorization matrix, OpenAPI and the list of public ones: each once a process. */
export const mounted: Endpoint[] = []
const places = new Map<string, number>()

/** Tests build the server many times in one process: the endpoint of the last one counts. */
function remember(endpoint: Endpoint): void {
  const name = `${endpoint.method} ${endpoint.path}`
  const place = places.get(name) ?? mounted.length
  places.set(name, place)
  mounted[place] = endpoint
}

/**
 * Binds a contract to its use case. Refuses before the use case runs: malformed input, no session, missing
 * permission, missing second factor, cross-site writes, missing Idempotency-Key or If-Match where demanded.
 */
export function mount<E extends Endpoint>(app: FastifyInstance, endpoint: E, useCase: UseCase<NoInfer<E>>): void {
  if (endpoint.permission === 'public') throw new Error(`${endpoint.path}: public endpoints are mounted by mountPublic`)
  register(app, endpoint, (platform, request, reply) =>
    underRights(platform, endpoint, request, (admitted, base) => {
      if (endpoint.method === 'GET')
        return read(platform, base, admitted, useCase as ReadUseCase<E>, inputOf<E>(request))
      const work = (ctx: Ctx<Tx>) => (useCase as WriteUseCase<E>)(ctx, inputOf<E>(request))
      // A file is made after the commit and never kept for a repetition, nor is what may not be stored.
      if (endpoint.download || endpoint.unkept) return inTransaction(platform, admitted, base, work)
      return inTransaction(platform, admitted, base, (ctx) => idempotent(ctx, endpoint, request, reply, work))
    }),
  )
}

/** Everything of a `Ctx` but the way to the database. */
type Base = Omit<Ctx, 'db' | 'onCommit'>

/**
 * Works under the rights that the session's grant has now. When the database says that they were remembered wrongly,
 * a GET has done nothing and a transaction was rolled back, so `work` may start again with the true ones.
 */
async function underRights<T>(
  platform: Platform,
  endpoint: Endpoint,
  request: FastifyRequest,
  work: (admitted: Admitted, base: Base) => Promise<T>,
): Promise<T> {
  const now = platform.clock()
  const sessionHash = sessionHashOf(platform, request)
  for (let attempt = 1; ; attempt += 1) {
    try {
      const admitted = await platform.sessions.admit(sessionHash, now)
      permit(endpoint, admitted.actor, now)
      return await work(admitted, {
        actor: admitted.actor,
        now,
        requestId: request.id,
        vault: platform.vault,
        log: platform.log,
        expectedVersion: expectedVersion(endpoint, request),
      })
    } catch (error) {
      if (!(error instanceof StaleActor) || attempt > 3) throw error
    }
  }
}

/** An endpoint for people without a session (or that makes one): no actor, no row-security variables. */
export function mountPublic<E extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  useCase: (ctx: PublicCtx, input: Input<NoInfer<E>>) => Promise<Reply<NoInfer<E>>>,
): void {
  if (endpoint.permission !== 'public') throw new Error(`${endpoint.path} is not public`)
  register(app, endpoint, async (platform, request, reply) =>
    useCase(publicCtx(platform, request, reply), inputOf<E>(request)),
  )
}

/**
 * An endpoint for any session whose module proves the session itself: it works outside a transaction (hashing of
 * passwords), or for a session that has no post yet. `permission` is `signed-in`, or `public`.
 */
export function mountProving<E extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  useCase: (ctx: PublicCtx, input: Input<NoInfer<E>>, platform: Platform) => Promise<Reply<NoInfer<E>>>,
): void {
  if (endpoint.permission !== 'signed-in' && endpoint.permission !== 'public')
    throw new Error(`${endpoint.path}: mount proves permissions`)
  register(app, endpoint, async (platform, request, reply) =>
    useCase(publicCtx(platform, request, reply), inputOf<E>(request), platform),
  )
}

/**
 * An endpoint whose slow part (receiving and reading a file) must not hold a transaction open: `prepare` runs under the
 * proved rights and may only read, `useCase` then writes inside the transaction with what was prepared, under the rights
 * of that moment. Its body is a stream, so nothing is kept for a repetition under the same `Idempotency-Key`.
 */
export function mountPrepared<E extends Endpoint, P>(
  app: FastifyInstance,
  endpoint: E,
  prepare: (ctx: Ctx, input: Input<NoInfer<E>>, request: FastifyRequest, platform: Platform) => Promise<P>,
  useCase: (ctx: Ctx<Tx>, input: Input<NoInfer<E>>, prepared: P) => Promise<Reply<NoInfer<E>>>,
): void {
  const needed = endpoint.permission
  register(app, endpoint, async (platform, request) => {
    const input = inputOf<E>(request)
    // Remembered rights are proved before a byte of the file is taken.
    const before = await underRights(platform, endpoint, request, async (admitted, base) => {
      await platform.sessions.proveNow(admitted, base.now)
      return base
    })
    // The request cannot be read twice: rights that change meanwhile are met at the writing, below.
    const db = scopedReader(platform.pool, platform.sessions.preamble(before.actor.sessionHash, before.now), () => {})
    const prepared = await prepare({ ...before, db, onCommit: (work) => work() }, input, request, platform)
    return underRights(platform, endpoint, request, (admitted, base) => {
      // What was prepared for one post is not written under another.
      if (admitted.actor.grantId !== before.actor.grantId) throw requestRefusals.not_permitted({ permission: needed })
      return inTransaction(platform, admitted, base, (ctx) => useCase(ctx, input, prepared))
    })
  })
}

/** One request of a grouped endpoint: nobody has been proved yet. */
export type GroupedAsk<E extends Endpoint> = {
  readonly input: Input<E>
  readonly sessionHash: Buffer
  readonly now: Date
  readonly requestId: string
}

/**
 * At most 500 requests in one statement: a few thousand values are as fast per row as any number. While one group is
 * written the next ones are read and decided, which keeps this process and the database busy at the same time.
 */
const GROUP = { most: 500, atOnce: 3, worth: 64 }

/**
 * A hot write: many requests become one group, written by one statement and answered after its commit. `serve` proves
 * all sessions of the group itself, in the transaction of the write, and returns a reply or a refusal for each ask, in
 * order. Only for endpoints whose repetition gives the same answer by nature: no `Idempotency-Key` is kept.
 */
export function mountGrouped<E extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  serve: (platform: Platform, asks: readonly GroupedAsk<NoInfer<E>>[]) => Promise<(Reply<NoInfer<E>> | Error)[]>,
): void {
  if (endpoint.permission !== 'signed-in') throw new Error(`${endpoint.path}: a group of people shares no permission`)
  const ask = grouped<GroupedAsk<E>, Reply<E>>((asks) => serve(app.platform, asks), GROUP)
  register(app, endpoint, (platform, request) =>
    ask({
      input: inputOf<E>(request),
      sessionHash: sessionHashOf(platform, request),
      now: platform.clock(),
      requestId: request.id,
    }),
  )
}

async function read<E extends Endpoint>(
  platform: Platform,
  base: Base,
  admitted: Admitted,
  useCase: ReadUseCase<E>,
  input: Input<E>,
): Promise<Reply<E>> {
  let proved = false
  const db = scopedReader(platform.pool, platform.sessions.preamble(admitted.actor.sessionHash, base.now), (rows) => {
    platform.sessions.prove(admitted, rows, base.now)
    proved = true
  })
  const answer = await useCase({ ...base, db, onCommit: (work) => work() }, input)
  // An answer that needed no statement was given on remembered rights: prove them before it leaves.
  if (!proved) await platform.sessions.proveNow(admitted, base.now)
  return answer
}

type Serve = (platform: Platform, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

function register(app: FastifyInstance, endpoint: Endpoint, serve: Serve): void {
  remember(endpoint)
  const schema: FastifySchema & Record<string, unknown> = {
    summary: endpoint.summary,
    tags: [endpoint.path.split('/')[1] as string],
  }
  if (!endpoint.download) schema.response = { 200: endpoint.reply }
  if (endpoint.params) schema.params = endpoint.params
  if (endpoint.query) schema.querystring = endpoint.query
  if (endpoint.body) schema.body = endpoint.body
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    schema,
    config: { endpoint },
    handler: async (request, reply) => {
      const answer = await serve(app.platform, request, reply)
      if (endpoint.download) return sendFile(reply, endpoint.download, answer as FileReply)
      const version = (answer as { version?: unknown } | null)?.version
      if (typeof version === 'number') reply.header('etag', `"${version}"`)
      if (endpoint.method === 'GET') reply.header('cache-control', 'private, no-store')
      return answer
    },
  })
}

/** Bytes made after the commit, as a download that no browser opens as a page of ours. */
async function sendFile(reply: FastifyReply, type: string, file: FileReply): Promise<FastifyReply> {
  const bytes = await file.make()
  return reply
    .type(type)
    .header('cache-control', 'private, no-store')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
    .send(bytes instanceof Uint8Array ? Buffer.from(bytes) : Readable.from(bytes, { objectMode: false }))
}

function permit(endpoint: Endpoint, actor: Actor, now: Date): void {
  const needed = endpoint.permission
  if (needed !== 'signed-in' && !actor.permissions.has(needed as Permission))
    throw requestRefusals.not_permitted({ permission: needed })
  // A role that demands a second factor is not acted under before it was shown in this session.
  if (actor.secondFactorNeeded && !actor.secondFactorAt && needed !== 'signed-in')
    throw requestRefusals.step_up_needed()
  if (
    endpoint.stepUp &&
    !(actor.secondFactorAt && now.getTime() - actor.secondFactorAt.getTime() <= SECOND_FACTOR_MS)
  ) {
    throw requestRefusals.step_up_needed()
  }
}

function sessionHashOf(platform: Platform, request: FastifyRequest): Buffer {
  const token = request.cookies[platform.cookieName]
  if (!token) throw requestRefusals.signed_out()
  return Sessions.hash(token)
}

function expectedVersion(endpoint: Endpoint, request: FastifyRequest): number | null {
  const header = request.headers['if-match']
  const version = header && /^"?(\d{1,9})"?$/.exec(header)?.[1]
  if (version) return Number(version)
  if (endpoint.ifMatch) throw requestRefusals.version_missing()
  return null
}

function inputOf<E extends Endpoint>(request: FastifyRequest): Input<E> {
  return { params: request.params ?? {}, query: request.query ?? {}, body: request.body ?? {} } as unknown as Input<E>
}

export function publicCtx(platform: Platform, request: FastifyRequest, reply: FastifyReply): PublicCtx {
  return {
    db: platform.db,
    now: platform.clock(),
    requestId: request.id,
    vault: platform.vault,
    log: platform.log,
    expectedVersion: null,
    onCommit: (work) => work(),
    address: request.ip,
    device: String(request.headers['user-agent'] ?? '').slice(0, 200),
    cookies: request.cookies,
    setCookie: (name, value, maxAge) => {
      const options = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure: platform.secure }
      if (value === null) reply.clearCookie(name, options)
      else reply.setCookie(name, value, maxAge === undefined ? options : { ...options, maxAge })
    },
  }
}
