-- module: members
-- tables: members_photo tenant
-- locks: members_change for the moment of a constraint; otherwise a new table

-- The photo of a record and those before it. It comes by a proposal that two others agreed to, like any other fact.
alter table members_change
  drop constraint members_change_kind_check,
  add constraint members_change_kind_check check (kind in ('new_record', 'correction', 'new_entry', 'changed_entry', 'ended_entry', 'photo'));

-- `fingerprint` says what the picture looks like (difference hash, 64 bits) and is taken a minute after the photo came.
-- Two that differ in three bits at most have one of four equal bands, which an index finds.
create table members_photo (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  file_id uuid not null,
  change_id uuid not null,
  made_by uuid not null,
  set_by uuid not null,
  since timestamptz not null,
  until_at timestamptz,
  fingerprint bit(64),
  band_1 int generated always as (substring(fingerprint from 1 for 16)::bit(16)::int) stored,
  band_2 int generated always as (substring(fingerprint from 17 for 16)::bit(16)::int) stored,
  band_3 int generated always as (substring(fingerprint from 33 for 16)::bit(16)::int) stored,
  band_4 int generated always as (substring(fingerprint from 49 for 16)::bit(16)::int) stored,
  constraint members_photo_pkey primary key (tenant_id, id),
  constraint members_photo_file_key unique (tenant_id, file_id),
  constraint members_photo_member_fkey foreign key (tenant_id, member_id) references members_member (tenant_id, id)
);
select app_shard('members_photo', 'tenant');
create unique index members_photo_current on members_photo (tenant_id, member_id) where until_at is null;
create index members_photo_member on members_photo (tenant_id, member_id, since, id);
create index members_photo_scope on members_photo (tenant_id, org_path);
create index members_photo_band_1 on members_photo (tenant_id, band_1) where until_at is null;
create index members_photo_band_2 on members_photo (tenant_id, band_2) where until_at is null;
create index members_photo_band_3 on members_photo (tenant_id, band_3) where until_at is null;
create index members_photo_band_4 on members_photo (tenant_id, band_4) where until_at is null;
alter table members_photo enable row level security;
alter table members_photo force row level security;
create policy members_photo_read on members_photo for select
  using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy members_photo_write on members_photo
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update, delete on members_photo to tongxin_app;
