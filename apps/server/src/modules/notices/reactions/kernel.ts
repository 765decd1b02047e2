import type { EventType, NoticeKind, NoticeLevel } from '@tongxin/contract'
import type { Consumer, Delivered, ReactionCtx } from '../../../platform/outbox.ts'
import { pathsAlong } from '../../../platform/scope.ts'
import { holdersOf } from '../../access/index.ts'
import { orgAt, type Receiver } from '../queries/notices.queries.ts'
import { person, send } from './send.ts'

/** Facts of the kernel that someone waits for. The person is named by the event; words never carry personal data. */
export function kernelReactions(): Consumer['on'] {
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
      if (verdict === 'return') await about(ctx, event, 'change_returned', 'important', [person(makerId)])
      else if (step === 'second') await about(ctx, event, 'change_approved', 'normal', [person(makerId)])
    },
    'members.error_handled': async (ctx, event) => {
      const { handling } = event.payload
      if (event.personId === null || handling === 'none') return
      const isNotice = handling === 'notice'
      const [kind, level] = isNotice
        ? (['error_notice', 'important'] as const)
        : (['error_reminder', 'normal'] as const)
      await about(ctx, event, kind, level, [person(event.personId)])
    },
    'members.error_decided': async (ctx, event) => {
      if (event.personId) await about(ctx, event, 'error_decided', 'important', [person(event.personId)])
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
