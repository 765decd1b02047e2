import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import {
  BallotError,
  base64url,
  bytesOf,
  bytesOfNumber,
  joined,
  numberOf,
  type Random,
  sameBytes,
  utf8,
} from './bytes.ts'
import { canonicalBytes, readCanonical } from './canonical.ts'
import { type Choice, encodeChoice } from './choice.ts'
import { type BallotConfig, type QuestionConfig, questionOf } from './config.ts'
import { open, seal } from './hpke.ts'
import { type Token, verifyToken } from './token.ts'
import { leafHash } from './tree.ts'

/** A sealed ballot as it is cast, and as it stands on the board: its canonical JSON is the leaf. */
export type CastBody = {
  readonly type: 'ballot'
  readonly election: string
  readonly question: string
  /** Ed25519 public key of the token. */
  readonly tpk: string
  readonly prefix: string
  readonly token_sig: string
  /** `enc` ‖ ciphertext of RFC 9180. */
  readonly ct: string
  /** 0, and one more for each time the voter votes again where the election allows it. */
  readonly seq: number
  readonly cast_sig: string
}

const infoOf = (electionId: string, questionId: string) =>
  joined(utf8('cpb-ballot-v1'), bytesOf(electionId, 32), utf8(questionId))

type Place = { readonly electionId: string; readonly questionId: string; readonly publicKey: Uint8Array }

/** HPKE of a plaintext under the key of the election, bound to election, question and token. */
export const sealBallot = (electionKey: string, place: Place, plaintext: Uint8Array, random: Random): Uint8Array =>
  seal(bytesOf(electionKey, 32), random(32), plaintext, {
    info: infoOf(place.electionId, place.questionId),
    aad: sha256(place.publicKey),
  })

/**
 * The plaintext of a ballot.
 * @throws BallotError `unreadable`
 */
export const openBallot = (privateKey: Uint8Array, body: CastBody): Uint8Array =>
  open(privateKey, bytesOf(body.ct), {
    info: infoOf(body.election, body.question),
    aad: sha256(bytesOf(body.tpk, 32)),
  })

const castMessage = (electionId: string, questionId: string, ct: Uint8Array, seq: number) =>
  joined(utf8('cpb-cast-v1'), sha256(ct), bytesOfNumber(BigInt(seq), 4), bytesOf(electionId, 32), utf8(questionId))

/** Everything that is sent to the ballot box for one question. `tokenSignature` comes from `finalizeToken`. */
export function castBody(
  config: BallotConfig,
  vote: { token: Token; tokenSignature: Uint8Array; choice: Choice; seq?: number },
  random: Random,
): CastBody {
  const question = questionOf(config, vote.token.questionId)
  return castPlaintext(config, { ...vote, plaintext: encodeChoice(question, vote.choice) }, random)
}

/** As `castBody` for a plaintext that no honest device makes: for those who try to break a vote. */
export function castPlaintext(
  config: BallotConfig,
  vote: { token: Token; tokenSignature: Uint8Array; plaintext: Uint8Array; seq?: number },
  random: Random,
): CastBody {
  const { token, seq = 0 } = vote
  const ct = sealBallot(config.election_key, token, vote.plaintext, random)
  return {
    type: 'ballot',
    election: token.electionId,
    question: token.questionId,
    tpk: base64url(token.publicKey),
    prefix: base64url(token.prefix),
    token_sig: base64url(vote.tokenSignature),
    ct: base64url(ct),
    seq,
    cast_sig: base64url(ed25519.sign(castMessage(token.electionId, token.questionId, ct, seq), token.secretKey)),
  }
}

/** The bytes of a leaf of the board. */
export const leafBytes = (leaf: object): Uint8Array => canonicalBytes(leaf)
export const leafHashOf = (leaf: object): Uint8Array => leafHash(leafBytes(leaf))

const FIELDS = ['cast_sig', 'ct', 'election', 'prefix', 'question', 'seq', 'token_sig', 'tpk', 'type'].join()
const MOST_SEQ = 2 ** 32 - 1

