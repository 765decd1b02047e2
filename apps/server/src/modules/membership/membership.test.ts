import { addMonths } from '@tongxin/domain'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type People, peopleOf } from '../../test/member-records.ts'

type Made = { id: string; version: number }
type Absence = {
  proposals: { kind: string; rule: { ok: boolean; ruleId: string; from: string | null } }[]
  untried: string[]
  contactDueOn: string | null
  lamp: string | null
  can: Record<string, boolean>
  state: string
  end: string | null
}

let f: Fixture
let people: People
let secretary: Client
let committee: Client
let _committee: Client
let nurses: Client
let next = 100

beforeAll(async () => {
  f = await openFixture()
  people = await peopleOf(f)
  secretary = people.secretary
  committee = people.approver
  _committee = people.approver
  nurses = await f.signIn('branch_secretary', 'nurses', { name: '护理书记' })
})

const member = (name: string) => {
  next += 1
  return people.registered({ idNumber: idOf(`11010119850505${next}`), name, phone: null })
}
const absent = async (memberId: string, body: object): Promise<string> => {
  const made = await secretary.send<Made>('POST', '/absences', { memberId, facts: {}, ...body })
  expect(made.status).toBe(200)
  return made.body.id
}
const seen = async (id: string, client = secretary) => (await client.send<Absence>('GET', `/absences/${id}`)).body
const tried = (id: string, way: string, on: string, reached = false) =>
  secretary.send('POST', `/absences/${id}/contacts`, { on, way, reached })

