import { addDays, expectedBy, quarterEndOf, quarterOf, yearOf } from '@tongxin/domain'
import { todayOf } from '../../platform/clock.ts'
import { visitTenants } from '../../platform/each-tenant.ts'
import { publishAll } from '../../platform/events.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import type { Tenant } from '../../platform/tenants.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import type { CreditPorts } from './credits.ports.ts'
import * as accounts from './queries/accounts.queries.ts'
import * as persons from './queries/people.queries.ts'
import { claimReminders, type Short, shortAfter } from './queries/reminders.queries.ts'
import { recountUnit, unitsOfYear } from './queries/units.queries.ts'
import { keepAccounts, parametersByPath } from './service/accounts.ts'

/** So many people a transaction: nobody waits long for a row, and a kill loses little. */
const PART = 200
/** Reminders begin so many days before a quarter ends. */
const DAYS_BEFORE = 14

type Sweep = Pick<JobCtx, 'platform' | 'now' | 'signal'>

/** Goes through the records of a tenant in parts of their own transactions. */
async function eachPart(
  { platform, signal }: Sweep,
  tenant: Tenant,
  work: (tx: Parameters<Parameters<typeof inSystemTransaction>[2]>[0], people: persons.Person[]) => Promise<void>,
): Promise<void> {
  let after: string | null = null
  while (!signal.aborted) {
    const last: string | null = await inSystemTransaction(
      platform,
      { tenantId: tenant.id, scope: tenant.path },
      async (tx) => {
        const people = await persons.peopleAfter(tx, tenant.id, after, PART)
        if (people.length > 0) await work(tx, people)
        return people.length === PART ? (people[PART - 1]?.memberId ?? null) : null
      },
    )
    if (last === null) return
    after = last
  }
}

/** Opens the accounts of the running year for everybody, and brings targets to the posts and rules of today. */
export const keepAllAccounts =
  (ports: CreditPorts) =>
  async (ctx: Sweep): Promise<void> => {
    const year = yearOf(todayOf(ctx.now))
    await visitTenants(ctx, (tenant) =>
      eachPart(ctx, tenant, (tx, people) =>
        keepAccounts(
          { db: tx, now: ctx.now, tenantId: tenant.id },
          ports,
          people,
          year,
          parametersByPath(tx, tenant.id),
        ),
      ),
    )
  }

/** Counts sums and rollups of this year and the last again from the entries: what it writes must be what stands there. */
export async function rebuildCredits(ctx: Sweep): Promise<void> {
  const running = yearOf(todayOf(ctx.now))
  await visitTenants(ctx, async (tenant) => {
    for (const year of [running - 1, running]) {
      await eachPart(ctx, tenant, (tx, people) => {
        const ids = people.map(({ memberId }) => memberId)
        return accounts.resumAccounts(tx, tenant.id, ids, year, ctx.now)
      })
      await inSystemTransaction(ctx.platform, { tenantId: tenant.id, scope: tenant.path }, async (tx) => {
        for (const unit of await unitsOfYear(tx, tenant.id, year)) await recountUnit(tx, tenant.id, unit, ctx.now)
      })
    }
  })
}

/** From two weeks before the end of a quarter: each person who is behind once, and each branch once with its number. */
export async function remindOfShortfall(ctx: Sweep): Promise<void> {
  const today = todayOf(ctx.now)
  const [year, quarter] = [yearOf(today), quarterOf(today)]
  if (today < addDays(quarterEndOf(today), -DAYS_BEFORE)) return
  await visitTenants(ctx, async (tenant) => {
    const units = new Map<string, { orgPath: string; people: number }>()
    let after: string | null = null
    do {
      const found: Short[] = await inSystemTransaction(
        ctx.platform,
        { tenantId: tenant.id, scope: tenant.path },
        async (tx) => {
          const short = await shortAfter(tx, tenant.id, { year, quarter, after, most: PART })
          await remindPeople(tx, tenant.id, { year, quarter, now: ctx.now }, short)
          return short
        },
      )
      for (const { unitId, orgPath } of found)
        units.set(unitId, { orgPath, people: (units.get(unitId)?.people ?? 0) + 1 })
      after = found.length === PART ? (found[PART - 1]?.memberId ?? null) : null
    } while (after !== null && !ctx.signal.aborted)
    await inSystemTransaction(ctx.platform, { tenantId: tenant.id, scope: tenant.path }, (tx) =>
      tellBranches(tx, tenant.id, { year, quarter, now: ctx.now }, units),
    )
  })
  ctx.platform.wake()
}

type Tx = Parameters<Parameters<typeof inSystemTransaction>[2]>[0]
type Quarter = { readonly year: number; readonly quarter: number; readonly now: Date }

async function remindPeople(tx: Tx, tenantId: string, { year, quarter, now }: Quarter, short: readonly Short[]) {
  const due = short.map((one) => ({ ...one, key: `short/${year}/${quarter}/${one.memberId}` }))
  const fresh = await claimReminders(tx, tenantId, due, now)
  const facts = due
    .filter(({ key }) => fresh.has(key))
    .map(({ memberId, personId, orgPath, target, earned }) => ({
      subject: { kind: 'credits_account', id: memberId, orgPath, personId },
      payload: { memberId, year, quarter, missing: expectedBy(target, quarter) - earned },
    }))
  await publishAll(tx, { tenantId, now }, 'credits.shortfall_due', facts)
}

async function tellBranches(
  tx: Tx,
  tenantId: string,
  { year, quarter, now }: Quarter,
  units: ReadonlyMap<string, { orgPath: string; people: number }>,
) {
  const due = [...units].map(([orgId, unit]) => ({ ...unit, orgId, key: `list/${year}/${quarter}/${orgId}` }))
  const fresh = await claimReminders(tx, tenantId, due, now)
  const facts = due
    .filter(({ key }) => fresh.has(key))
    .map(({ orgId, orgPath, people }) => ({
      subject: { kind: 'org', id: orgId, orgPath },
      payload: { year, quarter, people, orgId },
    }))
  await publishAll(tx, { tenantId, now }, 'credits.shortfalls_listed', facts)
}

export const creditsJobs = (ports: CreditPorts): readonly Job[] => [
  { name: 'credits.keep_accounts', cron: '40 0 * * *', run: keepAllAccounts(ports) },
  { name: 'credits.remind_of_shortfall', cron: '30 8 * * *', run: remindOfShortfall },
  { name: 'credits.rebuild', cron: '10 3 * * 0', run: rebuildCredits },
]
