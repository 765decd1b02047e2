import type { IssuedTaskRow, Page, TaskPartDesk, TaskPartRow, TaskRecord, TaskTimes } from '@tongxin/contract'
import { sql } from 'kysely'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, type OrgKey, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { uploadTo } from '../../test/tus-upload.ts'

let f: Fixture
let committee: Client
let second: Client
let faculty: Client
let teachers: Client
let nurses: Client
let officer: Client
let member: Member
type Made = { id: string; state: string; parts: number; code?: string }

beforeAll(async () => {
  f = await openFixture()
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  committee = await f.signIn('committee_admin', 'committee', { name: '组织部甲' })
  second = await f.signIn('party_worker', 'committee', { name: '组织部乙' })
  faculty = await f.signIn('party_worker', 'faculty', { name: '总支干事' })
  teachers = await f.signIn('branch_secretary', 'teachers', { name: '教工书记' })
  nurses = await f.signIn('branch_secretary', 'nurses', { name: '护理书记' })
  officer = await f.signIn('branch_officer', 'teachers', { name: '组织委员' })
  member = await plantMember(f, 'teachers', '李同志')
})

const NOBODY = { orgIds: [], helperOrgIds: [], memberIds: [], helperMemberIds: [] }
const to = (more: object) => ({ ...NOBODY, ...more })
const units = (...keys: OrgKey[]) => to({ orgIds: keys.map((key) => f.orgs[key].id) })
const taskBody = (more: object = {}) => ({
  orgId: f.orgs.committee.id,
  title: '报送换届工作方案',
  basis: '校党委会议纪要',
  documentNumber: '校党发〔2026〕12号',
  body: '请各单位按期报送换届工作方案。',
  standard: '方案经支委会讨论通过',
  evidence: ['report'],
  dueOn: '2026-11-20',
  targets: units('teachers'),
  ...more,
})
const issue = (more: object = {}, who: Client = committee) => who.send<Made>('POST', '/tasks', taskBody(more))
const partsOf = async (taskId: string, who: Client = committee) =>
  (await who.send<Page<TaskPartRow>>('GET', `/task-parts?taskId=${taskId}`)).body.rows
/** The part of a new task for one unit. */
async function partOf(more: object = {}): Promise<{ taskId: string; id: string }> {
  const { id: taskId } = (await issue(more)).body
  return { taskId, id: (await partsOf(taskId))[0]?.id ?? '' }
}
const on = (who: Client, id: string, act: string, body: object = {}) =>
  who.send<Made>('POST', `/task-parts/${id}/${act}`, body)
const note = (words: string, fileIds: string[] = []) => ({ words, fileIds })
const read = async (who: Client, id: string) => (await who.send<TaskPartDesk>('GET', `/task-parts/${id}`)).body
const check = (who: Client, id: string, isAccepted: boolean) =>
  on(who, id, 'check', { isAccepted, comment: isAccepted ? '材料齐全' : '请补充表决情况' })
const moveTo = (iso: string) => f.setNow(new Date(iso))

