import { sql } from 'kysely'
import type { Actor, Db } from '../../platform/ctx.ts'
import { inReach } from '../../platform/scope.ts'

/** What of this module waits for a post, for the workbench. */
export async function examsWaiting(db: Db, actor: Actor): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self') return []
  const { tenantId, personId, permissions } = actor
  const mayKeep = permissions.has('exams.write')
  const mayMark = permissions.has('exams.mark')
  if (!mayKeep && !mayMark) return []
  const { rows } = await sql<{ review: number; release: number; mark: number; appeals: number }>`select
      (select count(*)::int from exams_question x where x.tenant_id = ${tenantId} and ${inReach('x.org_path', actor)}
        and x.state = 'submitted' and x.submitted_by is distinct from ${personId}) as review,
      (select count(*)::int from exams_session e where e.tenant_id = ${tenantId} and ${inReach('e.org_path', actor)}
        and e.state = 'closed') as release,
      (select count(*)::int from exams_script c where c.tenant_id = ${tenantId} and ${inReach('c.org_path', actor)}
        and c.points is null and c.writer_id <> ${personId} and c.first_by is distinct from ${personId}
        and c.second_by is distinct from ${personId}
        and (c.session_id is null or exists (select from exams_session e where e.tenant_id = ${tenantId}
          and e.id = c.session_id and e.state = 'closed'))) as mark,
      (select count(*)::int from exams_appeal a where a.tenant_id = ${tenantId} and ${inReach('a.org_path', actor)}
        and a.answered_at is null and a.person_id <> ${personId}) as appeals`.execute(db)
  const { review = 0, release = 0, mark = 0, appeals = 0 } = rows[0] ?? {}
  return [
    ...(mayKeep
      ? [
          { key: 'review', count: review, path: '/exam-questions?state=submitted' },
          { key: 'release', count: release, path: '/exam-sessions?state=closed' },
        ]
      : []),
    ...(mayMark
      ? [
          { key: 'mark', count: mark, path: '/exam-marking' },
          { key: 'appeals', count: appeals, path: '/exam-appeals?open=true' },
        ]
      : []),
  ]
}
