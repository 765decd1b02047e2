import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { beforeEach, describe, expect, it } from 'vitest'
import { allVisible, type Fixture, NOW, openFixture } from '../test/fixture.ts'
import type { Tx } from './ctx.ts'
import { publishAll } from './events.ts'
import { behind } from './outbox.queries.ts'
import { type Consumer, type Delivered, Outbox, type ReactionCtx } from './outbox.ts'
import { inSystemTransaction } from './transaction.ts'

const f: Fixture = await openFixture()
const scope = { tenantId: f.tenantId, scope: 'r00' }
const effects = uuidv7()
let round = 0

beforeEach(() => {
  f.setNow(NOW)
  round += 1
})

const told = (tx: Tx, name: string) =>
  publishAll(tx, { tenantId: f.tenantId, now: NOW }, 'org.renamed', [
    {
      subject: { kind: 'org', id: f.orgs.nurses.id, orgPath: f.orgs.nurses.path },
      payload: { name, effectiveOn: '2026-11-01' },
    },
  ])
const commit = (...names: string[]) =>
  inSystemTransaction(f.platform, scope, async (tx) => {
    for (const name of names) await told(tx, name)
  })
/** Events wait for every older transaction of the cluster, and other tests write beside this one. */
const tell = async (...names: string[]) => {
  await commit(...names)
  await allVisible(f.admin)
}
/** The effect of an event in the database: doing it twice breaks the key, so it would be seen. */
const effect = (tx: Tx, consumer: string, name: string) =>
  tx
    .insertInto('platform_idempotency')
    .values({ person_id: effects, key: `${consumer}/${name}`, request_hash: Buffer.alloc(32), at: NOW })
    .execute()
const done = async (consumer: string) =>
  (
    await f.admin
      .selectFrom('platform_idempotency')
      .select('key')
      .where('person_id', '=', effects)
      .where('key', 'like', `${consumer}/%`)
      .execute()
  )
    .map(({ key }) => key.slice(consumer.length + 1))
    .sort()

type React = (ctx: ReactionCtx, event: Delivered<'org.renamed'>) => Promise<void>
/** A consumer that starts at the present end of the stream, and does `react` before its effect. */
async function consumerOf(react: React = async () => {}): Promise<Consumer & { seen: string[] }> {
  const name = `test-${round}`
  const seen: string[] = []
  const consumer: Consumer & { seen: string[] } = {
    name,
    seen,
    on: {
      'org.renamed': async (ctx, event) => {
        seen.push(event.payload.name)
        await effect(ctx.db, name, event.payload.name)
        await react(ctx, event)
      },
    },
  }
  await new Outbox(f.platform, [{ name, on: {} }]).drain()
  return consumer
}
const deliveries = (name: string) =>
  f.admin
    .selectFrom('platform_delivery')
    .select(['tries', 'next_at', 'parked_at'])
    .where('consumer', '=', name)
    .execute()
const later = (seconds: number) => f.setNow(new Date(f.platform.clock().getTime() + seconds * 1000))

describe('a reaction that fails', () => {
  it('is parked after eight tries with growing pauses, and holds back nobody', async () => {
    const consumer = await consumerOf(async (_, event) => {
      if (event.payload.name === 'poison') throw new TypeError('a bug in the reaction')
    })
    const outbox = new Outbox(f.platform, [consumer])
    await tell('before', 'poison', 'after')
    await outbox.drain()
    expect(await done(consumer.name)).toEqual(['after', 'before'])
    const pauses: number[] = []
    for (let turn = 0; turn < 12; turn += 1) {
      const [row] = await deliveries(consumer.name)
      if (!row || row.parked_at) break
      pauses.push((row.next_at.getTime() - f.platform.clock().getTime()) / 1000)
      // Before its time it is left alone.
      const tries = consumer.seen.length
      await outbox.drain()
      expect(consumer.seen).toHaveLength(tries)
      later(pauses.at(-1) ?? 0)
      await outbox.drain()
    }
    expect(consumer.seen.filter((name) => name === 'poison').length).toBeGreaterThanOrEqual(8)
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64])
    expect(await deliveries(consumer.name)).toMatchObject([{ tries: 8, parked_at: expect.any(Date) }])
    const tries = consumer.seen.length
    later(86_400)
    await tell('next')
    await outbox.drain()
    expect(consumer.seen.slice(tries)).toEqual(['next'])
    expect(await done(consumer.name)).toEqual(['after', 'before', 'next'])
  })
  it('for a while has its effect once, when it works again', async () => {
    let isBroken = true
    const consumer = await consumerOf(async () => {
      if (isBroken) throw new Error('not yet')
    })
    const outbox = new Outbox(f.platform, [consumer])
    await tell('a', 'b')
    await outbox.drain()
    expect(await done(consumer.name)).toEqual([])
    isBroken = false
    later(1)
    await outbox.drain()
    expect(await done(consumer.name)).toEqual(['a', 'b'])
    expect(await deliveries(consumer.name)).toEqual([])
  })
})

