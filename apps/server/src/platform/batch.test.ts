import { beforeAll, describe, expect, it } from 'vitest'
import { type Fixture, openFixture } from '../test/fixture.ts'
import type { Statement } from './batch.ts'
import { openPool, type Pool, runBatch } from './db.ts'
import { isDatabaseAway } from './problem.ts'

let f: Fixture
/** One connection, so that what a statement leaves behind on it is met by the next. */
let pool: Pool
const lost: Error[] = []

beforeAll(async () => {
  f = await openFixture()
  const { connectionString } = f.platform.pool.options as { connectionString: string }
  pool = openPool({ url: connectionString, max: 1, onError: (error) => lost.push(error) })
  return () => pool.end()
})

const one = (name: string, text: string, ...values: unknown[]): Statement => ({ name, text, values })
const rowsOf = async (...statements: Statement[]) => (await runBatch(pool, statements)).map(({ rows }) => rows)
const SQLSTATE = (code: string) => expect.objectContaining({ code })

describe('a batch that fails', () => {
  it('in the middle fails as a whole, undoes what came before, and leaves the connection usable', async () => {
    await pool.query('create temporary table kept (n int)')
    const attempt = rowsOf(
      one('b1', 'insert into kept values ($1)', 1),
      one('b2', 'select 1 / $1::int as x', 0),
      one('b3', 'insert into kept values ($1)', 2),
    )
    await expect(attempt).rejects.toEqual(SQLSTATE('22012'))
    expect(await rowsOf(one('b4', 'select count(*)::int as n from kept'))).toEqual([[{ n: 0 }]])
  })
  it('while parsing can be repeated under the same names: what is doubtful is prepared again', async () => {
    const first = one('c1', 'select $1::int as n', 1)
    const wrong = one('c2', 'select nothing from nowhere')
    const last = one('c3', 'select $1::text as t', 'x')
    for (let time = 0; time < 3; time += 1) await expect(rowsOf(first, wrong, last)).rejects.toEqual(SQLSTATE('42P01'))
    expect(await rowsOf(first, last)).toEqual([[{ n: 1 }], [{ t: 'x' }]])
    expect(await rowsOf(last, first)).toEqual([[{ t: 'x' }], [{ n: 1 }]])
  })
  it('for a value that the database refuses can be repeated with a good one', async () => {
    const asked = (value: unknown) => one('d1', 'select $1::uuid as id', value)
    await expect(rowsOf(asked('no uuid'))).rejects.toEqual(SQLSTATE('22P02'))
    const id = '01890000-0000-7000-8000-000000000000'
    expect(await rowsOf(asked(id))).toEqual([[{ id }]])
    await expect(rowsOf(asked('again'))).rejects.toEqual(SQLSTATE('22P02'))
    expect(await rowsOf(asked(id), asked(null))).toEqual([[{ id }], [{ id: null }]])
  })
  it('for a value that cannot be sent at all has sent nothing, and the connection goes on', async () => {
    const hostile = {
      toPostgres: () => {
        throw new Error('no such value')
      },
    }
    await expect(
      rowsOf(one('e1', 'select $1::int as n', 1), one('e2', 'select $1::text as t', hostile)),
    ).rejects.toThrow('no such value')
    expect(await rowsOf(one('e1', 'select $1::int as n', 2), one('e2', 'select $1::text as t', 'x'))).toEqual([
      [{ n: 2 }],
      [{ t: 'x' }],
    ])
  })
  it('because the connection was cut says that the database is away, and the next one gets a new connection', async () => {
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
    const waiting = rowsOf(one('f1', 'select pg_sleep(20)'))
    const caught = waiting.catch((error: unknown) => error)
    await f.admin.executeQuery({
      sql: 'select pg_terminate_backend($1) from pg_sleep(0.2)',
      parameters: [rows[0]?.pid],
      query: { kind: 'RawNode' } as never,
      queryId: { queryId: '' },
    })
    const error = await caught
    expect(isDatabaseAway(error)).toBe(true)
    expect(await rowsOf(one('f2', 'select 1 as n'))).toEqual([[{ n: 1 }]])
  })
})

describe('a batch', () => {
  it('gives each statement its own rows, also where none or no columns come back', async () => {
    expect(
      await rowsOf(
        one('g1', 'select 1 as a, null::text as b'),
        one('g2', 'select 1 as a where false'),
        one('g3', ''),
        one('g4', 'set local statement_timeout = 1000'),
        one('g5', 'select generate_series(1, $1) as n', 3),
      ),
    ).toEqual([[{ a: 1, b: null }], [], [], [], [{ n: 1 }, { n: 2 }, { n: 3 }]])
  })
  it('is one transaction: what is set for it ends with it', async () => {
    const set = one('h1', `select set_config('app.scope', $1, true) as s`, 'r00')
    const get = one('h2', `select current_setting('app.scope', true) as s`)
    expect(await rowsOf(set, get)).toEqual([[{ s: 'r00' }], [{ s: 'r00' }]])
    expect(await rowsOf(get)).not.toEqual([[{ s: 'r00' }]])
  })
  it('asks for columns once a connection and reads rows by what it remembers', async () => {
    const both = () =>
      rowsOf(one('i1', 'select $1::date as d', '2026-02-28'), one('i2', 'select $1::bigint as n', '9007199254740991'))
    expect(await both()).toEqual([[{ d: '2026-02-28' }], [{ n: Number.MAX_SAFE_INTEGER }]])
    expect(await both()).toEqual([[{ d: '2026-02-28' }], [{ n: Number.MAX_SAFE_INTEGER }]])
  })
  it('refuses a count that no longer fits a number, and the connection goes on', async () => {
    await expect(rowsOf(one('i2', 'select $1::bigint as n', '9007199254740993'))).rejects.toThrow('safe range')
    expect(await rowsOf(one('i2', 'select $1::bigint as n', '7'))).toEqual([[{ n: 7 }]])
  })
})
