import { developmentRefusals as refusals } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { type Case, lockCase } from '../queries/cases.queries.ts'

/** The case of the scope, locked, of the version that the caller has seen. */
export async function lockedCase(ctx: Ctx<Tx>, id: string): Promise<Case> {
  const one = await lockCase(ctx.db, ctx.actor, id)
  if (!one) throw refusals.not_found()
  demandVersion(ctx, one.version)
  return one
}
