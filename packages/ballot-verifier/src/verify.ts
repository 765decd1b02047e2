import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Board, type Files, readBoard } from './board.ts'
import { countQuestion } from './count.ts'
import { type ElectionKey, electionKeyOf, openSealed, rootOf } from './cryptography.ts'
import {
  bytesOf,
  canonical,
  Invalid,
  type Json,
  linesOf,
  type Reason,
  readAs,
  readCanonical,
  sha256,
} from './reading.ts'
import { type Ballot, type Config, ELECTION_KEY, ISSUE, type Issue, PROTOCOL, type Protocol, ROLL } from './shapes.ts'

/** What the files say when everything in them holds. */
export type Valid = {
  readonly valid: true
  readonly organisation: string
  readonly title: string
  /** base64url. */
  readonly election: string
  readonly root: string
  readonly size: number
  /** Words of the ballot paper: of a question by its id, of an option by `question/id`. */
  readonly labels: Readonly<Record<string, string>>
  /** Entries of result.json, counted again here. */
  readonly questions: Json
}
export type Fault = { readonly valid: false; readonly file: string; readonly place: string; readonly reason: Reason }

const NAMES = [
  'checkpoint',
  'config.json',
  'election_key.json',
  'issue_list.jsonl',
  'leaves.jsonl',
  'protocol.json',
  'result.json',
  'roll.json',
]

/** No folder, or one without any file of a bundle. */
export class Unreadable extends Error {}

/**
 * Verifies the bundle in a folder. Reads nothing else and needs no network.
 * @throws Unreadable
 */
export function verifyBundle(folder: string): Valid | Fault {
  let names: string[]
  const files = new Map<string, Buffer>()
  try {
    names = readdirSync(folder).sort()
    for (const name of names) if (NAMES.includes(name)) files.set(name, readFileSync(join(folder, name)))
  } catch (error) {
    throw new Unreadable(error instanceof Error ? error.message : folder)
  }
  if (files.size === 0) throw new Unreadable(folder)
  const unknown = names.find((name) => !NAMES.includes(name))
  if (unknown !== undefined) return { valid: false, file: unknown, place: '', reason: 'unknown_file' }
  return verifyFiles(files)
}

/** Verifies a bundle at hand, by name of the file. */
export function verifyFiles(files: Files): Valid | Fault {
  try {
    const missing = NAMES.find((name) => !files.has(name))
    if (missing !== undefined) throw new Invalid(missing, '', 'missing_file')
    const board = readBoard(files)
    const questions = verifyCount(files, board)
    const { organisation, title } = board.config
    const [election, root] = [board.id.toString('base64url'), board.root.toString('base64url')]
    const labels = labelsOf(board.config)
    return { valid: true, organisation, title, election, root, size: board.size, labels, questions }
  } catch (error) {
    if (error instanceof Invalid) return { valid: false, file: error.file, place: error.place, reason: error.reason }
    throw error
  }
}

const labelsOf = ({ questions }: Config): Record<string, string> =>
  Object.fromEntries(
    questions.flatMap(({ id, title, options }) => [
      [id, title] as const,
      ...options.map((one) => [`${id}/${one.id}`, one.label] as const),
    ]),
  )

function verifyCount(files: Files, board: Board): Json {
  const contentOf = (name: string) => files.get(name) as Buffer
  for (const name of Object.keys(board.counted.files).filter((file) => file !== 'result.json')) {
    requireHash(name, contentOf(name), board)
  }
  const roll = readRoll(contentOf('roll.json'), board)
  const issued = readIssues(contentOf('issue_list.jsonl'), board, roll)
  const key = readElectionKey(contentOf('election_key.json'), board)
  readProtocol(contentOf('protocol.json'), board, issued)
  const questions = recount(board, key, issued)
  requireSame(contentOf('result.json'), { election: board.id.toString('base64url'), questions })
  requireHash('result.json', contentOf('result.json'), board)
  return questions
}

function requireHash(file: string, content: Buffer, { counted }: Board): void {
  if (sha256(content).toString('base64url') !== counted.files[file]) throw new Invalid(file, '', 'hash')
}

const requireElection = (file: string, place: string, said: string, { id }: Board) => {
  if (said !== id.toString('base64url')) throw new Invalid(file, place, 'other_election')
}

function requireRising(file: string, keys: readonly string[]): void {
  const at = keys.findIndex((key, place) => place > 0 && (keys[place - 1] as string) >= key)
  if (at !== -1) throw new Invalid(file, `entry ${at + 1}`, 'order')
}

function readRoll(content: Buffer, board: Board): ReadonlySet<string> {
  const file = 'roll.json'
  const { election, leaves } = readAs<{ election: string; leaves: string[] }>(file, '', content, ROLL)
  requireElection(file, 'election', election, board)
  requireRising(file, leaves)
  const { root, size } = board.config.roll
  if (leaves.length !== size) throw new Invalid(file, 'leaves', 'size')
  const own = rootOf(leaves.map((leaf) => bytesOf(leaf, 32) as Buffer)).toString('base64url')
  if (own !== root) throw new Invalid(file, 'leaves', 'root')
  return new Set(leaves)
}

