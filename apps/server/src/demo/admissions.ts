import { ROADS, type Road } from './admission-roads.ts'
import type { Branch, BranchPerson } from './branch-life.ts'
import type { Desk } from './desk.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const DAY = 86_400_000
/** Since then the level above agrees to an object of development and publicity follows (art. 13). */
const PUBLIC_SINCE = '2026-05-11'
/** Posts of the demonstration hold from 370 days ago: what is older was entered late, a little after that. */
const ENTRY = 348
const LATE = '系统启用前已办理，按纸质档案补录'

type Case = { readonly id: string }
type Played = { readonly branch: Branch; readonly person: BranchPerson; readonly road: Road }

/** Admissions in every stage, as the branches take their steps and the committee decides on them. */
export async function admitMembers(stage: Stage, plan: Plan): Promise<void> {
  const cast = castOf(plan)
  // Two at a time: the pool of connections is small.
  for (let from = 0; from < cast.length; from += 2)
    await Promise.all(cast.slice(from, from + 2).map((played) => play(stage, played)))
  const committee = stage.desks.ofPost('committee_admin', stage.rootId)
  const year = stage.now.getUTCFullYear()
  for (const [place, { id: orgId }] of plan.branches.slice(0, 6).entries()) {
    const body = {
      orgId,
      year,
      number: 2 + (place % 3),
      wishes: { upTo35: 1, note: '优先一线' },
      reason: '年度发展党员计划',
    }
    await at(stage.begin, () => committee('PUT', '/development-quotas', body))
  }
}

// People of the first branches whose relations move: their cases would go along.
const MOVING = { branches: 4, from: 9, until: 12 } as const

/** Gives each road to somebody of its category, a different branch each time where it can. */
function castOf(plan: Plan): Played[] {
  const taken = new Set<string>()
  return ROADS.flatMap((road, place) => {
    for (let step = 0; step < plan.branches.length; step += 1) {
      const which = (place + step) % plan.branches.length
      const branch = plan.branches[which]
      const person = branch?.people.find(
        ({ category, memberId }, at) =>
          category === road.category &&
          !taken.has(memberId) &&
          !(which < MOVING.branches && at >= MOVING.from && at <= MOVING.until),
      )
      if (!branch || !person) continue
      taken.add(person.memberId)
      return [{ branch, person, road }]
    }
    return []
  })
}

async function play(stage: Stage, { branch, person, road }: Played): Promise<void> {
  const hands: Hands = {
    branch,
    secretary: stage.desks.ofPost('branch_secretary', branch.id),
    committee: stage.desks.ofPost('committee_admin', stage.rootId),
    now: stage.now,
  }
  let id: string | null = null
  const reviews = [...(road.reviews ?? [])]
  for (const [place, [step, ago]] of road.steps.entries()) {
    const isLast = place === road.steps.length - 1
    if (id === null) {
      id = await openCase(hands, person, ago)
      continue
    }
    while (step > 5 && reviews[0] && reviews[0][1] >= ago)
      await review(hands, id, reviews.shift() as readonly [string, number])
    await take(hands, id, step, ago, !(isLast && road.waits))
  }
  for (const left of reviews) await review(hands, id as string, left)
  if (road.paused)
    await send(hands.secretary, `/development-cases/${id}`, '/state', { to: 'paused', reason: road.paused })
}

type Hands = { readonly branch: Branch; readonly secretary: Desk; readonly committee: Desk; readonly now: Date }
const dateOf = (hands: Hands, ago: number): string =>
  new Date(hands.now.getTime() - ago * DAY + 8 * 3600_000).toISOString().slice(0, 10)
/** When it is entered: on its day, or late; then a few days later with each step. */
const entryOf = (hands: Hands, ago: number): Date => new Date(hands.now.getTime() - Math.min(ago, ENTRY) * DAY)

async function send<T = Record<string, unknown>>(desk: Desk, base: string, path: string, body: object): Promise<T> {
  const { version } = await desk<{ version: number }>('GET', base)
  return desk<T>('POST', `${base}${path}`, body, version)
}

async function openCase(hands: Hands, person: BranchPerson, ago: number): Promise<string> {
  const body = { memberId: person.memberId, heldOn: dateOf(hands, ago), facts: { appliedAt: 'unit' }, ...lateOf(ago) }
  return at(entryOf(hands, ago), async () => {
    const { id } = await hands.secretary<Case>('POST', '/development-cases', body)
    if (ago > ENTRY) await confirm(hands, id, 1, ago)
    return id
  })
}
const lateOf = (ago: number) => (ago > ENTRY + 30 ? { lateReason: LATE } : {})

async function review(hands: Hands, id: string, [kind, ago]: readonly [string, number]): Promise<void> {
  const body = {
    kind,
    heldOn: dateOf(hands, ago),
    verdict: kind === 'thought_report' ? null : 'good',
    opinion: REVIEWED[kind],
  }
  await at(entryOf(hands, ago), () => hands.secretary('POST', `/development-cases/${id}/reviews`, body))
}
const REVIEWED: Readonly<Record<string, string>> = {
  half_year: '该同志思想上要求进步，积极参加支部活动，工作认真负责，群众反映较好。',
  thought_report: '本季度学习党的理论，对党的性质和宗旨有了进一步认识。',
  probation_quarter: '能够履行党员义务，按时参加组织生活，继续加强理论学习。',
}

const ABOVE = new Set([16, 18])
const DECIDED = new Set([4, 8, 13, 17])

