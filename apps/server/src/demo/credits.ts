import { MODULES } from '../modules.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const DAY = 86_400_000

/** Who asks to be freed: the branch by its place, the person counted from the end, days ago, and whether it is decided. */
const ASKED = [
  { branch: 0, person: 2, ground: 'age', reason: '年过八旬，行动不便', daysAgo: 120, isDecided: true },
  { branch: 2, person: 2, ground: 'illness', reason: '长期休养，不便参加集中学习', daysAgo: 9, isDecided: false },
] as const

/**
 * The accounts of study: what was attended counted itself, everybody else's year is opened, two people ask to be freed,
 * and the first branch proposes who has reached the year.
 */
export async function keepStudyAccounts(stage: Stage, plan: Plan): Promise<void> {
  const { app, now } = stage
  const nightly = MODULES.find(({ name }) => name === 'credits')?.jobs?.find(
    ({ name }) => name === 'credits.keep_accounts',
  )
  await nightly?.run({ platform: app.http.platform, now, signal: new AbortController().signal })
  for (const asked of ASKED) await askToBeFreed(stage, plan, asked)
  await proposeHonours(stage, plan)
}

async function askToBeFreed(stage: Stage, plan: Plan, asked: (typeof ASKED)[number]): Promise<void> {
  const branch = plan.branches[asked.branch]
  const person = branch?.people.filter(({ category }) => category === 'formal').at(-asked.person)
  if (!branch || !person) return
  const on = new Date(stage.now.getTime() - asked.daysAgo * DAY)
  const year = on.getUTCFullYear()
  const told = { memberId: person.memberId, year, ground: asked.ground, reason: asked.reason }
  const secretary = stage.desks.ofPost('branch_secretary', branch.id)
  const { id } = await at(on, () => secretary<{ id: string }>('POST', '/credits/exemptions', told))
  if (!asked.isDecided) return
  const above = stage.desks.ofPost('committee_admin', stage.rootId)
  const answer = { isApproved: true, answer: '情况属实，同意' }
  await at(new Date(on.getTime() + 2 * DAY), () => above('POST', `/credits/exemptions/${id}/decide`, answer))
}

async function proposeHonours(stage: Stage, plan: Plan): Promise<void> {
  const branch = plan.branches[0]
  if (!branch) return
  const year = stage.now.getUTCFullYear()
  const secretary = stage.desks.ofPost('branch_secretary', branch.id)
  await at(stage.now, async () => {
    const found = await secretary<{ rows: { memberId: string; name: string }[] }>(
      'GET',
      `/credits/honours/candidates?year=${year}`,
    )
    // The secretary does not propose himself.
    const chosen = found.rows.filter(({ memberId }) => memberId !== branch.people[0]?.memberId).slice(0, 3)
    if (chosen.length === 0) return
    await secretary('POST', '/credits/honours', {
      year,
      title: '学习标兵',
      memberIds: chosen.map(({ memberId }) => memberId),
      reason: '全年按时参加集中学习，学时达到要求',
    })
  })
}
