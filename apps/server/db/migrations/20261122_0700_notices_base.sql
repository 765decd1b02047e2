-- module: notices
-- tables: notices_notice tenant, notices_delivery tenant, notices_preference tenant
-- locks: none, new tables

-- What people are told. `kind` `written` carries its own words; every other kind is a fact of another module whose
-- words stand in the interface's texts and are filled with `facts`. `source_key` makes a repeated reaction harmless.
create table notices_notice (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid,
  org_path text collate "C" not null,
  kind text not null,
  level text not null,
  title text,
  body text,
  facts jsonb not null default '{}',
  path text,
  needs_confirm boolean not null default false,
  confirm_by timestamptz,
  source_key text collate "C" not null,
  sent_by uuid,
  sent_at timestamptz not null,
  delivered integer not null default 0,
  constraint notices_notice_pkey primary key (tenant_id, id),
  constraint notices_notice_source_key unique (tenant_id, source_key),
  constraint notices_notice_level_check check (level in ('normal', 'important', 'urgent')),
  constraint notices_notice_words_check check ((kind = 'written') = (title is not null and body is not null))
);
select app_shard('notices_notice', 'tenant');
create index notices_notice_scope on notices_notice (tenant_id, org_path, sent_at, id);

create table notices_delivery (
  tenant_id uuid not null,
  notice_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  sent_at timestamptz not null,
  resent_at timestamptz,
  resent smallint not null default 0,
  read_at timestamptz,
  confirmed_at timestamptz,
  constraint notices_delivery_pkey primary key (tenant_id, notice_id, person_id),
  constraint notices_delivery_notice_fkey foreign key (tenant_id, notice_id) references notices_notice (tenant_id, id)
);
select app_shard('notices_delivery', 'tenant');
create index notices_delivery_inbox on notices_delivery (tenant_id, person_id, sent_at, notice_id);
create index notices_delivery_unread on notices_delivery (tenant_id, person_id) where read_at is null;
create index notices_delivery_scope on notices_delivery (tenant_id, org_path, notice_id);

-- Quiet hours of a person: kept for the channels that disturb (SMS, push); the inbox is silent anyway.
create table notices_preference (
  tenant_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  quiet_from smallint not null,
  quiet_until smallint not null,
  updated_at timestamptz not null,
  constraint notices_preference_pkey primary key (tenant_id, person_id),
  constraint notices_preference_hours_check check (quiet_from between 0 and 23 and quiet_until between 0 and 23)
);
select app_shard('notices_preference', 'tenant');
create index notices_preference_scope on notices_preference (tenant_id, org_path);

alter table notices_delivery enable row level security;
alter table notices_delivery force row level security;
create policy notices_delivery_read on notices_delivery for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or person_id = app_person()));
create policy notices_delivery_insert on notices_delivery for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy notices_delivery_update on notices_delivery for update using (tenant_id = app_tenant() and (app_in_scope(org_path) or person_id = app_person()));
grant select, insert, update on notices_delivery to tongxin_app;

create function notices_told(notice uuid) returns boolean language sql stable as $$
  select exists (select from notices_delivery d where d.tenant_id = app_tenant() and d.notice_id = notice and d.person_id = app_person())
$$;
grant execute on function notices_told(uuid) to tongxin_app;

alter table notices_notice enable row level security;
alter table notices_notice force row level security;
create policy notices_notice_read on notices_notice for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or notices_told(id)));
create policy notices_notice_insert on notices_notice for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy notices_notice_update on notices_notice for update using (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on notices_notice to tongxin_app;

alter table notices_preference enable row level security;
alter table notices_preference force row level security;
create policy notices_preference_all on notices_preference using (tenant_id = app_tenant() and person_id = app_person()) with check (tenant_id = app_tenant() and person_id = app_person());
grant select, insert, update on notices_preference to tongxin_app;
