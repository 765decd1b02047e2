import { gcm } from '@noble/ciphers/aes.js'
import { x25519 } from '@noble/curves/ed25519.js'
import { expand, extract } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { BallotError, bytesOfNumber, joined, utf8 } from './bytes.ts'

// RFC 9180, base mode, one message: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-GCM. Synchronous and without
// WebCrypto, which old phones lack for X25519 and pages without TLS lack altogether.

export type Aead = { readonly id: number; readonly keyBytes: number }
export const AES_256_GCM: Aead = { id: 2, keyBytes: 32 }
const NONCE_BYTES = 12

const number16 = (value: number) => bytesOfNumber(BigInt(value), 2)
const KEM_SUITE = joined(utf8('KEM'), number16(0x0020))
const suiteOf = (aead: Aead) => joined(utf8('HPKE'), number16(0x0020), number16(0x0001), number16(aead.id))

const labeledExtract = (suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array) =>
  extract(sha256, joined(utf8('HPKE-v1'), suite, utf8(label), ikm), salt)

const labeledExpand = (suite: Uint8Array, prk: Uint8Array, label: string, info: Uint8Array, length: number) =>
  expand(sha256, prk, joined(number16(length), utf8('HPKE-v1'), suite, utf8(label), info), length)

function sharedSecret(dh: Uint8Array, enc: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const prk = labeledExtract(KEM_SUITE, new Uint8Array(), 'eae_prk', dh)
  return labeledExpand(KEM_SUITE, prk, 'shared_secret', joined(enc, publicKey), 32)
}

/** Key and nonce of the first and only message (RFC 9180 section 5.1, mode 0). */
function schedule(shared: Uint8Array, info: Uint8Array, aead: Aead): { key: Uint8Array; nonce: Uint8Array } {
  const suite = suiteOf(aead)
  const none = new Uint8Array()
  const context = joined(
    Uint8Array.of(0),
    labeledExtract(suite, none, 'psk_id_hash', none),
    labeledExtract(suite, none, 'info_hash', info),
  )
  const secret = labeledExtract(suite, shared, 'secret', none)
  return {
    key: labeledExpand(suite, secret, 'key', context, aead.keyBytes),
    nonce: labeledExpand(suite, secret, 'base_nonce', context, NONCE_BYTES),
  }
}

export type Sealed = { readonly info: Uint8Array; readonly aad: Uint8Array; readonly aead?: Aead }

/** `enc` ‖ ciphertext; `ephemeral` is a fresh X25519 private key for every call. */
export function seal(publicKey: Uint8Array, ephemeral: Uint8Array, plaintext: Uint8Array, sealed: Sealed): Uint8Array {
  const enc = x25519.getPublicKey(ephemeral)
  const shared = sharedSecret(x25519.getSharedSecret(ephemeral, publicKey), enc, publicKey)
  const { key, nonce } = schedule(shared, sealed.info, sealed.aead ?? AES_256_GCM)
  return joined(enc, gcm(key, nonce, sealed.aad).encrypt(plaintext))
}

/** @throws BallotError `unreadable` */
export function open(secretKey: Uint8Array, ciphertext: Uint8Array, sealed: Sealed): Uint8Array {
  const enc = ciphertext.slice(0, 32)
  try {
    const shared = sharedSecret(x25519.getSharedSecret(secretKey, enc), enc, x25519.getPublicKey(secretKey))
    const { key, nonce } = schedule(shared, sealed.info, sealed.aead ?? AES_256_GCM)
    return gcm(key, nonce, sealed.aad).decrypt(ciphertext.slice(32))
  } catch {
    throw new BallotError('unreadable', 'the ballot does not open with this key')
  }
}
