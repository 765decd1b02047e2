-- module: exams
-- tables: exams_question tenant, exams_version tenant, exams_key tenant, exams_paper tenant, exams_paper_item tenant, exams_session tenant, exams_seat tenant, exams_sitting tenant, exams_answer tenant, exams_script tenant, exams_appeal tenant
-- locks: none, new tables

-- A question of the bank: where its newest version stands, and which version is in use.
create table exams_question (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  state text not null default 'draft',
  kind text not null,
  difficulty text not null,
  topic text not null,
  stem text not null,
  no integer not null default 1,
  live_no integer,
  author_id uuid not null,
  submitted_by uuid,
  reviewed_by uuid,
  returned_reason text,
  retired_reason text,
  -- Same question, same mark: what a file brings twice is taken once.
  content_hash bytea not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint exams_question_pkey primary key (tenant_id, id),
  constraint exams_question_kind_check check (kind in ('single', 'multiple', 'truth', 'blank', 'short')),
  constraint exams_question_difficulty_check check (difficulty in ('easy', 'medium', 'hard')),
  constraint exams_question_state_check check (state in ('draft', 'submitted', 'live', 'returned', 'retired')),
  constraint exams_question_second_check check (reviewed_by is null or reviewed_by is distinct from submitted_by),
  constraint exams_question_live_check check (state <> 'live' or live_no = no)
);
select app_shard('exams_question', 'tenant');
create index exams_question_scope on exams_question (tenant_id, org_path);
create index exams_question_list on exams_question (tenant_id, updated_at, id);
create index exams_question_pool on exams_question (tenant_id, unit_id, topic, difficulty) where live_no is not null and state <> 'retired';
create index exams_question_same on exams_question (tenant_id, unit_id, content_hash);
alter table exams_question enable row level security;
alter table exams_question force row level security;
create policy exams_question_all on exams_question using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on exams_question to tongxin_app;

-- What is asked, word for word, as of one version: never changed. The key lies in a table of its own, which no statement about a sitting reads before it was handed in.
create table exams_version (
  tenant_id uuid not null,
  id uuid not null,
  question_id uuid not null,
  no integer not null,
  org_path text collate "C" not null,
  kind text not null,
  difficulty text not null,
  topic text not null,
  stem text not null,
  options jsonb not null,
  blanks smallint not null default 0,
  source text,
  made_by uuid not null,
  made_at timestamptz not null,
  constraint exams_version_pkey primary key (tenant_id, id),
  constraint exams_version_no_key unique (tenant_id, question_id, no),
  constraint exams_version_question_fkey foreign key (tenant_id, question_id) references exams_question (tenant_id, id)
);
select app_shard('exams_version', 'tenant');
create index exams_version_scope on exams_version (tenant_id, org_path);
alter table exams_version enable row level security;
alter table exams_version force row level security;
create policy exams_version_all on exams_version using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on exams_version to tongxin_app;

-- What is right, and why.
create table exams_key (
  tenant_id uuid not null,
  version_id uuid not null,
  org_path text collate "C" not null,
  answer jsonb not null,
  explanation text,
  constraint exams_key_pkey primary key (tenant_id, version_id),
  constraint exams_key_version_fkey foreign key (tenant_id, version_id) references exams_version (tenant_id, id)
);
select app_shard('exams_key', 'tenant');
create index exams_key_scope on exams_key (tenant_id, org_path);
alter table exams_key enable row level security;
alter table exams_key force row level security;
create policy exams_key_all on exams_key using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on exams_key to tongxin_app;

-- A paper: fixed questions or a plan to draw them by, and the rules. Unchanged once it is released.
create table exams_paper (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  purpose text not null,
  way text not null,
  state text not null default 'draft',
  plan jsonb not null default '[]',
  minutes integer,
  attempts integer,
  pass_percent smallint not null,
  shuffles_questions boolean not null,
  shuffles_options boolean not null,
  partial text not null,
  markers smallint not null,
  difference smallint not null,
  questions integer not null,
  points integer not null,
  made_by uuid not null,
  retired_reason text,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint exams_paper_pkey primary key (tenant_id, id),
  constraint exams_paper_purpose_check check (purpose in ('quiz', 'session')),
  constraint exams_paper_way_check check (way in ('fixed', 'drawn')),
  constraint exams_paper_state_check check (state in ('draft', 'released', 'retired')),
  constraint exams_paper_partial_check check (partial in ('none', 'half', 'share')),
  constraint exams_paper_markers_check check (markers in (1, 2))
);
select app_shard('exams_paper', 'tenant');
create index exams_paper_scope on exams_paper (tenant_id, org_path);
create index exams_paper_list on exams_paper (tenant_id, updated_at, id);
alter table exams_paper enable row level security;
alter table exams_paper force row level security;
create policy exams_paper_read on exams_paper for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or (app_above_scope(org_path) and state <> 'draft')));
create policy exams_paper_insert on exams_paper for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy exams_paper_update on exams_paper for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on exams_paper to tongxin_app;

