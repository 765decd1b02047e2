import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { peopleOf } from '../../test/member-records.ts'

let f: Fixture
let secretary: Client
let approver: Client
const ID = {
  wang: idOf('11010119900307123'),
  li: idOf('11010119850512123'),
  zhang: idOf('11010119700101300'),
  zhao: idOf('11010119920202121'),
}

type Rows = {
  rows: { id: string; name: string; idNumber: string; phone: string; version: number; memberNo: string }[]
  next: string | null
  total: number | null
}

beforeAll(async () => {
  f = await openFixture()
  const people = await peopleOf(f)
  ;({ secretary, approver } = people)
  await people.registered({ idNumber: ID.zhang, name: '张大山', phone: '13900005678' })
  await people.registered({ idNumber: ID.wang })
  await people.registered({ idNumber: ID.li, name: '李建国', phone: '13700001111' })
  await people.registered({ idNumber: ID.zhao, name: '赵敏', phone: null })
})

describe('the list', () => {
  const list = async (client: Client, query = '') => (await client.send<Rows>('GET', `/members${query}`)).body

  it('is refused to those who may not read, and hides other branches', async () => {
    expect((await f.stranger.send('GET', '/members')).status).toBe(401)
    expect((await (await f.signIn('member', 'teachers')).send('GET', '/members')).status).toBe(403)
    expect((await list(await f.signIn('branch_secretary', 'nurses'))).rows).toEqual([])
    expect(
      await (await f.signIn('branch_secretary', 'nurses')).send('GET', `/members?orgId=${f.orgs.teachers.id}`),
    ).toMatchObject({ status: 404, body: { code: 'members.org_not_found' } })
  })

  it('finds people by characters, given name, pinyin, initials, number and the last four digits', async () => {
    const names = async (search: string) =>
      (await list(secretary, `?search=${encodeURIComponent(search)}`)).rows.map((row) => row.name)
    expect(await names('王')).toEqual(['王小明'])
    expect(await names('建国')).toEqual(['李建国'])
    expect(await names('lijian')).toEqual(['李建国'])
    expect(await names('wxm')).toEqual(['王小明'])
    expect(await names('1234')).toEqual(['王小明'])
    expect(await names(ID.li.slice(-4).toLowerCase())).toEqual(['李建国'])
    expect(await names('0000')).toEqual([])
    const { memberNo } = (await list(secretary, '?search=wxm')).rows[0] as { memberNo: string }
    expect(await names(memberNo)).toEqual(['王小明'])
  })

  it('filters, sorts, pages and counts from the rollup', async () => {
    await f.deliver()
    const all = await list(approver)
    expect(all.total).toBe(all.rows.length)
    expect(all.rows.map((row) => row.name)).toEqual(['李建国', '王小明', '张大山', '赵敏'])
    const one = await list(approver, '?limit=3&sort=-joined')
    expect(one.next).not.toBeNull()
    const two = await list(approver, `?limit=3&sort=-joined&cursor=${one.next}`)
    expect(new Set([...one.rows, ...two.rows].map((row) => row.id)).size).toBe(4)
    expect((await list(approver, `?orgId=${f.orgs.faculty.id}&below=false`)).rows).toEqual([])
    expect((await list(approver, '?category=activist&category=applicant')).rows).toEqual([])
    expect((await list(approver, '?ageFrom=36&ageTo=45')).rows.map((row) => row.name)).toEqual(['李建国', '王小明'])
    expect(await approver.send('GET', '/members?cursor=bad')).toMatchObject({
      status: 400,
      body: { code: 'request.malformed' },
    })
  })
})

