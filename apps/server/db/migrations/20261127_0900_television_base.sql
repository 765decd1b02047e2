-- module: television
-- tables: television_pairing local, television_channel tenant, television_programme tenant, television_slot tenant, television_set tenant, television_airing tenant, television_presence tenant
-- locks: none, new tables

-- A set that shows a code and waits for somebody to type it. Of no tenant until then, and gone after ten minutes.
create table television_pairing (
  id uuid primary key,
  code text not null,
  -- Keyed hash of what the set holds: it becomes the set's secret, so the secret is told once.
  token_hash bytea not null,
  expires_at timestamptz not null,
  paired_tenant uuid,
  paired_set uuid,
  constraint television_pairing_code_key unique (code),
  constraint television_pairing_paired_check check ((paired_tenant is null) = (paired_set is null))
);
select app_shard('television_pairing', 'local');
create index television_pairing_expiry on television_pairing (expires_at);
grant select, insert, update, delete on television_pairing to tongxin_app;

-- Programmes in their order. Received by every set of the unit and of the units below it.
create table television_channel (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  name text collate "C" not null,
  about text,
  created_by uuid not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  version integer not null default 1,
  constraint television_channel_pkey primary key (tenant_id, id),
  constraint television_channel_ended_check check ((ended_at is null) = (end_reason is null))
);
select app_shard('television_channel', 'tenant');
create unique index television_channel_name_key on television_channel (tenant_id, unit_id, name) where ended_at is null;
create index television_channel_scope on television_channel (tenant_id, org_path, name, id);

create table television_programme (
  tenant_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  org_path text collate "C" not null,
  media_id uuid not null,
  title text not null,
  kind text not null,
  seconds integer not null,
  place integer not null,
  is_on_demand boolean not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  constraint television_programme_pkey primary key (tenant_id, id),
  constraint television_programme_kind_check check (kind in ('video', 'sound')),
  constraint television_programme_seconds_check check (seconds > 0)
);
select app_shard('television_programme', 'tenant');
create index television_programme_channel on television_programme (tenant_id, channel_id, place);
create index television_programme_media on television_programme (tenant_id, media_id) where removed_at is null;
create index television_programme_scope on television_programme (tenant_id, org_path);

create table television_slot (
  tenant_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  programme_id uuid not null,
  org_path text collate "C" not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  removed_at timestamptz,
  constraint television_slot_pkey primary key (tenant_id, id),
  constraint television_slot_times_check check (ends_at > starts_at)
);
select app_shard('television_slot', 'tenant');
create index television_slot_channel on television_slot (tenant_id, channel_id, ends_at) where removed_at is null;
create index television_slot_scope on television_slot (tenant_id, org_path);

-- A paired set. What it shows of itself is a random secret, of which only a keyed hash is kept.
create table television_set (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  name text collate "C" not null,
  place text,
  secret_hash bytea not null,
  paired_by uuid not null,
  paired_name text not null,
  paired_at timestamptz not null,
  last_seen_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  version integer not null default 1,
  constraint television_set_pkey primary key (tenant_id, id),
  constraint television_set_ended_check check ((ended_at is null) = (end_reason is null))
);
select app_shard('television_set', 'tenant');
create unique index television_set_name_key on television_set (tenant_id, unit_id, name) where ended_at is null;
create index television_set_scope on television_set (tenant_id, org_path, name, id);
create index television_set_when on television_set (tenant_id, paired_at, id);

-- One programme played once on one set: 开播 and 停播. The set makes the id, so that a report may come twice or late.
create table television_airing (
  tenant_id uuid not null,
  id uuid not null,
  set_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  set_name text not null,
  place text,
  channel_id uuid not null,
  channel_name text not null,
  programme_id uuid not null,
  slot_id uuid,
  title text not null,
  seconds integer not null,
  state text not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  last_seen_at timestamptz not null,
  is_whole boolean not null default false,
  constraint television_airing_pkey primary key (tenant_id, id),
  constraint television_airing_state_check check (state in ('playing', 'ended', 'lost')),
  constraint television_airing_ended_check check ((state = 'playing') = (ended_at is null)),
  constraint television_airing_whole_check check (not is_whole or state = 'ended')
);
select app_shard('television_airing', 'tenant');
create index television_airing_scope on television_airing (tenant_id, org_path, began_at, id);
create index television_airing_when on television_airing (tenant_id, began_at, id);
create index television_airing_set on television_airing (tenant_id, set_id, began_at);
create index television_airing_playing on television_airing (tenant_id, last_seen_at) where state = 'playing';

-- Who was in the room. `org_path`: the room's unit; `home_path`: the branch of whoever came, for the coverage.
create table television_presence (
  tenant_id uuid not null,
  airing_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  home_path text collate "C" not null,
  name text not null,
  way text not null,
  at timestamptz not null,
  added_by uuid,
  struck_at timestamptz,
  struck_by uuid,
  struck_reason text,
  constraint television_presence_pkey primary key (tenant_id, airing_id, member_id),
  constraint television_presence_way_check check (way in ('scanned', 'typed', 'added')),
  constraint television_presence_added_check check ((way = 'added') = (added_by is not null)),
  constraint television_presence_struck_check check ((struck_at is null) = (struck_reason is null))
);
select app_shard('television_presence', 'tenant');
create index television_presence_scope on television_presence (tenant_id, org_path);
create index television_presence_home on television_presence (tenant_id, home_path, at);
create index television_presence_person on television_presence (tenant_id, person_id);

-- Whoever stands below a unit receives its channels, and may sit in its room.
alter table television_channel enable row level security;
alter table television_channel force row level security;
create policy television_channel_read on television_channel for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy television_channel_insert on television_channel for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy television_channel_update on television_channel for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on television_channel to tongxin_app;

alter table television_programme enable row level security;
alter table television_programme force row level security;
create policy television_programme_read on television_programme for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy television_programme_insert on television_programme for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy television_programme_update on television_programme for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on television_programme to tongxin_app;

alter table television_slot enable row level security;
alter table television_slot force row level security;
create policy television_slot_read on television_slot for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy television_slot_insert on television_slot for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy television_slot_update on television_slot for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on television_slot to tongxin_app;

alter table television_set enable row level security;
alter table television_set force row level security;
create policy television_set_all on television_set using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on television_set to tongxin_app;

-- A person who comes holds the airing's row, of the own unit or of one above, so that it does not end meanwhile.
alter table television_airing enable row level security;
alter table television_airing force row level security;
create policy television_airing_read on television_airing for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy television_airing_insert on television_airing for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy television_airing_update on television_airing for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on television_airing to tongxin_app;

alter table television_presence enable row level security;
alter table television_presence force row level security;
create policy television_presence_read on television_presence for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy television_presence_insert on television_presence for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy television_presence_update on television_presence for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on television_presence to tongxin_app;
