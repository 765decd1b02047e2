import type { KeyObject } from 'node:crypto'
import { isEd25519, isPss, rootOf, rsaKey } from './cryptography.ts'
import { bytesOf, Invalid, linesOf, readAs, readCanonical, sha256 } from './reading.ts'
import {
  BALLOT,
  type Ballot,
  CONFIG,
  CONFIG_LEAF,
  COUNTED_LEAF,
  type Config,
  type ConfigLeaf,
  type CountedLeaf,
  type Question,
} from './shapes.ts'

export type Files = ReadonlyMap<string, Buffer>
export type Board = {
  readonly config: Config
  readonly id: Buffer
  readonly root: Buffer
  readonly size: number
  readonly ballots: readonly Ballot[]
  readonly counted: CountedLeaf
}

const fileOf = (files: Files, name: string) => files.get(name) as Buffer
const utf8 = (text: string) => Buffer.from(text, 'utf8')

/** Config, checkpoint and every leaf: who signed what, and that the root is that of these leaves. */
export function readBoard(files: Files): Board {
  const content = fileOf(files, 'config.json')
  const lines = linesOf('leaves.jsonl', fileOf(files, 'leaves.jsonl'))
  const id = sha256(content)
  requireOneElection(fileOf(files, 'checkpoint'), lines, id)
  const config = readAs<Config>('config.json', '', content, CONFIG)
  requireSoundConfig(config)
  const checkpoint = readCheckpoint(fileOf(files, 'checkpoint'), id, config)
  if (lines.length !== checkpoint.size || lines.length < 2) throw new Invalid('leaves.jsonl', '', 'size')
  readConfigLeaf(lines[0] as Buffer, id, config)
  const keys = new Map(config.questions.map((question) => [question.id, rsaKey(question.issuer_key)]))
  const ballots = lines.slice(1, -1).map((line, at) => readBallot(line, `line ${at + 2}`, id, config, keys))
  const last = `line ${lines.length}`
  const counted = readAs<CountedLeaf>('leaves.jsonl', last, lines.at(-1) as Buffer, COUNTED_LEAF)
  if (counted.election !== id.toString('base64url')) throw new Invalid('leaves.jsonl', last, 'other_election')
  if (!rootOf(lines).equals(checkpoint.root)) {
    // Every ballot is sound by itself: either the last leaf was altered, or ballots were exchanged or moved.
    const isLast = Object.entries(counted.files).some(
      ([file, hash]) => sha256(fileOf(files, file)).toString('base64url') !== hash,
    )
    throw new Invalid('leaves.jsonl', isLast ? last : '', 'root')
  }
  requireOnce(ballots, config)
  return { config, id, root: checkpoint.root, size: checkpoint.size, ballots, counted }
}

/** Three files name the election. Where one says otherwise than the two others, it is that one. */
function requireOneElection(checkpoint: Buffer, lines: readonly Buffer[], id: Buffer): void {
  const own = id.toString('base64url')
  const signed = /^tongxin-ballot\/([^\n]*)\n/.exec(checkpoint.toString('utf8'))?.[1]
  const leaf = readCanonical(lines[0] ?? Buffer.alloc(0)) as { election?: string } | undefined
  if (signed !== own && leaf?.election !== own) throw new Invalid('config.json', '', 'other_election')
  if (signed !== own) throw new Invalid('checkpoint', 'line 1', 'other_election')
}

function requireSoundConfig(config: Config): void {
  const wrong = (place: string): never => {
    throw new Invalid('config.json', place, 'shape')
  }
  const areDistinct = (items: readonly string[]) => new Set(items).size === items.length
  if (config.threshold < 2 || config.threshold > config.trustees.length) wrong('threshold')
  if (!areDistinct(config.trustees.map(({ key }) => key))) wrong('trustees')
  if (config.questions.length === 0 || !areDistinct(config.questions.map(({ id }) => id))) wrong('questions')
  if (!areDistinct(config.questions.map(({ issuer_key }) => issuer_key.n))) wrong('issuer_key')
  for (const question of config.questions) if (!isSound(question)) wrong(`questions ${question.id}`)
}

function isSound({ options, seats, write_ins, kind, plaintext_bytes, issuer_key }: Question): boolean {
  const modulus = bytesOf(issuer_key.n, 384)
  const listed = options.reduce((sum, { id }) => sum + id.length + 3, 0)
  const written = write_ins.length === 0 ? 0 : seats * (Math.max(...write_ins.map((id) => id.length)) + 3)
  return (
    options.length > 0 &&
    new Set(options.map(({ id }) => id)).size === options.length &&
    seats >= 1 &&
    (kind !== 'single' || seats === 1) &&
    (kind !== 'ranked' || write_ins.length === 0) &&
    write_ins.every((id, at) => at === 0 || (write_ins[at - 1] as string) < id) &&
    plaintext_bytes === 512 * Math.ceil((64 + listed + written) / 512) &&
    modulus !== null &&
    (modulus[0] as number) >= 128 &&
    (modulus[383] as number) % 2 === 1
  )
}

