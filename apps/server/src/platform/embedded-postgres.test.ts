import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from './database-roles.ts'
import { packageFolder } from './embedded/binaries.ts'
import { isAlive, postgresProcessesIn, until } from './embedded/processes.ts'
import { type Embedded, startEmbedded } from './embedded-postgres.ts'
import { silentLog } from './runtime-log.ts'

const parent = mkdtempSync(join(tmpdir(), 'embedded-'))
// Spaces, Chinese characters, a comma and quotes: what people call folders.
const dataDir = join(parent, `同心 试点, "a" 'b'`)
const open = () => startEmbedded({ dataDir, log: silentLog })
const insertIn = (url: string) =>
  withClient(url, (client) => client.query('insert into kept values (default) returning n'))
const countIn = (url: string) =>
  withClient(
    url,
    async (client) => (await client.query<{ n: number }>('select count(*)::int as n from kept')).rows[0]?.n,
  )

let embedded: Embedded
beforeAll(async () => {
  // The database's own user must be able to come here when the test runs as root.
  if (process.getuid?.() === 0) chmodSync(parent, 0o711)
  embedded = await open()
  await withClient(embedded.adminUrl, (client) =>
    client.query('create table kept (n int generated always as identity)'),
  )
})
afterAll(async () => {
  await embedded.stop()
  rmSync(parent, { recursive: true, force: true })
})

/** Another process with the database of this folder; it is killed by the test. */
async function elsewhere(): Promise<{ child: ChildProcess; pid: number; adminUrl: string }> {
  const program = join(import.meta.dirname, '../test/serve-database.ts')
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout! })
  const [line] = (await once(lines, 'line')) as [string]
  return { child, ...(JSON.parse(line) as { pid: number; adminUrl: string }) }
}

async function reached(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return void (await withClient(url, (client) => client.query('select 1')))
    } catch (error) {
      if (tries > 100) throw error
      await wait(50)
    }
  }
}

describe('the embedded database', () => {
  it('refuses a second start on the same data and names the process', async () => {
    await expect(open()).rejects.toMatchObject({
      code: 'runtime.data_in_use',
      detail: { folder: dataDir, pid: process.pid },
    })
    await expect(insertIn(embedded.adminUrl)).resolves.toMatchObject({ rowCount: 1 })
  })

  it('refuses a machine for which there are no server programs', () => {
    expect(() => packageFolder('plan9-mips')).toThrow(expect.objectContaining({ code: 'runtime.platform_unsupported' }))
  })

  it('refuses a cluster that PostgreSQL cannot read, with its own last words', async () => {
    const broken = join(parent, 'broken')
    const whole = await startEmbedded({ dataDir: broken, log: silentLog, fsync: false })
    await whole.stop()
    const control = readdirSync(broken, { recursive: true, encoding: 'utf8' }).find((file) =>
      file.endsWith('global/pg_control'),
    )
    writeFileSync(join(broken, control ?? ''), 'cut off')
    await expect(startEmbedded({ dataDir: broken, log: silentLog })).rejects.toMatchObject({
      code: 'runtime.database_failed',
      detail: { cause: expect.stringMatching(/pg_control|control file|invalid/) },
    })
  })

  it('refuses a data folder that is a file', async () => {
    const file = join(parent, 'file')
    writeFileSync(file, '')
    await expect(startEmbedded({ dataDir: file, log: silentLog })).rejects.toMatchObject({
      code: 'runtime.data_unusable',
    })
  })

  it('gives the application a role that owns nothing and may create nothing', async () => {
    await withClient(embedded.appUrl, async (client) => {
      const role = await client.query(
        `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user`,
      )
      expect(role.rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }])
      await expect(client.query('create table mine (n int)')).rejects.toMatchObject({ code: '42501' })
      await expect(client.query('create temp table mine (n int)')).rejects.toMatchObject({ code: '42501' })
      await expect(client.query('select * from kept')).rejects.toMatchObject({ code: '42501' })
    })
  })

  it('is UTF-8, sorts by bytes, writes to disk and keeps statements out of its log', async () => {
    await withClient(embedded.adminUrl, async (client) => {
      const names = ['server_encoding', 'fsync', 'log_min_error_statement']
      const shown = await client.query(`select ${names.map((name) => `current_setting('${name}') as ${name}`)},
        (select datlocprovider::text || datlocale from pg_database where datname = current_database()) as locale`)
      expect(shown.rows).toEqual([
        { server_encoding: 'UTF8', fsync: 'on', log_min_error_statement: 'panic', locale: 'bC.UTF-8' },
      ])
      await expect(client.query(`select '110101199003070134'::int`)).rejects.toThrow()
    })
    expect(readFileSync(join(dataDir, 'log/postgresql.log'), 'utf8')).not.toContain('STATEMENT')
  })

  it('is started again when it is killed, and lost nothing that was committed', async () => {
    const before = await countIn(embedded.adminUrl)
    await insertIn(embedded.adminUrl)
    const { pid } = embedded
    process.kill(pid, 'SIGKILL')
    await until(() => embedded.pid !== pid, 5000)
    await reached(embedded.adminUrl)
    expect(await countIn(embedded.adminUrl)).toBe((before ?? 0) + 1)
  })

  it('is started again when all its processes are killed at once', async () => {
    const { pid } = embedded
    const all = [pid, ...postgresProcessesIn(join(dataDir, 'postgres/cluster'))]
    for (const one of new Set(all)) if (isAlive(one)) process.kill(one, 'SIGKILL')
    await until(() => embedded.pid !== pid, 5000)
    await reached(embedded.adminUrl)
  })

  it('starts within 5 seconds after its server was killed, and ends the database left behind', async () => {
    const before = await countIn(embedded.adminUrl)
    await embedded.stop()
    const other = await elsewhere()
    await insertIn(other.adminUrl)
    other.child.kill('SIGKILL')
    await once(other.child, 'exit')
    expect(isAlive(other.pid)).toBe(true)
    const began = performance.now()
    embedded = await open()
    expect(performance.now() - began).toBeLessThan(5000)
    expect(isAlive(other.pid)).toBe(false)
    expect(await countIn(embedded.adminUrl)).toBe((before ?? 0) + 1)
  })

  it('starts after server and database were killed and a stranger has the number of the old database', async () => {
    await embedded.stop()
    const other = await elsewhere()
    other.child.kill('SIGKILL')
    process.kill(other.pid, 'SIGKILL')
    await until(() => !isAlive(other.pid), 2000)
    const pidFile = join(dataDir, 'postgres/cluster/postmaster.pid')
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(process.ppid)))
    embedded = await open()
    expect(isAlive(process.ppid)).toBe(true)
  })

  it('begins anew when the first start was killed while creating the cluster', async () => {
    const fresh = join(parent, 'fresh')
    mkdirSync(join(fresh, 'postgres', 'cluster.new-1', 'base'), { recursive: true })
    const started = await startEmbedded({ dataDir: fresh, log: silentLog, fsync: false })
    await started.stop()
    expect(postgresProcessesIn(join(fresh, 'postgres/cluster'))).toEqual([])
  })

  it('works in a folder with other content that is closed to everybody else', async () => {
    const closed = join(parent, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    writeFileSync(join(closed, 'notes.txt'), 'mine')
    for (const _start of ['first', 'second']) {
      const started = await startEmbedded({ dataDir: closed, log: silentLog, fsync: false })
      await reached(started.ownerUrl)
      await started.stop()
    }
    expect(statSync(closed).mode & 0o777).toBe(0o700)
  })
})
