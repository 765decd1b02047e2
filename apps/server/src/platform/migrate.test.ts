import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { withDatabaseName } from '../test/global-setup.ts'
import { withClient } from './database-roles.ts'
import { migrate, migrationsIn } from './migrate.ts'
import { silentLog } from './runtime-log.ts'

const urls = inject('database')
const name = `migrate_${process.pid}`
const ownerUrl = withDatabaseName(urls.ownerUrl, name)
const appUrl = withDatabaseName(urls.appUrl, name)
let folder: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  const { username } = new URL(urls.ownerUrl.replace('@/', '@localhost/'))
  await withClient(urls.adminUrl, (client) =>
    client.query(`create database ${name} owner ${client.escapeIdentifier(username)} template template0`),
  )
  await withClient(ownerUrl, (client) =>
    client.query('alter default privileges revoke execute on functions from public'),
  )
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await withClient(urls.adminUrl, (client) => client.query(`drop database ${name} with (force)`))
})

const write = (file: string, sql: string, tables = 'none') =>
  writeFileSync(join(folder, file), `-- module: sample\n-- tables: ${tables}\n${sql}`)
const run = () => migrate(ownerUrl, silentLog, folder)
const asOwner = (sql: string) => withClient(ownerUrl, async (client) => (await client.query(sql)).rows)
const asApp = (sql: string) => withClient(appUrl, async (client) => (await client.query(sql)).rows)

describe('migrations', () => {
  it.each([
    ['a name of another shape', 'first.sql', '-- module: x\n-- tables: none\n'],
    ['a missing module', '20260101_0000_sample_a.sql', '-- tables: none\n'],
    ['missing tables', '20260101_0000_sample_a.sql', '-- module: sample\n'],
    ['an unknown kind of table', '20260101_0000_sample_a.sql', '-- module: sample\n-- tables: sample_a global\n'],
    ['a string that is not closed', '20260101_0000_sample_a.sql', `-- module: sample\n-- tables: none\nselect 'a`],
  ])('are refused for %s', (_, file, text) => {
    writeFileSync(join(folder, file), text)
    expect(() => migrationsIn(folder)).toThrow('runtime.migration_malformed')
  })

  it('are refused when an applied file was changed', async () => {
    write('20260101_0000_sample_a.sql', 'create table sample_a (n int);', 'sample_a local')
    await run()
    write('20260101_0000_sample_a.sql', 'create table sample_a (n bigint);', 'sample_a local')
    await expect(run()).rejects.toMatchObject({
      code: 'runtime.migration_changed',
      detail: { file: '20260101_0000_sample_a.sql' },
    })
  })

  it('are refused when the database knows more than this release', async () => {
    write('20260101_0000_sample_a.sql', 'select 1;')
    await run()
    rmSync(join(folder, '20260101_0000_sample_a.sql'))
    await expect(run()).rejects.toMatchObject({ code: 'runtime.migration_newer' })
  })

  it('leave nothing of a file that fails, and name its statement', async () => {
    write('20260101_0000_sample_a.sql', 'create table sample_a (n int); create table sample_b (n int); select 1/0;')
    const detail = { file: '20260101_0000_sample_a.sql', statement: 3, cause: 'division by zero' }
    await expect(run()).rejects.toMatchObject({ code: 'runtime.migration_failed', detail })
    expect(
      await asOwner(`select to_regclass('sample_a') as a, (select count(*)::int from platform_migration) as n`),
    ).toEqual([{ a: null, n: 0 }])
    write('20260101_0000_sample_a.sql', 'create table sample_a (n int);')
    expect(await run()).toEqual(['20260101_0000_sample_a.sql'])
  })

  it('are applied once by two migrators at the same time', async () => {
    write('20260101_0000_sample_a.sql', 'create table sample_a (n int); select pg_sleep(0.3);')
    write('20260102_0000_sample_b.sql', 'create table sample_b (n int); select pg_sleep(0.3);')
    const [one, two] = await Promise.all([run(), run()])
    expect([...one, ...two].sort()).toEqual(['20260101_0000_sample_a.sql', '20260102_0000_sample_b.sql'])
    expect(await run()).toEqual([])
  })

  it('give the application only what they grant by name', async () => {
    write(
      '20260101_0000_sample_a.sql',
      `create table sample_a (n int); create table sample_b (n int); grant select on sample_a to tongxin_app;
       create function sample_f() returns int language sql as $$ select 1 $$;`,
    )
    await run()
    expect(await asApp('select * from sample_a')).toEqual([])
    for (const sql of [
      'insert into sample_a values (1)',
      'select * from sample_b',
      'select sample_f()',
      'create table sample_c (n int)',
    ]) {
      await expect(asApp(sql), sql).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('leave a job queue that the application can fill and empty', async () => {
    await run()
    await asApp(`select graphile_worker.add_job('sample', '{}')`)
    expect(await asApp('select task_identifier from graphile_worker.jobs')).toEqual([{ task_identifier: 'sample' }])
  })
})
