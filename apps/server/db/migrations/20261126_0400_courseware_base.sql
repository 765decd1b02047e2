-- module: courseware
-- tables: courseware_package tenant, courseware_version tenant, courseware_attempt tenant, courseware_item tenant
-- locks: none, new tables

-- A package of a standard (SCORM). What it holds stands in its versions; `number` is the one that is opened now.
create table courseware_package (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  title text not null,
  kind text not null,
  number integer not null,
  created_by uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  removed_at timestamptz,
  removed_reason text,
  version integer not null default 1,
  constraint courseware_package_pkey primary key (tenant_id, id),
  constraint courseware_package_kind_check check (kind in ('scorm12', 'scorm2004')),
  constraint courseware_package_removed_check check ((removed_at is null) = (removed_reason is null))
);
select app_shard('courseware_package', 'tenant');
create index courseware_package_scope on courseware_package (tenant_id, org_path, updated_at desc, id);
alter table courseware_package enable row level security;
alter table courseware_package force row level security;
-- Learners and posts below may see what the units above them show; who may open it is decided by the course.
create policy courseware_package_read on courseware_package for select
  using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy courseware_package_insert on courseware_package for insert
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy courseware_package_update on courseware_package for update
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on courseware_package to tongxin_app;

-- One upload, unpacked into a folder named by `folder_id`; kept as long as somebody's attempt runs in it.
create table courseware_version (
  tenant_id uuid not null,
  package_id uuid not null,
  number integer not null,
  org_path text collate "C" not null,
  folder_id uuid not null,
  file_id uuid not null,
  file_name text not null,
  bytes bigint not null,
  files integer not null,
  scanned boolean not null,
  edition text not null,
  structure jsonb not null,
  reason text,
  added_by uuid not null,
  added_at timestamptz not null,
  constraint courseware_version_pkey primary key (tenant_id, package_id, number),
  constraint courseware_version_package_fkey foreign key (tenant_id, package_id) references courseware_package (tenant_id, id)
);
select app_shard('courseware_version', 'tenant');
create index courseware_version_scope on courseware_version (tenant_id, org_path);
create index courseware_version_folder on courseware_version (tenant_id, folder_id);
alter table courseware_version enable row level security;
alter table courseware_version force row level security;
create policy courseware_version_read on courseware_version for select
  using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy courseware_version_insert on courseware_version for insert
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy courseware_version_update on courseware_version for update
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on courseware_version to tongxin_app;

-- One going through a package by one person, in the version in which it was begun.
create table courseware_attempt (
  tenant_id uuid not null,
  id uuid not null,
  package_id uuid not null,
  version_number integer not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  number integer not null,
  launch_id uuid not null,
  state text not null,
  scaled double precision,
  seconds integer not null default 0,
  items integer not null,
  items_done integer not null default 0,
  begun_at timestamptz not null,
  last_at timestamptz not null,
  finished_at timestamptz,
  constraint courseware_attempt_pkey primary key (tenant_id, id),
  constraint courseware_attempt_number_key unique (tenant_id, package_id, member_id, number),
  constraint courseware_attempt_version_fkey foreign key (tenant_id, package_id, version_number)
    references courseware_version (tenant_id, package_id, number),
  constraint courseware_attempt_state_check check (state in ('begun', 'completed', 'passed', 'failed')),
  constraint courseware_attempt_scaled_check check (scaled between -1 and 1),
  constraint courseware_attempt_finished_check check ((state = 'begun') or finished_at is not null)
);
select app_shard('courseware_attempt', 'tenant');
create index courseware_attempt_scope on courseware_attempt (tenant_id, package_id, org_path, last_at desc, id);
create index courseware_attempt_member on courseware_attempt (tenant_id, member_id);
alter table courseware_attempt enable row level security;
alter table courseware_attempt force row level security;
create policy courseware_attempt_read on courseware_attempt for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy courseware_attempt_insert on courseware_attempt for insert with check (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy courseware_attempt_update on courseware_attempt for update using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on courseware_attempt to tongxin_app;

-- The data model of one item as the package left it: text, as it was sent, because packages write what JSON columns refuse.
create table courseware_item (
  tenant_id uuid not null,
  attempt_id uuid not null,
  item text not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  sequence integer not null,
  runtime text not null,
  completion boolean not null,
  success text not null,
  scaled double precision,
  seconds integer not null,
  updated_at timestamptz not null,
  constraint courseware_item_pkey primary key (tenant_id, attempt_id, item),
  constraint courseware_item_attempt_fkey foreign key (tenant_id, attempt_id) references courseware_attempt (tenant_id, id),
  constraint courseware_item_success_check check (success in ('unknown', 'passed', 'failed'))
);
select app_shard('courseware_item', 'tenant');
create index courseware_item_scope on courseware_item (tenant_id, org_path);
alter table courseware_item enable row level security;
alter table courseware_item force row level security;
create policy courseware_item_read on courseware_item for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy courseware_item_insert on courseware_item for insert with check (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy courseware_item_update on courseware_item for update using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on courseware_item to tongxin_app;
