-- module: library
-- tables: library_class tenant, library_document tenant, library_version tenant, library_text tenant, library_word tenant, library_counter tenant, library_replacement tenant, library_share tenant, library_reading tenant, library_subscription tenant
-- locks: none, new tables

-- The words that the statement at hand looks for, in the form of a tsquery; without them nothing is found.
create function library_wanted() returns tsquery language sql stable as $$
  select nullif(current_setting('app.library_wanted', true), '')::tsquery
$$;

-- Classes of documents. `path`: ids of the class and those above it, for whole branches of the tree.
create table library_class (
  tenant_id uuid not null,
  id uuid not null,
  parent_id uuid,
  unit_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  path text collate "C" not null,
  place integer not null,
  closed_at timestamptz,
  updated_at timestamptz not null,
  constraint library_class_pkey primary key (tenant_id, id),
  constraint library_class_parent_fkey foreign key (tenant_id, parent_id) references library_class (tenant_id, id)
);
select app_shard('library_class', 'tenant');
create unique index library_class_name on library_class (tenant_id, unit_id, parent_id, name) nulls not distinct
  where closed_at is null;
create index library_class_scope on library_class (tenant_id, org_path);
alter table library_class enable row level security;
alter table library_class force row level security;
create policy library_class_read on library_class for select
  using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy library_class_insert on library_class for insert
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy library_class_update on library_class for update
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on library_class to tongxin_app;

-- Shares bound to people: whom, until when, how often opened.
create table library_share (
  tenant_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  org_path text collate "C" not null,
  person_id uuid not null,
  person_name text not null,
  until_on date not null,
  may_download boolean not null,
  shared_by text not null,
  shared_at timestamptz not null,
  revoked_at timestamptz,
  revoked_for text,
  openings integer not null default 0,
  opened_at timestamptz,
  constraint library_share_pkey primary key (tenant_id, id)
);
select app_shard('library_share', 'tenant');
create index library_share_document on library_share (tenant_id, document_id, shared_at);
create index library_share_person on library_share (tenant_id, person_id, document_id) where revoked_at is null;
create index library_share_scope on library_share (tenant_id, org_path);
alter table library_share enable row level security;
alter table library_share force row level security;
create policy library_share_read on library_share for select
  using (tenant_id = (select app_tenant()) and (person_id = (select app_person()) or app_in_scope(org_path)));
create policy library_share_insert on library_share for insert
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy library_share_update on library_share for update
  using (tenant_id = (select app_tenant()) and (person_id = (select app_person()) or app_in_scope(org_path)));
grant select, insert, update on library_share to tongxin_app;

create function library_shared(document uuid) returns boolean language sql stable as $$
  select exists (select from library_share s where s.tenant_id = app_tenant() and s.document_id = document
    and s.person_id = app_person() and s.revoked_at is null)
$$;

-- One document with the facts that its versions share. `worded_as`: the places under which its words are kept.
create table library_document (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  audience_id uuid not null,
  audience_path text collate "C" not null,
  audience_name text not null,
  class_id uuid not null,
  class_trail text collate "C" not null,
  title text not null,
  summary text not null,
  tags text[] not null default '{}',
  secrecy text not null,
  state text not null default 'published',
  valid_from date,
  valid_to date,
  downloads text not null,
  is_marked boolean not null,
  retention text not null,
  kept_until date,
  document_number text,
  issuer text,
  rank text,
  effective_on date,
  reason text,
  version_number integer not null,
  file_name text not null,
  file_kind text not null,
  bytes bigint not null,
  seq bigint not null,
  worded_as text not null,
  version integer not null default 1,
  made_by text not null,
  made_by_id uuid not null,
  published_at timestamptz not null,
  updated_at timestamptz not null,
  constraint library_document_pkey primary key (tenant_id, id),
  constraint library_document_class_fkey foreign key (tenant_id, class_id) references library_class (tenant_id, id),
  constraint library_document_kind_check check (kind in ('material', 'statute')),
  constraint library_document_secrecy_check check (secrecy in ('public', 'internal', 'work_secret')),
  constraint library_document_state_check check (state in ('published', 'archived', 'binned')),
  constraint library_document_downloads_check check (downloads in ('readers', 'posts', 'nobody')),
  constraint library_document_retention_check check (retention in ('permanent', 'y30', 'y10')),
  constraint library_document_statute_check check ((kind = 'statute') = (rank is not null) and (rank is null) = (issuer is null)
    and (rank is null) = (effective_on is null)
    and rank in ('party_rule', 'party_document', 'law', 'regulation', 'local_rule', 'own_rule')),
  constraint library_document_dates_check check (valid_from <= valid_to)
);
select app_shard('library_document', 'tenant');
create index library_document_newest on library_document (tenant_id, published_at, id);
create index library_document_titles on library_document (tenant_id, title, id);
create index library_document_effective on library_document (tenant_id, effective_on, id) where kind = 'statute';
create index library_document_class on library_document (tenant_id, class_trail, published_at);
create index library_document_scope on library_document (tenant_id, org_path, published_at);
create index library_document_audience on library_document (tenant_id, audience_path, published_at);
alter table library_document enable row level security;
alter table library_document force row level security;
create policy library_document_read on library_document for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or (state <> 'binned'
    and (app_above_scope(audience_path) or app_in_scope(audience_path) or library_shared(id)))));
