-- module: voting
-- tables: voting_vote tenant, voting_question tenant, voting_roll tenant, voting_issue tenant, voting_hopper tenant, voting_leaf tenant, voting_named tenant, voting_opinion tenant, voting_hand_count tenant, voting_file tenant, voting_directory local
-- locks: none, new tables

-- One vote from its plan to its published result. Ends of phases are compared with the clock of the database only.
create table voting_vote (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  org_name text not null,
  subject_kind text not null,
  subject_id uuid not null,
  title text not null,
  secrecy text not null,
  channel text not null,
  rule jsonb not null,
  state text not null default 'prepared',
  should_attend integer not null,
  present integer,
  voters integer not null,
  written_opinions boolean not null,
  changeable boolean not null default false,
  meeting_id uuid,
  until timestamptz,
  -- Secret votes by phone: what the trustees' ceremony gave and what is signed (docs/ballot-format.md).
  election_id text,
  config text,
  encryption_key text,
  trustees jsonb not null default '[]',
  threshold smallint,
  election_key text,
  checkpoint text,
  result jsonb,
  cancelled_reason text,
  made_by uuid not null,
  drawing_opened_at timestamptz,
  drawing_closed_at timestamptz,
  casting_opened_at timestamptz,
  closed_at timestamptz,
  counted_at timestamptz,
  published_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint voting_vote_pkey primary key (tenant_id, id),
  constraint voting_vote_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint voting_vote_secrecy_check check (secrecy in ('secret', 'named')),
  constraint voting_vote_channel_check check (channel in ('electronic', 'paper', 'mixed')),
  constraint voting_vote_subject_check check (subject_kind in ('meeting', 'election', 'development', 'poll')),
  constraint voting_vote_state_check check (state in ('prepared', 'keyed', 'announced', 'drawing', 'drawing_closed', 'casting', 'closed', 'counted', 'published', 'cancelled')),
  constraint voting_vote_people_check check (voters >= 0 and should_attend >= 0),
  constraint voting_vote_key_check check (election_key is null or state in ('counted', 'published')),
  constraint voting_vote_cancelled_check check ((state = 'cancelled') = (cancelled_reason is not null))
);
select app_shard('voting_vote', 'tenant');
create index voting_vote_scope on voting_vote (tenant_id, org_path, created_at, id);
create index voting_vote_title on voting_vote (tenant_id, title, id);
create index voting_vote_subject on voting_vote (tenant_id, subject_id);
create index voting_vote_running on voting_vote (tenant_id, state) where state in ('drawing', 'casting');

-- The issuer's private key is wrapped by the vault and gone when drawing is closed.
create table voting_question (
  tenant_id uuid not null,
  vote_id uuid not null,
  id text collate "C" not null,
  org_path text collate "C" not null,
  place_no smallint not null,
  kind text not null,
  title text not null,
  options jsonb not null,
  seats smallint not null,
  write_in boolean not null,
  issuer_public text,
  issuer_sealed bytea,
  issuer_deleted_at timestamptz,
  constraint voting_question_pkey primary key (tenant_id, vote_id, id),
  constraint voting_question_vote_fkey foreign key (tenant_id, vote_id) references voting_vote (tenant_id, id),
  constraint voting_question_kind_check check (kind in ('single', 'several', 'approval', 'ranked')),
  constraint voting_question_issuer_check check (issuer_sealed is null or issuer_deleted_at is null)
);
select app_shard('voting_question', 'tenant');
create index voting_question_scope on voting_question (tenant_id, org_path);

-- Who is entitled, frozen. `way` is taken once, so that nobody votes by phone and on paper.
create table voting_roll (
  tenant_id uuid not null,
  vote_id uuid not null,
  member_id uuid not null,
  person_id uuid,
  org_path text collate "C" not null,
  name text collate "C" not null,
  salt text not null,
  way text,
  constraint voting_roll_pkey primary key (tenant_id, vote_id, member_id),
  constraint voting_roll_vote_fkey foreign key (tenant_id, vote_id) references voting_vote (tenant_id, id),
  constraint voting_roll_way_check check (way in ('electronic', 'paper', 'written'))
);
select app_shard('voting_roll', 'tenant');
create index voting_roll_person on voting_roll (tenant_id, person_id, vote_id);
create index voting_roll_name on voting_roll (tenant_id, vote_id, name, member_id);
create index voting_roll_scope on voting_roll (tenant_id, org_path);

