-- module: files
-- tables: none
-- locks: files_file exclusive while its rows are checked, a moment

-- What the library keeps is uploaded like every other file, with a purpose of its own.
alter table files_file drop constraint files_file_purposes_check;
alter table files_file add constraint files_file_aims_check
  check (purpose in ('photo', 'document', 'media', 'package', 'library'));
