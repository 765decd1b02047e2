import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, type OrgKey, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type People, peopleOf } from '../../test/member-records.ts'
import { keepMonths } from './index.ts'

type Month = {
  whole: { opening: number; increase: number; decrease: number; closing: number; unbalanced: number; open: number }
  rows: {
    unitId: string
    opening: number
    causes: Record<string, number>
    closing: number
    recorded: number | null
    balanced: boolean | null
    state: string
  }[]
}

let f: Fixture
let people: People
let secretary: Client
let next = 300

beforeAll(async () => {
  f = await openFixture()
  people = await peopleOf(f)
  secretary = people.secretary
})

const member = (name: string, more: object = {}) => {
  next += 1
  return people.registered({ idNumber: idOf(`11010119750505${next}`), name, phone: null, ...more })
}
const keep = (now: Date) => keepMonths({ platform: f.platform, now, signal: new AbortController().signal })
const monthOf = async (month: string, client: Client, org?: OrgKey) =>
  (await client.send<Month>('GET', `/membership-months?month=${month}${org ? `&orgId=${f.orgs[org].id}` : ''}`)).body
const teachers = async (month: string, client = secretary) =>
  (await monthOf(month, client)).rows.find(({ unitId }) => unitId === f.orgs.teachers.id)
const act = (client: Client, what: string, month: string, more: object = {}) =>
  client.send<{ state: string }>('POST', `/membership-months/${what}`, { unitId: f.orgs.teachers.id, month, ...more })

describe('increases and decreases of a month', () => {
  it('say why each figure changed, balance with the records, and lead to the people', async () => {
    const first = await member('赵一')
    await member('钱二')
    await member('孙申请', { category: 'applicant', joinedOn: null, convertedOn: null })
    const { body } = await secretary.send<{ id: string }>('POST', '/membership-decisions', {
      memberId: first,
      kind: 'death',
      reason: '家属告知',
      facts: { happenedOn: '2026-11-01' },
    })
    await people.approver.send('POST', `/membership-decisions/${body.id}/approve`, {
      documentNumber: '江大党〔2026〕1号',
      effectiveOn: '2026-11-01',
    })
    await f.deliver()
    await keep(NOW)
    expect(await teachers('2026-11')).toMatchObject({
      opening: 0,
      causes: { registered: 2, deceased: 1 },
      closing: 1,
      recorded: 1,
      balanced: true,
      state: 'open',
    })
    expect((await monthOf('2026-11', people.approver)).whole).toMatchObject({
      increase: 2,
      decrease: 1,
      closing: 1,
      unbalanced: 0,
    })
    const rows = await secretary.send('GET', '/membership-movements?month=2026-11&cause=deceased')
    expect(rows.body).toMatchObject({ rows: [{ name: '赵一', people: 1, cause: 'deceased', on: '2026-11-02' }] })
  })

  it('are shown within the scope only', async () => {
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect(await monthOf('2026-11', nurses)).toMatchObject({ rows: [], whole: { closing: 0 } })
    expect(
      (await nurses.send('GET', `/membership-months?month=2026-11&orgId=${f.orgs.teachers.id}`)).body,
    ).toMatchObject({ code: 'membership.no_such_org' })
    expect(
      (await (await f.signIn('system_admin', 'committee')).send('GET', '/membership-months?month=2026-11')).status,
    ).toBe(403)
    const file = await secretary.send<string>('POST', '/membership-movements/export', {
      filter: { month: '2026-11' },
      format: 'csv',
    })
    expect(file.body).toContain('赵一')
  })

  it('open the next month with the closing of this one, also when nothing ran for two months', async () => {
    const later = new Date('2027-01-05T02:00:00Z')
    f.setNow(later)
    await keep(later)
    const reader = await f.signIn('branch_secretary', 'teachers')
    expect(await teachers('2026-12', reader)).toMatchObject({ opening: 1, causes: {}, closing: 1 })
    expect(await teachers('2027-01', reader)).toMatchObject({ opening: 1, closing: 1, balanced: true })
    f.setNow(NOW)
  })

  it('carry a fact that is told late into the months opened since', async () => {
    await member('李迟')
    await f.deliver()
    f.setNow(new Date('2027-01-06T02:00:00Z'))
    const reader = await f.signIn('branch_secretary', 'teachers')
    expect(await teachers('2026-11', reader)).toMatchObject({ closing: 2 })
    expect(await teachers('2027-01', reader)).toMatchObject({ opening: 2, closing: 2 })
    f.setNow(NOW)
  })

  it('count an import in and its reversal out, with the batch behind the figure', async () => {
    const { tenantId } = f
    const { id, path } = f.orgs.retired
    const deltas = (delta: number) => [
      { unitId: id, orgPath: path, category: 'formal', delta },
      { unitId: id, orgPath: path, category: 'activist', delta },
    ]
    for (const delta of [7, -7]) {
      await f.admin
        .insertInto('platform_event')
        .values({
          tenant_id: tenantId,
          id: crypto.randomUUID(),
          at: NOW,
          type: 'members.batch_counted',
          org_path: path,
          subject_kind: 'batch',
          payload: JSON.stringify({ batchId: crypto.randomUUID(), deltas: deltas(delta) }),
        })
        .execute()
      await f.deliver()
      const { rows } = await monthOf('2026-11', people.approver, 'retired')
      expect(rows[0]).toMatchObject({ closing: delta > 0 ? 7 : 0 })
    }
  })
})

