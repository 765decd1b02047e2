import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { emptyBin, rebuildCounts } from './index.ts'
import { type Change, idOf, type People, peopleOf } from './members.fixture.ts'

let f: Fixture
let secretary: Client
let worker: Client
let approver: Client
let people: People

beforeAll(async () => {
  f = await openFixture()
  people = await peopleOf(f)
  ;({ secretary, worker, approver } = people)
})

describe('deletion', () => {
  it('needs version and reason, is undone within thirty days, and empties the record after them', async () => {
    const id = await people.registered({ idNumber: idOf('11010119930303333'), name: '钱途', phone: null })
    expect((await approver.send('POST', `/members/${id}/delete`, { reason: '重复登记' })).status).toBe(412)
    expect(
      await secretary.send('POST', `/members/${id}/delete`, { reason: '重复登记' }, { 'if-match': '1' }),
    ).toMatchObject({ status: 403 })
    expect(
      await approver.send('POST', `/members/${id}/delete`, { reason: '重复登记' }, { 'if-match': '7' }),
    ).toMatchObject({ body: { code: 'request.version_stale' } })
    expect(
      (await approver.send('POST', `/members/${id}/delete`, { reason: '重复登记' }, { 'if-match': '1' })).status,
    ).toBe(200)
    expect(
      await approver.send('POST', `/members/${id}/delete`, { reason: '重复登记' }, { 'if-match': '2' }),
    ).toMatchObject({ status: 409, body: { code: 'members.deleted' } })
    expect((await secretary.send('GET', `/members/${id}`)).status).toBe(404)
    expect(
      (await approver.send<{ rows: { name: string; reason: string }[] }>('GET', '/deleted-members')).body.rows,
    ).toMatchObject([{ name: '钱途', reason: '重复登记', deletedBy: '组织部' }])
    expect((await approver.send('POST', `/members/${id}/restore`, { reason: '不是重复' })).status).toBe(200)
    expect(await approver.send('POST', `/members/${id}/restore`, { reason: '不是重复' })).toMatchObject({
      status: 409,
      body: { code: 'members.not_deleted' },
    })

    await approver.send('POST', `/members/${id}/delete`, { reason: '确认重复' }, { 'if-match': '3' })
    const later = new Date(NOW.getTime() + 31 * 24 * 3600_000)
    expect(await emptyBin(f.platform, later)).toBe(1)
    const stored = await f.admin
      .selectFrom('members_member')
      .select(['id_number', 'record_state'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(stored).toEqual({ id_number: null, record_state: 'closed' })
    expect(await approver.send('POST', `/members/${id}/restore`, { reason: '想要回来' })).toMatchObject({
      status: 409,
      body: { code: 'members.bin_expired' },
    })
    await people.registered({ idNumber: idOf('11010119930303333'), name: '钱途', phone: null })
  })
})

describe('the rollup of people', () => {
  it('says what the records say, and is corrected when somebody wrote past the application', async () => {
    await f.deliver()
    expect(await rebuildCounts(f.platform)).toBe(0)
    await f.admin.updateTable('org_count').set({ people: 99 }).execute()
    expect(await rebuildCounts(f.platform)).toBeGreaterThan(0)
    expect(await rebuildCounts(f.platform)).toBe(0)
  })
})

describe('assignments', () => {
  it('name three people with posts, who alone may review then', async () => {
    const put = (body: object) =>
      approver.send('PUT', '/member-assignments', {
        orgId: f.orgs.students.id,
        dataSet: 'record',
        dueOn: null,
        ...body,
      })
    const [maker, first, second] = [secretary.personId, worker.personId, approver.personId]
    expect(await put({ makerId: maker, firstId: maker, secondId: second })).toMatchObject({
      status: 422,
      body: { code: 'review.three_people' },
    })
    expect(
      await put({ makerId: maker, firstId: '01890000-0000-7000-8000-000000000000', secondId: second }),
    ).toMatchObject({ status: 422, body: { code: 'review.person_unknown' } })
    expect(await put({ makerId: maker, firstId: first, secondId: second })).toMatchObject({ status: 200 })
    expect((await approver.send<{ rows: object[] }>('GET', '/member-assignments')).body.rows).toMatchObject([
      { maker: '支部书记', first: '总支干事', second: '组织部' },
    ])
    const { body: made } = await approver.send<Change>('POST', '/member-changes', {
      kind: 'new_record',
      orgId: f.orgs.students.id,
      facts: people.facts({ idNumber: idOf('11010119950505555') }),
    })
    const other = await f.signIn('party_worker', 'faculty')
    const payloadHash = await people.hashOf(other, made.id)
    expect(
      await other.send('POST', `/member-changes/${made.id}/first-review`, { verdict: 'pass', payloadHash }),
    ).toMatchObject({ status: 403, body: { code: 'review.not_assigned' } })
  })
})
