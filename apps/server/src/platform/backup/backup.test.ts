import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from '../database-roles.ts'
import { startEmbedded } from '../embedded-postgres.ts'
import { migrate } from '../migrate.ts'
import { silentLog } from '../runtime-log.ts'
import type { Manifest } from './manifest.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

const parent = mkdtempSync(join(tmpdir(), 'backup-'))
const backup = join(parent, '备份 1')
const tenant = '019a0000-0000-7000-8000-000000000001'
let manifest: Manifest

/** Everything a person would compare by hand: rows of two tables with row policies, in order. */
const contentOf = (url: string) =>
  withClient(url, async (client) => ({
    tenants: (await client.query('select id, path, name from platform_tenant order by id')).rows,
    events: (await client.query('select id, xid::text, type, payload from platform_event order by id')).rows,
    isAhead: (
      await client.query('select bool_and(xid < pg_snapshot_xmin(pg_current_snapshot())) as yes from platform_event')
    ).rows,
    jobs: (await client.query('select task_identifier from graphile_worker.jobs')).rows,
    forced: (await client.query(`select count(*)::int as n from pg_class where relforcerowsecurity`)).rows,
    keys: (await client.query(`select count(*)::int as n from pg_constraint where contype = 'f'`)).rows,
  }))
let before: Awaited<ReturnType<typeof contentOf>>

beforeAll(async () => {
  chmodSync(parent, 0o711)
  const dataDir = join(parent, 'source')
  const source = await startEmbedded({ dataDir, log: silentLog, fsync: false })
  await migrate(source.ownerUrl, silentLog)
  mkdirSync(join(dataDir, 'files/ab'), { recursive: true })
  writeFileSync(join(dataDir, 'files/ab/附件.bin'), Buffer.from([0, 1, 2, 255]))
  mkdirSync(join(dataDir, 'keys'))
  writeFileSync(join(dataDir, 'keys/master.key'), 'key', { mode: 0o600 })
  await withClient(source.adminUrl, async (client) => {
    // A busy year: transaction numbers far beyond those of a fresh server.
    await client.query('do $$ begin for i in 1..5000 loop perform pg_current_xact_id(); commit; end loop; end $$')
    await client.query(`insert into platform_tenant values ($1, 'r00', E'江湾\t大学\\n"委员会"', now())`, [tenant])
    await client.query(
      `insert into platform_event (tenant_id, id, at, type, org_path, subject_kind, payload)
       select $1, gen_random_uuid(), now(), 'org.created', 'r00', 'org', jsonb_build_object('n', n) from generate_series(1, 500) n`,
      [tenant],
    )
    await client.query(`select graphile_worker.add_job('remind', '{}')`)
  })
  before = await contentOf(source.adminUrl)
  const from = {
    dataDir,
    ownerUrl: source.ownerUrl,
    adminUrl: source.adminUrl,
    release: '0.1.0',
    now: new Date('2026-11-02T01:00:00Z'),
  }
  await expect(writeBackup(from, dataDir, () => undefined)).rejects.toMatchObject({ code: 'runtime.folder_not_empty' })
  manifest = await writeBackup(from, backup, () => undefined)
  // The same without a superuser, as on a server of somebody else: forced row policies must not hide rows.
  const asOwner = await writeBackup({ ...from, adminUrl: undefined }, join(parent, 'as-owner'), () => undefined)
  expect(asOwner.tables.map(({ name, rows }) => [name, rows])).toEqual(
    manifest.tables.map(({ name, rows }) => [name, rows]),
  )
  await source.stop()
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

const restoreInto = (dataDir: string) => restoreBackup(backup, { dataDir, databaseUrl: undefined }, silentLog)
const leftovers = () => readdirSync(parent).filter((name) => name.includes('.restore-'))

describe('a backup', () => {
  it('is refused after one flipped byte, in whichever file, and leaves nothing behind', async () => {
    const paths = [
      'manifest.json',
      'manifest.sha256',
      'data/keys/master.key',
      'data/files/ab/附件.bin',
      'tables/public.platform_event.zst',
    ]
    for (const path of paths) {
      const file = join(backup, path)
      const original = readFileSync(file)
      const flipped = Buffer.from(original)
      const at = Math.floor(flipped.length / 2)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      writeFileSync(file, flipped)
      await expect(restoreInto(join(parent, 'never')), path).rejects.toMatchObject({ code: 'runtime.backup_damaged' })
      writeFileSync(file, original)
    }
    expect(leftovers()).toEqual([])
  })

  it('is refused when a file is missing, and when there is none at all', async () => {
    const file = join(backup, 'data/keys/master.key')
    const original = readFileSync(file)
    rmSync(file)
    await expect(restoreInto(join(parent, 'never'))).rejects.toMatchObject({
      code: 'runtime.backup_damaged',
      detail: { file: 'data/keys/master.key' },
    })
    writeFileSync(file, original, { mode: 0o600 })
    await expect(
      restoreBackup(parent, { dataDir: join(parent, 'never'), databaseUrl: undefined }, silentLog),
    ).rejects.toMatchObject({
      code: 'runtime.backup_missing',
    })
  })

  it('is never restored into a database that has tables', async () => {
    const target = join(parent, 'occupied')
    const occupied = await startEmbedded({ dataDir: join(parent, 'server of somebody'), log: silentLog, fsync: false })
    try {
      await withClient(occupied.ownerUrl, (client) => client.query('create table mine (n int)'))
      const restoring = restoreBackup(backup, { dataDir: target, databaseUrl: occupied.adminUrl }, silentLog)
      await expect(restoring).rejects.toMatchObject({ code: 'runtime.database_not_empty' })
    } finally {
      await occupied.stop()
    }
  })

  it('is never restored over data', async () => {
    await expect(restoreInto(join(parent, 'source'))).rejects.toMatchObject({ code: 'runtime.folder_not_empty' })
  })

  it('is refused by a release that does not know its migrations', async () => {
    const strange = join(parent, 'strange')
    mkdirSync(strange)
    const { writeManifest } = await import('./manifest.ts')
    await writeManifest(strange, {
      ...manifest,
      files: [],
      tables: [],
      migrations: [{ name: '20990101_0000_later_a.sql', checksum: 'x' }],
    })
    await expect(
      restoreBackup(strange, { dataDir: join(parent, 'never'), databaseUrl: undefined }, silentLog),
    ).rejects.toMatchObject({
      code: 'runtime.backup_newer',
      detail: { file: '20990101_0000_later_a.sql' },
    })
  })

  it('holds no database password and no machine-bound state', () => {
    const names = manifest.files.map(({ path }) => path)
    expect(names.filter((path) => path.startsWith('data/'))).toEqual(['data/files/ab/附件.bin', 'data/keys/master.key'])
  })

  it('brings back every row, file and key, behind the transactions that the rows name', async () => {
    const dataDir = join(parent, 'restored')
    mkdirSync(dataDir)
    await restoreInto(dataDir)
    expect(readFileSync(join(dataDir, 'files/ab/附件.bin'))).toEqual(Buffer.from([0, 1, 2, 255]))
    expect(statSync(join(dataDir, 'keys/master.key')).mode & 0o777).toBe(0o600)
    const restored = await startEmbedded({ dataDir, log: silentLog, fsync: false })
    try {
      expect(await contentOf(restored.adminUrl)).toEqual({ ...before, isAhead: [{ yes: true }] })
    } finally {
      await restored.stop()
    }
    expect(leftovers()).toEqual([])
  })
})