/** One step on its day, decided on above two days later where that is needed. */
async function take(hands: Hands, id: string, step: number, ago: number, decides: boolean): Promise<void> {
  const base = `/development-cases/${id}`
  const heldOn = dateOf(hands, ago)
  await at(entryOf(hands, ago), async () => {
    if (step === 10) return hands.secretary('POST', `${base}/vetting`, vettingOf(heldOn, ago))
    const desk = ABOVE.has(step) ? hands.committee : hands.secretary
    const body = { step, heldOn, facts: factsOf(hands, step, heldOn), ...lateOf(ago), ...ACKNOWLEDGED }
    return send(desk, base, '/steps', body)
  })
  if (decides && (DECIDED.has(step) || ago > ENTRY + 30)) await confirm(hands, id, step, ago)
  if (decides && step === 8) await makePublic(hands, id, ago - 2)
}
const ACKNOWLEDGED = { acknowledged: [{ ruleId: 'DEV-1', reason: '已按程序申请追加计划' }] }

type Waiting = { steps: { id: string; step: number; state: string }[] }
async function confirm(hands: Hands, id: string, step: number, ago: number): Promise<void> {
  const base = `/development-cases/${id}`
  const gap = ago > ENTRY + 2 ? 0 : 1
  await at(entryOf(hands, ago - gap), async () => {
    const { steps } = await hands.committee<Waiting>('GET', base)
    const waiting = steps.find((row) => row.step === step && row.state === 'recorded')
    if (!waiting) return
    const body = { decision: 'confirm', decidedOn: dateOf(hands, ago - gap), facts: DECISIONS[step] ?? {} }
    await send(hands.committee, base, `/steps/${waiting.id}/decision`, body)
  })
}

async function makePublic(hands: Hands, id: string, ago: number): Promise<void> {
  const from = dateOf(hands, ago)
  if (from < PUBLIC_SINCE) return
  const path = `/development-cases/${id}/publicities`
  const body = {
    purpose: 'object',
    from,
    until: dateOf(hands, ago - 16),
    places: ['unit'],
    floating: false,
    channel: 'board',
  }
  const posted = await at(entryOf(hands, ago), () => hands.secretary<Case>('POST', path, body))
  const end = { closedOn: dateOf(hands, ago - 17), feedback: 0, passed: true }
  await at(entryOf(hands, ago - 17), () => hands.secretary('POST', `${path}/${posted.id}/close`, end))
}

function vettingOf(concludedOn: string, ago: number): object {
  const facts = {
    concludedOn,
    methods: ['talk', 'files'],
    persons: [{ relation: '父亲', name: '（示例）', finding: '政治上清楚，无违法违纪记录。' }],
    letters: 1,
    replies: 1,
    conclusion: '本人及家庭主要成员政治上清楚可靠，政治审查合格。',
    result: 'passed',
  }
  return { facts, ...lateOf(ago) }
}

const COMMITTEE = { shouldAttend: 5, present: 5, inFavour: 5 }
const BALLOT = {
  secretBallot: true,
  eligible: 20,
  present: 17,
  written: 1,
  inFavour: 17,
  writtenInFavour: 1,
  against: 0,
  abstained: 0,
  invalid: 0,
}
const DECISIONS: Readonly<Record<number, object>> = {
  4: { opinion: '同意备案。' },
  8: { opinion: '同意列为发展对象，请按规定公示。' },
  13: { consulted: true, opinion: '预审合格，同意提交支部大会讨论。', bookletNumber: '20260018' },
  17: { outcome: 'approved', shouldAttend: 9, present: 8, inFavour: 8, opinion: '同意批准为中共预备党员。' },
}

function factsOf(hands: Hands, step: number, heldOn: string): object {
  const [, , , third, fourth] = hands.branch.people.map(({ memberId }) => memberId)
  const pair = [third, fourth].filter((memberId) => memberId !== undefined)
  const opinions = {
    contactsOpinion: '理想信念坚定，工作踏实。',
    membersOpinion: '同意。',
    massesOpinion: '反映良好。',
  }
  const table: Readonly<Record<number, object>> = {
    2: {
      talker: hands.branch.people[0]?.name ?? '',
      talkerPost: 'secretary',
      summary: '了解入党动机和思想状况，说明入党程序。',
    },
    3: { recommendedBy: 'members', recommendedFor: 16, recommendedOf: 18, decidedBy: 'committee', ...COMMITTEE },
    5: { contacts: pair },
    6: { contactsOpinion: opinions.contactsOpinion, branchOpinion: '经过一年以上培养教育，基本具备发展对象条件。' },
    7: { ...opinions, decidedBy: 'committee', ...COMMITTEE },
    9: { introducers: pair, chosen: 'contacts' },
    11: {
      from: heldOn,
      until: heldOn,
      days: 3,
      hours: 24,
      place: '校党校',
      organiser: '澜川大学党委党校',
      certificate: `PX${heldOn.slice(0, 4)}018`,
    },
    12: { papersComplete: true, ...COMMITTEE, opinion: '材料齐全、手续完备，审查合格。' },
    14: { bookletNumber: '20260018' },
    15: { outcome: 'passed', ...BALLOT, resolution: '同意接收为中共预备党员。' },
    16: { talker: '梁静怡', talkerPost: 'organiser', opinion: '对党的认识端正，可以吸收入党。' },
    20: { place: '校礼堂', leader: hands.branch.people[0]?.name ?? '' },
    21: { contactsOpinion: opinions.contactsOpinion, branchOpinion: '预备期表现良好。' },
  }
  return table[step] ?? {}
}
