import type { CampaignRecord, MyStudyGroup, Page, Reply, readMyStudyGroup } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let writer: Member
let friend: Member
let away: Member
let secretary: Member
let committee: Client
let stranger: Client
type Made = { id: string; state: string; code?: string }
const MEMBERS = { kinds: ['formal', 'probationary'], posts: [], levels: [] }

beforeAll(async () => {
  f = await openFixture()
  writer = await plantMember(f, 'teachers', '李学习')
  friend = await plantMember(f, 'teachers', '赵同学')
  away = await plantMember(f, 'nurses', '周外人')
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  committee = await f.signIn('committee_admin', 'committee', { name: '组织部' })
  stranger = await f.signIn('branch_secretary', 'nurses')
})

describe('a study group', () => {
  type Mine = Reply<typeof readMyStudyGroup>
  const groupBody = (more: object = {}) => ({
    orgId: f.orgs.teachers.id,
    name: '青年理论学习小组',
    theme: '每月一次，读原著',
    leaderId: writer.id,
    memberIds: [friend.id],
    ...more,
  })
  const plan = (who: Member, id: string, onDate = '2026-11-02') =>
    who.client.send<Made>('POST', `/my/study/groups/${id}/sessions`, { onDate, topic: '读第一章', place: '会议室' })

  it('is led by its leader alone, who plans, cancels and writes minutes when the day has come', async () => {
    expect((await secretary.client.send('POST', '/study/groups', groupBody({ leaderId: away.id }))).body).toMatchObject(
      {
        code: 'study.not_in_group',
        fields: [{ field: '/body/leaderId' }],
      },
    )
    const { id } = (await secretary.client.send<Made>('POST', '/study/groups', groupBody())).body
    expect((await plan(friend, id)).body).toMatchObject({ code: 'study.not_leader' })
    expect((await plan(away, id)).status).toBe(404)
    const later = (await plan(writer, id, '2026-11-12')).body.id
    const minutes = {
      minutes: '逐段朗读，讨论三个问题',
      lengthMinutes: 90,
      presentIds: [writer.id, friend.id],
      fileIds: [],
    }
    const write = (session: string, body: object) =>
      writer.client.send('PUT', `/my/study/sessions/${session}/minutes`, body)
    expect((await write(later, minutes)).body).toMatchObject({ code: 'study.not_on_day' })
    const cancel = { onDate: '2026-11-12', topic: '读第一章', place: '会议室', cancelReason: '与党员大会冲突' }
    expect((await writer.client.send<Made>('PUT', `/my/study/sessions/${later}`, cancel)).body.state).toBe('cancelled')
    expect((await write(later, minutes)).body).toMatchObject({ code: 'study.not_planned' })
    const session = (await plan(writer, id)).body.id
    expect((await write(session, { ...minutes, presentIds: [away.id] })).body).toMatchObject({
      code: 'study.not_in_group',
    })
    expect((await write(session, minutes)).status).toBe(200)
    const say = (toMemberId: string) =>
      friend.client.send('POST', `/my/study/sessions/${session}/feedback`, { toMemberId, body: '准备得很充分' })
    expect((await say(friend.id)).body).toMatchObject({ code: 'study.to_self' })
    expect((await say(writer.id)).status).toBe(200)
    const fresh = async (who: Member) =>
      (await who.client.send<{ rows: MyStudyGroup[] }>('GET', '/my/study/groups')).body.rows[0]?.newFeedback
    expect([await fresh(writer), await fresh(friend)]).toEqual([1, 0])
    await writer.client.send('POST', `/my/study/groups/${id}/feedback/seen`, {})
    expect(await fresh(writer)).toBe(0)
    const told = await f.admin
      .selectFrom('platform_event')
      .select(['payload', 'person_id'])
      .where('type', '=', 'study.feedback_given')
      .execute()
    expect(told).toEqual([{ payload: { groupId: id }, person_id: null }])
    const own = (await writer.client.send<Mine>('GET', `/my/study/groups/${id}`)).body
    expect(own).toMatchObject({ isLeader: true, held: 1, feedback: [{ from: '赵同学', body: '准备得很充分' }] })
    const desk = await secretary.client.send<Mine>('GET', `/study/groups/${id}`)
    expect(desk.body.sessions).toContainEqual(expect.objectContaining({ present: ['李学习', '赵同学'] }))
    expect(JSON.stringify(desk.body)).not.toContain('准备得很充分')
  })

  it('counts hours by minutes that a second hand confirmed, and then nothing of them changes', async () => {
    const lead = groupBody({ name: '书记领学小组', leaderId: secretary.id, memberIds: [friend.id] })
    const { id } = (await secretary.client.send<Made>('POST', '/study/groups', lead)).body
    const session = (await plan(secretary, id)).body.id
    const confirm = (who: Client) => who.send<Made>('POST', `/study/sessions/${session}/confirm`, {})
    expect((await confirm(committee)).body).toMatchObject({ code: 'study.not_planned' })
    const minutes = { minutes: '学习并讨论', lengthMinutes: 90, presentIds: [friend.id], fileIds: [] }
    const write = () => secretary.client.send('PUT', `/my/study/sessions/${session}/minutes`, minutes)
    await write()
    expect((await confirm(stranger)).body).toMatchObject({ code: 'study.not_found' })
    expect((await confirm(secretary.client)).body).toMatchObject({ code: 'study.own_minutes' })
    const length = (length_minutes: number | null) =>
      f.admin.updateTable('study_session').set({ length_minutes }).where('id', '=', session).execute()
    await length(null)
    expect((await confirm(committee)).body).toMatchObject({ code: 'study.length_missing' })
    await length(90)
    const waiting = await committee.send<Page<object>>('GET', '/study/groups?unconfirmed=true')
    expect(waiting.body.rows).toContainEqual(expect.objectContaining({ id, toConfirm: 1 }))
    expect((await confirm(committee)).status).toBe(200)
    expect((await confirm(committee)).body).toMatchObject({ code: 'study.confirmed' })
    expect((await write()).body).toMatchObject({ code: 'study.confirmed' })
    await f.deliver()
    const { rows } = (await friend.client.send<Page<object>>('GET', '/my/credits/entries?year=2026')).body
    expect(rows).toContainEqual(expect.objectContaining({ source: 'group', hundredths: 150, title: '读第一章' }))
  })
})

