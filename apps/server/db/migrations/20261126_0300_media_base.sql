-- module: media
-- tables: media_item tenant, media_version tenant, media_caption tenant
-- locks: none, new tables

-- A video or a sound. What plays stands in `served` (the upload: id, name, type, bytes, sum) and `rendition_id`; a newer
-- upload waits in `incoming` until it is ready, so nobody's lesson stops in the middle. Streams lie under the data folder
-- and can be made anew.
create table media_item (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  title text not null,
  source text not null,
  copyright text not null,
  transcript text,
  state text not null,
  fault text,
  served jsonb,
  incoming jsonb,
  declared_seconds integer,
  seconds integer,
  width integer,
  height integer,
  rendition_id uuid,
  renditions jsonb not null default '[]',
  has_poster boolean not null default false,
  percent integer not null default 0,
  attempts integer not null default 0,
  leased_until timestamptz,
  created_by uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  removed_at timestamptz,
  removed_reason text,
  version integer not null default 1,
  constraint media_item_pkey primary key (tenant_id, id),
  constraint media_item_kind_check check (kind in ('video', 'sound')),
  constraint media_item_state_check check (state in ('uploaded', 'transcoding', 'ready', 'original', 'failed')),
  constraint media_item_work_check check (state not in ('uploaded', 'transcoding') or incoming is not null),
  constraint media_item_served_check check (state not in ('ready', 'original') or served is not null),
  constraint media_item_percent_check check (percent between 0 and 100),
  constraint media_item_removed_check check ((removed_at is null) = (removed_reason is null))
);
select app_shard('media_item', 'tenant');
create index media_item_scope on media_item (tenant_id, org_path, updated_at desc, id);
create index media_item_work on media_item (tenant_id, updated_at) where state in ('uploaded', 'transcoding') and removed_at is null;
alter table media_item enable row level security;
alter table media_item force row level security;
-- Learners and posts below may see what the units above them show; who may watch it is decided by the course.
create policy media_item_read on media_item for select
  using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy media_item_insert on media_item for insert
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy media_item_update on media_item for update
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on media_item to tongxin_app;

-- What played before: the upload is kept, its streams are not.
create table media_version (
  tenant_id uuid not null,
  media_id uuid not null,
  number integer not null,
  org_path text collate "C" not null,
  file jsonb not null,
  reason text not null,
  replaced_by uuid not null,
  replaced_at timestamptz not null,
  constraint media_version_pkey primary key (tenant_id, media_id, number),
  constraint media_version_item_fkey foreign key (tenant_id, media_id) references media_item (tenant_id, id)
);
select app_shard('media_version', 'tenant');
create index media_version_scope on media_version (tenant_id, org_path);
alter table media_version enable row level security;
alter table media_version force row level security;
create policy media_version_all on media_version using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on media_version to tongxin_app;

-- Captions by language: checked cues, from which WebVTT is written, and their words for searching.
create table media_caption (
  tenant_id uuid not null,
  media_id uuid not null,
  language text not null,
  org_path text collate "C" not null,
  cues jsonb not null,
  words text not null,
  updated_by uuid not null,
  updated_at timestamptz not null,
  removed_at timestamptz,
  constraint media_caption_pkey primary key (tenant_id, media_id, language),
  constraint media_caption_item_fkey foreign key (tenant_id, media_id) references media_item (tenant_id, id),
  constraint media_caption_language_check check (language in ('zh-CN', 'en', 'bo', 'ug', 'mn', 'ko'))
);
select app_shard('media_caption', 'tenant');
create index media_caption_scope on media_caption (tenant_id, org_path);
alter table media_caption enable row level security;
alter table media_caption force row level security;
create policy media_caption_read on media_caption for select
  using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy media_caption_insert on media_caption for insert
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy media_caption_update on media_caption for update
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on media_caption to tongxin_app;