describe('a sensitive field', () => {
  const idByName = async (name: string) =>
    ((await approver.send<Rows>('GET', `/members?search=${encodeURIComponent(name)}`)).body.rows[0] as { id: string })
      .id

  it('is revealed only with a second factor, a purpose and within the scope, and never kept for a repetition', async () => {
    const id = await idByName('王小明')
    const body = { field: 'idNumber', purpose: '核对入党志愿书' }
    const stale = await f.signIn('branch_secretary', 'teachers', { secondFactorAt: null })
    expect(await stale.send('POST', `/members/${id}/reveal`, body)).toMatchObject({
      status: 403,
      body: { code: 'request.step_up_needed' },
    })
    expect((await secretary.send('POST', `/members/${id}/reveal`, { field: 'idNumber' })).status).toBe(400)
    expect(
      await (await f.signIn('branch_secretary', 'nurses')).send('POST', `/members/${id}/reveal`, body),
    ).toMatchObject({ status: 404 })
    expect(await secretary.send('POST', `/members/${id}/reveal`, { ...body, field: 'email' })).toMatchObject({
      status: 404,
      body: { code: 'members.nothing_there' },
    })
    expect(
      await secretary.send('POST', `/members/${id}/reveal`, body, { 'idempotency-key': 'reveal-1' }),
    ).toMatchObject({ status: 200, body: { value: ID.wang } })
    expect(
      await f.admin.selectFrom('platform_idempotency').selectAll().where('key', '=', 'reveal-1').execute(),
    ).toEqual([])
  })

  it('shows the person concerned who looked', async () => {
    const id = await idByName('王小明')
    const { person_id: personId } = await f.admin
      .selectFrom('members_member')
      .select('person_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const member = await f.signIn('member', 'teachers', { memberId: id })
    await f.admin
      .updateTable('access_session')
      .set({ person_id: personId })
      .where('person_id', '=', member.personId)
      .execute()
    await f.admin
      .updateTable('access_grant')
      .set({ person_id: personId })
      .where('person_id', '=', member.personId)
      .execute()
    await f.admin.updateTable('access_account').set({ state: 'active' }).where('person_id', '=', personId).execute()
    const { body } = await member.send<{ rows: object[] }>('GET', '/me/looks')
    expect(body.rows).toMatchObject([{ by: '支部书记', field: 'idNumber', purpose: '核对入党志愿书' }])
    expect(await member.send('GET', '/me/record')).toMatchObject({
      body: { card: { name: '王小明', phone: '138****1234' } },
    })
    expect(
      await member.send('POST', '/me/corrections', { facts: { phone: '13600009999' }, reason: '换了号码' }),
    ).toMatchObject({ status: 200, body: { state: 'first_review' } })
    expect((await member.send('GET', `/members/${id}`)).status).toBe(403)
  })

  it('stops at thirty an hour', async () => {
    const id = await idByName('王小明')
    const curious = await f.signIn('party_worker', 'faculty')
    const reveal = () =>
      curious.send<{ leftThisHour: number }>('POST', `/members/${id}/reveal`, { field: 'phone', purpose: '联系本人' })
    for (let left = 29; left >= 0; left -= 1) expect((await reveal()).body.leftThisHour).toBe(left)
    expect(await reveal()).toMatchObject({ status: 429, body: { code: 'members.reveal_limit' } })
  })

  it('of nobody is stored in the clear', async () => {
    const rows = await f.admin.selectFrom('members_member').selectAll().execute()
    const changes = await f.admin.selectFrom('members_change').selectAll().execute()
    const versions = await f.admin.selectFrom('members_version').selectAll().execute()
    const events = await f.admin.selectFrom('platform_event').selectAll().execute()
    const text = Buffer.from(
      JSON.stringify([rows, changes, versions, events], (_key, value) =>
        value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
      ),
    ).toString()
    for (const secret of [ID.wang, ID.li, ID.zhang, '13800001234', '13600009999'])
      expect(text.includes(secret)).toBe(false)
  })
})

describe('an export', () => {
  const body = {
    filter: {},
    columns: ['name', 'idNumber', 'phone'],
    format: 'csv',
    language: 'zh-CN',
    purpose: '年度统计',
  }

  it('needs the permission, a second factor, and the right to reveal for whole numbers', async () => {
    expect((await (await f.signIn('branch_officer', 'teachers')).send('POST', '/members/export', body)).status).toBe(
      403,
    )
    const stale = await f.signIn('branch_secretary', 'teachers', { secondFactorAt: null })
    expect(await stale.send('POST', '/members/export', body)).toMatchObject({
      body: { code: 'request.step_up_needed' },
    })
  })

  it('is masked, and logged with its rows and hash', async () => {
    const answer = await approver.send<string>('POST', '/members/export', body)
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('王小明,110***********')
    expect(answer.body).not.toContain(ID.wang)
    const event = await f.admin
      .selectFrom('platform_event')
      .select(['payload', 'reason'])
      .where('type', '=', 'members.exported')
      .executeTakeFirstOrThrow()
    expect(event).toMatchObject({ payload: { rows: 4, format: 'csv', unmasked: false }, reason: '年度统计' })
    expect((await approver.send<string>('POST', '/members/export', { ...body, unmasked: true })).body).toContain(
      ID.wang,
    )
  })

  it('prints the roster and one form as PDF', async () => {
    const print = (order: object) =>
      approver.send<string>('POST', '/members/print', { format: 'pdf', language: 'zh-CN', ...order })
    expect((await print({ form: 'member' })).status).toBe(400)
    const roster = await print({ form: 'roster', orgId: f.orgs.teachers.id })
    expect(roster.body.slice(0, 5)).toBe('%PDF-')
    const { rows } = (await approver.send<Rows>('GET', '/members?limit=1')).body
    expect((await print({ form: 'member', memberId: rows[0]?.id })).body.slice(0, 5)).toBe('%PDF-')
  }, 60_000)
})
