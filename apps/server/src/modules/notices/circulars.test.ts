import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MODULES } from '../../modules.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { circularOf, toUnits } from '../../test/notice-cases.ts'
import { rebuildCounts } from '../members/index.ts'

let f: Fixture
let committee: Client
let secretary: Member
let desk: Client
let one: Member
let two: Member
let nurse: Member

type Sent = { id: string; state: string; people: number }
type Row = {
  id: string
  title: string
  readAt: string | null
  confirmedAt: string | null
  circular: Record<string, unknown>
}
const inbox = async (who: Client, query = '') =>
  (await who.send<{ rows: Row[] }>('GET', `/my/notices${query}`)).body.rows
const send = async (who: Client, body: object) => {
  const answer = await who.send<Sent>('POST', '/notices', body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}
const names = async (id: string, query: string) =>
  (await desk.send<{ rows: { name: string }[] }>('GET', `/notices/${id}/receipts?${query}`)).body.rows.map(
    ({ name }) => name,
  )
const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const run = async (name: string, now: Date) => {
  f.setNow(now)
  const job = MODULES.flatMap(({ jobs }) => jobs ?? []).find((known) => known.name === name)
  await job?.run({ platform: f.platform, now, signal: new AbortController().signal })
}

beforeAll(async () => {
  f = await openFixture()
  committee = (await plantMember(f, 'committee', '郑委员', { role: 'committee_admin' })).client
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  desk = secretary.client
  one = await plantMember(f, 'teachers', '李一')
  two = await plantMember(f, 'teachers', '张二')
  nurse = await plantMember(f, 'nurses', '护士')
  await plantMember(f, 'teachers', '申请人', { category: 'applicant' })
  await plantMember(f, 'teachers', '已除名', { status: 'struck_off' })
  await rebuildCounts(f.platform, NOW)
})
beforeEach(() => f.setNow(NOW))

describe('a notice of a unit', () => {
  const teachers = (more: Record<string, unknown> = {}) => circularOf(f.orgs.teachers.id, more)

  it('is refused from members, of foreign units and people, to nobody, and with times and choices that cannot be', async () => {
    const refused = async (who: Client, body: object, status: number, code: string) =>
      expect(await who.send('POST', '/notices', body)).toMatchObject({ status, body: { code } })
    await refused(one.client, teachers(), 403, 'request.not_permitted')
    await refused(desk, circularOf(f.orgs.students.id), 404, 'notices.no_such_org')
    const to = (more: object) => teachers({ targets: { ...toUnits([]), ...more } })
    await refused(desk, to({ orgIds: [f.orgs.nurses.id] }), 404, 'notices.no_such_org')
    await refused(desk, to({ memberIds: [nurse.id] }), 404, 'notices.no_such_member')
    await refused(desk, to({}), 422, 'notices.nobody_there')
    await refused(desk, to({ orgIds: [f.orgs.teachers.id], levels: ['branch'] }), 422, 'notices.levels_without_posts')
    await refused(desk, teachers({ confirmBy: '2026-11-01T00:00:00.000Z' }), 422, 'notices.confirm_by_past')
    await refused(desk, teachers({ sendAt: '2026-11-01T00:00:00.000Z' }), 422, 'notices.send_at_past')
    await refused(desk, teachers({ answerKind: 'choice', choices: ['参加'] }), 422, 'notices.choices_missing')
  })

  it('costs one row for a unit, means its people until they leave out, and says who is missing', async () => {
    const targets = toUnits([f.orgs.teachers.id], { kinds: ['formal'], exceptMemberIds: [two.id] })
    const count = await desk.send('POST', '/notices/count', { orgId: f.orgs.teachers.id, targets })
    expect(count.body).toEqual({ people: 2 })
    const { id, people } = await send(desk, teachers({ targets }))
    expect(people).toBe(2)
    const rows = (table: 'notices_receipt' | 'notices_target') =>
      f.admin.selectFrom(table).selectAll().where('circular_id', '=', id).execute()
    expect(await rows('notices_receipt')).toEqual([])
    expect((await rows('notices_target')).map(({ is_except }) => is_except).sort()).toEqual([false, true])
    expect((await inbox(one.client)).map((row) => row.id)).toEqual([id])
    expect(await inbox(two.client)).toEqual([])
    expect(await nurse.client.send('GET', `/my/notices/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'notices.not_found' },
    })
    expect((await one.client.send('GET', '/my/notices/unread')).body).toEqual({ unread: 1, toConfirm: 1 })
    await one.client.send('POST', '/my/notices/read', { ids: [id] })
    expect((await one.client.send('POST', '/my/notices/read', { ids: [id] })).body).toEqual({ read: 0 })
    const confirm = () => one.client.send('POST', `/my/notices/${id}/confirm`, {})
    const both = await Promise.all([confirm(), confirm()])
    expect(both[0]?.body).toEqual(both[1]?.body)
    expect((await desk.send('GET', `/notices/${id}`)).body).toMatchObject({
      notice: { people: 2, read: 1, confirmed: 1, sentBy: '王书记' },
      isOwn: true,
    })
    expect(await names(id, 'view=missing')).toEqual(['王书记'])
    expect(await names(id, 'view=read')).toEqual(['李一'])
    expect((await desk.send('GET', `/notices/${id}/units`)).body).toMatchObject({
      rows: [{ id: f.orgs.teachers.id, people: 2, read: 1, confirmed: 1, hasBelow: false }],
    })
    expect((await desk.send('POST', `/notices/${id}/resend`, {})).body).toEqual({ people: 1 })
    expect(await desk.send('POST', `/notices/${id}/resend`, {})).toMatchObject({
      status: 409,
      body: { code: 'notices.resent_just_now' },
    })
    await desk.send('POST', `/my/notices/${id}/confirm`, {})
    expect(await desk.send('POST', `/notices/${id}/resend`, {})).toMatchObject({
      status: 409,
      body: { code: 'notices.nobody_missing' },
    })
    const file = await desk.send('POST', `/notices/${id}/receipts/export`, { view: 'read', format: 'csv' })
    expect(String(file.body)).toContain('李一')
    await sql`insert into notices_receipt (tenant_id, circular_id, person_id, unit_id, org_path, name, read_at, read_version)
      select ${f.tenantId}, ${id}, gen_random_uuid(), ${f.orgs.teachers.id}, ${f.orgs.teachers.path}, '众人', ${NOW}, 1
      from generate_series(1, 10000)`.execute(f.admin)
    const most = await desk.send('POST', `/notices/${id}/receipts/export`, { view: 'read', format: 'xlsx' })
    expect(most).toMatchObject({ status: 422, body: { code: 'notices.too_many_rows' } })
  })

  it('tells the browsers of a unit by one event, and takes answers until the day', async () => {
    const confirmBy = inMinutes(60).toISOString()
    const choice = { answerKind: 'choice', choices: ['参加', '请假'], needsConfirm: false, confirmBy }
    const { id } = await send(desk, teachers({ ...choice, needsConfirm: true }))
    const events = await f.admin
      .selectFrom('platform_event')
      .select(['type', 'org_path', 'person_id'])
      .where('subject_id', '=', id)
      .where('type', 'in', ['notices.circulated', 'notices.delivered'])
      .execute()
    expect(events).toEqual([{ type: 'notices.circulated', org_path: f.orgs.teachers.path, person_id: null }])
    const answer = (words: string) => one.client.send('POST', `/my/notices/${id}/answer`, { answer: words })
    expect(await answer('也许')).toMatchObject({ status: 422, body: { code: 'notices.not_a_choice' } })
    expect((await answer('请假')).status).toBe(200)
    expect((await answer('参加')).status).toBe(200)
    expect((await desk.send('GET', `/notices/${id}/receipts?view=answered`)).body).toMatchObject({
      rows: [{ name: '李一', answer: '参加' }],
    })
    expect((await desk.send('GET', `/notices/${id}`)).body).toMatchObject({ notice: { answered: 1 } })
    f.setNow(inMinutes(61))
    expect(await answer('请假')).toMatchObject({ status: 409, body: { code: 'notices.answer_over' } })
    const plain = await send(desk, teachers({ needsConfirm: false }))
    expect(await one.client.send('POST', `/my/notices/${plain.id}/answer`, { answer: '好' })).toMatchObject({
      body: { code: 'notices.nothing_to_answer' },
    })
    expect(await one.client.send('POST', `/my/notices/${plain.id}/confirm`, {})).toMatchObject({
      status: 409,
      body: { code: 'notices.nothing_to_confirm' },
    })
  })

  it('is kept as a draft, written anew, and leaves at its time once', async () => {
    const { id, state } = await send(desk, teachers({ isDraft: true, targets: toUnits([]) }))
    expect(state).toBe('draft')
    expect(await inbox(one.client, '?unread=true')).not.toContainEqual(expect.objectContaining({ id }))
    expect(await desk.send('POST', `/notices/${id}/recall`, { reason: '写错了' })).toMatchObject({
      body: { code: 'notices.not_sent' },
    })
    const sendAt = inMinutes(30).toISOString()
    const changed = await desk.send('PUT', `/notices/${id}`, teachers({ title: '支部会议', sendAt }))
    expect(changed.body).toMatchObject({ id, state: 'scheduled', people: 4 })
    await run('notices_send_due', inMinutes(29))
    expect((await inbox(one.client)).map((row) => row.id)).not.toContain(id)
    await Promise.all([run('notices_send_due', inMinutes(31)), run('notices_send_due', inMinutes(31))])
    expect((await inbox(one.client)).filter((row) => row.id === id)).toHaveLength(1)
    expect(await desk.send('DELETE', `/notices/${id}`)).toMatchObject({ body: { code: 'notices.not_a_draft' } })
    const thrown = await send(desk, teachers({ isDraft: true }))
    expect((await desk.send('DELETE', `/notices/${thrown.id}`)).status).toBe(200)
    expect((await desk.send('GET', `/notices/${thrown.id}`)).status).toBe(404)
  })

  it('shows a corrected text with the old one, asks again, and is recalled with a reason', async () => {
    const { id } = await send(desk, teachers())
    await one.client.send('POST', `/my/notices/${id}/confirm`, {})
    const correct = (more: object) =>
      desk.send('POST', `/notices/${id}/correct`, {
        title: '关于缴纳党费的通知',
        body: '请于下月 10 日前缴纳。',
        note: '期限改了',
        asksAgain: true,
        ...more,
      })
    expect(await correct({ body: '请于本月底前缴纳。' })).toMatchObject({ body: { code: 'notices.text_unchanged' } })
    expect((await correct({})).body).toEqual({ id, version: 2 })
    const row = (await inbox(one.client)).find((found) => found.id === id)
    expect(row).toMatchObject({ id, readAt: null, confirmedAt: null, circular: { version: 2, isChanged: true } })
    expect((await one.client.send('GET', `/my/notices/${id}`)).body).toMatchObject({
      body: '请于下月 10 日前缴纳。',
      corrections: [{ version: 1, body: '请于本月底前缴纳。', note: '期限改了', by: '王书记' }],
    })
    expect((await desk.send('GET', `/notices/${id}`)).body).toMatchObject({ notice: { confirmed: 0 } })
    await one.client.send('POST', `/my/notices/${id}/confirm`, {})
    expect((await desk.send('POST', `/notices/${id}/recall`, { reason: '会议取消' })).status).toBe(200)
    expect(await two.client.send('POST', `/my/notices/${id}/confirm`, {})).toMatchObject({
      body: { code: 'notices.recalled_already' },
    })
    const recalled = (await inbox(two.client)).find((found) => found.id === id)
    expect(recalled).toMatchObject({ id, body: '', circular: { recalledReason: '会议取消' } })
  })
})

describe('a notice from above', () => {
  it('is passed on with a preface, its text untouched, and follows its correction and recall', async () => {
    const { id } = await send(committee, circularOf(f.orgs.committee.id, { title: '关于开展主题党日的通知' }))
    const above = await desk.send<{ rows: Row[] }>('GET', '/notices?from=above')
    expect(above.body.rows.map((row) => row.id)).toEqual([id])
    expect((await desk.send('GET', `/notices/${id}`)).body).toMatchObject({ isOwn: false })
    expect((await desk.send('GET', `/notices/${id}/receipts`)).status).toBe(404)
    const { title: _t, body: _b, fileIds: _f, ...asked } = circularOf(f.orgs.teachers.id)
    const relay = (from: string) =>
      desk.send<Sent>('POST', `/notices/${from}/relay`, { ...asked, preface: '请在周五集合。' })
    const foreign = await send(committee, circularOf(f.orgs.nurses.id))
    expect(await relay(foreign.id)).toMatchObject({ status: 404, body: { code: 'notices.not_for_here' } })
    const passed = (await relay(id)).body
    expect(passed).toMatchObject({ state: 'sent', people: 4 })
    expect((await one.client.send('GET', `/my/notices/${passed.id}`)).body).toMatchObject({
      body: '请于本月底前缴纳。',
      prefaces: [{ orgName: f.orgs.teachers.name, words: '请在周五集合。' }],
      notice: { title: '关于开展主题党日的通知', circular: { fromAbove: f.orgs.committee.name } },
    })
    expect((await committee.send('GET', `/notices/${id}`)).body).toMatchObject({ notice: { relayed: 1 } })
    const text = { title: '关于开展主题党日的通知', body: '改在周六。', note: '改期', asksAgain: false }
    expect(await desk.send('POST', `/notices/${passed.id}/correct`, text)).toMatchObject({
      status: 409,
      body: { code: 'notices.text_from_above' },
    })
    expect((await committee.send('POST', `/notices/${id}/correct`, text)).status).toBe(200)
    expect((await one.client.send('GET', `/my/notices/${passed.id}`)).body).toMatchObject({
      body: '改在周六。',
      notice: { circular: { version: 2 } },
    })
    await committee.send('POST', `/notices/${id}/recall`, { reason: '另行通知' })
    expect((await one.client.send('GET', `/my/notices/${passed.id}`)).body).toMatchObject({
      body: '',
      notice: { circular: { recalledReason: '另行通知' } },
    })
  })

  it('reaches whoever holds a post in the unit, and people by name, and reminds before its day', async () => {
    await f.admin
      .insertInto('org_post')
      .values({
        tenant_id: f.tenantId,
        id: one.id,
        unit_id: f.orgs.teachers.id,
        org_path: f.orgs.teachers.path,
        post: 'secretary',
        member_id: one.id,
        name: '李一',
        from_on: '2026-01-01',
        created_at: NOW,
      })
      .execute()
    const targets = toUnits([f.orgs.faculty.id], { posts: ['secretary'], levels: ['branch'], memberIds: [nurse.id] })
    const confirmBy = inMinutes(36 * 60).toISOString()
    const { id, people } = await send(committee, circularOf(f.orgs.committee.id, { targets, confirmBy }))
    expect(people).toBe(2)
    expect((await inbox(one.client, '?toConfirm=true')).map((row) => row.id)).toContain(id)
    expect((await inbox(two.client, '?toConfirm=true')).map((row) => row.id)).not.toContain(id)
    await nurse.client.send('POST', '/my/notices/read', {})
    expect((await inbox(nurse.client, '?unread=true')).map((row) => row.id)).not.toContain(id)
    await run('notices_remind', inMinutes(20 * 60))
    await run('notices_remind', inMinutes(20 * 60 + 1))
    expect((await inbox(nurse.client, '?unread=true&toConfirm=true')).map((row) => row.id)).toContain(id)
    const missing = await committee.send<{ rows: Row[]; next: string }>(
      'GET',
      `/notices/${id}/receipts?view=missing&limit=1`,
    )
    const rest = await committee.send<{ rows: Row[] }>(
      'GET',
      `/notices/${id}/receipts?view=missing&limit=1&cursor=${missing.body.next}`,
    )
    expect([...missing.body.rows, ...rest.body.rows]).toMatchObject([{ name: '李一' }, { name: '护士' }])
    const deadlines = await f.admin.selectFrom('deadlines_item').select(['state', 'key']).execute()
    expect(deadlines.filter(({ key }) => key.startsWith(`notices.confirm/${id}`))).toMatchObject([{ state: 'open' }])
    await run('notices_remind', inMinutes(60 * 60))
    expect(
      (await f.admin.selectFrom('deadlines_item').select(['state', 'key']).execute()).filter(({ key }) =>
        key.startsWith(`notices.confirm/${id}`),
      ),
    ).toMatchObject([{ state: 'void' }])
  })
})