describe('a task', () => {
  it('is refused for units that are not below, strangers to the unit, nobody at all and days that are over', async () => {
    expect((await issue({}, officer)).body).toMatchObject({ code: 'request.not_permitted' })
    expect((await issue({}, nurses)).body).toMatchObject({
      code: 'tasks.no_such_org',
      fields: [{ field: '/body/orgId' }],
    })
    expect((await issue({ targets: units('committee') })).body).toMatchObject({
      code: 'tasks.no_such_org',
      fields: [{ field: '/body/targets/orgIds' }],
    })
    const own = { orgId: f.orgs.nurses.id, targets: to({ memberIds: [member.id] }) }
    expect((await issue(own, nurses)).body).toMatchObject({ code: 'tasks.no_such_member' })
    expect((await issue({ targets: NOBODY })).body).toMatchObject({ code: 'tasks.no_targets' })
    const groups = to({ below: 'all', kinds: ['group'] })
    expect((await issue({ targets: groups })).body).toMatchObject({ code: 'tasks.no_targets' })
    expect((await issue({ dueOn: '2026-11-01' })).body).toMatchObject({ code: 'tasks.dates_wrong' })
  })

  it('is for units by name, for all below of a kind, each once; leaders before helpers', async () => {
    const targets = to({
      orgIds: [f.orgs.teachers.id],
      helperOrgIds: [f.orgs.teachers.id, f.orgs.medicine.id],
      helperMemberIds: [member.id],
      below: 'all',
      kinds: ['branch'],
    })
    const made = (await issue({ targets })).body
    expect(made.parts).toBe(6)
    const rows = await partsOf(made.id)
    expect(rows.map((row) => `${row.personName ?? row.orgName} ${row.role}`).toSorted()).toEqual(
      [
        '机械学院教工党支部 lead',
        '机械学院学生党支部 lead',
        '医学院护理党支部 lead',
        '离退休党支部 lead',
        '医学院党总支 help',
        '李同志 help',
      ].toSorted(),
    )
    const children = (await issue({ targets: to({ below: 'children' }) })).body
    expect(children.parts).toBe(3)
    const { rows: listed } = (await committee.send<Page<IssuedTaskRow>>('GET', '/tasks?basis=12号')).body
    expect(listed.find(({ id }) => id === made.id)?.counts).toMatchObject({ parts: 6, unsigned: 6, done: 0, late: 0 })
  })

  it('is seen by a unit as its own part with the text from above, and by nobody beside it', async () => {
    const { taskId, id } = await partOf({ targets: units('teachers', 'students') })
    const mine = (await partsOf(taskId, teachers)).map((row) => row.orgName)
    expect(mine).toEqual(['机械学院教工党支部'])
    const own = (await partsOf(taskId)).find(({ orgName }) => orgName === '机械学院教工党支部')?.id ?? id
    expect((await read(teachers, own)).text).toMatchObject({ title: '报送换届工作方案', orgName: '江湾大学委员会' })
    expect((await teachers.send('GET', `/tasks/${taskId}`)).body).toMatchObject({ code: 'tasks.not_found' })
    expect((await nurses.send('GET', `/task-parts/${own}`)).status).toBe(404)
    expect((await on(nurses, own, 'sign')).body).toMatchObject({ code: 'tasks.not_found' })
  })
})

