-- module: publishing
-- tables: publishing_column tenant, publishing_article tenant, publishing_text tenant, publishing_step tenant, publishing_comment tenant, publishing_count tenant, publishing_link tenant, publishing_stamp tenant
-- locks: none, new tables

-- Where articles stand. Those for everybody are known to everybody of the tenant, others to the units that they are for.
create table publishing_column (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  kind text not null,
  name text not null,
  note text not null,
  audience text not null,
  comments text not null,
  link_hosts text[] not null,
  position smallint not null,
  is_open boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint publishing_column_pkey primary key (tenant_id, id),
  constraint publishing_column_name_key unique (tenant_id, unit_id, name),
  constraint publishing_column_kind_check check (kind in ('news', 'openness', 'showcase')),
  constraint publishing_column_audience_check check (audience in ('public', 'signed_in', 'subtree')),
  constraint publishing_column_comments_check check (comments in ('none', 'pre', 'post'))
);
select app_shard('publishing_column', 'tenant');
create index publishing_column_scope on publishing_column (tenant_id, org_path);
alter table publishing_column enable row level security;
alter table publishing_column force row level security;
create policy publishing_column_read on publishing_column for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or app_above_scope(org_path) or (is_open and audience in ('public', 'signed_in'))));
create policy publishing_column_insert on publishing_column for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy publishing_column_update on publishing_column for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on publishing_column to tongxin_app;

-- An article as readers see it (`content`, null before the first release) and where the text that is worked on stands
-- (`stage`, null when nothing is). Who reads is taken from the column: `audience_path` is its unit.
create table publishing_article (
  tenant_id uuid not null,
  id uuid not null,
  column_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  kind text not null,
  audience text not null,
  audience_path text collate "C" not null,
  state text not null default 'draft',
  stage text,
  title text not null,
  words text not null default '',
  content jsonb,
  is_pinned boolean not null default false,
  is_listed boolean not null default true,
  live_number smallint not null default 0,
  corrections jsonb not null default '[]',
  reason text,
  is_consent_withdrawn boolean not null default false,
  version integer not null default 1,
  released_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint publishing_article_pkey primary key (tenant_id, id),
  constraint publishing_article_column_fkey foreign key (tenant_id, column_id) references publishing_column (tenant_id, id),
  constraint publishing_article_state_check check (state in ('draft', 'released', 'withdrawn')),
  constraint publishing_article_stage_check check (stage in ('editing', 'review', 'final', 'ready')),
  constraint publishing_article_shown_check check (state <> 'released' or (content is not null and released_at is not null)),
  constraint publishing_article_reason_check check (state <> 'withdrawn' or reason is not null)
);
select app_shard('publishing_article', 'tenant');
create index publishing_article_scope on publishing_article (tenant_id, org_path);
create index publishing_article_readers on publishing_article (tenant_id, audience_path);
create index publishing_article_updated on publishing_article (tenant_id, updated_at, id);
create index publishing_article_released on publishing_article (tenant_id, released_at desc, id) where state = 'released' and is_listed;
create index publishing_article_in_column on publishing_article (tenant_id, column_id, released_at desc, id);
create index publishing_article_stages on publishing_article (tenant_id, stage, org_path) where stage is not null;
alter table publishing_article enable row level security;
alter table publishing_article force row level security;
create policy publishing_article_read on publishing_article for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or (state = 'released' and is_listed
    and (audience <> 'subtree' or app_in_scope(audience_path) or app_above_scope(audience_path)))));
create policy publishing_article_insert on publishing_article for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy publishing_article_update on publishing_article for update using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or app_in_scope(audience_path)));
grant select, insert, update on publishing_article to tongxin_app;

-- Every version of the text with its three hands. One at most is worked on; those that were shown are never changed.
create table publishing_text (
  tenant_id uuid not null,
  id uuid not null,
  article_id uuid not null,
  org_path text collate "C" not null,
  number smallint not null,
  state text not null,
  content jsonb not null,
  note text,
  editor_id uuid not null,
  editor_name text not null,
  editor_ids uuid[] not null,
  reviewer_id uuid,
  reviewer_name text,
  finisher_id uuid,
  finisher_name text,
  release_at timestamptz,
  shown_at timestamptz,
  constraint publishing_text_pkey primary key (tenant_id, id),
  constraint publishing_text_number_key unique (tenant_id, article_id, number),
  constraint publishing_text_article_fkey foreign key (tenant_id, article_id) references publishing_article (tenant_id, id),
  constraint publishing_text_state_check check (state in ('working', 'shown', 'dropped')),
  constraint publishing_text_hands_check check (state <> 'shown' or (reviewer_id is not null and finisher_id is not null
    and reviewer_id <> all(editor_ids) and finisher_id <> all(editor_ids) and finisher_id <> reviewer_id))
);
select app_shard('publishing_text', 'tenant');
create index publishing_text_scope on publishing_text (tenant_id, org_path);
create index publishing_text_due on publishing_text (tenant_id, release_at) where state = 'working' and finisher_id is not null;
create unique index publishing_text_working on publishing_text (tenant_id, article_id) where state = 'working';
alter table publishing_text enable row level security;
alter table publishing_text force row level security;
create policy publishing_text_read on publishing_text for select using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy publishing_text_insert on publishing_text for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy publishing_text_update on publishing_text for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on publishing_text to tongxin_app;

