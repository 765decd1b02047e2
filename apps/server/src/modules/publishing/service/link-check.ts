import { publishAll } from '../../../platform/events.ts'
import type { JobCtx } from '../../../platform/module.ts'
import { OutgoingError } from '../../../platform/outgoing.ts'
import type { Tenant } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import * as q from '../queries/links.queries.ts'
import { subjectOf } from './hands.ts'

const WEEK = 7 * 86_400_000
const HOUR = 3_600_000
const MOST_A_RUN = 200
const AT_ONCE = 8
const MOST_BYTES = 2 * 1024 * 1024
/** Once may be a bad day of theirs: a link is broken when it failed so often in a row. */
const FAILURES = 2
/** Something answered, though not with a page for us: signing in, a rest, a way of asking. */
const ANSWERED: readonly number[] = [401, 403, 405, 406, 429]
/** What our own door refuses says nothing about the other side, or that something is there. */
const THERE: readonly string[] = ['redirected', 'too_large']

/** What came of asking for an address: nothing when it is there, else the status or the reason. */
export async function faultOf({ outgoing }: JobCtx['platform'], url: string): Promise<string | null> {
  try {
    const { host } = new URL(url)
    const { status } = await outgoing.send({ url, allowed: [host], mayBePlain: true, maxBytes: MOST_BYTES })
    return status < 400 || ANSWERED.includes(status) ? null : String(status)
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    return THERE.includes(error.reason) ? null : error.reason
  }
}

/** Asks for the links of one tenant: a week after the last time, or an hour after the first failure. */
export async function checkLinks({ platform, now, signal }: JobCtx, { id: tenantId, path }: Tenant): Promise<void> {
  const within = { tenantId, scope: path }
  const before = new Date(now.getTime() - WEEK)
  const due = await inSystemTransaction(platform, within, (tx) => q.dueLinks(tx, tenantId, before, MOST_A_RUN))
  for (let at = 0; at < due.length && !signal.aborted; at += AT_ONCE) {
    const batch = due.slice(at, at + AT_ONCE)
    const faults = await Promise.all(batch.map(({ url }) => faultOf(platform, url)))
    await inSystemTransaction(platform, within, async (tx) => {
      for (const [place, link] of batch.entries()) {
        const said = faults[place] ?? null
        const failures = said === null ? 0 : link.failures + 1
        const state = failures === 0 ? 'sound' : failures >= FAILURES ? 'broken' : 'unchecked'
        // Asked again in an hour after the first failure.
        const askedAt = state === 'unchecked' ? new Date(now.getTime() - WEEK + HOUR) : now
        await q.setLinkFound(tx, tenantId, link.id, { state, said, failures }, askedAt)
        if (state !== 'broken' || link.state === 'broken') continue
        const subject = subjectOf({ id: link.articleId, orgPath: link.orgPath })
        const payload = { title: link.title, host: new URL(link.url).hostname }
        await publishAll(tx, { tenantId, now }, 'publishing.link_broken', [{ subject, payload }])
      }
    })
  }
}