describe('a part', () => {
  it('is done by the unit that is asked and checked by the one that asks, never the other way round', async () => {
    const { id } = await partOf()
    expect((await on(committee, id, 'sign')).body).toMatchObject({ code: 'tasks.not_yours' })
    expect((await on(teachers, id, 'notes', note('还没签收'))).body).toMatchObject({
      code: 'tasks.not_possible',
      detail: { state: 'unsigned' },
    })
    expect((await on(officer, id, 'sign')).body.state).toBe('doing')
    expect((await on(teachers, id, 'sign')).body).toMatchObject({ code: 'tasks.not_possible' })
    expect((await on(teachers, id, 'hand-in', note('方案已报'))).body.state).toBe('handed_in')
    expect((await check(teachers, id, true)).body).toMatchObject({ code: 'tasks.not_yours' })
    expect((await check(committee, id, false)).body.state).toBe('returned')
    expect((await on(teachers, id, 'hand-in', note('已补充'))).body.state).toBe('handed_in')
    expect((await check(committee, id, true)).body.state).toBe('done')
    expect((await on(teachers, id, 'notes', note('再说一句'))).body).toMatchObject({ code: 'tasks.not_possible' })
    const { steps, part } = await read(committee, id)
    expect(steps.map((step) => `${step.kind} ${step.round} ${step.by}`)).toEqual([
      'accepted 2 组织部甲',
      'handed_in 2 教工书记',
      'returned 1 组织部甲',
      'handed_in 1 教工书记',
      'signed 0 组织委员',
    ])
    expect(part).toMatchObject({ state: 'done', round: 2, isLate: false })
  })

  it('is not accepted by whoever handed it in under another post', async () => {
    const { id } = await partOf()
    await on(teachers, id, 'sign')
    await on(teachers, id, 'hand-in', note('已完成'))
    await f.admin
      .updateTable('tasks_part')
      .set({ handed_in_by_id: second.personId })
      .where('tenant_id', '=', f.tenantId)
      .where('id', '=', id)
      .execute()
    expect((await check(second, id, true)).body).toMatchObject({ code: 'tasks.own_work' })
    expect((await check(committee, id, true)).body.state).toBe('done')
  })

  it('asks for the evidence that is missing, and counts what the notes brought', async () => {
    const { id } = await partOf({ evidence: ['report', 'photo'] })
    await on(teachers, id, 'sign')
    expect((await on(teachers, id, 'hand-in', note('已完成'))).body).toMatchObject({
      code: 'tasks.evidence_missing',
      fields: [{ field: '/body/fileIds', detail: { kinds: ['photo'] } }],
    })
    const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#c8161d' } })
      .png()
      .toBuffer()
    const fileId = await uploadTo(f, teachers, picture, { name: '会场.png', purpose: 'document' })
    expect((await on(teachers, id, 'notes', note('会议现场', [fileId]))).status).toBe(200)
    expect((await on(teachers, id, 'hand-in', note('已完成'))).body.state).toBe('handed_in')
    const { steps } = await read(committee, id)
    expect(steps.find(({ kind }) => kind === 'noted')?.files).toMatchObject([{ id: fileId, isPhoto: true }])
    expect((await committee.send('GET', `/files/${fileId}`)).status).toBe(200)
    expect((await nurses.send('GET', `/files/${fileId}`)).status).toBe(404)
  })

  it('gets a later day when it is asked for and granted, or unasked, and its deadline follows', async () => {
    const { id } = await partOf({ title: '延期任务' })
    await on(teachers, id, 'sign')
    const ask = (dueOn: string) => on(teachers, id, 'extension', { dueOn, reason: '换届大会改期' })
    const decide = (body: object) => on(committee, id, 'extension/decision', { reason: '同意', ...body })
    expect((await decide({ isGranted: true })).body).toMatchObject({ code: 'tasks.nothing_asked' })
    expect((await ask('2026-11-20')).body).toMatchObject({ code: 'tasks.dates_wrong' })
    expect((await ask('2026-11-30')).status).toBe(200)
    expect((await ask('2026-12-01')).body).toMatchObject({ code: 'tasks.already_asked' })
    expect((await decide({ isGranted: false })).status).toBe(200)
    expect((await read(teachers, id)).part).toMatchObject({ dueOn: '2026-11-20', askedDueOn: null })
    await ask('2026-11-30')
    expect((await decide({ isGranted: true })).status).toBe(200)
    expect((await decide({ isGranted: true, dueOn: '2026-12-05' })).status).toBe(200)
    const deadline = await f.admin
      .selectFrom('deadlines_item')
      .select(['due_on', 'state', 'unit_id'])
      .where('tenant_id', '=', f.tenantId)
      .where('key', '=', `tasks.part/${id}`)
      .executeTakeFirstOrThrow()
    expect(deadline).toEqual({ due_on: '2026-12-05', state: 'open', unit_id: f.orgs.teachers.id })
  })
})

