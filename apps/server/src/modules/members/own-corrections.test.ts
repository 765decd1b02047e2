import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let admin: Client
let member: Member

beforeAll(async () => {
  f = await openFixture()
  admin = await f.signIn('committee_admin', 'committee')
  member = await plantMember(f, 'teachers', '周同')
})

const set = async (org: keyof Fixture['orgs'], value: boolean) => {
  const body = { orgId: f.orgs[org].id, code: 'members.self_correction', value, reason: '由支部登记' }
  expect((await admin.send('POST', '/settings', { ...body, effectiveFrom: '2026-11-02' })).status).toBe(200)
}
const propose = () =>
  member.client.send('POST', '/me/corrections', { facts: { workplace: '实验室' }, reason: '换了单位' })
const mayPropose = async () =>
  (await member.client.send<{ can: { propose: boolean } }>('GET', '/me/record')).body.can.propose

describe('a correction of the own record', () => {
  it('is refused where an organisation above has switched it off, and the record says so', async () => {
    await set('committee', false)
    expect(await propose()).toMatchObject({ status: 403, body: { code: 'review.not_by_members' } })
    expect(await mayPropose()).toBe(false)
  })
  it('is taken again where the nearest organisation has switched it on', async () => {
    await set('teachers', true)
    expect(await mayPropose()).toBe(true)
    expect(await propose()).toMatchObject({ status: 200, body: { state: 'first_review' } })
  })
})
