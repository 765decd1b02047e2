-- module: channels
-- tables: channels_outlet tenant, channels_address tenant, channels_preference tenant, channels_asked tenant, channels_message tenant, channels_seen tenant
-- locks: none, new tables

-- A way out of the platform. `reach`: where it finds persons, or `group`; `secret`: a sealed object of all secrets.
create table channels_outlet (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  reach text not null,
  name text not null,
  state text not null default 'off',
  least_level text not null,
  settings jsonb not null,
  secret bytea not null,
  secrets_set jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_sent_at timestamptz,
  last_error text,
  last_error_at timestamptz,
  constraint channels_outlet_pkey primary key (tenant_id, id),
  constraint channels_outlet_reach_check check (reach in ('push', 'mail', 'sms', 'wechat', 'group')),
  constraint channels_outlet_state_check check (state in ('on', 'off', 'removed')),
  constraint channels_outlet_level_check check (least_level in ('normal', 'important', 'urgent'))
);
select app_shard('channels_outlet', 'tenant');
create index channels_outlet_scope on channels_outlet (tenant_id, org_path);
-- A person is reached one way by one outlet; robots of groups there may be as many as there are groups.
create unique index channels_outlet_reach on channels_outlet (tenant_id, reach) where state = 'on' and reach <> 'group';
create unique index channels_outlet_name on channels_outlet (tenant_id, unit_id, name) where state <> 'removed';
alter table channels_outlet enable row level security;
alter table channels_outlet force row level security;
-- Which ways there are is no secret inside the house: everybody is told how he can be reached. The secrets are sealed.
-- Who is reached asks the units above: by what ways, and whether any is open.
create policy channels_outlet_read on channels_outlet for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy channels_outlet_insert on channels_outlet for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy channels_outlet_update on channels_outlet for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on channels_outlet to tongxin_app;

-- Where a person is reached. `sealed`: mail address, telephone, openid or subscription; `digest`: its keyed index;
-- `code`: keyed index of the code that was sent.
create table channels_address (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  reach text not null,
  sealed bytea,
  digest bytea,
  masked text not null,
  device text,
  verified_at timestamptz,
  code bytea,
  code_until timestamptz,
  code_sent_at timestamptz,
  created_at timestamptz not null,
  constraint channels_address_pkey primary key (tenant_id, id),
  constraint channels_address_reach_check check (reach in ('push', 'mail', 'sms', 'wechat')),
  constraint channels_address_sealed_check check ((sealed is null) = (digest is null) and (verified_at is null or sealed is not null))
);
select app_shard('channels_address', 'tenant');
create unique index channels_address_once on channels_address (tenant_id, person_id, reach, digest) nulls not distinct;
create index channels_address_digest on channels_address (tenant_id, reach, digest) where digest is not null;
create index channels_address_code on channels_address (tenant_id, reach, code) where code is not null;
alter table channels_address enable row level security;
alter table channels_address force row level security;
-- Nobody but the person itself; what works without a person are the platform's own turns, which send.
create policy channels_address_all on channels_address for all
  using (tenant_id = (select app_tenant()) and (person_id = (select app_person()) or (select app_person()) is null))
  with check (tenant_id = (select app_tenant()) and (person_id = (select app_person()) or (select app_person()) is null));
grant select, insert, update, delete on channels_address to tongxin_app;

create table channels_preference (
  tenant_id uuid not null,
  person_id uuid not null,
  reach text not null,
  is_on boolean not null,
  updated_at timestamptz not null,
  constraint channels_preference_pkey primary key (tenant_id, person_id, reach)
);
select app_shard('channels_preference', 'tenant');
alter table channels_preference enable row level security;
alter table channels_preference force row level security;
create policy channels_preference_all on channels_preference for all
  using (tenant_id = (select app_tenant()) and (person_id = (select app_person()) or (select app_person()) is null))
  with check (tenant_id = (select app_tenant()) and (person_id = (select app_person()) or (select app_person()) is null));
