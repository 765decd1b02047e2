import {
  type answerLeave,
  type closeMeeting,
  type Input,
  type listAttendees,
  type openMeeting,
  type Reply,
  type readCode as readCodeContract,
  meetingsRefusals as refusals,
  type strikeCheckIn,
  type tickPresent,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { isCalled, isRecording, windowOf } from '../meetings.policy.ts'
import { attendeeOf, calledOf } from '../meetings.rows.ts'
import * as people from '../queries/attendees.queries.ts'
import * as q from '../queries/check-ins.queries.ts'
import * as meetings from '../queries/meetings.queries.ts'
import { codesOf } from './codes.ts'
import { locked, subjectOf } from './locked.ts'
import { touchRecord } from './record.ts'

export async function list(
  ctx: Ctx,
  { params, query }: Input<typeof listAttendees>,
): Promise<Reply<typeof listAttendees>> {
  const meeting = await meetings.findMeeting(ctx.db, ctx.actor, params.id)
  if (!meeting) throw refusals.not_found()
  const keyset = keysetOf(query, { name: 'a.name' }, 'name')
  const found = await people.listAttendees(
    ctx.db,
    ctx.actor.tenantId,
    meeting.id,
    { mark: query.mark ?? null, text: query.text ?? null },
    keyset,
  )
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.name, id: row.memberId }))
  return { rows: rows.map(attendeeOf), next, total: null }
}

export async function decideLeave(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof answerLeave>,
): Promise<Reply<typeof answerLeave>> {
  const meeting = await locked(ctx, params.id)
  if (!isCalled(meeting.state) && meeting.state !== 'record_pending')
    throw refusals.wrong_state({ state: meeting.state })
  const attendee = await people.findAttendee(ctx.db, ctx.actor.tenantId, meeting.id, { memberId: params.memberId })
  if (!attendee) throw refusals.not_called()
  const answer = body.isGranted ? ('leave_approved' as const) : ('leave_refused' as const)
  const change = { answer, leave_note: body.note?.trim() || null, leave_decided_by: ctx.actor.personId }
  const done = await people.setAnswer(
    ctx.db,
    ctx.actor.tenantId,
    meeting.id,
    attendee.memberId,
    ['leave_asked'],
    change,
  )
  if (!done) throw refusals.no_leave_asked()
  await publish(
    ctx,
    'meetings.leave_decided',
    { ...subjectOf(meeting), personId: attendee.personId },
    { memberId: attendee.memberId, isGranted: body.isGranted },
  )
  return { answer }
}

export async function open(ctx: Ctx<Tx>, { params }: Input<typeof openMeeting>): Promise<Reply<typeof openMeeting>> {
  const meeting = await locked(ctx, params.id)
  if (meeting.state === 'in_progress') return { id: meeting.id, state: meeting.state, version: meeting.version }
  if (meeting.state !== 'noticed') throw refusals.wrong_state({ state: meeting.state })
  const { opensAt } = windowOf(meeting)
  if (ctx.now < opensAt) throw refusals.too_early({ opensAt: opensAt.toISOString() })
  await meetings.setState(ctx.db, ctx.actor.tenantId, meeting.id, { state: 'in_progress', opened_at: ctx.now }, ctx.now)
  await publish(ctx, 'meetings.opened', subjectOf(meeting), {})
  return { id: meeting.id, state: 'in_progress', version: meeting.version + 1 }
}

const LATEST = 12

/** The running code and the next one, so that the screen never shows a dead one while it fetches. */
export const showCode =
  (publicOrigin: string) =>
  async (ctx: Ctx, { params }: Input<typeof readCodeContract>): Promise<Reply<typeof readCodeContract>> => {
    const meeting = await meetings.findMeeting(ctx.db, ctx.actor, params.id)
    if (!meeting) throw refusals.not_found()
    if (!isCalled(meeting.state)) throw refusals.wrong_state({ state: meeting.state })
    const codes = codesOf({ vault: ctx.vault, publicOrigin }, meeting.id, ctx.now, 2)
    const [counts, latest] = await Promise.all([
      people.countsOf(ctx.db, ctx.actor.tenantId, meeting.id),
      q.latest(ctx.db, ctx.actor.tenantId, meeting.id, LATEST),
    ])
    const { opensAt, closesAt } = windowOf(meeting)
    return {
      codes,
      now: ctx.now.toISOString(),
      opensAt: opensAt.toISOString(),
      closesAt: closesAt.toISOString(),
      called: calledOf(counts),
      present: counts.present,
      latest: latest.map((one) => ({ ...one, at: one.at.toISOString() })),
    }
  }

