-- Made by `npm run generate` from a database with all migrations. Do not edit.

CREATE OR REPLACE FUNCTION public.app_above_scope(path text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select starts_with(current_setting('app.scope', true), path || '.')
$function$
;
CREATE OR REPLACE FUNCTION public.app_in_scope(path text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select path collate "C" = current_setting('app.scope', true)
    or (path collate "C" >= current_setting('app.scope', true) || '.' and path collate "C" < current_setting('app.scope', true) || '/')
$function$
;
CREATE OR REPLACE FUNCTION public.app_person()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select nullif(current_setting('app.person', true), '')::uuid
$function$
;
CREATE OR REPLACE FUNCTION public.app_shard(table_name text, kind text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if kind not in ('tenant', 'reference', 'local') then
    raise exception 'unknown kind % of table %', kind, table_name;
  end if;
  if exists (select from pg_extension where extname = 'citus') then
    if kind = 'tenant' then
      execute format('select create_distributed_table(%L, ''tenant_id'')', table_name);
    elsif kind = 'reference' then
      execute format('select create_reference_table(%L)', table_name);
    end if;
  end if;
end
$function$
;
CREATE OR REPLACE FUNCTION public.app_tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select nullif(current_setting('app.tenant', true), '')::uuid
$function$
;

create table access_account (
  person_id uuid not null,
  state text not null,
  password_hash text,
  password_set_at timestamp with time zone,
  totp_secret bytea,
  totp_confirmed_at timestamp with time zone,
  failures integer default 0 not null,
  delayed_until timestamp with time zone,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  activated_at timestamp with time zone,
  constraint access_account_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'active'::text, 'disabled'::text]))),
  constraint access_account_person_fkey FOREIGN KEY (person_id) REFERENCES access_person(id),
  constraint access_account_pkey PRIMARY KEY (person_id)
);
grant insert, select, update on access_account to tongxin_app;

create table access_administrator (
  person_id uuid not null,
  role text not null,
  constraint access_administrator_role_check CHECK ((role = ANY (ARRAY['system_admin'::text, 'security_admin'::text, 'audit_admin'::text]))),
  constraint access_administrator_person_fkey FOREIGN KEY (person_id) REFERENCES access_person(id),
  constraint access_administrator_pkey PRIMARY KEY (person_id)
);
grant delete, insert, select on access_administrator to tongxin_app;

create table access_grant (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  role text not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  reach text not null,
  member_id uuid,
  from_on timestamp with time zone not null,
  until_on timestamp with time zone,
  granted_by uuid,
  reason text,
  ended_by uuid,
  ended_reason text,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  constraint access_grant_reach_check CHECK ((reach = ANY (ARRAY['self'::text, 'node'::text, 'subtree'::text]))),
  constraint access_grant_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint access_grant_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX access_grant_person ON public.access_grant USING btree (tenant_id, person_id);
CREATE INDEX access_grant_scope ON public.access_grant USING btree (tenant_id, org_path, id);
alter table access_grant enable row level security;
alter table access_grant force row level security;
create policy access_grant_all on access_grant for all
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (person_id = app_person())))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on access_grant to tongxin_app;

create table access_one_time_code (
  code_hash bytea not null,
  purpose text not null,
  person_id uuid,
  tenant_id uuid,
  batch_id uuid,
  bound_to bytea,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  tries smallint default 0 not null,
  detail jsonb default '{}'::jsonb not null,
  constraint access_one_time_code_purpose_check CHECK ((purpose = ANY (ARRAY['set_up'::text, 'activation'::text, 'reset'::text]))),
  constraint access_one_time_code_pkey PRIMARY KEY (code_hash)
);
CREATE INDEX access_one_time_code_person ON public.access_one_time_code USING btree (person_id, purpose);
grant delete, insert, select, update on access_one_time_code to tongxin_app;

create table access_passkey (
  credential_id text not null,
  person_id uuid not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] default '{}'::text[] not null,
  label text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint access_passkey_person_fkey FOREIGN KEY (person_id) REFERENCES access_person(id),
  constraint access_passkey_pkey PRIMARY KEY (credential_id)
);
CREATE INDEX access_passkey_person ON public.access_passkey USING btree (person_id);
grant delete, insert, select, update on access_passkey to tongxin_app;

