-- module: members
-- tables: members_merge tenant, members_pair tenant
-- locks: members_member while the index of telephones is built; nobody has records at the first migration

-- Two records of one person made one. `before` (sealed) holds the facts of the kept record that were replaced, `moved`
-- the keys of the rows that went over: enough to undo it within the days of the recycle bin.
create table members_merge (
  tenant_id uuid not null,
  id uuid not null,
  org_path text collate "C" not null,
  kept_id uuid not null,
  gone_id uuid not null,
  state text not null default 'merged',
  fields text[] not null,
  before bytea not null,
  moved jsonb not null,
  kept_version integer not null,
  gone_version integer not null,
  kept_signs_in boolean not null,
  gone_signs_in boolean not null,
  reason text not null,
  made_by uuid not null,
  made_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  undone_reason text,
  constraint members_merge_pkey primary key (tenant_id, id),
  constraint members_merge_kept_fkey foreign key (tenant_id, kept_id) references members_member (tenant_id, id),
  constraint members_merge_gone_fkey foreign key (tenant_id, gone_id) references members_member (tenant_id, id),
  constraint members_merge_two_check check (kept_id <> gone_id),
  constraint members_merge_state_check check (state in ('merged', 'undone')),
  constraint members_merge_undone_check check ((state = 'undone') = (undone_by is not null and undone_at is not null and undone_reason is not null))
);
select app_shard('members_merge', 'tenant');
create unique index members_merge_gone on members_merge (tenant_id, gone_id) where state = 'merged';
create index members_merge_kept on members_merge (tenant_id, kept_id);
create index members_merge_scope on members_merge (tenant_id, org_path, made_at, id);
alter table members_merge enable row level security;
alter table members_merge force row level security;
create policy members_merge_all on members_merge
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on members_merge to tongxin_app;

-- Pairs that look like one person. `org_path` is the nearest organisation above both, so that it is seen by those who
-- may see both; the living records are joined when it is read.
create table members_pair (
  tenant_id uuid not null,
  id uuid not null,
  org_path text collate "C" not null,
  a_id uuid not null,
  b_id uuid not null,
  signs text[] not null,
  state text not null default 'open',
  found_at timestamptz not null,
  settled_by uuid,
  settled_at timestamptz,
  reason text,
  constraint members_pair_pkey primary key (tenant_id, id),
  constraint members_pair_two_key unique (tenant_id, a_id, b_id),
  constraint members_pair_order_check check (a_id < b_id),
  constraint members_pair_state_check check (state in ('open', 'dismissed')),
  constraint members_pair_settled_check check ((state = 'dismissed') = (settled_by is not null and reason is not null))
);
select app_shard('members_pair', 'tenant');
create index members_pair_other on members_pair (tenant_id, b_id);
create index members_pair_scope on members_pair (tenant_id, org_path, found_at, id) where state = 'open';
alter table members_pair enable row level security;
alter table members_pair force row level security;
create policy members_pair_all on members_pair
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update, delete on members_pair to tongxin_app;

-- Who has the same telephone is asked of every record that is opened, and for duplicates.
create index members_member_phone_index on members_member (tenant_id, phone_index) where phone_index is not null;

-- Rows that belong to a case go where the case goes when two records of one person are merged.
grant update (person_id) on development_review to tongxin_app;
grant update (person_id) on transfers_step to tongxin_app;
grant update (person_id) on membership_contact to tongxin_app;
