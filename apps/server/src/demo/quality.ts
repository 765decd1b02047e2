import { checkCharacterOf } from '@tongxin/domain/identity/citizen-id'
import { lookAgain } from '../modules/members/index.ts'
import type { Branch, BranchPerson } from './branch-life.ts'
import { DEPUTY, type Plan, type Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const DAY = 86_400_000

type Change = { id: string; payloadHash: string }

/**
 * Records as they are after a year of entering by hand: who enters and reviews by when, two records of one person, a
 * telephone of three people, a date that cannot be true, an error that was reported, and the draw of the last quarter.
 */
export async function blurRecords(stage: Stage, plan: Plan): Promise<void> {
  const [first, second, third, fourth] = plan.branches
  if (!first || !second || !third || !fourth) return
  const then = lastQuarter(stage.now)
  await at(stage.begin, () => keepFresh(stage, fourth))
  await at(then, async () => {
    await enterAgain(stage, first, second)
    for (const person of membersOf(second).slice(-3)) await mend(stage, second, person, { phone: '15490010010' })
    const [doubted] = membersOf(third).slice(-2)
    if (doubted) await mend(stage, third, doubted, { joinedOn: await tooEarly(stage, doubted) })
    for (const person of membersOf(fourth).slice(-4)) await mend(stage, fourth, person, { technicalTitle: '中级' })
  })
  await at(new Date(stage.now.getTime() - 4 * DAY), async () => {
    await reportOne(stage, first)
    for (const [place, branch] of [first, second, third].entries()) await nameThree(stage, branch, place)
    await stage.desks.ofPost('committee_admin', stage.rootId)('POST', '/member-samples', { quarter: quarterOf(then) })
  })
  await at(stage.now, async () => {
    await stage.app.http.outbox.drain()
    await lookAgain(stage.app.http.platform, stage.now)
  })
}

/** People without a post who are not on the way into the Party or out of the branch. */
const membersOf = (branch: Branch): BranchPerson[] =>
  branch.people.filter(({ category }, place) => place > 12 && category === 'formal')

/** The middle of the quarter that ended last. */
function lastQuarter(now: Date): Date {
  const [year = 0, month = 1] = new Date(now.getTime() + 8 * 3_600_000).toISOString().split('-').map(Number)
  return new Date(Date.UTC(year, Math.floor((month - 1) / 3) * 3 - 2, 14, 2))
}
const quarterOf = (then: Date): string => `${then.getUTCFullYear()}Q${Math.floor(then.getUTCMonth() / 3) + 1}`

/** The committee looks at records every year and a half; one branch wants it twice a year, and is behind. */
async function keepFresh(stage: Stage, strict: Branch): Promise<void> {
  const committee = stage.desks.ofPost('committee_admin', stage.rootId)
  const effectiveFrom = new Date(stage.begin.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  for (const [orgId, value, reason] of [
    [stage.rootId, 18, '每年集中核对一次档案'],
    [strict.id, 6, '学生流动大，每半年核对一次'],
  ] as const)
    await committee('POST', '/settings', { orgId, code: 'quality.fresh_months', value, effectiveFrom, reason })
}

async function approve(stage: Stage, branch: Branch, id: string): Promise<void> {
  const secretary = stage.desks.ofPost('branch_secretary', branch.id)
  const committee = stage.desks.ofPost('committee_admin', stage.rootId)
  const { payloadHash } = await secretary<Change>('GET', `/member-changes/${id}`)
  await secretary('POST', `/member-changes/${id}/first-review`, { verdict: 'pass', payloadHash })
  await committee('POST', `/member-changes/${id}/second-review`, { verdict: 'pass', payloadHash })
}

async function mend(stage: Stage, branch: Branch, person: BranchPerson, facts: object): Promise<void> {
  const officer = stage.desks.ofPost('branch_officer', branch.id)
  const body = { kind: 'correction', memberId: person.memberId, facts, reason: '按登记表更正' }
  const { id } = await officer<Change>('POST', '/member-changes', body)
  await approve(stage, branch, id)
}

type Known = { fields: { name: string; bornOn: string; sex: string } }
const recordOf = (stage: Stage, person: BranchPerson) =>
  stage.desks.ofPost('committee_admin', stage.rootId)<Known>('GET', `/members/${person.memberId}`)

/** Somebody of one branch is entered again in another, with a mistyped number. */
async function enterAgain(stage: Stage, from: Branch, into: Branch): Promise<void> {
  const person = membersOf(from).at(-1)
  if (!person) return
  const { name, bornOn, sex } = (await recordOf(stage, person)).fields
  // As in `people.ts`: a county that was never given out, so nobody has the number.
  const digits = `110099${bornOn.replaceAll('-', '')}99${sex === '1' ? '7' : '8'}`
  const facts = { name, idNumber: digits + checkCharacterOf(digits), bornOn, sex, category: 'formal' }
  const officer = stage.desks.ofPost('branch_officer', into.id)
  const { id } = await officer<Change>('POST', '/member-changes', { kind: 'new_record', orgId: into.id, facts })
  await approve(stage, into, id)
}

/** Seventeen years after the birth: a slip of the year. */
async function tooEarly(stage: Stage, person: BranchPerson): Promise<string> {
  const { bornOn } = (await recordOf(stage, person)).fields
  return `${Number(bornOn.slice(0, 4)) + 17}-06-01`
}

async function reportOne(stage: Stage, branch: Branch): Promise<void> {
  const person = membersOf(branch).at(-2)
  if (!person) return
  await stage.desks.ofPost('branch_secretary', branch.id)('POST', '/member-errors', {
    memberId: person.memberId,
    field: 'nativePlace',
    rightValue: '云岭省澜川市',
    foundHow: 'person',
    effect: 'statistics',
    note: '本人核对采集表时提出，户口簿为证',
  })
}

/** Entry by the officer, first review by the secretary, second by the committee; of one branch the day is over. */
async function nameThree(stage: Stage, branch: Branch, place: number): Promise<void> {
  const committee = stage.desks.ofPost('committee_admin', stage.rootId)
  type Assignable = { rows: { personId: string; name: string; role: string }[] }
  const { rows } = await committee<Assignable>('GET', `/member-assignments/people?orgId=${branch.id}`)
  const holder = (role: string) => rows.find((row) => row.role === role && row.name !== DEPUTY)?.personId
  const due = new Date(stage.now.getTime() + (place === 0 ? -2 : 20) * DAY + 8 * 3_600_000)
  await committee('PUT', '/member-assignments', {
    orgIds: [branch.id],
    dataSets: place === 0 ? ['record', 'entries'] : ['record'],
    makerId: holder('branch_officer'),
    firstId: holder('branch_secretary'),
    secondId: holder('committee_admin'),
    dueOn: due.toISOString().slice(0, 10),
  })
}
