-- module: learning
-- tables: learning_open local
-- locks: learning_course exclusive while public courses are read once

-- What the list of public courses says of each course that is released and public now, of all tenants: whoever reads it
-- has no session, so it is one statement over rows that everybody may see. It is written with the course.
create table learning_open (
  course_id uuid not null,
  tenant_id uuid not null,
  title text not null,
  summary text not null,
  column_code text not null,
  kind text not null,
  lecturer text not null,
  minutes integer not null,
  cover_id uuid,
  valid_from date,
  valid_until date,
  released_at timestamptz not null,
  constraint learning_open_pkey primary key (course_id)
);
select app_shard('learning_open', 'local');
create index learning_open_newest on learning_open (released_at desc, course_id);
create index learning_open_tenant on learning_open (tenant_id);
grant select, insert, update, delete on learning_open to tongxin_app;

alter table learning_course no force row level security;
insert into learning_open (course_id, tenant_id, title, summary, column_code, kind, lecturer, minutes, cover_id,
    valid_from, valid_until, released_at)
  select c.id, c.tenant_id, c.title, c.summary, c.column_code, c.kind, c.lecturer, c.minutes, c.cover_id,
    c.valid_from, c.valid_until, coalesce(c.released_at, c.changed_at)
  from learning_course c where c.is_public and c.state = 'live';
alter table learning_course force row level security;
