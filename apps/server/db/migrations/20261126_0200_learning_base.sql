-- module: learning
-- tables: learning_course tenant, learning_version tenant, learning_file tenant, learning_plan tenant, learning_plan_course tenant, learning_progress tenant, learning_mark tenant, learning_favourite tenant, learning_habit tenant, learning_habit_day tenant
-- locks: none, new tables; one policy more on org_post

-- Who an audience is for may depend on the own post, which may be held above the own branch.
create function app_member() returns uuid language sql stable as $$
  select m.id from members_member m where m.tenant_id = app_tenant() and m.person_id = app_person() and m.deleted_at is null limit 1
$$;
grant execute on function app_member() to tongxin_app;
create policy org_post_own on org_post for select using (tenant_id = (select app_tenant()) and member_id = (select app_member()));

-- A course: its facts are those of the version that learners are given, or of the first draft before there is one.
create table learning_course (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  title text not null,
  summary text not null default '',
  column_code text not null,
  kind text not null,
  theme text not null default '',
  lecturer text not null default '',
  is_required boolean not null default false,
  quarters integer not null default 0,
  minutes integer not null default 0,
  audience_id uuid not null,
  audience_path text collate "C" not null,
  audience_kinds text[] not null,
  audience_posts text[] not null default '{}',
  audience_levels text[] not null default '{}',
  is_public boolean not null default false,
  is_downloadable boolean not null default false,
  valid_from date,
  valid_until date,
  cover_id uuid,
  blocks integer not null default 0,
  state text not null default 'draft',
  live_version integer,
  open_state text,
  withdrawn_reason text,
  enrolled integer not null default 0,
  completed integer not null default 0,
  rating_sum integer not null default 0,
  rating_count integer not null default 0,
  created_by uuid not null,
  changed_at timestamptz not null,
  released_at timestamptz,
  version integer not null default 1,
  constraint learning_course_pkey primary key (tenant_id, id),
  constraint learning_course_column_check check (column_code in ('rules', 'theory', 'history', 'affairs', 'work', 'integrity')),
  constraint learning_course_kind_check check (kind in ('video', 'audio', 'article', 'document', 'package', 'live', 'lecture', 'micro')),
  constraint learning_course_state_check check (state in ('draft', 'live', 'withdrawn')),
  constraint learning_course_open_check check (open_state in ('draft', 'submitted', 'reviewed')),
  constraint learning_course_live_check check ((state = 'draft') = (live_version is null)),
  constraint learning_course_withdrawn_check check ((state = 'withdrawn') = (withdrawn_reason is not null))
);
select app_shard('learning_course', 'tenant');
create index learning_course_scope on learning_course (tenant_id, org_path, changed_at, id);
create index learning_course_audience on learning_course (tenant_id, audience_path, released_at, id) where state = 'live';
alter table learning_course enable row level security;
alter table learning_course force row level security;
create policy learning_course_read on learning_course for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or (state <> 'draft' and (app_above_scope(audience_path) or app_in_scope(audience_path)))));
create policy learning_course_insert on learning_course for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy learning_course_update on learning_course for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on learning_course to tongxin_app;

-- One version of the content. Released ones are frozen: people in the middle of a course go on in theirs.
create table learning_version (
  tenant_id uuid not null,
  course_id uuid not null,
  number integer not null,
  org_path text collate "C" not null,
  state text not null default 'draft',
  content jsonb not null,
  writer_ids uuid[] not null,
  submitted_by uuid,
  submitted_at timestamptz,
  reviewed_by uuid,
  reviewed_at timestamptz,
  released_by uuid,
  released_at timestamptz,
  returned_reason text,
  constraint learning_version_pkey primary key (tenant_id, course_id, number),
  constraint learning_version_course_fkey foreign key (tenant_id, course_id) references learning_course (tenant_id, id),
  constraint learning_version_state_check check (state in ('draft', 'submitted', 'reviewed', 'released')),
  constraint learning_version_hands_check check (reviewed_by is null or (reviewed_by is distinct from submitted_by and reviewed_by <> all (writer_ids))),
  constraint learning_version_third_check check (released_by is null or (released_by is distinct from submitted_by and released_by is distinct from reviewed_by and released_by <> all (writer_ids))),
  constraint learning_version_released_check check (state <> 'released' or (submitted_by is not null and reviewed_by is not null and released_by is not null and content ->> 'source' is not null))
);
select app_shard('learning_version', 'tenant');
create unique index learning_version_open on learning_version (tenant_id, course_id) where state <> 'released';
create index learning_version_scope on learning_version (tenant_id, org_path);
alter table learning_version enable row level security;
alter table learning_version force row level security;
create policy learning_version_read on learning_version for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or (state = 'released' and exists (
    select from learning_course c where c.tenant_id = learning_version.tenant_id and c.id = learning_version.course_id))));
