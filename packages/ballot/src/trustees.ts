import { gcm } from '@noble/ciphers/aes.js'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { scrypt } from '@noble/hashes/scrypt.js'
import { combine, split } from 'shamir-secret-sharing'
import { BallotError, base64url, bytesOf, type Random, utf8 } from './bytes.ts'
import { canonicalBytes, readCanonical } from './canonical.ts'

/** What one trustee takes home, locked with a passphrase of her own. */
export type TrusteeSecret = {
  /** Public key of the election, to know to which the share belongs. */
  readonly electionKey: string
  readonly name: string
  readonly role: string
  readonly threshold: number
  readonly shares: number
  /** 33 bytes: share and its coordinate. */
  readonly share: string
  /** Ed25519 seed with which this trustee signs the config. */
  readonly signingKey: string
}

export type Ceremony = {
  /** For the config. */
  readonly electionKey: string
  readonly trustees: readonly { readonly name: string; readonly role: string; readonly key: string }[]
  readonly threshold: number
  readonly secrets: readonly TrusteeSecret[]
}

/** Makes the key of the election and its shares; the whole private key is forgotten before this returns. */
export async function holdCeremony(
  people: readonly { readonly name: string; readonly role: string }[],
  threshold: number,
  random: Random,
): Promise<Ceremony> {
  const privateKey = random(32)
  const electionKey = base64url(x25519.getPublicKey(privateKey))
  const shares = await splitKey(privateKey, people.length, threshold)
  privateKey.fill(0)
  const secrets = people.map(({ name, role }, at) => ({
    electionKey,
    name,
    role,
    threshold,
    shares: people.length,
    share: base64url(shares[at] as Uint8Array),
    signingKey: base64url(random(32)),
  }))
  const trustees = secrets.map(({ name, role, signingKey }) => ({
    name,
    role,
    key: base64url(ed25519.getPublicKey(bytesOf(signingKey, 32))),
  }))
  return { electionKey, trustees, threshold, secrets }
}

/** Shares of which any `threshold` give the key and fewer give nothing; the library draws its own randomness. */
export const splitKey = (privateKey: Uint8Array, shares: number, threshold: number): Promise<Uint8Array[]> =>
  split(privateKey, shares, threshold)

/**
 * The private key of the election. Too few shares, or one of another election, give a key that does not fit.
 * @throws BallotError `shares`
 */
export async function joinShares(shares: readonly Uint8Array[], electionKey: string): Promise<Uint8Array> {
  let key: Uint8Array
  try {
    key = await combine([...shares])
  } catch (error) {
    throw new BallotError('shares', error instanceof Error ? error.message : 'shares that do not belong together')
  }
  if (key.length !== 32 || base64url(x25519.getPublicKey(key)) !== electionKey) {
    throw new BallotError('shares', 'too few shares, or a share of another election')
  }
  return key
}

/** Whether a private key is that of the election. */
export const isElectionKey = (privateKey: Uint8Array, electionKey: string): boolean =>
  privateKey.length === 32 && base64url(x25519.getPublicKey(privateKey)) === electionKey

// scrypt as OWASP recommends it for passwords: about a second on a phone, 128 MiB.
const COST = { N: 2 ** 17, r: 8, p: 1, dkLen: 32 }
const FILE_FORMAT = 'tongxin-trustee-1'

/** The trustee's file: canonical JSON, its secret under AES-256-GCM with a key of the passphrase. */
export function lockSecret(secret: TrusteeSecret, passphrase: string, random: Random): Uint8Array {
  const [salt, nonce] = [random(16), random(12)]
  const { electionKey, name, role, threshold, shares } = secret
  const open = { format: FILE_FORMAT, electionKey, name, role, threshold, shares, salt: base64url(salt) }
  const locked = gcm(keyOf(passphrase, salt), nonce, canonicalBytes(open)).encrypt(canonicalBytes(secret))
  return canonicalBytes({ ...open, nonce: base64url(nonce), locked: base64url(locked) })
}

const keyOf = (passphrase: string, salt: Uint8Array) => scrypt(utf8(passphrase.normalize('NFKC')), salt, COST)

/** @throws BallotError `trustee_file` or `passphrase` */
export function unlockSecret(file: Uint8Array, passphrase: string): TrusteeSecret {
  let read: Record<string, string>
  try {
    read = readCanonical(file) as unknown as Record<string, string>
  } catch {
    throw new BallotError('trustee_file', 'not the file of a trustee')
  }
  const { nonce, locked, ...open } = read
  if (open.format !== FILE_FORMAT || typeof nonce !== 'string' || typeof locked !== 'string') {
    throw new BallotError('trustee_file', 'not the file of a trustee')
  }
  const salt = bytesOf(String(open.salt), 16)
  try {
    const bytes = gcm(keyOf(passphrase, salt), bytesOf(nonce, 12), canonicalBytes(open)).decrypt(bytesOf(locked))
    return readCanonical(bytes) as unknown as TrusteeSecret
  } catch {
    throw new BallotError('passphrase', 'another passphrase, or a damaged file')
  }
}
