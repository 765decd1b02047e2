import type { Input, Reply, readQuietHours, setQuietHours } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { QUIET } from '../notices.policy.ts'
import * as q from '../queries/notices.queries.ts'

export async function quietHours(ctx: Ctx): Promise<Reply<typeof readQuietHours>> {
  return (await q.quietHoursOf(ctx.db, ctx.actor)) ?? QUIET
}

export async function changeQuietHours(
  ctx: Ctx<Tx>,
  { body }: Input<typeof setQuietHours>,
): Promise<Reply<typeof setQuietHours>> {
  await q.setQuietHours(ctx.db, ctx.actor, body, ctx.now)
  const { personId, scope } = ctx.actor
  await publish(ctx, 'notices.preferences_set', { kind: 'person', id: personId, orgPath: scope, personId }, body)
  return body
}
