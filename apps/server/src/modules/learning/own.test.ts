import type {
  CourseFigures,
  MyCourse,
  MyCourseRow,
  noteProgress,
  ProgressMark,
  Reply,
  readMyLearning,
  readMyWeek,
} from '@tongxin/contract'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { publishAll } from '../../platform/events.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { cardBlock, chaptersOf, coursesOf, markOf, textBlock } from '../../test/learning-cases.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { countCourses, courseFiguresOf } from './index.ts'
import { sendDaily, sendWeekly } from './learning.jobs.ts'

let f: Fixture
let desk: Awaited<ReturnType<typeof coursesOf>>
let member: Member

beforeAll(async () => {
  f = await openFixture()
  desk = await coursesOf(f)
  member = await plantMember(f, 'teachers', '学习者')
})

const code = (name: string) => ({ body: { code: name } })
type Noted = Reply<typeof noteProgress>
const note = async (client: Client, ...marks: ProgressMark[]) =>
  (await client.send<Noted>('POST', '/my/learning/progress', { marks })).body
const start = (client: Client, id: string) => client.send('POST', `/my/courses/${id}/start`, {})
const mine = async (client: Client, id: string) => (await client.send<MyCourse>('GET', `/my/courses/${id}`)).body
const statementsOf = (courseId: string) =>
  f.admin.selectFrom('platform_event').select('type').where('subject_id', '=', courseId).execute()

describe('beginning a course', () => {
  it('is refused to those it is not meant for, before what comes first, outside its days, and when it was taken back', async () => {
    const audience = { orgId: f.orgs.medicine.id, kinds: ['formal' as const], posts: [], levels: [] }
    const elsewhere = await desk.open('医学院', { audience })
    expect(await start(member.client, elsewhere)).toMatchObject(code('learning.not_found'))
    const draft = await desk.begun('草稿')
    expect(await start(member.client, draft)).toMatchObject(code('learning.not_found'))
    const first = await desk.open('先修')
    const second = await desk.open('进阶', { prerequisites: [first] })
    expect(await start(member.client, second)).toMatchObject(code('learning.prerequisite_missing'))
    const later = await desk.open('明年', { validFrom: '2027-01-01' })
    expect(await start(member.client, later)).toMatchObject(code('learning.outside_validity'))
    const gone = await desk.open('下架')
    await desk.act(desk.releaser, gone, 'withdraw', { reason: '内容过时' })
    expect(await start(member.client, gone)).toMatchObject(code('learning.not_live'))
    const official = await f.signIn('party_worker', 'committee')
    expect(await start(official, first)).toMatchObject(code('learning.not_a_learner'))
    expect(await official.send('GET', '/my/learning')).toMatchObject({ status: 200, body: { isLearner: false } })
  })

  it('narrows an audience by post and level of the post', async () => {
    const audience = {
      orgId: f.orgs.committee.id,
      kinds: ['formal' as const],
      posts: ['secretary' as const],
      levels: ['branch' as const],
    }
    const id = await desk.open('书记课', { audience })
    expect(await start(member.client, id)).toMatchObject(code('learning.not_found'))
    const secretary = await plantMember(f, 'students', '支书')
    await f.admin
      .insertInto('org_post')
      .values({
        tenant_id: f.tenantId,
        id: crypto.randomUUID(),
        unit_id: f.orgs.students.id,
        org_path: f.orgs.students.path,
        member_id: secretary.id,
        name: '支书',
        post: 'secretary',
        from_on: '2026-01-01',
        created_at: NOW,
      } as never)
      .execute()
    expect((await start(secretary.client, id)).status).toBe(200)
  })

  it('happens once, in the newest version; who has begun stays in the own one', async () => {
    const id = await desk.open('两版')
    expect((await start(member.client, id)).body).toMatchObject({ number: 1 })
    await desk.author.send('POST', `/courses/${id}/draft`, {})
    await desk.save(id, { chapters: chaptersOf([textBlock('新'), textBlock('更新')]) })
    await desk.released(id)
    const other = await plantMember(f, 'students', '后来者')
    expect((await start(other.client, id)).body).toMatchObject({ number: 2 })
    expect((await start(member.client, id)).body).toMatchObject({ number: 1 })
    expect(await mine(member.client, id)).toMatchObject({ number: 1, isOlder: true, total: 1 })
    expect(await mine(other.client, id)).toMatchObject({ number: 2, isOlder: false, total: 2 })
  })
})

