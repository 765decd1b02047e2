import { requestRefusals } from '@tongxin/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Tx } from './ctx.ts'
import type { Platform } from './platform.ts'
import { isWithin, reaches } from './scope.ts'
import { type Admitted, Sessions, StaleActor } from './session.ts'
import { inSystemTransaction } from './transaction.ts'

type Listener = {
  /** Events that came while the missed ones were read; null once those were told. */
  held: Fresh[] | null
  readonly admitted: Admitted
  /** `id` null: not to be resumed from. */
  readonly send: (id: string | null, type: string, data: object) => void
  readonly beat: () => void
  readonly end: () => void
}
type Fresh = {
  id: string
  xid: string
  type: string
  org_path: string
  subject_kind: string
  subject_id: string | null
  person_id: string | null
}

/**
 * Things that leave no event because who hears of them is nobody else's business: told to the people named here, never
 * by the reach of a post, and not again to whoever was away, who reads anew when the stream is back.
 */
export type Whisper = {
  readonly type: string
  readonly kind: string
  /** Subjects of which something was written by transactions from `from` until before `until`. */
  readonly fresh: (tx: Tx, tenantId: string, from: string, until: string) => Promise<readonly string[]>
  /** Persons who may hear of a subject now. */
  readonly audienceOf: (tx: Tx, tenantId: string, id: string, now: Date) => Promise<ReadonlySet<string>>
}
type Whispered = { readonly whisper: Whisper; readonly id: string; readonly audience: ReadonlySet<string> }

const TURN_MS = 1000
const HEARTBEAT_MS = 20_000
const CATCH_UP = 200
const MOST_LISTENERS = 6000
/** Events after which somebody may have other rights: looked at at once instead of at the next turn. */
const TOUCHES_RIGHTS = /^(access|org|members)\./

/** Facts that are for everybody below the unit that they name: one event instead of one for each person. */
const FOR_ALL_BELOW: readonly string[] = ['notices.circulated']

/**
 * Server-Sent Events: tells browsers *that* something changed (type and subject), never the content, which they read
 * again under their own rights. One read per tenant serves all listeners; `Last-Event-ID` resumes.
 */
export class Stream {
  readonly #platform: Platform
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #seen = new Map<string, { xid: string; id: string }>()
  /** Up to which transaction whispers of a tenant were told. */
  readonly #whispered = new Map<string, string>()
  #timer: NodeJS.Timeout | null = null
  #heart: NodeJS.Timeout | null = null
  #running = false
  #isDue = false

  readonly #whispers: readonly Whisper[]
  readonly #most: number
  readonly #heartbeatMs: number

  constructor(
    platform: Platform,
    {
      most = MOST_LISTENERS,
      heartbeatMs = HEARTBEAT_MS,
      whispers = [],
    }: { readonly most?: number; readonly heartbeatMs?: number; readonly whispers?: readonly Whisper[] } = {},
  ) {
    this.#platform = platform
    this.#most = most
    this.#heartbeatMs = heartbeatMs
    this.#whispers = whispers
  }

