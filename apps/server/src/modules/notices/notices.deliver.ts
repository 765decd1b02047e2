import type { Tx } from '../../platform/ctx.ts'
import { newId, publishAll } from '../../platform/events.ts'
import * as q from './queries/notices.queries.ts'

const CHUNK = 500
type At = { readonly tenantId: string; readonly now: Date; readonly actorId?: string | null }

/**
 * Puts a notice into the inboxes of people. The source key makes it happen once. Each person gets an event of his own,
 * because that is what his phone listens to.
 */
export async function deliver(
  tx: Tx,
  at: At,
  notice: Omit<q.NewNotice, 'id' | 'delivered'>,
  people: readonly q.Receiver[],
): Promise<string | null> {
  const receivers = [...new Map(people.map((one) => [one.personId, one])).values()]
  if (receivers.length === 0) return null
  const id = newId(at)
  const isNew = await q.insertNotice(tx, at.tenantId, { ...notice, id, delivered: receivers.length }, at.now)
  if (!isNew) return null
  for (let from = 0; from < receivers.length; from += CHUNK) {
    const some = receivers.slice(from, from + CHUNK)
    await q.insertDeliveries(tx, at.tenantId, { id, orgPath: notice.orgPath }, some, at.now)
    await tell(
      tx,
      at,
      { id, kind: notice.kind, level: notice.level, orgPath: notice.orgPath },
      some.map(({ personId }) => personId),
    )
  }
  return id
}

export async function tell(
  tx: Tx,
  at: At,
  notice: { id: string; kind: string; level: string; orgPath: string },
  personIds: readonly string[],
): Promise<void> {
  const payload = { noticeId: notice.id, kind: notice.kind, level: notice.level }
  await publishAll(
    tx,
    at,
    'notices.delivered',
    personIds.map((personId) => ({
      subject: { kind: 'notice', id: notice.id, orgPath: notice.orgPath, personId },
      payload,
    })),
  )
}