describe('marks of a device', () => {
  it('are refused one by one: no such course or block, what only a quiz may say, a question without a choice', async () => {
    const quiz = { id: crypto.randomUUID(), kind: 'text', title: '', confirm: null, text: '一' } as const
    const card = cardBlock()
    const id = await desk.open('逐条', { kind: 'micro', chapters: chaptersOf([quiz, card]) })
    expect(await note(member.client, markOf(id, quiz.id))).toMatchObject({ kept: 0, refused: [{ fault: 'course' }] })
    await start(member.client, id)
    const answered = await note(
      member.client,
      markOf(id, crypto.randomUUID()),
      markOf(id, card.id),
      markOf(id, quiz.id, { choice: 1 }),
      markOf(id, quiz.id),
    )
    expect(answered.refused.map(({ fault }) => fault)).toEqual(['block', 'choice_missing', 'choice_missing'])
    expect(answered.kept).toBe(1)
    expect((await f.stranger.send('POST', '/my/learning/progress', { marks: [markOf(id, quiz.id)] })).status).toBe(401)
    expect((await member.client.send('POST', '/my/learning/progress', { marks: [] })).status).toBe(400)
  })

  it('count once in any order: done stays done, the latest place wins, completion is told once', async () => {
    const blocks = [textBlock('一'), textBlock('二')]
    const id = await desk.open('顺序', { chapters: chaptersOf([blocks[0] as never], [blocks[1] as never]) })
    await start(member.client, id)
    const [one, two] = blocks.map((block) => block.id) as [string, string]
    const late = markOf(id, one, { place: 8, isDone: false, at: '2026-11-02T00:50:00.000Z' })
    const early = markOf(id, one, { place: 3, isDone: true, at: '2026-11-02T00:10:00.000Z' })
    await note(member.client, late, early)
    await note(member.client, early)
    expect((await mine(member.client, id)).marks).toMatchObject([{ blockId: one, place: 8, isDone: true }])
    expect(await note(member.client, markOf(id, two))).toMatchObject({ completed: [id] })
    expect(await note(member.client, markOf(id, two))).toMatchObject({ kept: 1, completed: [] })
    expect(await mine(member.client, id)).toMatchObject({ state: 'completed', done: 2, total: 2 })
    const told = (await statementsOf(id)).filter(({ type }) => type === 'learning.completed')
    expect(told).toHaveLength(1)
    const verbs = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', '=', 'xapi.stated')
      .execute()
    expect(verbs.filter(({ payload }) => (payload as { activityId: string }).activityId === id)).toHaveLength(1)
  })

  it('of many people at once are all kept', async () => {
    const block = textBlock()
    const id = await desk.open('众人', { chapters: chaptersOf([block]) })
    const people: Member[] = []
    for (let at = 1; at <= 6; at += 1) people.push(await plantMember(f, 'students', `学员${at}`))
    await Promise.all(people.map(({ client }) => start(client, id)))
    const answers = await Promise.all(people.map(({ client }) => note(client, markOf(id, block.id))))
    expect(answers.every(({ completed }) => completed[0] === id)).toBe(true)
    for (const [at, { client }] of people.entries())
      expect((await client.send('POST', `/my/courses/${id}/rating`, { stars: (at % 5) + 1 })).status).toBe(200)
    await countCourses({ platform: f.platform, now: NOW, signal: AbortSignal.timeout(60_000) })
    const figures = await courseFiguresOf({ db: f.admin as never, tenantId: f.tenantId }, [id])
    expect(figures.get(id)).toEqual({ enrolled: 6, completed: 6, rating: 27 } satisfies CourseFigures)
    const learners = await desk.author.send<{ rows: object[] }>(
      'GET',
      `/courses/${id}/learners?completed=true&sort=name`,
    )
    expect(learners.body.rows).toHaveLength(6)
    const file = await desk.author.send('POST', `/courses/${id}/learners/export`, { format: 'csv', filter: {} })
    expect(String(file.body)).toContain('学员3')
    const secretary = await f.signIn('branch_secretary', 'nurses')
    const none = await secretary.send<{ rows: object[] }>('GET', `/courses/${id}/learners`)
    expect(none.body.rows).toEqual([])
  })

  it('are not taken any more when the course was taken back', async () => {
    const block = textBlock()
    const id = await desk.open('收回', { chapters: chaptersOf([block]) })
    await start(member.client, id)
    await desk.act(desk.releaser, id, 'withdraw', { reason: '内容过时' })
    expect(await note(member.client, markOf(id, block.id))).toMatchObject({ refused: [{ fault: 'withdrawn' }] })
    expect(await mine(member.client, id)).toMatchObject({ chapters: [], withdrawnReason: '内容过时' })
  })
})