-- The questions of a fixed paper, each in the version of the day it was put there.
create table exams_paper_item (
  tenant_id uuid not null,
  paper_id uuid not null,
  place smallint not null,
  org_path text collate "C" not null,
  question_id uuid not null,
  version_id uuid not null,
  points smallint not null,
  constraint exams_paper_item_pkey primary key (tenant_id, paper_id, place),
  constraint exams_paper_item_question_key unique (tenant_id, paper_id, question_id),
  constraint exams_paper_item_paper_fkey foreign key (tenant_id, paper_id) references exams_paper (tenant_id, id),
  constraint exams_paper_item_version_fkey foreign key (tenant_id, version_id) references exams_version (tenant_id, id)
);
select app_shard('exams_paper_item', 'tenant');
create index exams_paper_item_scope on exams_paper_item (tenant_id, org_path);
alter table exams_paper_item enable row level security;
alter table exams_paper_item force row level security;
create policy exams_paper_item_all on exams_paper_item using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, delete, update (org_path) on exams_paper_item to tongxin_app;

-- An exam: one paper in one window. The window is held against the clock of the database.
create table exams_session (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  paper_id uuid not null,
  name text not null,
  state text not null default 'draft',
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  make_up_of uuid,
  made_by uuid not null,
  released_at timestamptz,
  cancelled_reason text,
  version integer not null default 1,
  updated_at timestamptz not null,
  constraint exams_session_pkey primary key (tenant_id, id),
  constraint exams_session_paper_fkey foreign key (tenant_id, paper_id) references exams_paper (tenant_id, id),
  constraint exams_session_state_check check (state in ('draft', 'announced', 'closed', 'released', 'cancelled')),
  constraint exams_session_window_check check (opens_at < closes_at),
  constraint exams_session_cancelled_check check ((state = 'cancelled') = (cancelled_reason is not null))
);
select app_shard('exams_session', 'tenant');
create index exams_session_scope on exams_session (tenant_id, org_path);
create index exams_session_list on exams_session (tenant_id, opens_at, id);
create index exams_session_paper on exams_session (tenant_id, paper_id);
create index exams_session_open on exams_session (tenant_id, closes_at) where state = 'announced';
alter table exams_session enable row level security;
alter table exams_session force row level security;
grant select, insert, update on exams_session to tongxin_app;

-- Who is on the list of an exam (准考名单).
create table exams_seat (
  tenant_id uuid not null,
  session_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  name text collate "C" not null,
  no integer not null,
  constraint exams_seat_pkey primary key (tenant_id, session_id, member_id),
  constraint exams_seat_session_fkey foreign key (tenant_id, session_id) references exams_session (tenant_id, id)
);
select app_shard('exams_seat', 'tenant');
create index exams_seat_scope on exams_seat (tenant_id, org_path);
create index exams_seat_person on exams_seat (tenant_id, person_id, session_id);
create index exams_seat_no on exams_seat (tenant_id, session_id, no);
alter table exams_seat enable row level security;
alter table exams_seat force row level security;
create policy exams_seat_read on exams_seat for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy exams_seat_insert on exams_seat for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy exams_seat_update on exams_seat for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy exams_seat_delete on exams_seat for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, delete, update (org_path) on exams_seat to tongxin_app;

create function exams_seated(session uuid) returns boolean language sql stable as $$
  select exists (select from exams_seat s where s.tenant_id = app_tenant() and s.session_id = session and s.person_id = app_person())
$$;
grant execute on function exams_seated(uuid) to tongxin_app;
create policy exams_session_read on exams_session for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or exams_seated(id)));
create policy exams_session_insert on exams_session for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy exams_session_update on exams_session for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));

