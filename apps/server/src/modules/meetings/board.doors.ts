import { meetingsRefusals as refusals } from '@tongxin/contract'
import type { Ctx, Db, Tx } from '../../platform/ctx.ts'
import type { Platform } from '../../platform/platform.ts'
import { isCalled, windowOf } from './meetings.policy.ts'
import { calledOf } from './meetings.rows.ts'
import { countsOf } from './queries/attendees.queries.ts'
import { meetingById } from './queries/board.queries.ts'
import { findMeeting } from './queries/meetings.queries.ts'
import { codesOf, type MeetingCode } from './service/codes.ts'

/** What a screen in the room shows, so that people check in to the meeting itself. */
export type CheckInBoard = {
  readonly meetingId: string
  readonly title: string
  readonly opensAt: Date
  readonly closesAt: Date
  readonly called: number
  readonly present: number
  readonly codes: readonly MeetingCode[]
}

/**
 * A meeting of the caller's reach whose code may be put on a screen.
 * @throws Refusal `meetings.not_found`, `meetings.wrong_state`, `meetings.too_late`
 */
export async function meetingToShow(ctx: Ctx | Ctx<Tx>, id: string): Promise<{ title: string; closesAt: Date }> {
  const meeting = await findMeeting(ctx.db, ctx.actor, id)
  if (!meeting) throw refusals.not_found()
  if (!isCalled(meeting.state)) throw refusals.wrong_state({ state: meeting.state })
  const { closesAt } = windowOf(meeting)
  if (ctx.now >= closesAt) throw refusals.too_late({ closesAt: closesAt.toISOString() })
  return { title: meeting.title, closesAt }
}

/** For a screen that was told to show the meeting: null once nobody checks in there any more. */
export async function checkInBoard(
  server: Pick<Platform, 'vault' | 'publicOrigin'>,
  db: Db,
  asked: { readonly tenantId: string; readonly meetingId: string; readonly now: Date; readonly codes: number },
): Promise<CheckInBoard | null> {
  const { tenantId, now } = asked
  const meeting = await meetingById(db, tenantId, asked.meetingId)
  if (!meeting || !isCalled(meeting.state)) return null
  const { opensAt, closesAt } = windowOf(meeting)
  if (now >= closesAt) return null
  const counts = await countsOf(db, tenantId, meeting.id)
  return {
    meetingId: meeting.id,
    title: meeting.title,
    opensAt,
    closesAt,
    called: calledOf(counts),
    present: counts.present,
    codes: codesOf(server, meeting.id, now, asked.codes).filter(({ from }) => new Date(from) < closesAt),
  }
}
