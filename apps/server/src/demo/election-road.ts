import type { ElectionRecord } from '@tongxin/contract'
import type { Branch } from './branch-life.ts'
import type { Desk } from './desk.ts'
import type { Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

/** The road of an election file from the request to the letter from above, as the people of a branch walk it. */

const DAY = 86_400_000
export const HELD_DAYS_AGO = 24

export const dayOf = (instant: Date) => new Date(instant.getTime() + 8 * 3600_000).toISOString().slice(0, 10)
export const numberOf = (instant: Date, of: string, n: number) => `${of}〔${dayOf(instant).slice(0, 4)}〕${n} 号`
export const daysAgo = (stage: Stage, days: number): Date => new Date(stage.now.getTime() - days * DAY)

export function deskOf(stage: Stage, branch: Branch) {
  return {
    on: (days: number) => daysAgo(stage, days),
    secretary: stage.desks.ofPost('branch_secretary', branch.id),
    officer: stage.desks.ofPost('branch_officer', branch.id),
    above: stage.desks.ofPost('committee_admin', stage.rootId),
  }
}

/** Full members who are in the branch by now; secretary and organisation member count and do not stand again. */
export async function formalOf(stage: Stage, branch: Branch): Promise<{ memberId: string }[]> {
  const { secretary } = deskOf(stage, branch)
  const query = `orgId=${branch.id}&category=formal&status=normal&limit=100`
  const { rows } = await at(stage.now, () => secretary<{ rows: { id: string }[] }>('GET', `/members?${query}`))
  const here = new Set(rows.map(({ id }) => id))
  return branch.people.filter(({ memberId }, place) => here.has(memberId) && place !== 0 && place !== 2)
}

/** What is elected, beside the day on which it is to be. */
export type Aim = {
  readonly kind: 'term' | 'delegates'
  readonly seats: number
  readonly deputies: number
  readonly electsSecretary: boolean
  readonly ordinal: number
  readonly reason: string
}

/** Opens the file and has it approved: `nominating` from the given day on. */
export async function approved(stage: Stage, branch: Branch, days: number, planned: number, aim: Aim): Promise<string> {
  const { on, secretary, above } = deskOf(stage, branch)
  const id = await at(on(days + 4), async () => {
    const made = await secretary<{ id: string }>('POST', '/elections', {
      orgId: branch.id,
      plannedOn: dayOf(on(planned)),
      ...aim,
    })
    await secretary('POST', `/elections/${made.id}/request`, { documentNumber: numberOf(on(days + 4), '支请', 2) })
    return made.id
  })
  const letter = { documentNumber: numberOf(on(days), '澜大党组', 31), on: dayOf(on(days)) }
  await at(on(days), () => above('POST', `/elections/${id}/approve`, letter))
  return id
}

type Ballot = { readonly body: string; readonly against: readonly number[] | ((present: number) => readonly number[]) }
/** Who stands, who counts, and how the ballots on paper go. */
export type Course = {
  readonly committee: readonly string[]
  readonly secretary: string | null
  readonly deputies: readonly string[]
  readonly tellers: readonly [string | undefined, string | undefined]
  readonly ballots: readonly Ballot[]
}

/** From the candidates to the letter that confirms the result: approved 60 days ago, held 24 days ago. */
export async function carriedOut(stage: Stage, branch: Branch, id: string, course: Course): Promise<void> {
  const { on, secretary, officer, above } = deskOf(stage, branch)
  const { committee, deputies, tellers } = course
  const post = (desk: Desk, act: string, body: object) => desk('POST', `/elections/${id}/${act}`, body)
  const standing = { committee, secretary: course.secretary, deputies }
  await at(on(50), () => post(secretary, 'candidates', { documentNumber: numberOf(on(50), '支请', 3), ...standing }))
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
    await post(secretary, 'tellers', { supervisors: [tellers[0]], counters: [tellers[1]] })
    await post(secretary, 'roll/present', { memberIds: ids })
    for (const { body, against } of course.ballots) {
      const votes = typeof against === 'function' ? against(ids.length) : against
      await round({ post, file, secretary, officer }, body, votes)
    }
  })
  const report = { documentNumber: numberOf(on(20), '支报', 4), on: dayOf(on(20)), division: [] }
  await at(on(20), () => post(secretary, 'report', report))
  const reply = { documentNumber: numberOf(on(16), '澜大党组', 41), on: dayOf(on(16)) }
  await at(on(16), () => post(above, 'report/approve', reply))
}

type Hall = {
  post: (desk: Desk, act: string, body: object) => Promise<unknown>
  file: () => Promise<ElectionRecord>
  secretary: Desk
  officer: Desk
}
const OF_THE_MEETING = ['committee', 'delegate']

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
    ...(OF_THE_MEETING.includes(body) ? {} : { present }),
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
