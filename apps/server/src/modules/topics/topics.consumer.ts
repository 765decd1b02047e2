import { publishAll } from '../../platform/events.ts'
import type { Consumer } from '../../platform/outbox.ts'
import { ownStanding } from '../members/index.ts'
import { unitNameOf } from '../org/index.ts'
import { setAttended } from './queries/crowd.queries.ts'
import { moveLecturer } from './queries/lecturers.queries.ts'
import { lockProposalsOf, setProposal } from './queries/proposals.queries.ts'
import { setWish, wishOfMeeting } from './queries/wishes.queries.ts'
import { askNext } from './service/proposals.ts'
import { subjectOf } from './service/shown.ts'
import type { TopicPorts } from './topics.ports.ts'

/** The next of the waiting list after a no, what became of the lesson's meeting, and people who move. */
export const topicsConsumer = ({ presentAt }: TopicPorts): Consumer => ({
  name: 'topics',
  on: {
    'topics.answered': async (ctx, { payload }) => {
      if (!payload.accepted) await askNext(ctx, payload.topicId)
    },
    'topics.lapsed': (ctx, { payload }) => askNext(ctx, payload.topicId),
    'topics.missed': (ctx, { payload }) => askNext(ctx, payload.topicId),
    'meetings.archived': async ({ db, tenantId, now }, { subjectId }) => {
      const wish = subjectId === null ? undefined : await wishOfMeeting(db, tenantId, subjectId)
      if (!wish || wish.state !== 'scheduled' || subjectId === null) return
      const completed = await setAttended(db, tenantId, wish, await presentAt(db, tenantId, subjectId), now)
      await setWish(db, tenantId, wish.id, { state: 'taught', completed, taught_at: now }, now)
      for (const one of await lockProposalsOf(db, tenantId, wish.id))
        if (one.state === 'scheduled') await setProposal(db, tenantId, one.id, { state: 'taught' }, now)
      const payload = { title: wish.title, meetingId: subjectId, completed }
      await publishAll(db, { tenantId, now }, 'topics.taught', [{ subject: subjectOf(wish), payload }])
    },
    'meetings.cancelled': async ({ db, tenantId, now }, { subjectId }) => {
      const wish = subjectId === null ? undefined : await wishOfMeeting(db, tenantId, subjectId)
      if (!wish || wish.state !== 'scheduled' || subjectId === null) return
      // Both sides still agree: the post finds another hour of the day, or says that nobody came.
      for (const one of await lockProposalsOf(db, tenantId, wish.id))
        if (one.state === 'scheduled')
          await setProposal(db, tenantId, one.id, { state: 'agreed', meeting_id: null }, now)
      await setWish(db, tenantId, wish.id, { state: 'recruiting', meeting_id: null, lesson: null }, now)
      const payload = { title: wish.title, meetingId: subjectId }
      await publishAll(db, { tenantId, now }, 'topics.unscheduled', [{ subject: subjectOf(wish), payload }])
    },
    'members.placed': async ({ db, tenantId }, { payload, personId }) => {
      if (!personId) return
      const record = await ownStanding(db, tenantId, personId)
      if (record?.memberId !== payload.memberId) return
      const unitName = (await unitNameOf(db, tenantId, record.orgId)) ?? ''
      const { memberId, orgId: unitId, orgPath } = record
      await moveLecturer(db, tenantId, { memberId, unitId, orgPath, unitName })
    },
  },
})
