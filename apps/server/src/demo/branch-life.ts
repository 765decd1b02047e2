import type { Desk, Desks } from './desk.ts'
import type { Random } from './random.ts'
import { at } from './virtual-time.ts'
import { COMMITTEE_ITEMS, LEAVE_REASONS, LESSONS, OPINIONS, PLACES_OF_MEETING, TASKS, THEMES } from './words.ts'

export type BranchPerson = { readonly memberId: string; readonly name: string; readonly category: string }
export type Branch = {
  readonly id: string
  readonly name: string
  /** In the order of the committee: secretary, deputy, organisation, publicity; then everybody else. */
  readonly people: readonly BranchPerson[]
}
/** How far the record of a meeting has come by today. */
export type Until = 'called' | 'held' | 'submitted' | 'archived'
export type HeldMeeting = {
  readonly title: string
  readonly kinds: readonly string[]
  readonly startsAt: Date
  readonly who: 'all' | 'committee'
  readonly agenda: readonly {
    readonly title: string
    readonly presenter?: string
    readonly votes: 'none' | 'ordinary'
  }[]
  readonly until: Until
  /** Adds pictures to the record of the meeting. */
  readonly pictures?: (organiser: Desk, meetingId: string) => Promise<void>
}

const HOUR = 3600_000
const DAY = 24 * HOUR
const after = (start: Date, ms: number) => new Date(start.getTime() + ms)
const COMMITTEE_SIZE = 4

/** The organised life of one branch in one month: theme day (each quarter with general meeting and lesson), committee. */
export function meetingsOfMonth(random: Random, branch: Branch, month: Date, now: Date): HeldMeeting[] {
  const at = (day: number, hour: number) =>
    new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), day, hour - 8, 30))
  const isQuarter = month.getUTCMonth() % 3 === 0
  const theme = THEMES[month.getUTCMonth() % THEMES.length] as string
  const day = random.int(10, 18)
  const all: HeldMeeting = {
    title: isQuarter ? `${month.getUTCMonth() + 1} 月党员大会暨主题党日` : `${month.getUTCMonth() + 1} 月主题党日`,
    kinds: isQuarter ? ['themeDay', 'generalMeeting', 'partyLesson'] : ['themeDay'],
    startsAt: at(day, random.pick([14, 15, 19])),
    who: 'all',
    agenda: [
      { title: theme, presenter: branch.people[0]?.name ?? '', votes: 'none' },
      ...(isQuarter
        ? ([
            { title: `党课：${random.pick(LESSONS)}`, presenter: branch.people[1]?.name ?? '', votes: 'none' },
            { title: '通过支部下季度工作计划', votes: 'ordinary' },
          ] as const)
        : []),
    ],
    until: 'archived',
  }
  const committee: HeldMeeting = {
    title: `${month.getUTCMonth() + 1} 月支部委员会会议`,
    kinds: ['committeeMeeting'],
    startsAt: at(random.int(2, 7), 16),
    who: 'committee',
    agenda: [{ title: random.pick(COMMITTEE_ITEMS), presenter: branch.people[0]?.name ?? '', votes: 'none' }],
    until: 'archived',
  }
  return [committee, all].filter(({ startsAt }) => startsAt < after(now, -DAY))
}

