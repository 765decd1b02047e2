import { todayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/ctx.ts'
import { inEachTenant } from '../../platform/each-tenant.ts'
import { publishAll } from '../../platform/events.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import type { Tenant } from '../../platform/tenants.ts'
import { type DeadlinePorts, type Duty, dutyKey } from './deadlines.ports.ts'
import * as q from './deadlines.queries.ts'

const MOST_KEYS = 50

/**
 * One digest a person a day of what is due and overdue. People are whom a deadline names, and the nearest holders of its
 * permission. A second run of the same day tells nobody again: the digest is claimed in the transaction that tells.
 */
export const remind =
  (ports: DeadlinePorts) =>
  async ({ platform, now, signal }: JobCtx): Promise<void> => {
    await inEachTenant({ platform, signal }, (tx, tenant) => remindTenant(tx, tenant, now, ports)).finally(
      platform.wake,
    )
  }

async function remindTenant(tx: Tx, tenant: Tenant, now: Date, ports: DeadlinePorts): Promise<void> {
  const today = todayOf(now)
  await q.removeDigests(tx, tenant.id, today)
  const items = await q.itemsToRemind(tx, tenant.id, today)
  const told = await peopleOf(tx, tenant.id, items, now, ports)
  const fresh = await q.claimDigests(tx, tenant.id, [...told.keys()], today, now)
  const facts = [...told]
    .filter(([personId]) => fresh.has(personId))
    .map(([personId, own]) => {
      const overdue = own.filter(({ dueOn }) => dueOn < today).length
      return {
        subject: { kind: 'person', id: personId, orgPath: own[0]?.orgPath ?? tenant.path, personId },
        payload: { due: own.length - overdue, overdue, keys: own.slice(0, MOST_KEYS).map(({ key }) => key) },
      }
    })
  await publishAll(tx, { tenantId: tenant.id, now }, 'deadlines.digest', facts)
  const reached = new Set([...fresh].flatMap((personId) => (told.get(personId) ?? []).map(({ id }) => id)))
  await q.setReminded(tx, tenant.id, [...reached], today)
}

/** What each person is to be told of, the nearest day first. */
async function peopleOf(
  tx: Tx,
  tenantId: string,
  items: readonly q.ToRemind[],
  now: Date,
  ports: DeadlinePorts,
): Promise<Map<string, q.ToRemind[]>> {
  const duties = new Map<string, Duty>()
  for (const { orgPath, permission } of items)
    if (permission) duties.set(dutyKey({ orgPath, permission }), { orgPath, permission })
  const holders = await ports.holdersOfDuties(tx, tenantId, [...duties.values()], now)
  const told = new Map<string, q.ToRemind[]>()
  for (const item of items) {
    const { orgPath, permission, personId } = item
    const posted = permission ? (holders.get(dutyKey({ orgPath, permission })) ?? []) : []
    const people = new Set([...(personId ? [personId] : []), ...posted.map((holder) => holder.personId)])
    for (const person of people) told.set(person, [...(told.get(person) ?? []), item])
  }
  return told
}

export const deadlinesJobs = (ports: DeadlinePorts): readonly Job[] => [
  { name: 'deadlines_remind', cron: '0 8 * * *', run: remind(ports) },
]
