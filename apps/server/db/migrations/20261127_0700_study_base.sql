-- module: study
-- tables: study_note tenant, study_share tenant, study_draft tenant, study_checkin tenant, study_task tenant, study_work tenant, study_round tenant, study_remark tenant, study_group tenant, study_seat tenant, study_session tenant, study_feedback tenant, study_campaign tenant, study_done tenant, study_post tenant
-- locks: none, new tables

-- What somebody writes for himself alone: notes, drafts, the diary of days. These tables have no place in the tree, so
-- no scope reaches them: row security lets nobody but the writer read, whatever the post, and no job.
create table study_note (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  course_id uuid,
  course_title text,
  block_id uuid,
  second integer,
  quote text,
  body text not null,
  is_shared boolean not null default false,
  removed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint study_note_pkey primary key (tenant_id, id),
  constraint study_note_place_check check (course_id is not null or (block_id is null and second is null and quote is null))
);
select app_shard('study_note', 'tenant');
create index study_note_person on study_note (tenant_id, person_id, updated_at, id);
alter table study_note enable row level security;
alter table study_note force row level security;
create policy study_note_own on study_note using (tenant_id = (select app_tenant()) and person_id = (select app_person()))
  with check (tenant_id = (select app_tenant()) and person_id = (select app_person()));
grant select, insert, update, delete on study_note to tongxin_app;

-- `key`: the assignment, the work that came back, or the person itself for a reflection nobody asked for.
create table study_draft (
  tenant_id uuid not null,
  person_id uuid not null,
  key uuid not null,
  title text not null,
  body text not null,
  saved_at timestamptz not null,
  constraint study_draft_pkey primary key (tenant_id, person_id, key)
);
select app_shard('study_draft', 'tenant');
alter table study_draft enable row level security;
alter table study_draft force row level security;
create policy study_draft_own on study_draft using (tenant_id = (select app_tenant()) and person_id = (select app_person()))
  with check (tenant_id = (select app_tenant()) and person_id = (select app_person()));
grant select, insert, update, delete on study_draft to tongxin_app;

create table study_checkin (
  tenant_id uuid not null,
  person_id uuid not null,
  on_date date not null,
  kind text not null,
  words text not null,
  is_made_up boolean not null,
  at timestamptz not null,
  constraint study_checkin_pkey primary key (tenant_id, person_id, on_date),
  constraint study_checkin_kind_check check (kind in ('read', 'listen', 'write', 'discuss', 'practise'))
);
select app_shard('study_checkin', 'tenant');
alter table study_checkin enable row level security;
alter table study_checkin force row level security;
create policy study_checkin_own on study_checkin using (tenant_id = (select app_tenant()) and person_id = (select app_person()))
  with check (tenant_id = (select app_tenant()) and person_id = (select app_person()));
grant select, insert, update, delete on study_checkin to tongxin_app;

-- A copy of a note, made on purpose; taking it back deletes the copy.
create table study_share (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  writer text not null,
  course_id uuid,
  course_title text,
  block_id uuid,
  second integer,
  quote text,
  body text not null,
  shared_at timestamptz not null,
  constraint study_share_pkey primary key (tenant_id, id)
);
select app_shard('study_share', 'tenant');
create index study_share_scope on study_share (tenant_id, org_path, shared_at, id);
alter table study_share enable row level security;
alter table study_share force row level security;
create policy study_share_read on study_share for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy study_share_insert on study_share for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy study_share_update on study_share for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy study_share_delete on study_share for delete using (tenant_id = (select app_tenant()) and person_id = (select app_person()));
grant select, insert, update (org_path), delete on study_share to tongxin_app;

-- Homework or a reflection asked of everybody of a unit and below.
create table study_task (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  kind text not null,
  title text collate "C" not null,
  brief text not null,
  course_id uuid,
  min_words integer not null,
  max_words integer not null,
  needs_file boolean not null,
  is_for_members boolean not null,
  due_on date not null,
  state text not null default 'open',
  made_by text not null,
  made_by_id uuid not null,
  reminded_on date,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint study_task_pkey primary key (tenant_id, id),
  constraint study_task_kind_check check (kind in ('homework', 'reflection')),
  constraint study_task_state_check check (state in ('open', 'closed')),
  constraint study_task_words_check check (min_words between 0 and max_words)
);
select app_shard('study_task', 'tenant');
create index study_task_scope on study_task (tenant_id, org_path, due_on, id);
create index study_task_made on study_task (tenant_id, created_at, id);
create index study_task_due on study_task (tenant_id, due_on, id);
alter table study_task enable row level security;
alter table study_task force row level security;
create policy study_task_read on study_task for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy study_task_insert on study_task for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy study_task_update on study_task for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on study_task to tongxin_app;

