import type { LecturerShown, TopicProposalShown } from '@tongxin/contract'
import { MODULES } from '../modules.ts'
import type { Branch } from './branch-life.ts'
import type { Desk } from './desk.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const DAY = 86_400_000
type Made = { id: string }
type Wish = {
  readonly branch: number
  /** Who wishes and who supports, by their places in the branch. */
  readonly people: readonly number[]
  readonly threshold: number
  readonly title: string
  readonly why: string
  readonly tag: string
  readonly format: 'lecture' | 'seminar' | 'case' | 'on_site'
}

/** Asked for enough, matched, and on the calendar or waiting for its answers; the last two are still gathering. */
const WISHES: readonly Wish[] = [
  {
    branch: 0,
    people: [8, 9, 10, 11, 12, 13, 4, 6],
    threshold: 5,
    title: '怎样写好一份调研报告',
    why: '支部要做一次师生满意度调研，想请有经验的同志讲讲提纲、访谈和归纳',
    tag: '调查研究',
    format: 'case',
  },
  {
    branch: 1,
    people: [6, 7, 8, 9, 10],
    threshold: 3,
    title: '纪律处分条例里的身边案例',
    why: '报销、招生这些环节最容易出问题，想听结合案例的讲解',
    tag: '党规党纪',
    format: 'lecture',
  },
  {
    branch: 0,
    people: [14, 15, 9],
    threshold: 8,
    title: '校史馆里的党课：第一个学生支部',
    why: '新生党员多，想在校史馆现场听一次',
    tag: '校史党史',
    format: 'on_site',
  },
  {
    branch: 2,
    people: [6, 7],
    threshold: 6,
    title: '退休同志怎样用好手机学习',
    why: '几位老同志不会用，想请年轻同志手把手教',
    tag: '数字技能',
    format: 'seminar',
  },
]

type Teacher = { branch: number; person: number; tags: string[]; topics: string[]; bio: string; inDays: number[] }
const TEACHERS: readonly Teacher[] = [
  {
    branch: 3,
    person: 7,
    tags: ['调查研究', '校史党史'],
    topics: ['调研提纲怎样列', '访谈的十个问题'],
    bio: '长期主持校内调研课题，带过二十多个学生调研小组',
    inDays: [11, 13, 18],
  },
  {
    branch: 4,
    person: 6,
    tags: ['党规党纪'],
    topics: ['纪律处分条例解读', '廉洁风险怎样查'],
    bio: '学校纪检委员，每年讲党纪课十余场',
    inDays: [12, 16, 19],
  },
]

/** What people want to learn and who teaches it: one lesson on the calendar, one waiting for its answers, two gathering. */
export async function gatherTopics(stage: Stage, plan: Plan): Promise<void> {
  const committee = stage.desks.ofPost('committee_admin', stage.rootId)
  await at(before(stage, 30), () => inviteTeachers(stage, plan, committee))
  const ids: string[] = []
  for (const [place, wish] of WISHES.entries())
    ids.push(await at(before(stage, 24 - place * 2), () => gathered(stage, plan, wish)))
  const matched = before(stage, 4)
  await at(matched, async () => {
    await stage.app.http.outbox.drain()
    await committee('POST', '/topic-matchings', {})
  })
  await settleFirst(stage, plan, committee, ids[0] ?? '')
  const dates = MODULES.find(({ name }) => name === 'topics')?.jobs?.find(({ name }) => name === 'topics.keep_dates')
  const { platform } = stage.app.http
  await dates?.run({ platform, now: stage.now, signal: new AbortController().signal })
}

const before = (stage: Stage, days: number): Date => new Date(stage.now.getTime() - days * DAY)
const dayIn = (stage: Stage, days: number): string =>
  new Date(stage.now.getTime() + days * DAY + 8 * 3_600_000).toISOString().slice(0, 10)
/** A weekday or an evening of the working week, or the weekend that it falls on. */
const slotOf = (onDate: string) => ({
  onDate,
  part: [0, 6].includes(new Date(`${onDate}T00:00:00Z`).getUTCDay()) ? 'weekend' : 'weekday',
})

function phoneOf(stage: Stage, branch: Branch | undefined, place: number): Desk | null {
  const person = branch?.people[place]
  return person ? stage.desks.ofMember(person.memberId) : null
}

