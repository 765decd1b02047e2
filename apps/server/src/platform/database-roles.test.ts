import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { withDatabaseName } from '../test/global-setup.ts'
import { asApplication, demandVersion, openDatabase, withClient } from './database-roles.ts'
import { migrate } from './migrate.ts'
import { silentLog } from './runtime-log.ts'

const urls = inject('database')
const name = `roles_${process.pid}`
// The address of a server of somebody else, whose user may make neither roles nor databases.
const outsider = withDatabaseName(urls.adminUrl, name).replace(/:\/\/[^@]*@/, `://${name}:secret@`)
const open = () => openDatabase({ databaseUrl: outsider, dataDir: '/nowhere' }, silentLog)

beforeAll(() =>
  withClient(urls.adminUrl, async (admin) => {
    await admin.query(`create role ${name} login password 'secret'`)
    await admin.query(`create database ${name} owner ${name} template template0`)
  }),
)
afterAll(() =>
  withClient(urls.adminUrl, async (admin) => {
    await admin.query(`drop database ${name} with (force)`)
    await admin.query(`drop role ${name}`)
  }),
)

describe('a database server of somebody else', () => {
  it('is refused with the cause when it cannot be reached', async () => {
    const away = openDatabase(
      { databaseUrl: 'postgresql://me:hidden@127.0.0.1:1/none', dataDir: '/nowhere' },
      silentLog,
    )
    await expect(away).rejects.toMatchObject({ code: 'runtime.database_unreachable' })
    await expect(away).rejects.not.toMatchObject({ detail: { cause: expect.stringContaining('hidden') } })
  })

  it('is refused when it is older than PostgreSQL 15', () => {
    expect(() => demandVersion('14.19', 140_019)).toThrow(expect.objectContaining({ code: 'runtime.database_too_old' }))
    expect(() => demandVersion('15.0', 150_000)).not.toThrow()
  })

  it('is refused with the statement to run when its user may not take the role of the application', async () => {
    await expect(open()).rejects.toMatchObject({
      code: 'runtime.role_missing',
      detail: { statement: `grant tongxin_app to "${name}";` },
    })
  })

  it('serves the application under a role that owns nothing', async () => {
    await withClient(urls.adminUrl, (admin) => admin.query(`grant tongxin_app to "${name}"`))
    const database = await open()
    expect(database.appUrl).toBe(asApplication(outsider))
    await migrate(database.ownerUrl, silentLog)
    await withClient(database.appUrl, async (client) => {
      expect((await client.query('select current_user as user')).rows).toEqual([{ user: 'tongxin_app' }])
      await expect(client.query('create table mine (n int)')).rejects.toMatchObject({ code: '42501' })
      expect((await client.query('select * from platform_tenant')).rows).toEqual([])
    })
  })
})
