import type {
  MyTask,
  markStudyWorks,
  OwnCredits,
  Page,
  Reply,
  readStudyWork,
  StudyTaskRow,
  StudyWorkCard,
} from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { keepClocks } from './study.jobs.ts'

let f: Fixture
let writer: Member
let friend: Member
let away: Member
let activist: Member
let secretary: Member
let officer: Client
let committee: Client
let stranger: Client
type Made = { id: string; state: string; code?: string }

beforeAll(async () => {
  f = await openFixture()
  writer = await plantMember(f, 'teachers', '李学习')
  friend = await plantMember(f, 'teachers', '赵同学')
  activist = await plantMember(f, 'teachers', '钱积极', { category: 'activist' })
  away = await plantMember(f, 'nurses', '周外人')
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  officer = await f.signIn('branch_officer', 'teachers')
  committee = await f.signIn('committee_admin', 'committee', { name: '组织部' })
  stranger = await f.signIn('branch_secretary', 'nurses')
})

const MEMBERS = { kinds: ['formal', 'probationary'], posts: [], levels: [] }
const taskBody = (more: object = {}) => ({
  orgId: f.orgs.teachers.id,
  kind: 'reflection',
  title: '学习支部工作条例心得',
  brief: '结合本职工作谈体会',
  minWords: 30,
  maxWords: 400,
  needsFile: false,
  audience: MEMBERS,
  dueOn: '2026-11-20',
  ...more,
})
const setTask = (more: object = {}, who: Client = secretary.client) =>
  who.send<Made>('POST', '/study/tasks', taskBody(more))
const TEXT =
  '通过这次学习，我深刻认识到支部工作条例是做好基层党建工作的根本遵循，要把条例的要求落实到三会一课和主题党日之中，努力做一名合格的党员。'
const handIn = (who: Member, body: object) =>
  who.client.send<Made>('POST', '/my/study/works', { body: TEXT, fileIds: [], wantsShow: false, ...body })
const read = (id: string, who: Client = secretary.client) =>
  who.send<Reply<typeof readStudyWork>>('GET', `/study/works/${id}`)
const mark = (id: string, grade = 'excellent', who: Client = secretary.client) =>
  who.send<Made>('POST', `/study/works/${id}/mark`, { grade, comment: '有思考，联系实际' })

describe('an assignment', () => {
  it('is refused for units of others, days that are over, limits the wrong way and courses that are not there', async () => {
    expect((await setTask({}, stranger)).body).toMatchObject({ code: 'study.no_such_org' })
    expect((await setTask({}, officer)).body).toMatchObject({ code: 'request.not_permitted' })
    expect((await setTask({ dueOn: '2026-11-01' })).body).toMatchObject({ code: 'study.dates_wrong' })
    expect((await setTask({ minWords: 401 })).body).toMatchObject({ code: 'study.words_range' })
    const courseId = '0193a7a0-0000-7000-8000-000000000000'
    expect((await setTask({ courseId })).body).toMatchObject({ code: 'study.no_such_course' })
  })

  it('is asked of members of the unit, reminded once a day, and keeps its limits once somebody handed in', async () => {
    const { id } = (await setTask()).body
    const tasksOf = async (who: Member) =>
      (await who.client.send<Page<MyTask>>('GET', '/my/study/tasks')).body.rows.map((row) => row.id)
    expect(await tasksOf(writer)).toContain(id)
    expect(await tasksOf(away)).toEqual([])
    const missing = await secretary.client.send<{ people: number; missing: object[] }>('GET', `/study/tasks/${id}`)
    expect(missing.body).toMatchObject({ people: 3 })
    const work = await handIn(writer, { taskId: id })
    expect(work.status).toBe(200)
    expect(await tasksOf(writer)).not.toContain(id)
    const remind = () => secretary.client.send<{ people: number }>('POST', `/study/tasks/${id}/remind`, {})
    expect((await remind()).body).toEqual({ people: 2 })
    expect((await remind()).body).toMatchObject({ code: 'study.reminded_today' })
    const { title, brief, maxWords, dueOn } = taskBody()
    const change = { title, brief, minWords: 10, maxWords, dueOn }
    expect((await secretary.client.send('PUT', `/study/tasks/${id}`, change)).body).toMatchObject({
      code: 'study.limits_used',
    })
    const rows = await secretary.client.send<Page<StudyTaskRow>>('GET', '/study/tasks?kind=reflection')
    expect(rows.body.rows).toContainEqual(expect.objectContaining({ id, handedIn: 1, waiting: 1 }))
    await f.deliver()
    const inbox = await friend.client.send<{ rows: { kind: string }[] }>('GET', '/my/notices')
    expect(inbox.body.rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['study_task', 'study_reminder']))
    const close = { state: 'closed', reason: '学习告一段落' }
    await secretary.client.send('PUT', `/study/tasks/${id}/state`, close)
    expect((await handIn(friend, { taskId: id })).body).toMatchObject({ code: 'study.closed' })
  })
})

