-- module: files
-- tables: none
-- locks: files_file for a moment: a check that is validated afterwards, and a policy

-- Voice messages; and files of a conversation are read by whoever belongs to it, wherever in the tree.
alter table files_file drop constraint files_file_purposes_check;
alter table files_file add constraint files_file_purposes_check check (purpose in ('photo', 'document', 'media', 'package', 'voice')) not valid;
alter table files_file validate constraint files_file_purposes_check;
drop policy files_file_read on files_file;
create policy files_file_read on files_file for select using (tenant_id = (select app_tenant())
  and (owner_id = (select app_person()) or app_in_scope(org_path)
    or (subject_kind = 'meeting' and meetings_invited(subject_id))
    or (subject_kind = 'conversation' and conversations_mine(subject_id))));
