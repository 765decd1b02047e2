-- module: topics
-- tables: topics_wish tenant, topics_support tenant, topics_enrolment tenant, topics_rating tenant, topics_lecturer tenant, topics_slot tenant, topics_proposal tenant, topics_run tenant, topics_merge tenant
-- locks: none, new tables

-- What somebody wants to learn. `org_path`: the unit for which the lesson is wished; its people see and support it.
create table topics_wish (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  level text not null,
  person_id uuid not null,
  member_id uuid not null,
  made_by text not null,
  title text collate "C" not null,
  why text not null,
  tags text[] not null,
  format text not null,
  place text not null,
  parts text[] not null,
  from_on date not null,
  until_on date not null,
  threshold integer not null,
  closes_on date not null,
  state text not null default 'gathering',
  -- Where a hidden or merged wish returns to.
  state_before text,
  reason text,
  supporters integer not null default 0,
  enrolled integer not null default 0,
  completed integer not null default 0,
  ratings integer not null default 0,
  rating_sum integer not null default 0,
  merged_into uuid,
  meeting_id uuid,
  course_id uuid,
  lesson jsonb,
  taught_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint topics_wish_pkey primary key (tenant_id, id),
  constraint topics_wish_state_check check (state in ('gathering', 'reached', 'recruiting', 'scheduled', 'taught', 'rated', 'unmet', 'merged', 'hidden', 'withdrawn')),
  constraint topics_wish_level_check check (level in ('committee', 'general_branch', 'branch')),
  constraint topics_wish_dates_check check (until_on >= from_on),
  constraint topics_wish_hidden_check check (state <> 'hidden' or reason is not null),
  constraint topics_wish_merged_check check ((state = 'merged') = (merged_into is not null))
);
select app_shard('topics_wish', 'tenant');
create index topics_wish_scope on topics_wish (tenant_id, org_path, created_at, id);
create index topics_wish_when on topics_wish (tenant_id, created_at, id);
create index topics_wish_person on topics_wish (tenant_id, person_id);
create index topics_wish_closing on topics_wish (tenant_id, closes_on) where state = 'gathering';
create index topics_wish_meeting on topics_wish (tenant_id, meeting_id) where meeting_id is not null;

-- One support per person. `merge_id`: it came over from a merged wish, and goes when the merge is taken back.
create table topics_support (
  tenant_id uuid not null,
  wish_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  merge_id uuid,
  at timestamptz not null,
  constraint topics_support_pkey primary key (tenant_id, wish_id, person_id)
);
select app_shard('topics_support', 'tenant');
create index topics_support_person on topics_support (tenant_id, person_id);
create index topics_support_scope on topics_support (tenant_id, org_path);

create table topics_enrolment (
  tenant_id uuid not null,
  wish_id uuid not null,
  person_id uuid not null,
  member_id uuid not null,
  org_path text collate "C" not null,
  at timestamptz not null,
  -- False for those who came without saying so before.
  is_enrolled boolean not null default true,
  attended_at timestamptz,
  constraint topics_enrolment_pkey primary key (tenant_id, wish_id, person_id)
);
select app_shard('topics_enrolment', 'tenant');
create index topics_enrolment_person on topics_enrolment (tenant_id, person_id);
create index topics_enrolment_scope on topics_enrolment (tenant_id, org_path);

-- Shown to its author alone; everybody else sees the mean of at least three.
create table topics_rating (
  tenant_id uuid not null,
  wish_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  stars smallint not null,
  remark text,
  at timestamptz not null,
  constraint topics_rating_pkey primary key (tenant_id, wish_id, person_id),
  constraint topics_rating_stars_check check (stars between 1 and 5)
);
select app_shard('topics_rating', 'tenant');
create index topics_rating_scope on topics_rating (tenant_id, org_path);

