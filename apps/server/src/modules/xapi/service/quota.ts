import { xapiRefusals as refusals } from '@tongxin/contract'
import { cacheOf } from '../../../platform/cache.ts'
import { todayOf } from '../../../platform/clock.ts'
import type { Platform } from '../../../platform/platform.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { settingOf } from '../../settings/index.ts'
import type { Caller } from './caller.ts'

const MB = 1024 * 1024
/** What one launch may bring in all its hours: statements and bookmarks of one person in one unit. */
const LAUNCHED_BYTES = 64 * MB

/** A setting that is changed holds from the next minute on. */
const limits = cacheOf<number>(10_000, { ttl: 60_000 })

/** Bytes that a key may bring in all: a setting of its organisation for programs, a fixed one for launched content. */
export async function mostBytesOf(
  platform: Platform,
  { tenantId, scope, orgPath, launch }: Pick<Caller, 'tenantId' | 'scope' | 'orgPath' | 'launch'>,
): Promise<number> {
  if (launch) return LAUNCHED_BYTES
  const key = `${tenantId}/${orgPath}`
  const known = limits.get(key)
  if (known !== undefined) return known
  const megabytes = await inSystemTransaction(platform, { tenantId, scope }, (tx) =>
    settingOf(tx, tenantId, orgPath, 'xapi.most_megabytes', todayOf(platform.clock())),
  )
  limits.set(key, megabytes * MB)
  return megabytes * MB
}

/** Refused with 413, as the standard has it for what is more than a store takes (4.1.4). */
export const quotaFull = (most: number) => refusals.quota_full({ most: Math.floor(most / MB) })
