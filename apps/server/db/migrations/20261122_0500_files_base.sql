-- module: files
-- tables: files_file tenant, files_usage tenant
-- locks: none, new tables

-- Uploaded files. Bytes lie under the data folder by their SHA-256; a row is the only way to them. `pending` until
-- all checks have passed. Once attached, the file belongs to one record and is read by that record's rights.
create table files_file (
  tenant_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  purpose text not null,
  name text not null,
  declared_bytes bigint not null,
  state text not null default 'pending',
  fault text,
  kind text,
  bytes bigint,
  sha256 text,
  width integer,
  height integer,
  subject_kind text,
  subject_id uuid,
  read_permission text,
  created_at timestamptz not null,
  checked_at timestamptz,
  constraint files_file_pkey primary key (tenant_id, id),
  constraint files_file_purpose_check check (purpose in ('photo', 'document')),
  constraint files_file_state_check check (state in ('pending', 'clean', 'unscanned', 'rejected')),
  constraint files_file_kept_check check (state not in ('clean', 'unscanned') or (sha256 is not null and kind is not null and bytes is not null))
);
select app_shard('files_file', 'tenant');
create index files_file_owner on files_file (tenant_id, owner_id, id);
create index files_file_subject on files_file (tenant_id, subject_kind, subject_id) where subject_id is not null;
create index files_file_pending on files_file (tenant_id, created_at) where state = 'pending';
alter table files_file enable row level security;
alter table files_file force row level security;
create policy files_file_read on files_file for select using (tenant_id = app_tenant() and (owner_id = app_person() or app_in_scope(org_path)));
create policy files_file_insert on files_file for insert with check (tenant_id = app_tenant() and owner_id = app_person() and app_in_scope(org_path));
create policy files_file_update on files_file for update using (tenant_id = app_tenant() and (owner_id = app_person() or app_in_scope(org_path)));
grant select, insert, update on files_file to tongxin_app;

-- Bytes in use per person and per organisation: one guarded statement adds and refuses, so two uploads cannot exceed.
create table files_usage (
  tenant_id uuid not null,
  owner_kind text not null,
  owner_id uuid not null,
  bytes bigint not null,
  constraint files_usage_pkey primary key (tenant_id, owner_kind, owner_id),
  constraint files_usage_kind_check check (owner_kind in ('person', 'organisation')),
  constraint files_usage_bytes_check check (bytes >= 0)
);
select app_shard('files_usage', 'tenant');
alter table files_usage enable row level security;
alter table files_usage force row level security;
create policy files_usage_all on files_usage using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant select, insert, update on files_usage to tongxin_app;
