import { beforeAll, describe, expect, it } from 'vitest'
import { createRoot } from '../modules/org/index.ts'
import { DEMONSTRATION_PATH } from '../platform/tenants.ts'
import { type Client, type Fixture, NOW, openFixture } from '../test/fixture.ts'

let f: Fixture
let system: Client
type State = { isThere: boolean; name: string | null; removal: object | null; hasFailed: boolean }
const read = async () => (await system.send<State>('GET', '/demonstration')).body
const DEMONSTRATION = '019a0000-0000-7000-8000-0000000000d0'

beforeAll(async () => {
  f = await openFixture()
  system = await f.signIn('system_admin', 'committee')
})

describe('POST /demonstration/removal', () => {
  it('refuses the signed out, everybody but the system administrator, and where there is none', async () => {
    expect((await f.stranger.send('POST', '/demonstration/removal', {})).status).toBe(401)
    const committee = await f.signIn('committee_admin', 'committee')
    expect((await committee.send('POST', '/demonstration/removal', {})).status).toBe(403)
    expect((await committee.send('GET', '/demonstration')).status).toBe(403)
    expect(await read()).toEqual({ isThere: false, name: null, removal: null, hasFailed: false })
    expect(await system.send('POST', '/demonstration/removal', {})).toMatchObject({
      status: 404,
      body: { code: 'demonstration.not_there' },
    })
  })
  it('takes every row of it away and nothing else, and tells the own organisation who did it', async () => {
    await f.platform.db.transaction().execute((tx) =>
      createRoot(tx, {
        tenantId: DEMONSTRATION,
        path: DEMONSTRATION_PATH,
        name: '演示委员会',
        kind: 'committee',
        now: NOW,
      }),
    )
    const own = await f.admin.selectFrom('org_unit').select('id').where('tenant_id', '=', f.tenantId).execute()
    expect(await read()).toMatchObject({ isThere: true, name: '演示委员会' })
    const both = await Promise.all([
      system.send('POST', '/demonstration/removal', {}),
      system.send('POST', '/demonstration/removal', {}),
    ])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    await expect.poll(read, { timeout: 20_000 }).toEqual({
      isThere: false,
      name: null,
      removal: null,
      hasFailed: false,
    })
    const left = (tenantId: string) =>
      f.admin.selectFrom('org_unit').select('id').where('tenant_id', '=', tenantId).execute()
    expect([await left(DEMONSTRATION), await left(f.tenantId)]).toEqual([[], own])
    const told = await f.admin
      .selectFrom('platform_event')
      .select(['type', 'actor_id'])
      .where('type', 'like', 'demonstration.%')
      .orderBy('id')
      .execute()
    expect(told).toEqual([
      { type: 'demonstration.removal_begun', actor_id: system.personId },
      { type: 'demonstration.removed', actor_id: system.personId },
    ])
  })
})
