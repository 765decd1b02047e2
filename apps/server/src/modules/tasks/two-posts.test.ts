import type { MergePlan, Page, TaskPartDesk, TaskPartRow } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, type OrgKey, openFixture } from '../../test/fixture.ts'
import { plantMember } from '../../test/meeting-cases.ts'
import { mergeCasesOf } from '../../test/merge-cases.ts'

let f: Fixture
let committee: Client
let faculty: Client
let teachers: Client
type Made = { id: string; state: string; parts: number; code?: string }

beforeAll(async () => {
  f = await openFixture()
  committee = await f.signIn('committee_admin', 'committee', { name: '组织部甲' })
  faculty = await f.signIn('party_worker', 'faculty', { name: '总支干事' })
  teachers = await f.signIn('branch_secretary', 'teachers', { name: '教工书记' })
})

const NOBODY = { orgIds: [], helperOrgIds: [], memberIds: [], helperMemberIds: [] }
const units = (...keys: OrgKey[]) => ({ ...NOBODY, orgIds: keys.map((key) => f.orgs[key].id) })
const issue = (more: object, who = committee) =>
  who.send<Made>('POST', '/tasks', {
    orgId: f.orgs.committee.id,
    title: '报送换届工作方案',
    basis: '校党委会议纪要',
    body: '请各单位按期报送换届工作方案。',
    standard: '方案经支委会讨论通过',
    evidence: ['report'],
    dueOn: '2026-11-20',
    targets: units('teachers'),
    ...more,
  })
const firstPart = async (taskId: string, who = committee) =>
  (await who.send<Page<TaskPartRow>>('GET', `/task-parts?taskId=${taskId}`)).body.rows[0]?.id ?? ''
const on = (who: Client, id: string, act: string, body: object = {}) =>
  who.send<Made>('POST', `/task-parts/${id}/${act}`, body)
const decide = (who: Client, id: string, body: object = {}) =>
  on(who, id, 'extension/decision', { isGranted: true, reason: '同意', ...body })
/** Passes the part of the faculty on to the teachers; gives the part from above and the one below. */
async function passedOn(): Promise<{ taskId: string; above: string; below: string }> {
  const { id: taskId } = (await issue({ targets: units('faculty') })).body
  const above = await firstPart(taskId)
  await on(faculty, above, 'sign')
  const told = { words: '请本周内报总支。', dueOn: '2026-11-15', targets: units('teachers') }
  const { id } = (await on(faculty, above, 'pass-on', told)).body
  return { taskId, above, below: await firstPart(id, faculty) }
}

describe('a later day', () => {
  it('is not granted by whoever asked for it under another post, nor for what one does oneself', async () => {
    const chief = await plantMember(f, 'committee', '组织部丙', { role: 'committee_admin' })
    const { id: taskId } = (await issue({ targets: { ...NOBODY, memberIds: [chief.id] } }, chief.client)).body
    const id = await firstPart(taskId)
    expect((await chief.client.send('POST', `/my/tasks/${id}/sign`, {})).status).toBe(200)
    expect((await decide(chief.client, id, { dueOn: '2026-12-30' })).body).toMatchObject({ code: 'tasks.own_request' })
    const asked = { dueOn: '2026-12-01', reason: '材料未齐' }
    expect((await chief.client.send('POST', `/my/tasks/${id}/extension`, asked)).status).toBe(200)
    expect((await decide(chief.client, id)).body).toMatchObject({ code: 'tasks.own_request' })
    expect((await decide(committee, id)).status).toBe(200)

    const unit = await firstPart((await issue({})).body.id)
    await on(teachers, unit, 'sign')
    expect((await on(teachers, unit, 'extension', asked)).status).toBe(200)
    await f.admin
      .updateTable('tasks_part')
      .set({ asked_by_id: chief.personId })
      .where('tenant_id', '=', f.tenantId)
      .where('id', '=', unit)
      .execute()
    expect((await decide(chief.client, unit)).body).toMatchObject({ code: 'tasks.own_request' })
    expect((await decide(committee, unit)).status).toBe(200)
  })

  it('of what was passed on ends with the day of the unit that passed it on', async () => {
    const { above, below } = await passedOn()
    expect((await decide(faculty, below, { dueOn: '2026-11-21' })).body).toMatchObject({
      code: 'tasks.due_beyond',
      fields: [{ detail: { dueOn: '2026-11-20' } }],
    })
    expect((await decide(faculty, below, { dueOn: '2026-11-20' })).status).toBe(200)
    expect((await decide(committee, above, { dueOn: '2026-11-30' })).status).toBe(200)
    expect((await decide(faculty, below, { dueOn: '2026-11-28' })).status).toBe(200)
  })
})

