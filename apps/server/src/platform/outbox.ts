import type { EventType } from '@tongxin/contract'
import type { Tx } from './ctx.ts'
import { untilFree, visitTenants } from './each-tenant.ts'
import {
  BATCH,
  consumersBehind,
  type Delivered,
  eventOf,
  lockDelivery,
  nextEvents,
  setAside,
  setProgress,
} from './outbox.queries.ts'
import type { Platform } from './platform.ts'
import { isConnectionLost } from './problem.ts'
import { inSystemTransaction } from './transaction.ts'

export type { Delivered } from './outbox.queries.ts'

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
