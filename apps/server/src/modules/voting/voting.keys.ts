import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, sign as signBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { Sign } from '@tongxin/ballot'
import { LRUCache } from 'lru-cache'
import type { Vault } from '../../platform/vault.ts'
import { openSigner } from './signer.ts'

/** One per process: its threads begin with the first ballot paper. */
export const signer = openSigner()

const makePair = promisify(generateKeyPair)
const placeOf = (voteId: string, questionId: string) => ({
  table: 'voting_question',
  column: 'issuer_sealed',
  rowId: `${voteId}/${questionId}`,
})

/** RSA-3072 of one question: the public half as RFC 7518 writes it, the private one sealed by the vault. */
export async function makeIssuerKey(
  vault: Vault,
  at: { voteId: string; questionId: string; now: Date },
): Promise<{ publicKey: string; sealed: Buffer }> {
  const { privateKey } = await makePair('rsa', { modulusLength: 3072, publicExponent: 65_537 })
  const { n } = createPublicKey(privateKey).export({ format: 'jwk' })
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
  return { publicKey: n as string, sealed: vault.seal(placeOf(at.voteId, at.questionId), pem, at.now) }
}

// Half a minute at most, so that a key deleted by another process is not in this one's memory a minute later.
const opened = new LRUCache<string, KeyObject>({ max: 200, ttl: 30_000, ttlAutopurge: true })

export function issuerKey(vault: Vault, at: { voteId: string; questionId: string }, sealed: Buffer): KeyObject {
  const place = placeOf(at.voteId, at.questionId)
  const known = opened.get(place.rowId)
  if (known) return known
  const key = createPrivateKey(vault.open(place, sealed))
  opened.set(place.rowId, key)
  return key
}

/** After the deletion of the sealed keys: what this process has opened goes too. */
export function forgetIssuerKeys(voteId: string): void {
  for (const name of opened.keys()) if (name.startsWith(`${voteId}/`)) opened.delete(name)
}

/** PKCS #8 around the 32 bytes of an Ed25519 seed (RFC 8410, 7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')
const boardKeys = new WeakMap<Vault, Map<number, KeyObject>>()

function boardKey(vault: Vault, year: number): KeyObject {
  const known = boardKeys.get(vault) ?? new Map<number, KeyObject>()
  boardKeys.set(vault, known)
  const seed = vault.derive(`voting.board/${year}`)
  const key =
    known.get(year) ?? createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' })
  known.set(year, key)
  return key
}

export type BoardKey = { readonly publicKey: string; readonly sign: Sign }

/** The key of the board, another one each year: a vote keeps the one of the year in which it was configured. */
export function boardKeyOf(vault: Vault, configuredAt: Date): BoardKey {
  const key = boardKey(vault, configuredAt.getUTCFullYear())
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return { publicKey: x as string, sign: (message) => new Uint8Array(signBytes(null, message, key)) }
}