describe('passing on', () => {
  it('keeps the text from above, adds own words, and goes before handing in', async () => {
    const { taskId, id } = await partOf({ targets: units('faculty') })
    const pass = (body: object, who = faculty) => on(who, id, 'pass-on', body)
    const body = { words: '请各支部本周内报总支。', dueOn: '2026-11-15', targets: to({ below: 'children' }) }
    expect((await pass(body, committee)).body).toMatchObject({ code: 'tasks.not_yours' })
    expect((await pass(body)).body).toMatchObject({ code: 'tasks.not_possible' })
    await on(faculty, id, 'sign')
    expect((await pass({ ...body, dueOn: '2026-11-21' })).body).toMatchObject({ code: 'tasks.due_beyond' })
    expect((await pass({ ...body, targets: units('nurses') })).body).toMatchObject({ code: 'tasks.no_such_org' })
    const below = (await pass(body)).body
    expect(below.parts).toBe(2)
    const part = (await partsOf(below.id, teachers))[0]
    const { text } = await read(teachers, part?.id ?? '')
    expect(text).toMatchObject({
      title: '报送换届工作方案',
      documentNumber: '校党发〔2026〕12号',
      orgName: '机械学院党总支',
      additions: [{ orgName: '机械学院党总支', words: '请各支部本周内报总支。' }],
    })
    expect((await on(faculty, id, 'hand-in', note('都齐了'))).body).toMatchObject({
      code: 'tasks.parts_open',
      detail: { count: 2 },
    })
    expect(await read(committee, id)).toMatchObject({ part: { passedOn: 2 }, passedOn: [{ counts: { unsigned: 2 } }] })
    // The committee withdraws: what was passed on ends as well.
    const reason = { reason: '上级文件已废止' }
    expect((await faculty.send('POST', `/tasks/${taskId}/withdraw`, reason)).body).toMatchObject({
      code: 'tasks.not_found',
    })
    const withdrawn = await committee.send<Made>('POST', `/tasks/${taskId}/withdraw`, reason)
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn', parts: 3 })
    expect((await on(teachers, part?.id ?? '', 'sign')).body).toMatchObject({ code: 'tasks.not_possible' })
    expect((await committee.send<TaskRecord>('GET', `/tasks/${taskId}`)).body).toMatchObject({
      state: 'withdrawn',
      reason: '上级文件已废止',
    })
    expect((await committee.send('POST', `/tasks/${taskId}/withdraw`, reason)).body).toMatchObject({
      code: 'tasks.not_possible',
    })
    const open = await f.admin
      .selectFrom('deadlines_item')
      .select('key')
      .where('tenant_id', '=', f.tenantId)
      .where('state', '=', 'open')
      .where('key', 'in', [`tasks.part/${id}`, `tasks.part/${part?.id}`])
      .execute()
    expect(open).toEqual([])
  })

  it('ends with the one part that is withdrawn, and leaves the others', async () => {
    const { id: taskId } = (await issue({ targets: units('teachers', 'nurses') })).body
    const [first, other] = await partsOf(taskId)
    expect((await on(committee, first?.id ?? '', 'withdraw', { reason: '重复交办' })).body.state).toBe('withdrawn')
    expect((await on(committee, first?.id ?? '', 'withdraw', { reason: '重复交办' })).body).toMatchObject({
      code: 'tasks.not_possible',
    })
    expect((await read(committee, other?.id ?? '')).part.state).toBe('unsigned')
  })
})

describe('a person', () => {
  it('signs, notes and hands in on the phone; nobody else acts for the person', async () => {
    const targets = to({ memberIds: [member.id] })
    const { id } = await partOf({ title: '撰写先进事迹', targets })
    await f.deliver()
    const inbox = await member.client.send<Page<{ kind: string; path: string | null }>>('GET', '/my/notices')
    expect(inbox.body.rows).toContainEqual(expect.objectContaining({ kind: 'task_given', path: '/tasks' }))
    const own = (act: string, body: object = {}) => member.client.send<Made>('POST', `/my/tasks/${id}/${act}`, body)
    const rows = async (done = false) =>
      (await member.client.send<Page<TaskPartRow>>('GET', `/my/tasks?done=${done}`)).body.rows.map((row) => row.id)
    expect(await rows()).toContain(id)
    expect((await on(teachers, id, 'sign')).body).toMatchObject({ code: 'tasks.not_yours' })
    const other = await plantMember(f, 'teachers', '周同志')
    expect((await other.client.send('POST', `/my/tasks/${id}/sign`, {})).body).toMatchObject({
      code: 'tasks.not_found',
    })
    expect((await other.client.send('GET', `/my/tasks/${id}`)).status).toBe(404)
    expect((await own('sign')).body.state).toBe('doing')
    expect((await own('notes', note('已写初稿'))).status).toBe(200)
    expect((await own('extension', { dueOn: '2026-12-01', reason: '出差' })).status).toBe(200)
    expect((await own('hand-in', note('请审阅'))).body.state).toBe('handed_in')
    expect((await check(committee, id, true)).body.state).toBe('done')
    expect(await rows(true)).toContain(id)
    expect((await member.client.send<TaskPartDesk>('GET', `/my/tasks/${id}`)).body.steps).toHaveLength(5)
    const stages = await f.admin
      .selectFrom('tasks_stage')
      .select('id')
      .where('tenant_id', '=', f.tenantId)
      .where('part_id', '=', id)
      .execute()
    expect(stages).toEqual([])
  })
})