-- Whoever offers to teach. Credentials are accepted by somebody else. `person_id` null: a lecturer from outside.
create table topics_lecturer (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid,
  member_id uuid,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  name text collate "C" not null,
  employer text,
  bio text not null,
  tags text[] not null,
  topics text[] not null,
  formats text[] not null,
  levels text[] not null,
  is_online boolean not null,
  max_per_month smallint not null,
  max_distance smallint not null,
  sample_file_id uuid,
  sample_file_name text,
  state text not null default 'submitted',
  reason text,
  submitted_by uuid not null,
  submitted_name text not null,
  reviewed_by uuid,
  reviewed_name text,
  submitted_at timestamptz not null,
  updated_at timestamptz not null,
  constraint topics_lecturer_pkey primary key (tenant_id, id),
  constraint topics_lecturer_state_check check (state in ('submitted', 'approved', 'returned', 'ended')),
  constraint topics_lecturer_second_check check (reviewed_by is null or (reviewed_by <> submitted_by and reviewed_by is distinct from person_id)),
  constraint topics_lecturer_outside_check check ((person_id is null) = (employer is not null))
);
select app_shard('topics_lecturer', 'tenant');
create unique index topics_lecturer_person on topics_lecturer (tenant_id, person_id) where person_id is not null;
create index topics_lecturer_scope on topics_lecturer (tenant_id, org_path, name, id);
create index topics_lecturer_when on topics_lecturer (tenant_id, submitted_at, id);
create index topics_lecturer_tags on topics_lecturer using gin (tags);

create table topics_slot (
  tenant_id uuid not null,
  id uuid not null,
  lecturer_id uuid not null,
  person_id uuid,
  org_path text collate "C" not null,
  on_date date not null,
  part text not null,
  constraint topics_slot_pkey primary key (tenant_id, id),
  constraint topics_slot_time_key unique (tenant_id, lecturer_id, on_date, part),
  constraint topics_slot_part_check check (part in ('weekday', 'evening', 'weekend'))
);
select app_shard('topics_slot', 'tenant');
create index topics_slot_scope on topics_slot (tenant_id, org_path, on_date);

-- A lesson that was proposed: both sides say yes before it is scheduled. Waiting ones follow by rank.
create table topics_proposal (
  tenant_id uuid not null,
  id uuid not null,
  wish_id uuid not null,
  lecturer_id uuid not null,
  slot_id uuid not null,
  -- The lecturer, where it is a person of the tenant: answers for himself.
  person_id uuid,
  -- What the lecturer is asked for: the wish itself may be of a unit whose wishes the lecturer does not see.
  title text not null,
  unit_name text not null,
  format text not null,
  place text not null,
  lecturer_name text not null,
  org_path text collate "C" not null,
  on_date date not null,
  part text not null,
  rank smallint not null,
  state text not null,
  unit_yes_at timestamptz,
  unit_yes_by uuid,
  lecturer_yes_at timestamptz,
  reasons jsonb,
  reason text,
  meeting_id uuid,
  proposed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint topics_proposal_pkey primary key (tenant_id, id),
  constraint topics_proposal_state_check check (state in ('waiting', 'proposed', 'agreed', 'scheduled', 'taught', 'declined', 'lapsed', 'no_show')),
  constraint topics_proposal_agreed_check check (state not in ('agreed', 'scheduled', 'taught') or (unit_yes_at is not null and lecturer_yes_at is not null)),
  constraint topics_proposal_reason_check check (state not in ('declined', 'no_show') or reason is not null)
);
select app_shard('topics_proposal', 'tenant');
create unique index topics_proposal_wish_key on topics_proposal (tenant_id, wish_id) where state in ('proposed', 'agreed', 'scheduled');
create unique index topics_proposal_slot_key on topics_proposal (tenant_id, slot_id) where state in ('proposed', 'agreed', 'scheduled', 'taught');
create index topics_proposal_wish on topics_proposal (tenant_id, wish_id);
create index topics_proposal_lecturer on topics_proposal (tenant_id, lecturer_id, on_date);
create index topics_proposal_scope on topics_proposal (tenant_id, org_path, on_date, id);
create index topics_proposal_when on topics_proposal (tenant_id, on_date, id);
create index topics_proposal_open on topics_proposal (tenant_id, proposed_at) where state = 'proposed';

