import { createHash } from 'node:crypto'
import { createReadStream, existsSync, globSync, mkdirSync, readdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import { runtimeRefusals } from '@tongxin/contract/runtime'
import type pg from 'pg'
import { to } from 'pg-copy-streams'
import { withClient } from '../database-roles.ts'
import { type BackupFile, type BackupTable, type Manifest, writeManifest } from './manifest.ts'

export type BackupSource = {
  readonly dataDir: string
  readonly ownerUrl: string
  /** A role past row policies, where there is one. */
  readonly adminUrl: string | undefined
  readonly release: string
  readonly now: Date
}

/** Parts of the data folder that belong to one machine or are in the backup in another form. */
const OMITTED = new Set(['postgres', 'cluster.json', 'database-passwords.json', 'run', 'log'])
/** Applied anew at a restore, by the release that restores. */
const OWN_RECORDS = `('public.platform_migration', 'graphile_worker.migrations')`

/**
 * Writes database, files and keys into `folder`, readable on any machine and PostgreSQL version. The server may go on
 * working: the tables are of one instant, and files are never changed once they are referred to.
 * @throws Refusal `runtime.folder_not_empty`
 */
export async function writeBackup(
  source: BackupSource,
  folder: string,
  onTable: (table: BackupTable) => void,
): Promise<Manifest> {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw runtimeRefusals.folder_not_empty({ folder })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (source.adminUrl === undefined) await openPoliciesToOwner(source.ownerUrl)
  const database = await withClient(source.adminUrl ?? source.ownerUrl, (client) =>
    writeTables(client, folder, onTable),
  )
  const { files, ...rest } = database
  files.push(...(await writeFiles(source.dataDir, folder)))
  const manifest: Manifest = { format: 1, release: source.release, madeAt: source.now.toISOString(), ...rest, files }
  await writeManifest(folder, manifest)
  return manifest
}

/**
 * Row policies forced on the owner would silently leave rows out of its COPY, so each such table gets one more policy,
 * for the owner and only while it says that it makes a backup.
 */
async function openPoliciesToOwner(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query(`set lock_timeout = '3s'`)
    const closed = await client.query<{ table: string }>(`
      select c.oid::regclass::text as table from pg_class c
      where c.relforcerowsecurity and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'owner_backup')`)
    for (const { table } of closed.rows) {
      await client.query(
        `create policy owner_backup on ${table} for select to current_user using (current_setting('app.backup', true) = 'on')`,
      )
    }
  })
}

async function writeTables(client: pg.Client, folder: string, onTable: (table: BackupTable) => void) {
  await client.query(`set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set app.backup = 'on'`)
  await client.query(`set datestyle = 'ISO'; set intervalstyle = 'postgres'; set client_encoding = 'UTF8'`)
  await client.query('begin isolation level repeatable read read only')
  const snapshot = await client.query<{ transaction: string }>(
    'select pg_snapshot_xmax(pg_current_snapshot())::text as transaction',
  )
  const migrations = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from platform_migration order by name',
  )
  const sequences = await client.query<{ schema: string; name: string; value: string }>(`
    select schemaname as schema, sequencename as name, last_value::text as value from pg_sequences
    where last_value is not null and schemaname in ('public', 'graphile_worker') order by 1, 2`)
  const found = await client.query<{ schema: string; name: string; columns: string[] }>(`
    select n.nspname as schema, c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and n.nspname in ('public', 'graphile_worker') and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' and n.nspname || '.' || c.relname not in ${OWN_RECORDS}
    group by 1, 2 order by 1, 2`)
  const files: BackupFile[] = []
  const tables: BackupTable[] = []
  mkdirSync(join(folder, 'tables'), { mode: 0o700 })
  for (const { schema, name, columns } of found.rows) {
    const path = `tables/${schema}.${name}.zst`
    const copy = client.query(
      to(
        `copy ${qualified(client, schema, name)} (${columns.map((column) => client.escapeIdentifier(column)).join(', ')}) to stdout`,
      ),
    )
    files.push(await writeFile(copy, folder, path, true))
    const table = { schema, name, columns, rows: copy.rowCount, path }
    tables.push(table)
    onTable(table)
  }
  await client.query('rollback')
  return {
    transaction: snapshot.rows[0]?.transaction ?? '0',
    migrations: migrations.rows,
    sequences: sequences.rows,
    tables,
    files,
  }
}

export const qualified = (client: pg.Client, schema: string, name: string): string =>
  `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`

async function writeFiles(dataDir: string, folder: string): Promise<BackupFile[]> {
  const parts = existsSync(dataDir) ? readdirSync(dataDir).filter((name) => !OMITTED.has(name)) : []
  const paths = globSync(
    parts.flatMap((name) => [name, `${name}/**/*`]),
    { cwd: dataDir, withFileTypes: true },
  )
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dataDir, join(entry.parentPath, entry.name)))
  const files: BackupFile[] = []
  for (const path of paths.sort()) {
    // A backup inside the data folder does not contain itself.
    if (join(dataDir, path).startsWith(folder + sep)) continue
    const copied = await writeFile(
      createReadStream(join(dataDir, path)),
      folder,
      `data/${path.split(sep).join('/')}`,
      false,
    ).catch((error) => {
      // An upload that ended or was given up meanwhile.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync(join(dataDir, path))) return undefined
      throw error
    })
    if (copied) files.push(copied)
  }
  return files
}

async function writeFile(from: Readable, folder: string, path: string, isCompressed: boolean): Promise<BackupFile> {
  mkdirSync(dirname(join(folder, path)), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let bytes = 0
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const file = await open(join(folder, path), 'wx', 0o600)
  // `flush` reaches the disk before the manifest vouches for the content.
  const target = file.createWriteStream({ flush: true })
  await (isCompressed ? pipeline(from, createZstdCompress(), meter, target) : pipeline(from, meter, target))
  return { path, bytes, sha256: hash.digest('hex') }
}