-- Ballot papers drawn: a person and a blinded value, which says nothing about the paper that was made of it (RFC 9474).
create table voting_issue (
  tenant_id uuid not null,
  vote_id uuid not null,
  question_id text collate "C" not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  blinded text not null,
  blind_signature text not null,
  assertion jsonb,
  drawn_at timestamptz not null,
  constraint voting_issue_pkey primary key (tenant_id, vote_id, question_id, member_id),
  constraint voting_issue_question_fkey foreign key (tenant_id, vote_id, question_id) references voting_question (tenant_id, vote_id, id)
);
select app_shard('voting_issue', 'tenant');
create index voting_issue_scope on voting_issue (tenant_id, org_path);

-- Cast ballots until the closing: no time, no sequence, no person. Emptied when all are on the board.
create table voting_hopper (
  tenant_id uuid not null,
  id uuid not null,
  vote_id uuid not null,
  question_id text collate "C" not null,
  org_path text collate "C" not null,
  token_key text not null,
  body text not null,
  on_board boolean not null default false,
  constraint voting_hopper_pkey primary key (tenant_id, id),
  constraint voting_hopper_token_key unique (tenant_id, vote_id, question_id, token_key),
  constraint voting_hopper_question_fkey foreign key (tenant_id, vote_id, question_id) references voting_question (tenant_id, vote_id, id)
);
select app_shard('voting_hopper', 'tenant');
create index voting_hopper_scope on voting_hopper (tenant_id, org_path);

-- The public board: leaves of the tree (RFC 9162) in their order, exactly as they are hashed.
create table voting_leaf (
  tenant_id uuid not null,
  vote_id uuid not null,
  leaf_no integer not null,
  org_path text collate "C" not null,
  body text not null,
  constraint voting_leaf_pkey primary key (tenant_id, vote_id, leaf_no),
  constraint voting_leaf_vote_fkey foreign key (tenant_id, vote_id) references voting_vote (tenant_id, id)
);
select app_shard('voting_leaf', 'tenant');
create index voting_leaf_scope on voting_leaf (tenant_id, org_path);

create table voting_named (
  tenant_id uuid not null,
  vote_id uuid not null,
  question_id text collate "C" not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  name text collate "C" not null,
  choice jsonb not null,
  cast_at timestamptz not null,
  constraint voting_named_pkey primary key (tenant_id, vote_id, question_id, member_id),
  constraint voting_named_question_fkey foreign key (tenant_id, vote_id, question_id) references voting_question (tenant_id, vote_id, id)
);
select app_shard('voting_named', 'tenant');
create index voting_named_scope on voting_named (tenant_id, org_path);
create index voting_named_person on voting_named (tenant_id, person_id, vote_id);

-- Formal written opinions of the absent: two officers have seen the paper, shown apart and never secret.
create table voting_opinion (
  tenant_id uuid not null,
  vote_id uuid not null,
  question_id text collate "C" not null,
  option_id text collate "C" not null,
  member_id uuid not null,
  org_path text collate "C" not null,
  opinion text not null,
  entered_by uuid not null,
  confirmed_by uuid,
  entered_at timestamptz not null,
  constraint voting_opinion_pkey primary key (tenant_id, vote_id, question_id, option_id, member_id),
  constraint voting_opinion_question_fkey foreign key (tenant_id, vote_id, question_id) references voting_question (tenant_id, vote_id, id),
  constraint voting_opinion_opinion_check check (opinion in ('for', 'against', 'abstain')),
  constraint voting_opinion_second_check check (confirmed_by is null or confirmed_by <> entered_by)
);
select app_shard('voting_opinion', 'tenant');
create index voting_opinion_scope on voting_opinion (tenant_id, org_path);

