-- module: members
-- tables: members_member tenant, members_identity local, members_number local, members_entry tenant, members_version tenant, members_change tenant, members_assignment tenant, members_look tenant
-- locks: none, new tables

-- One record per person and tenant. What identifies or locates a person is sealed (`id_number`, `phone`,
-- `private_facts`); `*_tail` are 16-bit keyed indexes of the last four digits (collisions wanted, filtered after opening).
create table members_member (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  group_id uuid,
  member_no text collate "C" not null,
  name text collate "C" not null,
  given_name text collate "C" not null,
  pinyin text collate "C" not null,
  initials text collate "C" not null,
  sex text,
  ethnic text,
  born_on date,
  education text,
  category text not null,
  status text not null default 'normal',
  record_state text not null,
  applied_on date,
  activist_on date,
  candidate_on date,
  joined_on date,
  converted_on date,
  branch_entered_on date,
  dues_paid_until date,
  id_number bytea,
  id_tail integer,
  phone bytea,
  phone_index bytea,
  phone_tail integer,
  private_facts bytea,
  facts jsonb not null default '{}',
  completeness smallint not null default 0,
  batch_id uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  deleted_reason text,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint members_member_pkey primary key (tenant_id, id),
  constraint members_member_no_key unique (tenant_id, member_no),
  constraint members_member_person_key unique (tenant_id, person_id),
  constraint members_member_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint members_member_sex_check check (sex in ('1', '2')),
  constraint members_member_category_check check (category in ('formal', 'probationary', 'candidate', 'activist', 'applicant', 'public')),
  constraint members_member_status_check check (status in ('normal', 'suspended', 'retained', 'restored', 'struck_off', 'expelled', 'left', 'deceased', 'transferred')),
  constraint members_member_state_check check (record_state in ('draft', 'first_review', 'second_review', 'approved', 'changing', 'closed')),
  constraint members_member_deletion_check check ((deleted_at is null) = (deleted_reason is null))
);
select app_shard('members_member', 'tenant');
create index members_member_scope on members_member (tenant_id, org_path, id);
create index members_member_pinyin on members_member (tenant_id, pinyin, id);
create index members_member_name on members_member (tenant_id, name);
create index members_member_given on members_member (tenant_id, given_name);
create index members_member_initials on members_member (tenant_id, initials);
create index members_member_id_tail on members_member (tenant_id, id_tail);
create index members_member_phone_tail on members_member (tenant_id, phone_tail);
create index members_member_batch on members_member (tenant_id, batch_id) where batch_id is not null;
create index members_member_deleted on members_member (tenant_id, deleted_at) where deleted_at is not null;
alter table members_member enable row level security;
alter table members_member force row level security;
create policy members_member_read on members_member for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or person_id = app_person()));
create policy members_member_insert on members_member for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy members_member_update on members_member for update using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy members_member_delete on members_member for delete using (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update, delete on members_member to tongxin_app;

-- One record per person in the whole installation: the keyed index of the ID number, never the number.
create table members_identity (
  id_index bytea primary key,
  person_id uuid not null,
  tenant_id uuid not null,
  member_id uuid not null
);
select app_shard('members_identity', 'local');
create index members_identity_member on members_identity (tenant_id, member_id);
grant select, insert, delete on members_identity to tongxin_app;

-- The last member number given out in a year; a number signs in, so it is unique in the whole installation.
create table members_number (
  year smallint primary key,
  last integer not null
);
select app_shard('members_number', 'local');
grant select, insert, update on members_number to tongxin_app;

-- Sub-tables of a record: one shape with a kind, a period, facts validated by the contract, sealed where sensitive.
create table members_entry (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  from_on date,
  until_on date,
  facts jsonb not null default '{}',
  sealed bytea,
  file_ids uuid[] not null default '{}',
  ended_reason text,
  ended_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint members_entry_pkey primary key (tenant_id, id),
  constraint members_entry_member_fkey foreign key (tenant_id, member_id) references members_member (tenant_id, id),
  constraint members_entry_kind_check check (kind in ('career', 'education', 'post', 'award', 'penalty', 'abroad', 'family', 'training', 'appraisal', 'service', 'hardship', 'dossier', 'loan')),
  constraint members_entry_period_check check (until_on is null or from_on is null or until_on >= from_on)
);
select app_shard('members_entry', 'tenant');
create index members_entry_member on members_entry (tenant_id, member_id, kind, from_on);
create index members_entry_scope on members_entry (tenant_id, org_path, id);
alter table members_entry enable row level security;
alter table members_entry force row level security;
create policy members_entry_read on members_entry for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or person_id = app_person()));
create policy members_entry_insert on members_entry for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy members_entry_update on members_entry for update using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy members_entry_delete on members_entry for delete using (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update, delete on members_entry to tongxin_app;

-- Nothing is lost: each change of a record, old to new, who and why; sensitive values only in `sealed`.
create table members_version (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  version integer not null,
  at timestamptz not null,
  made_by uuid,
  source text not null,
  source_id uuid,
  reason text,
  fields text[] not null,
  before jsonb not null,
  after jsonb not null,
  sealed bytea,
  constraint members_version_pkey primary key (tenant_id, id),
  constraint members_version_source_check check (source in ('change', 'import', 'reversal', 'deletion', 'restoration', 'development', 'transfer', 'membership', 'merge'))
);
select app_shard('members_version', 'tenant');
create index members_version_member on members_version (tenant_id, member_id, id);
create index members_version_source on members_version (tenant_id, source_id) where source_id is not null;
create index members_version_scope on members_version (tenant_id, org_path, id);
alter table members_version enable row level security;
alter table members_version force row level security;
create policy members_version_read on members_version for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or person_id = app_person()));
create policy members_version_insert on members_version for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy members_version_update on members_version for update using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy members_version_delete on members_version for delete using (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update, delete on members_version to tongxin_app;

-- Two-stage review: maker, first reviewer (branch) and second approver (superior) are three people. The approval binds
-- to the hash of the payload; the payload is sealed because it may hold an ID number.
create table members_change (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid,
  person_id uuid,
  org_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  entry_id uuid,
  entry_kind text,
  name text not null,
  fields text[] not null,
  payload bytea not null,
  payload_hash bytea not null,
  base_version integer not null,
  reason text,
  file_ids uuid[] not null default '{}',
  state text not null,
  made_by uuid not null,
  made_at timestamptz not null,
  first_by uuid,
  first_at timestamptz,
  first_opinion text,
  second_by uuid,
  second_at timestamptz,
  second_opinion text,
  returned_reason text,
  decisions jsonb not null default '{}',
  version integer not null default 1,
  updated_at timestamptz not null,
  constraint members_change_pkey primary key (tenant_id, id),
  constraint members_change_member_fkey foreign key (tenant_id, member_id) references members_member (tenant_id, id),
  constraint members_change_kind_check check (kind in ('new_record', 'correction', 'new_entry', 'changed_entry', 'ended_entry')),
  constraint members_change_state_check check (state in ('draft', 'first_review', 'second_review', 'approved', 'returned', 'withdrawn')),
  constraint members_change_first_check check (first_by <> made_by),
  constraint members_change_second_check check (second_by <> made_by and second_by <> first_by)
);
select app_shard('members_change', 'tenant');
create index members_change_queue on members_change (tenant_id, state, org_path, id);
create index members_change_member on members_change (tenant_id, member_id, id);
create index members_change_scope on members_change (tenant_id, org_path, id);
alter table members_change enable row level security;
alter table members_change force row level security;
create policy members_change_all on members_change using (tenant_id = app_tenant() and (app_in_scope(org_path) or made_by = app_person() or person_id = app_person()))
  with check (tenant_id = app_tenant() and (app_in_scope(org_path) or made_by = app_person()));
grant select, insert, update, delete on members_change to tongxin_app;

-- Who enters, who reviews first and second, for a set of data of an organisation; nobody holds two of the three.
create table members_assignment (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  data_set text not null,
  maker_id uuid not null,
  first_id uuid not null,
  second_id uuid not null,
  due_on date,
  made_by uuid not null,
  made_at timestamptz not null,
  constraint members_assignment_pkey primary key (tenant_id, id),
  constraint members_assignment_set_key unique (tenant_id, org_id, data_set),
  constraint members_assignment_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint members_assignment_set_check check (data_set in ('record', 'entries', 'roster')),
  constraint members_assignment_people_check check (maker_id <> first_id and maker_id <> second_id and first_id <> second_id)
);
select app_shard('members_assignment', 'tenant');
create index members_assignment_scope on members_assignment (tenant_id, org_path, id);
alter table members_assignment enable row level security;
alter table members_assignment force row level security;
create policy members_assignment_all on members_assignment using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update, delete on members_assignment to tongxin_app;


-- Who looked at a sensitive field, when and for what: shown to the person concerned, counted against the limits.
create table members_look (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  looked_by uuid not null,
  at timestamptz not null,
  field text not null,
  purpose text not null,
  constraint members_look_pkey primary key (tenant_id, id)
);
select app_shard('members_look', 'tenant');
create index members_look_person on members_look (tenant_id, person_id, id);
create index members_look_looker on members_look (tenant_id, looked_by, at);
create index members_look_scope on members_look (tenant_id, org_path, id);
alter table members_look enable row level security;
alter table members_look force row level security;
create policy members_look_read on members_look for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or person_id = app_person() or looked_by = app_person()));
create policy members_look_insert on members_look for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert on members_look to tongxin_app;

-- The people of a place by category, from the rollup: the total of an unfiltered list.
create view members_total with (security_invoker = true) as
  select tenant_id, unit_id, org_path, category, people from org_count;
grant select on members_total to tongxin_app;

-- Kernel view made for joining: who a member is and where; nothing sensitive.
create view member_card with (security_invoker = true) as
  select tenant_id, id, person_id, org_id, org_path, name, member_no, category, status from members_member where deleted_at is null;
grant select on member_card to tongxin_app;
