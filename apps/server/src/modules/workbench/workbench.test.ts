import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'

let f: Fixture
let admin: Client
const ask = async (client: Client) =>
  (
    await client.send<{ rows: { module: string; key: string; count: number }[] }>('GET', '/workbench/waiting')
  ).body.rows.map((row) => `${row.module}.${row.key} ${row.count}`)

beforeAll(async () => {
  f = await openFixture()
  admin = await f.signIn('committee_admin', 'committee')
})

/** A proposal of someone else in a state, past the policies. */
async function proposed(org: 'teachers' | 'nurses', state: string, by: string): Promise<void> {
  const unit = f.orgs[org]
  await f.admin
    .insertInto('members_change')
    .values({
      tenant_id: f.tenantId,
      id: uuidv7(),
      org_id: unit.id,
      org_path: unit.path,
      kind: 'new_record',
      name: '某人',
      fields: ['name'],
      payload: Buffer.from('x'),
      payload_hash: Buffer.from('x'),
      base_version: 0,
      state,
      made_by: by,
      made_at: NOW,
      updated_at: NOW,
    })
    .execute()
}

describe('GET /workbench/waiting', () => {
  it('refuses the signed out', async () => {
    expect((await f.stranger.send('GET', '/workbench/waiting')).status).toBe(401)
  })
  it('is empty when nothing waits', async () => {
    expect(await ask(admin)).toEqual([])
  })
  it('counts what is in the scope and not of the post itself', async () => {
    const secretary = await f.signIn('branch_secretary', 'teachers')
    await proposed('teachers', 'first_review', admin.personId)
    await proposed('teachers', 'first_review', secretary.personId)
    await proposed('nurses', 'second_review', secretary.personId)
    await proposed('teachers', 'returned', secretary.personId)
    expect(await ask(secretary)).toEqual(['members.first 1', 'members.returned 1'])
    expect(await ask(admin)).toEqual(['members.first 1', 'members.second 1'])
    expect(await ask(await f.signIn('member', 'teachers'))).toEqual([])
  })
})