/** Plays one meeting from the plan to the record, each step by the person whose step it is, on its own day. */
export async function hold(desks: Desks, random: Random, branch: Branch, meeting: HeldMeeting): Promise<void> {
  const secretary = desks.ofPost('branch_secretary', branch.id)
  const { startsAt } = meeting
  const [, deputy, recorder] = branch.people as [BranchPerson, BranchPerson, BranchPerson]
  const { id } = await at(after(startsAt, -6 * DAY), () =>
    secretary<{ id: string }>('POST', '/meetings', {
      orgId: branch.id,
      title: meeting.title,
      kinds: meeting.kinds,
      startsAt: startsAt.toISOString(),
      endsAt: after(startsAt, 1.5 * HOUR).toISOString(),
      place: random.pick(PLACES_OF_MEETING),
      chairId: deputy.memberId,
      recorderId: recorder.memberId,
      agenda: meeting.agenda,
      invites:
        meeting.who === 'all'
          ? { who: 'all' }
          : { who: 'chosen', memberIds: branch.people.slice(0, COMMITTEE_SIZE).map((person) => person.memberId) },
    }),
  )
  await at(after(startsAt, -5 * DAY), () => secretary('POST', `/meetings/${id}/convene`, {}, 1))
  const called = meeting.who === 'all' ? branch.people.filter(isMember) : branch.people.slice(0, COMMITTEE_SIZE)
  // Older months in less detail: nobody reads them one by one, and a committee of four sees who is there.
  const detail = meeting.who === 'committee' ? 0 : Date.now() - startsAt.getTime() < 60 * DAY ? 0.7 : 0.15
  const away = detail === 0 ? new Set<string>() : await answer(desks, random, { id, startsAt }, called)
  if (meeting.until === 'called') return
  const changes = await arrive(desks, secretary, random, { id, startsAt, away, detail }, called)
  await at(after(startsAt, 1.6 * HOUR), () => secretary('POST', `/meetings/${id}/close`, {}))
  await at(after(startsAt, 1.7 * HOUR), async () => meeting.pictures?.(secretary, id))
  if (meeting.until === 'held') return
  const hasVotes = meeting.agenda.some(({ votes }) => votes !== 'none')
  await writeRecord(secretary, random, { id, startsAt, hasVotes, changes }, called)
  const { recordHash } = await at(after(startsAt, 1.1 * DAY), () =>
    secretary<{ recordHash: string }>('POST', `/meetings/${id}/submit`, {}),
  )
  if (meeting.until === 'submitted') return
  await signAndFile(desks, secretary, { id, startsAt, deputy, recordHash })
  await finishTasks(secretary, { id, startsAt })
}

const isMember = (person: BranchPerson) => person.category === 'formal' || person.category === 'probationary'

/** Some confirm, two ask for leave. Returns who stays away. */
async function answer(
  desks: Desks,
  random: Random,
  meeting: { id: string; startsAt: Date },
  called: readonly BranchPerson[],
): Promise<Set<string>> {
  const { id, startsAt } = meeting
  const ordinary = called.slice(COMMITTEE_SIZE)
  const onLeave = random.some(ordinary, Math.min(2, Math.floor(ordinary.length / 8)))
  for (const person of onLeave) {
    const phone = desks.ofMember(person.memberId)
    const reason = random.pick(LEAVE_REASONS)
    if (phone) await at(after(startsAt, -2 * DAY), () => phone('POST', `/my/meetings/${id}/leave`, { reason }))
  }
  for (const person of random.some(called, 3).filter((one) => !onLeave.includes(one))) {
    const phone = desks.ofMember(person.memberId)
    if (phone) await at(after(startsAt, -3 * DAY), () => phone('POST', `/my/meetings/${id}/confirm`, {}))
  }
  return new Set(onLeave.map((person) => person.memberId))
}

/**
 * Leave is decided, most type the code, the organiser ticks those without a telephone; a few do not come. Returns how
 * often the record was changed by it.
 */
async function arrive(
  desks: Desks,
  secretary: Desk,
  random: Random,
  meeting: { id: string; startsAt: Date; away: Set<string>; detail: number },
  called: readonly BranchPerson[],
): Promise<number> {
  const { id, startsAt, away, detail } = meeting
  for (const memberId of away) {
    if (desks.ofMember(memberId))
      await at(after(startsAt, -DAY), () =>
        secretary('POST', `/meetings/${id}/leaves/${memberId}`, { isGranted: true }),
      )
  }
  await at(after(startsAt, -20 * 60_000), () => secretary('POST', `/meetings/${id}/open`, {}))
  const coming = called.filter(
    (person, place) => !away.has(person.memberId) && (place < COMMITTEE_SIZE || random.chance(0.92)),
  )
  const typing = coming
    .filter((person) => desks.ofMember(person.memberId) !== null)
    .slice(0, Math.ceil(coming.length * detail))
  const ticked = coming.filter((person) => !typing.includes(person))
  if (typing.length > 0)
    await at(after(startsAt, -4 * 60_000), async () => {
      const { codes } = await secretary<{ codes: { figures: string }[] }>('GET', `/meetings/${id}/code`)
      const code = codes[0]?.figures
      await Promise.all(
        typing.map(({ memberId }) => desks.ofMember(memberId)?.('POST', `/my/meetings/${id}/check-in`, { code })),
      )
    })
  if (ticked.length > 0)
    await at(after(startsAt, 5 * 60_000), () =>
      secretary('POST', `/meetings/${id}/check-ins`, {
        memberIds: ticked.map((person) => person.memberId),
        reason: '未带手机，由组织者代签',
      }),
    )
  return ticked.length > 0 ? 1 : 0
}

