import { televisionRefusals as refusals } from '@tongxin/contract'
import type { Tx } from '../../../platform/ctx.ts'
import type { Platform } from '../../../platform/platform.ts'
import { findTenant } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { triesByAddress } from '../../../platform/tries.ts'
import { setsById, type TvSet } from '../queries/sets.queries.ts'
import { isSecret, keyIn, type SetKey } from '../television.keys.ts'

const MINUTES = 5
/** Wrong keys from one address in that time, after which it waits; a broken set asks every half minute. */
const wrong = triesByAddress(200, MINUTES)

/** @throws Refusal `television.too_many_tries` */
export function demandPatience(platform: Platform, address: string): void {
  if (wrong(platform).isOver(address)) throw refusals.too_many_tries({ minutes: MINUTES })
}

/** Counts what was wrong against the address. */
export function notPaired(platform: Platform, address: string): Error {
  wrong(platform).count(address)
  return refusals.not_paired()
}

/**
 * Where a key points, when its tenant is one of this installation. A database that is away is no answer: a set that is
 * told that it is not paired forgets its key.
 */
export async function placeOfKey(
  platform: Pick<Platform, 'db'>,
  key: string,
): Promise<(SetKey & { scope: string }) | null> {
  const read = keyIn(key)
  if (!read) return null
  const tenant = await findTenant(platform.db, read.tenantId)
  return tenant ? { ...read, scope: tenant.path } : null
}

/**
 * Works for a set in a transaction of its tenant. Its key is proved with every request, so an ended set opens nothing.
 * @throws Refusal `television.not_paired`, `television.too_many_tries`
 */
export async function asSet<T>(
  platform: Platform,
  asked: { readonly key: string; readonly address: string },
  work: (tx: Tx, set: TvSet, tenantId: string) => Promise<T>,
): Promise<T> {
  demandPatience(platform, asked.address)
  const place = await placeOfKey(platform, asked.key)
  if (!place) throw notPaired(platform, asked.address)
  const { tenantId, scope } = place
  return inSystemTransaction(platform, { tenantId, scope }, async (tx) => {
    const [set] = await setsById(tx, tenantId, [place.id])
    if (!set || !isSecret(platform.vault, place.secret, set.secretHash)) throw notPaired(platform, asked.address)
    return work(tx, set, tenantId)
  })
}
