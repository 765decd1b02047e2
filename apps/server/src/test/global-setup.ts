import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { environment } from '../platform/config.ts'
import { asApplication, openDatabase, withClient } from '../platform/database-roles.ts'
import { startEmbedded } from '../platform/embedded-postgres.ts'
import { migrate } from '../platform/migrate.ts'
import { silentLog } from '../platform/runtime-log.ts'

/** The server of this test run, as administrator and as application; database names are replaced per test file. */
export type TestDatabase = { readonly adminUrl: string; readonly ownerUrl: string; readonly appUrl: string }
declare module 'vitest' {
  export interface ProvidedContext {
    database: TestDatabase
  }
}

export const TEMPLATE = 'tongxin_test_template'

/** Nothing here outlives the run: no care for a crash, and nobody tidies up databases that live for seconds. */
const HASTE = {
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '4GB',
  checkpoint_timeout: '1h',
  autovacuum: 'off',
} as const

/**
 * One PostgreSQL for the whole run (embedded, or `TEST_DATABASE_URL` for another version), with one migrated
 * template; every test file clones it. `fsync` is off: what is lost with a crash is only a test.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-test-'))
  // As root the database runs as another user, who must reach its data below this folder.
  chmodSync(folder, 0o711)
  const { urls, stop } = await serverOf(environment().TEST_DATABASE_URL, folder)
  await withClient(urls.adminUrl, async (admin) => {
    await admin.query(`drop database if exists ${TEMPLATE} with (force)`)
    await admin.query(`create database ${TEMPLATE} template template0 encoding 'UTF8' locale 'C.UTF-8'`)
    const { rows } = await admin.query<{ isThere: boolean }>(
      `select exists (select from pg_roles where rolname = 'tongxin_owner') as "isThere"`,
    )
    if (rows[0]?.isThere) await admin.query(`alter database ${TEMPLATE} owner to tongxin_owner`)
  })
  const template = withDatabaseName(urls.ownerUrl, TEMPLATE)
  if (urls.adminUrl === urls.ownerUrl)
    await (await openDatabase({ databaseUrl: template, dataDir: folder }, silentLog)).stop()
  await migrate(template, silentLog)
  project.provide('database', urls)
  return async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function serverOf(
  external: string | undefined,
  folder: string,
): Promise<{ urls: TestDatabase; stop: () => Promise<void> }> {
  if (external)
    return { urls: { adminUrl: external, ownerUrl: external, appUrl: asApplication(external) }, stop: async () => {} }
  const { adminUrl, ownerUrl, appUrl, stop } = await startEmbedded({
    dataDir: join(folder, 'data'),
    log: silentLog,
    fsync: false,
    settings: { max_connections: '120', ...HASTE },
  })
  return { urls: { adminUrl, ownerUrl, appUrl }, stop }
}

/** The same server under another database name. */
export function withDatabaseName(url: string, name: string): string {
  const cut = url.indexOf('?')
  const head = (cut < 0 ? url : url.slice(0, cut)).replace(/\/[^/]*$/, `/${name}`)
  return cut < 0 ? head : head + url.slice(cut)
}