/** Ballot papers drawn by question; nobody twice, everybody on the roll, and no more ballots than papers. */
function readIssues(content: Buffer, board: Board, roll: ReadonlySet<string>): ReadonlyMap<string, number> {
  const file = 'issue_list.jsonl'
  const issued = new Map(board.config.questions.map(({ id }) => [id, 0]))
  const issues = linesOf(file, content).map((line, at) => {
    const issue = readAs<Issue>(file, `line ${at + 1}`, line, ISSUE)
    const before = issued.get(issue.question)
    if (before === undefined) throw new Invalid(file, `line ${at + 1}`, 'shape')
    if (!roll.has(issue.voter)) throw new Invalid(file, `line ${at + 1}`, 'not_on_roll')
    issued.set(issue.question, before + 1)
    return issue
  })
  requireRising(
    file,
    issues.map(({ question, voter }) => `${question} ${voter}`),
  )
  for (const [question, papers] of issued) {
    if (lastOf(board.ballots, question).length > papers) throw new Invalid(file, question, 'more_than_issued')
  }
  return issued
}

function readElectionKey(content: Buffer, board: Board): ElectionKey {
  const file = 'election_key.json'
  const read = readAs<{ election: string; private_key: string; public_key: string }>(file, '', content, ELECTION_KEY)
  requireElection(file, 'election', read.election, board)
  const key = electionKeyOf(bytesOf(read.private_key, 32) as Buffer)
  if (read.public_key !== board.config.election_key || key.publicKey.toString('base64url') !== read.public_key) {
    throw new Invalid(file, 'private_key', 'election_key')
  }
  return key
}

function readProtocol(content: Buffer, board: Board, issued: ReadonlyMap<string, number>): void {
  const file = 'protocol.json'
  const read = readAs<Protocol>(file, '', content, PROTOCOL)
  requireElection(file, 'election', read.election, board)
  if (Math.max(...issued.values()) > read.present) throw new Invalid(file, 'present', 'more_than_issued')
  const { drawing, casting, counted_at } = read
  const order = [drawing.opened, drawing.closed, casting.opened, casting.closed, counted_at].map((at) => Date.parse(at))
  // In overlapping phases casting opens while others still draw.
  const pairs = board.config.phases === 'split' ? [0, 1, 2, 3] : [0, 2, 3]
  for (const at of pairs) {
    const next = board.config.phases === 'overlap' && at === 0 ? 2 : at + 1
    if (!((order[at] as number) <= (order[next] as number))) throw new Invalid(file, 'drawing, casting', 'times')
  }
}

/** Ballots of a question that count: of one token the one with the highest seq. */
function lastOf(ballots: readonly Ballot[], question: string): Ballot[] {
  const last = new Map<string, Ballot>()
  for (const ballot of ballots) {
    if (ballot.question === question && (last.get(ballot.tpk)?.seq ?? -1) < ballot.seq) last.set(ballot.tpk, ballot)
  }
  return [...last.values()]
}

function recount({ config, id, ballots }: Board, key: ElectionKey, issued: ReadonlyMap<string, number>): Json {
  return config.questions.map((question: Config['questions'][number]) => {
    const info = Buffer.concat([Buffer.from('cpb-ballot-v1', 'utf8'), id, Buffer.from(question.id, 'utf8')])
    const opened = lastOf(ballots, question.id).map(({ ct, tpk }) =>
      openSealed(key, Buffer.from(ct, 'base64url'), info, sha256(Buffer.from(tpk, 'base64url'))),
    )
    return countQuestion(question, opened, issued.get(question.id) ?? 0)
  })
}

/** The published result must be, byte for byte, the one counted here; else the first field that differs is named. */
function requireSame(content: Buffer, expected: Json): void {
  const file = 'result.json'
  if (content.equals(Buffer.from(canonical(expected) as string, 'utf8'))) return
  const said = readCanonical(content)
  if (said === undefined) throw new Invalid(file, '', 'not_canonical')
  throw new Invalid(file, differenceOf(said, expected) ?? '', 'recount')
}

/** Path of the first difference, as in `questions/0/options/2/for`. */
function differenceOf(said: Json | undefined, expected: Json | undefined): string | null {
  if (typeof said !== 'object' || typeof expected !== 'object' || said === null || expected === null) {
    return said === expected ? null : ''
  }
  const [a, b] = [said, expected] as [{ [key: string]: Json }, { [key: string]: Json }]
  for (const key of new Set([...Object.keys(b), ...Object.keys(a)])) {
    const below = differenceOf(a[key], b[key])
    if (below !== null) return below === '' ? key : `${key}/${below}`
  }
  return null
}
