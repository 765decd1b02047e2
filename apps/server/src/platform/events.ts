import { createHash, randomFillSync } from 'node:crypto'
import type { Events, EventType } from '@tongxin/contract'
import { v7 as uuidv7 } from 'uuid'
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

/**
 * The insertion of events as SQL text, for statements in which only the database knows what was done. `source` names
 * rows with `id` (made by `newId`), `org_path`, `subject_kind`, `subject_id` and `payload`; the rest are SQL expressions.
 */
export function publishingFrom(
  source: string,
  type: EventType,
  at: { readonly tenantId: string; readonly at: string; readonly actorId: string },
): string {
  return `insert into platform_event (tenant_id, id, at, type, actor_id, org_path, subject_kind, subject_id, payload)
    select ${at.tenantId}, f.id, ${at.at}, '${type}', ${at.actorId}, f.org_path, f.subject_kind, f.subject_id, f.payload
    from ${source} f`
}

/** SHA-256 of the JSON text of a row, so that an edit behind the application's back can be found. */
function hashOf(value: unknown): Buffer | null {
  return value === undefined ? null : createHash('sha256').update(JSON.stringify(value)).digest()
}

// RFC 9562, 6.2: a counter behind the milliseconds keeps the facts of one transaction in the order in which they were
// told, which the stream promises and chance alone would shuffle.
let counter = 0

// Chance is drawn for a few hundred ids at a time; each part is handed out once.
const chance = Buffer.alloc(16 * 256)
let handedOut = chance.length
function freshChance(): Buffer {
  if (handedOut === chance.length) {
    randomFillSync(chance)
    handedOut = 0
  }
  handedOut += 16
  return chance.subarray(handedOut - 16, handedOut)
}

/**
 * A new row id: UUIDv7 of the request's time; later ids of this process and time are greater, which also lets a batch
 * write its indexes from left to right.
 */
export function newId(ctx: { readonly now: Date }): string {
  counter = (counter + 1) >>> 0
  return uuidv7({ msecs: ctx.now.getTime(), seq: counter, random: freshChance() })
}