-- One person with one paper: what was drawn, when it ends, what came out. `items` are questions, versions, the order of their options and points; never a key.
create table exams_sitting (
  tenant_id uuid not null,
  id uuid not null,
  paper_id uuid not null,
  session_id uuid,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  attempt integer not null,
  items jsonb not null,
  most integer not null,
  state text not null default 'running',
  started_at timestamptz not null,
  ends_at timestamptz,
  submitted_at timestamptz,
  by_clock boolean not null default false,
  -- Points of each place, null while they are to be marked.
  item_points integer[],
  points integer,
  passed boolean,
  constraint exams_sitting_pkey primary key (tenant_id, id),
  constraint exams_sitting_paper_fkey foreign key (tenant_id, paper_id) references exams_paper (tenant_id, id),
  constraint exams_sitting_state_check check (state in ('running', 'submitted', 'marked')),
  constraint exams_sitting_submitted_check check ((state = 'running') = (submitted_at is null)),
  constraint exams_sitting_marked_check check ((state = 'marked') = (points is not null))
);
select app_shard('exams_sitting', 'tenant');
create index exams_sitting_scope on exams_sitting (tenant_id, org_path);
create unique index exams_sitting_attempt on exams_sitting (tenant_id, paper_id, member_id, attempt) where session_id is null;
create unique index exams_sitting_seat on exams_sitting (tenant_id, session_id, member_id) where session_id is not null;
create index exams_sitting_person on exams_sitting (tenant_id, person_id, paper_id);
create index exams_sitting_paper on exams_sitting (tenant_id, paper_id) where state = 'marked';
create index exams_sitting_ends on exams_sitting (tenant_id, ends_at) where state = 'running';
alter table exams_sitting enable row level security;
alter table exams_sitting force row level security;
create policy exams_sitting_read on exams_sitting for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy exams_sitting_insert on exams_sitting for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy exams_sitting_update on exams_sitting for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on exams_sitting to tongxin_app;

-- What was saved of a sitting: the newest number of the client wins, so that a repeated or late message changes nothing.
create table exams_answer (
  tenant_id uuid not null,
  sitting_id uuid not null,
  place smallint not null,
  org_path text collate "C" not null,
  seq integer not null,
  response jsonb not null,
  saved_at timestamptz not null,
  constraint exams_answer_pkey primary key (tenant_id, sitting_id, place),
  constraint exams_answer_sitting_fkey foreign key (tenant_id, sitting_id) references exams_sitting (tenant_id, id)
);
select app_shard('exams_answer', 'tenant');
create index exams_answer_scope on exams_answer (tenant_id, org_path);
alter table exams_answer enable row level security;
alter table exams_answer force row level security;
create policy exams_answer_all on exams_answer using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on exams_answer to tongxin_app;

-- An answer in words to be marked: under the unit that holds the exam, with a random id, so that whoever marks it sees no name and no branch.
create table exams_script (
  tenant_id uuid not null,
  id uuid not null,
  org_path text collate "C" not null,
  sitting_id uuid not null,
  place smallint not null,
  paper_id uuid not null,
  session_id uuid,
  version_id uuid not null,
  writer_id uuid not null,
  response text not null,
  most smallint not null,
  markers smallint not null,
  difference smallint not null,
  first_by uuid,
  first_points smallint,
  second_by uuid,
  second_points smallint,
  third_by uuid,
  third_points smallint,
  points smallint,
  constraint exams_script_pkey primary key (tenant_id, id),
  constraint exams_script_place_key unique (tenant_id, sitting_id, place),
  constraint exams_script_sitting_fkey foreign key (tenant_id, sitting_id) references exams_sitting (tenant_id, id),
  constraint exams_script_first_check check ((first_by is null) = (first_points is null)),
  constraint exams_script_second_check check ((second_by is null) = (second_points is null) and second_by is distinct from first_by or second_by is null),
  constraint exams_script_third_check check ((third_by is null) = (third_points is null)),
  constraint exams_script_own_check check (writer_id is distinct from first_by and writer_id is distinct from second_by and writer_id is distinct from third_by)
);
select app_shard('exams_script', 'tenant');
create index exams_script_scope on exams_script (tenant_id, org_path);
create index exams_script_open on exams_script (tenant_id, paper_id, session_id) where points is null;
create index exams_script_heap on exams_script (tenant_id, session_id, paper_id);
alter table exams_script enable row level security;
alter table exams_script force row level security;
create policy exams_script_all on exams_script using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on exams_script to tongxin_app;

-- An appeal against the points of one question.
create table exams_appeal (
  tenant_id uuid not null,
  id uuid not null,
  org_path text collate "C" not null,
  sitting_id uuid not null,
  place smallint not null,
  paper_id uuid not null,
  session_id uuid,
  person_id uuid not null,
  name text collate "C" not null,
  text text not null,
  made_at timestamptz not null,
  points smallint not null,
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  new_points smallint,
  constraint exams_appeal_pkey primary key (tenant_id, id),
  constraint exams_appeal_place_key unique (tenant_id, sitting_id, place),
  constraint exams_appeal_sitting_fkey foreign key (tenant_id, sitting_id) references exams_sitting (tenant_id, id),
  constraint exams_appeal_answer_check check ((answer is null) = (answered_at is null)),
  constraint exams_appeal_own_check check (answered_by is distinct from person_id)
);
select app_shard('exams_appeal', 'tenant');
create index exams_appeal_scope on exams_appeal (tenant_id, org_path);
create index exams_appeal_list on exams_appeal (tenant_id, made_at, id);
alter table exams_appeal enable row level security;
alter table exams_appeal force row level security;
create policy exams_appeal_all on exams_appeal using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on exams_appeal to tongxin_app;