/** For people without a telephone. Not bound to the window of the code: the organiser answers for it with the reason. */
export async function tick(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof tickPresent>,
): Promise<Reply<typeof tickPresent>> {
  const meeting = await locked(ctx, params.id)
  if (!isCalled(meeting.state) && !isRecording(meeting.state)) throw refusals.wrong_state({ state: meeting.state })
  const { opensAt } = windowOf(meeting)
  if (ctx.now < opensAt) throw refusals.too_early({ opensAt: opensAt.toISOString() })
  const { tenantId } = ctx.actor
  await q.run(ctx.db, q.lockingCounts(tenantId, [meeting.id]))
  const rows = await q.run<q.Arrival>(
    ctx.db,
    q.findingArrivals(
      tenantId,
      body.memberIds.map(() => meeting.id),
      'member_id',
      body.memberIds,
    ),
  )
  if (rows.length < body.memberIds.length)
    throw refusals.not_called({}, [{ field: '/body/memberIds', code: 'meetings.not_called' }])
  const struck = rows.find((row) => row.struckReason !== null)
  if (struck) throw refusals.struck_out.at('/body/memberIds', { why: struck.struckReason ?? '' })
  if (rows.some((row) => row.part === 'left_out')) throw refusals.left_out.at('/body/memberIds')
  const fresh = rows
    .filter((row) => row.ordinal === null)
    .map(
      (row): q.NewCheckIn => ({
        meetingId: meeting.id,
        memberId: row.memberId,
        personId: row.personId,
        part: row.part,
        way: 'organiser',
        capturedAt: ctx.now,
        late: isCalled(meeting.state) && ctx.now > meeting.startsAt,
        submittedLater: false,
      }),
    )
  const by = { personId: ctx.actor.personId, reason: body.reason.trim() }
  if (fresh.length > 0)
    await q.run(ctx.db, q.writingCheckIns(tenantId, fresh, ctx.now, { states: [meeting.state], by }))
  if (fresh.length > 0) await touchRecord(ctx, meeting)
  return { checkedIn: fresh.length, already: rows.length - fresh.length }
}

export async function strike(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof strikeCheckIn>,
): Promise<Reply<typeof strikeCheckIn>> {
  const meeting = await locked(ctx, params.id)
  if (!isCalled(meeting.state) && !isRecording(meeting.state)) throw refusals.wrong_state({ state: meeting.state })
  const { tenantId, personId } = ctx.actor
  await q.run(ctx.db, q.lockingCounts(tenantId, [meeting.id]))
  const attendee = await people.findAttendee(ctx.db, tenantId, meeting.id, { memberId: params.memberId })
  if (!attendee || attendee.ordinal === null) throw refusals.not_called()
  const done = await q.strike(ctx.db, tenantId, meeting.id, params.memberId, personId, body.reason.trim(), ctx.now)
  if (!done) throw refusals.struck_out({ why: attendee.struckReason ?? '' })
  await touchRecord(ctx, meeting)
  await publish(
    ctx,
    'meetings.check_in_struck',
    { ...subjectOf(meeting), personId: attendee.personId },
    { memberId: attendee.memberId },
    { reason: body.reason.trim() },
  )
  return { present: (await people.countsOf(ctx.db, tenantId, meeting.id)).present }
}

export async function close(ctx: Ctx<Tx>, { params }: Input<typeof closeMeeting>): Promise<Reply<typeof closeMeeting>> {
  const meeting = await locked(ctx, params.id)
  if (!isCalled(meeting.state)) throw refusals.wrong_state({ state: meeting.state })
  if (ctx.now < meeting.startsAt) throw refusals.not_yet_over({ startsAt: meeting.startsAt.toISOString() })
  await meetings.setState(
    ctx.db,
    ctx.actor.tenantId,
    meeting.id,
    { state: 'record_pending', closed_at: ctx.now },
    ctx.now,
  )
  const { present } = await people.countsOf(ctx.db, ctx.actor.tenantId, meeting.id)
  await publish(ctx, 'meetings.closed', subjectOf(meeting), { present })
  return { id: meeting.id, state: 'record_pending', version: meeting.version + 1 }
}
