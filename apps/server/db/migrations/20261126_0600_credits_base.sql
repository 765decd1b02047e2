-- module: credits
-- tables: credits_account tenant, credits_entry tenant, credits_certificate tenant, credits_exemption tenant, credits_honour tenant, credits_reminder tenant, credits_unit tenant, credits_transcript local
-- locks: none, new tables

-- The account of one person and year: the sums of its entries, moved with each of them. Hours are whole hundredths.
create table credits_account (
  tenant_id uuid not null,
  member_id uuid not null,
  year smallint not null,
  person_id uuid not null,
  name text collate "C" not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text collate "C" not null,
  post text not null,
  -- Null for those who have no target: they are not members yet, or are members no longer.
  target integer,
  elective_least integer not null default 0,
  earned integer not null default 0,
  elective integer not null default 0,
  required_left integer not null default 0,
  months integer[] not null default '{0,0,0,0,0,0,0,0,0,0,0,0}',
  is_exempt boolean not null default false,
  standing text generated always as (case
    when target is null then 'free'
    when is_exempt then 'exempt'
    when earned >= target and elective >= elective_least and required_left = 0 then 'reached'
    else 'short' end) stored,
  updated_at timestamptz not null,
  constraint credits_account_pkey primary key (tenant_id, member_id, year),
  constraint credits_account_post_check check (post in ('member', 'leader')),
  constraint credits_account_months_check check (cardinality(months) = 12)
);
select app_shard('credits_account', 'tenant');
create index credits_account_scope on credits_account (tenant_id, year, org_path, name, member_id);
create index credits_account_name on credits_account (tenant_id, year, name, member_id);
create index credits_account_unit on credits_account (tenant_id, unit_id, year);

-- One line of an account. Only added to: a reversal is a line of its own that names what it takes back.
create table credits_entry (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  year smallint not null,
  on_date date not null,
  source text not null,
  source_id uuid not null,
  -- 0 for the first line of a source; a recount writes the next.
  generation smallint not null default 0,
  statement_id uuid,
  title text not null,
  part text not null,
  rule text not null,
  rule_version date not null,
  -- What the rule was asked about, so that it can be asked again when the rule changes.
  fact jsonb not null,
  hundredths integer not null,
  reverses uuid,
  reason text,
  made_by uuid,
  at timestamptz not null,
  constraint credits_entry_pkey primary key (tenant_id, id),
  constraint credits_entry_part_check check (part in ('required', 'elective')),
  constraint credits_entry_reversal_check check ((reverses is null) = (hundredths > 0)),
  constraint credits_entry_reason_check check (reverses is null or reason is not null)
);
select app_shard('credits_entry', 'tenant');
create unique index credits_entry_source_key on credits_entry (tenant_id, member_id, source, source_id, year, generation) where reverses is null;
create unique index credits_entry_reverses_key on credits_entry (tenant_id, reverses) where reverses is not null;
create index credits_entry_member on credits_entry (tenant_id, member_id, year, on_date, id);
create index credits_entry_scope on credits_entry (tenant_id, org_path, year, id);
create index credits_entry_year on credits_entry (tenant_id, year, id);

-- Certificates of trainings elsewhere. Above a limit two reviewers accept one.
create table credits_certificate (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  name text collate "C" not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  title text not null,
  issuer text not null,
  held_on date not null,
  unit text not null,
  amount numeric(6, 2) not null,
  claimed integer not null,
  accepted integer,
  state text not null default 'submitted',
  file_id uuid not null,
  file_name text not null,
  checked_by uuid,
  checked_name text,
  accepted_by uuid,
  accepted_name text,
  reason text,
  submitted_at timestamptz not null,
  updated_at timestamptz not null,
  constraint credits_certificate_pkey primary key (tenant_id, id),
  constraint credits_certificate_state_check check (state in ('submitted', 'checked', 'accepted', 'returned', 'withdrawn')),
  constraint credits_certificate_unit_check check (unit in ('full_day', 'half_day', 'hour')),
  constraint credits_certificate_accepted_check check (state <> 'accepted' or accepted is not null),
  constraint credits_certificate_second_check check (accepted_by is null or checked_by is not null),
  constraint credits_certificate_returned_check check (state <> 'returned' or reason is not null)
);
select app_shard('credits_certificate', 'tenant');
create index credits_certificate_scope on credits_certificate (tenant_id, org_path, submitted_at, id);
create index credits_certificate_when on credits_certificate (tenant_id, submitted_at, id);
create index credits_certificate_open on credits_certificate (tenant_id, org_path) where state in ('submitted', 'checked');
create index credits_certificate_person on credits_certificate (tenant_id, person_id);

-- Freed from the hours of a year because of age or illness (EDU-4). The reason is sealed; decided by a second person.
create table credits_exemption (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  name text collate "C" not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  year smallint not null,
  ground text not null,
  reason bytea not null,
  state text not null default 'applied',
  applied_by uuid not null,
  applied_name text not null,
  decided_by uuid,
  decided_name text,
  answer text,
  applied_at timestamptz not null,
  updated_at timestamptz not null,
  constraint credits_exemption_pkey primary key (tenant_id, id),
  constraint credits_exemption_ground_check check (ground in ('age', 'illness')),
  constraint credits_exemption_state_check check (state in ('applied', 'approved', 'declined', 'withdrawn', 'ended')),
  constraint credits_exemption_second_check check (decided_by is null or (decided_by <> applied_by and decided_by <> person_id)),
  constraint credits_exemption_decided_check check (state not in ('approved', 'declined') or decided_by is not null)
);
select app_shard('credits_exemption', 'tenant');
create unique index credits_exemption_open on credits_exemption (tenant_id, member_id, year) where state in ('applied', 'approved');
create index credits_exemption_scope on credits_exemption (tenant_id, org_path, applied_at, id);
create index credits_exemption_when on credits_exemption (tenant_id, applied_at, id);
create index credits_exemption_person on credits_exemption (tenant_id, person_id);

