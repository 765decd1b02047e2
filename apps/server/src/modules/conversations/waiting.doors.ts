import { sql } from 'kysely'
import type { Actor, Db } from '../../platform/ctx.ts'
import { inReach } from '../../platform/scope.ts'

/** Reports that wait for an officer. */
export async function conversationsWaiting(
  db: Db,
  actor: Actor,
): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self' || !actor.permissions.has('conversations.review')) return []
  const found = await db
    .selectFrom('conversations_report as r')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('r.tenant_id', '=', actor.tenantId)
    .where(inReach('r.org_path', actor))
    .where('r.state', '=', 'open')
    .where('r.person_id', '<>', actor.personId)
    .where(sql<boolean>`not ${actor.personId}::uuid = any(r.accused)`)
    .executeTakeFirst()
  const count = found?.count ?? 0
  return [{ key: 'reports', count, path: '/conversations/reports?state=open' }]
}
