import { base64url, bytesOf, nameId, nameSalt } from '@tongxin/ballot'
import {
  type Input,
  type listVoteNames as namesContract,
  type Reply,
  votingRefusals as refusals,
} from '@tongxin/contract'
import { LRUCache } from 'lru-cache'
import type { Ctx, Db } from '../../../platform/ctx.ts'
import type { Platform } from '../../../platform/platform.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import * as asked from '../queries/questions.queries.ts'
import * as rolls from '../queries/roll.queries.ts'
import type * as q from '../queries/votes.queries.ts'
import { isSealed } from '../voting.policy.ts'
import { entitled } from './subjects.ts'

type Name = Reply<typeof namesContract>['rows'][number]

/** How the configuration calls somebody of the roll, and what lets the electorate hold the name against it. */
export function nameOf({ name, salt }: Pick<rolls.RollRow, 'name' | 'salt'>): Name {
  const own = nameSalt(bytesOf(salt))
  return { id: nameId({ name, salt: own }), name, salt: base64url(own) }
}

/** Ids of those written in, as ballots have them, and their member ids. */
export async function namedMembers(db: Db, vote: q.Vote): Promise<ReadonlyMap<string, string>> {
  const questions = await asked.questionsOf(db, vote.tenantId, vote.id)
  if (!questions.some(({ writeIn }) => writeIn)) return new Map()
  const roll = await rolls.wholeRoll(db, vote.tenantId, vote.id)
  return new Map(roll.map((row) => [nameOf(row).id, row.memberId]))
}

// Frozen with the roll, and asked for by every voter in the same minutes.
const known = new LRUCache<string, Name[]>({ max: 50, ttl: 600_000 })

/** Names of those who may be written in, for whoever is on the roll: the plan itself names nobody. */
export const listNames =
  (platform: Platform) =>
  async (ctx: Ctx, { params }: Input<typeof namesContract>): Promise<Reply<typeof namesContract>> => {
    const { vote } = await entitled(ctx, params.id)
    if (!isSealed(vote) || vote.electionId === null) throw refusals.not_secret()
    const kept = known.get(vote.electionId)
    if (kept) return { rows: kept }
    const questions = await asked.questionsOf(ctx.db, vote.tenantId, vote.id)
    // A voter's own rights reach her own row of the roll only.
    const rows = questions.some(({ writeIn }) => writeIn)
      ? await inSystemTransaction(platform, { tenantId: vote.tenantId, scope: vote.orgPath }, async (tx) =>
          (await rolls.wholeRoll(tx, vote.tenantId, vote.id)).map(nameOf),
        )
      : []
    known.set(vote.electionId, rows)
    return { rows }
  }