-- Honours for study: one proposes, another reviews, a third decides.
create table credits_honour (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  name text collate "C" not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  year smallint not null,
  title text not null,
  state text not null default 'proposed',
  proposal text not null,
  proposed_by uuid not null,
  proposed_name text not null,
  reviewed_by uuid,
  reviewed_name text,
  decided_by uuid,
  decided_name text,
  reason text,
  certificate_no text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint credits_honour_pkey primary key (tenant_id, id),
  constraint credits_honour_state_check check (state in ('proposed', 'reviewed', 'confirmed', 'declined')),
  constraint credits_honour_review_check check (reviewed_by is null or (reviewed_by <> proposed_by and reviewed_by <> person_id)),
  constraint credits_honour_third_check check (decided_by is null or (decided_by <> proposed_by and decided_by <> reviewed_by and decided_by <> person_id)),
  constraint credits_honour_number_check check ((state = 'confirmed') = (certificate_no is not null)),
  constraint credits_honour_declined_check check (state <> 'declined' or reason is not null)
);
select app_shard('credits_honour', 'tenant');
create unique index credits_honour_one on credits_honour (tenant_id, member_id, year, title) where state <> 'declined';
create index credits_honour_scope on credits_honour (tenant_id, org_path, year, id);
create index credits_honour_name on credits_honour (tenant_id, name, id);
create index credits_honour_person on credits_honour (tenant_id, person_id);

-- Keys of reminders already given, so that each is given once whatever runs twice.
create table credits_reminder (
  tenant_id uuid not null,
  key text collate "C" not null,
  org_path text collate "C" not null,
  at timestamptz not null,
  constraint credits_reminder_pkey primary key (tenant_id, key)
);
select app_shard('credits_reminder', 'tenant');
create index credits_reminder_scope on credits_reminder (tenant_id, org_path);

-- The rollup of the accounts of one unit and year, without those below it: counted anew with each change in the unit.
create table credits_unit (
  tenant_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  year smallint not null,
  people integer not null,
  obliged integer not null,
  exempt integer not null,
  reached integer not null,
  short integer not null,
  required_done integer not null,
  hundredths bigint not null,
  months bigint[] not null,
  counted_at timestamptz not null,
  constraint credits_unit_pkey primary key (tenant_id, unit_id, year)
);
select app_shard('credits_unit', 'tenant');
create index credits_unit_scope on credits_unit (tenant_id, year, org_path);

-- What anyone may read by the code of a transcript, found by its hash alone: the masked name and the figures.
create table credits_transcript (
  code_hash bytea not null,
  id uuid not null,
  tenant_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  year smallint not null,
  shown jsonb not null,
  hundredths integer not null,
  sha256 text not null,
  signed_text text not null,
  signature text not null,
  public_key text not null,
  issued_at timestamptz not null,
  superseded_at timestamptz,
  constraint credits_transcript_pkey primary key (code_hash)
);
select app_shard('credits_transcript', 'local');
create index credits_transcript_member on credits_transcript (tenant_id, member_id, year);
grant select, insert, update (superseded_at) on credits_transcript to tongxin_app;

alter table credits_account enable row level security;
alter table credits_account force row level security;
create policy credits_account_read on credits_account for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy credits_account_insert on credits_account for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy credits_account_update on credits_account for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on credits_account to tongxin_app;

alter table credits_entry enable row level security;
alter table credits_entry force row level security;
create policy credits_entry_read on credits_entry for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy credits_entry_insert on credits_entry for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy credits_entry_update on credits_entry for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on credits_entry to tongxin_app;

alter table credits_certificate enable row level security;
alter table credits_certificate force row level security;
create policy credits_certificate_read on credits_certificate for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy credits_certificate_insert on credits_certificate for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy credits_certificate_update on credits_certificate for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on credits_certificate to tongxin_app;

alter table credits_exemption enable row level security;
alter table credits_exemption force row level security;
create policy credits_exemption_read on credits_exemption for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy credits_exemption_insert on credits_exemption for insert with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy credits_exemption_update on credits_exemption for update using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on credits_exemption to tongxin_app;

alter table credits_honour enable row level security;
alter table credits_honour force row level security;
create policy credits_honour_read on credits_honour for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())));
create policy credits_honour_insert on credits_honour for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy credits_honour_update on credits_honour for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on credits_honour to tongxin_app;

alter table credits_reminder enable row level security;
alter table credits_reminder force row level security;
create policy credits_reminder_read on credits_reminder for select using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy credits_reminder_insert on credits_reminder for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy credits_reminder_update on credits_reminder for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on credits_reminder to tongxin_app;

alter table credits_unit enable row level security;
alter table credits_unit force row level security;
create policy credits_unit_read on credits_unit for select using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy credits_unit_insert on credits_unit for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy credits_unit_update on credits_unit for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy credits_unit_delete on credits_unit for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update, delete on credits_unit to tongxin_app;
