-- module: development
-- tables: development_case tenant, development_step tenant, development_person tenant, development_review tenant, development_publicity tenant, development_vetting tenant, development_proof tenant, development_quota tenant
-- locks: none, new tables

-- One road into the Party: where it stands, as told by its steps. `step` is the next one to be taken; `round` counts the
-- probations (an extension opens the second); `due_on` and `yellow_on` are the nearest of its open clocks.
create table development_case (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  member_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  stage text not null,
  step smallint not null,
  waits_above boolean not null default false,
  state text not null default 'running',
  state_reason text,
  round smallint not null default 1,
  plan_year smallint,
  applied_on date not null,
  activist_on date,
  object_on date,
  admitted_on date,
  probation_end date,
  extension_months smallint not null default 0,
  postponed_until date,
  leaves_on date,
  moved_on date,
  due_on date,
  yellow_on date,
  opened_by uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint development_case_pkey primary key (tenant_id, id),
  constraint development_case_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint development_case_stage_check check (stage in ('application', 'activist', 'object', 'admission', 'probation')),
  constraint development_case_step_check check (step between 1 and 25),
  constraint development_case_state_check check (state in ('running', 'paused', 'returned', 'stopped', 'finished'))
);
select app_shard('development_case', 'tenant');
create index development_case_scope on development_case (tenant_id, org_path, due_on, id);
create index development_case_member on development_case (tenant_id, member_id);
create index development_case_person on development_case (tenant_id, person_id);
create index development_case_org on development_case (tenant_id, org_id, plan_year);
-- One open road for each person.
create unique index development_case_open_key on development_case (tenant_id, member_id) where state in ('running', 'paused', 'returned');
alter table development_case enable row level security;
alter table development_case force row level security;
create policy development_case_read on development_case for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy development_case_insert on development_case for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy development_case_update on development_case for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on development_case to tongxin_app;

-- Steps as rows: what was entered (`facts`, `decision`) under the definition of the day, and what the rules said of it.
-- Nothing is deleted: a step sent back or undone stays with its state.
create table development_step (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  step smallint not null,
  attempt smallint not null,
  round smallint not null,
  state text not null,
  held_on date not null,
  facts jsonb not null default '{}',
  verdicts jsonb not null default '[]',
  edition text not null,
  late_reason text,
  meeting_id uuid,
  item_id uuid,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decided_on date,
  decision jsonb not null default '{}',
  returned_reason text,
  constraint development_step_pkey primary key (tenant_id, id),
  constraint development_step_attempt_key unique (tenant_id, case_id, step, attempt),
  constraint development_step_case_fkey foreign key (tenant_id, case_id) references development_case (tenant_id, id),
  constraint development_step_state_check check (state in ('recorded', 'confirmed', 'returned', 'void')),
  constraint development_step_edition_check check (edition in ('2014', '2026')),
  constraint development_step_maker_check check (decided_by is null or decided_by <> recorded_by)
);
select app_shard('development_step', 'tenant');
create unique index development_step_live_key on development_step (tenant_id, case_id, step, round) where state in ('recorded', 'confirmed');
-- A ballot is about one person (art. 20).
create unique index development_step_ballot_key on development_step (tenant_id, item_id) where item_id is not null and state in ('recorded', 'confirmed');
create index development_step_scope on development_step (tenant_id, org_path, step, held_on);
alter table development_step enable row level security;
alter table development_step force row level security;
create policy development_step_read on development_step for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy development_step_insert on development_step for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy development_step_update on development_step for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on development_step to tongxin_app;

-- Contacts and introducers, from and until.
create table development_person (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  org_path text collate "C" not null,
  part text not null,
  member_id uuid not null,
  name text not null,
  from_on date not null,
  until_on date,
  end_reason text,
  recorded_by uuid not null,
  created_at timestamptz not null,
  constraint development_person_pkey primary key (tenant_id, id),
  constraint development_person_case_fkey foreign key (tenant_id, case_id) references development_case (tenant_id, id),
  constraint development_person_part_check check (part in ('contact', 'introducer')),
  constraint development_person_end_check check ((until_on is null) = (end_reason is null))
);
select app_shard('development_person', 'tenant');
create unique index development_person_key on development_person (tenant_id, case_id, part, member_id) where until_on is null;
create index development_person_member on development_person (tenant_id, member_id) where until_on is null;
create index development_person_scope on development_person (tenant_id, org_path, case_id);
alter table development_person enable row level security;
alter table development_person force row level security;
create policy development_person_all on development_person using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on development_person to tongxin_app;

