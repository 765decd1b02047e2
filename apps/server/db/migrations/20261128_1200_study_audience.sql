-- module: study
-- tables: none
-- locks: study_task, study_campaign, study_session, study_feedback shortly

-- Who is asked: kinds of people, narrowed by the posts that they hold and the level where they hold them, as for courses.
alter table study_task
  add column audience_kinds text[] not null default array['formal', 'probationary', 'activist', 'masses'],
  add column audience_posts text[] not null default '{}',
  add column audience_levels text[] not null default '{}',
  add column course_title text;
-- The rows of all tenants: the owner passes the policies only while they are not forced.
alter table study_task no force row level security;
update study_task set audience_kinds = array['formal', 'probationary'] where is_for_members;
alter table study_task force row level security;
alter table study_task drop column is_for_members;
alter table study_campaign
  add column audience_kinds text[] not null default array['formal', 'probationary', 'activist', 'masses'],
  add column audience_posts text[] not null default '{}',
  add column audience_levels text[] not null default '{}';
alter table study_campaign no force row level security;
update study_campaign set tasks = (select coalesce(jsonb_agg(t.one || '{"courseTitle": null}' order by t.place), '[]')
  from jsonb_array_elements(tasks) with ordinality as t (one, place));
alter table study_campaign force row level security;

-- Minutes say how long the group met. Hours count once somebody of the branch, who did not write them, confirms them.
alter table study_session
  add column length_minutes smallint,
  add column written_by_id uuid,
  add column confirmed_by text,
  add column confirmed_by_id uuid,
  add column confirmed_at timestamptz,
  add constraint study_session_length_check check (length_minutes between 10 and 480),
  add constraint study_session_confirmed_check check (confirmed_at is null
    or (state = 'held' and length_minutes is not null and confirmed_by is not null and confirmed_by_id <> written_by_id));
create index study_session_unconfirmed on study_session (tenant_id, org_path) where state = 'held' and confirmed_at is null;

-- Whom feedback was for reads it in the group and nobody tells: no event names both of them.
alter table study_feedback add column read_at timestamptz;
create policy study_feedback_update on study_feedback for update
  using (tenant_id = (select app_tenant()) and to_person_id = (select app_person()));
grant update (read_at) on study_feedback to tongxin_app;