-- One matching: what came out, and why wishes were left out.
create table topics_run (
  tenant_id uuid not null,
  id uuid not null,
  org_path text collate "C" not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  result jsonb not null,
  constraint topics_run_pkey primary key (tenant_id, id)
);
select app_shard('topics_run', 'tenant');
create index topics_run_scope on topics_run (tenant_id, org_path, at);

create table topics_merge (
  tenant_id uuid not null,
  id uuid not null,
  from_id uuid not null,
  into_id uuid not null,
  org_path text collate "C" not null,
  by_id uuid not null,
  reason text not null,
  moved integer not null,
  -- The state of the other wish before supporters came over, for taking it back.
  into_state text not null,
  at timestamptz not null,
  undone_at timestamptz,
  constraint topics_merge_pkey primary key (tenant_id, id)
);
select app_shard('topics_merge', 'tenant');
create unique index topics_merge_open_key on topics_merge (tenant_id, from_id) where undone_at is null;
create index topics_merge_scope on topics_merge (tenant_id, org_path);

-- People of a unit see the wishes of the units above theirs, and their support and enrolment are counted there.
alter table topics_wish enable row level security;
alter table topics_wish force row level security;
create policy topics_wish_read on topics_wish for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy topics_wish_insert on topics_wish for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or (app_above_scope(org_path) and person_id = (select app_person()))));
create policy topics_wish_update on topics_wish for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
grant select, insert, update on topics_wish to tongxin_app;

alter table topics_support enable row level security;
alter table topics_support force row level security;
create policy topics_support_read on topics_support for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy topics_support_insert on topics_support for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy topics_support_update on topics_support for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy topics_support_delete on topics_support for delete using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update, delete on topics_support to tongxin_app;

alter table topics_enrolment enable row level security;
alter table topics_enrolment force row level security;
create policy topics_enrolment_read on topics_enrolment for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy topics_enrolment_insert on topics_enrolment for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy topics_enrolment_update on topics_enrolment for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy topics_enrolment_delete on topics_enrolment for delete using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update, delete on topics_enrolment to tongxin_app;

alter table topics_rating enable row level security;
alter table topics_rating force row level security;
create policy topics_rating_read on topics_rating for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy topics_rating_insert on topics_rating for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy topics_rating_update on topics_rating for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on topics_rating to tongxin_app;

-- Who teaches is known to everybody who sees the unit or stands below it.
alter table topics_lecturer enable row level security;
alter table topics_lecturer force row level security;
create policy topics_lecturer_read on topics_lecturer for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path) or person_id = (select app_person())));
create policy topics_lecturer_insert on topics_lecturer for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy topics_lecturer_update on topics_lecturer for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on topics_lecturer to tongxin_app;

alter table topics_slot enable row level security;
alter table topics_slot force row level security;
create policy topics_slot_read on topics_slot for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy topics_slot_insert on topics_slot for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy topics_slot_update on topics_slot for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy topics_slot_delete on topics_slot for delete using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update (org_path), delete on topics_slot to tongxin_app;

alter table topics_proposal enable row level security;
alter table topics_proposal force row level security;
create policy topics_proposal_read on topics_proposal for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy topics_proposal_insert on topics_proposal for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy topics_proposal_update on topics_proposal for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy topics_proposal_delete on topics_proposal for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update, delete on topics_proposal to tongxin_app;

alter table topics_run enable row level security;
alter table topics_run force row level security;
create policy topics_run_read on topics_run for select using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy topics_run_insert on topics_run for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy topics_run_update on topics_run for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on topics_run to tongxin_app;

alter table topics_merge enable row level security;
alter table topics_merge force row level security;
create policy topics_merge_read on topics_merge for select using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy topics_merge_insert on topics_merge for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy topics_merge_update on topics_merge for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on topics_merge to tongxin_app;
