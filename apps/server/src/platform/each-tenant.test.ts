import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { type Fixture, openFixture } from '../test/fixture.ts'
import { inEachTenant, TenantsFailed } from './each-tenant.ts'
import type { Platform } from './platform.ts'

let f: Fixture
const second = randomUUID()

beforeAll(async () => {
  f = await openFixture()
  await f.admin
    .insertInto('platform_tenant')
    .values({ id: second, path: 's00', name: '另一个党委', created_at: new Date('2026-11-02T02:00:00Z') })
    .execute()
})

/** The platform with its error log written down. */
function listening(): { platform: Platform; logged: object[] } {
  const logged: object[] = []
  const log = Object.create(f.platform.log, { error: { value: (fields: object) => logged.push(fields) } })
  return { platform: { ...f.platform, log }, logged }
}

it('gives the next tenant its turn when one fails, logs which, and says at the end how many', async () => {
  const { platform, logged } = listening()
  const seen: string[] = []
  const failing = inEachTenant({ platform }, async (_, { id }) => {
    seen.push(id)
    if (id === f.tenantId) throw new Error('this one is broken')
  })
  await expect(failing).rejects.toThrow(TenantsFailed)
  await expect(failing).rejects.toThrow('failed for 1 of 2 tenants')
  expect(seen).toEqual([f.tenantId, second])
  expect(logged).toMatchObject([{ tenantId: f.tenantId, err: { message: 'this one is broken' } }])
})

it('undoes what the failing tenant wrote and keeps what the other wrote', async () => {
  const { platform } = listening()
  const write = inEachTenant({ platform }, async (tx, { id }) => {
    await tx.updateTable('platform_tenant').set({ name: sql`name || '改'` }).where('id', '=', id).execute()
    if (id === second) throw new Error('too late')
  })
  await expect(write).rejects.toThrow(TenantsFailed)
  const rows = await f.admin.selectFrom('platform_tenant').select(['id', 'name']).orderBy('created_at').execute()
  expect(rows.map(({ name }) => name.endsWith('改'))).toEqual([true, false])
})

it('gives what each tenant gave, each under its own row-security variables, oldest first', async () => {
  const scopes = await inEachTenant(f, async (tx, { id }) => {
    const { rows } = await sql<{ tenant: string; scope: string }>`select current_setting('app.tenant') as tenant,
      current_setting('app.scope') as scope`.execute(tx)
    return { id, ...rows[0] }
  })
  expect(scopes).toEqual([
    { id: f.tenantId, tenant: f.tenantId, scope: 'r00' },
    { id: second, tenant: second, scope: 's00' },
  ])
})

it('visits no further tenant once the process is being stopped', async () => {
  const signal = { aborted: false }
  const visited = await inEachTenant({ platform: f.platform, signal }, async (_, { id }) => {
    signal.aborted = true
    return id
  })
  expect(visited).toEqual([f.tenantId])
})

it('stops at once, without a word about a tenant, when it is the database that is away', async () => {
  const { platform, logged } = listening()
  const seen: string[] = []
  const lost = inEachTenant({ platform }, async (_, { id }) => {
    seen.push(id)
    throw new Error('Connection terminated unexpectedly')
  })
  await expect(lost).rejects.toThrow('Connection terminated')
  expect([seen, logged]).toEqual([[f.tenantId], []])
})
