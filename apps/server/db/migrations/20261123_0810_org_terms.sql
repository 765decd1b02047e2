-- module: org
-- tables: org_term tenant
-- locks: org_post for the time of adding columns without a rewrite

-- Terms of a committee, one of which runs: `until_on` is its end, `planned_until_on` the end that the election set. They
-- differ when the level above approved a delay or an advance (基层组织选举工作条例 art. 3).
create table org_term (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  ordinal smallint,
  from_on date not null,
  until_on date not null,
  planned_until_on date not null,
  ended_on date,
  seats smallint,
  document_number text,
  shift_document text,
  shift_approved_on date,
  shift_reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint org_term_pkey primary key (tenant_id, id),
  constraint org_term_unit_fkey foreign key (tenant_id, unit_id) references org_unit (tenant_id, id),
  constraint org_term_period_check check (until_on >= from_on and planned_until_on >= from_on),
  constraint org_term_ended_check check (ended_on >= from_on),
  constraint org_term_seats_check check (seats between 1 and 60),
  constraint org_term_shift_check check ((shift_document is null) = (until_on = planned_until_on))
);
select app_shard('org_term', 'tenant');
create unique index org_term_running_key on org_term (tenant_id, unit_id) where ended_on is null;
create index org_term_unit on org_term (tenant_id, unit_id, from_on);
create index org_term_scope on org_term (tenant_id, org_path);
alter table org_term enable row level security;
alter table org_term force row level security;
create policy org_term_all on org_term using (tenant_id = (select app_tenant()) and app_in_scope(org_path)) with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on org_term to tongxin_app;

-- How a post was come by, and the letter with which the level above approved it or took it on record.
alter table org_post add column way text;
alter table org_post add column report_document text;
alter table org_post add column reported_on date;
alter table org_post add constraint org_post_way_check check (way in ('elected', 'by_election', 'appointed'));
alter table org_post add constraint org_post_report_check check ((report_document is null) = (reported_on is null));
