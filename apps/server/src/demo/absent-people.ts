import type { BranchPerson } from './branch-life.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const DAY = 86_400_000

type Away = {
  /** Place of the branch, and of the person among its members without a post, counted from the end. */
  readonly from: number
  readonly person: number
  readonly kind: 'floating' | 'lost' | 'abroad'
  readonly daysAgo: number
  readonly facts: Readonly<Record<string, string>>
  /** Days after the beginning on which somebody tried, by which way, and whether it reached the person. */
  readonly tried: readonly (readonly [number, string, boolean])[]
  readonly stops?: boolean
}

const AWAY: readonly Away[] = [
  {
    from: 0,
    person: 1,
    kind: 'floating',
    daysAgo: 200,
    facts: { place: '滨海市', unit: '滨海市第三医院', keeper: '组织委员', reason: '到对口支援单位工作' },
    tried: [
      [85, 'telephone', true],
      [178, 'message', true],
    ],
  },
  {
    from: 1,
    person: 1,
    kind: 'floating',
    daysAgo: 130,
    facts: { place: '云岭县', unit: '云岭县农技站', reason: '挂职' },
    tried: [[20, 'telephone', true]],
  },
  {
    from: 2,
    person: 1,
    kind: 'abroad',
    daysAgo: 150,
    facts: { place: '新加坡', purpose: 'study', expectedReturnOn: '2028-07-31' },
    tried: [[120, 'message', true]],
  },
  {
    from: 3,
    person: 1,
    kind: 'lost',
    daysAgo: 230,
    facts: { reason: '离职后失去联系' },
    tried: [
      [10, 'telephone', false],
      [40, 'family', false],
      [90, 'workplace', false],
      [150, 'residence', false],
    ],
    stops: true,
  },
]

/** Members who are floating, abroad or lost, with their contacts; one decision that waits for its approval. */
export async function sendPeopleAway(stage: Stage, plan: Plan): Promise<void> {
  for (const away of AWAY) await play(stage, plan, away)
}

async function play(stage: Stage, plan: Plan, away: Away): Promise<void> {
  const branch = plan.branches[away.from]
  const members = branch?.people.filter(({ category }, place) => place > 8 && category === 'formal') ?? []
  const person: BranchPerson | undefined = members.at(-away.person)
  if (!branch || !person) return
  const secretary = stage.desks.ofPost('branch_secretary', branch.id)
  const on = (days: number) => new Date(stage.now.getTime() - (away.daysAgo - days) * DAY)
  const dayOf = (days: number) => on(days).toISOString().slice(0, 10)
  const { id } = await at(on(0), () =>
    secretary<{ id: string }>('POST', '/absences', {
      memberId: person.memberId,
      kind: away.kind,
      startedOn: dayOf(0),
      facts: away.facts,
    }),
  )
  for (const [days, way, reached] of away.tried)
    await at(on(days), () => secretary('POST', `/absences/${id}/contacts`, { on: dayOf(days), way, reached }))
  if (!away.stops) return
  const told = {
    memberId: person.memberId,
    kind: 'stop',
    absenceId: id,
    reason: '失联半年以上，多方查找无果',
    facts: {},
  }
  const decision = await at(on(away.daysAgo - 9), () =>
    secretary<{ id: string }>('POST', '/membership-decisions', told),
  )
  await at(on(away.daysAgo - 4), () =>
    secretary('POST', `/membership-decisions/${decision.id}/meeting`, {
      heldOn: dayOf(away.daysAgo - 5),
      shouldAttend: 20,
      present: 17,
      inFavour: 16,
      resolution: '同意停止党籍，报上级党委批准。',
    }),
  )
}
