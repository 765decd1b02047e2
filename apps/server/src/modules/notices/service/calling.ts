import { NOTICE_LEVELS, type NoticeLevel } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/ctx.ts'
import { visitTenants } from '../../../platform/each-tenant.ts'
import type { JobCtx } from '../../../platform/module.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { QUIET } from '../notices.policy.ts'
import { wordsOf } from '../notices.print-words.ts'
import { listPeople } from '../queries/audience.queries.ts'
import * as q from '../queries/calls.queries.ts'
import { targetsOf } from '../queries/targets.queries.ts'
import { meantBy } from './targets.ts'
import { owedTo } from './writing.ts'

type Out = {
  readonly key: string
  readonly tenantId: string
  readonly level: NoticeLevel
  readonly title: string
  readonly text: string
  readonly path: string | null
  readonly to: readonly string[]
}
/** The ways out of the platform; wired in modules.ts. */
export type CallPorts = {
  /** Whether any way is open by which people of the tenant are reached. */
  reachesPeople(tx: Tx, tenantId: string): Promise<boolean>
  /** Asks for a notice to be sent by each way that reaches its people, at most 500, once for a key and person. */
  sendOut(tx: Tx, at: { readonly now: Date }, out: Out): Promise<void>
}

const PAGE = 500
/** The hour at which the ordinary notices of the day before are told together. */
const DIGEST_HOUR = 8
const HOUR_MS = 3600_000
const hourOf = (now: Date): number => new Date(now.getTime() + 8 * HOUR_MS).getUTCHours()

/** Which levels may disturb people at this time in Shanghai, and until when ordinary ones must have been sent. */
export function callableAt(now: Date): { levels: NoticeLevel[]; ordinaryBefore: Date; hour: number } {
  const hour = hourOf(now)
  const isDay = hour >= QUIET.quietUntil && hour < QUIET.quietFrom
  const levels = NOTICE_LEVELS.filter(
    (level) => level === 'urgent' || (isDay && (level === 'important' || hour >= DIGEST_HOUR)),
  )
  const digestAt = new Date(`${todayOf(now)}T0${DIGEST_HOUR}:00:00+08:00`)
  return { levels, ordinaryBefore: digestAt, hour }
}

/** Ordinary ones of a day share a key: whoever misses several of them is told once. */
function outOf({ id, level, title, call }: { id: string; level: NoticeLevel; title: string; call: number }, now: Date) {
  if (level !== 'normal') return { key: `notices/${id}/${call}`, level, title, path: `/messages/${id}` }
  return {
    key: `notices.digest/${todayOf(now)}`,
    level,
    title: `${wordsOf('zh-CN').digest} / ${wordsOf('en').digest}`,
    path: '/messages',
  }
}

/** Asks for the next page of people of one circular to be called. @returns whether there may be more to call */
async function callPage(ports: CallPorts, tx: Tx, tenantId: string, now: Date): Promise<boolean> {
  const { hour, ...callable } = callableAt(now)
  const circular = await q.lockToCall(tx, tenantId, callable)
  if (!circular) return false
  if (!(await ports.reachesPeople(tx, tenantId))) {
    await q.setCalled(tx, tenantId, circular.id, { done: now, path: null, member: null })
    return true
  }
  const meant = await meantBy(tx, tenantId, await targetsOf(tx, tenantId, circular.id))
  const { callPath: path, callMember: id } = circular
  const after = path !== null && id !== null ? { path, id } : null
  const people = await listPeople(tx, meant, { after, limit: PAGE }, owedTo(circular))
  const ids = people.map(({ personId }) => personId)
  const quiet =
    circular.level === 'urgent' || ids.length === 0 ? new Set<string>() : await q.quietPeople(tx, tenantId, ids, hour)
  const to = ids.filter((one) => !quiet.has(one))
  // What a notice says stays inside: outside people read that it is there.
  if (to.length > 0) await ports.sendOut(tx, { now }, { ...outOf(circular, now), tenantId, text: '', to })
  const last = people.length === PAGE ? people.at(-1) : undefined
  const place = last ? { path: last.orgPath, member: last.memberId } : { path: null, member: null }
  await q.setCalled(tx, tenantId, circular.id, { done: last ? null : now, ...place })
  return true
}

/**
 * Calls those who have not received what was sent: urgent notices at once, important ones by day, ordinary ones
 * together at eight in the morning. A page a transaction: what ends in the middle goes on from there.
 */
export const callMissing =
  (ports: CallPorts) =>
  async ({ platform, now, signal }: JobCtx): Promise<void> => {
    await visitTenants({ platform, signal }, async ({ id: tenantId, path: scope }) => {
      const page = () => inSystemTransaction(platform, { tenantId, scope }, (tx) => callPage(ports, tx, tenantId, now))
      while (!signal.aborted && (await page())) {}
    })
  }