-- What happened to an article, only added to.
create table publishing_step (
  tenant_id uuid not null,
  id uuid not null,
  article_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  words text,
  by_name text not null,
  at timestamptz not null,
  constraint publishing_step_pkey primary key (tenant_id, id)
);
select app_shard('publishing_step', 'tenant');
create index publishing_step_article on publishing_step (tenant_id, article_id, at);
create index publishing_step_scope on publishing_step (tenant_id, org_path);
alter table publishing_step enable row level security;
alter table publishing_step force row level security;
create policy publishing_step_read on publishing_step for select using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy publishing_step_insert on publishing_step for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy publishing_step_update on publishing_step for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on publishing_step to tongxin_app;

-- What members say under an article, and (without anybody's name) the public on what was made open.
create table publishing_comment (
  tenant_id uuid not null,
  id uuid not null,
  article_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  person_id uuid,
  by_name text,
  words text not null,
  state text not null,
  reason text,
  decided_by text,
  decided_by_id uuid,
  at timestamptz not null,
  decided_at timestamptz,
  constraint publishing_comment_pkey primary key (tenant_id, id),
  constraint publishing_comment_article_fkey foreign key (tenant_id, article_id) references publishing_article (tenant_id, id),
  constraint publishing_comment_kind_check check ((kind = 'comment') = (person_id is not null) and kind in ('comment', 'feedback')),
  constraint publishing_comment_state_check check (state in ('waiting', 'shown', 'hidden', 'taken_back')),
  constraint publishing_comment_reason_check check (state <> 'hidden' or reason is not null)
);
select app_shard('publishing_comment', 'tenant');
create index publishing_comment_article on publishing_comment (tenant_id, article_id, at desc, id);
create index publishing_comment_scope on publishing_comment (tenant_id, org_path, at);
create index publishing_comment_at on publishing_comment (tenant_id, at, id);
create index publishing_comment_waiting on publishing_comment (tenant_id, org_path) where state = 'waiting';
create index publishing_comment_person on publishing_comment (tenant_id, person_id, article_id) where person_id is not null;
alter table publishing_comment enable row level security;
alter table publishing_comment force row level security;
create policy publishing_comment_read on publishing_comment for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person()) or state = 'shown'));
create policy publishing_comment_insert on publishing_comment for insert with check (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy publishing_comment_update on publishing_comment for update using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on publishing_comment to tongxin_app;

-- How often an article was read and shared on a day, and where from. Nobody's name, address or device stands anywhere.
create table publishing_count (
  tenant_id uuid not null,
  article_id uuid not null,
  on_date date not null,
  source text not null,
  org_path text collate "C" not null,
  reads integer not null default 0,
  shares integer not null default 0,
  constraint publishing_count_pkey primary key (tenant_id, article_id, on_date, source),
  constraint publishing_count_source_check check (source in ('member', 'portal', 'feed', 'share', 'search', 'wechat', 'other'))
);
select app_shard('publishing_count', 'tenant');
create index publishing_count_scope on publishing_count (tenant_id, org_path);
alter table publishing_count enable row level security;
alter table publishing_count force row level security;
create policy publishing_count_read on publishing_count for select using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy publishing_count_insert on publishing_count for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy publishing_count_update on publishing_count for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on publishing_count to tongxin_app;

-- Links of what is shown, and what was found when they were last asked for.
create table publishing_link (
  tenant_id uuid not null,
  id uuid not null,
  article_id uuid not null,
  org_path text collate "C" not null,
  url text not null,
  state text not null default 'unchecked',
  said text,
  failures smallint not null default 0,
  checked_at timestamptz,
  constraint publishing_link_pkey primary key (tenant_id, id),
  constraint publishing_link_state_check check (state in ('unchecked', 'sound', 'broken'))
);
select app_shard('publishing_link', 'tenant');
create index publishing_link_article on publishing_link (tenant_id, article_id, state);
create index publishing_link_due on publishing_link (tenant_id, checked_at);
create index publishing_link_scope on publishing_link (tenant_id, org_path);
alter table publishing_link enable row level security;
alter table publishing_link force row level security;
create policy publishing_link_read on publishing_link for select using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy publishing_link_insert on publishing_link for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy publishing_link_update on publishing_link for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy publishing_link_delete on publishing_link for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update, delete on publishing_link to tongxin_app;

-- Counts up with every change of what the public reads: servers ask it once a second and keep their pages until then.
create table publishing_stamp (
  tenant_id uuid not null,
  place text not null,
  stamp integer not null,
  constraint publishing_stamp_pkey primary key (tenant_id, place)
);
select app_shard('publishing_stamp', 'tenant');
alter table publishing_stamp enable row level security;
alter table publishing_stamp force row level security;
create policy publishing_stamp_read on publishing_stamp for select using (tenant_id = (select app_tenant()));
create policy publishing_stamp_insert on publishing_stamp for insert with check (tenant_id = (select app_tenant()));
create policy publishing_stamp_update on publishing_stamp for update using (tenant_id = (select app_tenant()));
grant select, insert, update on publishing_stamp to tongxin_app;