describe('a campaign', () => {
  const body = (more: object = {}) => ({
    orgId: f.orgs.faculty.id,
    title: '作风建设大讨论',
    theme: '两学一做',
    about: '围绕作风建设谈认识、找差距',
    fromOn: '2026-11-01',
    untilOn: '2026-11-30',
    audience: { ...MEMBERS, kinds: [...MEMBERS.kinds, 'activist', 'masses'] },
    tasks: [{ kind: 'read', title: '读八项规定' }],
    questions: ['差距在哪里', '怎么改'],
    isModerated: true,
    ...more,
  })
  const move = (id: string, to: object) => committee.send<Made>('PUT', `/study/campaigns/${id}/state`, to)
  const post = (who: Member, id: string, questionAt = 0) =>
    who.client.send<Made>('POST', `/my/study/campaigns/${id}/posts`, { questionAt, body: '服务群众还不够主动' })

  it('is refused without anything to do, with days the wrong way, and is closed only with its outcome', async () => {
    const make = (more: object) => committee.send('POST', '/study/campaigns', body(more))
    expect((await make({ tasks: [], questions: [] })).body).toMatchObject({ code: 'study.nothing_to_do' })
    expect((await make({ untilOn: '2026-10-01' })).body).toMatchObject({ code: 'study.dates_wrong' })
    const { id } = (await committee.send<Made>('POST', '/study/campaigns', body())).body
    expect((await writer.client.send('GET', `/my/study/campaigns/${id}`)).status).toBe(404)
    const take = { format: 'docx' }
    expect((await committee.send('POST', `/study/campaigns/${id}/export`, take)).body).toMatchObject({
      code: 'study.not_open',
    })
    expect((await move(id, { state: 'closed', outcome: '还没有开始' })).body).toMatchObject({ code: 'study.not_open' })
    await move(id, { state: 'open' })
    expect((await move(id, { state: 'closed' })).body).toMatchObject({ code: 'study.outcome_missing' })
  })

  it('counts what people say they did, and shows posts that somebody read, in the collection of views as well', async () => {
    const { id } = (await committee.send<Made>('POST', '/study/campaigns', body())).body
    await move(id, { state: 'open' })
    const { orgId: _, ...fixed } = body({ questions: ['换一个问题'] }) as { orgId: string }
    expect((await committee.send('PUT', `/study/campaigns/${id}`, fixed)).body).toMatchObject({
      code: 'study.tasks_fixed',
    })
    const { orgId: __, ...narrower } = body({ audience: MEMBERS }) as { orgId: string }
    expect((await committee.send('PUT', `/study/campaigns/${id}`, narrower)).body).toMatchObject({
      code: 'study.tasks_fixed',
      fields: [{ field: '/body/audience' }],
    })
    await f.deliver()
    const told = await friend.client.send<{ rows: { kind: string }[] }>('GET', '/my/notices')
    expect(told.body.rows.map(({ kind }) => kind)).toContain('study_campaign')
    const mine = await writer.client.send<{ tasks: { id: string }[] }>('GET', `/my/study/campaigns/${id}`)
    const taskId = mine.body.tasks[0]?.id
    await writer.client.send('PUT', `/my/study/campaigns/${id}/tasks/${taskId}`, { isDone: true })
    const record = async () => (await committee.send<CampaignRecord>('GET', `/study/campaigns/${id}`)).body
    expect(await record()).toMatchObject({ done: [1], finished: 1 })
    expect((await post(writer, id, 7)).body).toMatchObject({ code: 'study.no_such_question' })
    expect((await post(away, id)).status).toBe(404)
    const said = (await post(writer, id)).body
    expect(said.state).toBe('waiting')
    const posts = async (who: Member) =>
      (await who.client.send<Page<Made>>('GET', `/my/study/campaigns/${id}/posts`)).body.rows.map((row) => row.id)
    expect(await posts(friend)).toEqual([])
    expect(await posts(writer)).toEqual([said.id])
    const decide = (to: object, who: Client = committee) => who.send('PUT', `/study/posts/${said.id}/decision`, to)
    expect((await decide({ isShown: true, isPinned: true }, stranger)).status).toBe(404)
    expect((await decide({ isShown: false, isPinned: false })).body).toMatchObject({ code: 'study.reason_missing' })
    expect((await decide({ isShown: true, isPinned: true })).status).toBe(200)
    expect(await posts(friend)).toEqual([said.id])
    await committee.send('PUT', `/study/campaigns/${id}/summary`, { summary: '差距主要在主动服务上。' })
    const file = await committee.send('POST', `/study/campaigns/${id}/export`, { format: 'docx' })
    expect(file.status).toBe(200)
    expect((await writer.client.send<Made>('POST', `/my/study/posts/${said.id}/withdraw`, {})).body.state).toBe(
      'withdrawn',
    )
    expect(await posts(friend)).toEqual([])
    expect((await move(id, { state: 'closed', outcome: '形成整改清单三条' })).body.state).toBe('closed')
    expect((await post(friend, id)).body).toMatchObject({ code: 'study.not_open' })
  })
})
