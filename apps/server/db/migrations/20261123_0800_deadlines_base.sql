-- module: deadlines
-- tables: deadlines_item tenant, deadlines_digest tenant
-- locks: none, new tables

-- What has to be done by a day, for all modules: `key` is theirs and is written again when the day moves. Its words
-- stand in the interface's texts under `kind` and are filled with `params`, which hold nothing sensitive.
create table deadlines_item (
  tenant_id uuid not null,
  id uuid not null,
  key text collate "C" not null,
  kind text collate "C" not null,
  params jsonb not null default '{}',
  unit_id uuid not null,
  org_path text collate "C" not null,
  permission text,
  person_id uuid,
  starts_on date not null,
  yellow_on date not null,
  due_on date not null,
  remind smallint[] not null default '{}',
  desk_path text,
  phone_path text,
  state text not null default 'open',
  ended_at timestamptz,
  reminded_on date,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint deadlines_item_pkey primary key (tenant_id, id),
  constraint deadlines_item_key unique (tenant_id, key),
  constraint deadlines_item_unit_fkey foreign key (tenant_id, unit_id) references org_unit (tenant_id, id),
  constraint deadlines_item_state_check check (state in ('open', 'done', 'void')),
  constraint deadlines_item_ended_check check ((state = 'open') = (ended_at is null)),
  constraint deadlines_item_days_check check (starts_on <= due_on and yellow_on <= due_on),
  constraint deadlines_item_somebody_check check (permission is not null or person_id is not null)
);
select app_shard('deadlines_item', 'tenant');
create index deadlines_item_scope on deadlines_item (tenant_id, org_path, due_on, id);
create index deadlines_item_open on deadlines_item (tenant_id, due_on, id) where state = 'open';
create index deadlines_item_person on deadlines_item (tenant_id, person_id, due_on, id) where person_id is not null;
create index deadlines_item_unit on deadlines_item (tenant_id, unit_id);
alter table deadlines_item enable row level security;
alter table deadlines_item force row level security;
create policy deadlines_item_read on deadlines_item for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy deadlines_item_insert on deadlines_item for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy deadlines_item_update on deadlines_item for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on deadlines_item to tongxin_app;

-- Who was given the digest of which day: one a day, whatever runs twice.
create table deadlines_digest (
  tenant_id uuid not null,
  person_id uuid not null,
  on_day date not null,
  at timestamptz not null,
  constraint deadlines_digest_pkey primary key (tenant_id, person_id, on_day)
);
select app_shard('deadlines_digest', 'tenant');
create index deadlines_digest_day on deadlines_digest (tenant_id, on_day);
alter table deadlines_digest enable row level security;
alter table deadlines_digest force row level security;
create policy deadlines_digest_all on deadlines_digest using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()));
grant select, insert, delete on deadlines_digest to tongxin_app;
