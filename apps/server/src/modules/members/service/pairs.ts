import {
  type dismissPair as dismissContract,
  type Input,
  type listPairs as listContract,
  mergeRefusals,
  type PairRow,
  type Reply,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import * as q from '../queries/pairs.queries.ts'

const CHUNK = 500

/** The nearest organisation above two paths. */
function commonPath(one: string, other: string): string {
  const [a, b] = [one.split('.'), other.split('.')]
  const differs = a.findIndex((label, at) => label !== b[at])
  return differs < 0 ? one : a.slice(0, differs).join('.')
}

/**
 * Looks for pairs that may be one person and keeps the list in step: of one record, of an import, or of the whole
 * tenant. Returns how many were found.
 */
export async function searchPairs(
  ctx: { readonly db: Tx; readonly now: Date; readonly tenantId: string },
  of: q.PairsOf,
): Promise<number> {
  const found = await q.findPairs(ctx.db, ctx.tenantId, of)
  if (of === null || 'memberId' in of)
    await q.removeUnfound(ctx.db, ctx.tenantId, of === null ? null : of.memberId, found)
  const rows = found.map(({ a, b, aPath, bPath, signs }) => ({
    id: newId(ctx),
    a,
    b,
    path: commonPath(aPath, bPath),
    signs,
    at: ctx.now,
  }))
  for (let from = 0; from < rows.length; from += CHUNK)
    await q.upsertPairs(ctx.db, ctx.tenantId, rows.slice(from, from + CHUNK))
  return rows.length
}

/** Pairs that are not settled yet, of which both records lie in the caller's reach. */
export async function listPairs(ctx: Ctx, { query }: Input<typeof listContract>): Promise<Reply<typeof listContract>> {
  const keyset = keysetOf(query, { found: 'p.found_at' }, '-found')
  const found = await q.listPairs(ctx.db, ctx.actor, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.foundAt.toISOString(), id: row.id }))
  return {
    rows: rows.map((row) => ({
      id: row.id,
      signs: row.signs as PairRow['signs'],
      foundAt: row.foundAt.toISOString(),
      a: {
        id: row.aId,
        name: row.aName,
        memberNo: row.aNo,
        orgName: row.aOrg ?? '',
        category: row.aCategory as PairRow['a']['category'],
        bornOn: row.aBorn,
        completeness: row.aComplete,
      },
      b: {
        id: row.bId,
        name: row.bName,
        memberNo: row.bNo,
        orgName: row.bOrg ?? '',
        category: row.bCategory as PairRow['b']['category'],
        bornOn: row.bBorn,
        completeness: row.bComplete,
      },
    })),
    next,
    total: null,
  }
}

/** Two different people who look alike: not shown again. */
export async function dismissPair(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof dismissContract>,
): Promise<Reply<typeof dismissContract>> {
  const settled = await q.setDismissed(ctx.db, ctx.actor, params.id, { at: ctx.now, reason: body.reason })
  if (!settled) throw mergeRefusals.pair_not_found()
  await publish(
    ctx,
    'members.pair_dismissed',
    { kind: 'member', id: settled.a, orgPath: settled.path },
    { pairId: params.id, memberId: settled.a, otherId: settled.b },
    { reason: body.reason },
  )
  return { id: params.id }
}