describe('a merged organisation', () => {
  it('hands its people over in the figures too, so that both balance with the records', async () => {
    const admin = await f.signIn('committee_admin', 'committee')
    const [from, into] = await Promise.all(
      ['机械学院第三党支部', '机械学院第四党支部'].map(async (name) => {
        const body = { parentId: f.orgs.faculty.id, kind: 'branch', name, effectiveOn: '2026-10-01' }
        return (await admin.send<{ id: string }>('POST', '/orgs', body)).body.id
      }),
    )
    const facts = people.facts({ idNumber: idOf('11010119750606123'), name: '周并入', phone: null })
    const made = await admin.send<{ id: string }>('POST', '/member-changes', {
      kind: 'new_record',
      orgId: from,
      facts,
    })
    await people.approved(made.body.id)
    const plan = await admin.send<{ hash: string }>('POST', `/orgs/${from}/merge/plan`, { intoId: into })
    const merged = await admin.send('POST', `/orgs/${from}/merge`, {
      intoId: into,
      effectiveOn: '2026-11-01',
      documentNumber: '江大党发〔2026〕31号',
      planHash: plan.body.hash,
    })
    expect(merged, JSON.stringify(merged.body)).toMatchObject({ status: 200 })
    await f.deliver()
    await keep(NOW)
    const { rows } = await monthOf('2026-11', admin, 'faculty')
    expect(rows.find(({ unitId }) => unitId === from)).toMatchObject({ closing: 0, recorded: 0, balanced: true })
    expect(rows.find(({ unitId }) => unitId === into)).toMatchObject({
      causes: { transferred_in: 1 },
      closing: 1,
      recorded: 1,
      balanced: true,
    })
  })
})

describe('closing a month', () => {
  it('is refused while it runs, by the same person, out of order, and when it does not balance', async () => {
    expect((await act(secretary, 'confirm', '2026-11')).body).toMatchObject({ code: 'membership.month_running' })
    f.setNow(new Date('2027-01-06T02:00:00Z'))
    const confirmer = await f.signIn('branch_secretary', 'teachers')
    const closer = await f.signIn('committee_admin', 'committee')
    expect((await act(closer, 'close', '2026-11')).body).toMatchObject({ code: 'membership.month_not_confirmed' })
    expect((await act(confirmer, 'confirm', '2020-01')).status).toBe(409)
    expect((await act(confirmer, 'confirm', '2026-12')).body).toMatchObject({ code: 'membership.month_before_open' })
    // Somebody wrote past the application: the records no longer say what the movements say.
    const stray = await f.admin
      .updateTable('members_member')
      .set({ status: 'struck_off' })
      .where('name', '=', '钱二')
      .returning('id')
      .executeTakeFirstOrThrow()
    expect((await act(confirmer, 'confirm', '2026-11')).body).toMatchObject({
      code: 'membership.month_unbalanced',
      detail: { recorded: 1, closing: 2 },
    })
    await f.admin.updateTable('members_member').set({ status: 'normal' }).where('id', '=', stray.id).execute()
    expect((await act(confirmer, 'confirm', '2026-11')).body).toMatchObject({ state: 'confirmed' })
    expect((await act(confirmer, 'confirm', '2026-11')).body).toMatchObject({ code: 'membership.month_not_open' })
    expect((await act(confirmer, 'close', '2026-11')).status).toBe(403)
    const both = await f.signIn('committee_admin', 'committee')
    expect((await act(both, 'confirm', '2026-12')).body).toMatchObject({ state: 'confirmed' })
    expect((await act(both, 'close', '2026-12')).body).toMatchObject({ code: 'membership.not_by_the_same' })
    expect((await act(closer, 'close', '2026-11')).body).toMatchObject({ state: 'closed' })
    expect((await act(closer, 'reopen', '2026-11', { reason: '补录一名党员' })).body).toMatchObject({ state: 'open' })
    expect((await act(closer, 'reopen', '2026-11', { reason: '再来一次' })).status).toBe(409)
    expect(await teachers('2026-11', confirmer)).toMatchObject({ state: 'open', reopenedReason: '补录一名党员' })
  })
})