grant select, insert, update on channels_preference to tongxin_app;

-- What was asked to be sent, before it is known by which ways: whoever sends a notice sees nobody's addresses.
create table channels_asked (
  tenant_id uuid not null,
  id uuid not null,
  key text not null,
  level text not null,
  title text not null,
  text text not null,
  path text,
  people uuid[] not null,
  created_at timestamptz not null,
  constraint channels_asked_pkey primary key (tenant_id, id)
);
select app_shard('channels_asked', 'tenant');
alter table channels_asked enable row level security;
alter table channels_asked force row level security;
create policy channels_asked_insert on channels_asked for insert with check (tenant_id = (select app_tenant()));
create policy channels_asked_read on channels_asked for select using (tenant_id = (select app_tenant()) and (select app_person()) is null);
-- Never changed, but locked while it is taken apart.
create policy channels_asked_update on channels_asked for update using (tenant_id = (select app_tenant()) and (select app_person()) is null);
create policy channels_asked_delete on channels_asked for delete using (tenant_id = (select app_tenant()) and (select app_person()) is null);
grant select, insert, update, delete on channels_asked to tongxin_app;

-- One message by one way to one address. What it says is forgotten when it has gone.
create table channels_message (
  tenant_id uuid not null,
  id uuid not null,
  outlet_id uuid not null,
  address_id uuid,
  person_id uuid,
  key text not null,
  level text not null,
  title text,
  text text,
  path text,
  target text,
  state text not null default 'waiting',
  tries smallint not null default 0,
  next_at timestamptz,
  error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  constraint channels_message_pkey primary key (tenant_id, id),
  constraint channels_message_state_check check (state in ('waiting', 'sent', 'failed', 'given_up')),
  constraint channels_message_next_check check ((state = 'waiting') = (next_at is not null)),
  constraint channels_message_title_check check (state not in ('waiting', 'failed') or title is not null)
);
select app_shard('channels_message', 'tenant');
create unique index channels_message_once on channels_message (tenant_id, key, outlet_id, address_id) nulls not distinct;
create index channels_message_due on channels_message (tenant_id, next_at) where state = 'waiting';
create index channels_message_log on channels_message (tenant_id, created_at, id);
create index channels_message_outlet on channels_message (tenant_id, outlet_id, state, created_at, id);
alter table channels_message enable row level security;
alter table channels_message force row level security;
create policy channels_message_read on channels_message for select using (tenant_id = (select app_tenant())
  and exists (select from channels_outlet o where o.tenant_id = channels_message.tenant_id and o.id = channels_message.outlet_id and app_in_scope(o.org_path)));
create policy channels_message_insert on channels_message for insert with check (tenant_id = (select app_tenant()));
create policy channels_message_update on channels_message for update using (tenant_id = (select app_tenant())
  and exists (select from channels_outlet o where o.tenant_id = channels_message.tenant_id and o.id = channels_message.outlet_id and app_in_scope(o.org_path)));
create policy channels_message_delete on channels_message for delete using (tenant_id = (select app_tenant()) and (select app_person()) is null);
grant select, insert, update, delete on channels_message to tongxin_app;

-- Calls of the other side that were answered: a call that is played again is not answered twice.
create table channels_seen (
  tenant_id uuid not null,
  outlet_id uuid not null,
  digest bytea not null,
  at timestamptz not null,
  constraint channels_seen_pkey primary key (tenant_id, outlet_id, digest)
);
select app_shard('channels_seen', 'tenant');
create index channels_seen_at on channels_seen (tenant_id, at);
alter table channels_seen enable row level security;
alter table channels_seen force row level security;
create policy channels_seen_all on channels_seen for all
  using (tenant_id = (select app_tenant()) and (select app_person()) is null)
  with check (tenant_id = (select app_tenant()) and (select app_person()) is null);
grant select, insert, delete on channels_seen to tongxin_app;
