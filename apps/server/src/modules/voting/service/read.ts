import { electionWords } from '@tongxin/ballot'
import {
  type Input,
  type listVotes as listContract,
  type Reply,
  type readVote as readContract,
  votingRefusals as refusals,
  type listRoll as rollContract,
  type VoteRecord,
  type VoteRow,
} from '@tongxin/contract'
import type { Actor, Ctx, Db } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { findUnit } from '../../org/index.ts'
import * as papers from '../queries/papers.queries.ts'
import * as asked from '../queries/questions.queries.ts'
import * as rolls from '../queries/roll.queries.ts'
import * as q from '../queries/votes.queries.ts'
import { hasPapers, isCancellable, isCounted, isSealed, mayGivePapers, stepsOf } from '../voting.policy.ts'
import { demandVote, placeOf } from './subjects.ts'

/** Papers drawn or given: what may be seen while a vote runs. How many have cast nobody is told. */
const drawnOf = (ways: Record<rolls.Way, number> | undefined): number => (ways?.electronic ?? 0) + (ways?.paper ?? 0)

/** A named vote's row on the roll is taken by voting itself, so its count would tell how many have voted. */
export const shownDrawn = (vote: q.Vote, ways: Record<rolls.Way, number> | undefined): number =>
  vote.secrecy === 'named' && !isCounted(vote) ? (ways?.paper ?? 0) : drawnOf(ways)

export const rowOf = (vote: q.Vote, ways: Record<rolls.Way, number> | undefined): VoteRow => ({
  id: vote.id,
  orgId: vote.orgId,
  orgName: vote.orgName,
  title: vote.title,
  subject: { kind: vote.subjectKind, id: vote.subjectId },
  secrecy: vote.secrecy,
  channel: vote.channel,
  state: vote.state,
  voters: vote.voters,
  drawn: shownDrawn(vote, ways),
  until: vote.until?.toISOString() ?? null,
  createdAt: vote.createdAt.toISOString(),
  version: vote.version,
})

type Asked = Omit<Input<typeof listContract>['query'], 'cursor' | 'limit' | 'sort'>
/** @throws Refusal `voting.no_such_org` at `field` */
export async function filterOf(ctx: Ctx, asked: Asked, field: string): Promise<q.VoteFilter> {
  const unit = asked.orgId === undefined ? null : await findUnit(ctx.db, ctx.actor, asked.orgId)
  if (unit === undefined) throw refusals.no_such_org.at(field)
  return {
    place: unit?.path ?? ctx.actor.scope,
    state: asked.state ?? null,
    secrecy: asked.secrecy ?? null,
    subjectKind: asked.subjectKind ?? null,
    subjectId: asked.subjectId ?? null,
    text: asked.text ?? null,
  }
}

export async function list(ctx: Ctx, { query }: Input<typeof listContract>): Promise<Reply<typeof listContract>> {
  const keyset = keysetOf(query, { createdAt: 'v.created_at', title: 'v.title' }, '-createdAt')
  const filter = await filterOf(ctx, query, '/query/orgId')
  const found = await q.listVotes(ctx.db, ctx.actor, filter, keyset)
  const page = pageOfRows(found, keyset, (vote) => ({
    value: keyset.column === 'v.title' ? vote.title : vote.createdAt.toISOString(),
    id: vote.id,
  }))
  const ids = page.rows.map(({ id }) => id)
  const ways = ids.length === 0 ? new Map() : await rolls.countWays(ctx.db, ctx.actor.tenantId, ids)
  return { rows: page.rows.map((vote) => rowOf(vote, ways.get(vote.id))), next: page.next, total: null }
}

export const questionsShown = (questions: readonly asked.Question[]) =>
  questions.map(({ issuerPublic: _, issuerSealed: __, options, ...question }) => ({
    ...question,
    options: options.map((option) => ({ ...option })),
  }))

