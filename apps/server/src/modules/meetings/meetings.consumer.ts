import { todayOf } from '../../platform/clock.ts'
import type { Consumer, ReactionCtx } from '../../platform/outbox.ts'
import { placesOfMeeting, rebuildHeldSums, recountHeld } from './queries/held.queries.ts'

/** Keeps the rollup of what was held, for the meeting's own branch and those that hold it together. */
async function recount({ db, tenantId }: ReactionCtx, meetingId: string | null): Promise<void> {
  const found = meetingId === null ? null : await placesOfMeeting(db, tenantId, meetingId)
  if (!found) return
  for (const place of found.places) await recountHeld(db, tenantId, place, found.day)
}

/** Sums above a branch change when the tree does: those of this year and the year before, which people still look at. */
async function rebuild({ db, tenantId, now }: ReactionCtx): Promise<void> {
  const year = Number(todayOf(now).slice(0, 4))
  for (const one of [year - 1, year]) await rebuildHeldSums(db, tenantId, one)
}

export const meetingsConsumer: Consumer = {
  name: 'meetings',
  on: {
    'meetings.opened': (ctx, event) => recount(ctx, event.subjectId),
    'meetings.closed': (ctx, event) => recount(ctx, event.subjectId),
    'meetings.cancelled': (ctx, event) => recount(ctx, event.subjectId),
    'meetings.joint_answered': (ctx, event) => recount(ctx, event.payload.meetingId),
    'org.moved': rebuild,
    'org.merged': rebuild,
    'org.dissolved': rebuild,
  },
}
