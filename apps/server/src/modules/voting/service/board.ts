import { createHash } from 'node:crypto'
import {
  base64url,
  bytesOf,
  canonicalText,
  type IssueRecord,
  leafHash,
  rollLeaf,
  rollLeaves,
  signCheckpoint,
  textOf,
  treeOf,
  utf8,
} from '@tongxin/ballot'
import {
  BOARD_FILES,
  type BoardFile,
  type Input,
  type Reply,
  type readBoardFile as readContract,
  votingRefusals as refusals,
} from '@tongxin/contract'
import type { Ctx, Db, Tx } from '../../../platform/ctx.ts'
import type { Platform } from '../../../platform/platform.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import type { Vault } from '../../../platform/vault.ts'
import * as ballots from '../queries/ballots.queries.ts'
import * as rolls from '../queries/roll.queries.ts'
import * as q from '../queries/votes.queries.ts'
import { boardKeyOf } from '../voting.keys.ts'
import { isCounted } from '../voting.policy.ts'
import { placeOf } from './subjects.ts'

export type Board = { readonly leaves: string[]; readonly root: Uint8Array }

export async function boardOf(db: Db, vote: q.Vote): Promise<Board> {
  const leaves = await ballots.leavesOf(db, placeOf(vote))
  return { leaves, root: treeOf(leaves.map((leaf) => leafHash(utf8(leaf)))).root }
}

/** Signs what stands on the board now and keeps the signed checkpoint. */
export async function signBoard(tx: Tx, vault: Vault, vote: q.Vote, now: Date): Promise<Board> {
  const board = await boardOf(tx, vote)
  const key = boardKeyOf(vault, vote.createdAt)
  const point = { size: board.leaves.length, root: board.root }
  const checkpoint = textOf(signCheckpoint(vote.electionId as string, point, key.publicKey, key.sign))
  await q.setVote(tx, vote.tenantId, vote.id, { checkpoint }, now)
  return board
}

/** Drawings as the bundle has them: a voter is named by a salted hash that only she can make again. */
export async function issueRecords(db: Db, vote: q.Vote): Promise<IssueRecord[]> {
  const roll = await rolls.wholeRoll(db, vote.tenantId, vote.id)
  const leaves = new Map(
    roll.map(({ memberId, salt }) => [memberId, rollLeaf({ memberId, salt: bytesOf(salt) })] as const),
  )
  const issues = await ballots.issuesOf(db, placeOf(vote))
  return issues.map((issue) => ({
    question: issue.questionId,
    voter: leaves.get(issue.memberId) as string,
    blinded: base64url(createHash('sha256').update(bytesOf(issue.blinded)).digest()),
    proof: issue.assertion?.proof ?? null,
  }))
}

export async function rollLeavesOf(db: Db, vote: q.Vote): Promise<string[]> {
  const roll = await rolls.wholeRoll(db, vote.tenantId, vote.id)
  return rollLeaves(roll.map(({ memberId, salt }) => ({ memberId, salt: bytesOf(salt) })))
}

const isBoardFile = (name: string): name is BoardFile => (BOARD_FILES as readonly string[]).includes(name)

/**
 * A file of the bundle as it is now. What tells the result exists only after the count.
 * @throws Refusal `voting.no_such_file`
 */
export async function boardFile(db: Db, vote: q.Vote, name: string): Promise<string> {
  if (!isBoardFile(name) || vote.electionId === null) throw refusals.no_such_file({ file: name.slice(0, 40) })
  const found = await contentOf(db, vote, name)
  if (found === null || found === undefined) throw refusals.no_such_file({ file: name })
  return found
}

async function contentOf(db: Db, vote: q.Vote, name: BoardFile): Promise<string | null | undefined> {
  const place = placeOf(vote)
  if (name === 'config.json') return vote.config
  if (name === 'checkpoint') return vote.checkpoint
  if (name === 'leaves.jsonl') return (await ballots.leavesOf(db, place)).map((leaf) => `${leaf}\n`).join('')
  if (isCounted(vote)) return ballots.fileOf(db, place, name)
  if (name === 'issue_list.jsonl')
    return (await issueRecords(db, vote))
      .map((issue) => `${canonicalText(issue)}\n`)
      .sort()
      .join('')
  if (name === 'roll.json')
    return canonicalText({ election: vote.electionId as string, leaves: await rollLeavesOf(db, vote) })
  return null
}

/** For the electorate and for officers of the scope. */
export const readBoardFile =
  (platform: Platform) =>
  async (ctx: Ctx, { params }: Input<typeof readContract>): Promise<Reply<typeof readContract>> => {
    const { actor } = ctx
    const held = actor.permissions.has('voting.read') ? await q.findVote(ctx.db, actor, params.id) : undefined
    const isVoter = !held && (await rolls.ownRow(ctx.db, actor, params.id)) !== undefined
    const own = isVoter ? await q.voteById(ctx.db, actor.tenantId, params.id) : undefined
    // Before it is announced a vote is known only to those who hold it.
    const vote = held ?? (own && own.state !== 'prepared' && own.state !== 'keyed' ? own : undefined)
    if (!vote) throw refusals.not_found()
    // A voter's own rights reach her own row of the roll only, and these files are made of all of it.
    const place = { tenantId: vote.tenantId, scope: vote.orgPath }
    const body = held
      ? await boardFile(ctx.db, vote, params.file)
      : await inSystemTransaction(platform, place, (tx) => boardFile(tx, vote, params.file))
    return { fileName: params.file, make: async () => utf8(body) }
  }