-- Reviews by the branch, and reports of the person (`is_own`), who sees only these.
create table development_review (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  is_own boolean not null,
  due_on date,
  held_on date not null,
  verdict text,
  opinion text not null,
  file_id uuid,
  recorded_by uuid not null,
  created_at timestamptz not null,
  constraint development_review_pkey primary key (tenant_id, id),
  constraint development_review_case_fkey foreign key (tenant_id, case_id) references development_case (tenant_id, id),
  constraint development_review_kind_check check (kind in ('half_year', 'thought_report', 'probation_quarter', 'probation_half_year')),
  constraint development_review_verdict_check check (verdict in ('good', 'fair', 'poor'))
);
select app_shard('development_review', 'tenant');
create index development_review_case on development_review (tenant_id, case_id, held_on);
create index development_review_scope on development_review (tenant_id, org_path, held_on);
alter table development_review enable row level security;
alter table development_review force row level security;
create policy development_review_read on development_review for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or (is_own and person_id = (select app_person()))));
create policy development_review_insert on development_review for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy development_review_update on development_review for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
-- Only the path is rewritten, when the case or its organisation moves.
grant select, insert, update (org_path) on development_review to tongxin_app;

create table development_publicity (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  org_path text collate "C" not null,
  purpose text not null,
  from_on date not null,
  until_on date not null,
  places text[] not null,
  floating boolean not null,
  channel text not null,
  verdict jsonb not null,
  feedback integer,
  verification text,
  passed boolean,
  closed_on date,
  recorded_by uuid not null,
  closed_by uuid,
  created_at timestamptz not null,
  constraint development_publicity_pkey primary key (tenant_id, id),
  constraint development_publicity_case_fkey foreign key (tenant_id, case_id) references development_case (tenant_id, id),
  constraint development_publicity_purpose_check check (purpose in ('activist', 'object', 'admission', 'conversion')),
  constraint development_publicity_period_check check (until_on >= from_on),
  constraint development_publicity_closed_check check ((closed_on is null) = (passed is null))
);
select app_shard('development_publicity', 'tenant');
create index development_publicity_case on development_publicity (tenant_id, case_id, from_on);
create index development_publicity_scope on development_publicity (tenant_id, org_path, until_on);
alter table development_publicity enable row level security;
alter table development_publicity force row level security;
create policy development_publicity_all on development_publicity using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on development_publicity to tongxin_app;

-- The political review (art. 16), sealed as a whole, its result too. Added to, never changed.
create table development_vetting (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  org_path text collate "C" not null,
  sealed bytea not null,
  recorded_by uuid not null,
  created_at timestamptz not null,
  constraint development_vetting_pkey primary key (tenant_id, id),
  constraint development_vetting_case_fkey foreign key (tenant_id, case_id) references development_case (tenant_id, id)
);
select app_shard('development_vetting', 'tenant');
create index development_vetting_case on development_vetting (tenant_id, case_id, created_at);
create index development_vetting_scope on development_vetting (tenant_id, org_path);
alter table development_vetting enable row level security;
alter table development_vetting force row level security;
create policy development_vetting_all on development_vetting using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on development_vetting to tongxin_app;

create table development_proof (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  org_path text collate "C" not null,
  step smallint not null,
  kind text not null,
  file_id uuid not null,
  name text not null,
  added_by uuid not null,
  added_at timestamptz not null,
  constraint development_proof_pkey primary key (tenant_id, id),
  constraint development_proof_file_key unique (tenant_id, file_id),
  constraint development_proof_case_fkey foreign key (tenant_id, case_id) references development_case (tenant_id, id)
);
select app_shard('development_proof', 'tenant');
create index development_proof_case on development_proof (tenant_id, case_id, step);
create index development_proof_scope on development_proof (tenant_id, org_path);
alter table development_proof enable row level security;
alter table development_proof force row level security;
create policy development_proof_all on development_proof using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on development_proof to tongxin_app;

-- How many people a unit may admit in a year, and wishes for the structure.
create table development_quota (
  tenant_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  year smallint not null,
  number integer not null,
  wishes jsonb not null default '{}',
  set_by uuid not null,
  version integer not null default 1,
  updated_at timestamptz not null,
  constraint development_quota_pkey primary key (tenant_id, org_id, year),
  constraint development_quota_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint development_quota_number_check check (number >= 0)
);
select app_shard('development_quota', 'tenant');
create index development_quota_scope on development_quota (tenant_id, org_path, year);
alter table development_quota enable row level security;
alter table development_quota force row level security;
create policy development_quota_all on development_quota using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on development_quota to tongxin_app;
