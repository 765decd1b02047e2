import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId } from '../../platform/events.ts'
import { insertSteps } from './queries/steps.queries.ts'
import type { Transfer } from './queries/transfers.queries.ts'

/** Steps that the other side may see: what the letter says and what became of it. */
const SHARED = new Set(['issue', 'receive', 'return', 'revoke', 'report', 'expire', 'renew'])

type Told = { readonly on?: string | null; readonly note?: string | null }

/** Writes down what was done with a transfer. Revoking an unsent letter is nobody else's business. */
export async function note(
  ctx: Pick<Ctx<Tx>, 'db' | 'actor' | 'now'>,
  one: Pick<Transfer, 'id' | 'orgPath' | 'toPath' | 'personId' | 'issuedOn'>,
  act: string,
  { on = null, note: words = null }: Told = {},
): Promise<void> {
  const isShared = SHARED.has(act) && (act !== 'revoke' || one.issuedOn !== null)
  await insertSteps(
    ctx.db,
    ctx.actor.tenantId,
    [
      {
        id: newId(ctx),
        transferId: one.id,
        orgPath: one.orgPath,
        toPath: one.toPath,
        personId: one.personId,
        act,
        side: isShared ? 'both' : 'sending',
        on,
        note: words,
        madeBy: ctx.actor.personId,
      },
    ],
    ctx.now,
  )
}
