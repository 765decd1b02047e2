-- module: sample
-- tables: other_a tenant
-- locks: none, new tables
create table other_a (
  tenant_id uuid not null,
  id uuid not null,
  constraint other_a_pkey primary key (tenant_id, id)
);
select app_shard('other_a', 'tenant');
alter table other_a enable row level security;
alter table other_a force row level security;
create policy other_a_all on other_a using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant select, insert on other_a to tongxin_app;