describe('supervision', () => {
  it('lists what is late or came back, reminds once a day, and tells the officers of the unit', async () => {
    const { id } = await partOf({ title: '督办任务', dueOn: '2026-11-03' })
    moveTo('2026-11-05T01:00:00Z')
    const list = async (query: string, who: Client) =>
      (await who.send<Page<TaskPartRow>>('GET', `/task-parts?${query}`)).body.rows.map((row) => row.title)
    const [late, worker] = [
      await f.signIn('committee_admin', 'committee'),
      await f.signIn('branch_secretary', 'teachers'),
    ]
    expect(await list('standing=supervised&text=督办', late)).toEqual(['督办任务'])
    expect(await list('standing=late&side=own', worker)).toEqual(['督办任务'])
    expect(await list('standing=supervised&orgId=' + f.orgs.nurses.id, late)).toEqual([])
    expect((await late.send('GET', '/tasks?late=true')).body).toMatchObject({
      rows: [{ title: '督办任务', counts: { late: 1 } }],
    })
    const remind = () => late.send<Made>('POST', '/task-parts/remind', { ids: [id] })
    expect((await worker.send<Made>('POST', '/task-parts/remind', { ids: [id] })).body).toMatchObject({
      code: 'tasks.not_found',
    })
    expect((await remind()).body).toEqual({ reminded: 1, passedOver: 0 })
    expect((await remind()).body).toMatchObject({ code: 'tasks.reminded_today' })
    await f.deliver()
    const inbox = await worker.send<Page<{ kind: string }>>('GET', '/my/notices')
    expect(inbox.body.rows.map(({ kind }) => kind)).toContain('task_reminded')
    moveTo(NOW.toISOString())
  })

  it('counts on the workbench what waits for the own unit alone', async () => {
    const waiting = async (who: Client) =>
      (
        await who.send<{ rows: { module: string; key: string; count: number }[] }>('GET', '/workbench/waiting')
      ).body.rows
        .filter(({ module }) => module === 'tasks')
        .map(({ key, count }) => `${key} ${count}`)
    const retired = await f.signIn('branch_secretary', 'retired')
    const before = (await waiting(committee)).join()
    const { id } = await partOf({ targets: units('retired') })
    const toSign = (await waiting(retired)).find((row) => row.startsWith('tasksToSign'))
    expect(toSign).toBe('tasksToSign 3')
    await on(retired, id, 'sign')
    await on(retired, id, 'hand-in', note('已完成'))
    expect(await waiting(retired)).toEqual(['tasksToSign 2'])
    expect((await waiting(committee)).join()).not.toBe(before)
  })

  it('exports the list as a table and as a register on paper, with an event', async () => {
    for (const format of ['csv', 'xlsx', 'docx']) {
      const answer = await committee.send('POST', '/task-parts/export', { filter: { text: '督办' }, format })
      expect(answer.status, format).toBe(200)
    }
    const csv = await committee.send<string>('POST', '/task-parts/export', { filter: { text: '督办' }, format: 'csv' })
    expect(csv.body).toContain('督办任务')
    expect(csv.body).toContain('机械学院教工党支部')
    const foreign = { filter: { orgId: f.orgs.teachers.id }, format: 'csv' }
    expect((await nurses.send('POST', '/task-parts/export', foreign)).body).toMatchObject({ code: 'tasks.no_such_org' })
  })
})

