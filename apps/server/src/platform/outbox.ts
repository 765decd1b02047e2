import type { Events, EventType } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Tx } from './ctx.ts'
import { untilFree, visitTenants } from './each-tenant.ts'
import type { Platform } from './platform.ts'
import { isConnectionLost } from './problem.ts'
import { inSystemTransaction } from './transaction.ts'

/** An event as a reaction sees it. */
export type Delivered<T extends EventType = EventType> = {
  readonly tenantId: string
  readonly id: string
  readonly type: T
  readonly at: Date
  readonly actorId: string | null
  readonly orgPath: string
  readonly subjectKind: string
  readonly subjectId: string | null
  readonly personId: string | null
  readonly payload: Events[T]
}

/** What a reaction is given: the transaction in which its effect and its progress commit together. */
export type ReactionCtx = {
  readonly db: Tx
  readonly now: Date
  readonly tenantId: string
  readonly scope: string
  readonly platform: Platform
}

/** `consumer` names the row of progress: one per module. Reactions run in the order of commits. */
export type Consumer = {
  readonly name: string
  readonly on: { readonly [T in EventType]?: (ctx: ReactionCtx, event: Delivered<T>) => Promise<void> }
}

const BATCH = 200
const MOST_TRIES = 8
const TURN_MS = 1000
/**
 * From the beginning of one turn to the next at least: what is told alone is delivered at once, what is told in a burst
 * is delivered together. Each turn costs a transaction a consumer, which a burst has better use for.
 */
const PACE_MS = 100

/**
 * Delivers events of the stream to consumers after commit, at least once, in commit order. The effect commits with
 * the consumer's progress, so it happens once. A failing event is set aside, retried with growing pauses and parked
 * after 8 tries; it never holds back the others.
 */
export class Outbox {
  readonly #platform: Platform
  readonly #consumers: readonly Consumer[]
  #timer: NodeJS.Timeout | null = null
  #pause: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #again = false
  #stopped = false

  constructor(platform: Platform, consumers: readonly Consumer[]) {
    this.#platform = platform
    this.#consumers = consumers
  }

