-- module: members
-- tables: members_structure tenant
-- locks: none, new table

-- Members of a large organisation by what they are, as of a day: counted by a job, since a page must not count a million
-- people. `org_path` is the organisation, `child` the path of the unit one level below (or itself) in which they are. Written once,
-- with the names and paths that the units had when they were counted.
create table members_structure (
  tenant_id uuid not null,
  org_path text collate "C" not null,
  on_day date not null,
  dimension text not null,
  child text collate "C" not null,
  child_id uuid not null,
  child_name text not null,
  value text not null,
  people int not null,
  counted_at timestamptz not null,
  constraint members_structure_pkey primary key (tenant_id, org_path, on_day, dimension, child, value),
  constraint members_structure_people_check check (people > 0)
);
select app_shard('members_structure', 'tenant');
alter table members_structure enable row level security;
alter table members_structure force row level security;
create policy members_structure_all on members_structure
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, delete on members_structure to tongxin_app;
