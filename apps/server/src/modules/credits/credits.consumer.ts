import type { Events } from '@tongxin/contract'
import { STUDY_MEETINGS } from '@tongxin/domain'
import type { LearningFact } from '@tongxin/domain/learning/fact'
import { todayOf } from '../../platform/clock.ts'
import type { Consumer, ReactionCtx } from '../../platform/outbox.ts'
import { moveFiles } from '../files/index.ts'
import { sourceOf } from './credits.policy.ts'
import type { CreditPorts, StudiedMeeting } from './credits.ports.ts'
import * as accounts from './queries/accounts.queries.ts'
import { certificateIdsOf } from './queries/certificates.queries.ts'
import * as persons from './queries/people.queries.ts'
import { recountUnit, unitAt, unitsOfYear } from './queries/units.queries.ts'
import { keepAccounts, recountUnits } from './service/accounts.ts'
import { type Earned, enter } from './service/enter.ts'
import { joinAccounts, partAccounts } from './service/merged.ts'

type Counted = Pick<Earned, 'part' | 'fact'>

/** What the rules are asked about a fact; null when it is not counted for itself. */
async function countedOf(ctx: ReactionCtx, ports: CreditPorts, fact: LearningFact): Promise<Counted | null> {
  const { db, tenantId } = ctx
  const { id } = fact.activity
  const minutes = fact.result?.minutes ?? 0
  switch (sourceOf(fact)) {
    case 'course':
    case 'micro': {
      const course = await ports.courseFacts({ db, tenantId }, id)
      const part = course?.isRequired ? 'required' : 'elective'
      if (course && course.hours > 0)
        return { part, fact: { kind: 'course', hundredths: Math.round(course.hours * 100) } }
      return { part, fact: { kind: 'video', minutes: [course?.minutes || minutes] } }
    }
    case 'quiz':
    case 'exam':
      return { part: 'elective', fact: { kind: 'quiz' } }
    case 'meeting':
    case 'study': {
      const meeting = await meetingOnce(ctx, ports, id)
      if (!meeting || !isStudy(meeting)) return null
      return {
        part: 'required',
        fact: { kind: 'study', minutes: meeting.minutes, isMadeUp: fact.verb === 'completed' },
      }
    }
    case 'homework':
      return { part: 'required', fact: { kind: 'homework' } }
    case 'reflection':
      return { part: 'required', fact: { kind: 'reflection' } }
    case 'group':
    case 'programme':
      return { part: 'required', fact: { kind: 'study', minutes, isMadeUp: false } }
    case null:
      return null
  }
}

const meetings = new WeakMap<ReactionCtx['db'], Map<string, Promise<StudiedMeeting | undefined>>>()

/** Fifty people come to one meeting: it is read once in a transaction. */
function meetingOnce({ db, tenantId }: ReactionCtx, ports: CreditPorts, id: string) {
  const known = meetings.get(db) ?? new Map<string, Promise<StudiedMeeting | undefined>>()
  meetings.set(db, known)
  const meeting = known.get(id) ?? ports.meetingOf(db, tenantId, id)
  known.set(id, meeting)
  return meeting
}

const isStudy = (meeting: StudiedMeeting): boolean =>
  meeting.kinds.some((kind) => (STUDY_MEETINGS as readonly string[]).includes(kind))

/** The account in which a fact counts: the day of a meeting, or of the fact, in Shanghai. */
async function countFact(ctx: ReactionCtx, ports: CreditPorts, statementId: string): Promise<void> {
  const fact = await ports.factOf(ctx, statementId)
  const source = fact && sourceOf(fact)
  if (!fact || !source) return
  const on = todayOf(fact.at)
  const counted = await countedOf(ctx, ports, fact)
  if (!counted) return
  const { memberId, activity } = fact
  const { db, now, tenantId } = ctx
  const earned = { memberId, on, source, sourceId: activity.id, statementId, title: activity.name, ...counted }
  await enter({ db, now, tenantId, actorId: null }, ports, earned)
}

const factOfMeeting = (meeting: StudiedMeeting, memberId: string, verb: 'attended' | 'completed'): LearningFact => ({
  memberId,
  verb,
  activity: { kind: 'meeting', id: meeting.id, name: meeting.title },
  at: meeting.startsAt,
  result: { minutes: meeting.minutes, completion: true },
})

/** Whoever was there attended; the hours follow from the statement like those of everything else. */
async function statePresence(ctx: ReactionCtx, ports: CreditPorts, meetingId: string): Promise<void> {
  const meeting = await ports.meetingOf(ctx.db, ctx.tenantId, meetingId)
  if (!meeting) return
  const present = await ports.presentAt(ctx.db, ctx.tenantId, meetingId)
  await ports.stateFacts(
    ctx,
    present.map((memberId) => factOfMeeting(meeting, memberId, 'attended')),
  )
}

/** An organisation asked for it, and somebody else found it good enough: passed on the day on which it was handed in. */
async function stateWork(ctx: ReactionCtx, ports: CreditPorts, marked: Events['study.marked']): Promise<void> {
  const { taskId, memberId, kind, title, grade, handedInOn } = marked
  if (taskId === null || grade === 'fail') return
  const activity = { kind, id: taskId, name: title }
  await ports.stateFacts(ctx, [{ memberId, verb: 'passed', activity, at: noonOf(handedInOn) }])
}

