import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { at, convened, type Member, planBody, plantMember, START } from '../../test/meeting-cases.ts'

let f: Fixture
let desk: Client
let secretary: Member
const members: Member[] = []
const NOBODY = '01890000-0000-7000-8000-000000000000'

beforeAll(async () => {
  f = await openFixture()
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  desk = secretary.client
  for (const name of ['李一', '张二', '赵三']) members.push(await plantMember(f, 'teachers', name))
  members.push(await plantMember(f, 'teachers', '钱预备', { category: 'probationary' }))
  await plantMember(f, 'teachers', '孙积极', { category: 'activist' })
  await plantMember(f, 'teachers', '周离', { status: 'transferred' })
})
beforeEach(() => f.setNow(NOW))

const plan = (more: Record<string, unknown> = {}) => planBody(f, secretary.id, more)

describe('POST /meetings', () => {
  it('refuses the signed out, a member and a post of another branch', async () => {
    expect((await f.stranger.send('POST', '/meetings', plan())).status).toBe(401)
    expect(await members[0]?.client.send('POST', '/meetings', plan())).toMatchObject({
      status: 403,
      body: { code: 'request.not_permitted' },
    })
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect(await nurses.send('POST', '/meetings', plan())).toMatchObject({
      status: 404,
      body: { code: 'meetings.no_such_org' },
    })
  })
  it('refuses times that cannot be and a meeting that is nowhere', async () => {
    expect(await desk.send('POST', '/meetings', plan({ endsAt: START }))).toMatchObject({
      status: 422,
      body: { code: 'meetings.ends_before_start' },
    })
    expect(await desk.send('POST', '/meetings', plan({ place: ' ' }))).toMatchObject({
      status: 422,
      body: { code: 'meetings.no_place' },
    })
    expect(await desk.send('POST', '/meetings', plan({ kinds: ['party'] }))).toMatchObject({ status: 400 })
    expect(await desk.send('POST', '/meetings', plan({ onlineUrl: 'javascript:alert(1)' }))).toMatchObject({
      status: 400,
    })
  })
  it('refuses an item of the agenda that belongs to another meeting', async () => {
    expect(
      await desk.send('POST', '/meetings', plan({ agenda: [{ id: NOBODY, title: '别人的议题', votes: 'none' }] })),
    ).toMatchObject({ status: 404, body: { code: 'meetings.no_such_item' } })
  })
})

describe('the time for checking in and for asking leave', () => {
  type Window = {
    opensBefore: number
    closesAfter: number
    leaveBefore: number
    version: number
    fileBy: string | null
  }
  const read = async (id: string) => {
    const { opensBefore, closesAfter, leaveBefore, fileBy } = (await desk.send<Window>('GET', `/meetings/${id}`)).body
    return { opensBefore, closesAfter, leaveBefore, fileBy }
  }
  it('is what the organisation has set, unless the plan says otherwise, and stays when settings change later', async () => {
    const admin = await f.signIn('committee_admin', 'committee')
    const set = (code: string, value: number) =>
      admin.send('POST', '/settings', {
        orgId: f.orgs.faculty.id,
        code: `meetings.${code}`,
        value,
        effectiveFrom: '2026-11-02',
        reason: '学院统一',
      })
    const before = await convened(desk, plan())
    for (const [code, value] of [
      ['check_in_before_minutes', 45],
      ['check_in_after_minutes', 5],
      ['leave_minutes_before', 90],
      ['file_within_days', 3],
    ] as const)
      expect((await set(code, value)).status).toBe(200)
    const usual = await convened(desk, plan())
    expect(await read(usual)).toEqual({ opensBefore: 45, closesAfter: 5, leaveBefore: 90, fileBy: '2026-11-05' })
    expect(await read(await convened(desk, plan({ closesAfter: 60 })))).toMatchObject({
      opensBefore: 45,
      closesAfter: 60,
    })
    const changed = await desk.send('PUT', `/meetings/${before}`, plan({ title: '改期大会' }), { 'if-match': '"2"' })
    expect(changed.status).toBe(200)
    expect(await read(before)).toMatchObject({ opensBefore: 30, closesAfter: 15, leaveBefore: 20 })
    for (const [code, value] of [
      ['check_in_before_minutes', 30],
      ['check_in_after_minutes', 15],
      ['leave_minutes_before', 20],
      ['file_within_days', 7],
    ] as const)
      await set(code, value)
  })
})

