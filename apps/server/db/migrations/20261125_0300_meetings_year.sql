-- module: meetings
-- tables: meetings_held tenant, meetings_held_sum tenant, meetings_year_cell tenant, meetings_proposal tenant, meetings_study_sheet tenant, meetings_study tenant, meetings_talk tenant, meetings_joint tenant, meetings_second_home tenant
-- locks: meetings_task, meetings_meeting: columns without a default are added, nothing is rewritten

-- Which branch held which kind in which period (`01`, `Q1`, the year): kept from the events of meetings.
create table meetings_held (
  tenant_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  year smallint not null,
  period text collate "C" not null,
  kind text collate "C" not null,
  constraint meetings_held_pkey primary key (tenant_id, org_id, year, period, kind)
);
select app_shard('meetings_held', 'tenant');
create index meetings_held_scope on meetings_held (tenant_id, org_path, year);
alter table meetings_held enable row level security;
alter table meetings_held force row level security;
create policy meetings_held_all on meetings_held using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path), delete on meetings_held to tongxin_app;

-- The rollup: how many living branches at or below a unit held a kind in a period.
create table meetings_held_sum (
  tenant_id uuid not null,
  org_path text collate "C" not null,
  year smallint not null,
  period text collate "C" not null,
  kind text collate "C" not null,
  branches integer not null,
  constraint meetings_held_sum_pkey primary key (tenant_id, org_path, year, period, kind)
);
select app_shard('meetings_held_sum', 'tenant');
alter table meetings_held_sum enable row level security;
alter table meetings_held_sum force row level security;
create policy meetings_held_sum_all on meetings_held_sum using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update, delete on meetings_held_sum to tongxin_app;

-- What people changed in the generated year plan of a branch.
create table meetings_year_cell (
  tenant_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  year smallint not null,
  kind text collate "C" not null,
  period text collate "C" not null,
  planned_on date,
  note text,
  waived_reason text,
  set_by uuid not null,
  set_at timestamptz not null,
  constraint meetings_year_cell_pkey primary key (tenant_id, org_id, year, kind, period)
);
select app_shard('meetings_year_cell', 'tenant');
create index meetings_year_cell_scope on meetings_year_cell (tenant_id, org_path, year);
alter table meetings_year_cell enable row level security;
alter table meetings_year_cell force row level security;
create policy meetings_year_cell_all on meetings_year_cell using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update, delete on meetings_year_cell to tongxin_app;

-- What members propose for the agenda of their branch, with the answer.
create table meetings_proposal (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  person_id uuid not null,
  name text not null,
  title text not null,
  why text not null,
  state text not null default 'open',
  answer text,
  decided_by text,
  decided_at timestamptz,
  meeting_id uuid,
  created_at timestamptz not null,
  constraint meetings_proposal_pkey primary key (tenant_id, id),
  constraint meetings_proposal_state_check check (state in ('open', 'accepted', 'declined', 'withdrawn')),
  constraint meetings_proposal_meeting_check check ((state = 'accepted') = (meeting_id is not null))
);
select app_shard('meetings_proposal', 'tenant');
create index meetings_proposal_scope on meetings_proposal (tenant_id, org_path, created_at, id);
create index meetings_proposal_person on meetings_proposal (tenant_id, person_id, created_at, id);
alter table meetings_proposal enable row level security;
alter table meetings_proposal force row level security;
create policy meetings_proposal_read on meetings_proposal for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy meetings_proposal_insert on meetings_proposal for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path) and person_id = (select app_person()));
create policy meetings_proposal_update on meetings_proposal for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on meetings_proposal to tongxin_app;

-- Tasks that a meeting gave: to whom of the called, and what became of them.
alter table meetings_task add column who_id uuid, add column who_person_id uuid, add column done_note text;
create index meetings_task_person on meetings_task (tenant_id, who_person_id) where who_person_id is not null;

alter table meetings_meeting add column current_item uuid;

-- Three questions for those who were absent.
create table meetings_study_sheet (
  tenant_id uuid not null,
  meeting_id uuid not null,
  org_path text collate "C" not null,
  questions text[] not null,
  due_on date not null,
  set_at timestamptz not null,
  constraint meetings_study_sheet_pkey primary key (tenant_id, meeting_id),
  constraint meetings_study_sheet_meeting_fkey foreign key (tenant_id, meeting_id) references meetings_meeting (tenant_id, id),
  constraint meetings_study_sheet_three_check check (cardinality(questions) = 3)
);
select app_shard('meetings_study_sheet', 'tenant');
create index meetings_study_sheet_scope on meetings_study_sheet (tenant_id, org_path);
alter table meetings_study_sheet enable row level security;
alter table meetings_study_sheet force row level security;
create policy meetings_study_sheet_read on meetings_study_sheet for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or meetings_invited(meeting_id)));
create policy meetings_study_sheet_insert on meetings_study_sheet for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy meetings_study_sheet_update on meetings_study_sheet for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on meetings_study_sheet to tongxin_app;

