import type { ReactionCtx } from '../../../platform/outbox.ts'
import type { CreditPorts } from '../credits.ports.ts'
import * as accounts from '../queries/accounts.queries.ts'
import { standingOf } from '../queries/entries.queries.ts'
import * as persons from '../queries/people.queries.ts'
import { keepAccounts } from './accounts.ts'
import { reversalOf, write } from './enter.ts'

type Two = { readonly mergeId: string; readonly memberId: string; readonly goneId: string }

const markOf = (mergeId: string): string => `merge ${mergeId}`
const ctxOf = ({ db, now, tenantId }: ReactionCtx) => ({ db, now, tenantId, actorId: null })

/** Two records were one person: what the closed one earned counts for the kept one too, each source once. */
export async function joinAccounts(
  ctx: ReactionCtx,
  ports: CreditPorts,
  { mergeId, memberId, goneId }: Two,
): Promise<void> {
  const [person] = await persons.peopleOf(ctx.db, ctx.tenantId, [memberId])
  if (!person) return
  for (const entry of await standingOf(ctx.db, ctx.tenantId, goneId)) {
    if (!(await accounts.findAccount(ctx.db, ctx.tenantId, memberId, entry.year)))
      await keepAccounts(ctx, ports, [person], entry.year)
    const { id: _, isReversed: __, at: ___, ...line } = entry
    const { personId, orgPath } = person
    await write(ctxOf(ctx), { ...line, memberId, personId, orgPath, generation: 0, reason: markOf(mergeId) })
  }
}

/** The merge was a mistake: the lines that came by it are taken back. */
export async function partAccounts(
  ctx: ReactionCtx,
  ports: CreditPorts,
  { mergeId, memberId, goneId }: Two,
): Promise<void> {
  for (const entry of await standingOf(ctx.db, ctx.tenantId, memberId))
    if (entry.reason === markOf(mergeId)) await write(ctxOf(ctx), reversalOf(entry, markOf(mergeId)))
  const people = await persons.peopleOf(ctx.db, ctx.tenantId, [goneId])
  await keepAccounts(ctx, ports, people, ctx.now.getUTCFullYear())
}
