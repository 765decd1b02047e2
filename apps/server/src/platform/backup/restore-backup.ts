import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { runtimeRefusals } from '@tongxin/contract/runtime'
import type pg from 'pg'
import { from } from 'pg-copy-streams'
import { openDatabase, withClient } from '../database-roles.ts'
import { migrate, migrationsIn } from '../migrate.ts'
import type { RuntimeLog } from '../runtime-log.ts'
import { type Manifest, verifiedManifest } from './manifest.ts'
import { qualified } from './write-backup.ts'

export type RestoreTarget = { readonly dataDir: string; readonly databaseUrl: string | undefined }

/**
 * Restores a backup into an empty data folder (and, with a server of its own, into an empty database). Everything is
 * compared with the manifest before anything is written; the data folder appears whole or not at all.
 * @throws Refusal `runtime.backup_missing`, `backup_damaged`, `backup_newer`, `folder_not_empty`, `database_not_empty`
 */
export async function restoreBackup(folder: string, target: RestoreTarget, log: RuntimeLog): Promise<Manifest> {
  const { dataDir } = target
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw runtimeRefusals.folder_not_empty({ folder: dataDir })
  const manifest = await verifiedManifest(folder)
  requireKnownMigrations(manifest)
  const unfinished = `${dataDir}.restore-${process.pid}`
  mkdirSync(dirname(dataDir), { recursive: true })
  try {
    await restoreDatabase(folder, manifest, { ...target, dataDir: unfinished }, log)
    for (const { path } of manifest.files.filter((file) => file.path.startsWith('data/'))) {
      const place = join(unfinished, path.slice('data/'.length))
      mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
      await copyFile(join(folder, path), place)
    }
    if (existsSync(dataDir)) rmdirSync(dataDir)
    renameSync(unfinished, dataDir)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw error
  }
  return manifest
}

/** The tables must take the shape they had: this release has to know the same migrations, and may know later ones. */
function requireKnownMigrations(manifest: Manifest): void {
  const known = new Map(migrationsIn().map(({ name, checksum }) => [name, checksum]))
  for (const { name, checksum } of manifest.migrations) {
    if (known.get(name) !== checksum) throw runtimeRefusals.backup_newer({ file: name, release: manifest.release })
  }
}

async function restoreDatabase(
  folder: string,
  manifest: Manifest,
  target: RestoreTarget,
  log: RuntimeLog,
): Promise<void> {
  mkdirSync(target.dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const database = await openDatabase(target, log)
  try {
    await withClient(database.ownerUrl, async (client) => {
      const found = await client.query(
        `select from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace limit 1`,
      )
      if (found.rowCount) throw runtimeRefusals.database_not_empty()
    })
    await migrate(database.ownerUrl, log, undefined, new Set(manifest.migrations.map(({ name }) => name)))
    await withClient(database.ownerUrl, (client) => loadTables(client, folder, manifest))
    await migrate(database.ownerUrl, log)
  } finally {
    await database.stop()
  }
}

async function loadTables(client: pg.Client, folder: string, manifest: Manifest): Promise<void> {
  await client.query(`set statement_timeout = 0; set synchronous_commit = off; set client_encoding = 'UTF8'`)
  await reachTransaction(client, BigInt(manifest.transaction))
  await client.query('begin')
  const names = manifest.tables.map(({ schema, name }) => qualified(client, schema, name))
  // Tables refer to each other in circles: the keys are taken off, and checked again when put back.
  const keys = await client.query<{ table: string; name: string; definition: string }>(`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition from pg_constraint
    where contype = 'f' and conparentid = 0 and connamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace)`)
  const forced = await client.query<{ table: string }>(`
    select oid::regclass::text as table from pg_class where relforcerowsecurity and relnamespace = 'public'::regnamespace`)
  for (const { table, name } of keys.rows) await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { table } of forced.rows) await client.query(`alter table ${table} no force row level security`)
  // Migrations may have written dictionary rows, which the backup holds as they were.
  if (names.length > 0) await client.query(`truncate ${names.join(', ')}`)
  for (const [index, { columns, path }] of manifest.tables.entries()) {
    const listed = columns.map((column) => client.escapeIdentifier(column)).join(', ')
    const copy = client.query(from(`copy ${names[index]} (${listed}) from stdin`))
    await pipeline(createReadStream(join(folder, path)), createZstdDecompress(), copy)
  }
  for (const { schema, name, value } of manifest.sequences) {
    await client.query('select setval($1::regclass, $2)', [qualified(client, schema, name), value])
  }
  for (const { table } of forced.rows) await client.query(`alter table ${table} force row level security`)
  for (const { table, name, definition } of keys.rows)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`)
  await client.query('set local synchronous_commit = on')
  await client.query('commit')
  await client.query('analyze')
}

/**
 * Uses up transaction numbers until the server is beyond those that the rows name (the event stream is ordered by
 * them, and a number from the future would never count as finished). About 400,000 a second.
 */
async function reachTransaction(client: pg.Client, wanted: bigint): Promise<void> {
  await client.query(`do $$ begin
    while pg_snapshot_xmax(pg_current_snapshot()) <= '${wanted}'::xid8 loop
      perform pg_current_xact_id();
      commit;
    end loop;
  end $$`)
}
