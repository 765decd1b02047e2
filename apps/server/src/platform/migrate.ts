import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { runtimeRefusals } from '@tongxin/contract/runtime'
import type pg from 'pg'
import { PROJECT_ROOT } from './config.ts'
import { withClient } from './database-roles.ts'
import { causeOf, nothing, type RuntimeLog } from './runtime-log.ts'
import { statementsOf } from './statements.ts'

export const MIGRATIONS_DIR = join(PROJECT_ROOT, 'apps/server/db/migrations')

export type TableKind = 'tenant' | 'reference' | 'local'
export type Migration = {
  readonly name: string
  readonly module: string
  readonly tables: Readonly<Record<string, TableKind>>
  /** SHA-256 of the file, hexadecimal: an applied file never changes. */
  readonly checksum: string
  readonly statements: readonly string[]
}

const NAME = /^\d{8}_\d{4}_[a-z]+_[a-z0-9_]+\.sql$/
/** A concurrent migrator holds the row or table we need: PostgreSQL's unique_violation and lock_not_available, deadlock. */
const CLASHES = new Set(['23505', '55P03', '40P01'])
const PATIENCE_MS = 60_000

/** All migrations of a folder in their order. @throws Refusal `runtime.migration_malformed` */
export function migrationsIn(folder: string = MIGRATIONS_DIR): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => readMigration(name, readFileSync(join(folder, name), 'utf8')))
}

function readMigration(name: string, text: string): Migration {
  const refuse = (cause: string) => runtimeRefusals.migration_malformed({ file: name, cause })
  if (!NAME.test(name)) throw refuse('the name is not YYYYMMDD_HHMM_module_what.sql')
  const module = /^-- module: ([a-z]+)$/m.exec(text)?.[1]
  if (module === undefined) throw refuse('the header line "-- module: name" is missing')
  const listed = /^-- tables:(.*)$/m.exec(text)?.[1]?.replace(/^\s*none\b.*/, '')
  if (listed === undefined) throw refuse('the header line "-- tables: name kind, ..." is missing')
  const tables: Record<string, TableKind> = {}
  for (const entry of listed
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')) {
    const [table, kind, rest] = entry.split(/\s+/)
    if (!table || rest || !(kind === 'tenant' || kind === 'reference' || kind === 'local'))
      throw refuse(`"${entry}" is not "name kind"`)
    tables[table] = kind
  }
  try {
    return {
      name,
      module,
      tables,
      checksum: createHash('sha256').update(text).digest('hex'),
      statements: statementsOf(text),
    }
  } catch (error) {
    throw refuse(causeOf(error))
  }
}

/**
 * Brings the database to this release: forward only, each file in one transaction, safe to run from several processes
 * at once and to repeat after a kill. Then brings the job queue to its own version and lets the application use it.
 * `only` stops at these files, for a backup of an earlier release. @returns the names that were applied now
 * @throws Refusal `runtime.migration_malformed`, `migration_changed`, `migration_newer`, `migration_failed`
 */
export async function migrate(
  ownerUrl: string,
  log: RuntimeLog,
  folder: string = MIGRATIONS_DIR,
  only?: ReadonlySet<string>,
): Promise<string[]> {
  const migrations = migrationsIn(folder).filter(({ name }) => only?.has(name) ?? true)
  return withClient(ownerUrl, async (client) => {
    await client.query(`set lock_timeout = '3s'`)
    await client.query(`set client_min_messages = 'warning'`)
    await ensureRecord(client)
    const applied: string[] = []
    for (const migration of await pendingOf(client, migrations)) {
      if (await applyOnce(client, migration)) {
        applied.push(migration.name)
        log.info({ migration: migration.name }, 'migration applied')
      }
    }
    await migrateJobs(client, ownerUrl)
    return applied
  })
}

