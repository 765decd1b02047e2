-- module: platform
-- tables: platform_tenant reference, platform_event tenant, platform_idempotency local, platform_consumer local, platform_delivery local
-- locks: none, first migration

-- Does nothing without Citus; with it, distributes a table by tenant_id or makes it a reference table.
create function app_shard(table_name text, kind text) returns void language plpgsql as $$
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
$$;

-- The one shape of row policy. Plain SQL functions, so that the planner inlines them and the path range uses the index.
create function app_tenant() returns uuid language sql stable as $$
  select nullif(current_setting('app.tenant', true), '')::uuid
$$;
create function app_person() returns uuid language sql stable as $$
  select nullif(current_setting('app.person', true), '')::uuid
$$;
create function app_in_scope(path text) returns boolean language sql stable as $$
  select path collate "C" >= current_setting('app.scope', true) and path collate "C" < current_setting('app.scope', true) || '/'
$$;
-- Names above the own scope are no secret: a branch may see which committee it belongs to.
create function app_above_scope(path text) returns boolean language sql stable as $$
  select starts_with(current_setting('app.scope', true), path || '.')
$$;

grant execute on function app_tenant(), app_person(), app_in_scope(text), app_above_scope(text) to tongxin_app;

create table platform_tenant (
  id uuid primary key,
  path text collate "C" not null,
  name text not null,
  created_at timestamptz not null,
  constraint platform_tenant_path_key unique (path)
);
select app_shard('platform_tenant', 'reference');
grant select, insert, update on platform_tenant to tongxin_app;

-- The single stream of what happened: audit, notices, rollups and realtime read it. Written unchained in the business
-- transaction (a chain locked in each transaction costs 5x); a sealer may order rows by (xid, id) later.
create table platform_event (
  tenant_id uuid not null,
  id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  type text not null,
  actor_id uuid,
  grant_id uuid,
  org_path text collate "C" not null,
  subject_kind text not null,
  subject_id uuid,
  person_id uuid,
  outcome text not null default 'done',
  reason text,
  payload jsonb not null default '{}',
  before_hash bytea,
  after_hash bytea,
  request_id text,
  constraint platform_event_pkey primary key (tenant_id, id)
);
select app_shard('platform_event', 'tenant');
create index platform_event_stream on platform_event (tenant_id, xid, id);
create index platform_event_scope on platform_event (tenant_id, org_path, id);
create index platform_event_subject on platform_event (tenant_id, subject_id, id);
create index platform_event_person on platform_event (tenant_id, person_id, id) where person_id is not null;
alter table platform_event enable row level security;
alter table platform_event force row level security;
create policy platform_event_read on platform_event for select
  using (tenant_id = app_tenant() and (app_in_scope(org_path) or person_id = app_person() or actor_id = app_person()));
create policy platform_event_write on platform_event for insert with check (tenant_id = app_tenant());
grant select, insert on platform_event to tongxin_app;

create table platform_idempotency (
  person_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status smallint,
  reply text,
  at timestamptz not null,
  constraint platform_idempotency_pkey primary key (person_id, key)
);
select app_shard('platform_idempotency', 'local');
create index platform_idempotency_age on platform_idempotency (at);
grant select, insert, update, delete on platform_idempotency to tongxin_app;

-- How far each consumer of a tenant's stream has come.
create table platform_consumer (
  tenant_id uuid not null,
  name text not null,
  xid xid8 not null,
  event_id uuid not null,
  constraint platform_consumer_pkey primary key (tenant_id, name)
);
select app_shard('platform_consumer', 'local');
grant select, insert, update, delete on platform_consumer to tongxin_app;

-- One row for each event whose reaction was not done at the first try: retried with growing pauses, parked after 8.
create table platform_delivery (
  tenant_id uuid not null,
  consumer text not null,
  event_id uuid not null,
  tries smallint not null default 0,
  next_at timestamptz not null,
  error text,
  parked_at timestamptz,
  constraint platform_delivery_pkey primary key (tenant_id, consumer, event_id)
);
select app_shard('platform_delivery', 'local');
create index platform_delivery_due on platform_delivery (next_at) where parked_at is null;
grant select, insert, update, delete on platform_delivery to tongxin_app;
