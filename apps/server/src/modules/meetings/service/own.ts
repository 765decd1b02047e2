import { createHash, randomBytes } from 'node:crypto'
import {
  type askLeave,
  type confirmMeeting,
  type Input,
  type listOwnMeetings,
  type makeFeed,
  type noteMeetingRead,
  type Reply,
  type readCalendar,
  type readFeed,
  meetingsRefusals as refusals,
} from '@tongxin/contract'
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Ctx, PublicCtx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import type { Platform } from '../../../platform/platform.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { dutiesOfPerson } from '../../access/index.ts'
import { calendarDeadlines } from '../../deadlines/index.ts'
import { isCalled, windowOf } from '../meetings.policy.ts'
import { checkInOf } from '../meetings.rows.ts'
import * as people from '../queries/attendees.queries.ts'
import * as meetings from '../queries/meetings.queries.ts'
import * as q from '../queries/own.queries.ts'
import { subjectOf } from './locked.ts'

export async function list(ctx: Ctx, { query }: Input<typeof listOwnMeetings>): Promise<Reply<typeof listOwnMeetings>> {
  const when = query.when ?? 'coming'
  const usual = when === 'coming' ? 'startsAt' : '-startsAt'
  const keyset = keysetOf(query, { startsAt: 'm.starts_at' }, usual)
  const found = await q.ownMeetings(ctx.db, ctx.actor, when, ctx.now, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: row.startsAt.toISOString(),
    id: row.id,
  }))
  return {
    rows: rows.map((row) => {
      const { opensAt, closesAt, leaveUntil } = windowOf(row)
      return {
        id: row.id,
        title: row.title,
        orgName: row.orgName,
        kinds: row.kinds,
        state: row.state,
        startsAt: row.startsAt.toISOString(),
        endsAt: row.endsAt.toISOString(),
        place: row.place,
        part: row.part,
        answer: row.answer,
        checkIn: checkInOf(row),
        opensAt: opensAt.toISOString(),
        closesAt: closesAt.toISOString(),
        leaveUntil: leaveUntil.toISOString(),
      }
    }),
    next,
    total: null,
  }
}

/** The meeting and the caller's own place in it, or the same refusal whether it exists or not. */
async function own(ctx: Ctx<Tx>, id: string): Promise<{ meeting: meetings.Meeting; attendee: people.Attendee }> {
  const { tenantId, personId } = ctx.actor
  const meeting = await meetings.findCalledMeeting(ctx.db, tenantId, personId, id)
  const attendee = meeting && (await people.findAttendee(ctx.db, tenantId, id, { personId }))
  if (!meeting || !attendee || meeting.state === 'planned') throw refusals.not_found()
  return { meeting, attendee }
}

export async function noteRead(
  ctx: Ctx<Tx>,
  { params }: Input<typeof noteMeetingRead>,
): Promise<Reply<typeof noteMeetingRead>> {
  const { meeting, attendee } = await own(ctx, params.id)
  const readAt = await people.setRead(ctx.db, ctx.actor.tenantId, meeting.id, ctx.actor.personId, ctx.now)
  if (!attendee.readAt)
    await publish(
      ctx,
      'meetings.invitation_read',
      { ...subjectOf(meeting), personId: ctx.actor.personId },
      { memberId: attendee.memberId },
    )
  return { readAt: (readAt ?? ctx.now).toISOString() }
}

export async function confirm(
  ctx: Ctx<Tx>,
  { params }: Input<typeof confirmMeeting>,
): Promise<Reply<typeof confirmMeeting>> {
  const { meeting, attendee } = await own(ctx, params.id)
  if (!isCalled(meeting.state) || ctx.now > meeting.endsAt) throw refusals.wrong_state({ state: meeting.state })
  if (attendee.part === 'left_out') throw refusals.left_out()
  const done = await people.setAnswer(
    ctx.db,
    ctx.actor.tenantId,
    meeting.id,
    attendee.memberId,
    ['none', 'leave_asked', 'leave_refused', 'leave_approved'],
    { answer: 'confirmed', answered_at: ctx.now, leave_reason: null },
  )
  if (done)
    await publish(
      ctx,
      'meetings.answered',
      { ...subjectOf(meeting), personId: ctx.actor.personId },
      { memberId: attendee.memberId, answer: 'confirmed' },
    )
  return { answer: 'confirmed' }
}

