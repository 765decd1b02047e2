-- module: credits
-- tables: none
-- locks: credits_account gets a nullable column

-- The record that this account's record was found to be: what it earned counts there, and nowhere twice.
alter table credits_account add column merged_into uuid;
-- The rows of all tenants: the owner passes the policies only while they are not forced.
alter table credits_account no force row level security;
alter table credits_unit no force row level security;
alter table members_merge no force row level security;
update credits_account a set merged_into = m.kept_id
from members_merge m
where m.tenant_id = a.tenant_id and m.gone_id = a.member_id and m.state = 'merged';
-- Units that counted both, of all years: counted anew here, as `recountUnit` does.
update credits_unit u set people = s.people, obliged = s.obliged, exempt = s.exempt, reached = s.reached, short = s.short,
  required_done = s.required_done, hundredths = s.hundredths, months = s.months
from (
  select a.tenant_id, a.unit_id, a.year, count(*) filter (where merged_into is null)::int as people,
    count(*) filter (where merged_into is null and standing in ('reached', 'short'))::int as obliged,
    count(*) filter (where merged_into is null and standing = 'exempt')::int as exempt,
    count(*) filter (where merged_into is null and standing = 'reached')::int as reached,
    count(*) filter (where merged_into is null and standing = 'short')::int as short,
    count(*) filter (where merged_into is null and standing in ('reached', 'short') and required_left = 0)::int as required_done,
    coalesce(sum(earned) filter (where merged_into is null), 0)::bigint as hundredths,
    (select array_agg(coalesce((select sum(b.months[n]) from credits_account b where b.tenant_id = a.tenant_id
      and b.unit_id = a.unit_id and b.year = a.year and b.merged_into is null), 0)::bigint order by n)
      from generate_series(1, 12) n) as months
  from credits_account a
  group by a.tenant_id, a.unit_id, a.year
  having count(merged_into) > 0) s
where u.tenant_id = s.tenant_id and u.unit_id = s.unit_id and u.year = s.year;
alter table credits_account force row level security;
alter table credits_unit force row level security;
alter table members_merge force row level security;
