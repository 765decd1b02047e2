import { beforeAll, describe, expect, it } from 'vitest'
import { mounted } from '../platform/http.ts'
import { watchAudit } from './audit-watch.ts'
import { type Client, type Fixture, openFixture } from './fixture.ts'
import { SILENT_ROUTES } from './silent-routes.ts'

let f: Fixture
let admin: Client
let silent: () => string[]

beforeAll(async () => {
  f = await openFixture()
  admin = await f.signIn('committee_admin', 'committee')
  silent = watchAudit(f.app.http)
})

const founding = (name: string) => ({ parentId: f.orgs.faculty.id, kind: 'branch', name, effectiveOn: '2026-10-01' })

describe('the watch over the audit', () => {
  it('finds a write that leaves no event', async () => {
    // The same key again: answered from what was kept, so nothing happens and nothing is told.
    const key = { 'idempotency-key': 'watch-1' }
    await f.platform.db.deleteFrom('platform_idempotency').where('key', '=', 'watch-1').execute()
    await admin.send('POST', '/orgs', founding('机械学院观察党支部'), key)
    expect(silent()).toEqual([])
    const fresh = watchAudit(f.app.http)
    expect(
      (await admin.send('POST', '/orgs', founding('机械学院观察党支部'), key)).headers['idempotency-replayed'],
    ).toBe('true')
    expect(fresh()).toEqual(['POST /orgs'])
  })
  it('does not ask for an event of a write that was refused', async () => {
    const fresh = watchAudit(f.app.http)
    expect((await admin.send('POST', '/orgs', founding('x'))).status).toBe(400)
    expect(fresh()).toEqual([])
  })
  it('excuses only routes that exist, each with a reason', () => {
    const routes = new Set(mounted.map(({ method, path }) => `${method} ${path}`))
    expect(Object.keys(SILENT_ROUTES).filter((route) => !routes.has(route))).toEqual([])
    expect(Object.values(SILENT_ROUTES).filter((reason) => reason.length < 10)).toEqual([])
  })
})
