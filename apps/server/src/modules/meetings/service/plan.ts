import {
  type cancelMeeting,
  type changeMeeting,
  type conveneMeeting,
  type Input,
  type listCandidates,
  type listMeetings,
  type MeetingPlan,
  type planMeeting,
  type Reply,
  meetingsRefusals as refusals,
} from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Actor, Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { findUnit } from '../../org/index.ts'
import { isCalled, MOST_CALLED, partOf } from '../meetings.policy.ts'
import { rowOf } from '../meetings.rows.ts'
import * as agenda from '../queries/agenda.queries.ts'
import * as people from '../queries/attendees.queries.ts'
import { setJointFacts } from '../queries/joint.queries.ts'
import * as q from '../queries/meetings.queries.ts'
import { withGuests } from './guests.ts'
import { locked, subjectOf } from './locked.ts'
import { type CheckInWindow, windowFor } from './window.ts'

const FOUNDED_ON = '1921-07-01'
const MOST_DAYS_AHEAD = 5 * 366

type Done = { id: string; state: q.Meeting['state']; version: number }

export async function list(ctx: Ctx, { query }: Input<typeof listMeetings>): Promise<Reply<typeof listMeetings>> {
  const keyset = keysetOf(query, { startsAt: 'm.starts_at', title: 'm.title' }, '-startsAt')
  const filter = await filterOf(ctx, query)
  const found = await q.listMeetings(ctx.db, ctx.actor, filter, keyset)
  const place = (row: q.ListedMeeting) => ({
    value: keyset.column === 'm.title' ? row.title : row.startsAt.toISOString(),
    id: row.id,
  })
  const { rows, next } = pageOfRows(found, keyset, place)
  return { rows: rows.map((row) => rowOf(row, filter.today)), next, total: null }
}

type AskedFilter = {
  orgId?: string
  below?: boolean
  kind?: string
  state?: string
  heldFrom?: string
  heldTo?: string
  text?: string
  unfiled?: boolean
}
export async function filterOf(ctx: Ctx | Ctx<Tx>, asked: AskedFilter): Promise<q.ListFilter> {
  const unit = asked.orgId ? await findUnit(ctx.db, ctx.actor, asked.orgId) : null
  if (unit === undefined) throw refusals.no_such_org.at('/query/orgId')
  return {
    orgPath: unit?.path ?? null,
    below: asked.below ?? true,
    kind: asked.kind ?? null,
    state: asked.state ?? null,
    heldFrom: asked.heldFrom ?? null,
    heldTo: asked.heldTo ?? null,
    text: asked.text ?? null,
    unfiled: asked.unfiled ?? false,
    today: todayOf(ctx.now),
  }
}

const SHOWN = 500

/** Who belongs to a meeting of the organisation by the record, and as what. */
export async function candidates(
  ctx: Ctx,
  { query }: Input<typeof listCandidates>,
): Promise<Reply<typeof listCandidates>> {
  const unit = await findUnit(ctx.db, ctx.actor, query.orgId)
  if (!unit) throw refusals.no_such_org.at('/query/orgId')
  const [cards, standings] = await Promise.all([
    people.membersOf(ctx.db, ctx.actor, unit.path, SHOWN),
    people.countStandings(ctx.db, ctx.actor, unit.path),
  ])
  const sums = { voters: 0, nonvoters: 0, others: 0 }
  for (const row of standings) {
    const part = partOf(row, false)?.part
    if (part === 'voter') sums.voters += row.people
    else if (part === 'nonvoter') sums.nonvoters += row.people
    else if (part) sums.others += row.people
  }
  const rows = cards.flatMap((card) => {
    const found = partOf(card, false)
    return found
      ? [
          {
            memberId: card.id,
            name: card.name,
            memberNo: card.memberNo,
            category: card.category,
            part: found.part,
            ruleId: found.verdict.ruleId,
            citation: found.verdict.citation,
          },
        ]
      : []
  })
  return { rows, ...sums }
}

export async function plan(ctx: Ctx<Tx>, { body }: Input<typeof planMeeting>): Promise<Done> {
  const meeting = await planned(ctx, newId(ctx), body)
  await q.insertMeeting(ctx.db, ctx.actor.tenantId, meeting, ctx.actor.personId, ctx.now)
  await writeAgenda(ctx, meeting, body, [])
  await publish(ctx, 'meetings.planned', subjectOf(meeting), {
    kinds: meeting.kinds,
    startsAt: meeting.startsAt.toISOString(),
  })
  return { id: meeting.id, state: 'planned', version: 1 }
}

