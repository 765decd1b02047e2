import type { TopicProposalShown, TopicRecord } from '@tongxin/contract'
import { beforeAll, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'

/** What happens at the same moment, and what was agreed on before somebody changed his mind. */
let f: Fixture
let secretary: Member
let asker: Member
let friend: Member
let committee: Client
const lecturers: Member[] = []

const wishBody = (more: object = {}) => ({
  title: '新修订的纪律处分条例怎么学',
  why: '日常工作里常遇到，想听案例',
  orgId: f.orgs.teachers.id,
  tags: ['党规党纪'],
  format: 'lecture',
  place: 'unit',
  parts: [],
  fromOn: '2026-12-01',
  untilOn: '2026-12-31',
  threshold: 2,
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
  maxPerMonth: 9,
  maxDistance: 6,
  slots: [],
  ...more,
})
const many = <T>(n: number, work: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: n }, work))
const made = async (more: object = {}) =>
  (await asker.client.send<{ id: string }>('POST', '/my/topics', wishBody(more))).body.id
const support = (id: string) =>
  friend.client.send<{ supporters: number }>('PUT', `/my/topics/${id}/support`, { isSupported: true })
const record = async (id: string) => (await committee.send<TopicRecord>('GET', `/topics/${id}`)).body
const offered = async (who: Member, days: readonly string[]) => {
  const slots = days.map((onDate) => ({ onDate, part: 'weekday' }))
  const { body } = await who.client.send<{ id: string }>('PUT', '/my/lecturing', offerBody({ slots }))
  await committee.send('POST', `/lecturers/${body.id}/review`, { isApproved: true })
  return body.id
}
/** A wish with a proposal to the first lecturer and the second on the waiting list, on the days they have. */
async function proposed(title: string): Promise<{ id: string; first: TopicProposalShown }> {
  const id = await made({ title })
  await support(id)
  await secretary.client.send('POST', `/topics/${id}/call`, {})
  expect((await committee.send('POST', '/topic-matchings', {})).body).toMatchObject({ placed: 1 })
  const first = (await record(id)).proposals.find(({ state }) => state === 'proposed') as TopicProposalShown
  return { id, first }
}
const lecturerOf = ({ lecturer }: TopicProposalShown) => (lecturer === '孙讲师' ? lecturers[0] : lecturers[1]) as Member
const yes = (one: TopicProposalShown) => [
  () => secretary.client.send('POST', `/topic-proposals/${one.id}/answer`, { side: 'unit', isAccepted: true }),
  () => lecturerOf(one).client.send('POST', `/my/lecturing/proposals/${one.id}/answer`, { isAccepted: true }),
]
const over = async (id: string) =>
  committee.send('POST', `/topics/${id}/moderate`, { isHidden: true, reason: '测试结束' })

beforeAll(async () => {
  f = await openFixture()
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  asker = await plantMember(f, 'teachers', '李提议')
  friend = await plantMember(f, 'teachers', '赵支持')
  lecturers.push(await plantMember(f, 'students', '孙讲师'), await plantMember(f, 'nurses', '周候补'))
  committee = await f.signIn('committee_admin', 'committee', { name: '组织部' })
})

it('wishes, support and answers that are sent many times at once count once', async () => {
  const wishes = await many(9, () => asker.client.send('POST', '/my/topics', wishBody()))
  expect(wishes.filter(({ status }) => status === 200)).toHaveLength(5)
  const open = wishes.flatMap(({ status, body }) => (status === 200 ? [(body as { id: string }).id] : []))
  await many(9, () => support(open[0] ?? ''))
  expect((await record(open[0] ?? '')).supporters).toBe(2)
  for (const id of open) await over(id)
  for (const who of lecturers) await offered(who, ['2026-12-08', '2026-12-09', '2026-12-10'])
  const { id, first } = await proposed('纪律处分条例案例解读')
  const answers = await Promise.all([...yes(first), ...yes(first), ...yes(first)].map((answer) => answer()))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(2)
  expect((await record(id)).proposals.find((one) => one.id === first.id)?.state).toBe('agreed')
  const when = { startsAt: `${first.onDate}T03:00:00.000Z`, endsAt: `${first.onDate}T04:00:00.000Z`, place: '301' }
  const schedule = () => secretary.client.send('POST', `/topic-proposals/${first.id}/schedule`, when)
  await over(id)
  expect((await schedule()).body, 'what was hidden is not taught').toMatchObject({ code: 'topics.not_open' })
  await committee.send('POST', `/topics/${id}/moderate`, { isHidden: false, reason: '恢复' })
  const planned = await many(4, schedule)
  expect(planned.filter(({ status }) => status === 200)).toHaveLength(1)
})

it('a lecturer who ends is asked no more, and an hour that was taken back is proposed to nobody', async () => {
  const { id, first } = await proposed('党章学习的方法')
  const gone = lecturerOf(first)
  const spare = lecturers.find((one) => one !== gone) as Member
  await spare.client.send('PUT', '/my/lecturing/slots', { slots: [{ onDate: '2026-12-24', part: 'weekday' }] })
  expect((await gone.client.send('POST', '/my/lecturing/end', {})).body).toMatchObject({ state: 'ended' })
  await f.deliver()
  const after = (await record(id)).proposals
  expect(after.find((one) => one.id === first.id)?.state).toBe('declined')
  expect(after.filter(({ state }) => state === 'proposed')).toEqual([])
  expect((await yes(first)[1]?.())?.body).toMatchObject({ code: 'topics.proposal_decided' })
})
