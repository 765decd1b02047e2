import { meetingsRefusals as refusals } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import * as q from '../queries/meetings.queries.ts'

export const subjectOf = (meeting: { id: string; orgPath: string }) => ({
  kind: 'meeting',
  id: meeting.id,
  orgPath: meeting.orgPath,
})

/** The meeting of the scope, locked; someone else's meeting looks the same as none. */
export async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Meeting> {
  const meeting = await q.lockMeeting(ctx.db, ctx.actor, id)
  if (!meeting) throw refusals.not_found()
  return meeting
}
