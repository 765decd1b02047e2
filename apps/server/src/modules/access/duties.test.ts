import { beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, NOW, type OrgKey, openFixture } from '../../test/fixture.ts'
import { dutiesOfPerson, holdersOfDuties } from './index.ts'

let f: Fixture
let committee: Client
const holders = (org: OrgKey, now = NOW) =>
  inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, async (tx) => {
    const duty = { orgPath: f.orgs[org].path, permission: 'meetings.convene' } as const
    const held = await holdersOfDuties(tx, f.tenantId, [duty], now)
    return (held.get(`${duty.orgPath} ${duty.permission}`) ?? []).map(({ personId }) => personId).sort()
  })

beforeAll(async () => {
  f = await openFixture()
})

describe('who answers for what at an organisation', () => {
  it('is nobody where no post holds the right, and never a member by his own grant', async () => {
    await f.signIn('member', 'teachers')
    await f.signIn('party_worker', 'teachers')
    expect(await holders('teachers')).toEqual([])
  })

  it('is the nearest post whose grant reaches down to it', async () => {
    committee = await f.signIn('committee_admin', 'committee')
    await f.signIn('committee_admin', 'faculty', { reach: 'node' })
    expect(await holders('teachers')).toEqual([committee.personId])
    const secretary = await f.signIn('branch_secretary', 'teachers', { reach: 'node' })
    const officer = await f.signIn('branch_officer', 'teachers')
    expect(await holders('teachers')).toEqual([secretary.personId, officer.personId].sort())
    expect(await holders('students')).toEqual([committee.personId])
  })

  it('ends with the post', async () => {
    await f.admin
      .updateTable('access_grant')
      .set({ until_on: new Date(NOW.getTime() + 1000) })
      .where('person_id', '=', committee.personId)
      .execute()
    expect(await holders('students')).toEqual([committee.personId])
    expect(await holders('students', new Date(NOW.getTime() + 2000))).toEqual([])
  })

  it('is told to a person as the places of his posts with the rights there', async () => {
    const { personId } = await f.signIn('group_leader', 'nurses')
    const duties = await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, (tx) =>
      dutiesOfPerson(tx, f.tenantId, personId, NOW),
    )
    expect(duties).toMatchObject([{ orgPath: f.orgs.nurses.path }])
    expect(duties[0]?.permissions).toContain('meetings.convene')
  })
})
