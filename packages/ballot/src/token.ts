import { ed25519 } from '@noble/curves/ed25519.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { blind, finalize, isPssSignature } from './blind-rsa.ts'
import { BallotError, bytesOf, joined, numberOf, utf8 } from './bytes.ts'
import { secretOfCode } from './recovery-code.ts'
import { type IssuerKey, rsaKeyOf } from './token-key.ts'

/** The right to cast one ballot on one question. Whoever has the code can make it again on another device. */
export type Token = {
  readonly electionId: string
  readonly questionId: string
  /** Ed25519 seed and public key. */
  readonly secretKey: Uint8Array
  readonly publicKey: Uint8Array
  /** 32 bytes of RFC 9474 section 4.1. */
  readonly prefix: Uint8Array
  readonly code: Uint8Array
}

/** `cpb-token-v1` ‖ election ‖ question ‖ public key: all parts but one have a fixed length. */
const tokenMessage = (electionId: string, questionId: string, publicKey: Uint8Array): Uint8Array =>
  joined(utf8('cpb-token-v1'), bytesOf(electionId, 32), utf8(questionId), publicKey)

/** Everything secret of a vote from its recovery code: a lost phone does not lose the vote. */
export function tokenOf(code: string, electionId: string, questionId: string): Token {
  const secret = secretOfCode(code)
  const secretKey = derived(secret, electionId, questionId, 'token', 32)
  return {
    electionId,
    questionId,
    secretKey,
    publicKey: ed25519.getPublicKey(secretKey),
    prefix: derived(secret, electionId, questionId, 'prefix', 32),
    code: secret,
  }
}

const derived = (code: Uint8Array, electionId: string, questionId: string, purpose: string, length: number) =>
  hkdf(sha256, code, bytesOf(electionId, 32), utf8(`cpb-key-v1/${purpose}/${questionId}`), length)

function blindingOf(token: Token, issuerKey: IssuerKey) {
  const key = rsaKeyOf(issuerKey)
  const own = (purpose: string, length: number) =>
    derived(token.code, token.electionId, token.questionId, purpose, length)
  const prepared = preparedOf(token)
  for (let attempt = 0; attempt < 8; attempt += 1) {
    // 64 bytes more than the modulus: the remainder is even to one part in 2^512.
    const factor = numberOf(own(`blind/${attempt}`, Math.ceil(key.bits / 8) + 64)) % key.n
    const made = blind(key, prepared, own('salt', 48), factor)
    if (made) return { key, prepared, ...made }
  }
  throw new BallotError('issuer_key', 'no blinding factor fits: the modulus has small divisors')
}

const preparedOf = ({ prefix, electionId, questionId, publicKey }: Token) =>
  joined(prefix, tokenMessage(electionId, questionId, publicKey))

/** What the voter sends to be signed; the same code gives the same bytes, so a repeated drawing is the same drawing. */
export const blindToken = (token: Token, issuerKey: IssuerKey): Uint8Array => blindingOf(token, issuerKey).blinded

/**
 * The signature over the token, which the issuer has never seen.
 * @throws BallotError `blind_signature` where the issuer used another key than the published one
 */
export function finalizeToken(token: Token, issuerKey: IssuerKey, blindSignature: Uint8Array): Uint8Array {
  const { key, prepared, inverse } = blindingOf(token, issuerKey)
  return finalize(key, prepared, blindSignature, inverse)
}

/** Whether the issuer of this question has signed this token. */
export function verifyToken(
  issuerKey: IssuerKey,
  token: Pick<Token, 'electionId' | 'questionId' | 'publicKey' | 'prefix'>,
  signature: Uint8Array,
): boolean {
  const message = tokenMessage(token.electionId, token.questionId, token.publicKey)
  return isPssSignature(rsaKeyOf(issuerKey), joined(token.prefix, message), signature)
}