-- What was handed in. `show_path`: whose people see it when it is shown; the unit that asked, or the writer's.
create table study_work (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid,
  kind text not null,
  person_id uuid not null,
  member_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  show_path text collate "C" not null,
  unit_name text not null,
  writer text collate "C" not null,
  title text collate "C" not null,
  words integer not null,
  round integer not null,
  state text not null,
  grade text,
  is_late boolean not null,
  wants_show boolean not null,
  shown_at timestamptz,
  -- Sketch of the newest round (MinHash), and its bands, by which alike works are found.
  sketch integer[] not null,
  bands text[] not null,
  handed_in_at timestamptz not null,
  updated_at timestamptz not null,
  constraint study_work_pkey primary key (tenant_id, id),
  constraint study_work_kind_check check (kind in ('homework', 'reflection')),
  constraint study_work_state_check check (state in ('handed_in', 'returned', 'marked')),
  constraint study_work_grade_check check ((state = 'marked') = (grade is not null)),
  constraint study_work_shown_check check (shown_at is null or (wants_show and grade = 'excellent'))
);
select app_shard('study_work', 'tenant');
create unique index study_work_task_key on study_work (tenant_id, task_id, person_id) where task_id is not null;
create index study_work_scope on study_work (tenant_id, org_path, handed_in_at, id);
create index study_work_when on study_work (tenant_id, handed_in_at, id);
create index study_work_person on study_work (tenant_id, person_id, handed_in_at, id);
create index study_work_shown on study_work (tenant_id, show_path, shown_at) where shown_at is not null;
create index study_work_bands on study_work using gin (bands);
alter table study_work enable row level security;
alter table study_work force row level security;
create policy study_work_read on study_work for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person()) or (shown_at is not null and app_above_scope(show_path))));
create policy study_work_insert on study_work for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy study_work_update on study_work for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on study_work to tongxin_app;

-- One hand-in and what came back: nothing of it is written over.
create table study_round (
  tenant_id uuid not null,
  work_id uuid not null,
  round integer not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  body text not null,
  files jsonb not null,
  handed_in_at timestamptz not null,
  result text,
  grade text,
  comment text,
  marked_by text,
  marked_by_id uuid,
  marked_at timestamptz,
  constraint study_round_pkey primary key (tenant_id, work_id, round),
  constraint study_round_result_check check (result is null or (result in ('returned', 'marked') and marked_by is not null)),
  constraint study_round_second_check check (marked_by_id is null or marked_by_id <> person_id)
);
select app_shard('study_round', 'tenant');
create index study_round_scope on study_round (tenant_id, org_path);
alter table study_round enable row level security;
alter table study_round force row level security;
create policy study_round_read on study_round for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person()) or exists (select from study_work w
    where w.tenant_id = study_round.tenant_id and w.id = study_round.work_id and w.shown_at is not null and app_above_scope(w.show_path))));
create policy study_round_insert on study_round for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy study_round_update on study_round for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on study_round to tongxin_app;

-- What people say on a work that is shown. `org_path`: the unit to whose people it is shown.
create table study_remark (
  tenant_id uuid not null,
  id uuid not null,
  work_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  writer text not null,
  body text not null,
  withdrawn_at timestamptz,
  at timestamptz not null,
  constraint study_remark_pkey primary key (tenant_id, id)
);
select app_shard('study_remark', 'tenant');
create index study_remark_work on study_remark (tenant_id, work_id, at);
create index study_remark_scope on study_remark (tenant_id, org_path);
alter table study_remark enable row level security;
alter table study_remark force row level security;
create policy study_remark_read on study_remark for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy study_remark_insert on study_remark for insert with check (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or (app_above_scope(org_path) and person_id = (select app_person()))));
create policy study_remark_update on study_remark for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
grant select, insert, update on study_remark to tongxin_app;

create table study_group (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  name text collate "C" not null,
  theme text not null,
  leader_id uuid not null,
  leader_person_id uuid not null,
  leader text not null,
  members integer not null,
  state text not null default 'active',
  reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint study_group_pkey primary key (tenant_id, id),
  constraint study_group_state_check check (state in ('active', 'ended'))
);
select app_shard('study_group', 'tenant');
create index study_group_scope on study_group (tenant_id, org_path, created_at, id);
create index study_group_made on study_group (tenant_id, created_at, id);
alter table study_group enable row level security;
alter table study_group force row level security;
create policy study_group_read on study_group for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy study_group_insert on study_group for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy study_group_update on study_group for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
grant select, insert, update on study_group to tongxin_app;

create table study_seat (
  tenant_id uuid not null,
  group_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  constraint study_seat_pkey primary key (tenant_id, group_id, member_id)
);
select app_shard('study_seat', 'tenant');
create index study_seat_person on study_seat (tenant_id, person_id);
create index study_seat_scope on study_seat (tenant_id, org_path);
alter table study_seat enable row level security;
alter table study_seat force row level security;
create policy study_seat_read on study_seat for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy study_seat_insert on study_seat for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy study_seat_update on study_seat for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy study_seat_delete on study_seat for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path), delete on study_seat to tongxin_app;