/** Checks what the schema cannot and fills in what the organiser left to the organisation. */
async function planned(
  ctx: Ctx<Tx>,
  id: string,
  body: MeetingPlan,
  before: CheckInWindow | null = null,
): Promise<q.NewMeeting> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  const startsAt = new Date(body.startsAt)
  const endsAt = new Date(body.endsAt)
  demandLikely(ctx, startsAt, '/body/startsAt')
  demandLikely(ctx, endsAt, '/body/endsAt')
  if (endsAt <= startsAt) throw refusals.ends_before_start.at('/body/endsAt')
  if (!body.place?.trim() && !body.onlineUrl) throw refusals.no_place.at('/body/place')
  return {
    id,
    orgId: unit.id,
    orgPath: unit.path,
    title: body.title.trim(),
    session: body.session?.trim() || null,
    kinds: body.kinds,
    startsAt,
    endsAt,
    heldOn: todayOf(startsAt),
    place: body.place?.trim() || null,
    onlineUrl: body.onlineUrl ?? null,
    chairId: body.chairId ?? null,
    recorderId: body.recorderId ?? null,
    invites: body.invites,
    ...(await windowFor(ctx, unit.path, todayOf(startsAt), body, before)),
    superiorConsent: body.superiorConsent ?? false,
    meetingApproval: body.meetingApproval ?? false,
  }
}

/** Nothing was held before the Party was founded; further ahead than a term nothing is called. */
function demandLikely(ctx: Ctx<Tx>, at: Date, field: string): void {
  const until = addDays(todayOf(ctx.now), MOST_DAYS_AHEAD)
  // By instants: the last hours of the year 9999 are none of a day in Shanghai that could be written.
  if (at < new Date(FOUNDED_ON) || at > new Date(until))
    throw refusals.time_unlikely.at(field, { from: FOUNDED_ON, until })
}

/** An item keeps its id only when it is of this meeting already: ids in bodies are checked like ids in URLs. */
async function writeAgenda(
  ctx: Ctx<Tx>,
  meeting: q.NewMeeting,
  body: MeetingPlan,
  known: readonly agenda.AgendaRow[],
): Promise<void> {
  const own = new Set(known.map((item) => item.id))
  const items = body.agenda.map((item, at) => {
    if (item.id !== undefined && !own.has(item.id)) throw refusals.no_such_item.at(`/body/agenda/${at}/id`)
    return { ...item, id: item.id ?? newId(ctx) }
  })
  // What is being voted on neither leaves the agenda nor says something else behind the voters' backs.
  const kept = new Map(items.map((item) => [item.id, item]))
  const isKept = (item: agenda.AgendaRow) =>
    kept.get(item.id)?.votes === item.votes && kept.get(item.id)?.title.trim() === item.title
  if (known.some((item) => item.ballotId !== null && !isKept(item))) throw refusals.ballot_there.at('/body/agenda')
  await agenda.setAgenda(ctx.db, ctx.actor.tenantId, meeting, items)
}

export async function change(ctx: Ctx<Tx>, { params, body }: Input<typeof changeMeeting>): Promise<Done> {
  const before = await locked(ctx, params.id)
  demandVersion(ctx, before.version)
  if (before.state !== 'planned' && before.state !== 'noticed') throw refusals.wrong_state({ state: before.state })
  const after = await planned(ctx, before.id, body, before)
  // A called meeting stays with its organisation: the people were called by it.
  if (before.state === 'noticed' && after.orgId !== before.orgId)
    throw refusals.wrong_state.at('/body/orgId', { state: before.state })
  if (before.state === 'noticed' && after.startsAt <= ctx.now) throw refusals.starts_in_past.at('/body/startsAt')
  await q.setMeeting(ctx.db, ctx.actor.tenantId, after, ctx.now)
  await writeAgenda(ctx, after, body, await agenda.agendaOf(ctx.db, ctx.actor.tenantId, before.id))
  await setJointFacts(ctx.db, ctx.actor.tenantId, after)
  const wasCalled = before.state === 'noticed'
  if (wasCalled) await callPeople(ctx, after)
  const fields = changedFields(before, after)
  await publish(
    ctx,
    'meetings.changed',
    subjectOf(after),
    { fields, wasCalled, startsAt: after.startsAt.toISOString(), place: after.place },
    { before: publicFacts(before), after: publicFacts(after) },
  )
  return { id: before.id, state: before.state, version: before.version + 1 }
}

const publicFacts = (meeting: q.NewMeeting) => ({
  title: meeting.title,
  startsAt: meeting.startsAt.toISOString(),
  endsAt: meeting.endsAt.toISOString(),
  place: meeting.place,
  onlineUrl: meeting.onlineUrl,
  kinds: meeting.kinds,
})
function changedFields(before: q.NewMeeting, after: q.NewMeeting): string[] {
  const [a, b] = [publicFacts(before), publicFacts(after)]
  return (Object.keys(a) as (keyof typeof a)[]).filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]))
}

