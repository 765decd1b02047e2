import type { EventType, NoticeKind, NoticeLevel } from '@tongxin/contract'
import type { Db } from '../../platform/ctx.ts'
import type { Consumer, Delivered, ReactionCtx } from '../../platform/outbox.ts'
import { pathsAlong } from '../../platform/scope.ts'
import { holdersOf } from '../access/index.ts'
import { deliver } from './notices.deliver.ts'
import { orgAt, type Receiver } from './notices.queries.ts'

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
/** What reactions ask of peers; wired in app.ts, because capabilities do not import each other. */
export type NoticePorts = {
  readonly meetingCard: (db: Db, tenantId: string, id: string) => Promise<Card | undefined>
  readonly calledTo: (
    db: Db,
    tenantId: string,
    meetingId: string,
    memberIds?: readonly string[] | null,
  ) => Promise<Called[]>
}

type Told = {
  kind: NoticeKind
  level: NoticeLevel
  facts: Record<string, string | number>
  path: string | null
  orgId: string | null
  orgPath: string
}

async function send(ctx: ReactionCtx, event: Delivered, told: Told, people: readonly Receiver[]): Promise<void> {
  const notice = {
    ...told,
    title: null,
    body: null,
    needsConfirm: false,
    confirmBy: null,
    sourceKey: `${event.id}/${told.kind}`,
    sentBy: event.actorId,
  }
  await deliver(ctx.db, { tenantId: ctx.tenantId, now: event.at, actorId: event.actorId }, notice, people)
}

const OFFICERS = ['branch_secretary', 'branch_officer', 'committee_admin', 'party_worker']
const officersAt = (ctx: ReactionCtx, paths: readonly string[]) =>
  holdersOf(ctx.db, ctx.tenantId, paths, OFFICERS, ctx.now)

type Choose = (ctx: ReactionCtx, card: Card) => Promise<readonly Receiver[]>
type TellOf = (
  ctx: ReactionCtx,
  event: Delivered,
  told: { kind: NoticeKind; level: NoticeLevel; to: Choose; more?: Record<string, string | number> },
) => Promise<void>

const officers: Choose = (ctx, card) => officersAt(ctx, [card.orgPath])

/** Tells people of a meeting what the event says, with the title, time and place of the meeting. */
const tellOf =
  (ports: NoticePorts): TellOf =>
  async (ctx, event, { kind, level, to, more = {} }) => {
    const card = event.subjectId ? await ports.meetingCard(ctx.db, ctx.tenantId, event.subjectId) : undefined
    if (!card) return
    const facts = { title: card.title, startsAt: card.startsAt.toISOString(), place: card.place ?? '', ...more }
    const told = { kind, level, facts, path: `/meetings/${card.id}`, orgId: card.orgId, orgPath: card.orgPath }
    await send(ctx, event, told, await to(ctx, card))
  }