const FORM =
  /^(tongxin-ballot\/[A-Za-z0-9_-]{43})\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n\n— (\S+) ([A-Za-z0-9+/]{91}=)\n$/

function readCheckpoint(content: Buffer, id: Buffer, config: Config): { size: number; root: Buffer } {
  const wrong = (place: string) => new Invalid('checkpoint', place, 'signature')
  const [whole, origin = '', size = '', root = '', name, signed = ''] = FORM.exec(content.toString('utf8')) ?? []
  if (whole === undefined || !utf8(whole).equals(content)) throw new Invalid('checkpoint', '', 'shape')
  const key = bytesOf(config.board_key, 32) as Buffer
  const signature = Buffer.from(signed, 'base64')
  if (name !== origin || signature.toString('base64') !== signed) throw wrong('line 5')
  const keyHash = sha256(utf8(`tongxin-ballot/${id.toString('base64url')}\n`), Buffer.from([1]), key).subarray(0, 4)
  if (!signature.subarray(0, 4).equals(keyHash)) throw wrong('line 5')
  if (!isEd25519(key, utf8(`${origin}\n${size}\n${root}\n`), signature.subarray(4))) throw wrong('')
  return { size: Number(size), root: Buffer.from(root, 'base64') }
}

function readConfigLeaf(line: Buffer, id: Buffer, config: Config): void {
  const leaf = readAs<ConfigLeaf>('leaves.jsonl', 'line 1', line, CONFIG_LEAF)
  if (leaf.election !== id.toString('base64url')) throw new Invalid('leaves.jsonl', 'line 1', 'other_election')
  const signers = [config.board_key, ...config.trustees.map(({ key }) => key)]
  const message = Buffer.concat([utf8('cpb-config-v1'), id])
  const isSigned =
    signers.length === leaf.signatures.length &&
    leaf.signatures.every(
      ({ key, signature }, at) =>
        key === signers[at] && isEd25519(bytesOf(key, 32) as Buffer, message, bytesOf(signature, 64) as Buffer),
    )
  if (!isSigned) throw new Invalid('leaves.jsonl', 'line 1', 'signature')
}

function readBallot(
  line: Buffer,
  place: string,
  id: Buffer,
  config: Config,
  keys: ReadonlyMap<string, KeyObject>,
): Ballot {
  const file = 'leaves.jsonl'
  const ballot = readAs<Ballot>(file, place, line, BALLOT)
  const key = keys.get(ballot.question)
  const question = config.questions.find((one) => one.id === ballot.question)
  if (ballot.election !== id.toString('base64url')) throw new Invalid(file, place, 'other_election')
  const ct = question && bytesOf(ballot.ct, 32 + question.plaintext_bytes + 16)
  const isSeq = ballot.seq === 0 || (config.revoting && ballot.seq < 2 ** 32)
  if (!key || !ct || !isSeq) throw new Invalid(file, place, 'shape')
  const [tpk, prefix] = [bytesOf(ballot.tpk, 32) as Buffer, bytesOf(ballot.prefix, 32) as Buffer]
  const about = utf8(ballot.question)
  const token = Buffer.concat([prefix, utf8('cpb-token-v1'), id, about, tpk])
  if (!isPss(key, token, bytesOf(ballot.token_sig, 384) as Buffer)) throw new Invalid(file, place, 'token')
  const seq = Buffer.alloc(4)
  seq.writeUInt32BE(ballot.seq)
  const cast = Buffer.concat([utf8('cpb-cast-v1'), sha256(ct), seq, id, about])
  if (!isEd25519(tpk, cast, bytesOf(ballot.cast_sig, 64) as Buffer)) throw new Invalid(file, place, 'cast_signature')
  return ballot
}

function requireOnce(ballots: readonly Ballot[], { revoting }: Config): void {
  const seen = new Set<string>()
  for (const [at, { question, tpk, seq }] of ballots.entries()) {
    const key = revoting ? `${question} ${tpk} ${seq}` : `${question} ${tpk}`
    if (seen.has(key)) throw new Invalid('leaves.jsonl', `line ${at + 2}`, 'cast_twice')
    seen.add(key)
  }
}