export const read =
  (castOrigin: string | null) =>
  async (ctx: Ctx, { params }: Input<typeof readContract>): Promise<VoteRecord> => {
    const vote = await demandVote(ctx.db, ctx.actor, params.id)
    const place = placeOf(vote)
    const ways = await rolls.countWays(ctx.db, vote.tenantId, [vote.id])
    const opinions = await papers.opinionsOf(ctx.db, place)
    const counts = await papers.handCountsOf(ctx.db, place)
    const names = new Map(
      (
        await rolls.rollRows(
          ctx.db,
          vote.tenantId,
          vote.id,
          opinions.map(({ memberId }) => memberId),
        )
      ).map(({ memberId, name }) => [memberId, name]),
    )
    const mayHold = ctx.actor.permissions.has('voting.hold')
    return {
      ...rowOf(vote, ways.get(vote.id)),
      rule: vote.rule,
      shouldAttend: vote.shouldAttend,
      writtenOpinions: vote.writtenOpinions,
      changeable: vote.changeable,
      meetingId: vote.meetingId,
      questions: questionsShown(await asked.questionsOf(ctx.db, vote.tenantId, vote.id)),
      grade: isSealed(vote) ? 'V2' : null,
      trustees: vote.trustees.map(({ signature, ...trustee }) => ({ ...trustee, signed: signature !== null })),
      threshold: vote.threshold,
      config: vote.config,
      electionId: vote.electionId,
      electionWords: vote.electionId === null ? null : electionWords(vote.electionId),
      castOrigin: isSealed(vote) ? castOrigin : null,
      opinions: opinions.map(({ enteredBy, confirmedBy, ...opinion }) => ({
        ...opinion,
        name: names.get(opinion.memberId) ?? '',
        confirmed: confirmedBy !== null,
        mayConfirm: mayHold && confirmedBy === null && enteredBy !== ctx.actor.personId,
      })),
      handCounts: counts.map(({ questionId, enteredBy, confirmedBy }) => ({
        questionId,
        state: confirmedBy === null ? 'entered' : 'confirmed',
        mayConfirm: mayHold && confirmedBy === null && enteredBy !== ctx.actor.personId,
      })),
      outcome: vote.result,
      cancelledReason: vote.cancelledReason,
      can: mayDo(vote, ctx.actor),
    }
  }

function mayDo(vote: q.Vote, actor: Pick<Actor, 'permissions'>): VoteRecord['can'] {
  const mayHold = actor.permissions.has('voting.hold')
  const inState = (...states: q.Vote['state'][]) => mayHold && states.includes(vote.state)
  return {
    change: inState('prepared') && vote.subjectKind === 'poll',
    key: inState('prepared', 'keyed') && isSealed(vote),
    sign: inState('keyed'),
    steps: mayHold ? stepsOf(vote) : [],
    cancel: mayHold && isCancellable(vote),
    givePaper: inState('announced', 'drawing', 'drawing_closed', 'casting') && mayGivePapers(vote),
    enterOpinion: inState('prepared', 'keyed', 'announced', 'drawing') && vote.writtenOpinions,
    enterCount: inState('closed') && hasPapers(vote),
    open: inState('closed') && isSealed(vote),
    recount: mayHold && isCounted(vote),
  }
}

export async function listRoll(
  ctx: Ctx,
  { params, query }: Input<typeof rollContract>,
): Promise<Reply<typeof rollContract>> {
  const vote = await demandVote(ctx.db, ctx.actor, params.id)
  const keyset = keysetOf(query, { name: 'r.name' }, 'name')
  // Whether somebody has voted by name is not told before the count, neither by a column nor by a filter.
  const hides = vote.secrecy === 'named' && !isCounted(vote)
  const filter = { way: hides ? null : (query.way ?? null), text: query.text ?? null }
  const rows = await rolls.listRoll(ctx.db, vote.tenantId, vote.id, filter, keyset)
  const page = pageOfRows(rows, keyset, (row) => ({ value: row.name, id: row.memberId }))
  return {
    rows: page.rows.map((row) => ({
      memberId: row.memberId,
      name: row.name,
      hasAccount: row.personId !== null,
      way: hides && row.way === 'electronic' ? null : row.way,
      drawnAt: row.drawnAt?.toISOString() ?? null,
    })),
    next: page.next,
    total: vote.voters,
  }
}

/** What waits for somebody who holds votes: closed ones to count, counted ones to publish. */
export async function votingWaiting(db: Db, actor: Actor): Promise<{ key: string; count: number; path: string }[]> {
  const count = (state: q.Vote['state']) =>
    actor.permissions.has('voting.hold') ? q.countInState(db, actor, state) : Promise.resolve(0)
  return [
    { key: 'votes_closed', count: await count('closed'), path: '/votes?state=closed' },
    { key: 'votes_counted', count: await count('counted'), path: '/votes?state=counted' },
  ]
}
