import type { NoticeKind } from '@tongxin/contract'
import type { Consumer, Delivered, ReactionCtx } from '../../../platform/outbox.ts'
import { orgAt } from '../queries/notices.queries.ts'
import { officersAt, person, send } from './send.ts'

/** What the person hears of the own transfer, and the officers of both branches of one that did not land. */
export function transferReactions(): Consumer['on'] {
  const tell = async (
    ctx: ReactionCtx,
    event: Delivered,
    kind: NoticeKind,
    facts: Record<string, string>,
    officersOf: readonly (string | null | undefined)[],
  ) => {
    const org = await orgAt(ctx.db, ctx.tenantId, event.orgPath)
    const told = { kind, level: 'important', facts, path: '/transfers', orgId: org?.id ?? null } as const
    const paths = officersOf.filter((path) => typeof path === 'string')
    const people = paths.length > 0 ? await officersAt(ctx, paths) : []
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
        [],
      ),
    'transfers.received': (ctx, event) => tell(ctx, event as never, 'transfer_received', { on: event.payload.on }, []),
    'transfers.returned': (ctx, event) => tell(ctx, event as never, 'transfer_returned', {}, [event.orgPath]),
    'transfers.expired': (ctx, event) =>
      tell(ctx, event as never, 'transfer_expired', { number: event.payload.number, until: event.payload.validUntil }, [
        event.orgPath,
        event.payload.toPath,
      ]),
  }
}
