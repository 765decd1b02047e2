import type { EventType, NoticeKind, NoticeLevel } from '@tongxin/contract'
import type { Db } from '../../platform/ctx.ts'
import type { Consumer, Delivered, ReactionCtx } from '../../platform/outbox.ts'
import { holdersOf } from '../access/index.ts'
import { deliver } from './notices.deliver.ts'
import { orgAt, type Receiver } from './notices.queries.ts'

type Called = Receiver & { readonly memberId: string }
type Card = { readonly id: string; readonly title: string; readonly startsAt: Date; readonly place: string | null; readonly orgId: string; readonly orgPath: string; readonly chairId: string | null; readonly recorderId: string | null; readonly cancelledReason: string | null }
/** What reactions ask of peers; wired in app.ts, because capabilities do not import each other. */
export type NoticePorts = {
  readonly meetingCard: (db: Db, tenantId: string, id: string) => Promise<Card | undefined>
  readonly calledTo: (db: Db, tenantId: string, meetingId: string, memberIds?: readonly string[] | null) => Promise<Called[]>
}

type Told = { kind: NoticeKind; level: NoticeLevel; facts: Record<string, string | number>; path: string | null; orgId: string | null; orgPath: string }

async function send(ctx: ReactionCtx, event: Delivered, told: Told, people: readonly Receiver[]): Promise<void> {
  const notice = { ...told, title: null, body: null, needsConfirm: false, confirmBy: null, sourceKey: `${event.id}/${told.kind}`, sentBy: event.actorId }
  await deliver(ctx.db, { tenantId: ctx.tenantId, now: event.at, actorId: event.actorId }, notice, people)
}

const OFFICERS = ['branch_secretary', 'branch_officer', 'committee_admin', 'party_worker']
const officersAt = (ctx: ReactionCtx, paths: readonly string[]) => holdersOf(ctx.db, ctx.tenantId, paths, OFFICERS, ctx.now)
/** `r00.001.002` and everything above it. */
const upwards = (path: string): string[] => path.split('.').map((_, at, labels) => labels.slice(0, at + 1).join('.'))

