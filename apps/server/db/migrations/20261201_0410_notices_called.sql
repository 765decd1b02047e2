-- module: notices
-- tables: notices_circular tenant
-- locks: notices_circular while two columns are added and what was sent counts as called out

-- Sending by the ways out of the platform goes page by page in the order of units: how far it is, and when it was done.
alter table notices_circular
  add column call smallint not null default 0,
  add column call_after text collate "C",
  add column call_member uuid,
  add column called_at timestamptz;
alter table notices_circular no force row level security;
update notices_circular set called_at = sent_at where sent_at is not null;
alter table notices_circular force row level security;
create index notices_circular_to_call on notices_circular (tenant_id, sent_at) where state = 'sent' and called_at is null;

-- Jobs, which nobody stands behind, ask who wants quiet before they call.
create policy notices_preference_jobs on notices_preference for select using (tenant_id = (select app_tenant())
  and (select app_person()) is null and app_in_scope(org_path));