  start(): void {
    this.#platform.woken.on('wake', this.#turn)
    this.#timer = setInterval(this.#turn, TURN_MS)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#platform.woken.off('wake', this.#turn)
    if (this.#timer) clearInterval(this.#timer)
    if (this.#pause) clearTimeout(this.#pause)
    await this.#running
  }

  /** Runs until nothing is left that was committed before the call; tests and the command line wait for it. */
  async drain(): Promise<void> {
    await this.#running
    await untilFree(() => this.#deliverAll())
  }

  readonly #turn = (): void => {
    if (this.#stopped) return
    if (this.#running || this.#pause) {
      this.#again = true
      return
    }
    this.#again = false
    this.#pause = setTimeout(() => {
      this.#pause = null
      this.#goOn()
    }, PACE_MS)
    this.#running = this.#deliverAll()
      .catch((err) => this.#platform.log.warn({ err }, 'delivery waits for the database'))
      .finally(() => {
        this.#running = null
        this.#goOn()
      })
  }

  #goOn(): void {
    if (this.#again && !this.#running && !this.#pause) this.#turn()
  }

  async #deliverAll(): Promise<void> {
    await visitTenants({ platform: this.#platform }, async (tenant) => {
      const due = await this.#behind(tenant, this.#platform.clock())
      for (const consumer of this.#consumers) if (due.has(consumer.name)) await this.#retryDue(tenant, consumer)
      // What a reaction tells is delivered in the same turn, also to those who came before it.
      for (let behind = due; behind.size > 0 && !this.#stopped; behind = await this.#behind(tenant, null)) {
        for (const consumer of this.#consumers) {
          if (!behind.has(consumer.name)) continue
          while (!this.#stopped && (await this.#deliver(tenant, consumer))) {}
        }
      }
    })
  }

  /**
   * Who has something to do in a tenant, in one look: most turns are about nothing for most consumers, and each would
   * cost a transaction. `now`: also who has a delivery to try again; null: only who has not seen the newest events.
   */
  async #behind(tenant: { id: string; path: string }, now: Date | null): Promise<ReadonlySet<string>> {
    const names = this.#consumers.map(({ name }) => name)
    const rows = await inSystemTransaction(this.#platform, { tenantId: tenant.id, scope: tenant.path }, (tx) =>
      consumersBehind(tx, tenant.id, names, now),
    )
    return new Set(rows)
  }

  /** One batch of one consumer; true when there may be more. */
  async #deliver(tenant: { id: string; path: string }, consumer: Consumer): Promise<boolean> {
    const scope = { tenantId: tenant.id, scope: tenant.path }
    const failed = new Set<string>()
    for (;;) {
      let current = ''
      try {
        return await inSystemTransaction(this.#platform, scope, async (tx) => {
          const events = await nextEvents(tx, tenant.id, consumer.name)
          for (const event of events) {
            current = event.id
            if (failed.has(event.id)) await setAside(tx, tenant.id, consumer.name, event.id, this.#platform.clock())
            else
              await react(
                consumer,
                {
                  db: tx,
                  now: this.#platform.clock(),
                  tenantId: tenant.id,
                  scope: tenant.path,
                  platform: this.#platform,
                },
                event,
              )
          }
          const last = events.at(-1)
          if (last) await setProgress(tx, tenant.id, consumer.name, last)
          return events.length === BATCH
        })
      } catch (err) {
        // A lost connection is nobody's fault: the batch is done again as it was, in order.
        if (!current || failed.has(current) || isConnectionLost(err)) throw err
        // The transaction is lost with the failing event: the batch is done again with that event set aside.
        this.#platform.log.warn({ err, consumer: consumer.name, event: current }, 'reaction failed, set aside')
        failed.add(current)
      }
    }
  }

  async #retryDue(tenant: { id: string; path: string }, consumer: Consumer): Promise<void> {
    const now = this.#platform.clock()
    const due = await this.#platform.db
      .selectFrom('platform_delivery')
      .select(['event_id', 'tries'])
      .where('tenant_id', '=', tenant.id)
      .where('consumer', '=', consumer.name)
      .where('parked_at', 'is', null)
      .where('next_at', '<=', now)
      .orderBy('event_id')
      .limit(50)
      .execute()
    for (const { event_id, tries } of due) {
      try {
        await inSystemTransaction(this.#platform, { tenantId: tenant.id, scope: tenant.path }, async (tx) => {
          // Another process may be at it, or may have done it since the list was read.
          if (!(await lockDelivery(tx, tenant.id, consumer.name, event_id))) return
          const event = await eventOf(tx, tenant.id, event_id)
          if (event)
            await react(
              consumer,
              { db: tx, now, tenantId: tenant.id, scope: tenant.path, platform: this.#platform },
              event,
            )
          await tx
            .deleteFrom('platform_delivery')
            .where('tenant_id', '=', tenant.id)
            .where('consumer', '=', consumer.name)
            .where('event_id', '=', event_id)
            .execute()
        })
      } catch (error) {
        if (isConnectionLost(error)) throw error
        const parked = tries + 1 >= MOST_TRIES
        await this.#platform.db
          .updateTable('platform_delivery')
          .set({
            tries: tries + 1,
            next_at: new Date(now.getTime() + 2 ** tries * 1000),
            error: (error as Error).name,
            parked_at: parked ? now : null,
          })
          .where('tenant_id', '=', tenant.id)
          .where('consumer', '=', consumer.name)
          .where('event_id', '=', event_id)
          .execute()
        if (parked) this.#platform.log.error({ err: error, consumer: consumer.name, event: event_id }, 'event parked')
      }
    }
  }
}

async function react(consumer: Consumer, ctx: ReactionCtx, event: Delivered): Promise<void> {
  const reaction = consumer.on[event.type] as ((ctx: ReactionCtx, event: Delivered) => Promise<void>) | undefined
  if (reaction) await reaction(ctx, event)
}

const columns = [
  'tenant_id',
  'id',
  'type',
  'at',
  'actor_id',
  'org_path',
  'subject_kind',
  'subject_id',
  'person_id',
  'payload',
] as const

const BEGINNING = { xid: '0', event_id: '00000000-0000-0000-0000-000000000000' }

