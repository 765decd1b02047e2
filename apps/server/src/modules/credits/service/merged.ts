import { yearOf } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { ReactionCtx } from '../../../platform/outbox.ts'
import type { CreditPorts } from '../credits.ports.ts'
import * as accounts from '../queries/accounts.queries.ts'
import { type Entry, linesOf } from '../queries/entries.queries.ts'
import * as persons from '../queries/people.queries.ts'
import { keepAccounts, recountUnits } from './accounts.ts'
import { reversalOf, write } from './enter.ts'

type Two = { readonly mergeId: string; readonly memberId: string; readonly goneId: string }

const MARK = 'merge '
const markOf = (mergeId: string): string => `${MARK}${mergeId}`
const ctxOf = ({ db, now, tenantId }: ReactionCtx) => ({ db, now, tenantId, actorId: null })
const sourceOf = ({ source, sourceId, year }: Entry): string => `${source}/${sourceId}/${year}`

/**
 * The place of a line among those of the same source: the next one where the earlier ones came by merges that were
 * undone. Null where the source counts already, or where people took it back, which a merge does not undo.
 */
function generationAfter(lines: readonly Entry[]): number | null {
  if (lines.length === 0) return 0
  const cameByMerge = lines.some(({ generation, reason }) => generation === 0 && reason?.startsWith(MARK))
  if (!cameByMerge || lines.some(({ isReversed }) => !isReversed)) return null
  return Math.max(...lines.map(({ generation }) => generation)) + 1
}

/** Two records were one person: what the closed one earned counts for the kept one too, each source once. */
export async function joinAccounts(
  ctx: ReactionCtx,
  ports: CreditPorts,
  { mergeId, memberId, goneId }: Two,
): Promise<void> {
  const { db, tenantId } = ctx
  const [person] = await persons.peopleOf(db, tenantId, [memberId])
  if (!person) return
  const held = Map.groupBy(await linesOf(db, tenantId, memberId), sourceOf)
  for (const entry of await linesOf(db, tenantId, goneId)) {
    const generation = entry.isReversed ? null : generationAfter(held.get(sourceOf(entry)) ?? [])
    if (generation === null) continue
    if (!(await accounts.findAccount(db, tenantId, memberId, entry.year)))
      await keepAccounts(ctx, ports, [person], entry.year)
    const { id: _, isReversed: __, at: ___, ...line } = entry
    const { personId, orgPath } = person
    await write(ctxOf(ctx), { ...line, memberId, personId, orgPath, generation, reason: markOf(mergeId) })
  }
  await noteMerged(ctx, goneId, memberId)
}

/** From now on the units count the closed account no more, or again. */
async function noteMerged(ctx: ReactionCtx, goneId: string, into: string | null): Promise<void> {
  for (const place of await accounts.setMergedInto(ctx.db, ctx.tenantId, goneId, into))
    await recountUnits(ctx, [place], place.year)
}

/** The merge was a mistake: the lines that came by it are taken back, also where a changed rule counted them anew. */
export async function partAccounts(
  ctx: ReactionCtx,
  ports: CreditPorts,
  { mergeId, memberId, goneId }: Two,
): Promise<void> {
  const { db, tenantId, now } = ctx
  const lines = await linesOf(db, tenantId, memberId)
  const came = new Set(lines.filter(({ reason }) => reason === markOf(mergeId)).map(sourceOf))
  for (const entry of lines)
    if (!entry.isReversed && came.has(sourceOf(entry))) await write(ctxOf(ctx), reversalOf(entry, markOf(mergeId)))
  await noteMerged(ctx, goneId, null)
  const people = await persons.peopleOf(db, tenantId, [goneId])
  await keepAccounts(ctx, ports, people, yearOf(todayOf(now)))
}
