-- module: tasks
-- tables: tasks_report tenant
-- locks: none, a new table

-- What a unit reports to the one above it. `receiver_path`: who adopts or declines.
create table tasks_report (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  receiver_id uuid not null,
  receiver_path text collate "C" not null,
  receiver_name text not null,
  category text not null,
  title text not null,
  body text not null,
  files jsonb not null,
  state text not null default 'submitted',
  level text,
  comment text,
  decided_by text,
  decided_at timestamptz,
  written_by text not null,
  written_by_id uuid not null,
  reported_on date not null,
  reported_at timestamptz not null,
  updated_at timestamptz not null,
  constraint tasks_report_pkey primary key (tenant_id, id),
  constraint tasks_report_category_check check (category in ('news', 'experience', 'problem', 'opinion', 'matter')),
  constraint tasks_report_state_check check (state in ('submitted', 'adopted', 'declined', 'withdrawn')),
  constraint tasks_report_level_check check ((state = 'adopted') = (level is not null)
    and level in ('own', 'county', 'city', 'province', 'central')),
  constraint tasks_report_decided_check check (state = 'submitted' or (comment is not null and decided_by is not null))
);
select app_shard('tasks_report', 'tenant');
create index tasks_report_made on tasks_report (tenant_id, reported_at, id);
create index tasks_report_scope on tasks_report (tenant_id, org_path, reported_on);
create index tasks_report_month on tasks_report (tenant_id, reported_on);
create index tasks_report_review on tasks_report (tenant_id, receiver_path) where state = 'submitted';
alter table tasks_report enable row level security;
alter table tasks_report force row level security;
create policy tasks_report_read on tasks_report for select using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy tasks_report_insert on tasks_report for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy tasks_report_update on tasks_report for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on tasks_report to tongxin_app;