/** What those who are called hear of a meeting. */
function invitationReactions(ports: NoticePorts, tell: TellOf): Consumer['on'] {
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
function officeReactions(ports: NoticePorts, tell: TellOf): Consumer['on'] {
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

const person = (personId: string): Receiver => ({ personId, name: '' })

/** What the person hears of the own transfer, and the officers of the old branch of one that did not land. */
function transferReactions(): Consumer['on'] {
  const tell = async (
    ctx: ReactionCtx,
    event: Delivered,
    kind: NoticeKind,
    facts: Record<string, string>,
    alsoOfficers: boolean,
  ) => {
    const org = await orgAt(ctx.db, ctx.tenantId, event.orgPath)
    const told = { kind, level: 'important', facts, path: '/transfers', orgId: org?.id ?? null } as const
    const people = alsoOfficers ? await officersAt(ctx, [event.orgPath]) : []
    const concerned = event.personId ? [person(event.personId)] : []
    await send(ctx, event, { ...told, orgPath: event.orgPath }, [...concerned, ...people])
  }
  return {
    'transfers.issued': (ctx, event) =>
      tell(
        ctx,
        event as never,
        'transfer_issued',
        { number: event.payload.number, until: event.payload.validUntil },
        false,
      ),
    'transfers.received': (ctx, event) =>
      tell(ctx, event as never, 'transfer_received', { on: event.payload.on }, false),
    'transfers.returned': (ctx, event) => tell(ctx, event as never, 'transfer_returned', {}, true),
    'transfers.expired': (ctx, event) =>
      tell(
        ctx,
        event as never,
        'transfer_expired',
        { number: event.payload.number, until: event.payload.validUntil },
        true,
      ),
  }
}

/** The person hears of each stage reached; the officers of the branch of a step that was sent back. */
const developmentReactions: Consumer['on'] = {
  'development.stage_reached': async (ctx, event) => {
    if (!event.personId) return
    const org = await orgAt(ctx.db, ctx.tenantId, event.orgPath)
    const told = { kind: 'development_stage', level: 'normal', facts: { on: event.payload.on } } as const
    const at = { path: '/development', orgId: org?.id ?? null, orgPath: event.orgPath }
    await send(ctx, event, { ...told, ...at }, [person(event.personId)])
  },
  'development.step_decided': async (ctx, event) => {
    const { caseId, decision, step } = event.payload
    if (decision !== 'return') return
    const org = await orgAt(ctx.db, ctx.tenantId, event.orgPath)
    const told = { kind: 'development_returned', level: 'important', facts: { step: String(step) } } as const
    const at = { path: `/development/${caseId}`, orgId: org?.id ?? null, orgPath: event.orgPath }
    await send(ctx, event, { ...told, ...at }, await officersAt(ctx, [event.orgPath]))
  },
}

/** The day's deadlines of a person: how many are near and overdue, and the list behind them. */
const digestReaction: Consumer['on'] = {
  'deadlines.digest': async (ctx, event) => {
    if (!event.personId) return
    const { due, overdue } = event.payload
    const told = {
      kind: 'deadlines_digest',
      level: overdue > 0 ? 'important' : 'normal',
      facts: { due, overdue },
      path: '/deadlines',
      orgId: null,
      orgPath: event.orgPath,
    } as const
    await send(ctx, event, told, [person(event.personId)])
  },
}

/** Facts of the kernel that someone waits for. The person is named by the event; words never carry personal data. */
function kernelReactions(): Consumer['on'] {
  const about = async <T extends EventType>(
    ctx: ReactionCtx,
    event: Delivered<T>,
    kind: NoticeKind,
    level: NoticeLevel,
    people: readonly Receiver[],
  ) => {
    const org = await orgAt(ctx.db, ctx.tenantId, event.orgPath)
    await send(
      ctx,
      event as unknown as Delivered,
      { kind, level, facts: { org: org?.name ?? '' }, path: null, orgId: org?.id ?? null, orgPath: event.orgPath },
      people,
    )
  }
  return {
    'members.reviewed': async (ctx, event) => {
      const { verdict, step, makerId } = event.payload
      if (verdict === 'returned') await about(ctx, event, 'change_returned', 'important', [person(makerId)])
      else if (step.startsWith('second')) await about(ctx, event, 'change_approved', 'normal', [person(makerId)])
    },
    'imports.submitted': async (ctx, event) => {
      const approvers = await holdersOf(ctx.db, ctx.tenantId, pathsAlong(event.orgPath), ['committee_admin'], ctx.now)
      await about(
        ctx,
        event,
        'import_waiting',
        'important',
        approvers.filter(({ personId }) => personId !== event.actorId),
      )
    },
    'imports.returned': (ctx, event) =>
      about(ctx, event, 'import_returned', 'important', [person(event.payload.makerId)]),
    'access.recovery_started': async (ctx, event) => {
      if (event.personId) await about(ctx, event, 'recovery_started', 'urgent', [person(event.personId)])
    },
    'access.password_reset': async (ctx, event) => {
      if (event.personId) await about(ctx, event, 'password_reset', 'urgent', [person(event.personId)])
    },
  }
}

export function noticesConsumer(ports: NoticePorts): Consumer {
  const tell = tellOf(ports)
  return {
    name: 'notices',
    on: {
      ...invitationReactions(ports, tell),
      ...officeReactions(ports, tell),
      ...kernelReactions(),
      ...transferReactions(),
      ...developmentReactions,
      ...digestReaction,
    },
  }
}
