import { constants, generateKeyPairSync, type KeyObject, privateDecrypt, randomBytes, sign } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import {
  type BallotConfig,
  base64url,
  blindToken,
  bytesOf,
  type CastBody,
  type Choice,
  type Counted,
  castBody,
  castPlaintext,
  checkConfig,
  configLeaf,
  electionIdOf,
  finalizeToken,
  holdCeremony,
  type IssueRecord,
  type IssuerKey,
  joined,
  joinShares,
  newRecoveryCode,
  newSalt,
  plaintextBytesOf,
  type QuestionConfig,
  rollLeaf,
  rollLeaves,
  rollRoot,
  type Sign,
  signConfig,
  signerOf,
  type Token,
  tokenOf,
  utf8,
} from '../index.ts'

// Invented elections for tests and benches: every step as in a real one, without a server.

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))

export type Issuer = { readonly key: IssuerKey; readonly secret: KeyObject }

export function newIssuer(bits = 3072): Issuer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  return { key: { n, e }, secret: privateKey }
}

/** RFC 9474 BlindSign as the server does it. */
export const blindSign = ({ secret }: Issuer, blinded: Uint8Array): Uint8Array =>
  new Uint8Array(privateDecrypt({ key: secret, padding: constants.RSA_NO_PADDING }, blinded))

export type Draft = Omit<QuestionConfig, 'issuer_key' | 'plaintext_bytes'>

export const named = (...ids: readonly string[]) => ids.map((id) => ({ id, label: id.toUpperCase() }))

export const APPROVAL: Draft = {
  id: 'q1',
  kind: 'approval',
  title: '选举支部委员会委员',
  options: named('c1', 'c2', 'c3'),
  seats: 2,
  write_ins: ['m-7', 'm-8'],
}
export const SINGLE: Draft = {
  id: 'q2',
  kind: 'single',
  title: '活动地点',
  options: named('a', 'b'),
  seats: 1,
  write_ins: [],
}

/** What a voter does with a question: a choice, raw bytes for the envelope, a paper kept in the pocket, or none drawn. */
export type Deed = Choice | Uint8Array | 'keeps' | 'absent'

export type Sample = Counted & {
  readonly electionId: string
  readonly sign: Sign
  readonly issuers: readonly Issuer[]
  /** Tokens with their signatures, to cast once more. */
  readonly tokens: readonly { readonly token: Token; readonly signature: Uint8Array }[]
}

export type SampleOptions = {
  readonly voters: number
  readonly drafts?: readonly Draft[]
  readonly issuers?: readonly Issuer[]
  /** false: papers signed as they will be cast, which nobody can tell from blind ones and takes a third of the time. */
  readonly isBlind?: boolean
  readonly deed: (voter: number, question: QuestionConfig) => Deed
  readonly more?: Partial<BallotConfig>
}

const TELLERS = [
  { name: '甲', role: '监票人' },
  { name: '乙', role: '计票人' },
  { name: '丙', role: '上级党组织' },
]