/**
 * Whether a body may enter the ballot box of this election: form, lengths, token of this question, signature of the
 * token's owner. Whether the token was cast before is for the box to know.
 * @throws BallotError `cast.form` | `cast.election` | `question` | `cast.token` | `cast.signature` | `base64url`
 */
export function verifyCast(config: BallotConfig, electionId: string, body: CastBody): void {
  if (
    body === null ||
    typeof body !== 'object' ||
    Object.keys(body).sort().join() !== FIELDS ||
    body.type !== 'ballot'
  ) {
    throw new BallotError('cast.form', 'not the fields of a ballot')
  }
  const { seq } = body
  if (!Number.isSafeInteger(seq) || seq < 0 || seq > MOST_SEQ || (seq > 0 && !config.revoting)) {
    throw new BallotError('cast.form', 'seq')
  }
  if (body.election !== electionId) throw new BallotError('cast.election', 'a ballot of another election')
  const question = questionOf(config, body.question)
  const ct = bytesOf(body.ct, ciphertextBytesOf(question))
  const publicKey = bytesOf(body.tpk, 32)
  const token = { electionId, questionId: question.id, publicKey, prefix: bytesOf(body.prefix, 32) }
  if (!verifyToken(question.issuer_key, token, bytesOf(body.token_sig, 384))) {
    throw new BallotError('cast.token', 'the issuer of this question has not signed the token')
  }
  const message = castMessage(electionId, question.id, ct, seq)
  if (!isEd25519(bytesOf(body.cast_sig, 64), message, publicKey)) {
    throw new BallotError('cast.signature', 'not cast by the owner of the token')
  }
}

export const ciphertextBytesOf = (question: QuestionConfig): number => 32 + question.plaintext_bytes + 16

/**
 * Ed25519 without the cofactor (RFC 8032 section 5.1.7, its last sentence), as OpenSSL decides: the library's own check
 * multiplies by 8, so a voter could make a signature that passes here and spoils the bundle for every other verifier.
 */
export function isEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  const { Point } = ed25519
  if (signature.length !== 64 || publicKey.length !== 32) return false
  try {
    const key = Point.fromBytes(publicKey)
    if (key.isSmallOrder()) return false
    const hash = sha512(joined(signature.slice(0, 32), publicKey, message))
    const challenge = numberOf(hash.reverse()) % Point.Fn.ORDER
    const scalar = numberOf(signature.slice(32).reverse())
    // A scalar of the group's order or more throws: a second writing of the same signature.
    const commitment = Point.BASE.multiplyUnsafe(scalar).subtract(key.multiplyUnsafe(challenge))
    return sameBytes(commitment.toBytes(), signature.slice(0, 32))
  } catch {
    return false
  }
}

/** A leaf of the board as a ballot; null for the leaf of the config and the one of the count. */
export function ballotOfLeaf(leaf: Uint8Array): CastBody | null {
  const body = readCanonical(leaf) as { readonly type?: unknown }
  return body.type === 'ballot' ? (body as CastBody) : null
}

/** The board's promise to a voter that a leaf will stand on it: signed over election and leaf hash. */
export type Acceptance = { readonly election: string; readonly leaf: string; readonly signature: string }
/** Signs with Ed25519; the key itself need not be in this process's reach. */
export type Sign = (message: Uint8Array) => Uint8Array

const acceptanceMessage = (electionId: string, leaf: Uint8Array) =>
  joined(utf8('cpb-accept-v1'), bytesOf(electionId, 32), leaf)

export function signAcceptance(electionId: string, leaf: Uint8Array, sign: Sign): Acceptance {
  return {
    election: electionId,
    leaf: base64url(leaf),
    signature: base64url(sign(acceptanceMessage(electionId, leaf))),
  }
}

/** Whether the board of this election has promised this leaf. */
export const verifyAcceptance = (config: BallotConfig, electionId: string, { leaf, signature }: Acceptance): boolean =>
  isEd25519(bytesOf(signature), acceptanceMessage(electionId, bytesOf(leaf, 32)), bytesOf(config.board_key, 32))

/** Ed25519 with a seed at hand: trustees and tests. */
export const signerOf =
  (seed: Uint8Array): Sign =>
  (message) =>
    ed25519.sign(message, seed)