-- Counts of papers: entered twice by different officers, who do not see each other's figures.
create table voting_hand_count (
  tenant_id uuid not null,
  vote_id uuid not null,
  question_id text collate "C" not null,
  org_path text collate "C" not null,
  counts jsonb not null,
  entered_by uuid not null,
  confirmed_by uuid,
  entered_at timestamptz not null,
  constraint voting_hand_count_pkey primary key (tenant_id, vote_id, question_id),
  constraint voting_hand_count_question_fkey foreign key (tenant_id, vote_id, question_id) references voting_question (tenant_id, vote_id, id),
  constraint voting_hand_count_second_check check (confirmed_by is null or confirmed_by <> entered_by)
);
select app_shard('voting_hand_count', 'tenant');
create index voting_hand_count_scope on voting_hand_count (tenant_id, org_path);

-- Files of the count exactly as they are hashed into the last leaf of the board.
create table voting_file (
  tenant_id uuid not null,
  vote_id uuid not null,
  name text collate "C" not null,
  org_path text collate "C" not null,
  body text not null,
  constraint voting_file_pkey primary key (tenant_id, vote_id, name),
  constraint voting_file_vote_fkey foreign key (tenant_id, vote_id) references voting_vote (tenant_id, id)
);
select app_shard('voting_file', 'tenant');
create index voting_file_scope on voting_file (tenant_id, org_path);

-- Where a ballot belongs, which comes without anybody: the id of an election is the hash of its configuration.
create table voting_directory (
  election_id text primary key,
  tenant_id uuid not null,
  vote_id uuid not null
);
select app_shard('voting_directory', 'local');
grant select, insert on voting_directory to tongxin_app;

-- Whoever is on the roll sees the vote wherever it is held.
alter table voting_roll enable row level security;
alter table voting_roll force row level security;
create policy voting_roll_read on voting_roll for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy voting_roll_insert on voting_roll for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy voting_roll_update on voting_roll for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy voting_roll_delete on voting_roll for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, delete, update (org_path, way) on voting_roll to tongxin_app;

create function voting_entitled(vote uuid) returns boolean language sql stable as $$
  select exists (select from voting_roll r where r.tenant_id = app_tenant() and r.vote_id = vote and r.person_id = app_person())
$$;
grant execute on function voting_entitled(uuid) to tongxin_app;

alter table voting_vote enable row level security;
alter table voting_vote force row level security;
create policy voting_vote_read on voting_vote for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or voting_entitled(id)));
create policy voting_vote_insert on voting_vote for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
-- Voters lock the row while they draw, so that nobody draws after the closing.
create policy voting_vote_update on voting_vote for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or voting_entitled(id)));
grant select, insert, update on voting_vote to tongxin_app;

alter table voting_question enable row level security;
alter table voting_question force row level security;
create policy voting_question_read on voting_question for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or voting_entitled(vote_id)));
create policy voting_question_insert on voting_question for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy voting_question_update on voting_question for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy voting_question_delete on voting_question for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update, delete on voting_question to tongxin_app;

alter table voting_issue enable row level security;
alter table voting_issue force row level security;
create policy voting_issue_read on voting_issue for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or voting_entitled(vote_id)));
create policy voting_issue_insert on voting_issue for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy voting_issue_update on voting_issue for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on voting_issue to tongxin_app;

alter table voting_hopper enable row level security;
alter table voting_hopper force row level security;
create policy voting_hopper_all on voting_hopper using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, delete, update (org_path, on_board) on voting_hopper to tongxin_app;

alter table voting_leaf enable row level security;
alter table voting_leaf force row level security;
create policy voting_leaf_read on voting_leaf for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or voting_entitled(vote_id)));
create policy voting_leaf_insert on voting_leaf for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy voting_leaf_update on voting_leaf for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on voting_leaf to tongxin_app;

alter table voting_named enable row level security;
alter table voting_named force row level security;
create policy voting_named_read on voting_named for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy voting_named_insert on voting_named for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy voting_named_update on voting_named for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on voting_named to tongxin_app;

alter table voting_opinion enable row level security;
alter table voting_opinion force row level security;
create policy voting_opinion_all on voting_opinion using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on voting_opinion to tongxin_app;

alter table voting_hand_count enable row level security;
alter table voting_hand_count force row level security;
create policy voting_hand_count_all on voting_hand_count using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update, delete on voting_hand_count to tongxin_app;

alter table voting_file enable row level security;
alter table voting_file force row level security;
create policy voting_file_read on voting_file for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or voting_entitled(vote_id)));
create policy voting_file_insert on voting_file for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy voting_file_update on voting_file for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on voting_file to tongxin_app;
