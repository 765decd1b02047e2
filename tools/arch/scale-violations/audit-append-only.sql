-- module: audit
-- tables: audit_note tenant
-- locks: none, new tables
create table audit_note (
  tenant_id uuid not null,
  id uuid not null,
  constraint audit_note_pkey primary key (tenant_id, id)
);
select app_shard('audit_note', 'tenant');
alter table audit_note enable row level security;
alter table audit_note force row level security;
create policy audit_note_all on audit_note using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant select, insert, delete on audit_note to tongxin_app;
