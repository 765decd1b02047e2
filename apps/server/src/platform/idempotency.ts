import { createHash } from 'node:crypto'
import { type Endpoint, requestRefusals } from '@tongxin/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx, Tx } from './ctx.ts'

/**
 * `Idempotency-Key`: the key row is written in the transaction of the effect, so a repeated request answers with the
 * same bytes and does nothing. Kept 30 days, scoped per person; another body under the same key is refused.
 */
export async function idempotent<T>(
  ctx: Ctx<Tx>,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (ctx: Ctx<Tx>) => Promise<T>,
): Promise<T> {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key === '') {
    if (endpoint.idempotent === 'required') throw requestRefusals.idempotency_key_missing()
    return work(ctx)
  }
  if (key.length > 200)
    throw requestRefusals.malformed({}, [
      { field: '/headers/idempotency-key', code: 'field.too_long', detail: { most: 200 } },
    ])
  const hash = createHash('sha256')
    .update(`${endpoint.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest()
  const id = { person_id: ctx.actor.personId, key }
  // A second request with the key waits here for the first one's commit, up to the lock time-out.
  const fresh = await ctx.db
    .insertInto('platform_idempotency')
    .values({ ...id, request_hash: hash, at: ctx.now })
    .onConflict((c) => c.columns(['person_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  if (!fresh) {
    const earlier = await ctx.db
      .selectFrom('platform_idempotency')
      .select(['request_hash', 'reply'])
      .where('person_id', '=', id.person_id)
      .where('key', '=', key)
      .executeTakeFirst()
    if (!earlier || earlier.reply === null) throw requestRefusals.idempotency_in_flight()
    if (!hash.equals(earlier.request_hash)) throw requestRefusals.idempotency_key_reused()
    reply.header('idempotency-replayed', 'true')
    return JSON.parse(earlier.reply) as T
  }
  const answer = await work(ctx)
  await ctx.db
    .updateTable('platform_idempotency')
    .set({ reply: JSON.stringify(answer), status: 200 })
    .where('person_id', '=', id.person_id)
    .where('key', '=', key)
    .execute()
  return answer
}
