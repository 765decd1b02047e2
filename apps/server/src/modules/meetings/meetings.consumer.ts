import { todayOf } from '../../platform/clock.ts'
import type { Consumer, ReactionCtx } from '../../platform/outbox.ts'
import { recordsAlong, setMissedInRow } from '../members/index.ts'
import { placesOfMeeting, rebuildHeldSums, recountHeld } from './queries/held.queries.ts'
import { expectedAt, missedInRow } from './queries/missed.queries.ts'

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

/** Counts again who has missed how many in a row, from the records alone: whatever comes twice or late says the same. */
async function recountMissed({ db, tenantId }: ReactionCtx, memberIds: readonly string[]): Promise<void> {
  if (memberIds.length === 0) return
  const called = await recordsAlong(db, tenantId, memberIds)
  await setMissedInRow(db, tenantId, await missedInRow(db, tenantId, called))
}

export const meetingsConsumer: Consumer = {
  name: 'meetings',
  on: {
    'meetings.opened': (ctx, event) => recount(ctx, event.subjectId),
    'meetings.closed': (ctx, event) => recount(ctx, event.subjectId),
    'meetings.cancelled': (ctx, event) => recount(ctx, event.subjectId),
    // Errata are words beside the record: who was there is settled once it is archived.
    'meetings.archived': async (ctx, { subjectId }) =>
      recountMissed(ctx, subjectId === null ? [] : await expectedAt(ctx.db, ctx.tenantId, subjectId)),
    'members.merged': (ctx, { payload }) => recountMissed(ctx, [payload.memberId]),
    'members.merge_undone': (ctx, { payload }) => recountMissed(ctx, [payload.memberId, payload.goneId]),
    'meetings.joint_answered': (ctx, event) => recount(ctx, event.payload.meetingId),
    'org.moved': rebuild,
    'org.merged': rebuild,
    'org.dissolved': rebuild,
  },
}
