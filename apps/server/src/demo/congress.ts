import type { CongressDelegate, CongressUnit } from '@tongxin/contract'
import type { Branch } from './branch-life.ts'
import { type Aim, approved, carriedOut, dayOf, daysAgo, formalOf, HELD_DAYS_AGO, numberOf } from './election-road.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

/** One delegate for so many people: a hundred of four hundred, as many as the statute thinks of (ELEC-23). */
const PEOPLE_A_DELEGATE = 4
const FEWEST_MEMBERS = 8
/** So many units have elected their delegates; the next one is asking its members, the others have not begun. */
const HELD = 2

type Congress = { readonly units: readonly CongressUnit[]; readonly people: readonly CongressDelegate[] }

/**
 * The committee is elected by a congress: its seats are allotted, two branches have elected their delegates, one is at
 * it, and the credentials of the first branch are examined.
 */
export async function holdCongress(stage: Stage, plan: Plan): Promise<void> {
  const { desks, rootId } = stage
  const people = plan.branches.reduce((sum, branch) => sum + branch.people.length, 0)
  // What stands above the top is outside: its letters are entered by somebody else than who asked.
  const asking = desks.ofPost('committee_admin', rootId)
  const agreeing = desks.allOfPost('committee_admin', rootId).find((desk) => desk.cookie !== asking.cookie)
  if (!agreeing) throw new Error('nobody is there to enter letters from above')
  const on = (days: number) => daysAgo(stage, days)
  const id = await at(on(78), async () => {
    const made = await asking<{ id: string }>('POST', '/elections', {
      orgId: rootId,
      kind: 'term',
      plannedOn: dayOf(on(-35)),
      seats: 9,
      deputies: 1,
      electsSecretary: true,
      standing: 5,
      delegates: Math.floor(people / PEOPLE_A_DELEGATE),
      scattered: true,
      ordinal: 3,
      reason: '本届党委任期将满。校区分散，召开党员代表大会进行选举。',
    })
    await asking('POST', `/elections/${made.id}/request`, { documentNumber: numberOf(on(78), '澜大委', 12) })
    return made.id
  })
  // The heads of the branches prepare it.
  const [leaderId, ...others] = plan.branches.flatMap(({ people: [first] }) => (first ? [first.memberId] : []))
  await at(on(77), () => asking('POST', `/elections/${id}/leading-group`, { leaderId, memberIds: others.slice(0, 6) }))
  const letter = { documentNumber: numberOf(on(72), '省教工委', 18), on: dayOf(on(72)) }
  await at(on(72), () => agreeing('POST', `/elections/${id}/approve`, letter))
  const congress = () => asking<Congress>('GET', `/elections/${id}/congress`)
  const { units } = await at(on(70), congress)
  const seats = units.flatMap(({ orgId, proposed }) => (proposed > 0 ? [{ orgId, seats: proposed }] : []))
  await at(on(70), () => asking('POST', `/elections/${id}/allotment`, { units: seats }))
  // The first and the last branch are about their committees.
  const electing = plan.branches.slice(1, -1).flatMap((branch) => {
    const unit = units.find(({ orgId, members }) => orgId === branch.id && members >= FEWEST_MEMBERS)
    return unit ? [{ branch, seats: unit.proposed }] : []
  })
  for (const one of electing.slice(0, HELD)) await delegatesElected(stage, one.branch, one.seats)
  for (const one of electing.slice(HELD, HELD + 1)) await approved(stage, one.branch, 5, -14, aimOf(one.seats))
  const [first] = electing
  const elected = (await at(on(9), congress)).people
  const memberIds = elected.filter(({ orgId }) => orgId === first?.branch.id).map(({ memberId }) => memberId)
  if (memberIds.length > 0)
    await at(on(9), () => asking('POST', `/elections/${id}/credentials`, { memberIds, confirmed: true }))
}

const aimOf = (seats: number): Aim => ({
  kind: 'delegates',
  seats,
  deputies: 0,
  electsSecretary: false,
  ordinal: 3,
  reason: '按照校党委代表名额分配方案，选举出席校第三次党员代表大会的代表。',
})

async function delegatesElected(stage: Stage, branch: Branch, seats: number): Promise<void> {
  const formal = await formalOf(stage, branch)
  const id = await approved(stage, branch, 60, HELD_DAYS_AGO, aimOf(seats))
  const standing = Math.ceil(seats * 1.2)
  await carriedOut(stage, branch, id, {
    committee: formal.slice(0, standing).map(({ memberId }) => memberId),
    secretary: null,
    deputies: [],
    tellers: [formal[standing]?.memberId, formal[standing + 1]?.memberId],
    // Nobody names more people than there are seats: those who are not elected have the vote of one.
    ballots: [
      {
        body: 'delegate',
        against: (present) =>
          Array.from({ length: standing }, (_, place) => (place < seats ? 1 + (place % 3) : present - 1)),
      },
    ],
  })
}
