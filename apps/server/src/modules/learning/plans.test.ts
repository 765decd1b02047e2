import type { PlanPerson, PlanRecord, PlanUnit, Reply, readMyLearning, readMyWeek } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { chaptersOf, coursesOf, markOf, textBlock } from '../../test/learning-cases.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { unfinishedPeople } from './index.ts'
import { remindOfDue, sendWeekly } from './learning.jobs.ts'

let f: Fixture
let desk: Awaited<ReturnType<typeof coursesOf>>
let teacher: Member
let nurse: Member
let required: string
let elective: string
const block = textBlock()

beforeAll(async () => {
  f = await openFixture()
  desk = await coursesOf(f)
  teacher = await plantMember(f, 'teachers', '教师')
  nurse = await plantMember(f, 'nurses', '护士')
  await plantMember(f, 'teachers', '积极分子', { category: 'activist' })
  required = await desk.open('必修课', { chapters: chaptersOf([block]) })
  elective = await desk.open('选修课')
})

const code = (name: string) => ({ body: { code: name } })
const bodyOf = (more: object = {}) => ({
  kind: 'annual',
  year: 2026,
  orgId: f.orgs.committee.id,
  title: '2026 年党员学习计划',
  note: '',
  audience: { orgId: f.orgs.committee.id, kinds: ['formal', 'probationary'], posts: [], levels: [] },
  courses: [
    { courseId: required, isRequired: true, dueOn: '2026-11-09' },
    { courseId: elective, isRequired: false, dueOn: null },
  ],
  ...more,
})
type Changed = { id: string; version: number }
const created = async (more: object = {}) =>
  (await desk.author.send<Changed>('POST', '/learning-plans', bodyOf(more))).body.id
const read = async (id: string, client: Client = desk.author) =>
  (await client.send<PlanRecord>('GET', `/learning-plans/${id}`)).body
const act = async (id: string, step: string, body: object = {}, client = desk.author) =>
  client.send<Changed>('POST', `/learning-plans/${id}/${step}`, body, {
    'if-match': `"${(await read(id)).version}"`,
  })

