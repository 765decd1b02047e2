import { expireLetters } from '../modules/transfers/index.ts'
import type { BranchPerson } from './branch-life.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const DAY = 86_400_000

type Move = {
  /** Place of the branch of departure, and of the person in it: people without a post. */
  readonly from: number
  readonly person: number
  readonly to:
    | { readonly branch: number }
    | { readonly name: string; readonly kind: string; readonly approves: boolean }
  readonly reason: string
  readonly daysAgo: number
  /** How far it has come by today. */
  readonly until: 'draft' | 'agreed' | 'approved' | 'issued' | 'reported' | 'received' | 'returned'
}

const MOVES: readonly Move[] = [
  { from: 0, person: 9, to: { branch: 1 }, reason: '调入机关工作', daysAgo: 21, until: 'received' },
  { from: 2, person: 10, to: { branch: 0 }, reason: '校内调动', daysAgo: 12, until: 'reported' },
  { from: 1, person: 9, to: { branch: 0 }, reason: '校内调动', daysAgo: 3, until: 'issued' },
  {
    from: 1,
    person: 11,
    to: { name: '中共滨海市人才服务中心委员会', kind: 'province', approves: true },
    reason: '毕业离校，到滨海市就业',
    daysAgo: 27,
    until: 'issued',
  },
  {
    from: 2,
    person: 11,
    to: { name: '中共南屏市云岭区街道工作委员会', kind: 'other_province', approves: true },
    reason: '随家人迁居南屏市',
    daysAgo: 101,
    until: 'issued',
  },
  {
    from: 3,
    person: 9,
    to: { name: '某部队政治工作处', kind: 'beyond_system', approves: false },
    reason: '应征入伍',
    daysAgo: 5,
    until: 'approved',
  },
  { from: 0, person: 11, to: { branch: 2 }, reason: '学科调整', daysAgo: 2, until: 'agreed' },
  { from: 0, person: 12, to: { branch: 3 }, reason: '岗位调动', daysAgo: 1, until: 'draft' },
  { from: 3, person: 10, to: { branch: 1 }, reason: '岗位调动', daysAgo: 18, until: 'returned' },
]

/** Relations on their way in all states, one of them expired, as people prepare, decide and receive them. */
export async function moveRelations(stage: Stage, plan: Plan): Promise<void> {
  for (const move of [...MOVES].sort((a, b) => b.daysAgo - a.daysAgo)) await play(stage, plan, move)
  const now = stage.now
  await expireLetters({ platform: stage.app.http.platform, now, signal: new AbortController().signal })
}

type Done = { id: string; version: number }

async function play(stage: Stage, plan: Plan, move: Move): Promise<void> {
  const branch = plan.branches[move.from]
  // People without a post, and members only: the first of a branch hold its posts.
  const members = branch?.people.filter(({ category }, at) => at > 8 && category === 'formal')
  const person = members?.[move.person - 9] as BranchPerson | undefined
  if (!branch || !person) return
  const officer = stage.desks.ofPost('branch_officer', branch.id)
  const secretary = stage.desks.ofPost('branch_secretary', branch.id)
  const committee = stage.desks.ofPost('committee_admin', stage.rootId)
  const dayOf = (days: number) => new Date(stage.now.getTime() - (move.daysAgo - days) * DAY)
  const told = 'branch' in move.to ? inside(plan, move.to.branch) : outside(move.to)
  const body = { memberId: person.memberId, reason: move.reason, duesPaidUntil: monthBefore(dayOf(0)), ...told }
  let done = await at(dayOf(0), () => officer<Done>('POST', '/transfers', body))
  const go = async (desk: typeof officer, part: 'steps' | 'decisions', act: object, days: number) => {
    done = await at(dayOf(days), () => desk<Done>('POST', `/transfers/${done.id}/${part}`, act, done.version))
  }
  if (move.until === 'draft') return
  await go(secretary, 'steps', { act: 'agree' }, 0)
  if (move.until === 'agreed') return
  await go(committee, 'decisions', { act: 'approve' }, 0)
  if (move.until === 'approved') return
  await go(committee, 'steps', { act: 'issue' }, 0)
  if (move.until === 'issued' || !('branch' in move.to)) return
  const receiver = stage.desks.ofPost('branch_secretary', plan.branches[move.to.branch]?.id ?? '')
  if (move.until === 'reported') {
    const own = stage.desks.ofMember(person.memberId)
    await at(dayOf(4), async () => void (await own?.('POST', `/my/transfers/${done.id}/arrival`, {})))
  } else if (move.until === 'received') await go(receiver, 'steps', { act: 'receive' }, 4)
  else await go(receiver, 'steps', { act: 'return', note: '本人已另行安排岗位，未到我支部所在单位报到' }, 4)
}

const inside = (plan: Plan, branch: number) => ({ toOrgId: plan.branches[branch]?.id ?? '' })

const outside = (to: { name: string; kind: string; approves: boolean }) => ({
  toName: to.name,
  kind: to.kind,
  destinationApproves: to.approves,
  contact: { name: '组织科', phone: '0571-12345678', postcode: '310000' },
})

const monthBefore = (day: Date): string =>
  new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - 1, 1)).toISOString().slice(0, 7)
