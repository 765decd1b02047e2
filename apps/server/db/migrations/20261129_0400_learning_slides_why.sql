-- module: learning
-- tables: none
-- locks: learning_file gets a nullable column

-- Why pages of slides are not drawn, for the desk: what was given up keeps its reason, and what waits says for what.
alter table learning_file
  add column slides_why text,
  add constraint learning_file_why_check check (slides_why in ('no_program', 'no_office', 'not_slides', 'broken', 'empty',
    'too_long', 'too_slow', 'interrupted'));
grant update (slides_why) on learning_file to tongxin_app;

-- The rows of all tenants: the owner passes the policies only while they are not forced.
alter table learning_file no force row level security;
update learning_file set slides_why = 'broken' where slides_state = 'failed';
alter table learning_file force row level security;
