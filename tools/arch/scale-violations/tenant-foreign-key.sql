-- module: sample
-- tables: sample_a tenant, sample_b tenant
-- locks: none, new tables
create table sample_a (
  tenant_id uuid not null,
  id uuid not null,
  constraint sample_a_id_key unique (id, tenant_id),
  constraint sample_a_pkey primary key (tenant_id, id)
);
select app_shard('sample_a', 'tenant');
alter table sample_a enable row level security;
alter table sample_a force row level security;
create policy sample_a_all on sample_a using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant select, insert on sample_a to tongxin_app;
create table sample_b (
  tenant_id uuid not null,
  id uuid not null,
  a_id uuid,
  constraint sample_b_a_fkey foreign key (a_id, tenant_id) references sample_a (id, tenant_id),
  constraint sample_b_pkey primary key (tenant_id, id)
);
select app_shard('sample_b', 'tenant');
alter table sample_b enable row level security;
alter table sample_b force row level security;
create policy sample_b_all on sample_b using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant select, insert on sample_b to tongxin_app;
