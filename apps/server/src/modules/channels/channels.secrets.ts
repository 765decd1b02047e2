import { OUTLET_FIELDS, type OutletKind } from '@tongxin/contract'
import type { Vault } from '../../platform/vault.ts'
import type { Config } from './adapters/adapter.ts'
import type { Subscription } from './adapters/push.ts'

const secretAt = (id: string) => ({ table: 'channels_outlet', column: 'secret', rowId: id })
const addressAt = (id: string) => ({ table: 'channels_address', column: 'sealed', rowId: id })

/** All secrets of an outlet in one sealed object. */
export const sealSecrets = (vault: Vault, id: string, secrets: Config, now: Date): Buffer =>
  vault.seal(secretAt(id), JSON.stringify(secrets), now)

export const openSecrets = (vault: Vault, id: string, sealed: Buffer): Record<string, string> =>
  JSON.parse(vault.open(secretAt(id), sealed)) as Record<string, string>

/** What an adapter is given: settings and secrets together, with what stands where nothing was set. */
export function configOf(
  vault: Vault,
  outlet: { readonly id: string; readonly kind: OutletKind; readonly settings: Config; readonly secret: Buffer },
): Config {
  const initial = OUTLET_FIELDS[outlet.kind].flatMap(({ name, initial: value }) => (value ? [[name, value]] : []))
  return { ...Object.fromEntries(initial), ...outlet.settings, ...openSecrets(vault, outlet.id, outlet.secret) }
}

export const sealAddress = (vault: Vault, id: string, address: string, now: Date): Buffer =>
  vault.seal(addressAt(id), address, now)
export const openAddress = (vault: Vault, id: string, sealed: Buffer): string => vault.open(addressAt(id), sealed)

/** A subscription is the same by its endpoint, whatever its keys; everything else by itself. */
export const digestOf = (vault: Vault, address: string): Buffer => vault.blindIndex('channels_address.sealed', address)
export const codeDigest = (vault: Vault, of: string, code: string): Buffer =>
  vault.blindIndex('channels_address.code', `${of}/${code}`)

export const maskedMail = (address: string): string => address.replace(/^(.)[^@]*(@.*)$/, '$1***$2')
export const maskedPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`
export const maskedPush = ({ endpoint }: Subscription): string => `${URL.parse(endpoint)?.host ?? ''}/…`
