import type { NoticeKind, NoticeLevel } from '@tongxin/contract'
import type { Db } from '../../../platform/ctx.ts'
import type { Consumer, Delivered, ReactionCtx } from '../../../platform/outbox.ts'
import { orgAt, type Receiver } from '../queries/notices.queries.ts'
import { officersAt, send } from './send.ts'

type Called = Receiver & { readonly memberId: string }
type Card = {
  readonly id: string
  readonly title: string
  readonly startsAt: Date
  readonly place: string | null
  readonly orgId: string
  readonly orgPath: string
  readonly chairId: string | null
  readonly recorderId: string | null
  readonly cancelledReason: string | null
}
/** What reactions ask of peers; wired in modules.ts, because capabilities do not import each other. */
export type MeetingPorts = {
  readonly meetingCard: (db: Db, tenantId: string, id: string) => Promise<Card | undefined>
  readonly calledTo: (
    db: Db,
    tenantId: string,
    meetingId: string,
    memberIds?: readonly string[] | null,
  ) => Promise<Called[]>
}

type Choose = (ctx: ReactionCtx, card: Card) => Promise<readonly Receiver[]>
type TellOf = (
  ctx: ReactionCtx,
  event: Delivered,
  told: { kind: NoticeKind; level: NoticeLevel; to: Choose; more?: Record<string, string | number> },
) => Promise<void>

const officers: Choose = (ctx, card) => officersAt(ctx, [card.orgPath])

/** Tells people of a meeting what the event says, with the title, time and place of the meeting. */
const tellOf =
  (ports: MeetingPorts): TellOf =>
  async (ctx, event, { kind, level, to, more = {} }) => {
    const card = event.subjectId ? await ports.meetingCard(ctx.db, ctx.tenantId, event.subjectId) : undefined
    if (!card) return
    const facts = { title: card.title, startsAt: card.startsAt.toISOString(), place: card.place ?? '', ...more }
    const told = { kind, level, facts, path: `/meetings/${card.id}`, orgId: card.orgId, orgPath: card.orgPath }
    await send(ctx, event, told, await to(ctx, card))
  }

/** What those who are called hear of a meeting. */
function invitationReactions(ports: MeetingPorts, tell: TellOf): Consumer['on'] {
  const everyone: Choose = (ctx, card) => ports.calledTo(ctx.db, ctx.tenantId, card.id)
  return {
    'meetings.convened': (ctx, event) =>
      tell(ctx, event, { kind: 'meeting_convened', level: 'important', to: everyone }),
    'meetings.changed': async (ctx, event) => {
      if (!event.payload.wasCalled || event.payload.fields.length === 0) return
      await tell(ctx, event, { kind: 'meeting_changed', level: 'important', to: everyone })
    },
    'meetings.cancelled': async (ctx, event) => {
      if (!event.payload.wasCalled) return
      const card = event.subjectId ? await ports.meetingCard(ctx.db, ctx.tenantId, event.subjectId) : undefined
      const more = { reason: card?.cancelledReason ?? '' }
      await tell(ctx, event, { kind: 'meeting_cancelled', level: 'urgent', to: everyone, more })
    },
    'meetings.reminder_due': async (ctx, event) => {
      const { step } = event.payload
      const level = step === '1h' ? 'important' : 'normal'
      await tell(ctx, event, { kind: 'meeting_reminder', level, to: everyone, more: { step } })
    },
    'meetings.leave_decided': async (ctx, event) => {
      const { memberId, isGranted } = event.payload
      const to: Choose = (at, card) => ports.calledTo(at.db, at.tenantId, card.id, [memberId])
      await tell(ctx, event, { kind: isGranted ? 'leave_approved' : 'leave_refused', level: 'important', to })
    },
  }
}

/** What the officers, the chair and the recorder hear of a meeting. */
function officeReactions(ports: MeetingPorts, tell: TellOf): Consumer['on'] {
  const signers: Choose = async (ctx, card) => {
    const ids = [card.chairId, card.recorderId].filter((id) => id !== null)
    const named = ids.length > 0 ? await ports.calledTo(ctx.db, ctx.tenantId, card.id, ids) : []
    return [...named, ...(await officers(ctx, card))]
  }
  return {
    'meetings.answered': async (ctx, event) => {
      if (event.payload.answer !== 'leave_asked' || !event.subjectId) return
      const [who] = await ports.calledTo(ctx.db, ctx.tenantId, event.subjectId, [event.payload.memberId])
      await tell(ctx, event, { kind: 'leave_asked', level: 'normal', to: officers, more: { name: who?.name ?? '' } })
    },
    'meetings.record_submitted': (ctx, event) =>
      tell(ctx, event, { kind: 'record_to_sign', level: 'important', to: signers }),
    'meetings.filing_due': async (ctx, event) => {
      const { days } = event.payload
      await tell(ctx, event, {
        kind: 'record_unfiled',
        level: days >= 7 ? 'important' : 'normal',
        to: signers,
        more: { days },
      })
    },
    'meetings.kinds_missing': async (ctx, event) => {
      const { orgPath } = event
      const org = await orgAt(ctx.db, ctx.tenantId, orgPath)
      const facts = { org: org?.name ?? '', period: event.payload.period, kinds: event.payload.kinds.join(',') }
      const told = {
        kind: 'kinds_missing',
        level: 'important',
        facts,
        path: null,
        orgId: org?.id ?? null,
        orgPath,
      } as const
      await send(ctx, event, told, await officersAt(ctx, [orgPath]))
    },
  }
}

export function meetingReactions(ports: MeetingPorts): Consumer['on'] {
  const tell = tellOf(ports)
  return { ...invitationReactions(ports, tell), ...officeReactions(ports, tell) }
}
