import type { MeetingKindName } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { inReach } from '../org/index.ts'

type Figures = { readonly called: number; readonly present: number; readonly onLeave: number }
type Whose = { readonly memberIds: readonly string[]; readonly isOwn: boolean }

/**
 * Meetings held from one day until another to which these records of one person were called with or without a vote:
 * in all and by kind. Made-up study is not presence. Only meetings that the caller may see; null without the right to.
 */
export async function lifeOf(
  { db, actor }: Pick<Ctx, 'db' | 'actor'>,
  { memberIds, isOwn }: Whose,
  { since, until }: { readonly since: string; readonly until: string },
): Promise<(Figures & { readonly kinds: (Figures & { readonly kind: MeetingKindName })[] }) | null> {
  if (!isOwn && !actor.permissions.has('meetings.read')) return null
  const whose = isOwn ? sql`a.person_id = ${actor.personId}::uuid` : inReach('a.org_path', actor)
  const { rows } = await sql<Figures & { kind: MeetingKindName | null }>`
    select k.kind, count(distinct s.id)::int as called, count(distinct s.id) filter (where s.came)::int as present,
      count(distinct s.id) filter (where s.excused and not s.came)::int as "onLeave"
    from (select m.id, m.kinds, bool_or(c.member_id is not null) as came, bool_or(a.answer = 'leave_approved') as excused
      from meetings_attendee a
      join meetings_meeting m on m.tenant_id = ${actor.tenantId}::uuid and m.id = a.meeting_id
        and m.held_on >= ${since}::date and m.held_on <= ${until}::date
        and m.state in ('record_pending', 'awaiting_signatures', 'archived')
      left join meetings_check_in c on c.tenant_id = ${actor.tenantId}::uuid and c.meeting_id = a.meeting_id
        and c.member_id = a.member_id and c.struck_at is null
      where a.tenant_id = ${actor.tenantId}::uuid and a.member_id = any(${[...memberIds]}::uuid[])
        and a.part in ('voter', 'nonvoter') and ${whose}
      group by m.id, m.kinds) s, unnest(s.kinds) as k(kind)
    group by grouping sets ((k.kind), ()) order by called desc, k.kind`.execute(db)
  const { called = 0, present = 0, onLeave = 0 } = rows.find(({ kind }) => kind === null) ?? {}
  const kinds = rows.flatMap(({ kind, ...figures }) => (kind === null ? [] : [{ kind, ...figures }]))
  return { called, present, onLeave, kinds }
}