create policy library_document_insert on library_document for insert
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy library_document_update on library_document for update
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on library_document to tongxin_app;

-- Whether the caller sees a document: what belongs to it is seen with it.
create function library_open(document uuid) returns boolean language sql stable as $$
  select exists (select from library_document d where d.tenant_id = app_tenant() and d.id = document)
$$;

create table library_version (
  tenant_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  number integer not null,
  file_id uuid not null,
  file_name text not null,
  file_kind text not null,
  bytes bigint not null,
  text_state text not null,
  note text not null,
  made_by text not null,
  made_at timestamptz not null,
  constraint library_version_pkey primary key (tenant_id, id),
  constraint library_version_document_fkey foreign key (tenant_id, document_id) references library_document (tenant_id, id),
  constraint library_version_text_check check (text_state in ('read', 'empty', 'failed', 'none'))
);
select app_shard('library_version', 'tenant');
create unique index library_version_number on library_version (tenant_id, document_id, number);
alter table library_version enable row level security;
alter table library_version force row level security;
create policy library_version_read on library_version for select
  using (tenant_id = (select app_tenant()) and library_open(document_id));
create policy library_version_insert on library_version for insert
  with check (tenant_id = (select app_tenant()) and library_open(document_id));
grant select, insert on library_version to tongxin_app;

-- What the file of the last version says, and its words.
create table library_text (
  tenant_id uuid not null,
  document_id uuid not null,
  body text not null,
  words tsvector not null,
  constraint library_text_pkey primary key (tenant_id, document_id),
  constraint library_text_document_fkey foreign key (tenant_id, document_id) references library_document (tenant_id, id)
);
select app_shard('library_text', 'tenant');
alter table library_text enable row level security;
alter table library_text force row level security;
create policy library_text_read on library_text for select
  using (tenant_id = (select app_tenant()) and library_open(document_id));
create policy library_text_insert on library_text for insert
  with check (tenant_id = (select app_tenant()) and library_open(document_id));
create policy library_text_update on library_text for update
  using (tenant_id = (select app_tenant()) and library_open(document_id));
grant select, insert, update on library_text to tongxin_app;

-- The index of the search: words, and marks of place, class and grade. Its policy is the search itself: an operator that
-- is not leakproof serves an index only inside the policy, and whoever asks for nothing sees nothing. See decision 20.
create table library_word (
  tenant_id uuid not null,
  document_id uuid not null,
  seq bigint not null,
  words tsvector not null,
  constraint library_word_pkey primary key (tenant_id, document_id)
);
select app_shard('library_word', 'tenant');
create index library_word_words on library_word using gin (words) with (fastupdate = off);
alter table library_word enable row level security;
alter table library_word force row level security;
create policy library_word_read on library_word for select
  using (tenant_id = (select app_tenant()) and words @@ (select library_wanted()));