create table access_person (
  id uuid not null,
  name text not null,
  created_at timestamp with time zone not null,
  constraint access_person_pkey PRIMARY KEY (id)
);
grant insert, select, update on access_person to tongxin_app;

create table access_person_tenant (
  person_id uuid not null,
  tenant_id uuid not null,
  constraint access_person_tenant_pkey PRIMARY KEY (person_id, tenant_id)
);
grant delete, insert, select on access_person_tenant to tongxin_app;

create table access_session (
  token_hash bytea not null,
  person_id uuid not null,
  tenant_id uuid,
  grant_id uuid,
  second_factor_at timestamp with time zone,
  device text,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  idle_minutes smallint not null,
  expires_at timestamp with time zone not null,
  constraint access_session_person_fkey FOREIGN KEY (person_id) REFERENCES access_person(id),
  constraint access_session_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX access_session_person ON public.access_session USING btree (person_id);
grant delete, insert, select, update on access_session to tongxin_app;

create table access_sign_in_name (
  name_index bytea not null,
  person_id uuid not null,
  kind text not null,
  constraint access_sign_in_name_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'member_no'::text, 'email'::text, 'chosen'::text]))),
  constraint access_sign_in_name_person_fkey FOREIGN KEY (person_id) REFERENCES access_person(id),
  constraint access_sign_in_name_pkey PRIMARY KEY (name_index)
);
CREATE INDEX access_sign_in_name_person ON public.access_sign_in_name USING btree (person_id);
grant delete, insert, select on access_sign_in_name to tongxin_app;

create table access_throttle (
  key bytea not null,
  failures integer not null,
  delayed_until timestamp with time zone,
  updated_at timestamp with time zone not null,
  constraint access_throttle_pkey PRIMARY KEY (key)
);
grant delete, insert, select, update on access_throttle to tongxin_app;

create table access_totp_use (
  person_id uuid not null,
  step bigint not null,
  constraint access_totp_use_pkey PRIMARY KEY (person_id, step)
);
grant delete, insert, select on access_totp_use to tongxin_app;

create table org_change (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  effective_on date not null,
  document_number text,
  reason text,
  before jsonb not null,
  after jsonb not null,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  constraint org_change_kind_check CHECK ((kind = ANY (ARRAY['founded'::text, 'renamed'::text, 'moved'::text, 'upgraded'::text, 'merged'::text, 'split'::text, 'dissolved'::text, 'corrected'::text, 'committee_changed'::text]))),
  constraint org_change_unit_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES org_unit(tenant_id, id),
  constraint org_change_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX org_change_unit ON public.org_change USING btree (tenant_id, unit_id, effective_on, id);
alter table org_change enable row level security;
alter table org_change force row level security;
create policy org_change_all on org_change for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on org_change to tongxin_app;

create table org_count (
  tenant_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  category text not null,
  people integer not null,
  constraint org_count_unit_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES org_unit(tenant_id, id),
  constraint org_count_pkey PRIMARY KEY (tenant_id, unit_id, category)
);
CREATE INDEX org_count_scope ON public.org_count USING btree (tenant_id, org_path);
alter table org_count enable row level security;
alter table org_count force row level security;
create policy org_count_all on org_count for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant delete, insert, select, update on org_count to tongxin_app;

create table org_unit (
  tenant_id uuid not null,
  id uuid not null,
  path text collate "C" not null,
  parent_id uuid,
  kind text not null,
  name text not null,
  short_name text,
  code text,
  founded_on date,
  founding_document text,
  approved_by text,
  dissolved_on date,
  dissolving_document text,
  facts jsonb default '{}'::jsonb not null,
  tags text[] default '{}'::text[] not null,
  sort_order integer default 0 not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint org_unit_kind_check CHECK ((kind = ANY (ARRAY['committee'::text, 'general_branch'::text, 'branch'::text, 'joint_branch'::text, 'temporary_branch'::text, 'group'::text, 'leading_group'::text, 'working_committee'::text]))),
  constraint org_unit_parent_fkey FOREIGN KEY (tenant_id, parent_id) REFERENCES org_unit(tenant_id, id),
  constraint org_unit_pkey PRIMARY KEY (tenant_id, id),
  constraint org_unit_path_key UNIQUE (tenant_id, path)
);
CREATE UNIQUE INDEX org_unit_code_key ON public.org_unit USING btree (tenant_id, code) WHERE (code IS NOT NULL);
CREATE UNIQUE INDEX org_unit_name_key ON public.org_unit USING btree (tenant_id, parent_id, name) WHERE (dissolved_on IS NULL);
CREATE INDEX org_unit_parent ON public.org_unit USING btree (tenant_id, parent_id);
alter table org_unit enable row level security;
alter table org_unit force row level security;
create policy org_unit_insert on org_unit for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(path));
create policy org_unit_read on org_unit for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(path) OR app_above_scope(path)));
create policy org_unit_update on org_unit for update
  using ((tenant_id = app_tenant()) AND app_in_scope(path));
