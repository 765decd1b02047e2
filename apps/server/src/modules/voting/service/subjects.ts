import { votingRefusals as refusals } from '@tongxin/contract'
import type { Actor, Ctx, Db, Tx } from '../../../platform/ctx.ts'
import * as rolls from '../queries/roll.queries.ts'
import * as q from '../queries/votes.queries.ts'

export const subjectOf = (vote: Pick<q.Vote, 'id' | 'orgPath'>) => ({
  kind: 'vote',
  id: vote.id,
  orgPath: vote.orgPath,
})
/** What every reactor needs to know whose vote it was. */
export const aboutOf = (vote: Pick<q.Vote, 'id' | 'subjectKind' | 'subjectId'>) => ({
  voteId: vote.id,
  subjectKind: vote.subjectKind,
  subjectId: vote.subjectId,
})
export const placeOf = (vote: Pick<q.Vote, 'id' | 'tenantId' | 'orgPath'>) => ({
  tenantId: vote.tenantId,
  voteId: vote.id,
  orgPath: vote.orgPath,
})

/** @throws Refusal `voting.not_found` */
export async function demandVote(db: Db, actor: Actor, id: string): Promise<q.Vote> {
  const vote = await q.findVote(db, actor, id)
  if (!vote) throw refusals.not_found()
  return vote
}

/** The vote locked, in one of these states. @throws Refusal `voting.not_found`, `voting.wrong_state` */
export async function demandLocked(
  tx: Tx,
  actor: Actor,
  id: string,
  states: readonly q.Vote['state'][] | null = null,
): Promise<q.Vote> {
  const vote = await q.lockVote(tx, actor, id)
  if (!vote) throw refusals.not_found()
  if (states && !states.includes(vote.state)) throw refusals.wrong_state({ state: vote.state })
  return vote
}

/**
 * A vote with the caller's row of its roll. @throws Refusal `voting.not_found` to whoever is not on it, and before the
 * vote is announced
 */
export async function entitled(
  ctx: Ctx | Ctx<Tx>,
  voteId: string,
): Promise<{ readonly vote: q.Vote; readonly voter: rolls.RollRow }> {
  const voter = await rolls.ownRow(ctx.db, ctx.actor, voteId)
  const vote = voter && (await q.voteById(ctx.db, ctx.actor.tenantId, voteId))
  if (!vote || !voter || vote.state === 'prepared' || vote.state === 'keyed') throw refusals.not_found()
  return { vote, voter }
}
