import {
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type Transaction,
} from 'kysely'
import pg from 'pg'
import { Batch, type BatchRows, type Statement } from './batch.ts'
import type { DB } from './db-types.ts'

/** Enough to read: the scoped reader of a request, or an open transaction. */
export type Db = Kysely<DB>
/** An open transaction: demanded by every query that writes or locks. */
export type Tx = Transaction<DB>

// Dates stay `YYYY-MM-DD` strings and never meet the machine's time zone; counts are safe integers here.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`int8 out of safe range: ${text}`)
  return value
})

export type Pool = pg.Pool
export type OpenOptions = {
  readonly url: string
  readonly max: number
  readonly onError: (error: Error) => void
  readonly application?: string
}

/** A pool whose clients never kill the process when the database dies, with the time-outs of the security design. */
export function openPool({ url, max, onError, application = 'tongxin' }: OpenOptions): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: application,
    connectionTimeoutMillis: 1000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 10_000,
    lock_timeout: 3_000,
    idle_in_transaction_session_timeout: 15_000,
  })
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  return pool
}

/** Transactions on the pool. Reads of a request go through `scopedReader` instead. */
export function openDb(pool: Pool): Db {
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
}

/** Sends statements as one implicit transaction and waits for all their rows. */
export async function runBatch(pool: Pool, statements: readonly Statement[]): Promise<BatchRows[]> {
  const client = await pool.connect()
  let isBroken = false
  try {
    return await new Promise<BatchRows[]>((resolve, reject) => {
      client.query(new Batch(statements, (error, results) => (error ? reject(error) : resolve(results))))
    })
  } catch (error) {
    // Only after an ordinary refusal of the database is the connection known to be at rest; else nobody gets it again.
    isBroken = (error as { severity?: string }).severity !== 'ERROR'
    throw error
  } finally {
    client.release(isBroken)
  }
}

/**
 * Begins the text of a statement whose best plan depends on its values: it is sent without a name, and so parsed and
 * planned for each request (PostgreSQL protocol, "Extended Query"), a millisecond or two where a wrong plan costs a second.
 */
export const PLANNED_FOR_VALUES = '/* planned for its values */ '

// Statement names for the texts that Kysely compiles. Bounded, because every connection keeps each of them prepared.
const names = new Map<string, string>()
const MAX_NAMES = 2000
function nameOf(text: string): string {
  let name = names.get(text)
  if (!name) {
    if (names.size >= MAX_NAMES) throw new Error('more than 2000 different statements: is a value pasted into SQL?')
    name = `s${names.size}`
    names.set(text, name)
  }
  return name
}

/**
 * A Kysely for reading in which every statement travels behind `preamble` in one implicit transaction. The preamble
 * proves the session and sets the row-security variables; `check` sees its rows and throws when they are no longer
 * what the request was admitted with. It cannot open a transaction: a request that writes holds a `Tx`.
 */
export function scopedReader(pool: Pool, preamble: readonly Statement[], check: (rows: BatchRows[]) => void): Db {
  const connection = {
    async executeQuery(query: { sql: string; parameters: readonly unknown[] }) {
      const name = query.sql.startsWith(PLANNED_FOR_VALUES) ? '' : nameOf(query.sql)
      const statement = { name, text: query.sql, values: query.parameters }
      const results = await runBatch(pool, [...preamble, statement])
      check(results.slice(0, preamble.length))
      return { rows: results[preamble.length]?.rows ?? [] }
    },
    streamQuery(): never {
      throw new Error('a scoped reader does not stream')
    },
  }
  const refuse = async (): Promise<never> => {
    throw new Error('a scoped reader opens no transaction')
  }
  const driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  }
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver as unknown as ReturnType<Dialect['createDriver']>,
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  }
  return new Kysely<DB>({ dialect })
}
