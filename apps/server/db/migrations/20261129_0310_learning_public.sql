-- module: learning
-- tables: learning_public local
-- locks: learning_course and learning_version exclusive while public courses are read once

-- Whose a public course is, and a medium that one shows: whoever asks without a session names the thing alone. It only
-- says where to look; whether the thing is public now is asked there. So nothing is taken out of it.
create table learning_public (
  thing_id uuid not null,
  tenant_id uuid not null,
  constraint learning_public_pkey primary key (thing_id)
);
select app_shard('learning_public', 'local');
create index learning_public_tenant on learning_public (tenant_id);
grant select, insert on learning_public to tongxin_app;

alter table learning_course no force row level security;
alter table learning_version no force row level security;
insert into learning_public (thing_id, tenant_id)
  select c.id, c.tenant_id from learning_course c where c.is_public and c.live_version is not null
  on conflict do nothing;
insert into learning_public (thing_id, tenant_id)
  select (m.found #>> '{}')::uuid, c.tenant_id
  from learning_course c
  join learning_version v on v.tenant_id = c.tenant_id and v.course_id = c.id and v.number = c.live_version
  cross join lateral jsonb_path_query(v.content, '$.chapters[*].blocks[*].mediaId') as m(found)
  where c.is_public
  on conflict do nothing;
alter table learning_version force row level security;
alter table learning_course force row level security;
