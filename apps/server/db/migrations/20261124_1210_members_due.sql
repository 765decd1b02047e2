-- module: members
-- tables: members_due tenant
-- locks: none, a new table

-- What is to be looked through and counted again for the quality of records. Events only write here, so that a roster
-- of thousands is looked through in large parts, a minute later, and holds back no other reaction.
create table members_due (
  tenant_id uuid not null,
  kind text not null,
  subject_id uuid not null,
  constraint members_due_pkey primary key (tenant_id, kind, subject_id),
  constraint members_due_kind_check check (kind in ('record', 'unit', 'maker', 'tenant'))
);
select app_shard('members_due', 'tenant');
alter table members_due enable row level security;
alter table members_due force row level security;
create policy members_due_all on members_due
  using (tenant_id = (select app_tenant()))
  with check (tenant_id = (select app_tenant()));
grant select, insert, update, delete on members_due to tongxin_app;
