import type {
  LecturerShown,
  MatchingRun,
  OwnTopic,
  Page,
  TopicCard,
  TopicProposalShown,
  TopicRecord,
  WantedTopics,
} from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { keepDates } from './topics.jobs.ts'

let f: Fixture
let secretary: Member
let asker: Member
let friend: Member
let third: Member
let teacher: Member
let spare: Member
let worker: Client
let committee: Client
let stranger: Client

const wishBody = (f: Fixture, more: object = {}) => ({
  title: '新修订的纪律处分条例怎么学',
  why: '日常工作里常遇到，想听案例',
  orgId: f.orgs.teachers.id,
  tags: ['党规党纪'],
  format: 'lecture',
  place: 'unit',
  parts: [],
  fromOn: '2026-12-01',
  untilOn: '2026-12-31',
  threshold: 3,
  closesOn: '2026-11-20',
  ...more,
})
const offerBody = (more: object = {}) => ({
  bio: '长期从事党规党纪教学，讲过三十场党课',
  tags: ['党规党纪'],
  topics: ['纪律处分条例解读'],
  formats: ['lecture'],
  levels: ['branch'],
  isOnline: false,
  maxPerMonth: 2,
  maxDistance: 4,
  slots: [{ onDate: '2026-12-08', part: 'weekday' }],
  ...more,
})
type Made = { id: string; state: string }
const wish = async (who: Member, more: object = {}): Promise<string> => {
  const { status, body } = await who.client.send<Made>('POST', '/my/topics', wishBody(f, more))
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body.id
}
const support = (who: Member, id: string, isSupported = true) =>
  who.client.send<{ state: string; supporters: number }>('PUT', `/my/topics/${id}/support`, { isSupported })
const supported = async (more: object = {}, by = [asker, friend, third]): Promise<string> => {
  const id = await wish(by[0] as Member, more)
  for (const one of by.slice(1)) await support(one, id)
  return id
}
const offer = async (who: Member, more: object = {}): Promise<string> => {
  const { body } = await who.client.send<Made>('PUT', '/my/lecturing', offerBody(more))
  expect((await committee.send('POST', `/lecturers/${body.id}/review`, { isApproved: true })).body).toMatchObject({
    state: 'approved',
  })
  return body.id
}
const record = async (id: string) => (await committee.send<TopicRecord>('GET', `/topics/${id}`)).body

beforeAll(async () => {
  f = await openFixture()
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  asker = await plantMember(f, 'teachers', '李提议')
  friend = await plantMember(f, 'teachers', '赵支持')
  third = await plantMember(f, 'teachers', '钱同意')
  teacher = await plantMember(f, 'students', '孙讲师')
  spare = await plantMember(f, 'nurses', '周候补')
  worker = await f.signIn('party_worker', 'faculty', { name: '总支干事' })
  committee = await f.signIn('committee_admin', 'committee', { name: '组织部' })
  stranger = await f.signIn('branch_secretary', 'nurses', { name: '护理书记' })
})