describe('a task that is withdrawn', () => {
  it('is told to those to whom it was passed on, and leaves an event of their own task', async () => {
    const { taskId, below } = await passedOn()
    await f.deliver()
    const reason = '上级文件已废止'
    const task = (await faculty.send<TaskPartDesk>('GET', `/task-parts/${below}`)).body.part.taskId
    expect((await committee.send('POST', `/tasks/${taskId}/withdraw`, { reason })).status).toBe(200)
    await f.deliver()
    const told = await f.admin
      .selectFrom('platform_event')
      .select(['org_path', 'reason', 'payload'])
      .where('tenant_id', '=', f.tenantId)
      .where('type', '=', 'tasks.withdrawn')
      .where('subject_id', '=', task)
      .execute()
    expect(told).toMatchObject([{ org_path: f.orgs.faculty.path, reason, payload: { parts: 1 } }])
    const inbox = await teachers.send<Page<{ kind: string }>>('GET', '/my/notices')
    expect(inbox.body.rows.map(({ kind }) => kind)).toContain('task_moved')
  })
})

describe('two records of one person', () => {
  it('are merged with what the person is asked and its timeline, and an undo brings both back', async () => {
    const cases = await mergeCasesOf(f)
    const two = await cases.twins('交办人')
    const { id: taskId } = (await issue({ targets: { ...NOBODY, memberIds: [two.goneId] } })).body
    const id = await firstPart(taskId)
    expect((await committee.send('POST', '/task-parts/remind', { ids: [id] })).status).toBe(200)
    const plan: MergePlan = await cases.planOf(two)
    for (const kind of ['tasks', 'taskSteps']) expect(plan.references).toContainEqual({ kind, fate: 'moves', rows: 1 })
    const { body } = await cases.merged(two)
    const seen = async () =>
      (
        await f.admin
          .selectFrom('tasks_part as p')
          .innerJoin('tasks_step as s', 's.part_id', 'p.id')
          .innerJoin('members_member as m', 'm.id', 'p.member_id')
          .select(['p.member_id as memberId', 'p.person_id as personId', 's.person_id as told', 'm.person_id as owner'])
          .where('p.id', '=', id)
          .execute()
      ).map(({ memberId, personId, told, owner }) => [memberId, personId === owner && told === owner])
    expect(await seen()).toEqual([[two.keptId, true]])
    expect((await cases.undo(body.id)).status).toBe(200)
    expect(await seen()).toEqual([[two.goneId, true]])
  })
})

describe('units that are no longer where they were', () => {
  it('do what they were asked after they were moved, and it is checked above both', async () => {
    const { id: taskId } = (await issue({ orgId: f.orgs.faculty.id, targets: units('students') }, faculty)).body
    const id = await firstPart(taskId)
    const { students, medicine } = f.orgs
    const secretary = await f.signIn('branch_secretary', 'students')
    const way = `/orgs/${students.id}/move`
    const plan = await committee.send<{ hash: string }>('POST', `${way}/plan`, { parentId: medicine.id })
    const { hash: planHash } = plan.body
    const order = { parentId: medicine.id, effectiveOn: '2026-10-20', documentNumber: '江大党发〔2026〕21号', planHash }
    expect((await committee.send('POST', way, order)).status).toBe(200)
    expect((await on(committee, id, 'sign')).body).toMatchObject({ code: 'tasks.not_yours' })
    expect((await on(secretary, id, 'sign')).body).toMatchObject({ state: 'doing' })
  })

  it('ask and report nothing after they were dissolved', async () => {
    await f.admin
      .updateTable('org_unit')
      .set({ dissolved_on: '2026-10-31' })
      .where('tenant_id', '=', f.tenantId)
      .where('id', '=', f.orgs.nurses.id)
      .execute()
    const gone = { orgId: f.orgs.nurses.id, targets: { ...NOBODY, below: 'all' } }
    expect((await issue(gone)).body).toMatchObject({ code: 'tasks.no_such_org', fields: [{ field: '/body/orgId' }] })
    const report = { category: 'news', title: '旧支部动态', body: '已撤销的支部不再报送信息。', fileIds: [] }
    const told = await committee.send('POST', '/info-reports', { ...report, orgId: f.orgs.nurses.id })
    expect(told.body).toMatchObject({ code: 'tasks.no_such_org' })
  })
})