async function ensureRecord(client: pg.Client): Promise<void> {
  const found = await client.query(`select from pg_class where oid = to_regclass('public.platform_migration')`)
  if (found.rowCount) return
  await clashing(() =>
    client.query(`create table if not exists platform_migration (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`),
  )
  await client.query('grant select on platform_migration to tongxin_app')
}

async function pendingOf(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const rows = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from platform_migration order by name',
  )
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const { name, checksum } of rows.rows) {
    const migration = known.get(name)
    if (!migration) throw runtimeRefusals.migration_newer({ file: name })
    if (migration.checksum !== checksum) throw runtimeRefusals.migration_changed({ file: name })
    known.delete(name)
  }
  return [...known.values()]
}

/** @returns false when another migrator applied it first */
async function applyOnce(client: pg.Client, migration: Migration): Promise<boolean> {
  return clashing(async () => {
    const known = await client.query<{ checksum: string }>('select checksum from platform_migration where name = $1', [
      migration.name,
    ])
    if (known.rowCount) return false
    await apply(client, migration)
    return true
  })
}

async function apply(client: pg.Client, { name, checksum, statements }: Migration): Promise<void> {
  await client.query('begin')
  let number = 0
  try {
    // First of all, so that a concurrent migrator waits here, then clashes and looks again.
    await client.query('insert into platform_migration (name, checksum) values ($1, $2)', [name, checksum])
    for (const statement of statements) {
      number++
      await client.query(statement)
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    const code = (error as { code?: string }).code ?? ''
    const isClash = CLASHES.has(code) && (number === 0 || code !== '23505')
    throw isClash ? error : runtimeRefusals.migration_failed({ file: name, statement: number, cause: causeOf(error) })
  }
}

/** Repeats work that met a concurrent migrator, for a minute. */
async function clashing<T>(work: () => Promise<T>): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!CLASHES.has((error as { code?: string }).code ?? '') || performance.now() > end) throw error
      await wait(100)
    }
  }
}

/** graphile-worker's own schema; its tables have row security without policies, which shuts out all but the owner. */
async function migrateJobs(client: pg.Client, ownerUrl: string): Promise<void> {
  const wanted = await client.query<{ done: boolean }>(
    `select obj_description(to_regnamespace('graphile_worker'), 'pg_namespace') = $1 as done`,
    [jobsVersion()],
  )
  if (wanted.rows[0]?.done) return
  const { Logger, runMigrations } = await import('graphile-worker')
  // Its loggers print to standard output, where only our own answers belong.
  await runMigrations({ connectionString: ownerUrl, logger: new Logger(() => nothing) })
  await clashing(() => openJobs(client))
}

async function openJobs(client: pg.Client): Promise<void> {
  await client.query('begin')
  try {
    // One migrator at a time: rights and policies have no `if not exists` that survives a second one.
    await client.query('lock table graphile_worker.migrations in share row exclusive mode')
    await client.query('grant usage on schema graphile_worker to tongxin_app')
    await client.query('grant select, insert, update, delete on all tables in schema graphile_worker to tongxin_app')
    await client.query('grant usage on all sequences in schema graphile_worker to tongxin_app')
    await client.query('grant execute on all functions in schema graphile_worker to tongxin_app')
    const closed = await client.query<{ name: string }>(`
      select c.relname as name from pg_class c
      where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tongxin_app_all')`)
    for (const { name } of closed.rows) {
      await client.query(
        `create policy tongxin_app_all on graphile_worker.${client.escapeIdentifier(name)} to tongxin_app using (true) with check (true)`,
      )
    }
    await client.query(`comment on schema graphile_worker is ${client.escapeLiteral(jobsVersion())}`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** The mark left on the schema, so that a start without news does not load the library. */
function jobsVersion(): string {
  // Its package.json is not among its exports; the entry point is dist/index.js.
  const path = join(dirname(createRequire(import.meta.url).resolve('graphile-worker')), '../package.json')
  return `graphile-worker ${(JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version}`
}
