import type { Db } from '../../platform/ctx.ts'
import { editionOf } from './media.playback.ts'
import * as q from './media.queries.ts'

/** Media for television sets: what plays now, and under which edition a set may keep it. Null: nothing plays. */
export async function broadcastsOf(
  { db, tenantId }: { readonly db: Db; readonly tenantId: string },
  ids: readonly string[],
) {
  return (await q.itemsOf(db, tenantId, ids)).map((item) => ({
    id: item.id,
    kind: item.kind,
    title: item.title,
    isGone: item.removedAt !== null,
    seconds: item.seconds ?? item.declaredSeconds,
    edition: item.served && !item.removedAt ? editionOf(item) : null,
  }))
}
