import { randomUUID } from 'node:crypto'
import { OUT_LEVELS, type OutLevel } from '@tongxin/contract'
import type { Tx } from '../../../platform/ctx.ts'
import { visitTenants } from '../../../platform/each-tenant.ts'
import { newId, publishAll } from '../../../platform/events.ts'
import type { JobCtx } from '../../../platform/module.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Tenant } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { type Config, later, type Outcome, type Way } from '../adapters/adapter.ts'
import { ADAPTERS } from '../adapters/adapters.ts'
import { ASKED_AT_ONCE, DUE_AT_ONCE, LEASE_MS, PAUSES, TOGETHER } from '../channels.limits.ts'
import { configOf, openAddress } from '../channels.secrets.ts'
import * as addresses from '../queries/addresses.queries.ts'
import * as asked from '../queries/asked.queries.ts'
import * as messages from '../queries/messages.queries.ts'
import { type OutletOn, outletsOn, setOutcome } from '../queries/outlets.queries.ts'

type Place = Pick<JobCtx, 'platform' | 'signal'> & { readonly tenant: Tenant }

const within = <T>({ platform, tenant }: Place, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inSystemTransaction(platform, { tenantId: tenant.id, scope: tenant.path }, work)

export const wayOf = (platform: Pick<Platform, 'outgoing'>, now: Date): Way => ({
  outgoing: platform.outgoing,
  now,
  nonce: randomUUID,
})

let isRunning = false

/** One turn: takes apart what was asked, then sends what is due until nothing is left. A second turn lets it end. */
export async function sendWaiting({ platform, signal }: Pick<JobCtx, 'platform' | 'signal'>): Promise<void> {
  if (isRunning) return
  isRunning = true
  try {
    await visitTenants({ platform, signal }, async (tenant) => {
      const place = { platform, signal, tenant }
      while (!signal.aborted && (await takeApart(place))) {}
      while (!signal.aborted && (await sendDue(place))) {}
    })
  } finally {
    isRunning = false
  }
}

const reaches = (outlet: OutletOn, level: OutLevel): boolean =>
  OUT_LEVELS.indexOf(level) >= OUT_LEVELS.indexOf(outlet.leastLevel)

/** One message for each address by which a person can be reached; true when there may be more to take apart. */
async function takeApart(place: Place): Promise<boolean> {
  const now = place.platform.clock()
  const { id: tenantId } = place.tenant
  return within(place, async (tx) => {
    const found = await asked.lockAsked(tx, tenantId, ASKED_AT_ONCE)
    if (found.length === 0) return false
    const outlets = await outletsOn(tx, tenantId)
    for (const one of found) {
      const ways = outlets.filter((outlet) => outlet.reach !== 'group' && reaches(outlet, one.level))
      const known = ways.length > 0 ? await addresses.addressesOf(tx, tenantId, one.people, one.level === 'urgent') : []
      const rows = known.flatMap((address) => {
        const outlet = ways.find(({ reach }) => reach === address.reach)
        return outlet ? [messageOf(one, outlet, address, now)] : []
      })
      await messages.insertMessages(tx, tenantId, rows, now)
    }
    await asked.deleteAsked(
      tx,
      tenantId,
      found.map(({ id }) => id),
    )
    return found.length === ASKED_AT_ONCE
  })
}

const messageOf = (
  one: asked.Asked,
  outlet: OutletOn,
  address: { id: string; personId: string; masked: string },
  now: Date,
): messages.NewMessage => ({
  id: newId({ now }),
  outletId: outlet.id,
  addressId: address.id,
  personId: address.personId,
  key: one.key,
  level: one.level,
  title: one.title,
  text: one.text,
  path: one.path,
  target: address.masked,
  state: 'waiting',
  error: null,
})

type Batch = {
  readonly due: readonly messages.Due[]
  readonly outlets: ReadonlyMap<string, OutletOn>
  readonly sealed: ReadonlyMap<string, Buffer>
}

async function sendDue(place: Place): Promise<boolean> {
  const now = place.platform.clock()
  const { id: tenantId } = place.tenant
  const batch = await within(place, async (tx): Promise<Batch> => {
    const due = await messages.claimDue(tx, tenantId, now, new Date(now.getTime() + LEASE_MS), DUE_AT_ONCE)
    const outlets = due.length > 0 ? await outletsOn(tx, tenantId) : []
    const ids = due.flatMap(({ addressId }) => addressId ?? [])
    return {
      due,
      outlets: new Map(outlets.map((outlet) => [outlet.id, outlet])),
      sealed: await addresses.sealedOf(tx, tenantId, ids),
    }
  })
  const waiting = [...batch.due]
  const outcomes: Sent[] = []
  const turn = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) outcomes.push(await sendOne(place, batch, one))
  }
  await Promise.all(Array.from({ length: TOGETHER }, turn))
  if (outcomes.length > 0) await settle(place, batch, outcomes)
  return batch.due.length === DUE_AT_ONCE
}