export async function convene(ctx: Ctx<Tx>, { params }: Input<typeof conveneMeeting>): Promise<Done> {
  const meeting = await locked(ctx, params.id)
  demandVersion(ctx, meeting.version)
  if (meeting.state !== 'planned') throw refusals.wrong_state({ state: meeting.state })
  if (meeting.startsAt <= ctx.now) throw refusals.starts_in_past.at('/body/startsAt')
  if (!meeting.chairId) throw refusals.no_chair.at('/body/chairId')
  const called = await callPeople(ctx, meeting)
  await q.setState(ctx.db, ctx.actor.tenantId, meeting.id, { state: 'noticed', convened_at: ctx.now }, ctx.now)
  await publish(ctx, 'meetings.convened', subjectOf(meeting), { called, startsAt: meeting.startsAt.toISOString() })
  return { id: meeting.id, state: 'noticed', version: meeting.version + 1 }
}

/** Fixes the people from the choices and the record of today; returns how many are called. */
async function callPeople(ctx: Ctx<Tx>, meeting: q.NewMeeting): Promise<number> {
  const chosen = await withGuests(ctx, meeting, await chosenPeople(ctx.db, ctx.actor, meeting))
  const called = chosen.filter((one) => one.part !== 'left_out').length
  if (called === 0) throw refusals.nobody_called.at('/body/invites')
  if (chosen.length > MOST_CALLED) throw refusals.too_many_called.at('/body/invites', { most: MOST_CALLED })
  await people.setAttendees(ctx.db, ctx.actor.tenantId, meeting, chosen, ctx.now)
  return called
}

export async function chosenPeople(db: Ctx['db'], actor: Actor, meeting: q.NewMeeting): Promise<people.NewAttendee[]> {
  const { invites } = meeting
  const leftOut = new Map((invites.leftOut ?? []).map(({ memberId, reason }) => [memberId, reason as string]))
  const resting = new Set(invites.withoutVoteIds)
  const observers = new Set(invites.observerIds)
  const named = [
    ...new Set([
      ...(invites.who === 'chosen' ? (invites.memberIds ?? []) : []),
      ...observers,
      ...leftOut.keys(),
      ...resting,
      ...[meeting.chairId, meeting.recorderId].filter((id) => id !== null),
    ]),
  ]
  const cards = await people.cardsOf(db, actor, named)
  const missing = named.find((id) => !cards.some((card) => card.id === id))
  if (missing)
    throw refusals.no_such_person({}, [
      {
        field:
          missing === meeting.chairId
            ? '/body/chairId'
            : missing === meeting.recorderId
              ? '/body/recorderId'
              : '/body/invites',
        code: 'meetings.no_such_person',
      },
    ])
  const all = invites.who === 'all' ? await people.membersOf(db, actor, meeting.orgPath, MOST_CALLED + 1) : []
  const everyone = new Map([...all, ...cards].map((card) => [card.id, card]))
  const isInside = new Set(all.map((card) => card.id))
  for (const id of invites.who === 'chosen' ? (invites.memberIds ?? []) : []) isInside.add(id)
  return [...everyone.values()].flatMap((card): people.NewAttendee[] => {
    const found = partOf(card, resting.has(card.id))
    if (!found) return []
    const reason = leftOut.get(card.id)
    if (reason !== undefined && found.part === 'voter')
      return [{ ...card, part: 'left_out' as const, leftOutReason: reason }]
    // Guests, and a chair or recorder from elsewhere, have no vote here whatever their standing at home.
    const isGuest = observers.has(card.id) || !isInside.has(card.id)
    return [{ ...card, part: isGuest ? ('observer' as const) : found.part, leftOutReason: null }]
  })
}

export async function cancel(ctx: Ctx<Tx>, { params, body }: Input<typeof cancelMeeting>): Promise<Done> {
  const meeting = await locked(ctx, params.id)
  demandVersion(ctx, meeting.version)
  if (meeting.state !== 'planned' && !isCalled(meeting.state)) throw refusals.wrong_state({ state: meeting.state })
  await q.setState(
    ctx.db,
    ctx.actor.tenantId,
    meeting.id,
    { state: 'cancelled', cancelled_reason: body.reason.trim() },
    ctx.now,
  )
  await publish(
    ctx,
    'meetings.cancelled',
    subjectOf(meeting),
    { wasCalled: isCalled(meeting.state) },
    { reason: body.reason.trim() },
  )
  return { id: meeting.id, state: 'cancelled', version: meeting.version + 1 }
}
