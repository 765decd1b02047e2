-- module: xapi
-- tables: xapi_statement tenant, xapi_activity tenant, xapi_attachment tenant, xapi_document tenant, xapi_credential tenant, xapi_launch tenant
-- locks: none, new tables

-- Statements of IEEE 9274.1.1, as they are told. `raw` is never changed; what is asked for stands beside it as keys: the
-- first 128 bits of SHA-256 of an identifier, so that an address of any length fits an index. `seq` is the UUIDv7 of the
-- moment of storing and the order of all lists.
create table xapi_statement (
  tenant_id uuid not null,
  id uuid not null,
  seq uuid not null,
  stored timestamptz not null,
  org_path text collate "C" not null,
  -- Whose authority: a credential or a launch; null is the platform itself, the only one from which credits follow.
  credential_id uuid,
  member_id uuid,
  actor_key uuid not null,
  verb_key uuid not null,
  activity_key uuid,
  registration uuid,
  -- Further agents that the filter `agent` means: members of a group, an agent as the object.
  agents uuid[],
  related_agents uuid[],
  related_activities uuid[],
  -- The statement referred to, what that one refers to, and so on.
  refers uuid[],
  voids uuid,
  voided boolean not null default false,
  digest uuid not null,
  raw json not null,
  constraint xapi_statement_pkey primary key (tenant_id, id)
);
select app_shard('xapi_statement', 'tenant');
create unique index xapi_statement_seq on xapi_statement (tenant_id, seq);
create unique index xapi_statement_fact on xapi_statement (tenant_id, member_id, verb_key, activity_key, registration)
  nulls not distinct where credential_id is null and member_id is not null;
create index xapi_statement_actor on xapi_statement (tenant_id, actor_key, seq);
create index xapi_statement_verb on xapi_statement (tenant_id, verb_key, seq);
create index xapi_statement_activity on xapi_statement (tenant_id, activity_key, seq) where activity_key is not null;
create index xapi_statement_registration on xapi_statement (tenant_id, registration, seq) where registration is not null;
create index xapi_statement_credential on xapi_statement (tenant_id, credential_id, seq) where credential_id is not null;
create index xapi_statement_scope on xapi_statement (tenant_id, org_path, seq);
create index xapi_statement_voids on xapi_statement (tenant_id, voids) where voids is not null;
create index xapi_statement_reference on xapi_statement (tenant_id, seq) where refers is not null;
create index xapi_statement_agents on xapi_statement using gin (agents) where agents is not null;
create index xapi_statement_related_agents on xapi_statement using gin (related_agents) where related_agents is not null;
create index xapi_statement_related_activities on xapi_statement using gin (related_activities) where related_activities is not null;
alter table xapi_statement enable row level security;
alter table xapi_statement force row level security;
create policy xapi_statement_read on xapi_statement for select using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy xapi_statement_insert on xapi_statement for insert with check (tenant_id = (select app_tenant()));
create policy xapi_statement_update on xapi_statement for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (voided) on xapi_statement to tongxin_app;

-- What is known of an activity: definitions of all statements about it, put together.
create table xapi_activity (
  tenant_id uuid not null,
  key uuid not null,
  iri text not null,
  definition jsonb not null default '{}',
  constraint xapi_activity_pkey primary key (tenant_id, key)
);
select app_shard('xapi_activity', 'tenant');
alter table xapi_activity enable row level security;
alter table xapi_activity force row level security;
create policy xapi_activity_all on xapi_activity using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()));
grant select, insert, update on xapi_activity to tongxin_app;

-- The bytes of attachments, once each.
create table xapi_attachment (
  tenant_id uuid not null,
  sha2 bytea not null,
  content_type text not null,
  bytes bytea not null,
  stored timestamptz not null,
  constraint xapi_attachment_pkey primary key (tenant_id, sha2)
);
select app_shard('xapi_attachment', 'tenant');
alter table xapi_attachment enable row level security;
alter table xapi_attachment force row level security;
create policy xapi_attachment_all on xapi_attachment using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()));
grant select, insert on xapi_attachment to tongxin_app;

-- State and profile documents. `place` is the first 128 bits of SHA-256 of kind, activity and agent.
create table xapi_document (
  tenant_id uuid not null,
  id uuid not null,
  place uuid not null,
  registration uuid,
  name text not null,
  content_type text not null,
  bytes bytea not null,
  -- SHA-1 in hexadecimal, as the standard says: it is the ETag.
  etag text not null,
  updated timestamptz not null,
  constraint xapi_document_pkey primary key (tenant_id, id)
);
select app_shard('xapi_document', 'tenant');
create unique index xapi_document_key on xapi_document (tenant_id, place, registration, name) nulls not distinct;
alter table xapi_document enable row level security;
alter table xapi_document force row level security;
create policy xapi_document_all on xapi_document using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()));
grant select, insert, update, delete on xapi_document to tongxin_app;

-- Keys of outside programs. The secret is shown once; what is kept is a keyed hash of it.
create table xapi_credential (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  purpose text not null,
  scopes text[] not null,
  secret_hash bytea not null,
  most_per_minute integer not null,
  created_by uuid not null,
  created_at timestamptz not null,
  until_on date,
  ended_at timestamptz,
  ended_by uuid,
  end_reason text,
  last_used_at timestamptz,
  version integer not null default 1,
  constraint xapi_credential_pkey primary key (tenant_id, id),
  constraint xapi_credential_rate_check check (most_per_minute between 1 and 1000000),
  constraint xapi_credential_ended_check check ((ended_at is null) = (ended_by is null))
);
select app_shard('xapi_credential', 'tenant');
create index xapi_credential_scope on xapi_credential (tenant_id, org_path, created_at, id);
alter table xapi_credential enable row level security;
alter table xapi_credential force row level security;
create policy xapi_credential_all on xapi_credential using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on xapi_credential to tongxin_app;

-- Keys of launched content: one person, one registration, some hours.
create table xapi_launch (
  tenant_id uuid not null,
  id uuid not null,
  org_path text collate "C" not null,
  member_id uuid not null,
  registration uuid not null,
  activity_key uuid,
  secret_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint xapi_launch_pkey primary key (tenant_id, id)
);
select app_shard('xapi_launch', 'tenant');
create index xapi_launch_scope on xapi_launch (tenant_id, org_path);
create index xapi_launch_registration on xapi_launch (tenant_id, registration);
create index xapi_launch_expiry on xapi_launch (tenant_id, expires_at);
alter table xapi_launch enable row level security;
alter table xapi_launch force row level security;
create policy xapi_launch_read on xapi_launch for select using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy xapi_launch_insert on xapi_launch for insert with check (tenant_id = (select app_tenant()));
create policy xapi_launch_update on xapi_launch for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy xapi_launch_delete on xapi_launch for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, delete, update (org_path, ended_at) on xapi_launch to tongxin_app;