describe('a plan', () => {
  it('is refused outside the scope, with courses that are not open or twice there, and days of another year', async () => {
    const send = (more: object) => desk.author.send('POST', '/learning-plans', bodyOf(more))
    const faculty = await f.signIn('party_worker', 'faculty')
    expect(await faculty.send('POST', '/learning-plans', bodyOf())).toMatchObject(code('learning.no_such_org'))
    const course = { courseId: required, isRequired: true, dueOn: null }
    expect(await send({ courses: [course, course] })).toMatchObject({
      body: { code: 'learning.plan_course_unusable', fields: [{ field: '/body/courses/1/courseId' }] },
    })
    const draft = await desk.begun('草稿')
    expect(await send({ courses: [{ ...course, courseId: draft }] })).toMatchObject(
      code('learning.plan_course_unusable'),
    )
    expect(await send({ courses: [{ ...course, dueOn: '2027-01-01' }] })).toMatchObject(
      code('learning.due_outside_year'),
    )
    expect(await desk.author.send('GET', `/learning-plans/${crypto.randomUUID()}`)).toMatchObject(
      code('learning.plan_not_found'),
    )
    const empty = await created({ courses: [] })
    expect(await act(empty, 'publish')).toMatchObject(code('learning.plan_empty'))
    expect((await act(empty, 'close', { reason: '不再需要' })).status).toBe(200)
    expect(await act(empty, 'close', { reason: '不再需要' })).toMatchObject(code('learning.plan_state'))
  })

  it('reaches everybody of its audience without a row each, and shows who has not finished, unit by unit', async () => {
    const id = await created()
    expect((await teacher.client.send<Reply<typeof readMyLearning>>('GET', '/my/learning')).body.planned).toEqual([])
    expect((await act(id, 'publish')).status).toBe(200)
    await f.deliver()
    const inbox = await teacher.client.send('GET', '/my/notices')
    expect(inbox.body).toMatchObject({ rows: [{ kind: 'learning_plan', facts: { title: '2026 年党员学习计划' } }] })
    const startPage = async () => (await teacher.client.send<Reply<typeof readMyLearning>>('GET', '/my/learning')).body
    expect(await startPage()).toMatchObject({
      planned: [{ id: required, dueOn: '2026-11-09', state: 'new', isOverdue: false }, { id: elective }],
      plans: [{ id, required: 1, done: 0 }],
    })
    await teacher.client.send('POST', `/my/courses/${required}/start`, {})
    await teacher.client.send('POST', '/my/learning/progress', { marks: [markOf(required, block.id)] })
    expect((await startPage()).plans).toMatchObject([{ required: 1, done: 1 }])
    expect(await read(id)).toMatchObject({ people: 2, finished: 1 })
    const people = await desk.author.send<{ rows: PlanPerson[] }>('GET', `/learning-plans/${id}/people?finished=false`)
    expect(people.body.rows.map(({ name }) => name)).toEqual(['护士'])
    const units = await desk.author.send<{ rows: PlanUnit[] }>('GET', `/learning-plans/${id}/units`)
    expect(units.body.rows).toMatchObject([
      { orgName: f.orgs.medicine.name, hasBelow: true, people: 1, finished: 0 },
      { orgName: f.orgs.faculty.name, hasBelow: true, people: 1, finished: 1 },
    ])
    const secretary = await f.signIn('branch_secretary', 'teachers')
    const own = await secretary.send<{ rows: PlanPerson[] }>('GET', `/learning-plans/${id}/people`)
    expect(own.body.rows.map(({ name }) => name)).toEqual(['教师'])
    expect(await secretary.send('GET', `/learning-plans/${id}/units?orgId=${f.orgs.nurses.id}`)).toMatchObject(
      code('learning.no_such_org'),
    )
    const file = await desk.author.send('POST', `/learning-plans/${id}/people/export`, { format: 'csv', filter: {} })
    expect(String(file.body)).toContain('护士')
  })

  it('reminds those who have not finished, once a day, and before the due day by itself', async () => {
    const id = await created({ title: '提醒' })
    expect(await act(id, 'remind', { memberIds: null })).toMatchObject(code('learning.plan_state'))
    await act(id, 'publish')
    const secretary = await f.signIn('branch_secretary', 'teachers')
    expect(await act(id, 'remind', { memberIds: null }, secretary)).toMatchObject(code('learning.nobody_to_remind'))
    expect(await act(id, 'remind', { memberIds: null })).toMatchObject({ status: 200, body: { people: 1 } })
    expect(await act(id, 'remind', { memberIds: null })).toMatchObject(code('learning.reminded_today'))
    expect(await act(id, 'remind', { memberIds: [nurse.id] })).toMatchObject({ status: 200 })
    const clockwork = { platform: f.platform, signal: AbortSignal.timeout(60_000) }
    for (const now of [NOW, NOW, new Date('2026-11-04T01:00:00Z')]) await remindOfDue({ ...clockwork, now })
    // The machine was off on the day before the last.
    await remindOfDue({ ...clockwork, now: new Date('2026-11-09T01:00:00Z') })
    const told = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', '=', 'learning.due_soon')
      .orderBy('at')
      .execute()
    const course = { planId: id, courseId: required, title: '必修课', dueOn: '2026-11-09' }
    expect(told.map(({ payload }) => payload as { planId: string }).filter(({ planId }) => planId === id)).toEqual([
      { ...course, days: 7 },
      { ...course, days: 0 },
    ])
    const asked = { courseId: required, path: 'r00', memberIds: null, now: NOW }
    const people = await unfinishedPeople(f.admin as never, f.tenantId, id, asked)
    expect(people.map(({ name }) => name)).toEqual(['护士'])
  })

  it('stands in the week of those who asked for it, each course once, and nowhere else', async () => {
    await nurse.client.send('PUT', '/my/learning/habit', { isOn: false, hour: 9, isWeekly: true, weekday: 1 })
    const week = (await nurse.client.send<Reply<typeof readMyWeek>>('GET', '/my/learning/week')).body
    expect(week).toMatchObject({ until: '2026-11-16', due: [{ id: required, dueOn: '2026-11-09', isOverdue: false }] })
    await sendWeekly({
      platform: f.platform,
      signal: AbortSignal.timeout(60_000),
      now: new Date('2026-11-02T03:00:00Z'),
    })
    await f.deliver()
    const inbox = await nurse.client.send<{ rows: { kind: string }[] }>('GET', '/my/notices')
    const { length } = week.fresh
    expect(inbox.body.rows.filter(({ kind }) => kind === 'learning_week')).toMatchObject([
      { facts: { due: 1, fresh: length }, path: '/learning/week' },
    ])
    expect(JSON.stringify((await teacher.client.send('GET', '/my/notices')).body)).not.toContain('learning_week')
  })

  it('is changed after publication, and closed with a reason', async () => {
    const id = await created({ title: '变更' })
    await act(id, 'publish')
    const { version } = await read(id)
    const change = (courses: object[]) => {
      const { kind: _kind, year: _year, orgId: _orgId, ...body } = bodyOf({ courses })
      return desk.author.send('PUT', `/learning-plans/${id}`, body, { 'if-match': `"${version}"` })
    }
    expect(await change([])).toMatchObject(code('learning.plan_empty'))
    expect((await change([{ courseId: required, isRequired: true, dueOn: '2026-12-20' }])).status).toBe(200)
    const clock = await f.admin
      .selectFrom('deadlines_item')
      .select(['due_on as dueOn', 'state'])
      .where('key', '=', `learning.plan/${id}`)
      .executeTakeFirst()
    expect(clock).toEqual({ dueOn: '2026-12-20', state: 'open' })
    await act(id, 'close', { reason: '并入新计划' })
    expect(await read(id)).toMatchObject({ state: 'closed', can: { write: false } })
  })
})
