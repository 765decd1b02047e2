import type { Channel, Secrecy, VoteResult } from '@tongxin/domain'
import type { Ctx, Db, Tx } from '../../platform/ctx.ts'
import * as rolls from './queries/roll.queries.ts'
import * as q from './queries/votes.queries.ts'
import { resultQuestions } from './service/count.ts'

/** What capabilities that hold votes ask; they name a vote of their own record, which they have shown to be theirs. */

/** Whether a vote was given up, so that its question may be decided otherwise. */
export async function isVoteCancelled(ctx: Ctx | Ctx<Tx>, voteId: string): Promise<boolean> {
  return (await q.voteById(ctx.db, ctx.actor.tenantId, voteId))?.state === 'cancelled'
}

/** The counts of a vote, or null before it is counted: there are no interim results by any way. */
export async function voteResultOf(ctx: Ctx | Ctx<Tx>, voteId: string): Promise<VoteResult | null> {
  const vote = await q.voteById(ctx.db, ctx.actor.tenantId, voteId)
  if (!vote?.result) return null
  const { shouldAttend, present } = vote.result
  return { voteId, shouldAttend, present, questions: resultQuestions(vote.result) }
}

/** A vote as somebody shows it to others: only whoever is on its roll may. It opens for whoever is on the roll too. */
export async function voteCard(ctx: Ctx | Ctx<Tx>, voteId: string): Promise<{ id: string; title: string } | undefined> {
  if (!(await rolls.ownRow(ctx.db, ctx.actor, voteId))) return undefined
  const vote = await q.voteById(ctx.db, ctx.actor.tenantId, voteId)
  return vote && { id: vote.id, title: vote.title }
}

type Electorate = {
  readonly title: string
  readonly orgId: string
  readonly orgPath: string
  readonly secrecy: Secrecy
  readonly channel: Channel
  readonly people: readonly { readonly personId: string; readonly name: string; readonly way: rolls.Way | null }[]
}

/** For notices: who of the roll has an account, and which way was taken; who has cast is known to nobody. */
export async function electorateOf(db: Db, tenantId: string, voteId: string): Promise<Electorate | undefined> {
  const vote = await q.voteById(db, tenantId, voteId)
  if (!vote) return undefined
  const roll = await rolls.wholeRoll(db, tenantId, voteId)
  return {
    title: vote.title,
    orgId: vote.orgId,
    orgPath: vote.orgPath,
    secrecy: vote.secrecy,
    channel: vote.channel,
    people: roll.flatMap(({ personId, name, way }) => (personId === null ? [] : [{ personId, name, way }])),
  }
}