describe('GET /meetings/candidates', () => {
  it('says who has a vote and by which article, and leaves out who has left', async () => {
    const answer = await desk.send<{
      rows: { name: string; part: string; ruleId: string }[]
      voters: number
      nonvoters: number
      others: number
    }>('GET', `/meetings/candidates?orgId=${f.orgs.teachers.id}`)
    expect(answer.body).toMatchObject({ voters: 4, nonvoters: 1, others: 1 })
    expect(answer.body.rows.find(({ name }) => name === '钱预备')).toMatchObject({
      part: 'nonvoter',
      ruleId: 'CONST-6',
    })
    expect(answer.body.rows.map(({ name }) => name)).not.toContain('周离')
    expect(await desk.send('GET', `/meetings/candidates?orgId=${f.orgs.nurses.id}`)).toMatchObject({ status: 404 })
  })
})

describe('POST /meetings/:id/convene', () => {
  const made = async (more: Record<string, unknown> = {}) =>
    (await desk.send<{ id: string }>('POST', '/meetings', plan(more))).body.id
  const convene = (id: string, client = desk) =>
    client.send('POST', `/meetings/${id}/convene`, {}, { 'if-match': '"1"' })

  it('takes no plan of a year that nobody means', async () => {
    const times = (startsAt: string, endsAt: string) => desk.send('POST', '/meetings', plan({ startsAt, endsAt }))
    for (const [from, until, field] of [
      ['9999-12-31T01:00:00.000Z', '9999-12-31T23:00:00.000Z', '/body/startsAt'],
      ['0001-01-01T00:00:00.000Z', '2026-11-03T00:00:00.000Z', '/body/startsAt'],
      ['2026-11-03T00:00:00.000Z', '9999-12-31T23:00:00.000Z', '/body/endsAt'],
    ] as const)
      expect(await times(from, until)).toMatchObject({
        status: 422,
        body: { code: 'meetings.time_unlikely', fields: [{ field }] },
      })
  })

  it('demands the version, a chair, a start to come and someone to call', async () => {
    const id = await made({ chairId: null })
    expect(await desk.send('POST', `/meetings/${id}/convene`, {})).toMatchObject({ status: 412 })
    expect(await convene(id)).toMatchObject({ status: 422, body: { code: 'meetings.no_chair' } })
    expect(await convene(await made({ startsAt: '2026-11-01T01:00:00.000Z' }))).toMatchObject({
      status: 422,
      body: { code: 'meetings.starts_in_past' },
    })
    expect(await convene(await made({ invites: { who: 'chosen', memberIds: [NOBODY] } }))).toMatchObject({
      status: 404,
      body: { code: 'meetings.no_such_person' },
    })
    const gone = (
      await f.admin.selectFrom('members_member').select('id').where('name', '=', '周离').executeTakeFirstOrThrow()
    ).id
    expect(await convene(await made({ chairId: gone, invites: { who: 'chosen', memberIds: [gone] } }))).toMatchObject({
      status: 422,
      body: { code: 'meetings.nobody_called' },
    })
  })
  it('does not tell a foreign meeting from none', async () => {
    const nurses = await f.signIn('branch_secretary', 'nurses')
    const [foreign, nowhere] = [await convene(await made(), nurses), await convene(NOBODY, nurses)]
    expect(foreign).toMatchObject({ status: 404, body: { code: 'meetings.not_found' } })
    expect({ ...(foreign.body as object), requestId: '' }).toEqual({ ...(nowhere.body as object), requestId: '' })
  })
  it('calls those of the record with the part the statutes give them, once', async () => {
    const id = await made()
    const answers = await Promise.all([convene(id), convene(id)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    const people = await desk.send<{ rows: { name: string; part: string }[] }>('GET', `/meetings/${id}/attendees`)
    expect(people.body.rows.map(({ name, part }) => `${name} ${part}`).sort()).toEqual([
      '张二 voter',
      '李一 voter',
      '王书记 voter',
      '赵三 voter',
      '钱预备 nonvoter',
    ])
    expect(
      await f.admin
        .selectFrom('platform_event')
        .select('type')
        .where('subject_id', '=', id)
        .where('type', '=', 'meetings.convened')
        .execute(),
    ).toHaveLength(1)
  })
  it('gives guests no vote, rests a right that the organiser names, and leaves out by reason', async () => {
    const activist = (
      await f.admin.selectFrom('members_member').select('id').where('name', '=', '孙积极').executeTakeFirstOrThrow()
    ).id
    const id = await convened(
      desk,
      plan({
        invites: {
          who: 'all',
          observerIds: [activist],
          withoutVoteIds: [members[0]?.id],
          leftOut: [{ memberId: members[1]?.id, reason: 'abroad' }],
        },
      }),
    )
    const { rows } = (await desk.send<{ rows: { name: string; part: string }[] }>('GET', `/meetings/${id}/attendees`))
      .body
    expect(
      rows
        .filter(({ part }) => part !== 'voter')
        .map(({ name, part }) => `${name} ${part}`)
        .sort(),
    ).toEqual(['孙积极 observer', '张二 left_out', '李一 nonvoter', '钱预备 nonvoter'])
    // Without consent and approval (DEV-18) the absent stays in the denominator.
    const meeting = await desk.send<{ quorums: { eligible: number; needed: number; ruleId: string }[] }>(
      'GET',
      `/meetings/${id}`,
    )
    expect(meeting.body.quorums).toMatchObject([{ eligible: 3, needed: 2, ruleId: 'BR-7' }])
    await desk.send(
      'PUT',
      `/meetings/${id}`,
      plan({
        superiorConsent: true,
        meetingApproval: true,
        invites: { who: 'all', leftOut: [{ memberId: members[1]?.id, reason: 'abroad' }] },
      }),
      { 'if-match': '"2"' },
    )
    expect(
      (await desk.send<{ quorums: { eligible: number; needed: number }[] }>('GET', `/meetings/${id}`)).body.quorums,
    ).toMatchObject([{ eligible: 3, needed: 2 }])
  })
})

describe('PUT /meetings/:id and cancelling', () => {
  it('refuses a stale version and a meeting that is over', async () => {
    const id = await convened(desk, plan())
    expect(await desk.send('PUT', `/meetings/${id}`, plan(), { 'if-match': '"1"' })).toMatchObject({ status: 412 })
    f.setNow(at(100))
    expect(await desk.send('PUT', `/meetings/${id}`, plan(), { 'if-match': '"2"' })).toMatchObject({
      status: 422,
      body: { code: 'meetings.starts_in_past' },
    })
    await desk.send('POST', `/meetings/${id}/close`, {})
    expect(await desk.send('PUT', `/meetings/${id}`, plan(), { 'if-match': '"3"' })).toMatchObject({
      status: 409,
      body: { code: 'meetings.wrong_state' },
    })
    expect(await desk.send('POST', `/meetings/${id}/cancel`, { reason: '改期' }, { 'if-match': '"3"' })).toMatchObject({
      status: 409,
    })
  })
  it('keeps the reason of a cancelled meeting and tells it to those called', async () => {
    const id = await convened(desk, plan())
    expect(await desk.send('POST', `/meetings/${id}/cancel`, { reason: ' ' }, { 'if-match': '"2"' })).toMatchObject({
      status: 400,
    })
    expect(
      await desk.send('POST', `/meetings/${id}/cancel`, { reason: '台风停课' }, { 'if-match': '"2"' }),
    ).toMatchObject({ status: 200, body: { state: 'cancelled' } })
    expect(await members[0]?.client.send('GET', `/my/meetings/${id}`)).toMatchObject({
      status: 200,
      body: { state: 'cancelled', cancelledReason: '台风停课' },
    })
  })
})

describe('answers of those who are called', () => {
  it('shows nothing of a meeting to who is not called, and no plan', async () => {
    const id = await convened(desk, plan())
    const outsider = await plantMember(f, 'students', '外支部')
    for (const path of [`/my/meetings/${id}`, `/meetings/${id}`])
      expect((await outsider.client.send('GET', path)).status).toBeGreaterThanOrEqual(403)
    expect(await outsider.client.send('POST', `/my/meetings/${id}/confirm`, {})).toMatchObject({
      status: 404,
      body: { code: 'meetings.not_found' },
    })
    const planned = (await desk.send<{ id: string }>('POST', '/meetings', plan())).body.id
    expect((await members[0]?.client.send('GET', `/my/meetings/${planned}`))?.status).toBe(404)
  })
  it('takes a leave until the time set, decides it once, and shows receipts', async () => {
    const id = await convened(desk, plan({ leaveBefore: 60 }))
    const me = members[0] as Member
    expect(await me.client.send('POST', `/my/meetings/${id}/leave`, { reason: '' })).toMatchObject({ status: 400 })
    expect(await me.client.send('POST', `/my/meetings/${id}/read`, {})).toMatchObject({ status: 200 })
    expect(await me.client.send('POST', `/my/meetings/${id}/leave`, { reason: '外出调研' })).toMatchObject({
      status: 200,
      body: { answer: 'leave_asked' },
    })
    const decide = () => desk.send('POST', `/meetings/${id}/leaves/${me.id}`, { isGranted: true })
    expect((await Promise.all([decide(), decide()])).map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await decide()).toMatchObject({ status: 409, body: { code: 'meetings.no_leave_asked' } })
    expect(await desk.send('POST', `/meetings/${id}/leaves/${NOBODY}`, { isGranted: true })).toMatchObject({
      status: 404,
      body: { code: 'meetings.not_called' },
    })
    const { rows } = (
      await desk.send<{ rows: { name: string; readAt: string | null; answer: string }[] }>(
        'GET',
        `/meetings/${id}/attendees?mark=on_leave`,
      )
    ).body
    expect(rows).toMatchObject([{ name: '李一', answer: 'leave_approved', readAt: NOW.toISOString() }])
    f.setNow(at(-59))
    expect(await members[1]?.client.send('POST', `/my/meetings/${id}/leave`, { reason: '临时有课' })).toMatchObject({
      status: 409,
      body: { code: 'meetings.leave_too_late' },
    })
  })
})

describe('calendar feed', () => {
  it('opens by its secret only, ends at once, and is never kept in the clear', async () => {
    const me = members[2] as Member
    await convened(desk, plan({ title: '日历中的会议' }))
    expect(await me.client.send('DELETE', '/my/calendar')).toMatchObject({
      status: 404,
      body: { code: 'meetings.no_feed' },
    })
    const { url } = (await me.client.send<{ url: string }>('POST', '/my/calendar', {})).body
    const path = new URL(url).pathname.replace('/api/v1', '')
    const feed = await f.stranger.send<string>('GET', path)
    expect(feed.headers['content-type']).toContain('text/calendar')
    expect(feed.body).toContain('SUMMARY:日历中的会议')
    expect(await f.stranger.send('GET', `/calendar/${'A'.repeat(43)}.ics`)).toMatchObject({ status: 404 })
    await me.client.send('POST', '/my/calendar', {})
    expect((await f.stranger.send('GET', path)).status).toBe(404)
    expect((await me.client.send('DELETE', '/my/calendar')).status).toBe(200)
  })
})

describe('lists and figures', () => {
  it('stays within the scope of the post', async () => {
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect((await nurses.send<{ rows: unknown[] }>('GET', '/meetings')).body.rows).toEqual([])
    expect(await nurses.send('GET', `/meetings?orgId=${f.orgs.teachers.id}`)).toMatchObject({
      status: 404,
      body: { code: 'meetings.no_such_org' },
    })
    const above = await f.signIn('committee_admin', 'committee')
    const within = async (below: boolean) =>
      (await above.send<{ rows: unknown[] }>('GET', `/meetings?orgId=${f.orgs.faculty.id}&below=${below}`)).body.rows
    expect((await within(true)).length).toBeGreaterThan(0)
    expect(await within(false)).toEqual([])
  })
  it('counts what branches have held and what is missing, by article', async () => {
    const admin = await f.signIn('committee_admin', 'committee')
    const ledger = await admin.send<{
      rows: { orgName: string; kinds: { kind: string; held: string[]; missing: string[]; ruleId: string }[] }[]
    }>('GET', '/meetings/ledger?year=2026')
    expect(ledger.body.rows).toHaveLength(4)
    const general = ledger.body.rows
      .find(({ orgName }) => orgName === f.orgs.teachers.name)
      ?.kinds.find(({ kind }) => kind === 'generalMeeting')
    expect(general).toMatchObject({ held: ['2026-11-02'], missing: ['Q1', 'Q2', 'Q3'], ruleId: 'BR-7' })
    const figures = await admin.send<{
      branches: number
      missing: { kind: string; branches: number }[]
      monthHeld: number
    }>('GET', '/meetings/figures')
    expect(figures.body).toMatchObject({
      branches: 4,
      monthHeld: 1,
      missing: [
        { kind: 'committeeMeeting', branches: 4 },
        { kind: 'themeDay', branches: 4 },
      ],
    })
  })
  it('exports the list with its purpose, and prints the notice', async () => {
    expect(await desk.send('POST', '/meetings/export', {})).toMatchObject({ status: 400 })
    const file = await desk.send('POST', '/meetings/export', { purpose: '向上级报送' })
    expect(file.status).toBe(200)
    expect(String(file.headers['content-disposition'])).toContain('.xlsx')
    const id = await convened(desk, plan())
    const pdf = await desk.send<string>('POST', `/meetings/${id}/print/notice`, { format: 'pdf' })
    expect(pdf.body.startsWith('%PDF')).toBe(true)
    expect((await members[0]?.client.send('POST', `/meetings/${id}/print/minutes`, { format: 'pdf' }))?.status).toBe(
      403,
    )
  })
})
