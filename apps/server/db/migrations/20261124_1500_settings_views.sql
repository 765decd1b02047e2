-- module: settings
-- tables: settings_filter tenant, settings_default_view tenant
-- locks: nullable columns and a constraint added to settings_filter, which holds a few rows a person

-- A saved view may be shared with the posts of one's organisation, or also with those below it. A removed one can be put
-- back for a day.
alter table settings_filter add column seen_by text not null default 'me';
alter table settings_filter add column org_id uuid;
alter table settings_filter add column org_path text collate "C";
alter table settings_filter add column removed_at timestamptz;
alter table settings_filter add constraint settings_filter_seen_check check (seen_by in ('me', 'org', 'below'));
alter table settings_filter add constraint settings_filter_shared_check
  check ((seen_by = 'me') = (org_path is null) and (org_id is null) = (org_path is null));
create index settings_filter_shared on settings_filter (tenant_id, list, org_path) where org_path is not null;

drop policy settings_filter_own on settings_filter;
create policy settings_filter_read on settings_filter for select using (
  tenant_id = (select app_tenant())
  and (person_id = (select app_person()) or app_in_scope(org_path) or (seen_by = 'below' and app_above_scope(org_path)))
);
create policy settings_filter_insert on settings_filter for insert
  with check (tenant_id = (select app_tenant()) and person_id = (select app_person()));
-- Whoever moves or merges organisations rewrites the paths of what they share.
create policy settings_filter_update on settings_filter for update
  using (tenant_id = (select app_tenant()) and (person_id = (select app_person()) or app_in_scope(org_path)))
  with check (tenant_id = (select app_tenant()) and (person_id = (select app_person()) or app_in_scope(org_path)));
create policy settings_filter_delete on settings_filter for delete
  using (tenant_id = (select app_tenant()) and person_id = (select app_person()));

-- Which saved view a list opens with for a person.
create table settings_default_view (
  tenant_id uuid not null,
  person_id uuid not null,
  list text not null,
  filter_id uuid not null,
  chosen_at timestamptz not null,
  constraint settings_default_view_pkey primary key (tenant_id, person_id, list),
  constraint settings_default_view_filter_fkey foreign key (tenant_id, filter_id)
    references settings_filter (tenant_id, id) on delete cascade
);
select app_shard('settings_default_view', 'tenant');
create index settings_default_view_filter on settings_default_view (tenant_id, filter_id);
alter table settings_default_view enable row level security;
alter table settings_default_view force row level security;
create policy settings_default_view_own on settings_default_view
  using (tenant_id = (select app_tenant()) and person_id = (select app_person()))
  with check (tenant_id = (select app_tenant()) and person_id = (select app_person()));
grant select, insert, update, delete on settings_default_view to tongxin_app;