describe('writing down who is away', () => {
  it('refuses without permission, outside the scope, in the future, twice, and for people who are no members', async () => {
    const memberId = await member('赵流动')
    const body = { memberId, kind: 'floating', startedOn: '2026-09-01', facts: {} }
    expect((await (await f.signIn('group_leader', 'teachers')).send('POST', '/absences', body)).status).toBe(403)
    expect((await nurses.send('POST', '/absences', body)).body).toMatchObject({ code: 'membership.no_such_member' })
    expect((await secretary.send('POST', '/absences', { ...body, startedOn: '2026-12-01' })).body).toMatchObject({
      code: 'membership.in_future',
      fields: [{ field: '/body/startedOn' }],
    })
    expect(
      (await secretary.send('POST', '/absences', { ...body, kind: 'lost', toOrgId: f.orgs.nurses.id })).body,
    ).toMatchObject({ code: 'membership.host_only_floating' })
    expect((await secretary.send('POST', '/absences', { ...body, toOrgId: f.orgs.teachers.id })).body).toMatchObject({
      code: 'membership.host_is_home',
    })
    expect((await secretary.send('POST', '/absences', { ...body, toOrgId: memberId })).body).toMatchObject({
      code: 'membership.no_such_org',
    })
    await absent(memberId, body)
    expect((await secretary.send('POST', '/absences', body)).body).toMatchObject({ code: 'membership.already_absent' })
    const applicant = await people.registered({
      idNumber: idOf('11010119990909123'),
      name: '钱申请',
      phone: null,
      category: 'applicant',
      joinedOn: null,
      convertedOn: null,
    })
    expect((await secretary.send('POST', '/absences', { ...body, memberId: applicant })).body).toMatchObject({
      code: 'membership.not_a_member',
    })
  })

  it('lets the host see and confirm a guest, and nothing of the branch’s own notes', async () => {
    const id = await absent(await member('孙流动'), {
      kind: 'floating',
      startedOn: '2026-09-01',
      toOrgId: f.orgs.nurses.id,
    })
    await tried(id, 'telephone', '2026-10-01', true)
    expect((await secretary.send('POST', `/absences/${id}/confirm`, {})).body).toMatchObject({
      code: 'membership.not_host',
    })
    const students = await f.signIn('branch_secretary', 'students')
    expect((await students.send('GET', `/absences/${id}`)).body).toMatchObject({ code: 'membership.not_found' })
    expect(await nurses.send('GET', `/absences/${id}`)).toMatchObject({
      body: { side: 'host', contacts: [], can: { confirm: true, end: false } },
    })
    expect(
      (await nurses.send('POST', `/absences/${id}/contacts`, { on: '2026-10-01', way: 'visit', reached: true })).status,
    ).toBe(404)
    expect((await nurses.send('POST', `/absences/${id}/confirm`, {})).status).toBe(200)
    expect((await nurses.send('POST', `/absences/${id}/confirm`, {})).body).toMatchObject({
      code: 'membership.confirmed_already',
    })
    const page = await nurses.send<{ rows: { id: string }[] }>('GET', '/absences?kind=floating')
    expect(page.body.rows.map((row) => row.id)).toEqual([id])
  })

  it('shows a post of one organisation the guests of it, and not what lies below', async () => {
    const id = await absent(await member('吴流动'), {
      kind: 'floating',
      startedOn: '2026-09-01',
      toOrgId: f.orgs.committee.id,
    })
    const node = await f.signIn('committee_admin', 'committee', { reach: 'node' })
    const end = { on: '2026-11-01', end: 'returned' }
    expect(await node.send('POST', `/absences/${id}/end`, end)).toMatchObject({ status: 404 })
    expect(await node.send('GET', `/absences/${id}`)).toMatchObject({
      body: { side: 'host', contacts: [], can: { change: false, end: false, contact: false, confirm: true } },
    })
  })

  it('is written once by two people at once, and may be corrected to begin after an earlier contact', async () => {
    const body = { memberId: await member('郑流动'), kind: 'floating', startedOn: '2026-01-01', facts: {} }
    const both = await Promise.all([1, 2].map(() => secretary.send<{ id: string }>('POST', '/absences', body)))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const id = both.find(({ status }) => status === 200)?.body.id ?? ''
    await tried(id, 'telephone', '2026-01-10', true)
    const later = { startedOn: '2026-10-30', facts: {} }
    expect((await secretary.send('PUT', `/absences/${id}`, later, { 'if-match': '"2"' })).status).toBe(200)
    expect(await seen(id)).toMatchObject({ contactDueOn: '2027-01-30' })
  })

  it('asks for a contact each quarter, shows it overdue, and moves it when the person was reached', async () => {
    const memberId = await member('李流动')
    const id = await absent(memberId, { kind: 'floating', startedOn: '2026-07-01' })
    expect(await seen(id)).toMatchObject({ contactDueOn: '2026-10-01', lamp: 'red' })
    const overdue = await secretary.send<{ rows: { id: string }[] }>('GET', '/absences?overdue=true&text=李')
    expect(overdue.body.rows).toMatchObject([{ id }])
    const due = await f.admin
      .selectFrom('deadlines_item')
      .select(['due_on', 'state'])
      .where('key', '=', `membership.contact/${id}`)
      .executeTakeFirst()
    expect(due).toEqual({ due_on: '2026-10-01', state: 'open' })
    expect((await tried(id, 'telephone', '2026-06-01')).body).toMatchObject({ code: 'membership.before_start' })
    await tried(id, 'telephone', '2026-10-20')
    expect(await seen(id)).toMatchObject({ contactDueOn: '2026-10-01' })
    await tried(id, 'message', '2026-10-21', true)
    expect(await seen(id)).toMatchObject({ contactDueOn: '2027-01-21', lamp: 'green', lastContactOn: '2026-10-21' })
    const self = await f.signIn('member', 'teachers', { reach: 'self', memberId })
    expect((await self.send('GET', '/my/absences')).body).toEqual({ rows: [] })
  })

  it('corrects the facts against the version, and ends once', async () => {
    const id = await absent(await member('周出国'), {
      kind: 'abroad',
      startedOn: '2026-03-01',
      facts: { purpose: 'study' },
    })
    const body = { startedOn: '2026-03-02', facts: { purpose: 'study', place: '新加坡' } }
    expect((await secretary.send('PUT', `/absences/${id}`, body)).status).toBe(412)
    expect((await secretary.send('PUT', `/absences/${id}`, body, { 'if-match': '7' })).status).toBe(412)
    expect((await secretary.send('PUT', `/absences/${id}`, body, { 'if-match': '1' })).status).toBe(200)
    expect(
      (await secretary.send('POST', `/absences/${id}/end`, { on: '2026-02-01', end: 'returned' })).body,
    ).toMatchObject({ code: 'membership.before_start' })
    expect((await secretary.send('POST', `/absences/${id}/end`, { on: '2026-10-01', end: 'returned' })).status).toBe(
      200,
    )
    expect((await tried(id, 'visit', '2026-10-02')).body).toMatchObject({ code: 'membership.already_over' })
    expect(await seen(id)).toMatchObject({ state: 'ended', end: 'returned', lamp: null })
    const open = await f.admin
      .selectFrom('deadlines_item')
      .select('key')
      .where('key', 'like', `membership.%/${id}`)
      .where('state', '=', 'open')
      .execute()
    expect(open).toEqual([])
  })

  it('exports as many rows as the list shows', async () => {
    const file = await secretary.send<string>('POST', '/absences/export', { filter: { kind: 'abroad' }, format: 'csv' })
    expect(file.status).toBe(200)
    expect(file.headers['content-disposition']).toContain('attachment')
    expect(file.body).toContain('周出国')
    const printed = await secretary.send('POST', '/absences/export', { filter: { kind: 'abroad' }, format: 'pdf' })
    expect(String(printed.body).slice(0, 5)).toBe('%PDF-')
    const event = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', '=', 'membership.absences_exported')
      .executeTakeFirstOrThrow()
    expect(event.payload).toMatchObject({ rows: 1, format: 'csv' })
  })
})

