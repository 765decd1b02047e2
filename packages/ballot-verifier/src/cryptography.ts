import {
  constants,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
  verify,
} from 'node:crypto'
import { sha256 } from './reading.ts'

// The standard library only: RFC 8032, RFC 8017, RFC 9180, RFC 9162 as OpenSSL and Node have them.

const okp = (curve: 'Ed25519' | 'X25519', x: Uint8Array) =>
  createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: curve, x: Buffer.from(x).toString('base64url') } })

export function isEd25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(null, message, okp('Ed25519', key), signature)
  } catch {
    return false
  }
}

export const rsaKey = (key: { n: string; e: string }): KeyObject =>
  createPublicKey({ format: 'jwk', key: { kty: 'RSA', ...key } })

/** RSASSA-PSS with SHA-384, MGF1 of SHA-384 and a salt of 48 bytes: what RFC 9474 ends in. */
export const isPss = (key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean =>
  verify('sha384', message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }, signature)

// PKCS #8 around 32 bytes of X25519 (RFC 8410).
const X25519_PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex')

export type ElectionKey = { readonly secret: KeyObject; readonly publicKey: Buffer }

export function electionKeyOf(privateKey: Uint8Array): ElectionKey {
  const secret = createPrivateKey({ format: 'der', type: 'pkcs8', key: Buffer.concat([X25519_PKCS8, privateKey]) })
  const { x = '' } = createPublicKey(secret).export({ format: 'jwk' })
  return { secret, publicKey: Buffer.from(x, 'base64url') }
}

const utf8 = (text: string) => Buffer.from(text, 'utf8')
const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]) => {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return mac.digest()
}
const NONE = Buffer.alloc(0)
const KEM = Buffer.from([...utf8('KEM'), 0x00, 0x20])
/** DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
const SUITE = Buffer.from([...utf8('HPKE'), 0x00, 0x20, 0x00, 0x01, 0x00, 0x02])

const labeledExtract = (suite: Buffer, salt: Buffer, label: string, ikm: Uint8Array) =>
  hmac(salt.length === 0 ? Buffer.alloc(32) : salt, utf8('HPKE-v1'), suite, utf8(label), ikm)
/** Of at most one block of SHA-256. */
const labeledExpand = (suite: Buffer, prk: Buffer, label: string, info: Uint8Array, length: number) =>
  hmac(prk, Buffer.from([0, length]), utf8('HPKE-v1'), suite, utf8(label), info, Buffer.from([1])).subarray(0, length)

/** Opens one message of RFC 9180 in base mode; null where it does not open. */
export function openSealed(
  { secret, publicKey }: ElectionKey,
  sealed: Buffer,
  info: Uint8Array,
  aad: Uint8Array,
): Buffer | null {
  try {
    const enc = sealed.subarray(0, 32)
    const dh = diffieHellman({ privateKey: secret, publicKey: okp('X25519', enc) })
    const eae = labeledExtract(KEM, NONE, 'eae_prk', dh)
    const shared = labeledExpand(KEM, eae, 'shared_secret', Buffer.concat([enc, publicKey]), 32)
    const context = Buffer.concat([
      Buffer.from([0]),
      labeledExtract(SUITE, NONE, 'psk_id_hash', NONE),
      labeledExtract(SUITE, NONE, 'info_hash', info),
    ])
    const prk = labeledExtract(SUITE, shared, 'secret', NONE)
    const key = labeledExpand(SUITE, prk, 'key', context, 32)
    const cipher = createDecipheriv('aes-256-gcm', key, labeledExpand(SUITE, prk, 'base_nonce', context, 12))
    cipher.setAAD(aad)
    cipher.setAuthTag(sealed.subarray(-16))
    return Buffer.concat([cipher.update(sealed.subarray(32, -16)), cipher.final()])
  } catch {
    return null
  }
}

/** Root of the Merkle tree of RFC 9162 over these leaves. */
export function rootOf(leaves: readonly Uint8Array[]): Buffer {
  // The left-filled tree, built level by level: an odd one at the end moves up as it is.
  let level = leaves.map((leaf) => sha256(Buffer.from([0]), leaf))
  if (level.length === 0) return sha256()
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at] as Buffer, level[at + 1]]
      above.push(right ? sha256(Buffer.from([1]), left, right) : left)
    }
    level = above
  }
  return level[0] as Buffer
}