describe('what is learned elsewhere', () => {
  it('is done by the result of its module alone, with the mastery of the course', async () => {
    const paperId = crypto.randomUUID()
    const id = await desk.open('测验课')
    const quiz = { id: crypto.randomUUID(), kind: 'quiz', title: '', confirm: null, paperId }
    const chapters = JSON.stringify([{ id: crypto.randomUUID(), title: '测验', blocks: [quiz] }])
    // A quiz can only be named when it is there: the content is written past the routes.
    await sql`update learning_version set content = jsonb_set(content, '{chapters}', ${chapters}::jsonb)
      where tenant_id = ${f.tenantId} and course_id = ${id}`.execute(f.admin)
    const learner = await plantMember(f, 'students', '应试者')
    await start(learner.client, id)
    expect(await note(learner.client, markOf(id, quiz.id))).toMatchObject({ refused: [{ fault: 'not_by_hand' }] })
    const finished = async (scaled: number) => {
      const payload = { paperId, sittingId: crypto.randomUUID(), memberId: learner.id, passed: scaled >= 0.6, scaled }
      const subject = { kind: 'paper', id: paperId, orgPath: f.orgs.students.path, personId: learner.personId }
      await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, (tx) =>
        publishAll(tx, { tenantId: f.tenantId, now: NOW }, 'exams.finished', [{ subject, payload }]),
      )
      await f.deliver()
      return (await mine(learner.client, id)).state
    }
    expect(await finished(0.59)).toBe('begun')
    expect(await finished(0.6)).toBe('completed')
  })
})

describe('what a learner is told', () => {
  it('holds the answer of a question only after it was given', async () => {
    const card = cardBlock()
    const id = await desk.open('微课', { kind: 'micro', chapters: chaptersOf([card]) })
    await start(member.client, id)
    const raw = JSON.stringify(await mine(member.client, id))
    expect(raw).not.toContain('按月主动交纳')
    expect(raw).not.toContain('"right":1')
    const answered = await note(member.client, markOf(id, card.id, { choice: 0 }))
    expect(answered.answers).toEqual([{ blockId: card.id, right: 1, why: '按月主动交纳。' }])
    // The first answer stays.
    await note(member.client, markOf(id, card.id, { choice: 1, at: '2026-11-02T00:55:00.000Z' }))
    expect((await mine(member.client, id)).marks).toMatchObject([{ choice: 0, right: 1, why: '按月主动交纳。' }])
  })

  it('rates only what was finished and keeps favourites', async () => {
    const id = await desk.open('评价')
    expect(await member.client.send('POST', `/my/courses/${id}/rating`, { stars: 5 })).toMatchObject(
      code('learning.not_finished'),
    )
    expect((await member.client.send('PUT', `/my/courses/${id}/favourite`, { isFavourite: true })).status).toBe(200)
    const kept = await member.client.send<{ rows: MyCourseRow[] }>('GET', '/my/courses?state=favourite')
    expect(kept.body.rows.map((row) => row.id)).toEqual([id])
  })

  it('sends one micro-lesson a day to whoever switched it on, at the chosen hour or the next that the machine is on', async () => {
    const learner = await plantMember(f, 'retired', '每日')
    expect(await learner.client.send('GET', '/my/learning/habit')).toMatchObject({ body: { isOn: false } })
    await learner.client.send('PUT', '/my/learning/habit', { isOn: true, hour: 9, isWeekly: false, weekday: 1 })
    const ctx = { platform: f.platform, signal: AbortSignal.timeout(60_000) }
    await sendDaily({ ...ctx, now: new Date('2026-11-02T00:00:00Z') })
    const startPage = async () => (await learner.client.send<Reply<typeof readMyLearning>>('GET', '/my/learning')).body
    expect((await startPage()).daily).toBeNull()
    for (const at of ['2026-11-02T03:00:00Z', '2026-11-02T04:00:00Z']) await sendDaily({ ...ctx, now: new Date(at) })
    const { daily } = await startPage()
    expect(daily).toMatchObject({ kind: 'micro' })
    const told = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', '=', 'learning.micro_due')
      .execute()
    expect(told).toHaveLength(1)
  })

  it('sends the week once to whoever asked for it and has something due or new, and shows the same on the page', async () => {
    const reader = await plantMember(f, 'nurses', '周报')
    const silent = await plantMember(f, 'nurses', '不要周报')
    await silent.client.send('PUT', '/my/learning/habit', { isOn: false, hour: 9, isWeekly: false, weekday: 1 })
    // 2026-11-02 is a Monday; the choice is made before nine.
    await reader.client.send('PUT', '/my/learning/habit', { isOn: false, hour: 9, isWeekly: true, weekday: 1 })
    const audience = { orgId: f.orgs.nurses.id, kinds: ['formal' as const], posts: [], levels: [] }
    const fresh = await desk.open('护士新课', { audience })
    await desk.open('书记新课', { audience: { ...audience, posts: ['secretary'] } })
    const week = async () => (await reader.client.send<Reply<typeof readMyWeek>>('GET', '/my/learning/week')).body
    const expected = (await week()).fresh.map(({ id }) => id)
    expect(expected).toContain(fresh)
    const ctx = { platform: f.platform, signal: AbortSignal.timeout(60_000) }
    for (const at of ['2026-11-02T00:00:00Z', '2026-11-02T03:00:00Z', '2026-11-02T04:00:00Z', '2026-11-03T03:00:00Z'])
      await sendWeekly({ ...ctx, now: new Date(at) })
    const told = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', '=', 'learning.week_due')
      .execute()
    expect(told.map(({ payload }) => payload)).toEqual([
      { due: 0, fresh: expected.length, personIds: [reader.personId] },
    ])
    await start(reader.client, fresh)
    expect((await week()).fresh.map(({ id }) => id)).not.toContain(fresh)
  })
})

