import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Vault } from '../../platform/vault.ts'

/** A name and a password as they travel in Basic authentication: the name holds tenant and row, so that one look finds it. */
export type Credentials = { readonly tenantId: string; readonly id: string; readonly secret: string }

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex')
const uuidOf = (bytes: Buffer): string => {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export const keyNameOf = (tenantId: string, id: string): string =>
  Buffer.concat([bytesOf(tenantId), bytesOf(id)]).toString('base64url')

/** The row that a key name points at; null when it is no key name of ours. */
export function rowOfKeyName(name: string): { tenantId: string; id: string } | null {
  if (!/^[\w-]{43}$/.test(name)) return null
  const bytes = Buffer.from(name, 'base64url')
  return bytes.length === 32 ? { tenantId: uuidOf(bytes.subarray(0, 16)), id: uuidOf(bytes.subarray(16)) } : null
}

/** Reads an `Authorization` header (RFC 7617). */
export function credentialsIn(header: string | undefined): Credentials | null {
  const encoded = /^basic\s+([a-z0-9+/_-]+=*)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return null
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  const row = colon > 0 ? rowOfKeyName(text.slice(0, colon)) : null
  return row ? { ...row, secret: text.slice(colon + 1) } : null
}

export const newSecret = (): string => randomBytes(32).toString('base64url')

/**
 * A keyed hash, and a fast one: the secret is 256 random bits, which nobody guesses at any speed, and it is checked with
 * every request. Slow hashes are for passwords that people choose.
 */
export const hashOfSecret = (vault: Pick<Vault, 'derive'>, secret: string): Buffer =>
  createHmac('sha256', vault.derive('xapi.credential')).update(secret).digest()

export const isSecret = (vault: Pick<Vault, 'derive'>, secret: string, hash: Buffer): boolean =>
  timingSafeEqual(hashOfSecret(vault, secret), hash)
