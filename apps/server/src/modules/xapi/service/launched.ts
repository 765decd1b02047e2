import { requestRefusals } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Platform } from '../../../platform/platform.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { lockLaunch, setFetched } from '../queries/credentials.queries.ts'
import { run } from '../queries/run.ts'
import { findingUsage, type Usage } from '../queries/usage.queries.ts'
import * as q from '../queries/writing.queries.ts'
import type { Answer } from '../xapi.call.ts'
import { hashOfSecret, isSecret, newSecret, rowOfKeyName } from '../xapi.credentials.ts'
import type { XapiPorts } from '../xapi.ports.ts'
import { pathOf } from './caller.ts'
import { mostBytesOf } from './quota.ts'
import { type Ask, Group, type Kept, usedIn } from './write.ts'

/**
 * Keeps statements of launched content: judged by the rules of its standard and kept in one transaction, with what
 * follows from them behind them. A statement that was kept before is not judged again: a repetition is no second one.
 */
export const keepingLaunched =
  (platform: Platform, { judgeStatements }: XapiPorts) =>
  async (ask: Ask): Promise<Kept> => {
    const { caller, statements } = ask
    const { tenantId, scope, launch } = caller
    if (!launch) throw requestRefusals.signed_out()
    const { publicOrigin: origin } = platform
    const most = await mostBytesOf(platform, caller)
    const { kept, group } = await inSystemTransaction(platform, { tenantId, scope }, async (tx) => {
      const now = platform.clock()
      const ids = statements.flatMap(({ id }) => id ?? [])
      const valid = await run<q.CredentialRow>(tx, q.findingCredentials(tenantId, [caller.id], now, todayOf(now)))
      if (valid.length === 0) throw requestRefusals.signed_out()
      const rows = await run<q.KnownStatement>(tx, q.findingStatements(tenantId, ids))
      const known = new Map(rows.map((row) => [row.id, row]))
      const fresh = statements.filter(({ id }) => id === null || !known.has(id))
      const told = fresh.map(({ id, body }) => ({ ...(id === null ? {} : { id }), ...body }))
      const follow = await judgeStatements({ db: tx, tenantId, now, origin }, launch, told)
      const used = usedIn(await run<Usage>(tx, findingUsage(tenantId, [caller.id])))
      const group = new Group(platform, tenantId, { valid: new Set([caller.id]), known, voiding: [], used })
      const kept = group.settle({ ...ask, most })
      if (kept instanceof Error) throw kept
      for (const statement of group.writes()) await run(tx, statement)
      await follow(kept.stored)
      return { kept, group }
    })
    group.remember()
    return kept
  }

/** Error codes of cmi5, 8.2.3: they are answers like others, under status 200. */
const USED: Answer = wrong('1', 'This address was used already.')
const UNKNOWN: Answer = wrong('2', 'This address opens nothing, or not any more.')

function wrong(code: string, text: string): Answer {
  return answer({ 'error-code': code, 'error-text': text })
}
function answer(body: object): Answer {
  return { status: 200, type: 'application/json', body: JSON.stringify(body) }
}

/** Hands the key of a launch to the content, once (cmi5, 8.2). */
export async function fetchKey(platform: Platform, token: string): Promise<Answer> {
  const [name = '', secret = ''] = token.split('.')
  const row = rowOfKeyName(name)
  const scope = row && (await pathOf(platform, row.tenantId))
  if (!row || !scope) return UNKNOWN
  const { tenantId, id } = row
  return inSystemTransaction(platform, { tenantId, scope }, async (tx) => {
    const now = platform.clock()
    const launch = await lockLaunch(tx, tenantId, id)
    if (!launch || launch.endedAt !== null || launch.expiresAt <= now) return UNKNOWN
    // The secret of the address was replaced when it was used, so nothing more is known of whoever comes with it.
    if (launch.fetchedAt !== null) return USED
    if (!isSecret(platform.vault, secret, launch.secretHash)) return UNKNOWN
    const key = newSecret()
    await setFetched(tx, tenantId, id, hashOfSecret(platform.vault, key), now)
    return answer({ 'auth-token': Buffer.from(`${name}:${key}`).toString('base64') })
  })
}
