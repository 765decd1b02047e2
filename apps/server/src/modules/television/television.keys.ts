import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import type { Vault } from '../../platform/vault.ts'

type Keys = Pick<Vault, 'derive'>

/** Letters and figures that nobody takes for another one across a room. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const CODE_LENGTH = 6
export const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
/** As it was typed, in the form in which it was made. */
export const codeIn = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, '')

export const newSecret = (): string => randomBytes(32).toString('base64url')
/** Fast, because the secret is 256 random bits that nobody guesses, and it is proved with every request of a set. */
export const hashOfSecret = (vault: Keys, secret: string): Buffer =>
  createHmac('sha256', vault.derive('television.set')).update(secret).digest()
export const isSecret = (vault: Keys, secret: string, hash: Buffer): boolean =>
  timingSafeEqual(hashOfSecret(vault, secret), hash)

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex')
const idOf = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

/** What a set that waits for its pairing asks with: the row, and the secret of the set to be. */
export const tokenOf = (pairingId: string, secret: string): string =>
  `${bytesOf(pairingId).toString('base64url')}.${secret}`
export function tokenIn(token: string): { readonly id: string; readonly secret: string } | null {
  const [name = '', secret = ''] = token.split('.')
  const bytes = Buffer.from(name, 'base64url')
  return bytes.length === 16 && secret !== '' ? { id: idOf(bytes), secret } : null
}

/** The key of a paired set: tenant and set, so that one look finds the row, and the secret. */
export type SetKey = { readonly tenantId: string; readonly id: string; readonly secret: string }
export const keyOf = ({ tenantId, id, secret }: SetKey): string =>
  `${Buffer.concat([bytesOf(tenantId), bytesOf(id)]).toString('base64url')}.${secret}`
export function keyIn(text: string): SetKey | null {
  const [name = '', secret = ''] = text.split('.')
  const bytes = Buffer.from(name, 'base64url')
  if (bytes.length !== 32 || secret === '') return null
  return { tenantId: idOf(bytes.subarray(0, 16)), id: idOf(bytes.subarray(16)), secret }
}
