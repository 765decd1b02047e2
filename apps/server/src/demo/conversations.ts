import { randomUUID } from 'node:crypto'
import { MODULES } from '../modules.ts'
import { todayOf } from '../platform/clock.ts'
import type { Desk } from './desk.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
type Row = { id: string; kind: string }
type Branch = Plan['branches'][number]

/** Talk in two branches, a team, and one message that somebody reports: made as people make them. */
export async function talkTogether(stage: Stage, plan: Plan): Promise<void> {
  const job = MODULES.flatMap(({ jobs = [] }) => jobs).find(({ name }) => name === 'conversations_follow')
  const { platform } = stage.app.http
  await job?.run({ platform, now: stage.now, signal: new AbortController().signal })
  const [first, second] = plan.branches
  if (first) await talkInBranch(stage, first)
  if (second) await reportInBranch(stage, second)
}

const before = (stage: Stage, milliseconds: number): Date => new Date(stage.now.getTime() - milliseconds)
/** The applications of people of a branch who use theirs. */
const peopleOf = (stage: Stage, branch: Branch): Desk[] =>
  branch.people.flatMap(({ memberId, category }) => {
    const desk = category === 'formal' ? stage.desks.ofMember(memberId) : null
    return desk ? [desk] : []
  })
async function groupOf(who: Desk): Promise<string | undefined> {
  const { rows } = await who<{ rows: Row[] }>('GET', '/my/conversations')
  return rows.find(({ kind }) => kind === 'branch')?.id
}
const said = (text: string, more: object = {}) => ({ id: randomUUID(), kind: 'text', text, ...more })
const say = (stage: Stage, who: Desk, id: string, ago: number, body: object) =>
  at(before(stage, ago), () => who<{ id: string }>('POST', `/my/conversations/${id}/messages`, body))

const LINES = [
  '各位同志，周五下午三点在二楼会议室开支部党员大会，请安排好手头工作。',
  '收到。需要提前看什么材料吗？',
  '请大家先读一读支部工作条例第三章，会上讨论。',
  '我周五上午在外地，争取赶回来；赶不上就提前请假。',
  '上次说的助学活动，我联系了三位同学，名单会后给支委。',
  '好的，辛苦了。楼下的宣传栏本周更新，有照片的同志请发到群里。',
] as const

async function talkInBranch(stage: Stage, branch: Branch): Promise<void> {
  const people = peopleOf(stage, branch)
  const [one, two, three, four] = people
  const group = one && (await groupOf(one))
  if (!one || !two || !three || !group) return
  const speakers = [one, two, one, four ?? three, three, one]
  let asked = ''
  for (const [index, line] of LINES.entries()) {
    const who = speakers[index] ?? one
    const answer = index === 2 && asked ? { replyTo: asked } : {}
    const { id } = await say(stage, who, group, (LINES.length - index) * 2 * HOUR, said(line, answer))
    if (index === 1) asked = id
  }
  const { rows } = await two<{ rows: { personId: string }[] }>('POST', '/my/conversations/partners', {})
  const personIds = rows.slice(0, 3).map(({ personId }) => personId)
  if (personIds.length === 0) return
  const team = await at(before(stage, 3 * DAY), () =>
    two<{ id: string }>('POST', '/my/conversations/teams', { name: '迎新志愿小组', personIds }),
  )
  await say(stage, two, team.id, 2 * DAY, said('迎新从周一开始，大家把有空的时段写在这里。'))
  const guest = branch.people.find(({ category }) => category === 'public' || category === 'activist')
  const secretary = stage.desks.ofPost('branch_secretary', branch.id)
  const untilOn = todayOf(new Date(stage.now.getTime() + 60 * DAY))
  if (guest)
    await at(before(stage, DAY), () =>
      secretary('POST', `/conversation-groups/${group}/guests`, { memberId: guest.memberId, untilOn }),
    )
}

async function reportInBranch(stage: Stage, branch: Branch): Promise<void> {
  const [one, two] = peopleOf(stage, branch)
  const group = one && (await groupOf(one))
  if (!one || !two || !group) return
  await say(stage, one, group, 2 * DAY, said('本月的志愿服务请在二十五日前报名。'))
  const { id } = await say(stage, two, group, DAY, said('朋友的店开业打折，点这个链接领券！'))
  const report = { messageIds: [id], reason: '在支部群里发广告。' }
  await at(before(stage, 20 * HOUR), () => one('POST', `/my/conversations/${group}/reports`, report))
}
