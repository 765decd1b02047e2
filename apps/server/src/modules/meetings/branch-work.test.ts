import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { at, convened, type Member, planBody, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let desk: Client
let secretary: Member
let recorder: Member
const members: Member[] = []
type Code = { code?: string; detail?: Record<string, unknown> }

beforeAll(async () => {
  f = await openFixture()
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  desk = secretary.client
  recorder = await plantMember(f, 'teachers', '记录人')
  for (const name of ['甲', '乙', '丙', '丁']) members.push(await plantMember(f, 'teachers', name))
})

const one = (index: number): Member => members[index] as Member

type Read = {
  version: number
  recordVersion: number
  recordHash: string
  currentItem: string | null
  agenda: { id: string; title: string; presenter: string | null }[]
  minutes: { tasks: { id: string; what: string; doneOn: string | null }[] }
}
const read = async (id: string) => (await desk.send<Read>('GET', `/meetings/${id}`)).body

/** A meeting from the notice to its end; `come` of the six are there. */
async function held(come: number, agenda: object[] = [{ title: '学习文件', votes: 'none' }]): Promise<string> {
  f.setNow(NOW)
  const id = await convened(desk, planBody(f, secretary.id, { recorderId: recorder.id, agenda }))
  f.setNow(at(5))
  await desk.send('POST', `/meetings/${id}/open`, {})
  const ids = [secretary, recorder, ...members].slice(0, come).map((member) => member.id)
  await desk.send('POST', `/meetings/${id}/check-ins`, { memberIds: ids, reason: '会场点名' })
  await desk.send('POST', `/meetings/${id}/close`, {})
  return id
}

describe('proposals for the agenda', () => {
  const propose = (client: Client, title = '建议讨论帮扶计划') =>
    client.send<{ id: string } & Code>('POST', '/my/agenda-proposals', { title, why: '多位同志反映' })

  it('are refused from those who belong to no branch, and decided only once and in scope', async () => {
    const officer = await f.signIn('committee_admin', 'committee')
    expect(await propose(officer)).toMatchObject({ status: 409, body: { code: 'meetings.no_branch' } })
    const { id } = (await propose(one(0).client)).body
    const other = await f.signIn('branch_secretary', 'students')
    expect(await other.send('POST', `/meetings/proposals/${id}/decline`, { reason: '不采纳' })).toMatchObject({
      status: 404,
      body: { code: 'meetings.no_such_proposal' },
    })
    expect((await desk.send('POST', `/meetings/proposals/${id}/decline`, { reason: '已列入下季度' })).status).toBe(200)
    expect(await desk.send('POST', `/meetings/proposals/${id}/decline`, { reason: '再来一次' })).toMatchObject({
      status: 409,
      body: { code: 'meetings.proposal_decided' },
    })
    expect((await one(0).client.send('GET', '/my/agenda-proposals')).body).toMatchObject({
      rows: [{ state: 'declined', answer: '已列入下季度', decidedBy: '王书记' }],
    })
    await f.deliver()
    expect((await one(0).client.send('GET', '/my/notices')).body).toMatchObject({
      rows: [{ kind: 'proposal_declined', path: '/meetings/proposals', facts: { title: '建议讨论帮扶计划' } }],
    })
  })

  it('that are accepted stand on the agenda with who proposed them', async () => {
    f.setNow(NOW)
    const meeting = await convened(desk, planBody(f, secretary.id))
    const { id } = (await propose(one(1).client, '建议设立读书角')).body
    const before = (await read(meeting)).version
    expect((await desk.send('POST', `/meetings/proposals/${id}/accept`, { meetingId: meeting })).status).toBe(200)
    const after = await read(meeting)
    expect(after.agenda.at(-1)).toMatchObject({ title: '建议设立读书角', presenter: '乙' })
    expect(after.version).toBe(before + 1)
    expect(await desk.send('GET', '/meetings/proposals?state=accepted')).toMatchObject({
      body: { rows: [{ id, meetingId: meeting }] },
    })
  })

  it('can be taken back by who made them only, and no more than 20 wait', async () => {
    const { id } = (await propose(one(2).client)).body
    expect(await one(3).client.send('POST', `/my/agenda-proposals/${id}/withdraw`, {})).toMatchObject({
      body: { code: 'meetings.no_such_proposal' },
    })
    expect((await one(2).client.send('POST', `/my/agenda-proposals/${id}/withdraw`, {})).status).toBe(200)
    for (let at = 0; at < 20; at += 1) await propose(one(2).client, `建议 ${at}`)
    expect(await propose(one(2).client)).toMatchObject({ status: 429, body: { code: 'meetings.too_many_proposals' } })
  })
})

describe('tasks of a meeting', () => {
  const save = async (id: string, tasks: object[]) =>
    desk.send<Code>(
      'PUT',
      `/meetings/${id}/minutes`,
      { discussion: [], tasks, resolutions: [] },
      { 'if-match': `"${(await read(id)).recordVersion}"` },
    )
  async function filed(id: string): Promise<void> {
    const { recordHash } = (await desk.send<{ recordHash: string }>('POST', `/meetings/${id}/submit`, {})).body
    await desk.send('POST', `/meetings/${id}/sign`, { recordHash })
    await recorder.client.send('POST', `/meetings/${id}/sign`, { recordHash })
    const archived = await desk.send('POST', `/meetings/${id}/archive`, {})
    expect(archived.status).toBe(200)
  }

  it('are refused for people who were not called and for tasks of other records', async () => {
    const id = await held(6)
    const task = { what: '整理材料', who: '甲', dueOn: '2026-11-20' }
    const outsider = await plantMember(f, 'students', '外人')
    expect(await save(id, [{ ...task, whoId: outsider.id }])).toMatchObject({ body: { code: 'meetings.not_called' } })
    expect(await save(id, [{ ...task, id: outsider.id }])).toMatchObject({ body: { code: 'meetings.no_such_task' } })
  })

  it('become a deadline of the person with the filed record, and stand on the next agenda until they are done', async () => {
    const id = await held(6)
    await save(id, [{ what: '整理材料', who: '甲', whoId: one(0).id, dueOn: '2026-11-20' }])
    const [task] = (await read(id)).minutes.tasks
    await save(id, [{ id: task?.id, what: '整理材料并上报', who: '甲', whoId: one(0).id, dueOn: '2026-11-20' }])
    expect((await one(0).client.send('GET', '/my/meeting-tasks')).body).toEqual({ rows: [] })
    await filed(id)
    expect((await one(0).client.send('GET', '/my/meeting-tasks')).body).toMatchObject({
      rows: [{ id: task?.id, what: '整理材料并上报', isOverdue: false, doneOn: null }],
    })
    const due = await f.admin.selectFrom('deadlines_item').selectAll().where('kind', '=', 'meetings.task').execute()
    expect(due).toMatchObject([{ person_id: one(0).personId, due_on: '2026-11-20', state: 'open' }])
    f.setNow(at(60 * 24))
    const next = await convened(
      desk,
      planBody(f, secretary.id, { startsAt: '2026-11-25T11:00:00.000Z', endsAt: '2026-11-25T12:00:00.000Z' }),
    )
    expect((await desk.send('GET', `/meetings/${next}/advice`)).body).toMatchObject({
      earlier: [{ id: task?.id, doneOn: null }],
    })
    const done = { note: '已报院办' }
    expect(await one(1).client.send('POST', `/my/meeting-tasks/${task?.id}/done`, done)).toMatchObject({
      status: 404,
      body: { code: 'meetings.no_such_task' },
    })
    expect((await one(0).client.send('POST', `/my/meeting-tasks/${task?.id}/done`, done)).status).toBe(200)
    expect(await desk.send('POST', `/meetings/tasks/${task?.id}/done`, done)).toMatchObject({
      status: 409,
      body: { code: 'meetings.task_done' },
    })
    expect((await desk.send('GET', '/meetings/tasks?mark=done')).body).toMatchObject({
      rows: [{ doneNote: '已报院办' }],
    })
    expect(
      await f.admin.selectFrom('deadlines_item').select('state').where('kind', '=', 'meetings.task').execute(),
    ).toEqual([{ state: 'done' }])
  })
})

describe('the advice before a meeting', () => {
  it('says who must attend, how many are needed and by which article, for each way of voting', async () => {
    f.setNow(NOW)
    const agenda = [
      { title: '审议计划', votes: 'ordinary' },
      { title: '讨论接收预备党员', votes: 'admission' },
    ]
    const leftOut = [{ memberId: one(3).id, reason: 'bedridden' }]
    const id = await convened(desk, planBody(f, secretary.id, { agenda, invites: { who: 'all', leftOut } }))
    await one(0).client.send('POST', `/my/meetings/${id}/confirm`, {})
    expect((await desk.send('GET', `/meetings/${id}/advice`)).body).toMatchObject({
      advice: [
        {
          quorum: { votes: 'ordinary', eligible: 6, needed: 3, ruleId: 'BR-7' },
          neededInFavour: 4,
          confirmed: 1,
          isSure: false,
          isPossible: true,
        },
        {
          quorum: { votes: 'admission', eligible: 6, needed: 4, ruleId: 'DEV-15' },
          neededInFavour: 4,
          isBallotNeeded: true,
        },
      ],
      leftOut: [{ name: '丁', reason: 'bedridden' }],
      leftOutRuleId: 'DEV-18',
      superiorConsent: false,
    })
  })
})

describe('the screen in the hall', () => {
  it('shows the item that the organiser says, of this agenda only', async () => {
    f.setNow(NOW)
    const id = await convened(desk, planBody(f, secretary.id))
    const other = await convened(desk, planBody(f, secretary.id))
    const [item] = (await read(id)).agenda
    const [foreign] = (await read(other)).agenda
    expect(await desk.send('POST', `/meetings/${id}/current-item`, { agendaId: foreign?.id })).toMatchObject({
      body: { code: 'meetings.no_such_item' },
    })
    expect((await desk.send('POST', `/meetings/${id}/current-item`, { agendaId: item?.id })).status).toBe(200)
    expect((await read(id)).currentItem).toBe(item?.id)
  })
})

describe('make-up study', () => {
  const questions = ['会议的主要精神是什么？', '与本职工作有何联系？', '下一步怎么做？']
  const answers = ['学习了会议精神。', '联系教学工作。', '落实到课堂。']
  const study = (client: Client, id: string) =>
    client.send<Code>('POST', `/my/meetings/${id}/study`, { way: 'recording', answers })

  it('is refused before the meeting is over, for who was there, and without questions', async () => {
    f.setNow(NOW)
    const coming = await convened(desk, planBody(f, secretary.id))
    const sheet = { questions, dueOn: '2026-11-30' }
    expect(await desk.send('PUT', `/meetings/${coming}/study`, sheet)).toMatchObject({
      status: 409,
      body: { code: 'meetings.not_over' },
    })
    const id = await held(3)
    expect(await study(one(3).client, id)).toMatchObject({ status: 404, body: { code: 'meetings.no_study' } })
    expect(await desk.send('PUT', `/meetings/${id}/study`, { ...sheet, dueOn: '2026-10-01' })).toMatchObject({
      body: { code: 'meetings.study_closed' },
    })
    expect((await desk.send('PUT', `/meetings/${id}/study`, sheet)).body).toEqual({ absent: 3 })
    expect(await study(one(0).client, id)).toMatchObject({ status: 409, body: { code: 'meetings.not_absent' } })
  })

  it('is countersigned or returned with a note, and never becomes presence', async () => {
    const id = await held(3)
    await desk.send('PUT', `/meetings/${id}/study`, { questions, dueOn: '2026-11-30' })
    const absent = one(3)
    expect((await study(absent.client, id)).body).toEqual({ state: 'submitted' })
    expect(await study(absent.client, id)).toMatchObject({ status: 409, body: { code: 'meetings.study_decided' } })
    const decide = (body: object) => desk.send<Code>('POST', `/meetings/${id}/study/${absent.id}`, body)
    expect(await decide({ isAccepted: false })).toMatchObject({ status: 422, body: { code: 'meetings.note_missing' } })
    expect((await decide({ isAccepted: false, note: '第三题请写具体' })).body).toEqual({ state: 'returned' })
    expect((await absent.client.send('GET', `/my/meetings/${id}/study`)).body).toMatchObject({
      own: { state: 'returned', note: '第三题请写具体' },
    })
    await f.deliver()
    const { rows } = (await absent.client.send<{ rows: { kind: string; path: string }[] }>('GET', '/my/notices')).body
    expect(rows).toContainEqual(expect.objectContaining({ kind: 'study_returned', path: `/meetings/${id}/study` }))
    await study(absent.client, id)
    expect((await decide({ isAccepted: true })).body).toEqual({ state: 'countersigned' })
    expect((await desk.send('GET', `/meetings/${id}`)).body).toMatchObject({ counts: { present: 3 } })
    expect(
      (await desk.send<{ rows: { state: string }[] }>('GET', `/meetings/${id}/study`)).body.rows
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['countersigned', 'open', 'open'])
  })
})
