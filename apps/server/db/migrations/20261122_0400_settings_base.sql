-- module: settings
-- tables: settings_value tenant, settings_entry tenant, settings_day tenant, settings_filter tenant
-- locks: none, new tables

-- Values of an organisation from a date on, inherited downwards: rule parameters, settings, feature switches.
create table settings_value (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  code text not null,
  value jsonb not null,
  effective_from date not null,
  state text not null,
  reason text not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  version integer not null default 1,
  constraint settings_value_pkey primary key (tenant_id, id),
  constraint settings_value_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint settings_value_state_check check (state in ('proposed', 'in_force', 'refused', 'withdrawn')),
  constraint settings_value_two_people_check check (decided_by is null or state = 'withdrawn' or decided_by <> proposed_by)
);
select app_shard('settings_value', 'tenant');
create index settings_value_code on settings_value (tenant_id, code, org_path, effective_from, id);
create unique index settings_value_proposal_key on settings_value (tenant_id, org_id, code) where state = 'proposed';
alter table settings_value enable row level security;
alter table settings_value force row level security;
create policy settings_value_read on settings_value for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy settings_value_insert on settings_value for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy settings_value_update on settings_value for update using (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on settings_value to tongxin_app;

-- Entries of dictionaries beyond those that ship with the product.
create table settings_entry (
  tenant_id uuid not null,
  id uuid not null,
  dictionary text not null,
  code text not null,
  zh text not null,
  en text not null,
  sort_order integer not null default 0,
  active boolean not null default true,
  version integer not null default 1,
  constraint settings_entry_pkey primary key (tenant_id, id),
  constraint settings_entry_code_key unique (tenant_id, dictionary, code)
);
select app_shard('settings_entry', 'tenant');
alter table settings_entry enable row level security;
alter table settings_entry force row level security;
create policy settings_entry_all on settings_entry using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant select, insert, update on settings_entry to tongxin_app;

-- Days that differ from the published calendar or from a plain week.
create table settings_day (
  tenant_id uuid not null,
  id uuid not null,
  day date not null,
  kind text not null,
  name text not null,
  constraint settings_day_pkey primary key (tenant_id, id),
  constraint settings_day_day_key unique (tenant_id, day),
  constraint settings_day_kind_check check (kind in ('holiday', 'workday'))
);
select app_shard('settings_day', 'tenant');
alter table settings_day enable row level security;
alter table settings_day force row level security;
create policy settings_day_all on settings_day using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());
grant select, insert, update, delete on settings_day to tongxin_app;

-- A person's own filters of a list.
create table settings_filter (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  list text not null,
  name text not null,
  filter jsonb not null,
  saved_at timestamptz not null,
  constraint settings_filter_pkey primary key (tenant_id, id),
  constraint settings_filter_name_key unique (tenant_id, person_id, list, name)
);
select app_shard('settings_filter', 'tenant');
alter table settings_filter enable row level security;
alter table settings_filter force row level security;
create policy settings_filter_own on settings_filter using (tenant_id = app_tenant() and person_id = app_person()) with check (tenant_id = app_tenant() and person_id = app_person());
grant select, insert, update, delete on settings_filter to tongxin_app;