describe('an audience', () => {
  const tasksOf = async (who: Member) =>
    (await who.client.send<Page<MyTask>>('GET', '/my/study/tasks')).body.rows.map((row) => row.id)

  it('is narrowed by posts and the level where they are held, and by kinds of people', async () => {
    const level = { kinds: ['formal'], posts: [], levels: ['branch'] }
    expect((await setTask({ audience: level })).body).toMatchObject({
      code: 'study.levels_without_posts',
      fields: [{ field: '/body/audience/levels' }],
    })
    await f.admin
      .insertInto('org_post')
      .values({
        tenant_id: f.tenantId,
        id: crypto.randomUUID(),
        unit_id: f.orgs.teachers.id,
        org_path: f.orgs.teachers.path,
        member_id: secretary.id,
        name: '王书记',
        post: 'secretary',
        from_on: '2026-01-01',
        created_at: NOW,
      } as never)
      .execute()
    const branch = (await setTask({ audience: { ...level, posts: ['secretary'] } })).body.id
    const above = (await setTask({ audience: { ...level, posts: ['secretary'], levels: ['committee'] } })).body.id
    const activists = (await setTask({ audience: { ...MEMBERS, kinds: ['activist'] } })).body.id
    expect(await tasksOf(secretary)).toContain(branch)
    expect(await tasksOf(secretary)).not.toContain(above)
    for (const id of [branch, above, activists]) expect(await tasksOf(writer)).not.toContain(id)
    expect(await tasksOf(activist)).toContain(activists)
    const record = async (id: string) => (await secretary.client.send<object>('GET', `/study/tasks/${id}`)).body
    expect(await record(branch)).toMatchObject({ people: 1, missing: [{ name: '王书记' }] })
    expect(await record(above)).toMatchObject({ people: 0 })
    expect((await handIn(writer, { taskId: branch })).status).toBe(404)
  })
})

describe('the last day of an assignment', () => {
  type Due = { kind: string; dueOn: string }
  const dueOf = async (who: Member) =>
    (await who.client.send<Page<Due>>('GET', '/my/deadlines')).body.rows
      .filter(({ kind }) => kind === 'study.work' || kind === 'study.task')
      .map(({ kind, dueOn }) => `${kind} ${dueOn}`)

  it('stands among the own deadlines until it is handed in, again when it came back, and not once it is closed', async () => {
    for (const one of (await secretary.client.send<Page<StudyTaskRow>>('GET', '/study/tasks?state=open')).body.rows)
      await secretary.client.send('PUT', `/study/tasks/${one.id}/state`, { state: 'closed', reason: '清理' })
    const { id } = (await setTask({ title: '有期限', kind: 'homework', dueOn: '2026-11-05' })).body
    await f.deliver()
    expect(await dueOf(writer)).toEqual(['study.work 2026-11-05'])
    expect(await dueOf(away)).toEqual([])
    expect(await dueOf(secretary)).toContain('study.task 2026-11-05')
    const work = (await handIn(writer, { taskId: id })).body.id
    expect(await dueOf(writer)).toEqual([])
    await secretary.client.send('POST', `/study/works/${work}/return`, { comment: '请补充' })
    expect(await dueOf(writer)).toEqual(['study.work 2026-11-09'])
    const late = await plantMember(f, 'teachers', '孙新来')
    const run = () =>
      keepClocks({ platform: f.platform, now: f.platform.clock(), signal: new AbortController().signal })
    await run()
    expect(await dueOf(late)).toEqual(['study.work 2026-11-05'])
    f.setNow(new Date('2026-11-14T02:00:00Z'))
    await run()
    f.setNow(NOW)
    expect([await dueOf(late), await dueOf(writer)]).toEqual([[], ['study.work 2026-11-09']])
    await secretary.client.send('PUT', `/study/tasks/${id}/state`, { state: 'closed', reason: '完成' })
    expect(await dueOf(writer)).toEqual([])
    expect(await dueOf(secretary)).toEqual([])
  })
})

