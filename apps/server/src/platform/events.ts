import { createHash } from 'node:crypto'
import type { EventType, Events } from '@tongxin/contract'
import { v7 as uuidv7 } from 'uuid'
import type { Ctx, Tx } from './ctx.ts'

export type Subject = { readonly kind: string; readonly id: string | null; readonly orgPath: string; readonly personId?: string | null }

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
  const id = uuidv7({ msecs: ctx.now.getTime() })
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

/** SHA-256 of the JSON text of a row, so that an edit behind the application's back can be found. */
function hashOf(value: unknown): Buffer | null {
  return value === undefined ? null : createHash('sha256').update(JSON.stringify(value)).digest()
}

/** A new row id: UUIDv7 of the request's time. */
export function newId(ctx: { readonly now: Date }): string {
  return uuidv7({ msecs: ctx.now.getTime() })
}
