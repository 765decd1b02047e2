-- module: sample
-- tables: sample_a tenant
-- locks: none, new tables
create table sample_a (
  tenant_id uuid not null,
  id uuid not null,
  constraint sample_a_pkey primary key (tenant_id, id)
);
select app_shard('sample_a', 'tenant');
alter table sample_a enable row level security;
alter table sample_a force row level security;
create policy sample_a_all on sample_a using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant select, insert on sample_a to tongxin_app;
delete from sample_a where id is null;