create table study_session (
  tenant_id uuid not null,
  id uuid not null,
  group_id uuid not null,
  org_path text collate "C" not null,
  on_date date not null,
  topic text not null,
  place text not null,
  state text not null default 'planned',
  reason text,
  minutes text,
  present uuid[],
  files jsonb not null,
  written_by text,
  updated_at timestamptz not null,
  constraint study_session_pkey primary key (tenant_id, id),
  constraint study_session_state_check check (state in ('planned', 'held', 'cancelled')),
  constraint study_session_held_check check (state <> 'held' or (minutes is not null and present is not null)),
  constraint study_session_reason_check check (state <> 'cancelled' or reason is not null)
);
select app_shard('study_session', 'tenant');
create index study_session_group on study_session (tenant_id, group_id, on_date);
create index study_session_scope on study_session (tenant_id, org_path);
alter table study_session enable row level security;
alter table study_session force row level security;
create policy study_session_read on study_session for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy study_session_insert on study_session for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy study_session_update on study_session for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
grant select, insert, update on study_session to tongxin_app;

-- Between two members: no place in the tree, so nobody else reads it.
create table study_feedback (
  tenant_id uuid not null,
  id uuid not null,
  group_id uuid not null,
  session_id uuid not null,
  from_person_id uuid not null,
  to_person_id uuid not null,
  from_name text not null,
  to_name text not null,
  body text not null,
  at timestamptz not null,
  constraint study_feedback_pkey primary key (tenant_id, id),
  constraint study_feedback_two_check check (from_person_id <> to_person_id)
);
select app_shard('study_feedback', 'tenant');
create index study_feedback_group on study_feedback (tenant_id, group_id, at);
alter table study_feedback enable row level security;
alter table study_feedback force row level security;
create policy study_feedback_read on study_feedback for select using (tenant_id = (select app_tenant())
  and (from_person_id = (select app_person()) or to_person_id = (select app_person())));
create policy study_feedback_insert on study_feedback for insert with check (tenant_id = (select app_tenant()) and from_person_id = (select app_person()));
grant select, insert on study_feedback to tongxin_app;

create table study_campaign (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  title text collate "C" not null,
  theme text not null,
  about text not null,
  from_on date not null,
  until_on date not null,
  tasks jsonb not null,
  questions jsonb not null,
  is_moderated boolean not null,
  state text not null,
  summary text,
  summary_by text,
  outcome text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint study_campaign_pkey primary key (tenant_id, id),
  constraint study_campaign_state_check check (state in ('draft', 'open', 'closed')),
  constraint study_campaign_dates_check check (until_on >= from_on),
  constraint study_campaign_closed_check check (state <> 'closed' or outcome is not null)
);
select app_shard('study_campaign', 'tenant');
create index study_campaign_scope on study_campaign (tenant_id, org_path, created_at, id);
create index study_campaign_made on study_campaign (tenant_id, created_at, id);
create index study_campaign_until on study_campaign (tenant_id, until_on, id);
alter table study_campaign enable row level security;
alter table study_campaign force row level security;
create policy study_campaign_read on study_campaign for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or (state <> 'draft' and app_above_scope(org_path))));
create policy study_campaign_insert on study_campaign for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy study_campaign_update on study_campaign for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on study_campaign to tongxin_app;

create table study_done (
  tenant_id uuid not null,
  campaign_id uuid not null,
  task_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  at timestamptz not null,
  constraint study_done_pkey primary key (tenant_id, campaign_id, task_id, person_id)
);
select app_shard('study_done', 'tenant');
create index study_done_scope on study_done (tenant_id, org_path);
create index study_done_person on study_done (tenant_id, person_id);
alter table study_done enable row level security;
alter table study_done force row level security;
create policy study_done_read on study_done for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy study_done_insert on study_done for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy study_done_update on study_done for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy study_done_delete on study_done for delete using (tenant_id = (select app_tenant()) and person_id = (select app_person()));
grant select, insert, update (org_path), delete on study_done to tongxin_app;

create table study_post (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  question_at smallint not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  writer text not null,
  unit_name text not null,
  body text not null,
  state text not null,
  reason text,
  is_pinned boolean not null default false,
  decided_by text,
  at timestamptz not null,
  updated_at timestamptz not null,
  constraint study_post_pkey primary key (tenant_id, id),
  constraint study_post_state_check check (state in ('waiting', 'shown', 'hidden', 'withdrawn')),
  constraint study_post_hidden_check check (state <> 'hidden' or reason is not null),
  constraint study_post_pinned_check check (not is_pinned or state = 'shown')
);
select app_shard('study_post', 'tenant');
create index study_post_campaign on study_post (tenant_id, campaign_id, at, id);
create index study_post_waiting on study_post (tenant_id, org_path) where state = 'waiting';
create index study_post_scope on study_post (tenant_id, org_path);
alter table study_post enable row level security;
alter table study_post force row level security;
create policy study_post_read on study_post for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person()) or (state = 'shown' and app_above_scope(org_path))));
create policy study_post_insert on study_post for insert with check (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or (app_above_scope(org_path) and person_id = (select app_person()))));
create policy study_post_update on study_post for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on study_post to tongxin_app;
