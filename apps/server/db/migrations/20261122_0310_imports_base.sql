-- module: imports
-- tables: imports_batch tenant, imports_chunk tenant, imports_mapping tenant
-- locks: none, new tables

-- A batch of a roster: what was read, who made it, who confirmed it, how far it has come.
create table imports_batch (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  file_name text not null,
  file_size integer not null,
  file_hash bytea not null,
  sheet text,
  heading_row integer,
  columns jsonb not null default '{}',
  headings text[] not null default '{}',
  fingerprint bytea,
  units jsonb not null default '[]',
  totals jsonb not null default '{}',
  outcomes jsonb not null default '{}',
  existing text not null default 'skip',
  rows_hash bytea,
  people integer not null default 0,
  done integer not null default 0,
  state text not null,
  refusal jsonb,
  made_by uuid not null,
  made_at timestamptz not null,
  submitted_at timestamptz,
  checked_by uuid,
  checked_at timestamptz,
  checker_grant uuid,
  claimed_at timestamptz,
  opinion text,
  applied_at timestamptz,
  reversed_by uuid,
  reversed_at timestamptz,
  reversed_reason text,
  version integer not null default 1,
  updated_at timestamptz not null,
  constraint imports_batch_pkey primary key (tenant_id, id),
  constraint imports_batch_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint imports_batch_existing_check check (existing in ('skip', 'update')),
  constraint imports_batch_state_check check (state in ('read', 'submitted', 'applying', 'applied', 'returned', 'withdrawn', 'failed', 'reversed')),
  constraint imports_batch_checker_check check (checked_by <> made_by)
);
select app_shard('imports_batch', 'tenant');
create index imports_batch_queue on imports_batch (tenant_id, state, org_path, id);
create index imports_batch_scope on imports_batch (tenant_id, org_path, id);
alter table imports_batch enable row level security;
alter table imports_batch force row level security;
create policy imports_batch_all on imports_batch using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on imports_batch to tongxin_app;

-- Normalised rows of a batch, sealed a thousand at a time; removed when the batch is done with.
create table imports_chunk (
  tenant_id uuid not null,
  id uuid not null,
  batch_id uuid not null,
  org_path text collate "C" not null,
  ordinal integer not null,
  last_row integer not null,
  people integer not null,
  problems integer not null,
  sealed bytea not null,
  constraint imports_chunk_pkey primary key (tenant_id, id),
  constraint imports_chunk_ordinal_key unique (tenant_id, batch_id, ordinal),
  constraint imports_chunk_import_fkey foreign key (tenant_id, batch_id) references imports_batch (tenant_id, id)
);
select app_shard('imports_chunk', 'tenant');
alter table imports_chunk enable row level security;
alter table imports_chunk force row level security;
create policy imports_chunk_all on imports_chunk using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update, delete on imports_chunk to tongxin_app;

-- A person's correction of the columns, remembered for the organisation and the headings it was made for.
create table imports_mapping (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  fingerprint bytea not null,
  columns jsonb not null,
  made_by uuid not null,
  made_at timestamptz not null,
  constraint imports_mapping_pkey primary key (tenant_id, id),
  constraint imports_mapping_key unique (tenant_id, org_id, fingerprint)
);
select app_shard('imports_mapping', 'tenant');
alter table imports_mapping enable row level security;
alter table imports_mapping force row level security;
create policy imports_mapping_all on imports_mapping using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on imports_mapping to tongxin_app;
