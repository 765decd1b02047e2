-- module: meetings
-- tables: none
-- locks: rows of members_member of those who missed the last archived meetings; a moment the five tables read

-- The rows of all tenants: the owner passes the policies only while they are not forced.
alter table members_member no force row level security;
alter table members_merge no force row level security;
alter table meetings_meeting no force row level security;
alter table meetings_attendee no force row level security;
alter table meetings_check_in no force row level security;
-- Again what 20261127_1301 counted: under forced policies it found no meeting.
with recursive along (tenant_id, kept, id) as (
  select tenant_id, id, id from members_member where deleted_at is null
  union
  select a.tenant_id, a.kept, g.gone_id from along a
  join members_merge g on g.tenant_id = a.tenant_id and g.kept_id = a.id and g.state = 'merged'
), seen as (
  select l.tenant_id, l.kept, m.starts_at, bool_or(c.member_id is not null) as came, bool_or(a.answer = 'leave_approved') as excused
  from along l
  join meetings_attendee a on a.tenant_id = l.tenant_id and a.member_id = l.id and a.part in ('voter', 'nonvoter')
  join meetings_meeting m on m.tenant_id = a.tenant_id and m.id = a.meeting_id and m.state = 'archived'
  left join meetings_check_in c on c.tenant_id = a.tenant_id and c.meeting_id = a.meeting_id
    and c.member_id = a.member_id and c.struck_at is null
  group by l.tenant_id, l.kept, m.id, m.starts_at
), missed as (
  select s.tenant_id, s.kept, least(count(*), 999)::smallint as times
  from (select *, max(starts_at) filter (where came) over (partition by tenant_id, kept) as last_came from seen) s
  where not s.came and not s.excused and (s.last_came is null or s.starts_at > s.last_came)
  group by s.tenant_id, s.kept
)
update members_member m set missed_in_row = missed.times
from missed where m.tenant_id = missed.tenant_id and m.id = missed.kept;
alter table members_member force row level security;
alter table members_merge force row level security;
alter table meetings_meeting force row level security;
alter table meetings_attendee force row level security;
alter table meetings_check_in force row level security;