  start(): void {
    this.#platform.woken.on('wake', this.#turn)
    this.#timer = setInterval(() => {
      this.#isDue = true
      this.#turn()
    }, TURN_MS)
    this.#timer.unref()
    // One beat for all: a timer for each of thousands of connections costs more than what it sends.
    this.#heart = setInterval(() => {
      for (const listeners of this.#listeners.values()) for (const listener of listeners) listener.beat()
    }, this.#heartbeatMs)
    this.#heart.unref()
  }

  stop(): void {
    this.#platform.woken.off('wake', this.#turn)
    if (this.#timer) clearInterval(this.#timer)
    if (this.#heart) clearInterval(this.#heart)
  }

  mount(app: FastifyInstance): void {
    app.get(
      '/stream',
      { config: { endpoint: { permission: 'signed-in' } }, schema: { hide: true } as object },
      async (request, reply) => {
        const admitted = await this.#admit(request)
        const { tenantId } = admitted.actor
        if (this.#count() >= this.#most) throw requestRefusals.overloaded({ retryAfter: 30 })
        // Whoever is connected hears of everything from this moment on, also as the first of the tenant.
        await this.#begin(tenantId)
        reply.hijack()
        const raw = reply.raw
        raw.writeHead(200, {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
          'x-content-type-options': 'nosniff',
        })
        raw.write('retry: 3000\n\n')
        const listener: Listener = {
          admitted,
          held: [],
          send: (id, type, data) =>
            raw.write(`${id === null ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`),
          beat: () => raw.write(': still here\n\n'),
          end: () => raw.end(),
        }
        this.#add(listener)
        raw.once('close', () => this.#listeners.get(tenantId)?.delete(listener))
        const missed = await this.#missed(listener, request.headers['last-event-id']).catch((error: unknown) => {
          // The browser comes back by itself and asks again from the same place.
          listener.end()
          throw error
        })
        // What happened meanwhile was held, so that the missed comes first and nothing is told twice.
        const { held } = listener
        listener.held = null
        if (missed === null) return
        const told = new Set(missed.map(({ id }) => id))
        for (const event of [...missed, ...(held ?? []).filter(({ id }) => !told.has(id))]) tell(listener, event)
      },
    )
  }

  /** The rights of this moment, not those remembered. */
  async #admit(request: FastifyRequest): Promise<Admitted> {
    const token = request.cookies[this.#platform.cookieName]
    if (!token) throw requestRefusals.signed_out()
    const now = this.#platform.clock()
    const { sessions } = this.#platform
    const admitted = await sessions.admit(Sessions.hash(token), now)
    try {
      await sessions.proveNow(admitted, now)
      return admitted
    } catch (error) {
      if (!(error instanceof StaleActor)) throw error
      return sessions.admit(Sessions.hash(token), now)
    }
  }

  async #begin(tenantId: string): Promise<void> {
    if (this.#whispers.length === 0 || this.#whispered.has(tenantId)) return
    const until = await inSystemTransaction(this.#platform, await this.#scopeOf(tenantId), oldestRunning)
    if (!this.#whispered.has(tenantId)) this.#whispered.set(tenantId, until)
  }

  #count(): number {
    let count = 0
    for (const set of this.#listeners.values()) count += set.size
    return count
  }

  #add(listener: Listener): void {
    const { tenantId } = listener.admitted.actor
    const set = this.#listeners.get(tenantId)
    if (set) set.add(listener)
    else this.#listeners.set(tenantId, new Set([listener]))
  }

  /** What was missed since; null when that was too much and everything is read again. */
  async #missed(listener: Listener, lastId: string | string[] | undefined): Promise<Fresh[] | null> {
    if (typeof lastId !== 'string' || !/^[0-9a-f-]{36}$/.test(lastId)) return []
    const { tenantId } = listener.admitted.actor
    const missed = await inSystemTransaction(this.#platform, await this.#scopeOf(tenantId), (tx) =>
      tx
        .selectFrom('platform_event')
        .select(['id', sql<string>`xid::text`.as('xid'), 'type', 'org_path', 'subject_kind', 'subject_id', 'person_id'])
        .where('tenant_id', '=', tenantId)
        .where('id', '>', lastId)
        .orderBy('id')
        .limit(CATCH_UP)
        .execute(),
    )
    if (missed.length < CATCH_UP) return missed
    // Too much was missed to tell one by one: the browser reads everything again.
    listener.send(missed[missed.length - 1]?.id ?? lastId, 'platform.reload', {})
    return null
  }

  async #scopeOf(tenantId: string): Promise<{ tenantId: string; scope: string }> {
    const tenant = await this.#platform.db
      .selectFrom('platform_tenant')
      .select('path')
      .where('id', '=', tenantId)
      .executeTakeFirstOrThrow()
    return { tenantId, scope: tenant.path }
  }

  readonly #turn = (): void => {
    if (this.#running) return
    this.#running = true
    void this.#tellAll()
      .catch((err) => this.#platform.log.warn({ err }, 'event stream waits for the database'))
      .finally(() => {
        this.#running = false
        if (this.#isDue && this.#timer) this.#turn()
      })
  }

  async #tellAll(): Promise<void> {
    const isDue = this.#isDue
    this.#isDue = false
    for (const [tenantId, listeners] of this.#listeners) {
      if (listeners.size === 0) {
        this.#listeners.delete(tenantId)
        this.#seen.delete(tenantId)
        this.#whispered.delete(tenantId)
        continue
      }
      const { fresh, whispered } = await this.#fresh(tenantId)
      if (isDue || fresh.some(({ type }) => TOUCHES_RIGHTS.test(type)))
        await this.#endWithoutRights(tenantId, listeners)
      for (const event of fresh)
        for (const listener of listeners) {
          if (listener.held) listener.held.push(event)
          else tell(listener, event)
        }
      for (const { whisper, id, audience } of whispered)
        for (const listener of listeners)
          if (audience.has(listener.admitted.actor.personId))
            listener.send(null, whisper.type, { kind: whisper.kind, id })
    }
  }

  /**
   * Ends the streams whose session or post has ended or changed, every second and before anything is told after an act
   * on rights: the browser comes back and is admitted anew, or not. All listeners of a tenant are proved by one query.
   */
  async #endWithoutRights(tenantId: string, listeners: Set<Listener>): Promise<void> {
    const asked = [...listeners]
    const holding = await this.#platform.sessions.holding(
      await this.#scopeOf(tenantId),
      asked.map(({ admitted }) => admitted),
      this.#platform.clock(),
    )
    for (const listener of asked) {
      if (holding.has(listener.admitted)) continue
      listeners.delete(listener)
      listener.end()
    }
  }

  async #fresh(tenantId: string): Promise<{ fresh: Fresh[]; whispered: Whispered[] }> {
    const now = this.#platform.clock()
    return inSystemTransaction(this.#platform, await this.#scopeOf(tenantId), async (tx) => ({
      fresh: await this.#freshEvents(tx, tenantId),
      whispered: await this.#freshWhispers(tx, tenantId, now),
    }))
  }

  async #freshWhispers(tx: Tx, tenantId: string, now: Date): Promise<Whispered[]> {
    if (this.#whispers.length === 0) return []
    const { rows } = await sql<{
      until: string
    }>`select pg_snapshot_xmin(pg_current_snapshot())::text as until`.execute(tx)
    const until = rows[0]?.until ?? '0'
    const from = this.#whispered.get(tenantId)
    const told: Whispered[] = []
    if (from !== undefined && from !== until)
      for (const whisper of this.#whispers)
        for (const id of await whisper.fresh(tx, tenantId, from, until))
          told.push({ whisper, id, audience: await whisper.audienceOf(tx, tenantId, id, now) })
    this.#whispered.set(tenantId, until)
    return told
  }

  async #freshEvents(tx: Tx, tenantId: string): Promise<Fresh[]> {
    const seen = this.#seen.get(tenantId)
    if (!seen) {
      const newest = await tx
        .selectFrom('platform_event')
        .select([sql<string>`xid::text`.as('xid'), 'id'])
        .where('tenant_id', '=', tenantId)
        .where(sql<boolean>`xid < pg_snapshot_xmin(pg_current_snapshot())`)
        .orderBy('platform_event.xid', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst()
      this.#seen.set(tenantId, newest ?? { xid: '0', id: '00000000-0000-0000-0000-000000000000' })
      return []
    }
    const rows = await tx
      .selectFrom('platform_event')
      .select(['id', sql<string>`xid::text`.as('xid'), 'type', 'org_path', 'subject_kind', 'subject_id', 'person_id'])
      .where('tenant_id', '=', tenantId)
      .where(sql<boolean>`xid < pg_snapshot_xmin(pg_current_snapshot())`)
      .where(sql<boolean>`(xid, id) > (${seen.xid}::xid8, ${seen.id}::uuid)`)
      .orderBy('platform_event.xid')
      .orderBy('id')
      .limit(500)
      .execute()
    const last = rows.at(-1)
    if (last) this.#seen.set(tenantId, { xid: last.xid, id: last.id })
    return rows
  }
}

/** The oldest transaction that may still write: everything below it is committed or gone. */
async function oldestRunning(tx: Tx): Promise<string> {
  const { rows } = await sql<{ until: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as until`.execute(
    tx,
  )
  return rows[0]?.until ?? '0'
}

/** A listener hears of what concerns the person or the units above, and of what the post reaches that it was opened under. */
function tell(listener: Listener, event: Fresh): void {
  const { actor } = listener.admitted
  const isMeant = FOR_ALL_BELOW.includes(event.type) && isWithin(actor.scope, event.org_path)
  if (!isMeant && !reaches(actor, event.org_path) && event.person_id !== actor.personId) return
  listener.send(event.id, event.type, { kind: event.subject_kind, id: event.subject_id })
}
