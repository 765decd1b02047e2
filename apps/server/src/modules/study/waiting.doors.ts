import { sql } from 'kysely'
import type { Actor, Db } from '../../platform/ctx.ts'
import { inReach } from '../../platform/scope.ts'

/** What of homework and discussions waits for a post, for its workbench. */
export async function studyWaiting(db: Db, actor: Actor): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self') return []
  const rows = []
  if (actor.permissions.has('exams.mark')) {
    const found = await db
      .selectFrom('study_work as w')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('w.tenant_id', '=', actor.tenantId)
      .where(inReach('w.org_path', actor))
      .where('w.state', '=', 'handed_in')
      .where('w.person_id', '<>', actor.personId)
      .executeTakeFirst()
    rows.push({ key: 'studyWorks', count: found?.count ?? 0, path: '/study/works?state=handed_in' })
  }
  if (actor.permissions.has('learning.write')) {
    const minutes = await db
      .selectFrom('study_session as s')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('s.tenant_id', '=', actor.tenantId)
      .where(inReach('s.org_path', actor))
      .where('s.state', '=', 'held')
      .where('s.confirmed_at', 'is', null)
      .where(sql<boolean>`s.written_by_id is distinct from ${actor.personId}`)
      .executeTakeFirst()
    rows.push({ key: 'studyMinutes', count: minutes?.count ?? 0, path: '/study/groups?unconfirmed=true' })
    const found = await db
      .selectFrom('study_post as p')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('p.tenant_id', '=', actor.tenantId)
      .where(inReach('p.org_path', actor))
      .where('p.state', '=', 'waiting')
      .executeTakeFirst()
    rows.push({ key: 'studyPosts', count: found?.count ?? 0, path: '/study/campaigns?state=open' })
  }
  return rows
}
