import type { Branch } from './branch-life.ts'
import type { Desk } from './desk.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'
import { PROPOSALS, STUDY_ANSWERS, STUDY_QUESTIONS, TALKS } from './words.ts'

const DAY = 86_400_000
const COMMITTEE = 5
type Rows<T> = { rows: T[] }
type MeetingRow = { id: string; title: string; state: string; counts: { voters: number; present: number } }

/** What branches do beside their meetings: the year plan, proposals, talks, make-up study, meetings held together. */
export async function workInBranches(stage: Stage, plan: Plan): Promise<void> {
  const some = plan.branches.slice(0, 4)
  for (const [place, branch] of some.entries()) {
    const secretary = stage.desks.ofPost('branch_secretary', branch.id)
    await adjustYear(stage, branch, secretary)
    await talk(stage, branch, secretary, 6 + place * 2)
    await propose(stage, branch, secretary)
    await makeUp(stage, branch, secretary)
  }
  await meetTogether(stage, some)
  await attendElsewhere(stage, plan)
}

const yearOf = (stage: Stage): number => new Date(stage.now.getTime() + 8 * 3600_000).getUTCFullYear()
const dayOf = (instant: Date): string => new Date(instant.getTime() + 8 * 3600_000).toISOString().slice(0, 10)
const before = (stage: Stage, days: number): Date => new Date(stage.now.getTime() - days * DAY)

/** No groups in this branch, and a day for the life meeting. */
async function adjustYear(stage: Stage, branch: Branch, secretary: Desk): Promise<void> {
  const year = yearOf(stage)
  const cell = { orgId: branch.id, year, plannedOn: null, note: null, waivedReason: null }
  await at(before(stage, 60), async () => {
    for (let month = 1; month <= 12; month += 1)
      await secretary('PUT', '/meetings/year', {
        ...cell,
        kind: 'groupMeeting',
        period: String(month).padStart(2, '0'),
        waivedReason: '支部不设党小组',
      })
    const life = { kind: 'lifeMeeting', period: String(year), plannedOn: `${year}-12-20`, note: '与民主评议合并' }
    await secretary('PUT', '/meetings/year', { ...cell, ...life })
  })
}

/** The committee with each other first, then with members, the newest last. */
async function talk(stage: Stage, branch: Branch, secretary: Desk, count: number): Promise<void> {
  const committee = branch.people.slice(0, COMMITTEE)
  const pairs = committee.flatMap((one, place) =>
    branch.people
      .slice(place + 1)
      .filter(({ category }) => category === 'formal')
      .map((other) => [one, other] as const),
  )
  for (const [place, [first, second]] of pairs.slice(0, count).entries()) {
    const held = before(stage, 20 + (count - place) * 6)
    await at(new Date(held.getTime() + DAY), () =>
      secretary('POST', '/meetings/talks', {
        orgId: branch.id,
        heldOn: dayOf(held),
        firstId: first.memberId,
        secondId: second.memberId,
        place: '支部活动室',
        content: TALKS[place % TALKS.length],
      }),
    )
  }
}

/** One proposal is answered, one waits. */
async function propose(stage: Stage, branch: Branch, secretary: Desk): Promise<void> {
  const phones = branch.people.slice(COMMITTEE).flatMap(({ memberId }) => stage.desks.ofMember(memberId) ?? [])
  for (const [place, phone] of phones.slice(0, 2).entries()) {
    const [title, why] = PROPOSALS[place] as readonly [string, string]
    const { id } = await at(before(stage, 6 - place), () =>
      phone<{ id: string }>('POST', '/my/agenda-proposals', { title, why }),
    )
    if (place > 0) continue
    const coming = await ofState(stage, secretary, branch, 'noticed')
    const meeting = coming[0]
    if (meeting)
      await at(before(stage, 4), () => secretary('POST', `/meetings/proposals/${id}/accept`, { meetingId: meeting.id }))
  }
}

const ofState = async (stage: Stage, secretary: Desk, branch: Branch, state: string): Promise<MeetingRow[]> =>
  (
    await at(before(stage, 4), () =>
      secretary<Rows<MeetingRow>>('GET', `/meetings?orgId=${branch.id}&state=${state}&limit=100`),
    )
  ).rows

/** Of the last filed meeting at which somebody was missing: one has made up for it, the others have not yet. */
async function makeUp(stage: Stage, branch: Branch, secretary: Desk): Promise<void> {
  const filed = await ofState(stage, secretary, branch, 'archived')
  const meeting = filed.find(({ counts }) => counts.voters > 6 && counts.present < counts.voters)
  if (!meeting) return
  const path = `/meetings/${meeting.id}/study`
  await at(before(stage, 3), () =>
    secretary('PUT', path, { questions: STUDY_QUESTIONS, dueOn: dayOf(new Date(stage.now.getTime() + 10 * DAY)) }),
  )
  const { rows } = await at(before(stage, 3), () => secretary<Rows<{ memberId: string }>>('GET', path))
  const phones = rows.flatMap(({ memberId }) => {
    const phone = stage.desks.ofMember(memberId)
    return phone ? [{ memberId, phone }] : []
  })
  for (const [place, { memberId, phone }] of phones.slice(0, 2).entries()) {
    await at(before(stage, 2), () => phone('POST', `/my${path}`, { way: 'recording', answers: STUDY_ANSWERS }))
    if (place === 0) await at(before(stage, 1), () => secretary('POST', `${path}/${memberId}`, { isAccepted: true }))
  }
}

/** The first branch holds its theme day with the second; the third is asked and has not answered. */
async function meetTogether(stage: Stage, [host, guest, asked]: readonly Branch[]): Promise<void> {
  if (!host || !guest || !asked) return
  const secretary = stage.desks.ofPost('branch_secretary', host.id)
  const meeting = (await ofState(stage, secretary, host, 'noticed'))[0]
  if (!meeting) return
  const ask = (branch: Branch) =>
    at(before(stage, 3), () =>
      secretary<{ id: string }>('POST', `/meetings/${meeting.id}/joint`, { orgName: branch.name }),
    )
  const { id } = await ask(guest)
  await ask(asked)
  const other = stage.desks.ofPost('branch_secretary', guest.id)
  await at(before(stage, 2), () => other('POST', `/meetings/joint/${id}/answer`, { isAccepted: true }))
}

/** A head of an office attends in a branch of a faculty. */
async function attendElsewhere(stage: Stage, plan: Plan): Promise<void> {
  const [branch] = plan.branches
  const leader = plan.branches[8]?.people[0]
  if (!branch || !leader) return
  const committee = stage.desks.ofPost('committee_admin', stage.rootId)
  const body = { memberId: leader.memberId, orgId: branch.id, sinceOn: dayOf(before(stage, 200)) }
  await at(before(stage, 5), () => committee('POST', '/meetings/second-homes', body))
}
