import type { ReadSource } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import type { Platform } from '../../platform/platform.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { addCounts, type Counted } from './queries/counts.queries.ts'

const MOST_KEPT = 20_000

/**
 * Readers and shares, counted in memory by article, day and source, and added to the table now and then: reading writes
 * nothing, and nothing is known of who read. What a process has not written when it is killed is lost, a minute at most.
 */
export type Counter = {
  count(tenantId: string, articleId: string, onDate: string, source: ReadSource, what: 'reads' | 'shares'): void
  /** Adds to the table what was counted since the last time. */
  flush(): Promise<void>
}

function openCounter(platform: Pick<Platform, 'db' | 'log'>): Counter {
  let kept = new Map<string, Counted & { readonly tenantId: string }>()
  const flush = async () => {
    const counted = kept
    kept = new Map()
    for (const [tenantId, rows] of Map.groupBy(counted.values(), (one) => one.tenantId)) {
      const { path: scope } = await tenantOf(platform.db, tenantId)
      await inSystemTransaction(platform, { tenantId, scope }, (tx) => addCounts(tx, tenantId, rows))
    }
  }
  const flushLater = () => {
    flush().catch((err: unknown) => platform.log.warn({ err }, 'counts of readers were not written'))
  }
  return {
    count(tenantId, articleId, onDate, source, what) {
      const key = `${tenantId} ${articleId} ${onDate} ${source}`
      const row = kept.get(key) ?? { tenantId, articleId, onDate, source, reads: 0, shares: 0 }
      row[what] += 1
      kept.set(key, row)
      if (kept.size >= MOST_KEPT) flushLater()
    },
    flush,
  }
}

const EVERY_MS = 20_000
const counters = new WeakMap<Platform, Counter>()

/** One counter a server, emptied now and then and when the server ends. */
export function counterOf(app: FastifyInstance): Counter {
  const known = counters.get(app.platform)
  if (known) return known
  const counter = openCounter(app.platform)
  counters.set(app.platform, counter)
  const warn = (err: unknown) => app.platform.log.warn({ err }, 'counts of readers were not written')
  const timer = setInterval(() => void counter.flush().catch(warn), EVERY_MS)
  timer.unref()
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await counter.flush().catch(warn)
  })
  return counter
}