describe('a wish', () => {
  it('is refused without a record, for units of others, with days in no order, and when five are open', async () => {
    expect((await worker.send('POST', '/my/topics', wishBody(f))).body).toMatchObject({ code: 'topics.not_a_member' })
    const send = async (more: object) => (await asker.client.send('POST', '/my/topics', wishBody(f, more))).body
    expect(await send({ orgId: f.orgs.nurses.id })).toMatchObject({ code: 'topics.not_your_unit' })
    expect(await send({ closesOn: '2026-11-02' })).toMatchObject({
      code: 'topics.dates_wrong',
      fields: [{ field: '/body/closesOn' }],
    })
    expect(await send({ fromOn: '2026-11-10' })).toMatchObject({ fields: [{ field: '/body/fromOn' }] })
    const busy = await plantMember(f, 'retired', '多愿')
    const titles = ['怎样读懂党章总纲', '老年健康管理知识', '社区志愿服务经验', '手机防诈骗的办法', '家风家训怎样传承']
    for (const title of titles) await wish(busy, { title, orgId: f.orgs.retired.id })
    expect(
      (await busy.client.send('POST', '/my/topics', wishBody(f, { orgId: f.orgs.retired.id }))).body,
    ).toMatchObject({ code: 'topics.too_many_open' })
  })

  it('is supported once a person, withdrawn again, seen by the people of its unit alone, and reached at the threshold', async () => {
    const id = await wish(asker)
    expect((await support(spare, id)).body).toMatchObject({ code: 'topics.not_found' })
    expect((await support(asker, id)).body.supporters).toBe(1)
    expect((await support(friend, id)).body).toMatchObject({ supporters: 2, state: 'gathering' })
    expect((await asker.client.send('POST', `/my/topics/${id}/withdraw`, {})).body).toMatchObject({
      code: 'topics.others_support',
    })
    expect((await support(friend, id, false)).body.supporters).toBe(1)
    await support(friend, id)
    expect((await support(third, id)).body).toMatchObject({ supporters: 3, state: 'reached' })
    const alike = await third.client.send<{ rows: TopicCard[] }>(
      'GET',
      `/my/topics/similar?title=${encodeURIComponent('纪律处分条例怎么学')}`,
    )
    expect(alike.body.rows.map((row) => row.id)).toEqual([id])
    expect((await stranger.send('GET', `/topics/${id}`)).status).toBe(404)
    const list = await worker.send<Page<TopicCard>>('GET', '/topics?state=reached')
    expect(list.body.rows).toMatchObject([{ id, supporters: 3, level: 'branch' }])
    const outside = `/topics?orgId=${f.orgs.nurses.id}`
    expect((await worker.send('GET', outside)).body).toMatchObject({ code: 'topics.no_such_org' })
  })

  it('is hidden with the reason, which its author reads, and shown again', async () => {
    const id = await wish(third, { title: '不合适的一个题目' })
    const hide = { isHidden: true, reason: '内容与党员教育无关' }
    expect((await stranger.send('POST', `/topics/${id}/moderate`, hide)).status).toBe(404)
    expect((await secretary.client.send('POST', `/topics/${id}/moderate`, hide)).body).toMatchObject({
      state: 'hidden',
    })
    expect((await friend.client.send('GET', `/my/topics/${id}`)).status).toBe(404)
    expect((await third.client.send<OwnTopic>('GET', `/my/topics/${id}`)).body).toMatchObject({ reason: hide.reason })
    await f.deliver()
    const inbox = await third.client.send<{ rows: { kind: string }[] }>('GET', '/my/notices')
    if (inbox.status === 200) expect(inbox.body.rows.map(({ kind }) => kind)).toContain('topic_hidden')
    await secretary.client.send('POST', `/topics/${id}/moderate`, { isHidden: false, reason: '已改写' })
    expect((await support(friend, id)).body).toMatchObject({ state: 'gathering', supporters: 2 })
    expect(
      (await secretary.client.send('POST', `/topics/${id}/moderate`, { ...hide, isHidden: false })).body,
    ).toMatchObject({ code: 'topics.not_open' })
  })

  it('is merged with its supporters counted once, and parted again', async () => {
    const into = await wish(asker, { title: '怎样开好民主生活会', threshold: 3 })
    const from = await wish(friend, { title: '民主生活会怎样开好' })
    await support(asker, from)
    await support(third, from)
    const plan = await secretary.client.send('POST', `/topics/${from}/merge/plan`, { intoId: into })
    expect(plan.body).toMatchObject({ both: 1, supportersAfter: 3, reaches: true })
    const same = { intoId: from, reason: '重复' }
    expect((await secretary.client.send('POST', `/topics/${from}/merge`, same)).body).toMatchObject({
      code: 'topics.same_topic',
    })
    const act = { intoId: into, reason: '内容相同' }
    expect((await secretary.client.send('POST', `/topics/${from}/merge`, act)).body).toMatchObject({ state: 'merged' })
    expect(await record(into)).toMatchObject({ supporters: 3, state: 'reached' })
    expect((await secretary.client.send('POST', `/topics/${from}/merge`, act)).body).toMatchObject({
      code: 'topics.not_mergeable',
    })
    expect((await secretary.client.send('POST', `/topics/${from}/merge/undo`, {})).body).toMatchObject({
      state: 'reached',
    })
    expect(await record(into)).toMatchObject({ supporters: 1, state: 'gathering' })
    expect((await secretary.client.send('POST', `/topics/${from}/merge/undo`, {})).status).toBe(404)
    // What is no longer open to support keeps those who came with the merge.
    await secretary.client.send('POST', `/topics/${from}/merge`, act)
    const hide = { isHidden: true, reason: '暂不开课' }
    await secretary.client.send('POST', `/topics/${into}/moderate`, hide)
    expect((await secretary.client.send('POST', `/topics/${from}/merge/undo`, {})).body).toMatchObject({
      code: 'topics.merge_used',
    })
    await secretary.client.send('POST', `/topics/${into}/moderate`, { ...hide, isHidden: false })
    await secretary.client.send('POST', `/topics/${from}/merge/undo`, {})
    for (const id of [into, from])
      await committee.send('POST', `/topics/${id}/moderate`, { isHidden: true, reason: '结束' })
  })

  it('that ran out without enough support is filed', async () => {
    const id = await wish(asker, { title: '没有人支持的一个题目', threshold: 50, closesOn: '2026-11-03' })
    const later = new Date('2026-11-05T01:00:00Z')
    await keepDates({ platform: f.platform, now: later, signal: new AbortController().signal })
    expect(await record(id)).toMatchObject({ state: 'unmet' })
    expect((await support(friend, id)).body).toMatchObject({ code: 'topics.not_open' })
  })
})

