import type { NoticeKind } from '@tongxin/contract'
import type { Consumer, Delivered, ReactionCtx } from '../../../platform/outbox.ts'
import { orgAt, type Receiver } from '../queries/notices.queries.ts'
import type { MeetingPorts } from './meetings.ts'
import { officersAt, person, send } from './send.ts'

type Told = { kind: NoticeKind; facts?: Record<string, string>; path: string; to: readonly Receiver[] }

async function tell(ctx: ReactionCtx, event: Delivered, { kind, facts = {}, path, to }: Told): Promise<void> {
  const { orgPath } = event
  const org = await orgAt(ctx.db, ctx.tenantId, orgPath)
  const told = { kind, level: 'important', facts: { org: org?.name ?? '', ...facts }, path } as const
  await send(ctx, event, { ...told, orgId: org?.id ?? null, orgPath }, to)
}

/** What comes back to those who asked: a branch that was invited, one that studied afterwards, one that proposed. */
export const replyReactions = ({ meetingCard }: MeetingPorts): Consumer['on'] => ({
  'meetings.joint_asked': async (ctx, event) => {
    const to = await officersAt(ctx, [event.orgPath])
    await tell(ctx, event as never, { kind: 'joint_asked', path: '/meetings/joint', to })
  },
  'meetings.joint_answered': async (ctx, event) => {
    const { isAccepted, meetingId } = event.payload
    const kind = isAccepted ? 'joint_accepted' : 'joint_declined'
    const to = await officersAt(ctx, [event.orgPath])
    const card = await meetingCard(ctx.db, ctx.tenantId, meetingId)
    const facts = { title: card?.title ?? '' }
    await tell(ctx, event as never, { kind, facts, path: `/meetings/${meetingId}`, to })
  },
  'meetings.study_decided': async (ctx, event) => {
    if (!event.personId || !event.subjectId) return
    const kind = event.payload.isAccepted ? 'study_accepted' : 'study_returned'
    const card = await meetingCard(ctx.db, ctx.tenantId, event.subjectId)
    const path = `/meetings/${event.subjectId}/study`
    await tell(ctx, event as never, { kind, facts: { title: card?.title ?? '' }, path, to: [person(event.personId)] })
  },
  'meetings.proposal_decided': async (ctx, event) => {
    if (!event.personId) return
    const { title, isAccepted } = event.payload
    const kind = isAccepted ? 'proposal_accepted' : 'proposal_declined'
    const to = [person(event.personId)]
    await tell(ctx, event as never, { kind, facts: { title }, path: '/meetings/proposals', to })
  },
})
