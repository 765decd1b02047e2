import { sql } from 'kysely'
import type { Actor, Db } from '../../platform/ctx.ts'
import { inReach } from '../org/index.ts'

/** Batches that someone else handed in and that this post may confirm or return. */
export async function importsWaiting(db: Db, actor: Actor): Promise<{ key: string; count: number; path: string }[]> {
  if (!actor.permissions.has('imports.approve')) return []
  const row = await db
    .selectFrom('imports_batch as b')
    .select(sql<number>`count(*)::int`.as('batches'))
    .where('b.tenant_id', '=', actor.tenantId)
    .where(inReach('b.org_path', actor))
    .where('b.state', '=', 'submitted')
    .where('b.made_by', '<>', actor.personId)
    .executeTakeFirst()
  return [{ key: 'batches', count: row?.batches ?? 0, path: '/imports?state=submitted' }]
}