/** Reactions to the life of a meeting. `people` picks who is told. */
function meetingReactions(ports: NoticePorts): Consumer['on'] {
  type Pick = (ctx: ReactionCtx, card: Card) => Promise<readonly Receiver[]>
  const everyone: Pick = (ctx, card) => ports.calledTo(ctx.db, ctx.tenantId, card.id)
  const officers: Pick = (ctx, card) => officersAt(ctx, [card.orgPath])
  const signers: Pick = async (ctx, card) => {
    const ids = [card.chairId, card.recorderId].filter((id) => id !== null)
    return [...(ids.length > 0 ? await ports.calledTo(ctx.db, ctx.tenantId, card.id, ids) : []), ...(await officers(ctx, card))]
  }
  const tell = async (ctx: ReactionCtx, event: Delivered, kind: NoticeKind, level: NoticeLevel, pick: Pick, more: Record<string, string | number> = {}) => {
    const card = event.subjectId ? await ports.meetingCard(ctx.db, ctx.tenantId, event.subjectId) : undefined
    if (!card) return
    const facts = { title: card.title, startsAt: card.startsAt.toISOString(), place: card.place ?? '', ...more }
    await send(ctx, event, { kind, level, facts, path: `/meetings/${card.id}`, orgId: card.orgId, orgPath: card.orgPath }, await pick(ctx, card))
  }
  const oneOf = (memberId: string): Pick => (ctx, card) => ports.calledTo(ctx.db, ctx.tenantId, card.id, [memberId])
  return {
    'meetings.convened': (ctx, event) => tell(ctx, event, 'meeting_convened', 'important', everyone),
    'meetings.changed': async (ctx, event) => {
      if (event.payload.wasCalled && event.payload.fields.length > 0) await tell(ctx, event, 'meeting_changed', 'important', everyone)
    },
    'meetings.cancelled': async (ctx, event) => {
      if (!event.payload.wasCalled) return
      const card = event.subjectId ? await ports.meetingCard(ctx.db, ctx.tenantId, event.subjectId) : undefined
      await tell(ctx, event, 'meeting_cancelled', 'urgent', everyone, { reason: card?.cancelledReason ?? '' })
    },
    'meetings.reminder_due': (ctx, event) => tell(ctx, event, 'meeting_reminder', event.payload.step === '1h' ? 'important' : 'normal', everyone, { step: event.payload.step }),
    'meetings.answered': async (ctx, event) => {
      if (event.payload.answer !== 'leave_asked' || !event.subjectId) return
      const [who] = await ports.calledTo(ctx.db, ctx.tenantId, event.subjectId, [event.payload.memberId])
      await tell(ctx, event, 'leave_asked', 'normal', officers, { name: who?.name ?? '' })
    },
    'meetings.leave_decided': (ctx, event) => tell(ctx, event, event.payload.isGranted ? 'leave_approved' : 'leave_refused', 'important', oneOf(event.payload.memberId)),
    'meetings.record_submitted': (ctx, event) => tell(ctx, event, 'record_to_sign', 'important', signers),
    'meetings.filing_due': (ctx, event) => tell(ctx, event, 'record_unfiled', event.payload.days >= 7 ? 'important' : 'normal', signers, { days: event.payload.days }),
    'meetings.kinds_missing': async (ctx, event) => {
      const org = await orgAt(ctx.db, ctx.tenantId, event.orgPath)
      const facts = { org: org?.name ?? '', period: event.payload.period, kinds: event.payload.kinds.join(',') }
      await send(ctx, event, { kind: 'kinds_missing', level: 'important', facts, path: '/meetings/ledger', orgId: org?.id ?? null, orgPath: event.orgPath }, await officersAt(ctx, [event.orgPath]))
    },
  }
}

const person = (personId: string): Receiver => ({ personId, name: '' })

/** Facts of the kernel that someone waits for. The person is named by the event; words never carry personal data. */
function kernelReactions(): Consumer['on'] {
  const about = async <T extends EventType>(ctx: ReactionCtx, event: Delivered<T>, kind: NoticeKind, level: NoticeLevel, people: readonly Receiver[]) => {
    const org = await orgAt(ctx.db, ctx.tenantId, event.orgPath)
    await send(ctx, event as unknown as Delivered, { kind, level, facts: { org: org?.name ?? '' }, path: null, orgId: org?.id ?? null, orgPath: event.orgPath }, people)
  }
  return {
    'members.reviewed': async (ctx, event) => {
      const { verdict, step, makerId } = event.payload
      if (verdict === 'returned') await about(ctx, event, 'change_returned', 'important', [person(makerId)])
      else if (step.startsWith('second')) await about(ctx, event, 'change_approved', 'normal', [person(makerId)])
    },
    'imports.submitted': async (ctx, event) => {
      const approvers = await holdersOf(ctx.db, ctx.tenantId, upwards(event.orgPath), ['committee_admin'], ctx.now)
      await about(ctx, event, 'import_waiting', 'important', approvers.filter(({ personId }) => personId !== event.actorId))
    },
    'imports.returned': (ctx, event) => about(ctx, event, 'import_returned', 'important', [person(event.payload.makerId)]),
    'access.recovery_started': async (ctx, event) => {
      if (event.personId) await about(ctx, event, 'recovery_started', 'urgent', [person(event.personId)])
    },
    'access.password_reset': async (ctx, event) => {
      if (event.personId) await about(ctx, event, 'password_reset', 'urgent', [person(event.personId)])
    },
  }
}

export const noticesConsumer = (ports: NoticePorts): Consumer => ({ name: 'notices', on: { ...meetingReactions(ports), ...kernelReactions() } })
