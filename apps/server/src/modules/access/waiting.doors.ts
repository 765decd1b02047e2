import { sql } from 'kysely'
import type { Actor, Db } from '../../platform/ctx.ts'
import { inReach } from '../org/index.ts'

/** Grants and recoveries that someone else began and that need this post as the second person. */
export async function accessWaiting(db: Db, actor: Actor): Promise<{ key: string; count: number; path: string }[]> {
  const grants = actor.permissions.has('access.confirm')
    ? await db
        .selectFrom('access_grant_request as r')
        .select(sql<number>`count(*)::int`.as('n'))
        .where('r.tenant_id', '=', actor.tenantId)
        .where(inReach('r.org_path', actor))
        .where('r.state', '=', 'open')
        .where('r.made_by', '<>', actor.personId)
        .executeTakeFirst()
    : undefined
  const recoveries = actor.permissions.has('access.recover')
    ? await db
        .selectFrom('access_recovery as r')
        .select(sql<number>`count(*)::int`.as('n'))
        .where('r.tenant_id', '=', actor.tenantId)
        .where(inReach('r.org_path', actor))
        .where('r.state', '=', 'started')
        .where('r.started_by', '<>', actor.personId)
        .where('r.person_id', '<>', actor.personId)
        .executeTakeFirst()
    : undefined
  return [
    { key: 'grants', count: grants?.n ?? 0, path: '/access/proposals' },
    { key: 'recoveries', count: recoveries?.n ?? 0, path: '/access/recoveries' },
  ]
}