type Sent = { readonly due: messages.Due; readonly outcome: Outcome }

async function sendOne({ platform }: Place, { outlets, sealed }: Batch, due: messages.Due): Promise<Sent> {
  const outlet = outlets.get(due.outletId)
  if (!outlet) return { due, outcome: later('outlet_off') }
  let to: string | null = null
  let config: Config
  if (due.addressId) {
    const address = sealed.get(due.addressId)
    if (!address) return { due, outcome: { state: 'gone', error: 'address_gone' } }
    to = openAddress(platform.vault, due.addressId, address)
  }
  try {
    config = configOf(platform.vault, outlet)
  } catch {
    // Restored from a backup without its key: the secrets are given again at the desk.
    return { due, outcome: { state: 'never', error: 'secret_unreadable' } }
  }
  const { id, title, text, level, path } = due
  const message = { id, title, text, level, url: `${platform.publicOrigin}${path ?? '/messages'}` }
  try {
    return { due, outcome: await ADAPTERS[outlet.kind].send(wayOf(platform, platform.clock()), config, message, to) }
  } catch (err) {
    platform.log.error({ err, kind: outlet.kind, messageId: id }, 'a message could not be made')
    return { due, outcome: { state: 'never', error: 'broken' } }
  }
}

const MINUTE_MS = 60_000

/** After how many tries a message waits how long; parked after the last. */
function settledOf({ due, outcome }: Sent, now: Date): messages.Settled {
  if (outcome.state === 'sent') return { state: 'sent', nextAt: null, error: null }
  const { error } = outcome
  if (outcome.state === 'gone') return { state: 'given_up', nextAt: null, error }
  const pause = outcome.state === 'later' ? PAUSES[due.tries - 1] : undefined
  if (pause === undefined) return { state: 'failed', nextAt: null, error }
  return { state: 'waiting', nextAt: new Date(now.getTime() + pause * MINUTE_MS), error }
}

async function settle(place: Place, { outlets }: Batch, outcomes: readonly Sent[]): Promise<void> {
  const now = place.platform.clock()
  const { id: tenantId } = place.tenant
  await within(place, async (tx) => {
    const parked = new Map<string, number>()
    for (const sent of outcomes) {
      const to = settledOf(sent, now)
      await messages.settle(tx, tenantId, sent.due.id, to, now)
      if (to.state === 'failed') parked.set(sent.due.outletId, (parked.get(sent.due.outletId) ?? 0) + 1)
      if (sent.outcome.state === 'gone' && sent.due.addressId)
        await addresses.deleteAddress(tx, tenantId, sent.due.addressId)
    }
    for (const [id, of] of Map.groupBy(outcomes, ({ due }) => due.outletId)) {
      const wrong = of.findLast(({ outcome }) => outcome.state !== 'sent')?.outcome
      if (wrong && wrong.state !== 'sent') await setOutcome(tx, tenantId, id, wrong.error, now)
      if (of.some(({ outcome }) => outcome.state === 'sent')) await setOutcome(tx, tenantId, id, null, now)
    }
    const facts = [...parked].flatMap(([id, count]) => {
      const outlet = outlets.get(id)
      if (!outlet) return []
      return [
        {
          subject: { kind: 'outlet', id, orgPath: outlet.orgPath },
          payload: { kind: outlet.kind, messages: count },
        },
      ]
    })
    await publishAll(tx, { tenantId, now }, 'channels.parked', facts)
  })
}
