import type * as contract from '@tongxin/contract'
import { type Input, orgRefusals, type Reply } from '@tongxin/contract'
import type { Ctx } from '../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../platform/page.ts'
import { findUnit } from '../org/index.ts'
import type * as accounts from './queries/accounts.queries.ts'
import * as q from './queries/activation.queries.ts'

/** Batches of codes of the scope, with how many people have used theirs. */
export async function listActivations(
  ctx: Ctx,
  { query }: Input<typeof contract.listActivations>,
): Promise<Reply<typeof contract.listActivations>> {
  const keyset = keysetOf(query, { made: 'b.made_at' }, '-made')
  const found = await q.listActivations(ctx.db, ctx.actor, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: row.madeAt.toISOString(),
    id: row.id,
  }))
  return {
    rows: rows.map((row) => ({
      ...row,
      way: 'slips' as const,
      activated: row.activated ?? 0,
      madeAt: row.madeAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      printedAt: row.printedAt?.toISOString() ?? null,
    })),
    next,
    total: null,
  }
}

type AccountQuery = {
  orgId?: string
  below?: boolean

  search?: string
  state?: accounts.AccountState
  cursor?: string
  limit?: number
  sort?: string
}

async function accountPage(
  ctx: Ctx,
  query: AccountQuery,
  isWaiting: boolean,
): Promise<Reply<typeof contract.listAccounts>> {
  const unit = query.orgId ? await findUnit(ctx.db, ctx.actor, query.orgId) : undefined
  if (query.orgId && !unit) throw orgRefusals.not_found.at('/query/orgId')
  const keyset = keysetOf(query, { name: 'p.name' }, 'name')
  const filter = {
    scope: unit?.path ?? ctx.actor.scope,
    // Without an organisation chosen the whole scope is meant.
    below: unit === undefined || query.below === true,
    search: query.search ?? null,
    state: query.state ?? null,
    isWaiting,
  }
  const found = await q.listAccounts(ctx.db, ctx.actor, filter, keyset, ctx.now)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.name, id: row.personId }))
  return {
    rows: rows.map((row) => ({
      ...row,
      state: row.state as accounts.AccountState,
      activatedAt: row.activatedAt?.toISOString() ?? null,
      codeUntil: row.codeUntil?.toISOString() ?? null,
    })),
    next,
    total: null,
  }
}

export const listAccounts = (ctx: Ctx, { query }: Input<typeof contract.listAccounts>) => accountPage(ctx, query, false)
export const listNotActivated = (ctx: Ctx, { query }: Input<typeof contract.listNotActivated>) =>
  accountPage(ctx, query, true)