export async function ask(ctx: Ctx<Tx>, { params, body }: Input<typeof askLeave>): Promise<Reply<typeof askLeave>> {
  const { meeting, attendee } = await own(ctx, params.id)
  if (meeting.state !== 'noticed' && meeting.state !== 'in_progress')
    throw refusals.wrong_state({ state: meeting.state })
  if (attendee.part === 'left_out') throw refusals.left_out()
  if (attendee.ordinal !== null && attendee.struckReason === null) throw refusals.already_here()
  const { leaveUntil } = windowOf(meeting)
  if (ctx.now > leaveUntil)
    throw refusals.leave_too_late({ until: leaveUntil.toISOString(), minutes: meeting.leaveBefore })
  const change = {
    answer: 'leave_asked' as const,
    answered_at: ctx.now,
    leave_reason: body.reason.trim(),
    leave_note: null,
    leave_decided_by: null,
  }
  // An approved leave stays approved; a refused one may be asked again with a better reason.
  const done = await people.setAnswer(
    ctx.db,
    ctx.actor.tenantId,
    meeting.id,
    attendee.memberId,
    ['none', 'confirmed', 'leave_asked', 'leave_refused'],
    change,
  )
  if (!done) return { answer: 'leave_approved' }
  await publish(
    ctx,
    'meetings.answered',
    { ...subjectOf(meeting), personId: ctx.actor.personId },
    { memberId: attendee.memberId, answer: 'leave_asked' },
  )
  return { answer: 'leave_asked' }
}

const secretHash = (secret: string): Buffer => createHash('sha256').update(`calendar/${secret}`).digest()

export async function showFeed(ctx: Ctx): Promise<Reply<typeof readFeed>> {
  return { madeAt: (await q.feedOf(ctx.db, ctx.actor))?.toISOString() ?? null }
}

export const newFeed =
  (publicOrigin: string) =>
  async (ctx: Ctx<Tx>): Promise<Reply<typeof makeFeed>> => {
    const secret = randomBytes(32).toString('base64url')
    await q.insertFeed(ctx.db, ctx.actor, secretHash(secret), ctx.now)
    await publish(
      ctx,
      'meetings.feed_made',
      { kind: 'person', id: ctx.actor.personId, orgPath: ctx.actor.scope, personId: ctx.actor.personId },
      {},
    )
    return { url: `${publicOrigin}/api/v1/calendar/${secret}.ics` }
  }

export async function stopFeed(ctx: Ctx<Tx>): Promise<Record<string, never>> {
  if (!(await q.removeFeed(ctx.db, ctx.actor))) throw refusals.no_feed()
  await publish(
    ctx,
    'meetings.feed_ended',
    { kind: 'person', id: ctx.actor.personId, orgPath: ctx.actor.scope, personId: ctx.actor.personId },
    {},
  )
  return {}
}

const HALF_YEAR_MS = 183 * 86_400_000

/** Whoever knows the secret reads titles, times and places of meetings and what is due, nothing else. A wrong secret is not told from an ended one. */
export const calendar =
  (platform: Platform) =>
  async (ctx: PublicCtx, { params }: Input<typeof readCalendar>): Promise<Reply<typeof readCalendar>> => {
    const owner = await q.ownerOfFeed(ctx.db, secretHash(params.file.slice(0, -'.ics'.length)))
    if (!owner) throw refusals.no_feed()
    const { path: scope } = await tenantOf(ctx.db, owner.tenantId)
    const { meetings: rows, deadlines } = await inSystemTransaction(
      platform,
      { tenantId: owner.tenantId, scope, personId: owner.personId },
      async (tx) => {
        const posts = await dutiesOfPerson(tx, owner.tenantId, owner.personId, ctx.now)
        return {
          meetings: await q.calendarOf(tx, owner.tenantId, owner.personId, new Date(ctx.now.getTime() - HALF_YEAR_MS)),
          deadlines: await calendarDeadlines(tx, { ...owner, posts }, ctx.now),
        }
      },
    )
    const feed = ical({
      name: '同心',
      prodId: { company: 'Tongxin', product: 'Meetings', language: 'ZH' },
      method: ICalCalendarMethod.PUBLISH,
      ttl: 3600,
    })
    for (const row of rows) {
      feed.createEvent({
        id: `${row.id}@tongxin`,
        start: row.startsAt,
        end: row.endsAt,
        stamp: row.updatedAt,
        summary: row.title,
        location: row.place,
        url: row.onlineUrl,
        sequence: row.version,
        status: row.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      })
    }
    for (const { id, title, onDay, isOverdue, updatedAt } of deadlines) {
      feed.createEvent({
        id: `${id}@tongxin`,
        start: new Date(`${onDay}T00:00:00Z`),
        allDay: true,
        stamp: updatedAt,
        summary: isOverdue ? `【超期】${title}` : title,
      })
    }
    const text = feed.toString()
    return { fileName: 'tongxin.ics', make: async () => Buffer.from(text) }
  }
