-- module: org
-- tables: org_total tenant, org_count_delta tenant
-- locks: none, new tables

-- People at or below a path, as of the last folding. What happened since stands in `org_count_delta`, so that writers
-- of one tenant never wait for each other at the row of its top: a subtree has `people` + the deltas below the path.
create table org_total (
  tenant_id uuid not null,
  org_path text collate "C" not null,
  category text not null,
  people integer not null,
  constraint org_total_pkey primary key (tenant_id, org_path, category)
);
select app_shard('org_total', 'tenant');
alter table org_total enable row level security;
alter table org_total force row level security;
create policy org_total_all on org_total using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update, delete on org_total to tongxin_app;

create table org_count_delta (
  tenant_id uuid not null,
  id uuid not null,
  org_path text collate "C" not null,
  category text not null,
  delta integer not null,
  constraint org_count_delta_pkey primary key (tenant_id, id)
);
select app_shard('org_count_delta', 'tenant');
create index org_count_delta_scope on org_count_delta (tenant_id, org_path);
-- A queue: filled and emptied all day, so that its dead rows are cleared long before a fifth of it is dead.
alter table org_count_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
alter table org_count_delta enable row level security;
alter table org_count_delta force row level security;
create policy org_count_delta_all on org_count_delta using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update, delete on org_count_delta to tongxin_app;