create policy library_word_insert on library_word for insert with check (tenant_id = (select app_tenant()));
create policy library_word_delete on library_word for delete using (tenant_id = (select app_tenant()));
grant select, insert, delete on library_word to tongxin_app;

-- How many documents a tenant has published: the number of the next one.
create table library_counter (
  tenant_id uuid not null,
  name text not null,
  last bigint not null,
  constraint library_counter_pkey primary key (tenant_id, name)
);
select app_shard('library_counter', 'tenant');
alter table library_counter enable row level security;
alter table library_counter force row level security;
create policy library_counter_read on library_counter for select using (tenant_id = (select app_tenant()));
create policy library_counter_insert on library_counter for insert with check (tenant_id = (select app_tenant()));
create policy library_counter_update on library_counter for update using (tenant_id = (select app_tenant()));
grant select, insert, update on library_counter to tongxin_app;

-- A newer statute replaces an older one, in whole or in part.
create table library_replacement (
  tenant_id uuid not null,
  id uuid not null,
  newer_id uuid not null,
  older_id uuid not null,
  is_whole boolean not null,
  note text not null,
  removed_at timestamptz,
  constraint library_replacement_pkey primary key (tenant_id, id),
  constraint library_replacement_newer_fkey foreign key (tenant_id, newer_id) references library_document (tenant_id, id),
  constraint library_replacement_older_fkey foreign key (tenant_id, older_id) references library_document (tenant_id, id)
);
select app_shard('library_replacement', 'tenant');
create unique index library_replacement_pair on library_replacement (tenant_id, newer_id, older_id) where removed_at is null;
create index library_replacement_older on library_replacement (tenant_id, older_id);
alter table library_replacement enable row level security;
alter table library_replacement force row level security;
create policy library_replacement_read on library_replacement for select
  using (tenant_id = (select app_tenant()) and (library_open(newer_id) or library_open(older_id)));
create policy library_replacement_insert on library_replacement for insert
  with check (tenant_id = (select app_tenant()) and library_open(newer_id));
create policy library_replacement_update on library_replacement for update
  using (tenant_id = (select app_tenant()) and library_open(newer_id));
grant select, insert, update on library_replacement to tongxin_app;

-- Who took a copy home or opened a share.
create table library_reading (
  tenant_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  person_id uuid not null,
  person_name text not null,
  act text not null,
  version_number integer not null,
  at timestamptz not null,
  constraint library_reading_pkey primary key (tenant_id, id),
  constraint library_reading_act_check check (act in ('downloaded', 'opened_share'))
);
select app_shard('library_reading', 'tenant');
create index library_reading_document on library_reading (tenant_id, document_id, at, id);
alter table library_reading enable row level security;
alter table library_reading force row level security;
create policy library_reading_read on library_reading for select
  using (tenant_id = (select app_tenant()) and library_open(document_id));
create policy library_reading_insert on library_reading for insert
  with check (tenant_id = (select app_tenant()) and library_open(document_id));
grant select, insert on library_reading to tongxin_app;

-- Who wants to be told of new documents in a class; the place says which of them apply.
create table library_subscription (
  tenant_id uuid not null,
  person_id uuid not null,
  class_id uuid not null,
  org_path text collate "C" not null,
  since timestamptz not null,
  constraint library_subscription_pkey primary key (tenant_id, person_id, class_id)
);
select app_shard('library_subscription', 'tenant');
create index library_subscription_class on library_subscription (tenant_id, class_id, org_path);
create index library_subscription_scope on library_subscription (tenant_id, org_path);
alter table library_subscription enable row level security;
alter table library_subscription force row level security;
create policy library_subscription_read on library_subscription for select
  using (tenant_id = (select app_tenant()) and (person_id = (select app_person()) or app_in_scope(org_path)));
create policy library_subscription_insert on library_subscription for insert
  with check (tenant_id = (select app_tenant()) and person_id = (select app_person()));
create policy library_subscription_update on library_subscription for update
  using (tenant_id = (select app_tenant()) and (person_id = (select app_person()) or app_in_scope(org_path)));
create policy library_subscription_delete on library_subscription for delete
  using (tenant_id = (select app_tenant()) and person_id = (select app_person()));
grant select, insert, update, delete on library_subscription to tongxin_app;