-- Make-up study of one person. It is never presence: nothing counts it among those who came.
create table meetings_study (
  tenant_id uuid not null,
  meeting_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  state text not null,
  way text not null,
  answers text[] not null,
  submitted_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  note text,
  constraint meetings_study_pkey primary key (tenant_id, meeting_id, member_id),
  constraint meetings_study_state_check check (state in ('submitted', 'countersigned', 'returned')),
  constraint meetings_study_way_check check (way in ('recording', 'papers', 'told')),
  constraint meetings_study_decided_check check ((state = 'submitted') = (decided_at is null))
);
select app_shard('meetings_study', 'tenant');
create index meetings_study_scope on meetings_study (tenant_id, org_path, state);
alter table meetings_study enable row level security;
alter table meetings_study force row level security;
create policy meetings_study_read on meetings_study for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy meetings_study_insert on meetings_study for insert with check (tenant_id = (select app_tenant()) and person_id = (select app_person()));
create policy meetings_study_update on meetings_study for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on meetings_study to tongxin_app;

-- Heart-to-heart talks. What was said is sealed; the two and the secretary of the branch open it.
create table meetings_talk (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  held_on date not null,
  first_id uuid not null,
  first_person_id uuid not null,
  first_name text not null,
  second_id uuid not null,
  second_person_id uuid not null,
  second_name text not null,
  place text,
  content_sealed bytea,
  noted_by uuid not null,
  created_at timestamptz not null,
  constraint meetings_talk_pkey primary key (tenant_id, id),
  constraint meetings_talk_kind_check check (kind in ('committee', 'committee_member', 'members')),
  constraint meetings_talk_two_check check (first_id <> second_id)
);
select app_shard('meetings_talk', 'tenant');
create index meetings_talk_scope on meetings_talk (tenant_id, org_path, held_on, id);
create index meetings_talk_first on meetings_talk (tenant_id, first_person_id, held_on, id);
create index meetings_talk_second on meetings_talk (tenant_id, second_person_id, held_on, id);
alter table meetings_talk enable row level security;
alter table meetings_talk force row level security;
create policy meetings_talk_read on meetings_talk for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or first_person_id = (select app_person()) or second_person_id = (select app_person())));
create policy meetings_talk_insert on meetings_talk for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy meetings_talk_update on meetings_talk for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on meetings_talk to tongxin_app;

-- A meeting that several branches hold together: `org_path` is that of the branch that was asked.
create table meetings_joint (
  tenant_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  host_path text collate "C" not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  org_name text not null,
  host_name text not null,
  title text not null,
  starts_at timestamptz not null,
  place text,
  state text not null default 'asked',
  answer text,
  answered_by text,
  answered_at timestamptz,
  created_at timestamptz not null,
  constraint meetings_joint_pkey primary key (tenant_id, id),
  constraint meetings_joint_org_key unique (tenant_id, meeting_id, org_id),
  constraint meetings_joint_meeting_fkey foreign key (tenant_id, meeting_id) references meetings_meeting (tenant_id, id),
  constraint meetings_joint_state_check check (state in ('asked', 'accepted', 'declined')),
  constraint meetings_joint_answered_check check ((state = 'asked') = (answered_at is null))
);
select app_shard('meetings_joint', 'tenant');
create index meetings_joint_scope on meetings_joint (tenant_id, org_path, starts_at, id);
create index meetings_joint_host on meetings_joint (tenant_id, host_path);
alter table meetings_joint enable row level security;
alter table meetings_joint force row level security;
create policy meetings_joint_all on meetings_joint using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_in_scope(host_path))) with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_in_scope(host_path)));
grant select, insert, update on meetings_joint to tongxin_app;

-- A leading member who also takes part in the life of a second branch (`org_path`). The card is copied, because the
-- second branch does not reach the record at home.
create table meetings_second_home (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  home_id uuid not null,
  name text collate "C" not null,
  member_no text not null,
  category text not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  since_on date not null,
  ended_on date,
  ended_reason text,
  created_at timestamptz not null,
  constraint meetings_second_home_pkey primary key (tenant_id, id)
);
select app_shard('meetings_second_home', 'tenant');
create unique index meetings_second_home_key on meetings_second_home (tenant_id, member_id, org_id) where ended_on is null;
create index meetings_second_home_scope on meetings_second_home (tenant_id, org_path, name, id);
alter table meetings_second_home enable row level security;
alter table meetings_second_home force row level security;
create policy meetings_second_home_all on meetings_second_home using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on meetings_second_home to tongxin_app;

-- What was held until now.
insert into meetings_held (tenant_id, org_id, org_path, year, period, kind)
select distinct m.tenant_id, m.org_id, m.org_path, extract(year from m.held_on)::smallint, p.period, k.kind
from meetings_meeting m cross join lateral unnest(m.kinds) as k(kind)
cross join lateral (values (to_char(m.held_on, 'MM')), ('Q' || extract(quarter from m.held_on)), (to_char(m.held_on, 'YYYY'))) as p(period)
where m.state in ('in_progress', 'record_pending', 'awaiting_signatures', 'archived');
insert into meetings_held_sum (tenant_id, org_path, year, period, kind, branches)
select h.tenant_id, a.path, h.year, h.period, h.kind, count(*)::int
from meetings_held h join org_path o on o.tenant_id = h.tenant_id and o.id = h.org_id
cross join lateral (select array_to_string((string_to_array(h.org_path, '.'))[1:n], '.') as path from generate_series(1, cardinality(string_to_array(h.org_path, '.'))) n) a
where o.kind in ('branch', 'joint_branch', 'temporary_branch') and o.dissolved_on is null
group by 1, 2, 3, 4, 5;
