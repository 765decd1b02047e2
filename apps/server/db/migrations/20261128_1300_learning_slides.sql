-- module: learning
-- tables: none
-- locks: learning_file gets nullable columns and a default of a constant

-- Slides are shown page by page. The pages are drawn from the file by programs of the machine when it has them; null:
-- no slides. `waiting` stays so on a machine without the programs, and the file itself is opened.
alter table learning_file
  add column slides_state text,
  add column slides_pages integer not null default 0,
  add column slides_width integer not null default 0,
  add column slides_height integer not null default 0,
  add column slides_attempts smallint not null default 0,
  add column slides_leased_until timestamptz,
  add constraint learning_file_slides_check check (slides_state in ('waiting', 'ready', 'failed')),
  add constraint learning_file_pages_check check ((coalesce(slides_state, '') = 'ready') = (slides_pages > 0));
create index learning_file_slides on learning_file (tenant_id, file_id) where slides_state = 'waiting';
grant update (slides_state, slides_pages, slides_width, slides_height, slides_attempts, slides_leased_until)
  on learning_file to tongxin_app;

-- The rows of all tenants: the owner passes the policies only while they are not forced.
alter table learning_file no force row level security;
alter table learning_version no force row level security;
update learning_file f set slides_state = 'waiting'
from learning_version v
where v.tenant_id = f.tenant_id and v.course_id = f.course_id
  and v.content @? format('$.chapters[*].blocks[*] ? (@.kind == "slides" && @.fileId == "%s")', f.file_id)::jsonpath;
alter table learning_file force row level security;
alter table learning_version force row level security;