create policy learning_version_insert on learning_version for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy learning_version_update on learning_version for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy learning_version_delete on learning_version for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path) and state <> 'released');
grant select, insert, update, delete on learning_version to tongxin_app;

-- To which course a file of the store belongs: whoever may read the course may open it.
create table learning_file (
  tenant_id uuid not null,
  file_id uuid not null,
  course_id uuid not null,
  org_path text collate "C" not null,
  constraint learning_file_pkey primary key (tenant_id, file_id),
  constraint learning_file_course_fkey foreign key (tenant_id, course_id) references learning_course (tenant_id, id)
);
select app_shard('learning_file', 'tenant');
create index learning_file_scope on learning_file (tenant_id, org_path);
create index learning_file_course on learning_file (tenant_id, course_id);
alter table learning_file enable row level security;
alter table learning_file force row level security;
create policy learning_file_read on learning_file for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or exists (
    select from learning_course c where c.tenant_id = learning_file.tenant_id and c.id = learning_file.course_id)));
create policy learning_file_insert on learning_file for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy learning_file_update on learning_file for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on learning_file to tongxin_app;

-- A plan names an audience and courses; nobody of the audience has a row before beginning to learn.
create table learning_plan (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  year integer not null,
  title text not null,
  note text not null default '',
  audience_id uuid not null,
  audience_path text collate "C" not null,
  audience_kinds text[] not null,
  audience_posts text[] not null default '{}',
  audience_levels text[] not null default '{}',
  state text not null default 'draft',
  due_on date,
  closed_reason text,
  created_by uuid not null,
  published_at timestamptz,
  reminded_at timestamptz,
  updated_at timestamptz not null,
  version integer not null default 1,
  constraint learning_plan_pkey primary key (tenant_id, id),
  constraint learning_plan_kind_check check (kind in ('annual', 'assignment')),
  constraint learning_plan_state_check check (state in ('draft', 'published', 'closed')),
  constraint learning_plan_closed_check check ((state = 'closed') = (closed_reason is not null))
);
select app_shard('learning_plan', 'tenant');
create index learning_plan_scope on learning_plan (tenant_id, org_path, year, id);
create index learning_plan_audience on learning_plan (tenant_id, audience_path) where state = 'published';
alter table learning_plan enable row level security;
alter table learning_plan force row level security;
create policy learning_plan_read on learning_plan for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or (state <> 'draft' and (app_above_scope(audience_path) or app_in_scope(audience_path)))));
create policy learning_plan_insert on learning_plan for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy learning_plan_update on learning_plan for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on learning_plan to tongxin_app;

create table learning_plan_course (
  tenant_id uuid not null,
  plan_id uuid not null,
  course_id uuid not null,
  org_path text collate "C" not null,
  position integer not null,
  is_required boolean not null,
  due_on date,
  constraint learning_plan_course_pkey primary key (tenant_id, plan_id, course_id),
  constraint learning_plan_course_plan_fkey foreign key (tenant_id, plan_id) references learning_plan (tenant_id, id),
  constraint learning_plan_course_course_fkey foreign key (tenant_id, course_id) references learning_course (tenant_id, id)
);
select app_shard('learning_plan_course', 'tenant');
create index learning_plan_course_scope on learning_plan_course (tenant_id, org_path);
create index learning_plan_course_due on learning_plan_course (tenant_id, due_on) where due_on is not null;
alter table learning_plan_course enable row level security;
alter table learning_plan_course force row level security;
create policy learning_plan_course_read on learning_plan_course for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or exists (
    select from learning_plan p where p.tenant_id = learning_plan_course.tenant_id and p.id = learning_plan_course.plan_id)));
create policy learning_plan_course_insert on learning_plan_course for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy learning_plan_course_update on learning_plan_course for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy learning_plan_course_delete on learning_plan_course for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update, delete on learning_plan_course to tongxin_app;

