import { beforeAll, describe, expect, it } from 'vitest'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId } from '../../platform/events.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Fixture, NOW, type OrgKey, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type People, peopleOf } from '../../test/member-records.ts'
import { changeMember, placeMember } from './index.ts'

let f: Fixture
let people: People

beforeAll(async () => {
  f = await openFixture()
  people = await peopleOf(f)
})

/** Calls a door as a capability does: inside the transaction of somebody who acts for one organisation. */
const acting = <T>(org: OrgKey, work: (ctx: Ctx<Tx>) => Promise<T>): Promise<T> => {
  const { id: orgId, path: scope } = f.orgs[org]
  return inSystemTransaction(f.platform, { tenantId: f.tenantId, scope }, (db) =>
    work({
      ...f.platform,
      db,
      now: NOW,
      requestId: 'test',
      expectedVersion: null,
      onCommit: (later) => later(),
      actor: {
        personId: people.approver.personId,
        personName: '组织部',
        tenantId: f.tenantId,
        grantId: newId({ now: NOW }),
        role: 'branch_secretary',
        orgId,
        scope,
        reach: 'subtree',
        memberId: null,
        permissions: new Set(),
        secondFactorAt: null,
        secondFactorNeeded: false,
        sessionHash: Buffer.alloc(32),
      },
    }),
  )
}

const because = { source: 'transfer' as const, sourceId: '00000000-0000-7000-8000-000000000001', reason: null }

describe('placing a member in another branch', () => {
  it('refuses a member that does not exist', async () => {
    const nobody = '00000000-0000-7000-8000-000000000009'
    await expect(
      acting('nurses', (ctx) =>
        placeMember(ctx, { memberId: nobody, to: f.orgs.nurses, on: '2026-11-02', ...because }),
      ),
    ).rejects.toMatchObject({ code: 'members.not_found' })
  })

  it('hands over record, history and membership, though the receiving branch sees nothing of the old one', async () => {
    const memberId = await people.registered({ idNumber: idOf('11010119940404111'), name: '孙转接', phone: null })
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect((await nurses.send('GET', `/members/${memberId}`)).status).toBe(404)
    const { from } = await acting('nurses', (ctx) =>
      placeMember(ctx, { memberId, to: f.orgs.nurses, on: '2026-11-02', ...because }),
    )
    expect(from.id).toBe(f.orgs.teachers.id)
    expect(await nurses.send('GET', `/members/${memberId}`)).toMatchObject({
      status: 200,
      body: { card: { orgId: f.orgs.nurses.id }, fields: { branchEnteredOn: '2026-11-02' }, version: 2 },
    })
    expect((await people.secretary.send('GET', `/members/${memberId}`)).status).toBe(404)
    const versions = await f.admin
      .selectFrom('members_version')
      .select('org_path')
      .where('member_id', '=', memberId)
      .execute()
    expect(new Set(versions.map((row) => row.org_path))).toEqual(new Set([f.orgs.nurses.path]))
    const grant = await f.admin
      .selectFrom('access_grant')
      .select('org_id')
      .where('member_id', '=', memberId)
      .executeTakeFirstOrThrow()
    expect(grant.org_id).toBe(f.orgs.nurses.id)
  })

  it('moves the rollup of both branches', async () => {
    await f.deliver()
    const count = async (org: OrgKey) =>
      (
        await f.admin
          .selectFrom('org_count')
          .select('people')
          .where('unit_id', '=', f.orgs[org].id)
          .where('category', '=', 'formal')
          .executeTakeFirst()
      )?.people ?? 0
    const before = [await count('teachers'), await count('nurses')]
    const memberId = await people.registered({ idNumber: idOf('11010119940404222'), name: '李转接', phone: null })
    await acting('nurses', (ctx) => placeMember(ctx, { memberId, to: f.orgs.nurses, on: '2026-11-02', ...because }))
    await f.deliver()
    expect([await count('teachers'), await count('nurses')]).toEqual([before[0], (before[1] ?? 0) + 1])
  })

  it('narrows the row policies again to the scope of who acted', async () => {
    const memberId = await people.registered({ idNumber: idOf('11010119940404333'), name: '周转接', phone: null })
    const seen = await acting('nurses', async (ctx) => {
      await placeMember(ctx, { memberId, to: f.orgs.nurses, on: '2026-11-02', ...because })
      return ctx.db.selectFrom('members_member').select('org_path').where('tenant_id', '=', f.tenantId).execute()
    })
    expect(new Set(seen.map((row) => row.org_path))).toEqual(new Set([f.orgs.nurses.path]))
  })
})

describe('changing a member because of a decision', () => {
  it('refuses a record outside the scope, and writes version and source within it', async () => {
    const memberId = await people.registered({ idNumber: idOf('11010119940404444'), name: '吴停', phone: null })
    const change = { ...because, patch: { status: 'suspended' } }
    await expect(acting('nurses', (ctx) => changeMember(ctx, memberId, change))).rejects.toMatchObject({
      code: 'members.not_found',
    })
    expect(await acting('teachers', (ctx) => changeMember(ctx, memberId, change))).toBe(2)
    const versions = await f.admin
      .selectFrom('members_version')
      .select(['version', 'source', 'fields', 'after'])
      .where('member_id', '=', memberId)
      .orderBy('version', 'desc')
      .execute()
    expect(versions).toMatchObject([
      { version: 2, source: 'transfer', fields: ['status'], after: { status: 'suspended' } },
      { version: 1, source: 'change' },
    ])
  })
})
