-- module: org
-- tables: org_unit tenant, org_change tenant, org_count tenant, org_post tenant
-- locks: none, new tables

-- Party organisations. A subtree is the path range of design decision "tree"; labels are short and never reused.
create table org_unit (
  tenant_id uuid not null,
  id uuid not null,
  path text collate "C" not null,
  parent_id uuid,
  kind text not null,
  name text not null,
  short_name text,
  pinyin text collate "C" not null default '',
  initials text collate "C" not null default '',
  code text,
  founded_on date,
  founding_document text,
  approved_by text,
  dissolved_on date,
  dissolving_document text,
  facts jsonb not null default '{}',
  tags text[] not null default '{}',
  sort_order integer not null default 0,
  term_ordinal integer,
  term_from date,
  term_until date,
  -- The highest label ever given below this unit: a label whose unit moved away is not given again, because what was
  -- written under the old path (events above all) would be seen by the newcomer.
  last_label integer not null default 0,
  merged_into uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint org_unit_pkey primary key (tenant_id, id),
  constraint org_unit_path_key unique (tenant_id, path),
  -- What the range of a subtree rests on: nothing but `.` sorts between a path and the same path with `/`.
  constraint org_unit_path_check check (path ~ '^[0-9a-z]+([.][0-9a-z]+)*$'),
  constraint org_unit_parent_fkey foreign key (tenant_id, parent_id) references org_unit (tenant_id, id),
  constraint org_unit_term_check check (term_until >= term_from),
  constraint org_unit_kind_check check (kind in ('committee', 'general_branch', 'branch', 'joint_branch', 'temporary_branch', 'group', 'leading_group', 'working_committee'))
);
select app_shard('org_unit', 'tenant');
create unique index org_unit_code_key on org_unit (tenant_id, code) where code is not null;
create unique index org_unit_name_key on org_unit (tenant_id, parent_id, name) where dissolved_on is null;
create index org_unit_parent on org_unit (tenant_id, parent_id);
create index org_unit_pinyin on org_unit (tenant_id, pinyin);
create index org_unit_initials on org_unit (tenant_id, initials);
alter table org_unit enable row level security;
alter table org_unit force row level security;
create policy org_unit_read on org_unit for select using (tenant_id = app_tenant() and (app_in_scope(path) or app_above_scope(path)));
create policy org_unit_insert on org_unit for insert with check (tenant_id = app_tenant() and app_in_scope(path));
create policy org_unit_update on org_unit for update using (tenant_id = app_tenant() and app_in_scope(path));
grant select, insert, update on org_unit to tongxin_app;

-- Changes of an organisation as dated events with their document: the tree as of any date is replayed from them.
create table org_change (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  effective_on date not null,
  document_number text,
  reason text,
  before jsonb not null,
  after jsonb not null,
  made_by uuid not null,
  made_by_name text,
  made_at timestamptz not null,
  constraint org_change_pkey primary key (tenant_id, id),
  constraint org_change_unit_fkey foreign key (tenant_id, unit_id) references org_unit (tenant_id, id),
  constraint org_change_kind_check check (kind in ('founded', 'renamed', 'moved', 'upgraded', 'merged', 'split', 'dissolved', 'corrected', 'committee_changed'))
);
select app_shard('org_change', 'tenant');
create index org_change_unit on org_change (tenant_id, unit_id, effective_on, id);
alter table org_change enable row level security;
alter table org_change force row level security;
create policy org_change_all on org_change using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on org_change to tongxin_app;

-- Rollup: how many people of each category are registered directly with a unit. Kept by events, rebuilt by a job.
create table org_count (
  tenant_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  category text not null,
  people integer not null,
  constraint org_count_pkey primary key (tenant_id, unit_id, category),
  constraint org_count_unit_fkey foreign key (tenant_id, unit_id) references org_unit (tenant_id, id)
);
select app_shard('org_count', 'tenant');
create index org_count_scope on org_count (tenant_id, org_path);
alter table org_count enable row level security;
alter table org_count force row level security;
create policy org_count_all on org_count using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update, delete on org_count to tongxin_app;

-- Who holds or held which post of an organisation, with the document of the appointment. The name is the one of that day.
create table org_post (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  post text not null,
  member_id uuid not null,
  name text not null,
  from_on date not null,
  until_on date,
  document_number text,
  ended_reason text,
  created_at timestamptz not null,
  constraint org_post_pkey primary key (tenant_id, id),
  constraint org_post_unit_fkey foreign key (tenant_id, unit_id) references org_unit (tenant_id, id),
  constraint org_post_post_check check (post in ('secretary', 'deputy_secretary', 'organisation', 'publicity', 'discipline', 'youth', 'committee_member', 'group_leader')),
  constraint org_post_period_check check (until_on >= from_on)
);
select app_shard('org_post', 'tenant');
create unique index org_post_holder_key on org_post (tenant_id, unit_id, post, member_id) where until_on is null;
create unique index org_post_secretary_key on org_post (tenant_id, unit_id) where until_on is null and post = 'secretary';
create index org_post_scope on org_post (tenant_id, org_path);
alter table org_post enable row level security;
alter table org_post force row level security;
create policy org_post_all on org_post using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on org_post to tongxin_app;

-- Kernel view made for joining: names of organisations along a path.
create view org_path with (security_invoker = true) as
  select tenant_id, id, path, name, coalesce(short_name, name) as short_name, kind, parent_id, dissolved_on from org_unit;
grant select on org_path to tongxin_app;
