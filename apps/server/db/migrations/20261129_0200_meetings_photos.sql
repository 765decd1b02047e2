-- module: meetings
-- tables: meetings_photo tenant
-- locks: none, a new table

-- Pictures of the record of a meeting, at most nine. A removed one stays with its reason; `place_no` counts those shown.
create table meetings_photo (
  tenant_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  org_path text collate "C" not null,
  file_id uuid not null,
  caption text not null,
  place_no smallint not null,
  added_by uuid not null,
  added_by_name text not null,
  added_at timestamptz not null,
  removed_by uuid,
  removed_by_name text,
  removed_at timestamptz,
  removed_reason text,
  constraint meetings_photo_pkey primary key (tenant_id, id),
  constraint meetings_photo_file_key unique (tenant_id, file_id),
  constraint meetings_photo_meeting_fkey foreign key (tenant_id, meeting_id) references meetings_meeting (tenant_id, id),
  constraint meetings_photo_place_check check (place_no between 1 and 9),
  constraint meetings_photo_removed_check check ((removed_at is null) = (removed_reason is null))
);
select app_shard('meetings_photo', 'tenant');
create index meetings_photo_meeting on meetings_photo (tenant_id, meeting_id, place_no);
create index meetings_photo_scope on meetings_photo (tenant_id, org_path);
alter table meetings_photo enable row level security;
alter table meetings_photo force row level security;
create policy meetings_photo_read on meetings_photo for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or meetings_invited(meeting_id)));
create policy meetings_photo_insert on meetings_photo for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy meetings_photo_update on meetings_photo for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on meetings_photo to tongxin_app;
