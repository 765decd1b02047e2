import { type Endpoint, type Reply, requestRefusals } from '@tongxin/contract'
import type { Tx } from '../../../platform/ctx.ts'
import type { GroupedAsk } from '../../../platform/http.ts'
import type { Platform } from '../../../platform/platform.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { hintsOfSessions, provePersons } from '../../access/index.ts'

/** One request of a crowd whose session was proved. */
export type Proved<E extends Endpoint> = { readonly at: number; readonly ask: GroupedAsk<E>; readonly personId: string }
export type Outcome<E extends Endpoint> = Reply<E> | Error
export type CrowdCtx = { readonly db: Tx; readonly tenantId: string; readonly now: Date }

/**
 * Serves many requests of many people in one transaction a tenant: their sessions are proved in it, then `work` answers
 * for all. It runs under the whole tenant, so `work` itself holds everybody to what is the own.
 */
export async function serveCrowd<E extends Endpoint>(
  platform: Platform,
  asks: readonly GroupedAsk<E>[],
  work: (ctx: CrowdCtx, proved: readonly Proved<E>[]) => Promise<ReadonlyMap<number, Outcome<E>>>,
): Promise<Outcome<E>[]> {
  const hints = await hintsOfSessions(
    platform.pool,
    asks.map(({ sessionHash }) => sessionHash),
  )
  const hashes = asks.map(({ sessionHash }) => sessionHash.toString('hex'))
  // Whoever nobody answers for below is signed out.
  const answers: Outcome<E>[] = asks.map(() => requestRefusals.signed_out())
  const places = asks.map((_, at) => at)
  for (const [tenantId, group] of Map.groupBy(places, (at) => hints.get(hashes[at] as string)?.tenantId)) {
    if (tenantId === undefined) continue
    const { path: scope } = await tenantOf(platform.db, tenantId)
    const now = platform.clock()
    const settled = await inSystemTransaction(platform, { tenantId, scope }, async (tx) => {
      const persons = await provePersons(
        tx,
        tenantId,
        group.map((at) => (asks[at] as GroupedAsk<E>).sessionHash),
        now,
      )
      const proved = group.flatMap((at): Proved<E>[] => {
        const personId = persons.get(hashes[at] as string)
        return personId === undefined ? [] : [{ at, ask: asks[at] as GroupedAsk<E>, personId }]
      })
      return proved.length === 0 ? new Map<number, Outcome<E>>() : work({ db: tx, tenantId, now }, proved)
    })
    for (const [at, answer] of settled) answers[at] = answer
  }
  platform.wake()
  return answers
}
