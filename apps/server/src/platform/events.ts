import { createHash } from 'node:crypto'
import type { Events, EventType } from '@tongxin/contract'
import { v7 as uuidv7 } from 'uuid'
import type { Statement } from './batch.ts'
import type { Ctx, Tx } from './ctx.ts'

export type Subject = {
  readonly kind: string
  readonly id: string | null
  readonly orgPath: string
  readonly personId?: string | null
}

/**
 * Writes the fact beside the change that caused it: one row of the one stream from which audit, notices, tasks,
 * rollups and realtime are fed. The payload names fields and ids, never sensitive values. Delivered after commit,
 * at least once; reactions are idempotent by event id.
 */
export async function publish<T extends EventType>(
  ctx: Ctx<Tx>,
  type: T,
  subject: Subject,
  payload: Events[T],
  more: { reason?: string; before?: unknown; after?: unknown } = {},
): Promise<string> {
  const id = newId(ctx)
  await ctx.db
    .insertInto('platform_event')
    .values({
      tenant_id: ctx.actor.tenantId,
      id,
      at: ctx.now,
      type,
      actor_id: ctx.actor.personId,
      grant_id: ctx.actor.grantId,
      org_path: subject.orgPath,
      subject_kind: subject.kind,
      subject_id: subject.id,
      person_id: subject.personId ?? null,
      reason: more.reason ?? null,
      payload: JSON.stringify(payload),
      before_hash: hashOf(more.before),
      after_hash: hashOf(more.after),
      request_id: ctx.requestId,
    })
    .execute()
  return id
}

/** Many events of one type in one statement, for jobs, reactions and grouped writes, which act under no grant. */
export async function publishAll<T extends EventType>(
  tx: Tx,
  at: { readonly tenantId: string; readonly now: Date; readonly actorId?: string | null },
  type: T,
  facts: readonly { readonly subject: Subject; readonly payload: Events[T] }[],
): Promise<void> {
  if (facts.length === 0) return
  await tx
    .insertInto('platform_event')
    .values(
      facts.map(({ subject, payload }) => ({
        tenant_id: at.tenantId,
        id: newId(at),
        at: at.now,
        type,
        actor_id: at.actorId ?? null,
        org_path: subject.orgPath,
        subject_kind: subject.kind,
        subject_id: subject.id,
        person_id: subject.personId ?? null,
        payload: JSON.stringify(payload),
      })),
    )
    .execute()
}

/** The same as one statement of a batch, for grouped writes. */
export function publishing<T extends EventType>(
  at: { readonly tenantId: string; readonly now: Date },
  type: T,
  facts: readonly { readonly subject: Subject; readonly payload: Events[T] }[],
): Statement {
  const column = <V>(of: (fact: (typeof facts)[number]) => V): V[] => facts.map(of)
  return {
    name: 'publishing',
    text: `insert into platform_event (tenant_id, id, at, type, org_path, subject_kind, subject_id, person_id, payload)
      select $1, e.id, $2, $3, e.org_path, e.subject_kind, e.subject_id, e.person_id, e.payload::jsonb
      from unnest($4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::uuid[], $9::text[])
        as e(id, org_path, subject_kind, subject_id, person_id, payload)`,
    values: [
      at.tenantId,
      at.now,
      type,
      facts.map(() => uuidv7({ msecs: at.now.getTime() })),
      column(({ subject }) => subject.orgPath),
      column(({ subject }) => subject.kind),
      column(({ subject }) => subject.id),
      column(({ subject }) => subject.personId ?? null),
      column(({ payload }) => JSON.stringify(payload)),
    ],
  }
}

/** SHA-256 of the JSON text of a row, so that an edit behind the application's back can be found. */
function hashOf(value: unknown): Buffer | null {
  return value === undefined ? null : createHash('sha256').update(JSON.stringify(value)).digest()
}

// RFC 9562, 6.2: a counter behind the milliseconds keeps the facts of one transaction in the order in which they were
// told, which the stream promises and chance alone would shuffle.
let counter = 0

/** A new row id: UUIDv7 of the request's time; later ids of this process and time are greater. */
export function newId(ctx: { readonly now: Date }): string {
  counter = (counter + 1) >>> 0
  return uuidv7({ msecs: ctx.now.getTime(), seq: counter })
}