describe('a work', () => {
  it('is refused when too short, too long, without its file or title, and outside the unit', async () => {
    const { id } = (await setTask({ title: '附件作业', kind: 'homework', maxWords: 70, needsFile: true })).body
    expect((await handIn(away, { taskId: id })).body).toMatchObject({ code: 'study.not_found' })
    expect((await handIn(writer, { taskId: id, body: '太短' })).body).toMatchObject({
      code: 'study.words_missing',
      fields: [{ field: '/body/body', detail: { words: 2, least: 30 } }],
    })
    expect((await handIn(writer, { taskId: id, body: TEXT + TEXT })).body).toMatchObject({ code: 'study.words_over' })
    expect((await handIn(writer, { taskId: id })).body).toMatchObject({ code: 'study.file_missing' })
    expect((await handIn(writer, {})).body).toMatchObject({ code: 'study.title_missing' })
  })

  it('comes back with a comment, is handed in again with every round kept, and is marked by somebody else', async () => {
    const { id: taskId } = (await setTask({ title: '再交一次' })).body
    const { id } = (await handIn(writer, { taskId })).body
    expect((await handIn(writer, { taskId })).body).toMatchObject({ code: 'study.handed_in' })
    expect((await read(id, stranger)).status).toBe(404)
    expect((await mark(id, 'good', officer)).body).toMatchObject({ code: 'request.not_permitted' })
    const back = await secretary.client.send<Made>('POST', `/study/works/${id}/return`, { comment: '请结合事例' })
    expect(back.body.state).toBe('returned')
    expect((await mark(id)).body).toMatchObject({ code: 'study.not_waiting' })
    expect((await handIn(writer, { taskId, body: `${TEXT}例如上个月的志愿服务。` })).body.id).toBe(id)
    expect((await mark(id, 'good')).body.state).toBe('marked')
    const { body } = await writer.client.send<{ rounds: object[] }>('GET', `/my/study/works/${id}`)
    expect(body.rounds).toMatchObject([
      { round: 2, result: 'marked', grade: 'good', markedBy: '王书记' },
      { round: 1, result: 'returned', comment: '请结合事例', body: TEXT },
    ])
    const own = (await handIn(secretary, { title: '我的体会' })).body.id
    expect((await mark(own)).body).toMatchObject({ code: 'study.own_work' })
  })

  it('tells the reader what is alike in the bank, and whose it is only within the reach', async () => {
    const elsewhere = await handIn(away, { title: '护理支部的心得', body: `尊敬的支部：${TEXT}` })
    const { id } = (await handIn(friend, { title: '我的心得' })).body
    const { similar } = (await read(id)).body
    expect(similar.length).toBeGreaterThan(0)
    expect(similar.map((one) => one.id)).not.toContain(elsewhere.body.id)
    const seen = (await read(id, committee)).body.similar
    expect(seen).toContainEqual(expect.objectContaining({ id: elsewhere.body.id, writer: '周外人' }))
    expect(seen[0]?.percent).toBeGreaterThan(60)
  })

  it('is shown only when it is excellent and its writer agrees, and hidden the moment he does not', async () => {
    const { id } = (await handIn(writer, { title: '值得一读' })).body
    const show = (isShown: boolean) => secretary.client.send<Made>('PUT', `/study/works/${id}/show`, { isShown })
    const agree = (wantsShow: boolean) => writer.client.send('PUT', `/my/study/works/${id}/consent`, { wantsShow })
    expect((await show(true)).body).toMatchObject({ code: 'study.no_consent' })
    await agree(true)
    expect((await show(true)).body).toMatchObject({ code: 'study.not_excellent' })
    await mark(id)
    expect((await show(true)).status).toBe(200)
    const shown = async (who: Member) =>
      (await who.client.send<Page<StudyWorkCard>>('GET', '/my/study/shown')).body.rows.map((row) => row.id)
    expect(await shown(friend)).toEqual([id])
    expect(await shown(away)).toEqual([])
    const remark = (who: Member) =>
      who.client.send<{ id: string }>('POST', `/my/study/shown/${id}/remarks`, { body: '很受启发' })
    expect((await remark(away)).status).toBe(404)
    const said = (await remark(friend)).body.id
    expect((await secretary.client.send('POST', `/my/study/remarks/${said}/withdraw`, {})).status).toBe(404)
    expect((await writer.client.send('POST', `/my/study/remarks/${said}/withdraw`, {})).status).toBe(200)
    await agree(false)
    expect(await shown(friend)).toEqual([])
    expect((await friend.client.send('GET', `/my/study/shown/${id}`)).status).toBe(404)
  })

  it('is exported with its grade and without its words', async () => {
    const answer = await secretary.client.send('POST', '/study/works/export', { filter: { state: 'marked' } })
    expect(answer.status).toBe(200)
    expect(
      (await stranger.send('POST', '/study/works/export', { filter: { orgId: f.orgs.teachers.id } })).body,
    ).toMatchObject({ code: 'study.no_such_org' })
  })
})

