import type { ElectionRecord } from '@tongxin/contract'
import type { Branch } from './branch-life.ts'
import type { Desk } from './desk.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const DAY = 86_400_000
const HELD_DAYS_AGO = 24

/** An election that was held and approved, and one in which members are proposing candidates. */
export async function holdElections(stage: Stage, plan: Plan): Promise<void> {
  const [first] = plan.branches
  const last = plan.branches.at(-1)
  if (last && last !== first) await heldElection(stage, last)
  if (first) await electionUnderWay(stage, first)
}

const dayOf = (instant: Date) => new Date(instant.getTime() + 8 * 3600_000).toISOString().slice(0, 10)
const numberOf = (instant: Date, of: string, n: number) => `${of}〔${dayOf(instant).slice(0, 4)}〕${n} 号`

function deskOf(stage: Stage, branch: Branch) {
  return {
    on: (daysAgo: number) => new Date(stage.now.getTime() - daysAgo * DAY),
    secretary: stage.desks.ofPost('branch_secretary', branch.id),
    officer: stage.desks.ofPost('branch_officer', branch.id),
    above: stage.desks.ofPost('committee_admin', stage.rootId),
  }
}

/** Full members who are in the branch by now; secretary and organisation member count and do not stand again. */
async function formalOf(stage: Stage, branch: Branch): Promise<{ memberId: string }[]> {
  const { secretary } = deskOf(stage, branch)
  const query = `orgId=${branch.id}&category=formal&status=normal&limit=100`
  const { rows } = await at(stage.now, () => secretary<{ rows: { id: string }[] }>('GET', `/members?${query}`))
  const here = new Set(rows.map(({ id }) => id))
  return branch.people.filter(({ memberId }, place) => here.has(memberId) && place !== 0 && place !== 2)
}

/** Opens the file and has it approved: `nominating` from the given day on. */
async function approved(stage: Stage, branch: Branch, daysAgo: number, plannedDaysAgo: number): Promise<string> {
  const { on, secretary, above } = deskOf(stage, branch)
  const id = await at(on(daysAgo + 4), async () => {
    const made = await secretary<{ id: string }>('POST', '/elections', {
      orgId: branch.id,
      kind: 'term',
      plannedOn: dayOf(on(plannedDaysAgo)),
      seats: 5,
      deputies: 1,
      electsSecretary: true,
      ordinal: 5,
      reason: '本届支部委员会任期将满，按期换届。',
    })
    await secretary('POST', `/elections/${made.id}/request`, { documentNumber: numberOf(on(daysAgo + 4), '支请', 2) })
    return made.id
  })
  const letter = { documentNumber: numberOf(on(daysAgo), '澜大党组', 31), on: dayOf(on(daysAgo)) }
  await at(on(daysAgo), () => above('POST', `/elections/${id}/approve`, letter))
  return id
}

async function electionUnderWay(stage: Stage, branch: Branch): Promise<void> {
  const id = await approved(stage, branch, 6, -25)
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
  const { on, secretary, officer, above } = deskOf(stage, branch)
  const formal = await formalOf(stage, branch)
  const id = await approved(stage, branch, 60, HELD_DAYS_AGO)
  const post = (desk: Desk, act: string, body: object) => desk('POST', `/elections/${id}/${act}`, body)
  const standing = formal.slice(0, 6).map(({ memberId }) => memberId)
  await at(on(50), () =>
    post(secretary, 'candidates', {
      documentNumber: numberOf(on(50), '支请', 3),
      committee: standing,
      secretary: standing[0],
      deputies: [standing[1]],
    }),
  )
  const agreed = { documentNumber: numberOf(on(46), '澜大党组', 35), on: dayOf(on(46)) }
  await at(on(46), () => post(above, 'candidates/approve', agreed))
  const days = { from: dayOf(on(45)), until: dayOf(on(34)), place: '支部公告栏和支部微信群' }
  await at(on(45), () => post(secretary, 'publicity', days))
  await at(on(33), () => post(secretary, 'publicity/close', { outcome: '公示期间未收到异议。' }))
  const held = on(HELD_DAYS_AGO)
  await at(held, async () => {
    const file = () => secretary<ElectionRecord>('GET', `/elections/${id}`)
    await post(secretary, 'roll', {})
    const { rows } = await secretary<{ rows: { memberId: string }[] }>('GET', `/elections/${id}/roll`)
    const ids = rows.map(({ memberId }) => memberId)
    await post(secretary, 'method', { on: dayOf(held), present: ids.length, inFavour: ids.length })
    await post(secretary, 'tellers', { supervisors: [formal[6]?.memberId], counters: [formal[7]?.memberId] })
    await post(secretary, 'roll/present', { memberIds: ids })
    await round({ post, file, secretary, officer }, 'committee', [1, 2, 3, 4, 5, lastVotes(ids.length)])
    await round({ post, file, secretary, officer }, 'secretary', [0])
    await round({ post, file, secretary, officer }, 'deputy', [0])
  })
  const report = { documentNumber: numberOf(on(20), '支报', 4), on: dayOf(on(20)), division: [] }
  await at(on(20), () => post(secretary, 'report', report))
  const reply = { documentNumber: numberOf(on(16), '澜大党组', 41), on: dayOf(on(16)) }
  await at(on(16), () => post(above, 'report/approve', reply))
}

/** Votes against the sixth of five: nobody names more people than there are seats, so most do not name the last one. */
const lastVotes = (present: number): number => Math.ceil(present * 0.8)

type Hall = {
  post: (desk: Desk, act: string, body: object) => Promise<unknown>
  file: () => Promise<ElectionRecord>
  secretary: Desk
  officer: Desk
}

/** One ballot on paper; `against` says how many vote against each candidate, in the order in which they were named. */
async function round(
  { post, file, secretary, officer }: Hall,
  body: string,
  against: readonly number[],
): Promise<void> {
  const { elected } = await file()
  const present = elected.filter((one) => one.body === 'committee').map(({ memberId }) => memberId)
  await post(secretary, 'rounds', {
    body,
    channel: 'paper',
    writeIn: false,
    ...(body === 'committee' ? {} : { present }),
  })
  const open = (await file()).rounds.at(-1)
  if (!open) throw new Error('no round was opened')
  const valid = open.present
  const count = {
    issued: valid,
    returned: valid,
    invalid: 0,
    tallies: open.candidates.map(({ memberId }, place) => ({
      memberId,
      for: valid - (against[place] ?? 0),
      against: against[place] ?? 0,
      abstain: 0,
    })),
    writtenIn: [],
  }
  for (const desk of [secretary, officer]) await post(desk, `rounds/${open.id}/count`, count)
}