/** Whether the person still belongs to the branch: in a year some have moved or left. */
const isOf = async (orgId: string, phone: Desk): Promise<boolean> =>
  phone<{ units: { id: string }[] }>('GET', '/my/topics/units').then(
    ({ units }) => units.some(({ id }) => id === orgId),
    () => false,
  )

async function inviteTeachers(stage: Stage, plan: Plan, committee: Desk): Promise<void> {
  const common = { formats: ['lecture', 'case', 'seminar'], levels: ['branch', 'general_branch'], isOnline: false }
  for (const { branch, person, tags, topics, bio, inDays } of TEACHERS) {
    const phone = phoneOf(stage, plan.branches[branch], person)
    const slots = inDays.map((days) => slotOf(dayIn(stage, days)))
    const made = await phone?.<Made>('PUT', '/my/lecturing', {
      ...{ ...common, bio, tags, topics, slots, maxPerMonth: 2, maxDistance: 6 },
    })
    if (made) await committee('POST', `/lecturers/${made.id}/review`, { isApproved: true })
  }
  const [worker] = stage.desks.allOfPost('party_worker', stage.rootId)
  await worker?.('POST', '/lecturers', {
    ...{ ...common, name: '顾明远', employer: '澜江市委党校', orgId: stage.rootId, maxPerMonth: 1, maxDistance: 6 },
    ...{ bio: '市委党校党史教研室副教授，讲授党史专题十五年', tags: ['校史党史'], topics: ['地方党史里的青年'] },
    slots: [slotOf(dayIn(stage, 21))],
  })
}

async function gathered(stage: Stage, plan: Plan, wish: Wish): Promise<string> {
  const branch = plan.branches[wish.branch]
  if (!branch) return ''
  const phones: Desk[] = []
  for (const place of wish.people) {
    const phone = phoneOf(stage, branch, place)
    if (phone && (await isOf(branch.id, phone))) phones.push(phone)
  }
  const [first, ...others] = phones
  if (!first) return ''
  const { title, why, tag, format, threshold } = wish
  const { id } = await first<Made>('POST', '/my/topics', {
    ...{ title, why, orgId: branch.id, tags: [tag], format, place: 'unit', parts: [], threshold },
    ...{ closesOn: dayIn(stage, 8), fromOn: dayIn(stage, 9), untilOn: dayIn(stage, 40) },
  })
  for (const phone of others) await phone('PUT', `/my/topics/${id}/support`, { isSupported: true })
  return id
}

/** Both sides say yes to the first lesson, the branch puts it on its calendar, and people say that they come. */
async function settleFirst(stage: Stage, plan: Plan, committee: Desk, topicId: string): Promise<void> {
  const { rows } = await committee<{ rows: TopicProposalShown[] }>('GET', '/topic-proposals?state=proposed&limit=100')
  const proposal = rows.find((one) => one.topicId === topicId)
  const branch = plan.branches[WISHES[0]?.branch ?? 0]
  if (!proposal || !branch) return
  const teacher = await lecturerPhone(stage, plan, committee, proposal.lecturerId)
  const secretary = stage.desks.ofPost('branch_secretary', branch.id)
  await at(before(stage, 3), async () => {
    await teacher?.('POST', `/my/lecturing/proposals/${proposal.id}/answer`, { isAccepted: true })
    await secretary('POST', `/topic-proposals/${proposal.id}/answer`, { side: 'unit', isAccepted: true })
    await secretary('POST', `/topic-proposals/${proposal.id}/schedule`, {
      startsAt: new Date(`${proposal.onDate}T15:00:00+08:00`).toISOString(),
      endsAt: new Date(`${proposal.onDate}T16:30:00+08:00`).toISOString(),
      place: '行政楼 305 会议室',
    })
  })
  await at(before(stage, 2), async () => {
    for (const place of WISHES[0]?.people.slice(0, 4) ?? []) {
      const phone = phoneOf(stage, branch, place)
      if (phone && (await isOf(branch.id, phone)))
        await phone('PUT', `/my/topics/${topicId}/enrolment`, { isEnrolled: true })
    }
  })
}

async function lecturerPhone(stage: Stage, plan: Plan, committee: Desk, lecturerId: string): Promise<Desk | null> {
  const { rows } = await committee<{ rows: LecturerShown[] }>('GET', '/lecturers?limit=100')
  const name = rows.find(({ id }) => id === lecturerId)?.name
  const of = TEACHERS.find(({ branch, person }) => plan.branches[branch]?.people[person]?.name === name)
  return of ? phoneOf(stage, plan.branches[of.branch], of.person) : null
}
