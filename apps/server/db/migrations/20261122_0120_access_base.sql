-- module: access
-- tables: access_person local, access_account local, access_sign_in_name local, access_session local, access_grant tenant, access_one_time_code local, access_throttle local, access_passkey local, access_totp_use local, access_person_tenant local, access_administrator local, access_challenge local, access_grant_request tenant, access_recovery tenant, access_activation tenant
-- locks: none, new tables

-- A person and the account are keyed by themselves, not by a tenant; grants and membership lie in the tenant.
create table access_person (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null
);
select app_shard('access_person', 'local');
grant select, insert, update on access_person to tongxin_app;

create table access_account (
  person_id uuid primary key,
  state text not null,
  password_hash text,
  password_set_at timestamptz,
  password_needs_factor boolean not null default false,
  totp_secret bytea,
  totp_confirmed_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  activated_at timestamptz,
  constraint access_account_person_fkey foreign key (person_id) references access_person (id),
  constraint access_account_state_check check (state in ('pending', 'active', 'disabled'))
);
select app_shard('access_account', 'local');
grant select, insert, update on access_account to tongxin_app;

-- Keyed by the blind index of the normalised name: telephone numbers must not stand in the clear.
create table access_sign_in_name (
  name_index bytea primary key,
  person_id uuid not null,
  kind text not null,
  constraint access_sign_in_name_person_fkey foreign key (person_id) references access_person (id),
  constraint access_sign_in_name_kind_check check (kind in ('phone', 'member_no', 'email', 'chosen'))
);
select app_shard('access_sign_in_name', 'local');
create index access_sign_in_name_person on access_sign_in_name (person_id);
grant select, insert, delete on access_sign_in_name to tongxin_app;

-- 256-bit opaque token, stored as SHA-256 only. The post acted under is part of the session; rights are not. A session
-- that waits for the second factor may do nothing but show it.
create table access_session (
  token_hash bytea primary key,
  person_id uuid not null,
  tenant_id uuid,
  grant_id uuid,
  second_factor_at timestamptz,
  device text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  idle_minutes smallint not null,
  waits_for_factor boolean not null default false,
  expires_at timestamptz not null,
  constraint access_session_person_fkey foreign key (person_id) references access_person (id)
);
select app_shard('access_session', 'local');
create index access_session_person on access_session (person_id);
grant select, insert, update, delete on access_session to tongxin_app;

create table access_grant (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  role text not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  reach text not null,
  member_id uuid,
  from_on timestamptz not null,
  until_on timestamptz,
  granted_by uuid,
  reason text,
  ended_by uuid,
  ended_reason text,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint access_grant_pkey primary key (tenant_id, id),
  constraint access_grant_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint access_grant_reach_check check (reach in ('self', 'node', 'subtree'))
);
select app_shard('access_grant', 'tenant');
create index access_grant_person on access_grant (tenant_id, person_id);
create index access_grant_scope on access_grant (tenant_id, org_path, id);
alter table access_grant enable row level security;
alter table access_grant force row level security;
create policy access_grant_all on access_grant using (tenant_id = app_tenant() and (app_in_scope(org_path) or person_id = app_person()))
  with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on access_grant to tongxin_app;

-- Where a person holds grants, and the one administrator role a person may have: unique in the whole installation.
create table access_person_tenant (
  person_id uuid not null,
  tenant_id uuid not null,
  constraint access_person_tenant_pkey primary key (person_id, tenant_id)
);
select app_shard('access_person_tenant', 'local');
grant select, insert, delete on access_person_tenant to tongxin_app;

create table access_administrator (
  person_id uuid primary key,
  role text not null,
  constraint access_administrator_role_check check (role in ('system_admin', 'security_admin', 'audit_admin')),
  constraint access_administrator_person_fkey foreign key (person_id) references access_person (id)
);
select app_shard('access_administrator', 'local');
grant select, insert, delete on access_administrator to tongxin_app;

-- Set-up, activation, reset: one use, short life, only the hash is kept.
create table access_one_time_code (
  code_hash bytea primary key,
  purpose text not null,
  person_id uuid,
  tenant_id uuid,
  batch_id uuid,
  bound_to bytea,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  tries smallint not null default 0,
  detail jsonb not null default '{}',
  constraint access_one_time_code_purpose_check check (purpose in ('set_up', 'activation', 'reset'))
);
select app_shard('access_one_time_code', 'local');
create index access_one_time_code_person on access_one_time_code (person_id, purpose);
create index access_one_time_code_batch on access_one_time_code (batch_id) where batch_id is not null;
grant select, insert, update, delete on access_one_time_code to tongxin_app;

