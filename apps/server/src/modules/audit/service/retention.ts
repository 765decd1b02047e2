import type { Reply, readRetention } from '@tongxin/contract'
import { addDays, addMonths } from '@tongxin/domain/general/dates'
import { wholeParameter } from '@tongxin/domain/parameters'
import { auditLogMayDelete } from '@tongxin/domain/security/controls'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { parametersOf } from '../../settings/index.ts'
import * as q from '../audit.queries.ts'

/**
 * How long events must be kept. Removing old ones is the work of the owner of the database, by whole months; the
 * application has no right to it, so this only says what may be removed.
 */
export async function retention(ctx: Ctx): Promise<Reply<typeof readRetention>> {
  const today = todayOf(ctx.now)
  const parameters = await parametersOf(ctx.db, ctx.actor.tenantId, ctx.actor.scope)
  const months = wholeParameter(parameters, 'security.auditLogMonths', today)
  const oldest = await q.oldestEventAt(ctx.db, ctx.actor)
  const oldestOn = oldest && todayOf(oldest)
  const verdictOn = (loggedOn: string) => auditLogMayDelete({ loggedOn, today }, parameters)
  // The calendar has no inverse of "n months later", so the statute itself is asked from the last possible day back.
  let mayRemoveUntil = addDays(addMonths(today, -months), 3)
  while (!verdictOn(mayRemoveUntil).value) mayRemoveUntil = addDays(mayRemoveUntil, -1)
  return {
    months,
    ruleId: 'SEC-3',
    oldestOn,
    mayRemoveUntil,
    hasRemovable: oldestOn !== null && verdictOn(oldestOn).value === true,
  }
}
