import { type Branch, type HeldMeeting, hold, meetingsOfMonth } from './branch-life.ts'
import { addPictures } from './meeting-photos.ts'
import type { Random } from './random.ts'
import { seeded } from './random.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'
import { LEAVE_REASONS, NOTICES, THEMES } from './words.ts'

const HOUR = 3600_000
const DAY = 24 * HOUR

/** Twelve months of organised life in all branches, then what is open today: due, overdue, waiting for somebody. */
export async function liveThrough(stage: Stage, plan: Plan, random: Random): Promise<void> {
  const { app, now } = stage
  await elect(stage, plan)
  const generators = new Map(plan.branches.map((branch) => [branch.id, seeded(random.int(1, 2_000_000_000))]))
  for (let back = 11; back >= 0; back -= 1) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1))
    await Promise.all(
      plan.branches.map(async (branch, place) => {
        const own = generators.get(branch.id) as Random
        for (const meeting of meetingsOfMonth(own, branch, month, now)) {
          const asPlayed = unfinished(meeting, back, place)
          if (asPlayed) await hold(stage.desks, own, branch, { ...asPlayed, ...pictured(stage, asPlayed, back, place) })
        }
      }),
    )
    if (back % 4 === 3) await tellAll(stage, month, NOTICES[Math.floor(back / 4)] ?? NOTICES[0])
    const end = new Date(Math.min(month.getTime() + 32 * DAY, now.getTime()))
    await at(end, () => app.http.outbox.drain())
    if (back === 11 || back === 8) await stage.measureTables()
  }
  await readInboxes(stage, plan, random)
  await openBusiness(stage, plan, generators)
  await at(now, () => app.http.outbox.drain())
}

/** Of the last months some records are still open, and one branch let a theme day fall out: a workbench without work shows nothing. */
function unfinished(meeting: HeldMeeting, back: number, place: number): HeldMeeting | null {
  if (place === 3 && back === 2 && meeting.who === 'all') return null
  if (back > 1 || meeting.who === 'committee') return meeting
  if (back === 1 && place === 0) return { ...meeting, until: 'submitted' }
  if (back === 1 && place === 2) return { ...meeting, until: 'held' }
  if (back === 0 && place % 4 === 0) return { ...meeting, until: 'held' }
  if (back === 0 && place % 4 === 1) return { ...meeting, until: 'submitted' }
  return meeting
}

/** The first branch took pictures at a theme day whose record is on file. */
const pictured = ({ app }: Stage, { who }: HeldMeeting, back: number, place: number): Pick<HeldMeeting, 'pictures'> =>
  place === 0 && who === 'all' && back === 2
    ? { pictures: (organiser, meetingId) => addPictures(app, organiser, meetingId) }
    : {}

const POSTS = ['secretary', 'deputy_secretary', 'organisation', 'publicity', 'discipline'] as const
/** The term of the first branch ends this year, of the second soon, of the third it has ended; elsewhere there is time. */
const daysBefore = (place: number) => [480, 690, 755][place] ?? 300 + place * 12

const documentOf = (on: string, number: number) => `澜大党组〔${on.slice(0, 4)}〕${number} 号`

/** Enters the committee of every branch, its term and the approval of its secretaries. */
async function elect(stage: Stage, plan: Plan): Promise<void> {
  const committee = stage.desks.ofPost('committee_admin', stage.rootId)
  const dayOf = (instant: Date) => new Date(instant.getTime() + 8 * HOUR).toISOString().slice(0, 10)
  await at(stage.begin, async () => {
    for (const [place, branch] of plan.branches.entries()) {
      const fromOn = dayOf(new Date(stage.begin.getTime() - daysBefore(place) * DAY))
      const untilOn = `${Number(fromOn.slice(0, 4)) + 3}${fromOn.slice(4)}`
      const { version } = await committee<{ version: number }>('GET', `/orgs/${branch.id}`)
      await committee(
        'POST',
        `/orgs/${branch.id}/term`,
        { ordinal: 4, fromOn, untilOn, seats: POSTS.length, documentNumber: documentOf(fromOn, 60 + place) },
        version,
      )
      for (const [at, post] of POSTS.entries()) {
        // One branch has a vacancy.
        if (place === 3 && post === 'publicity') continue
        const memberId = branch.people[at]?.memberId
        const body = { post, memberId, fromOn, way: 'elected' }
        const { id } = await committee<{ id: string }>('POST', `/orgs/${branch.id}/posts`, body)
        // Of one branch the approval has not come yet.
        if (at > 1 || place === 4) continue
        const letter = { documentNumber: documentOf(fromOn, 80 + place), reportedOn: fromOn }
        await committee('POST', `/orgs/${branch.id}/posts/${id}/report`, letter)
      }
    }
  })
}

