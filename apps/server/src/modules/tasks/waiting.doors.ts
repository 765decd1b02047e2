import { sql } from 'kysely'
import { todayOf } from '../../platform/clock.ts'
import type { Actor, Db } from '../../platform/ctx.ts'

/** What of tasks waits for a post: of its own unit alone, units below have workbenches of their own. */
export async function tasksWaiting(
  db: Db,
  actor: Actor,
  now: Date,
): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self') return []
  const { tenantId, scope } = actor
  const rows: { key: string; count: number; path: string }[] = []
  if (actor.permissions.has('tasks.do')) {
    const { rows: found } = await sql<{ unsigned: number; returned: number; late: number }>`select
        (count(*) filter (where p.state = 'unsigned'))::int as unsigned,
        (count(*) filter (where p.state = 'returned'))::int as returned,
        (count(*) filter (where p.state in ('doing', 'returned') and p.due_on < ${todayOf(now)}::date))::int as late
      from tasks_part p
      where p.tenant_id = ${tenantId}::uuid and p.org_path = ${scope} and p.person_id is null
        and p.issuer_path <> p.org_path and p.state in ('unsigned', 'doing', 'returned')`.execute(db)
    const own = '/tasks/parts?side=own'
    rows.push(
      { key: 'tasksToSign', count: found[0]?.unsigned ?? 0, path: `${own}&state=unsigned` },
      { key: 'tasksReturned', count: found[0]?.returned ?? 0, path: `${own}&state=returned` },
      { key: 'tasksLate', count: found[0]?.late ?? 0, path: `${own}&standing=late` },
    )
  }
  if (actor.permissions.has('tasks.write')) {
    const { rows: found } = await sql<{ count: number }>`select count(*)::int as count from tasks_part p
      where p.tenant_id = ${tenantId}::uuid and p.issuer_path = ${scope}
        and (p.state = 'handed_in' or p.asked_due_on is not null)`.execute(db)
    const { rows: reports } = await sql<{ count: number }>`select count(*)::int as count from tasks_report r
      where r.tenant_id = ${tenantId}::uuid and r.receiver_path = ${scope} and r.state = 'submitted'`.execute(db)
    rows.push({ key: 'reportsToReview', count: reports[0]?.count ?? 0, path: '/info-reports?side=review' })
    rows.push({ key: 'tasksToCheck', count: found[0]?.count ?? 0, path: '/tasks/parts?side=check' })
  }
  return rows
}