/** The consumer's place, held until the transaction ends: of two processes one waits. The first row is made here. */
async function lockProgress(tx: Tx, tenantId: string, name: string): Promise<{ xid: string; event_id: string }> {
  const locked = () =>
    tx
      .selectFrom('platform_consumer')
      .select([sql<string>`xid::text`.as('xid'), 'event_id'])
      .where('tenant_id', '=', tenantId)
      .where('name', '=', name)
      .forUpdate()
      .executeTakeFirst()
  const progress = await locked()
  if (progress) return progress
  await tx
    .insertInto('platform_consumer')
    .values({ tenant_id: tenantId, name, ...BEGINNING })
    .onConflict((c) => c.doNothing())
    .execute()
  return (await locked()) ?? BEGINNING
}

/**
 * Who has something to do. The next event is asked for in its order and not only whether there is one: for that
 * PostgreSQL, which expects the answer after a few rows, reads the whole table, nine times a second while all is quiet.
 */
async function consumersBehind(tx: Tx, tenantId: string, names: readonly string[], now: Date | null) {
  const { rows } = await sql<{ name: string }>`
    select k.name from unnest(${[...names]}::text[]) as k(name)
    left join platform_consumer c on c.tenant_id = ${tenantId} and c.name = k.name
    where exists (select from (select from platform_event e
          where e.tenant_id = ${tenantId} and e.xid < pg_snapshot_xmin(pg_current_snapshot())
            and (e.xid, e.id) > (coalesce(c.xid, ${BEGINNING.xid}::xid8), coalesce(c.event_id, ${BEGINNING.event_id}::uuid))
          order by e.xid, e.id limit 1) as next)
      or exists (select from platform_delivery d where d.tenant_id = ${tenantId} and d.consumer = k.name and d.parked_at is null
        and d.next_at <= ${now})`.execute(tx)
  return rows.map(({ name }) => name)
}

/** Only rows below the snapshot's xmin: a transaction that began earlier and commits later is not skipped. */
async function nextEvents(tx: Tx, tenantId: string, consumer: string): Promise<(Delivered & { xid: string })[]> {
  const progress = await lockProgress(tx, tenantId, consumer)
  const select = tx
    .selectFrom('platform_event')
    .select([...columns, sql<string>`xid::text`.as('xid')])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`xid < pg_snapshot_xmin(pg_current_snapshot())`)
    .where(sql<boolean>`(xid, id) > (${progress.xid}::xid8, ${progress.event_id}::uuid)`)
  const rows = await select.orderBy('platform_event.xid').orderBy('id').limit(BATCH).execute()
  return rows.map((row) => ({ ...delivered(row), xid: row.xid }))
}

async function lockDelivery(tx: Tx, tenantId: string, consumer: string, eventId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('platform_delivery')
    .select('event_id')
    .where('tenant_id', '=', tenantId)
    .where('consumer', '=', consumer)
    .where('event_id', '=', eventId)
    .where('parked_at', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row !== undefined
}

async function eventOf(tx: Tx, tenantId: string, id: string): Promise<Delivered | null> {
  const row = await tx
    .selectFrom('platform_event')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? delivered(row) : null
}

type EventRow = {
  tenant_id: string
  id: string
  type: string
  at: Date
  actor_id: string | null
  org_path: string
  subject_kind: string
  subject_id: string | null
  person_id: string | null
  payload: unknown
}

function delivered(row: EventRow): Delivered {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    type: row.type as EventType,
    at: row.at,
    actorId: row.actor_id,
    orgPath: row.org_path,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    personId: row.person_id,
    payload: row.payload as Events[EventType],
  }
}

async function setProgress(tx: Tx, tenantId: string, name: string, last: { xid: string; id: string }): Promise<void> {
  await tx
    .insertInto('platform_consumer')
    .values({ tenant_id: tenantId, name, xid: last.xid, event_id: last.id })
    .onConflict((c) => c.columns(['tenant_id', 'name']).doUpdateSet({ xid: last.xid, event_id: last.id }))
    .execute()
}

async function setAside(tx: Tx, tenantId: string, consumer: string, eventId: string, now: Date): Promise<void> {
  await tx
    .insertInto('platform_delivery')
    .values({ tenant_id: tenantId, consumer, event_id: eventId, tries: 1, next_at: new Date(now.getTime() + 1000) })
    .onConflict((c) => c.doNothing())
    .execute()
}