/** Holds an election from the ceremony to the opened box. */
export async function holdElection(options: SampleOptions): Promise<Sample> {
  const { drafts = [APPROVAL], voters } = options
  const issuers = options.issuers ?? drafts.map(() => newIssuer())
  const boardSeed = random(32)
  const ceremony = await holdCeremony(TELLERS, 2, random)
  const entries = Array.from({ length: voters }, (_, at) => ({ memberId: `m${at}`, salt: newSalt(random) }))
  const roll = rollLeaves(entries)
  const config: BallotConfig = {
    ...FIXED,
    should_attend: voters,
    roll: { root: rollRoot(roll), size: voters },
    questions: drafts.map((draft, at) => ({
      ...draft,
      issuer_key: (issuers[at] as Issuer).key,
      plaintext_bytes: plaintextBytesOf(draft),
    })),
    election_key: ceremony.electionKey,
    board_key: base64url(ed25519.getPublicKey(boardSeed)),
    trustees: ceremony.trustees,
    threshold: ceremony.threshold,
    ...options.more,
  }
  checkConfig(config)
  const electionId = electionIdOf(config)
  const signer = signerOf(boardSeed)
  const signatures: Record<string, string> = { [config.board_key]: signConfig(electionId, signer) }
  for (const [at, { key }] of ceremony.trustees.entries()) {
    const seed = bytesOf((ceremony.secrets[at] as { signingKey: string }).signingKey, 32)
    signatures[key] = signConfig(electionId, signerOf(seed))
  }
  const shares = ceremony.secrets.slice(1).map(({ share }) => bytesOf(share))
  return {
    config,
    configLeaf: configLeaf(config, electionId, signatures),
    ...drawAndCast(config, electionId, entries.map(rollLeaf), issuers, options),
    roll,
    privateKey: await joinShares(shares, config.election_key),
    protocol: PROTOCOL(voters),
    electionId,
    sign: signer,
    issuers,
  }
}

function drawAndCast(
  config: BallotConfig,
  electionId: string,
  voters: readonly string[],
  issuers: readonly Issuer[],
  { deed, isBlind = true }: SampleOptions,
): { issues: IssueRecord[]; ballots: CastBody[]; tokens: { token: Token; signature: Uint8Array }[] } {
  const issues: IssueRecord[] = []
  const ballots: CastBody[] = []
  const tokens: { token: Token; signature: Uint8Array }[] = []
  for (const [place, question] of config.questions.entries()) {
    for (const [at, voter] of voters.entries()) {
      const done = deed(at, question)
      if (done === 'absent') continue
      const token = tokenOf(newRecoveryCode(random), electionId, question.id)
      const { blinded, signature } = (isBlind ? drawn : signedOpenly)(token, issuers[place] as Issuer)
      issues.push({ question: question.id, voter, blinded: base64url(sha256(blinded)), proof: null })
      tokens.push({ token, signature })
      const vote = { token, tokenSignature: signature }
      if (done instanceof Uint8Array) ballots.push(castPlaintext(config, { ...vote, plaintext: done }, random))
      else if (done !== 'keeps') ballots.push(castBody(config, { ...vote, choice: done }, random))
    }
  }
  return { issues, ballots, tokens }
}

function drawn(token: Token, issuer: Issuer): { blinded: Uint8Array; signature: Uint8Array } {
  const blinded = blindToken(token, issuer.key)
  return { blinded, signature: finalizeToken(token, issuer.key, blindSign(issuer, blinded)) }
}

function signedOpenly(token: Token, { secret }: Issuer): { blinded: Uint8Array; signature: Uint8Array } {
  const [label, about] = [utf8('cpb-token-v1'), utf8(token.questionId)]
  const message = joined(token.prefix, label, bytesOf(token.electionId, 32), about, token.publicKey)
  const options = { key: secret, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }
  return { blinded: random(384), signature: new Uint8Array(sign('sha384', message, options)) }
}

const FIXED = {
  format: 'tongxin-ballot-1',
  vote: '01890000-0000-7000-8000-000000000001',
  organisation: '中共同心市委员会机关第一支部',
  title: '支部换届选举',
  grade: 'V2',
  phases: 'split',
  hall: true,
  times: { draw_opens: null, draw_closes: null, cast_opens: null, cast_closes: null },
  rule: { kind: 'election' },
  revoting: false,
  client_hash: null,
} as const

const PROTOCOL = (voters: number): Counted['protocol'] => ({
  present: voters,
  tellers: [{ role: '监票人', name: '甲' }],
  drawing: { opened: '2026-11-22T01:00:00Z', closed: '2026-11-22T01:10:00Z' },
  casting: { opened: '2026-11-22T01:12:00Z', closed: '2026-11-22T01:20:00Z' },
  counted_at: '2026-11-22T01:30:00Z',
  paper: [],
  written_opinions: [],
})