async function writeRecord(
  secretary: Desk,
  random: Random,
  meeting: { id: string; startsAt: Date; hasVotes: boolean; changes: number },
  called: readonly BranchPerson[],
): Promise<void> {
  const { id, startsAt, hasVotes, changes } = meeting
  await at(after(startsAt, DAY), async () => {
    const voted = hasVotes ? await countVotes(secretary, random, id) : []
    await secretary(
      'PUT',
      `/meetings/${id}/minutes`,
      {
        discussion: random.some(called, 3).map(({ name }) => ({ speaker: name, words: random.pick(OPINIONS) })),
        tasks: random.chance(0.6)
          ? [
              {
                what: random.pick(TASKS),
                ...doneBy(random.pick(called)),
                dueOn: after(startsAt, 14 * DAY)
                  .toISOString()
                  .slice(0, 10),
              },
            ]
          : [],
        resolutions: voted.map((item) => ({ agendaId: item.id, text: `会议同意：${item.title}。` })),
      },
      // Each vote is a change of the record as well.
      1 + changes + voted.length,
    )
  })
}

const doneBy = ({ memberId, name }: BranchPerson) => ({ who: name, whoId: memberId })

/** What a filed record gave somebody to do was done within two weeks, except the newest. */
async function finishTasks(secretary: Desk, meeting: { id: string; startsAt: Date }): Promise<void> {
  const doneAt = after(meeting.startsAt, 12 * DAY)
  if (doneAt.getTime() > Date.now() - 30 * DAY) return
  await at(doneAt, async () => {
    const { minutes } = await secretary<{ minutes: { tasks: { id: string }[] } }>('GET', `/meetings/${meeting.id}`)
    for (const { id } of minutes.tasks)
      await secretary('POST', `/meetings/tasks/${id}/done`, { note: '已办结，向支部报告' })
  })
}

/** Nearly everybody is in favour. Returns what was voted on. */
async function countVotes(secretary: Desk, random: Random, id: string): Promise<{ id: string; title: string }[]> {
  const { counts, agenda } = await secretary<{
    counts: { presentVoters: number }
    agenda: { id: string; title: string; votes: string }[]
  }>('GET', `/meetings/${id}`)
  const voted = agenda.filter((item) => item.votes !== 'none')
  for (const item of voted) {
    const abstained = counts.presentVoters > 8 ? random.int(0, 1) : 0
    await secretary('POST', `/meetings/${id}/agenda/${item.id}/vote`, {
      method: 'hands',
      inFavour: counts.presentVoters - abstained,
      against: 0,
      abstained,
    })
  }
  return voted
}

async function signAndFile(
  desks: Desks,
  secretary: Desk,
  meeting: { id: string; startsAt: Date; deputy: BranchPerson; recordHash: string },
): Promise<void> {
  const { id, startsAt, deputy, recordHash } = meeting
  const chair = desks.ofMember(deputy.memberId)
  if (!chair) throw new Error('the chair has an account')
  await at(after(startsAt, 1.2 * DAY), () => chair('POST', `/meetings/${id}/sign`, { recordHash }))
  await at(after(startsAt, 1.3 * DAY), () => secretary('POST', `/meetings/${id}/sign`, { recordHash }))
  await at(after(startsAt, 1.5 * DAY), () => secretary('POST', `/meetings/${id}/archive`, {}))
}
