import { xapiRefusals as refusals, requestRefusals } from '@tongxin/contract'
import { cacheOf } from '../../../platform/cache.ts'
import { todayOf } from '../../../platform/clock.ts'
import { runBatch } from '../../../platform/db.ts'
import type { Platform } from '../../../platform/platform.ts'
import { findTenant } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { triesByAddress } from '../../../platform/tries.ts'
import { setLastUsed } from '../queries/credentials.queries.ts'
import { type CredentialRow, findingCredentials } from '../queries/writing.queries.ts'
import { credentialsIn, isSecret, keyNameOf } from '../xapi.credentials.ts'
import { memberKeyOf } from '../xapi.keys.ts'
import type { Launched } from '../xapi.ports.ts'

export type Right = 'statements/write' | 'statements/read/mine' | 'statements/read' | 'state' | 'profile'

/** Who asks: a program with a key, or content that was launched for one person and registration. */
export type Caller = {
  readonly tenantId: string
  /** The path of the whole tenant. */
  readonly scope: string
  readonly id: string
  readonly name: string
  readonly orgPath: string
  readonly rights: ReadonlySet<Right>
  readonly launch: (Launched & { readonly memberKey: string }) | null
}

const LAUNCHED: ReadonlySet<Right> = new Set(['statements/write', 'statements/read/mine', 'state', 'profile'])
/** Requests a minute of launched content: one person at work. */
const LAUNCHED_PER_MINUTE = 600
/** Bytes that launched content sends in a minute: what it has to say is short. */
const LAUNCHED_BYTES = 10 * 1024 * 1024
/** Wrong secrets from one address in five minutes, after which it is told to wait. */
const WRONG_MINUTES = 5
const wrongOnes = triesByAddress(100, WRONG_MINUTES)

const minutes = cacheOf<{ minute: number; count: number }>(50_000)

const remembered = cacheOf<{ caller: Caller; most: number }>(20_000, { ttl: 60_000 })

/**
 * The caller of a request whose key is proved again in the transaction of its work: what is remembered spares a look.
 * @throws as `admit`
 */
export async function admitBefore(platform: Platform, header: string | undefined, address: string): Promise<Caller> {
  const known = header === undefined ? undefined : remembered.get(header)
  if (!known) return admit(platform, header, address)
  countOne(platform, known.caller, known.most)
  return known.caller
}

/**
 * Reads and proves the key of a request. Asked with every request: a key that was ended opens nothing any more.
 * @throws Refusal `request.signed_out`, `xapi.too_many_wrong`, `xapi.rate`
 */
export async function admit(platform: Platform, header: string | undefined, address: string): Promise<Caller> {
  const credentials = credentialsIn(header)
  const tenant = credentials && (await pathOf(platform, credentials.tenantId))
  if (!credentials || tenant === undefined || tenant === null) throw signedOut(platform, address)
  const now = platform.clock()
  const [, found] = await runBatch(platform.pool, [
    scoping(credentials.tenantId, tenant),
    findingCredentials(credentials.tenantId, [credentials.id], now, todayOf(now)),
  ])
  const row = (found?.rows as CredentialRow[] | undefined)?.[0]
  if (!row || !isSecret(platform.vault, credentials.secret, row.secretHash)) throw signedOut(platform, address)
  const caller = callerOf(credentials.tenantId, tenant, row)
  const most = caller.launch ? LAUNCHED_PER_MINUTE : row.mostPerMinute
  remembered.set(header as string, { caller, most })
  countOne(platform, caller, most)
  return caller
}

export const scoping = (tenantId: string, scope: string) => ({
  name: 'xapi_scope',
  text: `select set_config('app.tenant', $1, true), set_config('app.scope', $2, true), set_config('app.person', '', true)`,
  values: [tenantId, scope],
})

/** Whoever has a right key goes on beside somebody who guesses from the same house. */
function signedOut(platform: Platform, address: string) {
  if (wrongOnes(platform).isOver(address)) return refusals.too_many_wrong({ retryAfter: WRONG_MINUTES * 60 })
  wrongOnes(platform).count(address)
  return requestRefusals.signed_out()
}

/** One more request of a key in this minute. The first one is noted as its last use. */
function countOne(platform: Platform, caller: Caller, most: number): void {
  const { tenantId, id, scope, launch } = caller
  const now = platform.clock()
  const minute = Math.floor(now.getTime() / 60_000)
  const key = `${tenantId}/${id}`
  const counted = minutes.get(key)
  const isFirst = counted?.minute !== minute
  const count = isFirst ? 1 : counted.count + 1
  minutes.set(key, { minute, count })
  if (isFirst && !launch) {
    const noting = inSystemTransaction(platform, { tenantId, scope }, (tx) => setLastUsed(tx, tenantId, id, now))
    noting.catch((err) => platform.log.warn({ err }, 'the last use of a key was not noted'))
  }
  if (count > most) throw refusals.rate({ most, retryAfter: 60 - (Math.floor(now.getTime() / 1000) % 60) })
}

const sent = cacheOf<{ minute: number; bytes: number }>(50_000)

/** Whoever opens a unit holds its key: what he sends with it is bounded, so that nobody fills the disk of all. */
export function countBytes(platform: Platform, { tenantId, id, launch }: Caller, bytes: number): void {
  if (!launch || bytes === 0) return
  const now = platform.clock()
  const minute = Math.floor(now.getTime() / 60_000)
  const key = `${tenantId}/${id}`
  const counted = sent.get(key)
  const total = (counted?.minute === minute ? counted.bytes : 0) + bytes
  sent.set(key, { minute, bytes: total })
  const retryAfter = 60 - (Math.floor(now.getTime() / 1000) % 60)
  if (total > LAUNCHED_BYTES) throw refusals.rate({ most: LAUNCHED_PER_MINUTE, retryAfter })
}

function callerOf(tenantId: string, scope: string, row: CredentialRow): Caller {
  const { memberId, registration } = row
  const launch =
    memberId === null || registration === null
      ? null
      : { memberId, memberKey: memberKeyOf(memberId), registration, session: row.id }
  return {
    tenantId,
    scope,
    id: row.id,
    name: keyNameOf(tenantId, row.id),
    orgPath: row.orgPath,
    rights: launch ? LAUNCHED : new Set(row.scopes as Right[]),
    launch,
  }
}

/** @throws Refusal `xapi.not_allowed` */
export function demand(caller: Caller, ...anyOf: readonly Right[]): void {
  if (!anyOf.some((right) => caller.rights.has(right))) throw refusals.not_allowed({ needed: anyOf[0] ?? '' })
}

/** Paths of tenants change with a reorganisation of the whole. */
const paths = cacheOf<string>(1000, { ttl: 10_000 })

/** The path of a tenant; undefined when there is none. */
export async function pathOf(platform: Platform, tenantId: string): Promise<string | undefined> {
  const known = paths.get(tenantId)
  if (known !== undefined) return known
  const found = await findTenant(platform.db, tenantId)
  if (found) paths.set(tenantId, found.path)
  return found?.path
}
