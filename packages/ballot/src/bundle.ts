import { sha256 } from '@noble/hashes/sha2.js'
import { base64url, bytesOf, joined, utf8 } from './bytes.ts'
import { canonicalBytes } from './canonical.ts'
import { type CastBody, leafBytes, leafHashOf, openBallot, type Sign } from './cast.ts'
import { signCheckpoint } from './checkpoint.ts'
import { type BallotConfig, electionIdOf } from './config.ts'
import type { ConfigLeaf } from './config-leaf.ts'
import { type OpenedBallot, type QuestionTally, tallyBallots } from './tally.ts'
import { treeRoot } from './tree.ts'

// The public bundle: docs/ballot-format.md.

/** One drawing: who (as the roll calls her) drew for which question, and what was signed for her. */
export type IssueRecord = {
  readonly question: string
  /** `rollLeaf` of the voter. */
  readonly voter: string
  /** SHA-256 of the blinded token. */
  readonly blinded: string
  /** SHA-256 of what her passkey signed, null where she has none. */
  readonly proof: string | null
}

/** What people attest, not what can be counted again. */
export type Protocol = {
  /** 实到会有表决权. */
  readonly present: number
  readonly tellers: readonly { readonly role: string; readonly name: string }[]
  /** Instants in UTC as they were by the clock of the database. */
  readonly drawing: { readonly opened: string; readonly closed: string }
  readonly casting: { readonly opened: string; readonly closed: string }
  readonly counted_at: string
  /** Papers counted in the hall by those who drew none here; empty for a purely electronic vote. */
  readonly paper: readonly QuestionTally[]
  readonly written_opinions: readonly { readonly question: string; readonly for: number; readonly against: number }[]
}

/** Files that the last leaf names; the config is named by its id, leaves and checkpoint by the signed root. */
export const COUNTED_FILES = [
  'election_key.json',
  'issue_list.jsonl',
  'protocol.json',
  'result.json',
  'roll.json',
] as const
export type CountedFile = (typeof COUNTED_FILES)[number]
export const BUNDLE_FILES = ['checkpoint', 'config.json', 'leaves.jsonl', ...COUNTED_FILES] as const
export type BundleFile = (typeof BUNDLE_FILES)[number]

/** Last leaf: it closes the board and fixes every other file. */
export type CountedLeaf = {
  readonly type: 'counted'
  readonly election: string
  /** base64url of SHA-256. */
  readonly files: { readonly [file in CountedFile]: string }
}

/** Of ballots cast again only the last counts; on a board without revoting every token stands once. */
export function lastBallots(ballots: readonly CastBody[]): CastBody[] {
  const last = new Map<string, CastBody>()
  for (const ballot of ballots) {
    const key = `${ballot.question} ${ballot.tpk}`
    const known = last.get(key)
    if (!known || known.seq < ballot.seq) last.set(key, ballot)
  }
  return [...last.values()]
}

/** Opens what counts: null where a ballot does not open with this key. */
export function openBallots(privateKey: Uint8Array, ballots: readonly CastBody[]): OpenedBallot[] {
  return lastBallots(ballots).map((ballot) => {
    try {
      return { question: ballot.question, plaintext: openBallot(privateKey, ballot) }
    } catch {
      return { question: ballot.question, plaintext: null }
    }
  })
}

export type Counted = {
  readonly config: BallotConfig
  readonly configLeaf: ConfigLeaf
  /** In the order of the board. */
  readonly ballots: readonly CastBody[]
  /** `rollLeaves`. */
  readonly roll: readonly string[]
  readonly issues: readonly IssueRecord[]
  readonly privateKey: Uint8Array
  readonly protocol: Protocol
}

/** Drawings sorted, so that their order does not tell when. */
const sortedIssues = (issues: readonly IssueRecord[]) =>
  issues.toSorted((a, b) => (`${a.question} ${a.voter}` < `${b.question} ${b.voter}` ? -1 : 1))

/** The five files of the count and the leaf that names them: what the board appends as its last. */
export function countVote(counted: Counted): {
  readonly tally: QuestionTally[]
  readonly files: { readonly [file in CountedFile]: Uint8Array }
  readonly leaf: CountedLeaf
} {
  const election = electionIdOf(counted.config)
  const issued: Record<string, number> = {}
  for (const { question } of counted.issues) issued[question] = (issued[question] ?? 0) + 1
  const tally = tallyBallots(counted.config, openBallots(counted.privateKey, counted.ballots), issued)
  const files = {
    'election_key.json': canonicalBytes({
      election,
      private_key: base64url(counted.privateKey),
      public_key: counted.config.election_key,
    }),
    'issue_list.jsonl': linesOf(sortedIssues(counted.issues).map(canonicalBytes)),
    'protocol.json': canonicalBytes({ election, ...counted.protocol }),
    'result.json': canonicalBytes({ election, questions: tally }),
    'roll.json': canonicalBytes({ election, leaves: counted.roll }),
  }
  const hashes = Object.fromEntries(COUNTED_FILES.map((file) => [file, base64url(sha256(files[file]))]))
  return { tally, files, leaf: { type: 'counted', election, files: hashes as CountedLeaf['files'] } }
}

/** Lines that each end with a line feed, the last one too. */
export const linesOf = (lines: readonly Uint8Array[]): Uint8Array =>
  joined(...lines.flatMap((line) => [line, Uint8Array.of(10)]))

/** Every file of the bundle, signed: `files` and `leaf` of `countVote`. */
export function bundleOf(counted: Counted, sign: Sign): { readonly [file in BundleFile]: Uint8Array } {
  const { files, leaf } = countVote(counted)
  const leaves = [counted.configLeaf, ...counted.ballots, leaf]
  const root = treeRoot(leaves.map(leafHashOf))
  const { config } = counted
  return {
    ...files,
    'config.json': canonicalBytes(config),
    'leaves.jsonl': linesOf(leaves.map(leafBytes)),
    checkpoint: signCheckpoint(electionIdOf(config), { size: leaves.length, root }, config.board_key, sign),
  }
}

/** What a drawing with a passkey signs: SHA-256(election ‖ question ‖ blinded token). */
export const drawingChallenge = (electionId: string, questionId: string, blinded: Uint8Array): Uint8Array =>
  sha256(joined(bytesOf(electionId, 32), utf8(questionId), blinded))
