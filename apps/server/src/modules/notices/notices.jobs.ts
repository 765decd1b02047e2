import { todayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/ctx.ts'
import { inEachTenant } from '../../platform/each-tenant.ts'
import { publishAll } from '../../platform/events.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import { callAgain } from './queries/calls.queries.ts'
import { type Circular, setCircular } from './queries/circulars.queries.ts'
import { circularsToRemind, dueCirculars } from './queries/due.queries.ts'
import { targetsOf } from './queries/targets.queries.ts'
import { type CallPorts, callMissing } from './service/calling.ts'
import { countPeople } from './service/people.ts'
import { endClocks, letOut, signal } from './service/sending.ts'
import { meantBy } from './service/targets.ts'

/** Lets a scheduled notice out; whom it means is counted on that day. */
async function letOutOne(tx: Tx, tenantId: string, circular: Circular, now: Date): Promise<void> {
  const sending = { db: tx, tenantId, now, actorId: circular.sentById }
  const targets = await targetsOf(tx, tenantId, circular.id)
  const people = await countPeople(tx, await meantBy(tx, tenantId, targets))
  await setCircular(tx, tenantId, circular.id, { state: 'sent', sent_at: now, people, updated_at: now })
  await letOut(sending, circular, targets)
  const { id, orgPath, title, level } = circular
  const subject = { kind: 'notice', id, orgPath }
  await publishAll(tx, sending, 'notices.sent', [{ subject, payload: { title, level, people } }])
}

/** Sends what is due now. A second run finds nothing: the state changes in the transaction that sends. */
const sendDue = async ({ platform, now, signal: stop }: JobCtx): Promise<void> => {
  await inEachTenant({ platform, signal: stop }, async (tx, { id }) => {
    for (const circular of await dueCirculars(tx, id, now)) await letOutOne(tx, id, circular, now)
  }).finally(platform.wake)
}

const DAY_MS = 24 * 3600_000
/**
 * On the day before the last one and on the last one, whoever has not confirmed finds the notice unread again; the day
 * after, the units' deadlines end: who is missing then stands in the list of the notice.
 */
async function remindOne(tx: Tx, tenantId: string, circular: Circular, now: Date): Promise<void> {
  const sending = { db: tx, tenantId, now, actorId: null }
  if (circular.confirmBy && circular.confirmBy < now) await endClocks(sending, [circular.id], 'void')
  else {
    await signal(sending, circular, await targetsOf(tx, tenantId, circular.id))
    await callAgain(tx, tenantId, circular.id)
  }
  const again = circular.confirmBy && circular.confirmBy < now ? {} : { resent_at: now }
  await setCircular(tx, tenantId, circular.id, { ...again, reminded_on: todayOf(now) })
}

const remind = async ({ platform, now, signal: stop }: JobCtx): Promise<void> => {
  const until = new Date(now.getTime() + 2 * DAY_MS)
  const since = new Date(now.getTime() - 2 * DAY_MS)
  await inEachTenant({ platform, signal: stop }, async (tx, { id }) => {
    const due = await circularsToRemind(tx, id, { since, until, today: todayOf(now) })
    for (const circular of due) await remindOne(tx, id, circular, now)
  }).finally(platform.wake)
}

export const noticesJobs = (ports: CallPorts): readonly Job[] => [
  { name: 'notices_send_due', cron: '* * * * *', run: sendDue },
  { name: 'notices_call', cron: '* * * * *', run: callMissing(ports) },
  { name: 'notices_remind', cron: '30 8 * * *', run: remind },
]