describe('public courses', () => {
  it('are read by a stranger without a trace; others are not there for him', async () => {
    const id = await desk.open('公开课', { isPublic: true, chapters: chaptersOf([cardBlock()]) })
    const hidden = await desk.open('内部课')
    const list = await f.stranger.send<{ rows: { id: string }[] }>('GET', '/public/courses')
    expect(list.body.rows.map((row) => row.id)).toEqual([id])
    const read = await f.stranger.send('GET', `/public/courses/${id}`)
    expect(read).toMatchObject({ status: 200, body: { title: '公开课' } })
    expect(JSON.stringify(read.body)).not.toContain('按月主动交纳')
    expect(await f.stranger.send('GET', `/public/courses/${hidden}`)).toMatchObject(code('learning.not_found'))
    const path = `/public/courses/${id}/files/${crypto.randomUUID()}/content`
    expect(await f.stranger.send('GET', path)).toMatchObject(code('learning.not_found'))
  })

  it('leave the list for everybody with their withdrawal, and come back with it', async () => {
    const id = await desk.open('轮换课', { isPublic: true, chapters: chaptersOf([cardBlock()]) })
    const listed = async (query = '') => {
      const { rows } = (await f.stranger.send<{ rows: { id: string }[] }>('GET', `/public/courses${query}`)).body
      return rows.some((row) => row.id === id)
    }
    expect([await listed(), await listed('?text=轮换'), await listed('?text=不在')]).toEqual([true, true, false])
    expect(await desk.act(desk.releaser, id, 'withdraw', { reason: '内容过时' })).toMatchObject({ status: 200 })
    expect(await listed()).toBe(false)
    expect(await desk.act(desk.releaser, id, 'restore', { reason: '已更新' })).toMatchObject({ status: 200 })
    expect(await listed()).toBe(true)
  })

  it('are asked for six hundred times a minute from one house, and no oftener, whatever the others do', async () => {
    const ask = (remoteAddress: string) =>
      f.app.http.inject({ url: `/api/v1/public/courses/${crypto.randomUUID()}`, remoteAddress })
    // Of IPv6 a house has as many addresses as it likes.
    const house = (at: number) => `2001:db8:1:2:${at.toString(16)}::1`
    for (let at = 0; at < 600; at += 50)
      await Promise.all(Array.from({ length: 50 }, (_, more) => ask(house(at + more))))
    const refused = await ask(house(600))
    expect(refused.json()).toMatchObject({ code: 'request.too_many' })
    expect({ status: refused.statusCode, wait: refused.headers['retry-after'] }).toEqual({ status: 429, wait: '60' })
    expect((await ask('2001:db8:1:3::1')).json()).toMatchObject(code('learning.not_found').body)
  })
})
