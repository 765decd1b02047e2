-- module: members
-- tables: none
-- locks: members_member exclusive while it is written anew with the column: a minute for a million records

-- Age and day of joining hang together: who is in their thirties joined late, so that a walk in the order of joining
-- meets nobody of them for long. Within one year of birth they do not: each year is walked in the order of the list.
alter table members_member
  add column born_year int generated always as (extract(year from born_on)::int) stored;
create index members_member_year_joined_up on members_member (tenant_id, born_year, joined_up, id)
  where deleted_at is null and born_year is not null;
create index members_member_year_joined_down on members_member (tenant_id, born_year, joined_down, id)
  where deleted_at is null and born_year is not null;
