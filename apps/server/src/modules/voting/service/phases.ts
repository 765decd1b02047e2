import { canonicalText } from '@tongxin/ballot'
import {
  type advanceVote as advanceContract,
  type cancelVoteRoute as cancelContract,
  type Input,
  type Reply,
  votingRefusals as refusals,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import * as ballots from '../queries/ballots.queries.ts'
import * as asked from '../queries/questions.queries.ts'
import * as rolls from '../queries/roll.queries.ts'
import * as q from '../queries/votes.queries.ts'
import { boardKeyOf, forgetIssuerKeys } from '../voting.keys.ts'
import { isCancellable, isSealed, stepsOf } from '../voting.policy.ts'
import type { VotingPorts } from '../voting.ports.ts'
import { signBoard } from './board.ts'
import { type Closing, closingOf } from './closing.ts'
import { countIfReady } from './count.ts'
import { firstLeafOf } from './freeze.ts'
import { aboutOf, demandLocked, placeOf, subjectOf } from './subjects.ts'

type Body = Input<typeof advanceContract>['body']

/** One step on, by somebody of the post. The only way on: phases are never skipped nor taken back. */
export const advance =
  (ports: VotingPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof advanceContract>): Promise<Reply<typeof advanceContract>> => {
    const vote = await demandLocked(ctx.db, ctx.actor, params.id)
    if (!stepsOf(vote).includes(body.to)) {
      if (vote.state === 'keyed' && body.to === 'announced') throw refusals.signatures_missing()
      throw refusals.wrong_state({ state: vote.state })
    }
    await stepTo(ctx, ports, vote, body)
    const after = (await q.voteById(ctx.db, vote.tenantId, vote.id)) as q.Vote
    return { id: vote.id, version: after.version, state: after.state }
  }

async function stepTo(ctx: Ctx<Tx>, ports: VotingPorts, vote: q.Vote, body: Body): Promise<void> {
  const now = await q.databaseNow(ctx.db)
  const until = body.minutes ? new Date(now.getTime() + body.minutes * 60_000) : null
  const set = (changes: q.Changes) => q.setVote(ctx.db, vote.tenantId, vote.id, changes, ctx.now)
  switch (body.to) {
    case 'announced': {
      if (isSealed(vote)) await beginBoard(ctx, vote)
      await set({ state: 'announced' })
      await publish(ctx, 'voting.announced', subjectOf(vote), aboutOf(vote))
      return
    }
    case 'drawing': {
      await set({ state: 'drawing', until, drawing_opened_at: now })
      await publish(ctx, 'voting.opened', subjectOf(vote), { ...aboutOf(vote), phase: 'drawing' })
      return
    }
    case 'drawing_closed':
      return closeDrawing(ctx, vote)
    case 'casting': {
      // Papers are handed in until somebody who sees the hall says how many are present.
      await set({ state: 'casting', until: vote.channel === 'paper' ? null : until, casting_opened_at: now })
      await publish(ctx, 'voting.opened', subjectOf(vote), { ...aboutOf(vote), phase: 'casting' })
      return
    }
    case 'closed':
      return closeCasting(ctx, ports, vote, body.present ?? null)
    case 'published': {
      await set({ state: 'published', published_at: ctx.now })
      await publish(ctx, 'voting.published', subjectOf(vote), aboutOf(vote))
    }
  }
}

async function beginBoard(ctx: Ctx<Tx>, vote: q.Vote): Promise<void> {
  const board = boardKeyOf(ctx.vault, vote.createdAt)
  await ballots.addLeaf(ctx.db, placeOf(vote), canonicalText(firstLeafOf(vote, board)))
  await signBoard(ctx.db, ctx.vault, vote, ctx.now)
}

const closeDrawing = (ctx: Ctx<Tx>, vote: q.Vote) => endDrawing(closingOf(ctx), vote)
const closeCasting = (ctx: Ctx<Tx>, ports: VotingPorts, vote: q.Vote, present: number | null) =>
  endCasting(closingOf(ctx), ports, vote, present)

/** Nobody draws any more, and the keys that could make further papers are deleted: from the rows and from memory. */
export async function endDrawing(closing: Closing, vote: q.Vote): Promise<void> {
  const { db } = closing
  const now = await q.databaseNow(db)
  const keys = await asked.deleteIssuerKeys(db, vote.tenantId, vote.id, now)
  await q.setVote(
    db,
    vote.tenantId,
    vote.id,
    { state: 'drawing_closed', until: null, drawing_closed_at: now },
    closing.now,
  )
  const drawn = (await rolls.countWays(db, vote.tenantId, [vote.id])).get(vote.id)?.electronic ?? 0
  await closing.tell('voting.drawing_closed', vote, { voteId: vote.id, drawn })
  await closing.tell('voting.issuer_keys_deleted', vote, { voteId: vote.id, questions: keys })
  closing.onCommit(() => forgetIssuerKeys(vote.id))
}

/** The ballot box is emptied onto the board and nothing comes in any more. Named votes are counted at once. */
export async function endCasting(
  closing: Closing,
  ports: VotingPorts,
  vote: q.Vote,
  stated: number | null,
): Promise<void> {
  const { db } = closing
  const now = await q.databaseNow(db)
  if (isSealed(vote)) {
    await ballots.moveToBoard(db, placeOf(vote))
    await signBoard(db, closing.vault, vote, closing.now)
  }
  const present = await presentAt(closing, ports, vote, stated)
  const changes = { state: 'closed', until: null, closed_at: now, present } as const
  await q.setVote(db, vote.tenantId, vote.id, changes, closing.now)
  await closing.tell('voting.closed', vote, aboutOf(vote))
  await countIfReady(closing, { ...vote, state: 'closed', present, closedAt: now }, null)
}

/**
 * 实到会有表决权: who checked in to the meeting; elsewhere who took a ballot paper, by phone or in the hall, or the
 * number that the officers state for a vote on paper. Written opinions never count as presence (DEV-16).
 */
async function presentAt(closing: Closing, ports: VotingPorts, vote: q.Vote, stated: number | null): Promise<number> {
  const { db } = closing
  const roll = await rolls.wholeRoll(db, vote.tenantId, vote.id)
  const took = roll.filter(({ way }) => way === 'electronic' || way === 'paper').length
  if (vote.meetingId !== null) {
    const ids = roll.filter(({ way }) => way !== 'written').map(({ memberId }) => memberId)
    const present = await ports.checkedInAmong(db, vote.tenantId, vote.meetingId, ids)
    return Math.max(present.length, took)
  }
  // Papers that nobody listed cannot be counted against an unknown number of people.
  if (stated === null && (vote.channel !== 'paper' || took > 0)) return took
  if (stated === null || stated < took || stated > vote.shouldAttend)
    throw refusals.present_impossible.at('/body/present', { took, shouldAttend: vote.shouldAttend })
  return stated
}

/** For capabilities that hold votes: their own rights are their business. */
export async function cancelVote(ctx: Ctx<Tx>, voteId: string, reason: string): Promise<number> {
  const vote = await demandLocked(ctx.db, ctx.actor, voteId)
  if (!isCancellable(vote)) throw refusals.wrong_state({ state: vote.state })
  await asked.deleteIssuerKeys(ctx.db, vote.tenantId, vote.id, ctx.now)
  // Never opened any more: sealed ballots go from the box, where rows would keep the order of writing, and the board.
  await ballots.emptyHopper(ctx.db, placeOf(vote))
  await ballots.clearBoard(ctx.db, placeOf(vote))
  const version = await q.setVote(
    ctx.db,
    vote.tenantId,
    vote.id,
    { state: 'cancelled', cancelled_reason: reason.trim(), until: null, checkpoint: null },
    ctx.now,
  )
  await publish(ctx, 'voting.cancelled', subjectOf(vote), aboutOf(vote), { reason: reason.trim() })
  ctx.onCommit(() => forgetIssuerKeys(vote.id))
  return version
}

export async function cancel(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof cancelContract>,
): Promise<Reply<typeof cancelContract>> {
  return { id: params.id, version: await cancelVote(ctx, params.id, body.reason) }
}
