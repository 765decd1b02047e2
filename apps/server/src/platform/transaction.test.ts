import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../test/fixture.ts'
import type { Ctx, Tx } from './ctx.ts'
import { type Admitted, Sessions, StaleActor } from './session.ts'
import { demandVersion, inSystemTransaction, inTransaction } from './transaction.ts'

let f: Fixture
let admin: Client
let admitted: Admitted

beforeAll(async () => {
  f = await openFixture()
  admin = await f.signIn('committee_admin', 'committee')
  admitted = await f.platform.sessions.admit(hashOf(admin), NOW)
})

const hashOf = (client: Client) => Sessions.hash(client.cookie.split('=')[1] ?? '')
const base = (of: Admitted = admitted) => ({
  actor: of.actor,
  now: NOW,
  requestId: 'r',
  vault: f.platform.vault,
  log: f.platform.log,
  expectedVersion: null,
})
const run = <T>(work: (ctx: Ctx<Tx>) => Promise<T>) => inTransaction(f.platform, admitted, base(), work)
const system = {
  get scope() {
    return { tenantId: f.tenantId, scope: 'r00' }
  },
}
/** An error as the database itself raises it. */
const raise = (tx: Tx, code: string) =>
  sql`do ${sql.lit(`begin raise exception 'x' using errcode = '${code}'; end`)}`.execute(tx)
const keep = (tx: Tx, key: string) =>
  tx
    .insertInto('platform_idempotency')
    .values({ person_id: admin.personId, key, request_hash: Buffer.alloc(32), at: NOW })
    .execute()
const kept = async (key: string) =>
  (await f.admin.selectFrom('platform_idempotency').select('key').where('key', '=', key).execute()).length

describe.each(['inTransaction', 'inSystemTransaction'] as const)('%s', (which) => {
  const open = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    which === 'inTransaction' ? run((ctx) => work(ctx.db)) : inSystemTransaction(f.platform, system.scope, work)

  it('does not repeat what failed for another reason, and keeps nothing of it', async () => {
    let attempts = 0
    const failing = open(async (tx) => {
      attempts += 1
      await keep(tx, `${which}-once`)
      await raise(tx, '23514')
    })
    await expect(failing).rejects.toMatchObject({ code: '23514' })
    expect([attempts, await kept(`${which}-once`)]).toEqual([1, 0])
  })
  it('gives up after five attempts', async () => {
    let attempts = 0
    const failing = open(async (tx) => {
      attempts += 1
      await raise(tx, '40001')
    })
    await expect(failing).rejects.toMatchObject({ code: '40001' })
    expect(attempts).toBe(5)
  })
  it.each(['40001', '40P01'])('does it again after %s, with one effect', async (code) => {
    let attempts = 0
    const done = await open(async (tx) => {
      attempts += 1
      await keep(tx, `${which}-${code}`)
      if (attempts < 3) await raise(tx, code)
      return attempts
    })
    expect([done, await kept(`${which}-${code}`)]).toEqual([3, 1])
  })
})

describe('two transactions that wait for each other', () => {
  it('are untied by the database, and both get done', async () => {
    const rows = ['knot-a', 'knot-b']
    await inSystemTransaction(f.platform, system.scope, async (tx) => {
      for (const row of rows) await keep(tx, row)
    })
    const lock = (tx: Tx, key: string | undefined) =>
      tx
        .updateTable('platform_idempotency')
        .set((eb) => ({ status: eb(eb.fn.coalesce('status', sql<number>`0`), '+', 1) }))
        .where('key', '=', key ?? '')
        .execute()
    const met = Promise.withResolvers<void>()
    let holding = 0
    const crossing = (order: string[]) => {
      let attempts = 0
      return inSystemTransaction(f.platform, system.scope, async (tx) => {
        attempts += 1
        await lock(tx, order[0])
        holding += 1
        if (holding === 2) met.resolve()
        if (attempts === 1) await met.promise
        await lock(tx, order[1])
        return attempts
      })
    }
    const attempts = await Promise.all([crossing(rows), crossing([...rows].reverse())])
    // Which of them loses is up to the database, and so is whether they meet once more.
    expect(Math.max(...attempts)).toBeGreaterThan(1)
    const after = await f.admin.selectFrom('platform_idempotency').select('status').where('key', 'in', rows).execute()
    expect(after).toEqual([{ status: 2 }, { status: 2 }])
  })
})

describe('onCommit', () => {
  it('is not called when the work fails, nor for attempts that were lost, and after the commit only', async () => {
    const called: string[] = []
    await expect(
      run(async (ctx) => {
        ctx.onCommit(() => called.push('failed'))
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    let attempts = 0
    await run(async (ctx) => {
      attempts += 1
      await keep(ctx.db, 'committed')
      ctx.onCommit(() => called.push(`attempt ${attempts}`))
      if (attempts === 1) await raise(ctx.db, '40001')
      expect(called).toEqual([])
    })
    expect(called).toEqual(['attempt 2'])
    expect(await kept('committed')).toBe(1)
  })
  it('cannot fail what was committed, nor have it done again', async () => {
    const called: string[] = []
    await run(async (ctx) => {
      await keep(ctx.db, 'done all the same')
      ctx.onCommit(() => {
        called.push('first')
        throw Object.assign(new Error('too late'), { code: '40001' })
      })
      ctx.onCommit(() => called.push('second'))
    })
    expect([called, await kept('done all the same')]).toEqual([['first', 'second'], 1])
  })
})

describe('a session whose rights changed after it was remembered', () => {
  it('does no work in the transaction', async () => {
    const leaver = await f.signIn('branch_secretary', 'retired')
    const remembered = await f.platform.sessions.admit(hashOf(leaver), NOW)
    await f.admin
      .updateTable('access_grant')
      .set({ until_on: new Date(NOW.getTime() - 1) })
      .where('person_id', '=', leaver.personId)
      .execute()
    let worked = false
    const attempt = inTransaction(f.platform, remembered, base(remembered), async () => {
      worked = true
    })
    await expect(attempt).rejects.toBeInstanceOf(StaleActor)
    expect(worked).toBe(false)
  })
  it('is asked again with the rights that it has now: a smaller scope at once, none at once', async () => {
    const moved = await f.signIn('committee_admin', 'committee')
    const founding = (name: string) => ({
      parentId: f.orgs.medicine.id,
      kind: 'branch',
      name,
      effectiveOn: '2026-10-01',
    })
    expect((await moved.send('POST', '/orgs', founding('医学院甲党支部'))).status).toBe(200)
    await f.admin
      .updateTable('access_grant')
      .set({ org_id: f.orgs.faculty.id, org_path: f.orgs.faculty.path })
      .where('person_id', '=', moved.personId)
      .execute()
    expect(await moved.send('POST', '/orgs', founding('医学院乙党支部'))).toMatchObject({
      status: 404,
      body: { code: 'org.not_found' },
    })
    await f.admin
      .updateTable('access_account')
      .set({ state: 'disabled' })
      .where('person_id', '=', moved.personId)
      .execute()
    expect(await moved.send('POST', '/orgs', founding('医学院丙党支部'))).toMatchObject({ status: 401 })
  })
})

describe('demandVersion', () => {
  it('refuses only a caller who saw another version', () => {
    expect(() => demandVersion({ expectedVersion: 1 }, 2)).toThrow('request.version_stale')
    expect(() => demandVersion({ expectedVersion: 2 }, 2)).not.toThrow()
    expect(() => demandVersion({ expectedVersion: null }, 2)).not.toThrow()
  })
})
