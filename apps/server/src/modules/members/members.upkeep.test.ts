import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type Change, type People, peopleOf } from '../../test/member-records.ts'
import { emptyBin, rebuildCounts } from './index.ts'
import { remindOfBirthdays } from './members.birthdays.ts'
import { lookAgain } from './members.quality.jobs.ts'

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
    expect(await rebuildCounts(f.platform, NOW)).toBe(0)
    await f.admin.updateTable('org_count').set({ people: 99 }).execute()
    expect(await rebuildCounts(f.platform, NOW)).toBeGreaterThan(0)
    expect(await rebuildCounts(f.platform, NOW)).toBe(0)
    await f.admin.updateTable('org_total').set({ people: 7 }).where('org_path', '=', f.orgs.committee.path).execute()
    expect(await rebuildCounts(f.platform, NOW)).toBe(1)
    expect(await rebuildCounts(f.platform, NOW)).toBe(0)
  })
})

describe('assignments', () => {
  it('name three people with posts, who alone may review then', async () => {
    const put = (body: object) =>
      approver.send('PUT', '/member-assignments', {
        orgIds: [f.orgs.students.id],
        dataSets: ['record'],
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
    // What somebody else is named for waits for that person alone, in the list and on the workbench.
    const waits = async (by: Client) => {
      const { body } = await by.send<{ rows: { id: string }[] }>('GET', '/member-changes?waiting=first&limit=100')
      const desk = await by.send<{ rows: { key: string; count: number }[] }>('GET', '/workbench/waiting')
      const count = desk.body.rows.find(({ key }) => key === 'first')?.count ?? 0
      expect(count).toBe(body.rows.length)
      return body.rows.some(({ id }) => id === made.id)
    }
    expect([await waits(worker), await waits(other)]).toEqual([true, false])
  })
})

describe('the table of assignments', () => {
  type Row = { id: string; orgName: string; dataSet: string; waiting: object; incomplete: number; isLate: boolean }
  const list = async (query: string, by = approver) =>
    (await by.send<{ rows: Row[] }>('GET', `/member-assignments?${query}`)).body.rows

  it('is filled for many at once, refuses who and what is outside the scope, and tells who may be named', async () => {
    const three = { makerId: secretary.personId, firstId: worker.personId, secondId: approver.personId }
    const put = (by: typeof approver, orgIds: string[]) =>
      by.send('PUT', '/member-assignments', { orgIds, dataSets: ['record', 'entries'], dueOn: '2026-10-31', ...three })
    const both = [f.orgs.teachers.id, f.orgs.students.id]
    expect((await put(worker, both)).status).toBe(403)
    const medicine = await f.signIn('committee_admin', 'medicine')
    expect(await put(medicine, [f.orgs.nurses.id, f.orgs.teachers.id])).toMatchObject({
      status: 404,
      body: { code: 'members.org_not_found', fields: [{ field: '/body/orgIds/1' }] },
    })
    expect(await list('', medicine)).toEqual([])
    expect(await put(approver, both)).toMatchObject({ status: 200, body: { assigned: 4 } })
    const people = await approver.send<{ rows: { name: string; may: string[] }[] }>(
      'GET',
      `/member-assignments/people?orgId=${f.orgs.teachers.id}`,
    )
    expect(people.body.rows.filter(({ name }) => ['支部书记', '组织部'].includes(name))).toMatchObject([
      { name: '支部书记', may: ['enter', 'first'] },
      { name: '组织部', may: ['enter', 'first', 'second'] },
    ])
  })

  it('tells what waits for whom, and who is late', async () => {
    await f.deliver()
    await lookAgain(f.platform, NOW)
    const late = await list('late=true&sort=due')
    const names = [f.orgs.students.name, f.orgs.teachers.name]
    expect(late.map((row) => [row.orgName, row.dataSet]).sort()).toEqual(names.map((name) => [name, 'record']).sort())
    expect(late.find((row) => row.orgName === f.orgs.students.name)).toMatchObject({
      isLate: true,
      waiting: { entry: 0, first: 1, second: 0 },
    })
    expect(late.find((row) => row.orgName === f.orgs.teachers.name)?.incomplete).toBeGreaterThan(0)
    expect((await list(`orgId=${f.orgs.teachers.id}&dataSet=entries`)).map((row) => row.isLate)).toEqual([false])
  })

  it('loses an assignment that is ended', async () => {
    const [row] = await list(`orgId=${f.orgs.students.id}&dataSet=record`)
    const medicine = await f.signIn('committee_admin', 'medicine')
    for (const [by, status] of [
      [medicine, 404],
      [approver, 200],
    ] as const)
      expect((await by.send('DELETE', `/member-assignments/${row?.id}`)).status).toBe(status)
    expect(await approver.send('DELETE', `/member-assignments/${row?.id}`)).toMatchObject({
      body: { code: 'review.assignment_unknown' },
    })
  })
})

describe('a record out of reach', () => {
  it('is not found, and a person without one is told so', async () => {
    const id = await people.registered({ idNumber: idOf('11010119940404441'), name: '孙远', phone: null })
    const stranger = await f.signIn('branch_secretary', 'nurses')
    for (const path of [`/members/${id}`, `/members/${id}/card`, `/members/${id}/timeline`]) {
      expect(await stranger.send('GET', path)).toMatchObject({ status: 404, body: { code: 'members.not_found' } })
    }
    expect(await stranger.send('GET', '/me/record')).toMatchObject({ status: 404, body: { code: 'members.no_record' } })
    expect(
      await stranger.send('POST', '/me/corrections', { facts: { phone: '13600000000' }, reason: '更正' }),
    ).toMatchObject({
      body: { code: 'members.no_record' },
    })
  })
})

describe('a proposal that time has passed by', () => {
  it('is not approved when the record was changed meanwhile', async () => {
    const id = await people.registered({ idNumber: idOf('11010119940404442'), name: '孙近', phone: null })
    const { body: made } = await secretary.send<Change>('POST', '/member-changes', {
      kind: 'correction',
      memberId: id,
      facts: { workplace: '实验室' },
    })
    const payloadHash = await people.hashOf(worker, made.id)
    await worker.send('POST', `/member-changes/${made.id}/first-review`, { verdict: 'pass', payloadHash })
    await f.admin.updateTable('members_member').set({ version: 2 }).where('id', '=', id).execute()
    expect(await approver.send('GET', `/member-changes/${made.id}`)).toMatchObject({ body: { isStale: true } })
    expect(
      await approver.send('POST', `/member-changes/${made.id}/second-review`, { verdict: 'pass', payloadHash }),
    ).toMatchObject({
      status: 409,
      body: { code: 'review.record_moved_on' },
    })
    const entry = { kind: 'career', fromOn: '2020-01-01', untilOn: '2019-01-01', facts: { workplace: '甲' } }
    const reversed = await secretary.send('POST', '/member-changes', { kind: 'new_entry', memberId: id, entry })
    expect(reversed).toMatchObject({
      status: 422,
      body: { fields: [{ field: '/body/entry/untilOn', code: 'members.period_reversed' }] },
    })
  })
})

describe('an export of more than a file should hold', () => {
  it('is refused with the limit', async () => {
    await sql`insert into members_member (tenant_id, id, person_id, org_id, org_path, member_no, name, given_name, pinyin, initials, category, record_state, created_at, updated_at)
      select ${f.tenantId}::uuid, gen_random_uuid(), gen_random_uuid(), ${f.orgs.retired.id}::uuid, ${f.orgs.retired.path}, 'X' || n, '甲', '甲', 'jia', 'j', 'public', 'approved', now(), now()
      from generate_series(1, 20001) n`.execute(f.admin)
    const order = { filter: {}, columns: ['name'], format: 'csv', language: 'zh-CN', purpose: '年度统计' }
    expect(await approver.send('POST', '/members/export', order)).toMatchObject({
      status: 422,
      body: { code: 'members.export_too_large', detail: { limit: 20_000 } },
    })
  })
})

describe('the day on which somebody joined', () => {
  it('is told to the branch in the week before and to the person on the day, and each of them once', async () => {
    const joined = async (number: string, name: string, on: string) => {
      const id = await people.registered({ idNumber: idOf(number), name, phone: null })
      await f.admin.updateTable('members_member').set({ joined_on: on }).where('id', '=', id).execute()
      return id
    }
    await joined('11010119800101771', '常庆', '2006-11-20')
    await joined('11010119800101772', '闰年', '2004-02-29')
    await joined('11010119800101773', '刚入', '2026-11-20')
    const run = (at: string) =>
      remindOfBirthdays({ platform: f.platform, now: new Date(at), signal: AbortSignal.timeout(60_000) })
    // The machine is off from the 12th to the 15th, and started twice on the day.
    for (const at of ['2026-11-11', '2026-11-16', '2026-11-20', '2026-11-20', '2027-02-28'])
      await run(`${at}T01:00:00Z`)
    const told = await f.admin
      .selectFrom('platform_event')
      .select(['type', 'payload'])
      .where('type', 'in', ['members.birthdays_near', 'members.birthday'])
      .orderBy('at')
      .execute()
    const figures = told.map(({ type, payload }) => ({ type, ...(payload as { people?: number; years?: number }) }))
    expect(figures.map(({ type, people: many, years }) => [type, many ?? years])).toEqual([
      ['members.birthdays_near', 1],
      ['members.birthday', 20],
      ['members.birthday', 23],
    ])
    await f.deliver()
    const notices = await f.admin
      .selectFrom('notices_notice')
      .select('kind')
      .where('kind', 'in', ['party_birthday', 'party_birthdays_near'])
      .execute()
    expect(notices.map(({ kind }) => kind).toSorted()).toEqual([
      'party_birthday',
      'party_birthday',
      'party_birthdays_near',
    ])
  })
})
