-- module: elections
-- tables: elections_election tenant, elections_candidate tenant, elections_nomination tenant, elections_voter tenant, elections_round tenant
-- locks: none, new tables

-- The file of an election, from the request to the reply from above. `steps` holds the facts of each step; who asked and
-- who agreed stand in columns of their own, because they must be two.
create table elections_election (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  kind text not null,
  state text not null default 'draft',
  ordinal smallint,
  seats smallint not null,
  deputies smallint not null,
  elects_secretary boolean not null,
  planned_on date not null,
  held_on date,
  steps jsonb not null default '{}',
  created_by uuid not null,
  requested_by uuid,
  approved_by uuid,
  candidates_by uuid,
  candidates_approved_by uuid,
  reported_by uuid,
  replied_by uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint elections_election_pkey primary key (tenant_id, id),
  constraint elections_election_kind_check check (kind in ('term', 'by_election')),
  constraint elections_election_state_check check (state in ('draft', 'requested', 'nominating', 'candidates_reported', 'publicity', 'preparing', 'voting', 'plenum', 'reporting', 'reported', 'done', 'cancelled')),
  constraint elections_election_seats_check check (seats between 0 and 60 and deputies between 0 and 5),
  constraint elections_election_approved_check check (approved_by is null or approved_by <> requested_by),
  constraint elections_election_agreed_check check (candidates_approved_by is null or candidates_approved_by <> candidates_by),
  constraint elections_election_replied_check check (replied_by is null or replied_by <> reported_by)
);
select app_shard('elections_election', 'tenant');
create unique index elections_election_open on elections_election (tenant_id, unit_id) where state not in ('done', 'cancelled');
create index elections_election_scope on elections_election (tenant_id, org_path, planned_on, id);
alter table elections_election enable row level security;
alter table elections_election force row level security;
create policy elections_election_read on elections_election for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy elections_election_insert on elections_election for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy elections_election_update on elections_election for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on elections_election to tongxin_app;

create table elections_candidate (
  tenant_id uuid not null,
  id uuid not null,
  election_id uuid not null,
  org_path text collate "C" not null,
  body text not null,
  member_id uuid not null,
  person_id uuid not null,
  name text not null,
  constraint elections_candidate_pkey primary key (tenant_id, id),
  constraint elections_candidate_key unique (tenant_id, election_id, body, member_id),
  constraint elections_candidate_election_fkey foreign key (tenant_id, election_id) references elections_election (tenant_id, id),
  constraint elections_candidate_body_check check (body in ('committee', 'secretary', 'deputy'))
);
select app_shard('elections_candidate', 'tenant');
create index elections_candidate_scope on elections_candidate (tenant_id, org_path);
alter table elections_candidate enable row level security;
alter table elections_candidate force row level security;
create policy elections_candidate_read on elections_candidate for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy elections_candidate_insert on elections_candidate for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy elections_candidate_update on elections_candidate for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy elections_candidate_delete on elections_candidate for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, delete, update (org_path, member_id, person_id) on elections_candidate to tongxin_app;

-- What members propose on the phone. A proposal that was taken back stays with its day.
create table elections_nomination (
  tenant_id uuid not null,
  id uuid not null,
  election_id uuid not null,
  org_path text collate "C" not null,
  by_person uuid not null,
  member_id uuid not null,
  name text not null,
  reason text not null,
  at timestamptz not null,
  withdrawn_at timestamptz,
  constraint elections_nomination_pkey primary key (tenant_id, id),
  constraint elections_nomination_election_fkey foreign key (tenant_id, election_id) references elections_election (tenant_id, id)
);
select app_shard('elections_nomination', 'tenant');
create unique index elections_nomination_standing on elections_nomination (tenant_id, election_id, by_person, member_id) where withdrawn_at is null;
create index elections_nomination_scope on elections_nomination (tenant_id, org_path);
alter table elections_nomination enable row level security;
alter table elections_nomination force row level security;
create policy elections_nomination_read on elections_nomination for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or by_person = (select app_person())));
create policy elections_nomination_insert on elections_nomination for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or by_person = (select app_person())));
create policy elections_nomination_update on elections_nomination for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or by_person = (select app_person())));
grant select, insert, update (org_path, member_id, withdrawn_at) on elections_nomination to tongxin_app;

-- Everybody entitled to vote on the day the roll was drawn, who is left out with consent, who is present.
create table elections_voter (
  tenant_id uuid not null,
  id uuid not null,
  election_id uuid not null,
  org_path text collate "C" not null,
  member_id uuid not null,
  person_id uuid not null,
  name text not null,
  left_out text,
  is_present boolean not null default false,
  constraint elections_voter_pkey primary key (tenant_id, id),
  constraint elections_voter_key unique (tenant_id, election_id, member_id),
  constraint elections_voter_election_fkey foreign key (tenant_id, election_id) references elections_election (tenant_id, id),
  constraint elections_voter_present_check check (not (is_present and left_out is not null)),
  constraint elections_voter_reason_check check (left_out in ('illness', 'abroad', 'sentence', 'bedridden', 'moved_away', 'retired_home'))
);
select app_shard('elections_voter', 'tenant');
create index elections_voter_scope on elections_voter (tenant_id, org_path);
alter table elections_voter enable row level security;
alter table elections_voter force row level security;
create policy elections_voter_all on elections_voter using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update, delete on elections_voter to tongxin_app;

-- One ballot: who stood, who was there, what two people counted independently, what the rules make of it.
create table elections_round (
  tenant_id uuid not null,
  id uuid not null,
  election_id uuid not null,
  org_path text collate "C" not null,
  number smallint not null,
  body text not null,
  kind text not null,
  state text not null default 'open',
  channel text not null,
  seats smallint not null,
  write_in boolean not null,
  candidates jsonb not null,
  voters jsonb not null,
  should_attend integer not null,
  present integer not null,
  vote_id uuid,
  first_count jsonb,
  first_by uuid,
  second_by uuid,
  count jsonb,
  result jsonb,
  opened_at timestamptz not null,
  closed_at timestamptz,
  constraint elections_round_pkey primary key (tenant_id, id),
  constraint elections_round_key unique (tenant_id, election_id, number),
  constraint elections_round_election_fkey foreign key (tenant_id, election_id) references elections_election (tenant_id, id),
  constraint elections_round_state_check check (state in ('open', 'counted', 'void')),
  constraint elections_round_second_check check (second_by is null or second_by <> first_by),
  constraint elections_round_present_check check (present <= should_attend),
  constraint elections_round_closed_check check ((state = 'open') = (result is null) and (state = 'open') = (closed_at is null))
);
select app_shard('elections_round', 'tenant');
create unique index elections_round_open on elections_round (tenant_id, election_id) where state = 'open';
create index elections_round_scope on elections_round (tenant_id, org_path);
alter table elections_round enable row level security;
alter table elections_round force row level security;
create policy elections_round_read on elections_round for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_above_scope(org_path)));
create policy elections_round_insert on elections_round for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy elections_round_update on elections_round for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on elections_round to tongxin_app;
