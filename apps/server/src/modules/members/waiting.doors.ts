import { sql } from 'kysely'
import type { Actor, Db } from '../../platform/ctx.ts'
import { inReach } from '../org/index.ts'
import { isOwnTurn } from './queries/assignments.queries.ts'

/**
 * What waits for this post: proposals for a first review, for a second one, own ones that came back, and folders that
 * somebody else asked for.
 */
export async function membersWaiting(db: Db, actor: Actor): Promise<{ key: string; count: number; path: string }[]> {
  const { rows } = await sql<{ first: number; second: number; returned: number; loans: number }>`
    select
      (count(*) filter (where c.state = 'first_review' and c.made_by <> ${actor.personId}
        and ${isOwnTurn(actor.tenantId, actor.personId, 'first')}))::int as first,
      (count(*) filter (where c.state = 'second_review' and c.made_by <> ${actor.personId}
        and c.first_by is distinct from ${actor.personId}
        and ${isOwnTurn(actor.tenantId, actor.personId, 'second')}))::int as second,
      (count(*) filter (where c.state = 'returned' and c.made_by = ${actor.personId}))::int as returned,
      (select count(*)::int from members_loan l
        where l.tenant_id = ${actor.tenantId} and l.state = 'asked' and l.asked_by <> ${actor.personId}
          and ${inReach('l.org_path', actor)}) as loans
    from members_change c
    where c.tenant_id = ${actor.tenantId} and c.state in ('first_review', 'second_review', 'returned')
      and ${inReach('c.org_path', actor)}`.execute(db)
  const { first, second, returned, loans } = rows[0] ?? { first: 0, second: 0, returned: 0, loans: 0 }
  return [
    { key: 'first', count: actor.permissions.has('members.review') ? first : 0, path: '/member-changes?view=first' },
    {
      key: 'second',
      count: actor.permissions.has('members.approve') ? second : 0,
      path: '/member-changes?view=second',
    },
    {
      key: 'returned',
      count: actor.permissions.has('members.write') ? returned : 0,
      path: '/member-changes?view=mine',
    },
    { key: 'loans', count: actor.permissions.has('members.review') ? loans : 0, path: '/dossier-loans?view=asked' },
  ]
}