describe('hours of study', () => {
  it('come of homework that somebody else found good enough, once, and never of a reflection by default', async () => {
    const earned = async (who: Member) => {
      await f.deliver()
      return (await who.client.send<OwnCredits>('GET', '/my/credits?year=2026')).body.account.earned
    }
    const before = await earned(writer)
    const give = async (kind: string, grade: string) => {
      const { id: taskId } = (await setTask({ title: `计学时${kind}${grade}`, kind })).body
      const { id } = (await handIn(writer, { taskId })).body
      expect((await mark(id, grade)).status).toBe(200)
    }
    await give('homework', 'fail')
    await give('reflection', 'excellent')
    await mark((await handIn(writer, { title: '自己写的' })).body.id)
    expect(await earned(writer)).toBe(before)
    await give('homework', 'pass')
    expect(await earned(writer)).toBe(before + 50)
    const { rows } = (await writer.client.send<Page<object>>('GET', '/my/credits/entries?year=2026')).body
    expect(rows).toContainEqual(
      expect.objectContaining({ source: 'homework', part: 'required', rule: 'work.homework', hundredths: 50 }),
    )
  })
})

describe('many works at once', () => {
  const markAll = (ids: string[], more: object, who: Client = secretary.client) =>
    who.send<Reply<typeof markStudyWorks>>('POST', '/study/work-marks', { ids, comment: '写得实在', ...more })

  it('get one grade and one comment; the own, the marked and those of others stay and are named', async () => {
    const { id: taskId } = (await setTask({ title: '成批批阅' })).body
    const ids: string[] = []
    for (const who of [writer, friend, secretary]) ids.push((await handIn(who, { taskId })).body.id)
    const [first = '', second = '', own = ''] = ids
    const elsewhere = (await handIn(away, { title: '别的支部' })).body.id
    expect((await markAll(ids, { grade: 'good' }, officer)).body).toMatchObject({ code: 'request.not_permitted' })
    await secretary.client.send('POST', `/study/works/${second}/return`, { comment: '请补充' })
    const { body } = await markAll([...ids, elsewhere], { grade: 'good' })
    expect(body.done).toBe(1)
    expect(body.refused).toHaveLength(3)
    expect(body.refused).toEqual(
      expect.arrayContaining([
        { id: second, writer: '赵同学', title: '成批批阅', code: 'study.not_waiting' },
        { id: own, writer: '王书记', title: '成批批阅', code: 'study.own_work' },
        { id: elsewhere, writer: '', title: '', code: 'study.not_found' },
      ]),
    )
    const marked = await writer.client.send<{ rounds: object[] }>('GET', `/my/study/works/${first}`)
    expect(marked.body.rounds).toMatchObject([{ result: 'marked', grade: 'good', comment: '写得实在' }])
    await handIn(friend, { taskId, body: `${TEXT}补充一个事例。` })
    expect((await markAll([second], { grade: null })).body).toEqual({ done: 1, refused: [] })
    const told = await f.admin
      .selectFrom('platform_event')
      .select('type')
      .where('subject_id', 'in', [first, second])
      .where('type', 'in', ['study.marked', 'study.returned'])
      .execute()
    expect(told.map(({ type }) => type).toSorted()).toEqual(['study.marked', 'study.returned', 'study.returned'])
  })
})