describe('a lecturer', () => {
  it('offers times that can be, and is reviewed by somebody else', async () => {
    const send = async (more: object) => (await teacher.client.send('PUT', '/my/lecturing', offerBody(more))).body
    expect(await send({ slots: [{ onDate: '2026-12-08', part: 'weekend' }] })).toMatchObject({
      code: 'topics.day_not_of_part',
      fields: [{ field: '/body/slots/0/part' }],
    })
    const twice = { onDate: '2026-12-08', part: 'weekday' }
    expect(await send({ slots: [twice, twice] })).toMatchObject({ code: 'topics.slot_doubled' })
    const slots = { slots: [twice] }
    expect((await spare.client.send('PUT', '/my/lecturing/slots', slots)).body).toMatchObject({
      code: 'topics.lecturer_not_found',
    })
    const outside = { ...offerBody(), name: '郑教授', employer: '市委党校', orgId: f.orgs.committee.id }
    const { body } = await committee.send<Made>('POST', '/lecturers', outside)
    const approve = { isApproved: true }
    expect((await committee.send('POST', `/lecturers/${body.id}/review`, approve)).body).toMatchObject({
      code: 'topics.own_matter',
    })
    const second = await f.signIn('committee_admin', 'committee', { name: '宣传委员' })
    expect((await second.send('POST', `/lecturers/${body.id}/review`, { isApproved: false })).body).toMatchObject({
      code: 'topics.reason_missing',
    })
    await second.send('POST', `/lecturers/${body.id}/review`, { isApproved: false, reason: '请补充资质' })
    expect((await second.send('POST', `/lecturers/${body.id}/review`, approve)).body).toMatchObject({
      code: 'topics.lecturer_decided',
    })
    const listed = await committee.send<Page<LecturerShown>>('GET', '/lecturers?outside=true')
    expect(listed.body.rows).toMatchObject([{ name: '郑教授', state: 'returned', reason: '请补充资质' }])
    await committee.send('POST', `/lecturers/${body.id}/end`, { reason: '不再合作' })
  })
})

