-- module: appraisal
-- tables: appraisal_round tenant, appraisal_person tenant, appraisal_comment tenant, appraisal_return tenant, appraisal_code local, appraisal_hopper tenant, appraisal_mark tenant, appraisal_count tenant
-- locks: none, new tables

-- The democratic appraisal of one branch and year. Weights and numbers are those of the day of its opening.
create table appraisal_round (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  year integer not null,
  state text not null default 'study',
  weights jsonb not null,
  least_raters integer not null,
  grades_probationary boolean not null,
  counts_probationary boolean not null,
  self_due_on date not null,
  sheet_due_on date not null,
  grade_due_on date not null,
  report_due_on date not null,
  due_on date,
  opened_by uuid not null,
  study_on date,
  study_note text,
  sheets_opened_on date,
  sheets_closed_on date,
  early_reason text,
  codes_printed integer not null default 0,
  codes_returned integer not null default 0,
  decided_by text,
  decided_on date,
  submitted_by uuid,
  confirmed_by uuid,
  returned_reason text,
  reported_on date,
  document_number text,
  closed_by uuid,
  cancelled_reason text,
  version integer not null default 1,
  updated_at timestamptz not null,
  constraint appraisal_round_pkey primary key (tenant_id, id),
  constraint appraisal_round_state_check check (state in ('study', 'reviewing', 'assessing', 'grading', 'checking', 'feedback', 'reported', 'closed', 'cancelled')),
  constraint appraisal_round_decided_check check ((decided_by is null) = (decided_on is null)),
  constraint appraisal_round_second_check check (confirmed_by is null or confirmed_by is distinct from submitted_by),
  constraint appraisal_round_cancelled_check check ((state = 'cancelled') = (cancelled_reason is not null))
);
select app_shard('appraisal_round', 'tenant');
create unique index appraisal_round_year on appraisal_round (tenant_id, unit_id, year) where state <> 'cancelled';
create index appraisal_round_scope on appraisal_round (tenant_id, org_path, year, id);
alter table appraisal_round enable row level security;
alter table appraisal_round force row level security;
create policy appraisal_round_all on appraisal_round using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on appraisal_round to tongxin_app;

-- Who is appraised: the own review, the grade, and how it came to the person. What is written about people is sealed.
create table appraisal_person (
  tenant_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  org_path text collate "C" not null,
  member_id uuid not null,
  person_id uuid not null,
  name text not null,
  category text not null,
  is_graded boolean not null,
  has_left boolean not null default false,
  self_review bytea,
  self_grade text,
  self_handed_in_on date,
  daily bytea,
  grade text,
  reason bytea,
  measures bytea,
  disposal text,
  feedback text not null default 'untold',
  told_on date,
  objection bytea,
  answer bytea,
  constraint appraisal_person_pkey primary key (tenant_id, id),
  constraint appraisal_person_member_key unique (tenant_id, round_id, member_id),
  constraint appraisal_person_round_fkey foreign key (tenant_id, round_id) references appraisal_round (tenant_id, id),
  constraint appraisal_person_grade_check check (grade is null or (is_graded and grade in ('excellent', 'qualified', 'basic', 'unqualified'))),
  constraint appraisal_person_feedback_check check (feedback in ('untold', 'signed', 'objected', 'answered'))
);
select app_shard('appraisal_person', 'tenant');
create index appraisal_person_scope on appraisal_person (tenant_id, org_path);
create index appraisal_person_person on appraisal_person (tenant_id, person_id);
alter table appraisal_person enable row level security;
alter table appraisal_person force row level security;
create policy appraisal_person_all on appraisal_person using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on appraisal_person to tongxin_app;

-- What was said of somebody at the meeting, by name. Taken back with a reason, never removed.
create table appraisal_comment (
  tenant_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  org_path text collate "C" not null,
  by_id uuid not null,
  about_id uuid not null,
  comment bytea not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  removed_reason text,
  constraint appraisal_comment_pkey primary key (tenant_id, id),
  constraint appraisal_comment_round_fkey foreign key (tenant_id, round_id) references appraisal_round (tenant_id, id),
  constraint appraisal_comment_about_check check (by_id <> about_id)
);
select app_shard('appraisal_comment', 'tenant');
create index appraisal_comment_round on appraisal_comment (tenant_id, round_id, id);
create index appraisal_comment_scope on appraisal_comment (tenant_id, org_path);
alter table appraisal_comment enable row level security;
alter table appraisal_comment force row level security;
create policy appraisal_comment_all on appraisal_comment using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on appraisal_comment to tongxin_app;

