-- module: transfers
-- tables: transfers_transfer tenant, transfers_step tenant, transfers_number tenant
-- locks: one nullable column added to members_member

-- Since when the relation of a member is on its way (转接中): the letter is out and nobody has received it yet.
alter table members_member add column in_transfer_since date;

-- One letter of introduction from the plan to the receipt. Names are those of the day: a letter says what it said.
-- `org_*` is the branch in whose hands the case lies (of departure; of arrival for somebody from outside), `to_*` the
-- receiving branch where it belongs to this installation, `committee_*` the committee that approves and numbers.
create table transfers_transfer (
  tenant_id uuid not null,
  id uuid not null,
  direction text not null,
  kind text not null,
  state text not null default 'draft',
  member_id uuid,
  person_id uuid,
  name text collate "C" not null,
  member_no text collate "C",
  category text not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  to_org_id uuid,
  to_path text collate "C",
  committee_id uuid not null,
  committee_path text collate "C" not null,
  committee_name text not null,
  from_name text not null,
  to_name text not null,
  needs_department boolean not null,
  reason text not null,
  contact jsonb not null default '{}',
  dues_paid_until text,
  number_year smallint,
  number_running integer,
  number text collate "C",
  issued_on date,
  -- Of the first letter of a chain of renewals: six months without landing count from it (CONST-11).
  first_issued_on date,
  valid_days smallint,
  valid_until date,
  department_document text,
  reported_on date,
  received_on date,
  receipt_by text,
  returned_reason text,
  stranded_on date,
  settled_on date,
  settlement text,
  renews_id uuid,
  renewed_by_id uuid,
  batch_id uuid,
  letter jsonb,
  sealed bytea,
  letters_printed smallint not null default 0,
  receipts_printed smallint not null default 0,
  made_by uuid not null,
  agreed_by uuid,
  approved_by uuid,
  department_by uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint transfers_transfer_pkey primary key (tenant_id, id),
  constraint transfers_transfer_number_key unique (tenant_id, committee_id, number_year, number_running),
  constraint transfers_transfer_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint transfers_transfer_member_fkey foreign key (tenant_id, member_id) references members_member (tenant_id, id),
  constraint transfers_transfer_direction_check check (direction in ('inside', 'out', 'in')),
  constraint transfers_transfer_kind_check check (kind in ('branch', 'installation', 'province', 'other_province', 'beyond_system')),
  constraint transfers_transfer_inside_check check ((direction = 'inside') = (kind in ('branch', 'installation'))),
  constraint transfers_transfer_to_check check ((direction = 'inside') = (to_path is not null) and (to_path is null) = (to_org_id is null)),
  constraint transfers_transfer_member_check check (direction = 'in' or member_id is not null),
  constraint transfers_transfer_state_check check (state in ('draft', 'branch_agreed', 'committee_approved', 'department_approved', 'awaiting', 'received', 'returned', 'revoked', 'expired')),
  constraint transfers_transfer_issued_check check (direction = 'in' or state not in ('awaiting', 'received', 'returned', 'expired') or (number is not null and issued_on is not null and valid_until is not null)),
  constraint transfers_transfer_received_check check ((state = 'received') = (received_on is not null)),
  constraint transfers_transfer_settled_check check ((settled_on is null) = (settlement is null)),
  -- Maker is not checker: the committee's approval and the department's are other people's.
  constraint transfers_transfer_approver_check check (approved_by <> made_by and approved_by is distinct from agreed_by or approved_by is null),
  constraint transfers_transfer_department_check check (department_by is null or department_by <> made_by and department_by <> approved_by)
);
select app_shard('transfers_transfer', 'tenant');
-- One open transfer for each member.
create unique index transfers_transfer_open_key on transfers_transfer (tenant_id, member_id)
  where state in ('draft', 'branch_agreed', 'committee_approved', 'department_approved', 'awaiting');
create index transfers_transfer_scope on transfers_transfer (tenant_id, org_path, created_at, id);
create index transfers_transfer_inbox on transfers_transfer (tenant_id, to_path, created_at, id) where to_path is not null;
create index transfers_transfer_committee on transfers_transfer (tenant_id, committee_path, number_year, number_running);
create index transfers_transfer_person on transfers_transfer (tenant_id, person_id, created_at) where person_id is not null;
create index transfers_transfer_running on transfers_transfer (tenant_id, state, valid_until) where state in ('awaiting', 'expired');

-- What was done with it, by whom, said of which day. `side` decides who sees the row and its note.
create table transfers_step (
  tenant_id uuid not null,
  id uuid not null,
  transfer_id uuid not null,
  org_path text collate "C" not null,
  to_path text collate "C",
  person_id uuid,
  act text not null,
  side text not null,
  said_on date,
  note text,
  made_by uuid,
  at timestamptz not null,
  constraint transfers_step_pkey primary key (tenant_id, id),
  constraint transfers_step_transfer_fkey foreign key (tenant_id, transfer_id) references transfers_transfer (tenant_id, id),
  constraint transfers_step_side_check check (side in ('sending', 'both'))
);
select app_shard('transfers_step', 'tenant');
create index transfers_step_transfer on transfers_step (tenant_id, transfer_id, id);
create index transfers_step_scope on transfers_step (tenant_id, org_path, id);
create index transfers_step_to on transfers_step (tenant_id, to_path, id) where to_path is not null;

-- The last number that a committee gave to a letter in a year.
create table transfers_number (
  tenant_id uuid not null,
  committee_id uuid not null,
  org_path text collate "C" not null,
  year smallint not null,
  last integer not null,
  constraint transfers_number_pkey primary key (tenant_id, committee_id, year)
);
select app_shard('transfers_number', 'tenant');
create index transfers_number_scope on transfers_number (tenant_id, org_path);

-- The receiving side sees a transfer from the day of the letter on; the person concerned always. A letter that nobody
-- has received yet may be touched by both sides, and by the person who reports the arrival.
alter table transfers_transfer enable row level security;
alter table transfers_transfer force row level security;
create policy transfers_transfer_read on transfers_transfer for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person()) or (issued_on is not null and app_in_scope(to_path))));
create policy transfers_transfer_insert on transfers_transfer for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy transfers_transfer_update on transfers_transfer for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or (person_id = (select app_person()) and state = 'awaiting') or (issued_on is not null and app_in_scope(to_path))));
grant select, insert, update on transfers_transfer to tongxin_app;

alter table transfers_step enable row level security;
alter table transfers_step force row level security;
create policy transfers_step_read on transfers_step for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person()) or (side = 'both' and app_in_scope(to_path))));
create policy transfers_step_insert on transfers_step for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person()) or app_in_scope(to_path)));
-- Only the paths are rewritten, when an organisation moves; steps themselves are never changed.
create policy transfers_step_update on transfers_step for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or app_in_scope(to_path)));
grant select, insert, update (org_path, to_path) on transfers_step to tongxin_app;

alter table transfers_number enable row level security;
alter table transfers_number force row level security;
create policy transfers_number_all on transfers_number using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on transfers_number to tongxin_app;