describe('a connection that dies', () => {
  it('after the effect and before the commit leaves nothing behind; the batch is done again in order', async () => {
    let kills = 3
    const consumer = await consumerOf(async ({ db }) => {
      if (kills === 0) return
      kills -= 1
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(db)
    })
    const outbox = new Outbox(f.platform, [consumer])
    await tell('a', 'b', 'c')
    while (kills > 0) await expect(outbox.drain()).rejects.toThrow()
    expect(await done(consumer.name)).toEqual([])
    await outbox.drain()
    expect(await done(consumer.name)).toEqual(['a', 'b', 'c'])
    expect(consumer.seen.slice(-3)).toEqual(['a', 'b', 'c'])
    expect(await deliveries(consumer.name)).toEqual([])
  })
})

describe('two processes', () => {
  it('deliver the first events of a new consumer once', async () => {
    const consumer = await consumerOf()
    await f.admin.deleteFrom('platform_consumer').where('name', '=', consumer.name).execute()
    await f.admin
      .updateTable('platform_event')
      .set({ type: 'org.corrected' })
      .where('type', '=', 'org.renamed')
      .execute()
    await tell('a', 'b', 'c')
    await Promise.all([1, 2, 3].map(() => new Outbox(f.platform, [consumer]).drain()))
    expect(await done(consumer.name)).toEqual(['a', 'b', 'c'])
    expect(await deliveries(consumer.name)).toEqual([])
    expect(consumer.seen).toEqual(['a', 'b', 'c'])
  })
  it('repeat what was set aside once', async () => {
    let isBroken = true
    const consumer = await consumerOf(async () => {
      if (isBroken) throw new Error('not yet')
    })
    await tell('a')
    await new Outbox(f.platform, [consumer]).drain()
    isBroken = false
    later(1)
    const before = consumer.seen.length
    await Promise.all([1, 2, 3].map(() => new Outbox(f.platform, [consumer]).drain()))
    expect(consumer.seen.slice(before)).toEqual(['a'])
    expect(await deliveries(consumer.name)).toEqual([])
  })
})

describe('a transaction that began earlier and commits later', () => {
  it('is not skipped, and comes first', async () => {
    const consumer = await consumerOf()
    const outbox = new Outbox(f.platform, [consumer])
    const written = Promise.withResolvers<void>()
    const mayCommit = Promise.withResolvers<void>()
    const slow = inSystemTransaction(f.platform, scope, async (tx) => {
      await told(tx, 'early')
      written.resolve()
      await mayCommit.promise
    })
    await written.promise
    await commit('late')
    await outbox.drain()
    expect(consumer.seen).toEqual([])
    mayCommit.resolve()
    await slow
    await allVisible(f.admin)
    await outbox.drain()
    expect(consumer.seen).toEqual(['early', 'late'])
  })
})

describe('events of one transaction', () => {
  it('are delivered in the order in which they were told, over more than one batch', async () => {
    const consumer = await consumerOf()
    const names = Array.from({ length: 450 }, (_, at) => `n${String(at).padStart(3, '0')}`)
    await tell(...names)
    await new Outbox(f.platform, [consumer]).drain()
    expect(consumer.seen).toEqual(names)
  })
})

describe('looking whether there is something to do', () => {
  it('begins in the index where the consumer stands, under the row policies of the application', async () => {
    const plan = await inSystemTransaction(f.platform, scope, async (tx) => {
      // A handful of rows is read as a whole by every planner; the tables of an installation are not.
      await sql`set local enable_seqscan = off`.execute(tx)
      await sql`set local enable_bitmapscan = off`.execute(tx)
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${behind(f.tenantId, ['members'], NOW)}`.execute(tx)
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
    expect(plan).toMatch(/platform_event_stream[\s\S]*Index Cond: [^\n]*ROW\(xid, id\) > ROW\(p\.xid, p\.event_id\)/)
  })
})