describe('from a match to a lesson', () => {
  it('proposes with reasons, asks the next after a no, and is rated by those who came', async () => {
    const nobody = await f.signIn('committee_admin', 'medicine', { name: '空单位' })
    expect((await nobody.send('POST', '/topic-matchings', {})).body).toMatchObject({ code: 'topics.nothing_to_match' })
    await offer(teacher)
    await offer(spare, { slots: [{ onDate: '2026-12-09', part: 'evening' }], maxDistance: 6 })
    const lost = await supported({ title: '天体物理学前沿进展', tags: ['天文'] })
    const [topic] = (await committee.send<Page<TopicCard>>('GET', '/topics?state=reached&tag=党规党纪')).body.rows
    const id = topic?.id ?? ''
    expect((await secretary.client.send('POST', `/topics/${id}/call`, {})).body).toMatchObject({ state: 'recruiting' })
    expect((await secretary.client.send('POST', `/topics/${id}/call`, {})).body).toMatchObject({
      code: 'topics.not_open',
    })
    const run = await committee.send<MatchingRun>('POST', '/topic-matchings', {})
    expect(run.body).toMatchObject({ placed: 1, demand: 3, greedyDemand: 3, isOptimal: true })
    expect(run.body.leftOut).toMatchObject([
      { topicId: lost, hurdle: 'tags', stopped: [{ hurdle: 'tags', lecturers: 2 }] },
    ])
    const first = (await record(id)).proposals
    expect(first).toMatchObject([
      { lecturer: '孙讲师', state: 'proposed', rank: 0, reasons: { sharedTags: ['党规党纪'], distance: 2, others: 1 } },
      { lecturer: '周候补', state: 'waiting', rank: 1 },
    ])
    const at = `/my/lecturing/proposals/${first[0]?.id}/answer`
    expect((await teacher.client.send('POST', at, { isAccepted: false })).body).toMatchObject({
      code: 'topics.reason_missing',
    })
    expect((await spare.client.send('POST', at, { isAccepted: true })).body).toMatchObject({
      code: 'topics.proposal_not_found',
    })
    await teacher.client.send('POST', at, { isAccepted: false, reason: '当天出差' })
    expect((await teacher.client.send('POST', at, { isAccepted: true })).body).toMatchObject({
      code: 'topics.proposal_decided',
    })
    await f.deliver()
    await lesson(id)
  })

  /** The waiting list is asked: both say yes, the meeting is planned, held and filed. */
  async function lesson(id: string) {
    const mine = await spare.client.send<{ proposals: TopicProposalShown[] }>('GET', '/my/lecturing')
    const proposal = mine.body.proposals[0]?.id
    const unit = { side: 'unit', isAccepted: true }
    const when = { startsAt: '2026-12-09T11:00:00.000Z', endsAt: '2026-12-09T12:00:00.000Z', place: '机械楼 301' }
    const desk = secretary.client
    expect((await desk.send('POST', `/topic-proposals/${proposal}/schedule`, when)).body).toMatchObject({
      code: 'topics.not_agreed',
    })
    expect(
      (await desk.send('POST', `/topic-proposals/${proposal}/answer`, { ...unit, side: 'lecturer' })).body,
    ).toMatchObject({ code: 'topics.answers_for_self' })
    expect((await desk.send('POST', `/topic-proposals/${proposal}/answer`, unit)).body).toMatchObject({
      state: 'proposed',
    })
    const yes = { isAccepted: true }
    expect((await spare.client.send('POST', `/my/lecturing/proposals/${proposal}/answer`, yes)).body).toMatchObject({
      state: 'agreed',
    })
    expect((await worker.send('POST', `/topic-proposals/${proposal}/schedule`, when)).body).toMatchObject({
      code: 'topics.cannot_convene',
    })
    const otherDay = { ...when, startsAt: '2026-12-10T11:00:00.000Z', endsAt: '2026-12-10T12:00:00.000Z' }
    expect((await desk.send('POST', `/topic-proposals/${proposal}/schedule`, otherDay)).body).toMatchObject({
      code: 'topics.not_that_day',
    })
    const made = await desk.send<{ meetingId: string }>('POST', `/topic-proposals/${proposal}/schedule`, when)
    expect(made).toMatchObject({ status: 200, body: { state: 'scheduled' } })
    expect((await desk.send('GET', `/meetings/${made.body.meetingId}`)).body).toMatchObject({ kinds: ['partyLesson'] })
    const enrolment = { isEnrolled: true }
    expect((await asker.client.send('PUT', `/my/topics/${id}/enrolment`, enrolment)).body).toMatchObject({
      enrolled: 1,
    })
    await f.admin
      .updateTable('meetings_meeting')
      .set({ state: 'archived' })
      .where('tenant_id', '=', f.tenantId)
      .where('id', '=', made.body.meetingId)
      .execute()
    await archived(made.body.meetingId, [asker, friend, third])
    expect((await desk.send<TopicRecord>('GET', `/topics/${id}`)).body).toMatchObject({ state: 'taught', completed: 3 })
    await rated(id)
  }

  /** What the record of the meeting says, told as the module of meetings tells it. */
  async function archived(meetingId: string, come: readonly Member[]) {
    for (const { id, personId } of come)
      await f.admin
        .insertInto('meetings_check_in')
        .values({
          tenant_id: f.tenantId,
          meeting_id: meetingId,
          member_id: id,
          person_id: personId,
          org_path: f.orgs.teachers.path,
          ordinal: 1,
          part: 'voter',
          way: 'scanned',
          captured_at: NOW,
          received_at: NOW,
          late: false,
          submitted_later: false,
        })
        .execute()
    const event = await f.admin
      .selectFrom('platform_event')
      .selectAll()
      .where('tenant_id', '=', f.tenantId)
      .where('type', '=', 'meetings.planned')
      .executeTakeFirstOrThrow()
    const { xid: _, ...like } = event as typeof event & { xid: unknown }
    await f.admin
      .insertInto('platform_event')
      .values({ ...like, id: crypto.randomUUID(), type: 'meetings.archived', payload: '{}', subject_id: meetingId })
      .execute()
    await f.deliver()
  }

  async function rated(id: string) {
    const rate = (who: Member, stars: number) => who.client.send<Made>('PUT', `/my/topics/${id}/rating`, { stars })
    expect((await rate(secretary, 5)).body).toMatchObject({ code: 'topics.not_attended' })
    await rate(asker, 5)
    await rate(friend, 4)
    expect((await asker.client.send<OwnTopic>('GET', `/my/topics/${id}`)).body).toMatchObject({
      mean: null,
      ratings: 2,
    })
    expect((await rate(third, 3)).body).toMatchObject({ state: 'rated' })
    await rate(third, 4)
    expect((await asker.client.send<OwnTopic>('GET', `/my/topics/${id}`)).body).toMatchObject({ mean: 43, ratings: 3 })
    const wanted = await committee.send<WantedTopics>('GET', '/topics/most-wanted?level=branch')
    // 3 supporters, 1 enrolled, 3 came, and ten times the mean: it is the prior itself.
    expect(wanted.body.rows[0]).toMatchObject({ id, score: 503, mean: 43 })
    expect(wanted.body.terms).toMatchObject({ prior: 433 })
    for (const format of ['xlsx', 'docx']) {
      const file = await committee.send('POST', '/topics/most-wanted/export', { filter: {}, format })
      expect(file.status).toBe(200)
    }
    expect((await asker.client.send('PUT', `/my/topics/${id}/enrolment`, { isEnrolled: true })).body).toMatchObject({
      code: 'topics.not_scheduled',
    })
    const course = await secretary.client.send<{ courseId: string }>('POST', `/topics/${id}/course`, {})
    expect((await secretary.client.send('GET', `/courses/${course.body.courseId}`)).body).toMatchObject({
      state: 'draft',
    })
    expect((await secretary.client.send('POST', `/topics/${id}/course`, {})).body).toMatchObject({
      code: 'topics.course_there',
    })
  }
})