/** Everybody of the Party in a unit and below it. */
const toMembersOf = (orgId: string) => ({
  orgIds: [orgId],
  kinds: ['formal', 'probationary'],
  posts: [],
  levels: [],
  memberIds: [],
  exceptOrgIds: [],
  exceptMemberIds: [],
})

async function tellAll(stage: Stage, month: Date, notice: readonly [string, string]): Promise<void> {
  const committee = stage.desks.ofPost('committee_admin', stage.rootId)
  await at(new Date(month.getTime() + 3 * DAY), () =>
    committee('POST', '/notices', {
      orgId: stage.rootId,
      title: notice[0],
      body: notice[1],
      level: 'important',
      needsConfirm: true,
      answerKind: 'none',
      choices: [],
      fileIds: [],
      targets: toMembersOf(stage.rootId),
    }),
  )
}

/** Most people have read what came; some never look. */
async function readInboxes(stage: Stage, plan: Plan, random: Random): Promise<void> {
  const readers = plan.branches.flatMap(({ people }) => people).filter(() => random.chance(0.85))
  await at(new Date(stage.now.getTime() - 3 * DAY), async () => {
    // A few at a time: the pool of connections is small, and waiting for one ends in a refusal.
    for (let from = 0; from < readers.length; from += 8)
      await Promise.all(
        readers
          .slice(from, from + 8)
          .map(({ memberId }) => stage.desks.ofMember(memberId)?.('POST', '/my/notices/read', {})),
      )
  })
}

/** What is open today: a meeting in every branch, leave to decide, records to review. */
async function openBusiness(stage: Stage, plan: Plan, generators: ReadonlyMap<string, Random>): Promise<void> {
  const { now } = stage
  await Promise.all(
    plan.branches.map((branch, place) => {
      const own = generators.get(branch.id) as Random
      const day = new Date(Math.floor((now.getTime() + (1 + (place % 4)) * DAY + 8 * HOUR) / DAY) * DAY)
      const startsAt = new Date(day.getTime() + (place % 2 === 0 ? 6.5 : 11) * HOUR)
      return hold(stage.desks, own, branch, {
        title: `${day.getUTCMonth() + 1} 月主题党日`,
        kinds: ['themeDay'],
        startsAt,
        who: 'all',
        agenda: [{ title: own.pick(THEMES), presenter: branch.people[0]?.name ?? '', votes: 'none' }],
        until: 'called',
      })
    }),
  )
  for (const branch of plan.branches.slice(0, 3))
    await proposeCorrections(stage, branch, generators.get(branch.id) as Random)
}

/** Corrections that wait for the first and the second review. */
async function proposeCorrections(stage: Stage, branch: Branch, random: Random): Promise<void> {
  const officer = stage.desks.ofPost('branch_officer', branch.id)
  const secretary = stage.desks.ofPost('branch_secretary', branch.id)
  await at(new Date(stage.now.getTime() - 2 * DAY), async () => {
    for (const [place, person] of random.some(branch.people.slice(6), 3).entries()) {
      const change = await officer<{ id: string }>('POST', '/member-changes', {
        kind: 'correction',
        memberId: person.memberId,
        facts: place === 0 ? { education: '11', degree: '硕士' } : { workplace: '研究生院', jobTitle: '科员' },
        reason: `本人来电说明：${random.pick(LEAVE_REASONS)}期间已办理变更`,
      })
      if (place !== 0) continue
      const { payloadHash } = await secretary<{ payloadHash: string }>('GET', `/member-changes/${change.id}`)
      await secretary('POST', `/member-changes/${change.id}/first-review`, { verdict: 'pass', payloadHash })
    }
  })
}
