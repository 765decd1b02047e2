import {
  type Acceptance,
  type BallotConfig,
  BallotError,
  type CastBody,
  canonicalText,
  leafHash,
  signAcceptance,
  utf8,
  verifyCast,
} from '@tongxin/ballot'
import { type castBallot as castContract, type Input, votingRefusals as refusals } from '@tongxin/contract'
import { LRUCache } from 'lru-cache'
import { v4 as uuidv4 } from 'uuid'
import type { Platform } from '../../../platform/platform.ts'
import { shuffled } from '../../../platform/shuffled.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import * as ballots from '../queries/ballots.queries.ts'
import * as q from '../queries/votes.queries.ts'
import { type BoardKey, boardKeyOf } from '../voting.keys.ts'
import { isCounted } from '../voting.policy.ts'
import { boardFile } from './board.ts'

type Body = Input<typeof castContract>['body']
type Answer = Acceptance | Error

/** What a ballot is checked against: read once, since nothing of it can change any more. */
type Election = {
  readonly electionId: string
  readonly tenantId: string
  readonly voteId: string
  readonly scope: string
  readonly config: BallotConfig
  readonly board: BoardKey
}
const known = new LRUCache<string, Election>({ max: 200, ttl: 60_000 })

/** @throws Refusal `voting.not_found` */
async function electionOf(platform: Platform, electionId: string): Promise<Election> {
  const kept = known.get(electionId)
  if (kept) return kept
  const place = await q.findInDirectory(platform.db, electionId)
  if (!place) throw refusals.not_found()
  const { path: scope } = await tenantOf(platform.db, place.tenantId)
  const vote = await inSystemTransaction(platform, { tenantId: place.tenantId, scope }, (tx) =>
    q.voteById(tx, place.tenantId, place.voteId),
  )
  // An older configuration of the same vote was replaced: its papers are worth nothing.
  if (vote?.electionId !== electionId || vote.config === null) throw refusals.not_found()
  const election = {
    ...place,
    electionId,
    scope,
    config: JSON.parse(vote.config) as BallotConfig,
    board: boardKeyOf(platform.vault, vote.createdAt),
  }
  known.set(electionId, election)
  return election
}

type Ready = { readonly at: number; readonly election: Election; readonly body: Body; readonly text: string }

/**
 * A group of ballots goes into the hopper in one transaction, mixed before it is written. No time, no number, no
 * address is kept of any of them; the answer is the board's signed promise, the same for the same ballot.
 */
export async function castGroup(platform: Platform, bodies: readonly Body[]): Promise<Answer[]> {
  const answers: (Answer | undefined)[] = new Array(bodies.length)
  const ready: Ready[] = []
  for (const [at, body] of bodies.entries()) {
    try {
      const election = await electionOf(platform, body.election)
      verifyCast(election.config, body.election, body as CastBody)
      ready.push({ at, election, body, text: canonicalText(body) })
    } catch (error) {
      answers[at] = refusalOf(error)
    }
  }
  for (const group of Map.groupBy(ready, ({ election }) => election.voteId).values())
    for (const [at, answer] of await castIntoVote(platform, group)) answers[at] = answer
  return answers.map((answer) => answer ?? refusals.not_found())
}

function refusalOf(error: unknown): Error {
  if (!(error instanceof BallotError)) return error as Error
  if (error.code === 'cast.token' || error.code === 'cast.signature') return refusals.token_wrong({ why: error.code })
  return refusals.cast_malformed({ why: error.code })
}

async function castIntoVote(platform: Platform, group: readonly Ready[]): Promise<Map<number, Answer>> {
  const { election } = group[0] as Ready
  const { tenantId, voteId, scope } = election
  // One and the same ballot sent twice at the same moment is written once.
  const distinct = [...new Map(group.map((one) => [`${one.body.question} ${one.body.tpk}`, one])).values()]
  return inSystemTransaction(platform, { tenantId, scope }, async (tx) => {
    const phase = await q.holdPhase(tx, tenantId, voteId)
    const late = phase?.state === 'casting' && !phase.isOver ? null : refusalAt(phase)
    if (late || !phase) return new Map(group.map(({ at }) => [at, late ?? refusals.not_found()]))
    const lying = await ballots.castInto(
      tx,
      { tenantId, voteId, orgPath: phase.orgPath },
      shuffled(distinct).map(({ body, text }) => ({
        id: uuidv4(),
        questionId: body.question,
        tokenKey: body.tpk,
        body: text,
      })),
    )
    return new Map(
      group.map(({ at, body, text }) => [
        at,
        lying.get(`${body.question} ${body.tpk}`) === text
          ? signAcceptance(body.election, leafHash(utf8(text)), election.board.sign)
          : refusals.already_cast(),
      ]),
    )
  })
}

function refusalAt(phase: q.Phase | undefined): Error {
  const before = ['keyed', 'announced', 'drawing', 'drawing_closed']
  return phase && before.includes(phase.state) ? refusals.casting_not_open() : refusals.casting_over()
}

/**
 * A file of the board for somebody nobody knows. Who drew is for the electorate until the count fixes it for everybody.
 * @throws Refusal `voting.not_found`, `voting.no_such_file`
 */
export async function publicBoardFile(platform: Platform, electionId: string, file: string): Promise<string> {
  const { tenantId, voteId, scope } = await electionOf(platform, electionId)
  return inSystemTransaction(platform, { tenantId, scope }, async (tx) => {
    const vote = await q.voteById(tx, tenantId, voteId)
    const isEarly = file === 'issue_list.jsonl' && vote && !isCounted(vote)
    if (!vote || isEarly) throw refusals.no_such_file({ file })
    return boardFile(tx, vote, file)
  })
}
