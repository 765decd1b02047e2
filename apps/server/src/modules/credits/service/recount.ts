import { createHash } from 'node:crypto'
import {
  type applyRecount,
  type Input,
  type previewRecount,
  type Reply,
  creditsRefusals as refusals,
} from '@tongxin/contract'
import { type Credit, recount } from '@tongxin/domain'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { accountsOf, lockAccounts } from '../queries/accounts.queries.ts'
import { type Entry, standingEntries } from '../queries/entries.queries.ts'
import { parametersByPath } from './accounts.ts'
import { reversalOf, write } from './enter.ts'
import { demandYear } from './own.ts'

/** What one recount looks through at most, and what it changes at most. */
const MOST_LOOKED = 20_000
const MOST_CHANGED = 2000

type Change = { readonly entry: Entry; readonly credit: Credit | null; readonly after: number }

/** The lines of the caller's reach that the rules as they now stand would count otherwise. */
async function changesOf(ctx: Ctx | Ctx<Tx>, year: number): Promise<Change[]> {
  const { db, actor } = ctx
  const entries = actor.reach === 'self' ? [] : await standingEntries(db, actor, year, MOST_LOOKED + 1)
  if (entries.length > MOST_LOOKED) throw refusals.recount_too_many({ most: MOST_LOOKED })
  const parameters = parametersByPath(db, actor.tenantId)
  const changes: Change[] = []
  for (const entry of entries) {
    const [changed] = recount([entry], await parameters(entry.orgPath))
    if (changed) changes.push({ entry, credit: changed.credit, after: changed.after })
  }
  if (changes.length > MOST_CHANGED) throw refusals.recount_too_many({ most: MOST_CHANGED })
  return changes
}

const sumOf = (changes: readonly Change[]): number =>
  changes.reduce((total, { entry, after }) => total + after - entry.hundredths, 0)
const peopleOf = (changes: readonly Change[]): string[] =>
  [...new Set(changes.map(({ entry }) => entry.memberId))].sort()
const hashOf = (changes: readonly Change[]): string =>
  createHash('sha256')
    .update(changes.map(({ entry, after }) => `${entry.id}:${entry.hundredths}:${after}`).join('\n'))
    .digest('hex')

export async function preview(
  ctx: Ctx,
  { query }: Input<typeof previewRecount>,
): Promise<Reply<typeof previewRecount>> {
  demandYear(ctx, query.year, '/query/year')
  const changes = await changesOf(ctx, query.year)
  const names = new Map<string, { name: string; unitName: string }>()
  for (const account of await accountsOf(ctx.db, ctx.actor.tenantId, peopleOf(changes), query.year))
    names.set(account.memberId, account)
  return {
    rows: changes.slice(0, 500).map(({ entry, credit, after }) => ({
      entryId: entry.id,
      memberId: entry.memberId,
      name: names.get(entry.memberId)?.name ?? '',
      orgName: names.get(entry.memberId)?.unitName ?? '',
      on: entry.on,
      title: entry.title,
      before: entry.hundredths,
      after,
      ruleBefore: entry.rule,
      ruleAfter: credit?.rule ?? null,
    })),
    entries: changes.length,
    people: peopleOf(changes).length,
    hundredths: sumOf(changes),
    hash: hashOf(changes),
  }
}

/** Reverses each of those lines and writes it anew, in one transaction; a preview that no longer holds is refused. */
export async function apply(ctx: Ctx<Tx>, { body }: Input<typeof applyRecount>): Promise<Reply<typeof applyRecount>> {
  demandYear(ctx, body.year, '/body/year')
  const { tenantId, personId } = ctx.actor
  const people = peopleOf(await changesOf(ctx, body.year))
  await lockAccounts(ctx.db, tenantId, people, body.year)
  // Looked at again behind the locks: what was counted meanwhile belongs to another preview.
  const changes = await changesOf(ctx, body.year)
  if (hashOf(changes) !== body.hash) throw refusals.recount_stale.at('/body/hash')
  const at = { db: ctx.db, now: ctx.now, tenantId, actorId: personId }
  const reason = body.reason.trim()
  for (const { entry, credit } of changes) {
    await write(at, reversalOf(entry, reason))
    if (!credit) continue
    const { id: _, isReversed: __, at: ___, ...line } = entry
    const { rule, version: ruleVersion, hundredths } = credit
    await write(at, { ...line, rule, ruleVersion, hundredths, generation: entry.generation + 1, reason })
  }
  const told = { entries: changes.length, people: people.length, hundredths: sumOf(changes) }
  const subject = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  await publish(ctx, 'credits.recounted', subject, { year: body.year, ...told }, { reason })
  return told
}
