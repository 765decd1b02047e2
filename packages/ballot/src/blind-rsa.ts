import { sha384 } from '@noble/hashes/sha2.js'
import { BallotError, bytesOfNumber, joined, numberOf, sameBytes } from './bytes.ts'
import type { RsaPublicKey } from './token-key.ts'

// RFC 9474 over RSASSA-PSS of RFC 8017. Only the voter's own device computes with secrets here (her blinding factor),
// so the time that big numbers take tells nobody anything; signing is the server's and runs in native code.

const HASH_BYTES = 48

/** base^exponent mod modulus. */
export function powMod(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** The inverse, null where there is none. */
export function inverseMod(value: bigint, modulus: bigint): bigint | null {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n]
  while (b !== 0n) {
    const quotient = a / b
    ;[a, b] = [b, a - quotient * b]
    ;[x, y] = [y, x - quotient * y]
  }
  return a === 1n ? ((x % modulus) + modulus) % modulus : null
}

function mask(seed: Uint8Array, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / HASH_BYTES) }, (_, counter) =>
    sha384(joined(seed, bytesOfNumber(BigInt(counter), 4))),
  )
  return joined(...blocks).slice(0, length)
}

const hashOf = (message: Uint8Array, salt: Uint8Array) => sha384(joined(new Uint8Array(8), sha384(message), salt))

/** EMSA-PSS-ENCODE (RFC 8017 section 9.1.1) with SHA-384, MGF1 of SHA-384 and the given salt. */
function encode(message: Uint8Array, salt: Uint8Array, bits: number): Uint8Array {
  const length = Math.ceil(bits / 8)
  const hash = hashOf(message, salt)
  const block = new Uint8Array(length - HASH_BYTES - 1)
  block[block.length - salt.length - 1] = 1
  block.set(salt, block.length - salt.length)
  const masking = mask(hash, block.length)
  const masked = block.map((byte, at) => byte ^ (masking[at] ?? 0))
  masked[0] = (masked[0] ?? 0) & (255 >> (8 * length - bits))
  return joined(masked, hash, Uint8Array.of(0xbc))
}

/**
 * RSASSA-PSS-VERIFY. Takes the salt out of the signature and encodes anew: the one encoding is the only one accepted.
 * `saltBytes` is 48 for RSABSSA-SHA384-PSS.
 */
export function isPssSignature(key: RsaPublicKey, message: Uint8Array, signature: Uint8Array, saltBytes = 48): boolean {
  const value = numberOf(signature)
  if (signature.length !== Math.ceil(key.bits / 8) || value >= key.n) return false
  const bits = key.bits - 1
  const length = Math.ceil(bits / 8)
  const number = powMod(value, key.e, key.n)
  if (number.toString(2).length > 8 * length) return false
  const encoded = bytesOfNumber(number, length)
  const hash = encoded.slice(length - HASH_BYTES - 1, length - 1)
  const masking = mask(hash, length - HASH_BYTES - 1)
  const block = encoded.slice(0, length - HASH_BYTES - 1).map((byte, at) => byte ^ (masking[at] ?? 0))
  return sameBytes(encode(message, block.slice(block.length - saltBytes), bits), encoded)
}

/** Blind (RFC 9474 section 4.2) with given salt and blinding factor; `null` where the factor does not fit the key. */
export function blind(
  key: RsaPublicKey,
  prepared: Uint8Array,
  salt: Uint8Array,
  factor: bigint,
): { blinded: Uint8Array; inverse: bigint } | null {
  const message = numberOf(encode(prepared, salt, key.bits - 1))
  const inverse = inverseMod(factor, key.n)
  // A message that shares a divisor with n would give the key away; RFC 9474 asks to stop.
  if (inverse === null || inverseMod(message, key.n) === null) return null
  const blinded = (message * powMod(factor, key.e, key.n)) % key.n
  return { blinded: bytesOfNumber(blinded, Math.ceil(key.bits / 8)), inverse }
}

/**
 * Finalize (RFC 9474 section 4.4).
 * @throws BallotError `blind_signature`
 */
export function finalize(
  key: RsaPublicKey,
  prepared: Uint8Array,
  blindSignature: Uint8Array,
  inverse: bigint,
  saltBytes = 48,
): Uint8Array {
  if (blindSignature.length !== Math.ceil(key.bits / 8)) throw new BallotError('blind_signature', 'wrong length')
  const signature = bytesOfNumber((numberOf(blindSignature) * inverse) % key.n, blindSignature.length)
  if (!isPssSignature(key, prepared, signature, saltBytes)) {
    throw new BallotError('blind_signature', 'the issuer has signed something else or with another key')
  }
  return signature
}

/** Whether s^e is the blinded value: the fault check that RFC 9474 section 4.3 asks of the signer. */
export function isBlindSignature(key: RsaPublicKey, blinded: Uint8Array, signature: Uint8Array): boolean {
  const value = numberOf(signature)
  return signature.length === blinded.length && value < key.n && powMod(value, key.e, key.n) === numberOf(blinded)
}