/** Whoever was there by minutes that two people stand for; how long by the minutes, not by a screen. */
async function stateGroup(
  ctx: ReactionCtx,
  ports: CreditPorts,
  held: Events['study.session_confirmed'],
): Promise<void> {
  const { sessionId, topic, onDate, minutes, memberIds } = held
  const activity = { kind: 'group', id: sessionId, name: topic } as const
  const result = { minutes, completion: true }
  await ports.stateFacts(
    ctx,
    memberIds.map((memberId) => ({ memberId, verb: 'attended', activity, at: noonOf(onDate), result })),
  )
}

/** Noon in Shanghai. */
const noonOf = (on: string): Date => new Date(`${on}T12:00:00+08:00`)

/** Opens the account of the running year, or brings it to what the record says now. */
async function refresh(ctx: ReactionCtx, ports: CreditPorts, memberId: string): Promise<void> {
  const people = await persons.peopleOf(ctx.db, ctx.tenantId, [memberId])
  await keepAccounts(ctx, ports, people, Number(todayOf(ctx.now).slice(0, 4)))
}

/** The account goes where the member goes, with all its years. */
async function follow(ctx: ReactionCtx, ports: CreditPorts, memberId: string): Promise<void> {
  const { db, tenantId } = ctx
  const before = await accounts.placesOf(db, tenantId, memberId)
  const [person] = await persons.peopleOf(db, tenantId, [memberId])
  if (person) {
    await persons.moveMember(db, tenantId, person)
    const to = { id: person.unitId, path: person.orgPath }
    for (const id of await certificateIdsOf(db, tenantId, memberId))
      await moveFiles({ db, actor: { tenantId } }, 'credits_certificate', id, to)
  }
  for (const place of before) await recountUnits(ctx, [place, ...(person ? [person] : [])], place.year)
  await refresh(ctx, ports, memberId)
}

/** Nothing is asked of a record in the bin; its hours stay. */
async function close(ctx: ReactionCtx, memberId: string): Promise<void> {
  const year = Number(todayOf(ctx.now).slice(0, 4))
  const account = await accounts.closeAccount(ctx.db, ctx.tenantId, memberId, year, ctx.now)
  if (account) await recountUnits(ctx, [account], year)
}

/** Units changed hands: those of this year and the year before, which people still look at, are counted anew. */
async function recountTree({ db, tenantId, now }: ReactionCtx): Promise<void> {
  const year = Number(todayOf(now).slice(0, 4))
  for (const one of [year - 1, year])
    for (const unit of await unitsOfYear(db, tenantId, one)) await recountUnit(db, tenantId, unit, now)
}

const counted = new WeakMap<ReactionCtx['db'], Set<string>>()

/**
 * Counts the unit of an account that changed: what is told is committed, so once in a batch of events is enough for all
 * of them.
 */
async function countUnit({ db, tenantId, now }: ReactionCtx, orgPath: string, year: number): Promise<void> {
  const done = counted.get(db) ?? new Set<string>()
  counted.set(db, done)
  const key = `${orgPath}/${year}`
  if (done.has(key)) return
  done.add(key)
  const unitId = await unitAt(db, tenantId, orgPath)
  if (unitId !== undefined) await recountUnit(db, tenantId, { unitId, orgPath, year }, now)
}

export const creditsConsumer = (ports: CreditPorts): Consumer => ({
  name: 'credits',
  on: {
    'xapi.stated': (ctx, event) => countFact(ctx, ports, event.payload.statementId),
    'meetings.archived': async (ctx, event) => {
      if (event.subjectId !== null) await statePresence(ctx, ports, event.subjectId)
    },
    'meetings.study_decided': async (ctx, event) => {
      const { isAccepted, memberId } = event.payload
      if (!isAccepted || event.subjectId === null) return
      const meeting = await ports.meetingOf(ctx.db, ctx.tenantId, event.subjectId)
      if (meeting) await ports.stateFacts(ctx, [factOfMeeting(meeting, memberId, 'completed')])
    },
    'study.marked': (ctx, event) => stateWork(ctx, ports, event.payload),
    'study.session_confirmed': (ctx, event) => stateGroup(ctx, ports, event.payload),
    'credits.entered': (ctx, event) => countUnit(ctx, event.orgPath, event.payload.year),
    'credits.reversed': (ctx, event) => countUnit(ctx, event.orgPath, event.payload.year),
    'learning.completed': (ctx, event) => refresh(ctx, ports, event.payload.memberId),
    'members.registered': (ctx, event) => refresh(ctx, ports, event.payload.memberId),
    'members.corrected': (ctx, event) => refresh(ctx, ports, event.payload.memberId),
    'members.restored': (ctx, event) => refresh(ctx, ports, event.payload.memberId),
    'members.deleted': (ctx, event) => close(ctx, event.payload.memberId),
    'members.placed': (ctx, event) => follow(ctx, ports, event.payload.memberId),
    'members.merged': (ctx, event) => joinAccounts(ctx, ports, event.payload),
    'members.merge_undone': (ctx, event) => partAccounts(ctx, ports, event.payload),
    'org.moved': recountTree,
    'org.merged': recountTree,
    'org.dissolved': recountTree,
  },
})
