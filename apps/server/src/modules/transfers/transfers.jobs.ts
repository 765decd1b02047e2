import { wholeParameter } from '@tongxin/domain'
import { todayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/ctx.ts'
import { sum, visitTenants } from '../../platform/each-tenant.ts'
import { newId, publishAll } from '../../platform/events.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import type { Tenant } from '../../platform/tenants.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { parametersOf } from '../settings/index.ts'
import * as q from './queries/running.queries.ts'
import { insertSteps } from './queries/steps.queries.ts'
import type { Transfer } from './queries/transfers.queries.ts'
import { onItsWay } from './service/letters.ts'
import { strandClocks } from './transfers.deadlines.ts'
import { subjectOf } from './transfers.rows.ts'

const AT_ONCE = 200

type Clockwork = Pick<JobCtx, 'platform' | 'now' | 'signal'>

/** Portions of a tenant's letters, each in a transaction of its own, until none is left. Returns how many there were. */
async function inPortions(ctx: Clockwork, work: (tx: Tx, tenant: Tenant) => Promise<number>): Promise<number> {
  try {
    const done = await visitTenants(ctx, async (tenant) => {
      const scope = { tenantId: tenant.id, scope: tenant.path }
      let letters = 0
      for (let count = AT_ONCE; count === AT_ONCE && !ctx.signal.aborted; letters += count)
        count = await inSystemTransaction(ctx.platform, scope, (tx) => work(tx, tenant))
      return letters
    })
    return sum(done)
  } finally {
    ctx.platform.wake()
  }
}

const numbered = (one: Transfer) => ({ number: one.number ?? '', validUntil: one.validUntil ?? '' })

/**
 * Letters that nobody received in time have run out (MEM-9). Those whose holder reported in time have not: there it is
 * the receiver who is late. Returns how many.
 */
export async function expireLetters(ctx: Clockwork): Promise<number> {
  const { now } = ctx
  const today = todayOf(now)
  return inPortions(ctx, async (tx, { id: tenantId, path }) => {
    const letters = await q.overdueLetters(tx, tenantId, today, AT_ONCE)
    if (letters.length === 0) return 0
    await q.setExpired(
      tx,
      tenantId,
      letters.map(({ id }) => id),
      now,
    )
    await insertSteps(
      tx,
      tenantId,
      letters.map((one) => ({
        id: newId({ now }),
        transferId: one.id,
        orgPath: one.orgPath,
        toPath: one.toPath,
        personId: one.personId,
        act: 'expire',
        side: 'both',
        on: one.validUntil,
        note: null,
        madeBy: null,
      })),
      now,
    )
    const months = wholeParameter(await parametersOf(tx, tenantId, path), 'membership.inactiveMonths', today)
    await strandClocks({ db: tx, now, actor: { tenantId } }, letters.map(onItsWay), months)
    const facts = letters.map((one) => ({
      subject: subjectOf(one),
      payload: { ...numbered(one), toPath: one.toPath },
    }))
    await publishAll(tx, { tenantId, now }, 'transfers.expired', facts)
    return letters.length
  })
}

/**
 * Letters that have not landed for six months, counted from the first of a chain: said once, as something that people
 * have to weigh under CONST-11. Nothing happens to anybody's membership by itself. Returns how many.
 */
export async function findStranded(ctx: Clockwork): Promise<number> {
  const { now } = ctx
  const today = todayOf(now)
  return inPortions(ctx, async (tx, { id: tenantId, path }) => {
    const months = wholeParameter(await parametersOf(tx, tenantId, path), 'membership.inactiveMonths', today)
    const letters = await q.strandedLetters(tx, tenantId, today, months, AT_ONCE)
    await q.setStranded(
      tx,
      tenantId,
      letters.map(({ id }) => id),
      today,
      now,
    )
    const facts = letters.map((one) => ({
      subject: subjectOf(one),
      payload: { number: one.number ?? '', since: one.firstIssuedOn ?? '' },
    }))
    await publishAll(tx, { tenantId, now }, 'transfers.stranded', facts)
    return letters.length
  })
}

export const transfersJobs: readonly Job[] = [
  { name: 'transfers_expire', cron: '10 0 * * *', run: async (ctx) => void (await expireLetters(ctx)) },
  { name: 'transfers_stranded', cron: '20 0 * * *', run: async (ctx) => void (await findStranded(ctx)) },
]
