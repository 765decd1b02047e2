import type { Branch } from './branch-life.ts'
import { holdCongress } from './congress.ts'
import { type Aim, approved, carriedOut, dayOf, deskOf, formalOf, HELD_DAYS_AGO } from './election-road.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const TERM: Aim = {
  kind: 'term',
  seats: 5,
  deputies: 1,
  electsSecretary: true,
  ordinal: 5,
  reason: '本届支部委员会任期将满，按期换届。',
}

/** An election that was held and approved, one in which members are proposing candidates, and a congress to come. */
export async function holdElections(stage: Stage, plan: Plan): Promise<void> {
  const [first] = plan.branches
  const last = plan.branches.at(-1)
  if (last && last !== first) await heldElection(stage, last)
  if (first) await electionUnderWay(stage, first)
  await holdCongress(stage, plan)
}

async function electionUnderWay(stage: Stage, branch: Branch): Promise<void> {
  const id = await approved(stage, branch, 6, -25, TERM)
  const { on } = deskOf(stage, branch)
  const formal = await formalOf(stage, branch)
  for (const [place, { memberId }] of formal.slice(4, 9).entries()) {
    const phone = stage.desks.ofMember(memberId)
    const chosen = formal[place % 3]?.memberId
    if (!phone || !chosen) continue
    const body = { memberId: chosen, reason: '工作踏实，群众基础好。' }
    await at(on(3), () => phone('POST', `/my/elections/${id}/nominations`, body))
  }
}

async function heldElection(stage: Stage, branch: Branch): Promise<void> {
  const formal = await formalOf(stage, branch)
  const id = await approved(stage, branch, 60, HELD_DAYS_AGO, TERM)
  const standing = formal.slice(0, 6).map(({ memberId }) => memberId)
  const [secretary = '', deputy = ''] = standing
  await carriedOut(stage, branch, id, {
    committee: standing,
    secretary,
    deputies: [deputy],
    tellers: [formal[6]?.memberId, formal[7]?.memberId],
    ballots: [
      { body: 'committee', against: (present) => [1, 2, 3, 4, 5, lastVotes(present)] },
      { body: 'secretary', against: [0] },
      { body: 'deputy', against: [0] },
    ],
  })
  await handOver(stage, branch, id, secretary)
}

/** The secretary of the last term has handed over seal and papers and said so; the new one has not confirmed yet. */
async function handOver(stage: Stage, branch: Branch, electionId: string, receiverId: string): Promise<void> {
  const { on, secretary } = deskOf(stage, branch)
  const giverId = branch.people[0]?.memberId ?? ''
  const { id } = await at(on(12), () =>
    secretary<{ id: string }>('POST', `/elections/${electionId}/handovers`, {
      handedOn: dayOf(on(13)),
      place: '党支部活动室',
      giverId,
      receiverId,
      witness: '上级党组织组织员',
      items: [
        { kind: 'seal', name: '党支部印章', count: 1, note: null },
        { kind: 'paper', name: '会议记录本', count: 6, note: '本届任期内' },
        { kind: 'paper', name: '党员名册和发展党员档案目录', count: 2, note: null },
        { kind: 'account', name: '党费专用账户资料', count: 1, note: '含对账单' },
      ],
    }),
  )
  const phone = stage.desks.ofMember(giverId)
  await at(on(11), async () => phone?.('POST', `/my/elections/${electionId}/handovers/${id}/confirm`, {}))
}

/** Votes against the sixth of five: nobody names more people than there are seats, so most do not name the last one. */
const lastVotes = (present: number): number => Math.ceil(present * 0.8)