-- Who has begun a course, in which version, and how far. `org_path` follows the person.
create table learning_progress (
  tenant_id uuid not null,
  course_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  number integer not null,
  done integer not null default 0,
  total integer not null,
  last_block_id uuid,
  started_at timestamptz not null,
  last_at timestamptz not null,
  completed_at timestamptz,
  rating smallint,
  constraint learning_progress_pkey primary key (tenant_id, course_id, member_id),
  constraint learning_progress_course_fkey foreign key (tenant_id, course_id) references learning_course (tenant_id, id),
  constraint learning_progress_rating_check check (rating is null or (rating between 1 and 5 and completed_at is not null))
);
select app_shard('learning_progress', 'tenant');
create index learning_progress_scope on learning_progress (tenant_id, org_path, course_id);
create index learning_progress_member on learning_progress (tenant_id, member_id, last_at);
create index learning_progress_person on learning_progress (tenant_id, person_id, last_at);
alter table learning_progress enable row level security;
alter table learning_progress force row level security;
create policy learning_progress_read on learning_progress for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy learning_progress_insert on learning_progress for insert with check (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy learning_progress_update on learning_progress for update using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on learning_progress to tongxin_app;

-- One block for one learner: done stays done, the latest place on any device wins. Kept apart from the row above,
-- because it is written hot.
create table learning_mark (
  tenant_id uuid not null,
  course_id uuid not null,
  member_id uuid not null,
  block_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  place integer not null default 0,
  place_at timestamptz not null,
  done_at timestamptz,
  choice smallint,
  choice_at timestamptz,
  constraint learning_mark_pkey primary key (tenant_id, course_id, member_id, block_id),
  constraint learning_mark_choice_check check ((choice is null) = (choice_at is null)),
  constraint learning_mark_progress_fkey foreign key (tenant_id, course_id, member_id) references learning_progress (tenant_id, course_id, member_id)
);
select app_shard('learning_mark', 'tenant');
create index learning_mark_scope on learning_mark (tenant_id, org_path);
alter table learning_mark enable row level security;
alter table learning_mark force row level security;
create policy learning_mark_read on learning_mark for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy learning_mark_insert on learning_mark for insert with check (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy learning_mark_update on learning_mark for update using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on learning_mark to tongxin_app;

create table learning_favourite (
  tenant_id uuid not null,
  person_id uuid not null,
  course_id uuid not null,
  org_path text collate "C" not null,
  at timestamptz not null,
  constraint learning_favourite_pkey primary key (tenant_id, person_id, course_id),
  constraint learning_favourite_course_fkey foreign key (tenant_id, course_id) references learning_course (tenant_id, id)
);
select app_shard('learning_favourite', 'tenant');
create index learning_favourite_scope on learning_favourite (tenant_id, org_path);
alter table learning_favourite enable row level security;
alter table learning_favourite force row level security;
create policy learning_favourite_own on learning_favourite using (tenant_id = (select app_tenant()) and person_id = (select app_person()))
  with check (tenant_id = (select app_tenant()) and person_id = (select app_person()));
-- Only for the move of an organisation.
create policy learning_favourite_move on learning_favourite for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, delete, update (org_path) on learning_favourite to tongxin_app;

-- One micro-lesson a day, by choice of the person; no row means off.
create table learning_habit (
  tenant_id uuid not null,
  person_id uuid not null,
  member_id uuid not null,
  org_path text collate "C" not null,
  is_on boolean not null,
  hour smallint not null,
  updated_at timestamptz not null,
  constraint learning_habit_pkey primary key (tenant_id, person_id),
  constraint learning_habit_hour_check check (hour between 6 and 22)
);
select app_shard('learning_habit', 'tenant');
create index learning_habit_scope on learning_habit (tenant_id, org_path);
create index learning_habit_hour on learning_habit (tenant_id, hour) where is_on;
alter table learning_habit enable row level security;
alter table learning_habit force row level security;
create policy learning_habit_all on learning_habit using (tenant_id = (select app_tenant()) and (person_id = (select app_person()) or app_in_scope(org_path)))
  with check (tenant_id = (select app_tenant()) and (person_id = (select app_person()) or app_in_scope(org_path)));
grant select, insert, update on learning_habit to tongxin_app;

-- Which micro-lesson was sent on a day: a second run of the hour sends nothing again.
create table learning_habit_day (
  tenant_id uuid not null,
  person_id uuid not null,
  on_date date not null,
  org_path text collate "C" not null,
  course_id uuid not null,
  constraint learning_habit_day_pkey primary key (tenant_id, person_id, on_date),
  constraint learning_habit_day_course_fkey foreign key (tenant_id, course_id) references learning_course (tenant_id, id)
);
select app_shard('learning_habit_day', 'tenant');
create index learning_habit_day_scope on learning_habit_day (tenant_id, org_path);
alter table learning_habit_day enable row level security;
alter table learning_habit_day force row level security;
create policy learning_habit_day_all on learning_habit_day using (tenant_id = (select app_tenant()) and (person_id = (select app_person()) or app_in_scope(org_path)))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, delete, update (org_path) on learning_habit_day to tongxin_app;
