-- module: files
-- tables: none
-- locks: files_file exclusive while its rows are checked, a moment

-- Packages are uploaded like every other file, with a purpose, a kind and a size of their own.
alter table files_file drop constraint files_file_purpose_check;
alter table files_file add constraint files_file_purposes_check check (purpose in ('photo', 'document', 'media', 'package'));