-- Failures per keyed hash of account, address or device, so that a restart does not forget them.
create table access_throttle (
  key bytea primary key,
  failures integer not null,
  delayed_until timestamptz,
  updated_at timestamptz not null
);
select app_shard('access_throttle', 'local');
grant select, insert, update, delete on access_throttle to tongxin_app;

create table access_passkey (
  credential_id text primary key,
  person_id uuid not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  label text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  constraint access_passkey_person_fkey foreign key (person_id) references access_person (id)
);
select app_shard('access_passkey', 'local');
create index access_passkey_person on access_passkey (person_id);
grant select, insert, update, delete on access_passkey to tongxin_app;

-- A time step of a TOTP counts once.
create table access_totp_use (
  person_id uuid not null,
  step bigint not null,
  constraint access_totp_use_pkey primary key (person_id, step)
);
select app_shard('access_totp_use', 'local');
grant select, insert, delete on access_totp_use to tongxin_app;

-- A WebAuthn challenge counts once, for one session and one purpose.
create table access_challenge (
  challenge_hash bytea primary key,
  session_hash bytea not null,
  purpose text not null,
  expires_at timestamptz not null,
  constraint access_challenge_purpose_check check (purpose in ('register', 'step_up'))
);
select app_shard('access_challenge', 'local');
create index access_challenge_age on access_challenge (expires_at);
grant select, insert, delete on access_challenge to tongxin_app;

-- A role is given by two persons: one proposes, another confirms exactly what was proposed (the hash binds it).
create table access_grant_request (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  role text not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  reach text not null,
  from_on timestamptz not null,
  until_on timestamptz,
  reason text not null,
  payload_hash bytea not null,
  state text not null default 'open',
  made_by uuid not null,
  made_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  version integer not null default 1,
  constraint access_grant_request_pkey primary key (tenant_id, id),
  constraint access_grant_request_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint access_grant_request_maker_check check (decided_by is null or decided_by <> made_by),
  constraint access_grant_request_state_check check (state in ('open', 'confirmed', 'returned', 'withdrawn')),
  constraint access_grant_request_reach_check check (reach in ('node', 'subtree'))
);
select app_shard('access_grant_request', 'tenant');
create index access_grant_request_scope on access_grant_request (tenant_id, org_path, id);
alter table access_grant_request enable row level security;
alter table access_grant_request force row level security;
create policy access_grant_request_all on access_grant_request using (tenant_id = app_tenant() and app_in_scope(org_path))
  with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on access_grant_request to tongxin_app;

-- Two officers let a person choose a new password; each is another person than the one concerned.
create table access_recovery (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  resets_factor boolean not null,
  reason text not null,
  state text not null default 'started',
  started_by uuid not null,
  started_at timestamptz not null,
  confirmed_by uuid,
  confirmed_at timestamptz,
  ends_at timestamptz not null,
  version integer not null default 1,
  constraint access_recovery_pkey primary key (tenant_id, id),
  constraint access_recovery_officers_check check (confirmed_by is null or confirmed_by <> started_by),
  constraint access_recovery_own_check check (started_by <> person_id and (confirmed_by is null or confirmed_by <> person_id)),
  constraint access_recovery_state_check check (state in ('started', 'confirmed', 'used', 'cancelled'))
);
select app_shard('access_recovery', 'tenant');
create index access_recovery_scope on access_recovery (tenant_id, org_path, id);
create index access_recovery_person on access_recovery (tenant_id, person_id, id);
alter table access_recovery enable row level security;
alter table access_recovery force row level security;
create policy access_recovery_all on access_recovery using (tenant_id = app_tenant() and app_in_scope(org_path))
  with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on access_recovery to tongxin_app;

-- Batches of activation codes: who may be handed which slip is printed on demand, the codes themselves are nowhere.
create table access_activation (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  way text not null,
  people integer not null,
  made_by uuid not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  printed_at timestamptz,
  constraint access_activation_pkey primary key (tenant_id, id),
  constraint access_activation_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint access_activation_way_check check (way in ('slips', 'screen'))
);
select app_shard('access_activation', 'tenant');
create index access_activation_scope on access_activation (tenant_id, org_path, id);
alter table access_activation enable row level security;
alter table access_activation force row level security;
create policy access_activation_all on access_activation using (tenant_id = app_tenant() and app_in_scope(org_path))
  with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on access_activation to tongxin_app;