describe('the sheet of one absence', () => {
  it('is printed for the branch with its contacts, and not for others', async () => {
    const id = await absent(await member('吴打印'), {
      kind: 'floating',
      startedOn: '2026-08-01',
      facts: { place: '滨海市' },
    })
    await tried(id, 'telephone', '2026-10-08', true)
    expect((await nurses.send('POST', `/absences/${id}/print`, { format: 'pdf' })).body).toMatchObject({
      code: 'membership.not_found',
    })
    for (const [format, head] of [
      ['pdf', '%PDF-'],
      ['docx', 'PK'],
    ] as const) {
      const printed = await secretary.send<string>('POST', `/absences/${id}/print`, { format, language: 'en' })
      expect(printed.status).toBe(200)
      expect(printed.body.startsWith(head)).toBe(true)
    }
  })
})

describe('an export of more than ten thousand rows', () => {
  it('is refused, and says how many it may be', async () => {
    const { tenantId, orgs } = f
    await sql`insert into membership_absence (tenant_id, id, member_id, person_id, name, unit_id, org_path, unit_name, kind,
        started_on, created_by, created_at, updated_at)
      select ${tenantId}, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '批量', ${orgs.retired.id},
        ${orgs.retired.path}, '离退休党支部', 'floating', '2026-01-01', gen_random_uuid(), now(), now()
      from generate_series(1, 10001)`.execute(f.admin)
    const filter = { orgId: orgs.retired.id }
    expect((await committee.send('POST', '/absences/export', { filter, format: 'csv' })).body).toMatchObject({
      code: 'membership.too_many_rows',
      detail: { most: 10_000 },
    })
  })
})

describe('the own phone', () => {
  it('tells the branch how one is, and that one is back; nobody else can', async () => {
    const memberId = await member('吴流动')
    const id = await absent(memberId, { kind: 'floating', startedOn: '2026-08-10' })
    const { person_id: personId } = await f.admin
      .selectFrom('members_member')
      .select('person_id')
      .where('id', '=', memberId)
      .executeTakeFirstOrThrow()
    const self = await f.signIn('member', 'teachers', { reach: 'self', memberId })
    await f.admin.updateTable('membership_absence').set({ person_id: self.personId }).where('id', '=', id).execute()
    expect(personId).not.toBe(self.personId)
    const other = await f.signIn('member', 'teachers', { reach: 'self' })
    expect((await other.send('POST', `/my/absences/${id}/report`, { note: '一切都好' })).status).toBe(404)
    expect((await self.send('POST', `/my/absences/${id}/report`, { note: '一切都好' })).status).toBe(200)
    expect(await self.send('GET', '/my/absences')).toMatchObject({
      body: { rows: [{ id, lastContactOn: '2026-11-02', lamp: 'green' }] },
    })
    expect((await self.send('POST', `/my/absences/${id}/report`, { note: '已回本市', isBack: true })).status).toBe(200)
    expect((await self.send('POST', `/my/absences/${id}/report`, { note: '再报' })).body).toMatchObject({
      code: 'membership.already_over',
    })
  })
})

describe('somebody who is lost', () => {
  it('may be proposed for a stop only after six months and every way of searching, and is found again at any time', async () => {
    const id = await absent(await member('郑失联'), { kind: 'lost', startedOn: '2026-05-02' })
    const stop = async (of = id) => (await seen(of)).proposals[0]?.rule
    expect(await stop()).toMatchObject({ ok: false, ruleId: 'MEM-3', from: '2026-11-02' })
    expect((await seen(id)).untried).toEqual(['telephone', 'family', 'workplace', 'residence'])
    const dayLater = await absent(await member('冯失联'), { kind: 'lost', startedOn: '2026-05-03' })
    for (const way of ['telephone', 'family', 'workplace', 'residence'])
      for (const of of [id, dayLater]) await tried(of, way, '2026-10-30')
    expect(await stop()).toMatchObject({ ok: true })
    expect(await stop(dayLater)).toMatchObject({ ok: false, from: '2026-11-03' })
    await tried(id, 'police', '2026-11-01', true)
    expect(await stop()).toMatchObject({ ok: false })
    expect((await secretary.send('POST', `/absences/${id}/end`, { on: '2026-11-01', end: 'found' })).status).toBe(200)
  })

  it('counts six months from the day itself, whatever the length of the months', () => {
    expect(addMonths('2026-08-31', 6)).toBe('2027-02-28')
  })
})