grant insert, select, update on org_unit to tongxin_app;

create table platform_consumer (
  tenant_id uuid not null,
  name text not null,
  xid xid8 not null,
  event_id uuid not null,
  constraint platform_consumer_pkey PRIMARY KEY (tenant_id, name)
);
grant delete, insert, select, update on platform_consumer to tongxin_app;

create table platform_delivery (
  tenant_id uuid not null,
  consumer text not null,
  event_id uuid not null,
  tries smallint default 0 not null,
  next_at timestamp with time zone not null,
  error text,
  parked_at timestamp with time zone,
  constraint platform_delivery_pkey PRIMARY KEY (tenant_id, consumer, event_id)
);
CREATE INDEX platform_delivery_due ON public.platform_delivery USING btree (next_at) WHERE (parked_at IS NULL);
grant delete, insert, select, update on platform_delivery to tongxin_app;

create table platform_event (
  tenant_id uuid not null,
  id uuid not null,
  xid xid8 default pg_current_xact_id() not null,
  at timestamp with time zone not null,
  type text not null,
  actor_id uuid,
  grant_id uuid,
  org_path text collate "C" not null,
  subject_kind text not null,
  subject_id uuid,
  person_id uuid,
  outcome text default 'done'::text not null,
  reason text,
  payload jsonb default '{}'::jsonb not null,
  before_hash bytea,
  after_hash bytea,
  request_id text,
  constraint platform_event_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX platform_event_person ON public.platform_event USING btree (tenant_id, person_id, id) WHERE (person_id IS NOT NULL);
CREATE INDEX platform_event_scope ON public.platform_event USING btree (tenant_id, org_path, id);
CREATE INDEX platform_event_stream ON public.platform_event USING btree (tenant_id, xid, id);
CREATE INDEX platform_event_subject ON public.platform_event USING btree (tenant_id, subject_id, id);
alter table platform_event enable row level security;
alter table platform_event force row level security;
create policy platform_event_read on platform_event for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (person_id = app_person()) OR (actor_id = app_person())));
create policy platform_event_write on platform_event for insert
  with check (tenant_id = app_tenant());
grant insert, select on platform_event to tongxin_app;

create table platform_idempotency (
  person_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status smallint,
  reply text,
  at timestamp with time zone not null,
  constraint platform_idempotency_pkey PRIMARY KEY (person_id, key)
);
CREATE INDEX platform_idempotency_age ON public.platform_idempotency USING btree (at);
grant delete, insert, select, update on platform_idempotency to tongxin_app;

create table platform_migration (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default now() not null,
  constraint platform_migration_pkey PRIMARY KEY (name)
);
grant select on platform_migration to tongxin_app;

create table platform_tenant (
  id uuid not null,
  path text collate "C" not null,
  name text not null,
  created_at timestamp with time zone not null,
  constraint platform_tenant_pkey PRIMARY KEY (id),
  constraint platform_tenant_path_key UNIQUE (path)
);
grant insert, select, update on platform_tenant to tongxin_app;

create view org_path with (security_invoker=true) as
 SELECT tenant_id,
    id,
    path,
    name,
    COALESCE(short_name, name) AS short_name,
    kind,
    parent_id,
    dissolved_on
   FROM org_unit;

grant select on org_path to tongxin_app;