describe('how long stages take', () => {
  it('is the median and the slow tenth of units, from stages that ended, within the reach', async () => {
    const hours = [2, 4, 30]
    for (const wait of hours) {
      const { id } = await partOf({ targets: units('medicine'), dueOn: '2026-12-20' })
      moveTo(new Date(NOW.getTime() + wait * 3_600_000).toISOString())
      const medicine = await f.signIn('party_worker', 'medicine')
      expect((await on(medicine, id, 'sign')).status).toBe(200)
      moveTo(NOW.toISOString())
    }
    moveTo('2026-11-05T01:00:00Z')
    const [reader, beside] = [await f.signIn('party_worker', 'medicine'), await f.signIn('party_worker', 'faculty')]
    const times = async (who: Client, query = '') => (await who.send<TaskTimes>('GET', `/task-times${query}`)).body
    expect(await times(reader)).toMatchObject({
      stages: [{ stage: 'sign', ended: 3, medianHours: 4, ninetyHours: 24.8 }],
      units: [{ orgName: '医学院党总支', stage: 'sign', ended: 3 }],
    })
    expect((await times(beside)).units.map(({ orgName }) => orgName)).not.toContain('医学院党总支')
    expect(await times(reader, '?from=2026-11-10&until=2026-11-01')).toMatchObject({ code: 'tasks.dates_wrong' })
    moveTo(NOW.toISOString())
  })
})

describe('a task for very many', () => {
  it('is written in batches, and refused beyond the limit', async () => {
    const { path } = f.orgs.retired
    await sql`insert into org_unit (tenant_id, id, path, name, kind, parent_id, founded_on, created_at, updated_at)
      select ${f.tenantId}::uuid, gen_random_uuid(), ${path} || '.' || to_char(n, 'FM00000'), '小组' || n, 'group',
        ${f.orgs.retired.id}::uuid, '2016-06-18', now(), now() from generate_series(1, 1200) n`.execute(f.admin)
    const retired = await f.signIn('branch_secretary', 'retired')
    const body = { orgId: f.orgs.retired.id, title: '小组任务', targets: to({ below: 'children' }) }
    const made = await issue(body, retired)
    expect(made.body).toMatchObject({ parts: 1200 })
    const { rows } = (await retired.send<Page<IssuedTaskRow>>('GET', '/tasks?text=小组')).body
    expect(rows[0]?.counts).toMatchObject({ parts: 1200, unsigned: 1200 })
    await sql`insert into org_unit (tenant_id, id, path, name, kind, parent_id, founded_on, created_at, updated_at)
      select ${f.tenantId}::uuid, gen_random_uuid(), ${path} || '.' || to_char(n, 'FM00000'), '小组' || n, 'group',
        ${f.orgs.retired.id}::uuid, '2016-06-18', now(), now() from generate_series(1201, 6001) n`.execute(f.admin)
    expect((await issue(body, retired)).body).toMatchObject({
      code: 'tasks.too_many',
      fields: [{ detail: { most: 6000 } }],
    })
    await sql`insert into tasks_part (tenant_id, id, task_id, unit_id, org_path, unit_name, issuer_id, issuer_path, role,
        due_on, since, created_at, updated_at)
      select tenant_id, gen_random_uuid(), task_id, unit_id, org_path, unit_name, issuer_id, issuer_path, role, due_on,
        since, created_at, updated_at
      from tasks_part, generate_series(1, 9) where task_id = ${made.body.id}::uuid`.execute(f.admin)
    const all = { filter: { text: '小组' }, format: 'csv' }
    expect((await retired.send('POST', '/task-parts/export', all)).body).toMatchObject({
      code: 'tasks.too_many_rows',
      detail: { most: 10_000 },
    })
  })
})
