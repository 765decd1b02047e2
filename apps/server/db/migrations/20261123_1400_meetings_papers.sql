-- module: meetings
-- tables: meetings_paper tenant
-- locks: files_file while its policy is replaced; nothing is rewritten

-- Papers for the items of the agenda. A removed one stays with its reason; `agenda_id` null: for the whole meeting, as
-- is what belonged to an item that was taken off the agenda.
create table meetings_paper (
  tenant_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  org_path text collate "C" not null,
  agenda_id uuid,
  file_id uuid not null,
  name text not null,
  added_by uuid not null,
  added_by_name text not null,
  added_at timestamptz not null,
  removed_by uuid,
  removed_by_name text,
  removed_at timestamptz,
  removed_reason text,
  constraint meetings_paper_pkey primary key (tenant_id, id),
  constraint meetings_paper_file_key unique (tenant_id, file_id),
  constraint meetings_paper_meeting_fkey foreign key (tenant_id, meeting_id) references meetings_meeting (tenant_id, id),
  constraint meetings_paper_removed_check check ((removed_at is null) = (removed_reason is null))
);
select app_shard('meetings_paper', 'tenant');
create index meetings_paper_meeting on meetings_paper (tenant_id, meeting_id, id);
create index meetings_paper_scope on meetings_paper (tenant_id, org_path);
alter table meetings_paper enable row level security;
alter table meetings_paper force row level security;
create policy meetings_paper_read on meetings_paper for select using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or meetings_invited(meeting_id)));
create policy meetings_paper_insert on meetings_paper for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy meetings_paper_update on meetings_paper for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on meetings_paper to tongxin_app;

-- Whoever is called reads the papers of the meeting, wherever it is held.
drop policy files_file_read on files_file;
create policy files_file_read on files_file for select using (tenant_id = (select app_tenant()) and (owner_id = (select app_person()) or app_in_scope(org_path) or (subject_kind = 'meeting' and meetings_invited(subject_id))));
