-- module: elections
-- tables: elections_handover tenant
-- locks: none, a new table

-- Handover of the seal and of papers after an election: what goes from whom to whom, confirmed by both. A document:
-- nothing in it is changed; what was entered wrongly is withdrawn with the reason and entered anew.
create table elections_handover (
  tenant_id uuid not null,
  id uuid not null,
  election_id uuid not null,
  org_path text collate "C" not null,
  state text not null default 'open',
  handed_on date not null,
  place text not null,
  giver_id uuid not null,
  giver_person uuid not null,
  giver_name text not null,
  receiver_id uuid not null,
  receiver_person uuid not null,
  receiver_name text not null,
  witness text,
  items jsonb not null,
  given_at timestamptz,
  received_at timestamptz,
  entered_by uuid not null,
  entered_by_name text not null,
  entered_at timestamptz not null,
  withdrawn_by_name text,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  constraint elections_handover_pkey primary key (tenant_id, id),
  constraint elections_handover_election_fkey foreign key (tenant_id, election_id) references elections_election (tenant_id, id),
  constraint elections_handover_state_check check (state in ('open', 'done', 'withdrawn')),
  constraint elections_handover_two_check check (giver_person <> receiver_person),
  constraint elections_handover_done_check check ((state = 'done') = (given_at is not null and received_at is not null)),
  constraint elections_handover_withdrawn_check check ((state = 'withdrawn') = (withdrawn_at is not null and withdrawn_reason is not null))
);
select app_shard('elections_handover', 'tenant');
create index elections_handover_election on elections_handover (tenant_id, election_id, id);
create index elections_handover_scope on elections_handover (tenant_id, org_path);
alter table elections_handover enable row level security;
alter table elections_handover force row level security;
create policy elections_handover_read on elections_handover for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or giver_person = (select app_person()) or receiver_person = (select app_person())));
create policy elections_handover_insert on elections_handover for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy elections_handover_update on elections_handover for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or giver_person = (select app_person()) or receiver_person = (select app_person())));
grant select, insert, update on elections_handover to tongxin_app;
