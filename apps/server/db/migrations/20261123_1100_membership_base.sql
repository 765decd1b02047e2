-- module: membership
-- tables: membership_absence tenant, membership_contact tenant, membership_decision tenant, membership_movement tenant, membership_flow tenant, membership_month tenant
-- locks: none, new tables

-- Somebody who is floating, lost or abroad. The organisation where a floating member is sees the row by `host_path`.
create table membership_absence (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  name text not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  host_id uuid,
  host_path text collate "C",
  host_name text,
  kind text not null,
  state text not null default 'open',
  started_on date not null,
  ended_on date,
  end_kind text,
  end_note text,
  facts jsonb not null default '{}',
  last_contact_on date,
  contact_due_on date,
  confirmed_at timestamptz,
  confirmed_by uuid,
  version integer not null default 1,
  created_by uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint membership_absence_pkey primary key (tenant_id, id),
  constraint membership_absence_kind_check check (kind in ('floating', 'lost', 'abroad')),
  constraint membership_absence_state_check check (state in ('open', 'ended')),
  constraint membership_absence_end_check check ((state = 'ended') = (ended_on is not null and end_kind is not null)),
  constraint membership_absence_host_check check ((host_id is null) = (host_path is null))
);
select app_shard('membership_absence', 'tenant');
create unique index membership_absence_open on membership_absence (tenant_id, member_id, kind) where state = 'open';
create index membership_absence_scope on membership_absence (tenant_id, org_path, started_on, id);
create index membership_absence_host on membership_absence (tenant_id, host_path, started_on, id) where host_path is not null;
create index membership_absence_person on membership_absence (tenant_id, person_id);
alter table membership_absence enable row level security;
alter table membership_absence force row level security;
create policy membership_absence_read on membership_absence for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or app_in_scope(host_path) or person_id = app_person()));
create policy membership_absence_insert on membership_absence for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy membership_absence_update on membership_absence for update using (tenant_id = app_tenant() and (app_in_scope(org_path) or app_in_scope(host_path) or person_id = app_person()));
grant select, insert, update on membership_absence to tongxin_app;

-- Attempts to reach somebody: contacts of the quarter, and the search for those who are lost.
create table membership_contact (
  tenant_id uuid not null,
  id uuid not null,
  absence_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  on_date date not null,
  way text not null,
  reached boolean not null,
  note text,
  by_person uuid not null,
  at timestamptz not null,
  constraint membership_contact_pkey primary key (tenant_id, id),
  constraint membership_contact_absence_fkey foreign key (tenant_id, absence_id) references membership_absence (tenant_id, id)
);
select app_shard('membership_contact', 'tenant');
create index membership_contact_absence on membership_contact (tenant_id, absence_id, on_date);
create index membership_contact_scope on membership_contact (tenant_id, org_path);
alter table membership_contact enable row level security;
alter table membership_contact force row level security;
create policy membership_contact_all on membership_contact using (tenant_id = app_tenant() and (app_in_scope(org_path) or person_id = app_person()))
  with check (tenant_id = app_tenant() and (app_in_scope(org_path) or person_id = app_person()));
grant select, insert, update (org_path) on membership_contact to tongxin_app;

-- Decisions about membership (党籍): proposed by one, decided by the meeting, approved by another one above. What is
-- told about a person (reason, resolution, appeal, opinions) is sealed.
create table membership_decision (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  name text not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  state text not null default 'proposed',
  facts jsonb not null default '{}',
  rules jsonb not null default '[]',
  reason bytea not null,
  absence_id uuid,
  status_before text not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  meeting jsonb,
  resolution bytea,
  meeting_by uuid,
  approved_by uuid,
  approved_at timestamptz,
  approving_org text,
  document_number text,
  effective_on date,
  opinion bytea,
  returned_reason bytea,
  served_on date,
  served_way text,
  appealed_on date,
  appeal bytea,
  appeal_by uuid,
  appeal_opinion bytea,
  version integer not null default 1,
  updated_at timestamptz not null,
  constraint membership_decision_pkey primary key (tenant_id, id),
  constraint membership_decision_kind_check check (kind in ('stop', 'restore', 'withdrawal', 'urged_withdrawal', 'self_withdrawal', 'removal', 'expulsion', 'death')),
  constraint membership_decision_state_check check (state in ('proposed', 'branch_decided', 'approved', 'served', 'appealed', 'upheld', 'changed', 'not_carried', 'returned', 'withdrawn')),
  constraint membership_decision_second_check check (approved_by is null or (approved_by <> proposed_by and approved_by is distinct from meeting_by)),
  constraint membership_decision_approved_check check ((approved_by is null) = (effective_on is null) and (approved_by is null) = (document_number is null))
);
select app_shard('membership_decision', 'tenant');
create unique index membership_decision_open on membership_decision (tenant_id, member_id) where state in ('proposed', 'branch_decided');
create index membership_decision_scope on membership_decision (tenant_id, org_path, proposed_at, id);
create index membership_decision_person on membership_decision (tenant_id, person_id);
alter table membership_decision enable row level security;
alter table membership_decision force row level security;
create policy membership_decision_read on membership_decision for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or (person_id = app_person() and approved_by is not null)));
create policy membership_decision_insert on membership_decision for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy membership_decision_update on membership_decision for update using (tenant_id = app_tenant() and (app_in_scope(org_path) or (person_id = app_person() and approved_by is not null)));
grant select, insert, update on membership_decision to tongxin_app;

-- Every change of the number of members, one row a person (or an import), written from the event that caused it.
create table membership_movement (
  tenant_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  month text collate "C" not null,
  on_date date not null,
  cause text not null,
  people integer not null,
  member_id uuid,
  batch_id uuid,
  constraint membership_movement_pkey primary key (tenant_id, id),
  constraint membership_movement_people_check check (people <> 0)
);
select app_shard('membership_movement', 'tenant');
create index membership_movement_scope on membership_movement (tenant_id, org_path, month, on_date, id);
create index membership_movement_month on membership_movement (tenant_id, month, on_date, id);
alter table membership_movement enable row level security;
alter table membership_movement force row level security;
create policy membership_movement_all on membership_movement using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update (org_path) on membership_movement to tongxin_app;

-- The rollup of movements: people by unit, month and cause, signed; `opening` carries the month before.
create table membership_flow (
  tenant_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  month text collate "C" not null,
  cause text not null,
  people integer not null,
  constraint membership_flow_pkey primary key (tenant_id, unit_id, month, cause)
);
select app_shard('membership_flow', 'tenant');
create index membership_flow_scope on membership_flow (tenant_id, month, org_path);
alter table membership_flow enable row level security;
alter table membership_flow force row level security;
create policy membership_flow_all on membership_flow using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on membership_flow to tongxin_app;

-- What the records themselves say at the end of a month, and who confirmed and closed it.
create table membership_month (
  tenant_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  month text collate "C" not null,
  recorded integer,
  counted_at timestamptz,
  state text not null default 'open',
  confirmed_by uuid,
  closed_by uuid,
  reopened_reason text,
  updated_at timestamptz not null,
  constraint membership_month_pkey primary key (tenant_id, unit_id, month),
  constraint membership_month_state_check check (state in ('open', 'confirmed', 'closed')),
  constraint membership_month_second_check check (closed_by is null or closed_by is distinct from confirmed_by)
);
select app_shard('membership_month', 'tenant');
create index membership_month_scope on membership_month (tenant_id, month, org_path);
alter table membership_month enable row level security;
alter table membership_month force row level security;
create policy membership_month_all on membership_month using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on membership_month to tongxin_app;