-- Who has returned a sheet: that, and nothing else.
create table appraisal_return (
  tenant_id uuid not null,
  round_id uuid not null,
  subject_id uuid not null,
  org_path text collate "C" not null,
  constraint appraisal_return_pkey primary key (tenant_id, round_id, subject_id),
  constraint appraisal_return_round_fkey foreign key (tenant_id, round_id) references appraisal_round (tenant_id, id)
);
select app_shard('appraisal_return', 'tenant');
create index appraisal_return_scope on appraisal_return (tenant_id, org_path);
alter table appraisal_return enable row level security;
alter table appraisal_return force row level security;
create policy appraisal_return_all on appraisal_return using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on appraisal_return to tongxin_app;

-- One-time codes of raters outside the branch: a hash, gone as soon as it is used. Who drew which slip stands nowhere.
create table appraisal_code (
  code_hash bytea not null,
  tenant_id uuid not null,
  round_id uuid not null,
  constraint appraisal_code_pkey primary key (code_hash)
);
select app_shard('appraisal_code', 'local');
create index appraisal_code_round on appraisal_code (tenant_id, round_id);
grant select, insert, delete on appraisal_code to tongxin_app;

-- The box: sheets, sealed, until it is opened. No person, no time; emptied when the sheets are mixed.
create table appraisal_hopper (
  tenant_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  org_path text collate "C" not null,
  sheet bytea not null,
  constraint appraisal_hopper_pkey primary key (tenant_id, id),
  constraint appraisal_hopper_round_fkey foreign key (tenant_id, round_id) references appraisal_round (tenant_id, id)
);
select app_shard('appraisal_hopper', 'tenant');
create index appraisal_hopper_round on appraisal_hopper (tenant_id, round_id);
create index appraisal_hopper_scope on appraisal_hopper (tenant_id, org_path);
alter table appraisal_hopper enable row level security;
alter table appraisal_hopper force row level security;
create policy appraisal_hopper_all on appraisal_hopper using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, delete, update (org_path) on appraisal_hopper to tongxin_app;

-- The mixed sheets, taken apart into single marks: random ids, written in one transaction in random order. The
-- application may add to them and not read them; results are read from appraisal_count.
create table appraisal_mark (
  tenant_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  org_path text collate "C" not null,
  subject_id uuid not null,
  rater_group text not null,
  mark text not null,
  constraint appraisal_mark_pkey primary key (tenant_id, id),
  constraint appraisal_mark_round_fkey foreign key (tenant_id, round_id) references appraisal_round (tenant_id, id),
  constraint appraisal_mark_group_check check (rater_group in ('members', 'masses')),
  constraint appraisal_mark_mark_check check (mark in ('excellent', 'qualified', 'basic', 'unqualified', 'abstained'))
);
select app_shard('appraisal_mark', 'tenant');
create index appraisal_mark_scope on appraisal_mark (tenant_id, org_path);
alter table appraisal_mark enable row level security;
alter table appraisal_mark force row level security;
create policy appraisal_mark_all on appraisal_mark using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select (tenant_id, org_path), insert, update (org_path) on appraisal_mark to tongxin_app;

-- The result, counted once at the closing.
create table appraisal_count (
  tenant_id uuid not null,
  round_id uuid not null,
  subject_id uuid not null,
  rater_group text not null,
  org_path text collate "C" not null,
  excellent integer not null,
  qualified integer not null,
  basic integer not null,
  unqualified integer not null,
  abstained integer not null,
  constraint appraisal_count_pkey primary key (tenant_id, round_id, subject_id, rater_group),
  constraint appraisal_count_round_fkey foreign key (tenant_id, round_id) references appraisal_round (tenant_id, id)
);
select app_shard('appraisal_count', 'tenant');
create index appraisal_count_scope on appraisal_count (tenant_id, org_path);
alter table appraisal_count enable row level security;
alter table appraisal_count force row level security;
create policy appraisal_count_all on appraisal_count using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on appraisal_count to tongxin_app;
