import type { Events, EventType } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Tx } from './ctx.ts'

// The statements of the outbox: how far each consumer is, what comes next, and what was set aside.

/** Events that are handed to a consumer in one transaction, at most. */
export const BATCH = 200

/** An event as a reaction sees it. */
export type Delivered<T extends EventType = EventType> = {
  readonly tenantId: string
  readonly id: string
  readonly type: T
  readonly at: Date
  readonly actorId: string | null
  readonly orgPath: string
  readonly subjectKind: string
  readonly subjectId: string | null
  readonly personId: string | null
  readonly payload: Events[T]
}

const columns = [
  'tenant_id',
  'id',
  'type',
  'at',
  'actor_id',
  'org_path',
  'subject_kind',
  'subject_id',
  'person_id',
  'payload',
] as const

const BEGINNING = { xid: '0', event_id: '00000000-0000-0000-0000-000000000000' }

/** The consumer's place, held until the transaction ends: of two processes one waits. The first row is made here. */
async function lockProgress(tx: Tx, tenantId: string, name: string): Promise<{ xid: string; event_id: string }> {
  const locked = () =>
    tx
      .selectFrom('platform_consumer')
      .select([sql<string>`xid::text`.as('xid'), 'event_id'])
      .where('tenant_id', '=', tenantId)
      .where('name', '=', name)
      .forUpdate()
      .executeTakeFirst()
  const progress = await locked()
  if (progress) return progress
  await tx
    .insertInto('platform_consumer')
    .values({ tenant_id: tenantId, name, ...BEGINNING })
    .onConflict((c) => c.doNothing())
    .execute()
  return (await locked()) ?? BEGINNING
}

/**
 * Who has something to do. The next event is asked for in its order and not only whether there is one, or PostgreSQL,
 * which expects the answer after a few rows, reads the whole table. And the places are worked out beforehand: a row
 * policy lets only what cannot leak come before itself, `coalesce` is not on that list, and a bound behind the policy is
 * a filter on all events of the tenant instead of a place in the index.
 */
export const behind = (tenantId: string, names: readonly string[], now: Date | null) => sql<{ name: string }>`
  with place as materialized (
    select k.name, coalesce(c.xid, ${BEGINNING.xid}::xid8) as xid, coalesce(c.event_id, ${BEGINNING.event_id}::uuid) as event_id
    from unnest(${[...names]}::text[]) as k(name)
    left join platform_consumer c on c.tenant_id = ${tenantId} and c.name = k.name)
  select p.name from place p
  where exists (select from (select from platform_event e
        where e.tenant_id = ${tenantId} and e.xid < pg_snapshot_xmin(pg_current_snapshot())
          and (e.xid, e.id) > (p.xid, p.event_id)
        order by e.xid, e.id limit 1) as next)
    or exists (select from platform_delivery d where d.tenant_id = ${tenantId} and d.consumer = p.name and d.parked_at is null
      and d.next_at <= ${now})`

/** Runs `behind`. @returns the names of those who have something to do */
export async function consumersBehind(tx: Tx, tenantId: string, names: readonly string[], now: Date | null) {
  const { rows } = await behind(tenantId, names, now).execute(tx)
  return rows.map(({ name }) => name)
}

/** Only rows below the snapshot's xmin: a transaction that began earlier and commits later is not skipped. */
export async function nextEvents(tx: Tx, tenantId: string, consumer: string): Promise<(Delivered & { xid: string })[]> {
  const progress = await lockProgress(tx, tenantId, consumer)
  const select = tx
    .selectFrom('platform_event')
    .select([...columns, sql<string>`xid::text`.as('xid')])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`xid < pg_snapshot_xmin(pg_current_snapshot())`)
    .where(sql<boolean>`(xid, id) > (${progress.xid}::xid8, ${progress.event_id}::uuid)`)
  const rows = await select.orderBy('platform_event.xid').orderBy('id').limit(BATCH).execute()
  return rows.map((row) => ({ ...delivered(row), xid: row.xid }))
}

export async function lockDelivery(tx: Tx, tenantId: string, consumer: string, eventId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('platform_delivery')
    .select('event_id')
    .where('tenant_id', '=', tenantId)
    .where('consumer', '=', consumer)
    .where('event_id', '=', eventId)
    .where('parked_at', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row !== undefined
}

export async function eventOf(tx: Tx, tenantId: string, id: string): Promise<Delivered | null> {
  const row = await tx
    .selectFrom('platform_event')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? delivered(row) : null
}

type EventRow = {
  tenant_id: string
  id: string
  type: string
  at: Date
  actor_id: string | null
  org_path: string
  subject_kind: string
  subject_id: string | null
  person_id: string | null
  payload: unknown
}

function delivered(row: EventRow): Delivered {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    type: row.type as EventType,
    at: row.at,
    actorId: row.actor_id,
    orgPath: row.org_path,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    personId: row.person_id,
    payload: row.payload as Events[EventType],
  }
}

export async function setProgress(
  tx: Tx,
  tenantId: string,
  name: string,
  last: { xid: string; id: string },
): Promise<void> {
  await tx
    .insertInto('platform_consumer')
    .values({ tenant_id: tenantId, name, xid: last.xid, event_id: last.id })
    .onConflict((c) => c.columns(['tenant_id', 'name']).doUpdateSet({ xid: last.xid, event_id: last.id }))
    .execute()
}

export async function setAside(tx: Tx, tenantId: string, consumer: string, eventId: string, now: Date): Promise<void> {
  await tx
    .insertInto('platform_delivery')
    .values({ tenant_id: tenantId, consumer, event_id: eventId, tries: 1, next_at: new Date(now.getTime() + 1000) })
    .onConflict((c) => c.doNothing())
    .execute()
}
