-- module: xapi
-- tables: none
-- locks: xapi_document exclusive while each document from before 20261129_0301 is read once

-- Documents from before bytes were counted, given to whoever can have written them: the newest launch of their
-- registration; the key that told statements of it; else the one program that wrote at that time. What the platform
-- writes for a launch (cmi5, 10.0) is nobody's. Where several keys can have written a document it is counted when one of
-- them writes it again.
alter table xapi_document no force row level security;
alter table xapi_launch no force row level security;
alter table xapi_statement no force row level security;
alter table xapi_credential no force row level security;
alter table xapi_usage no force row level security;

with uncounted as (
  select d.tenant_id, d.id, d.registration, d.updated from xapi_document d
  where d.credential_id is null and d.name <> 'LMS.LaunchData'
), owned as (
  select u.tenant_id, u.id, coalesce(
    (select l.id from xapi_launch l
      where l.tenant_id = u.tenant_id and l.registration = u.registration
      order by l.created_at desc, l.id limit 1),
    (select s.credential_id from xapi_statement s
      where s.tenant_id = u.tenant_id and s.registration = u.registration and s.credential_id is not null
      order by s.seq desc limit 1),
    (select (array_agg(c.id))[1] from xapi_credential c
      where c.tenant_id = u.tenant_id and c.created_at <= u.updated and c.last_used_at >= u.updated
        and (c.ended_at is null or c.ended_at >= u.updated)
      having count(*) = 1)
  ) as owner_id
  from uncounted u
), given as (
  update xapi_document d set credential_id = o.owner_id
  from owned o
  where d.tenant_id = o.tenant_id and d.id = o.id and o.owner_id is not null
  returning d.tenant_id, d.credential_id, octet_length(d.bytes) + 512 as bytes
)
insert into xapi_usage as u (tenant_id, credential_id, slot, bytes)
  select g.tenant_id, g.credential_id, 0, sum(g.bytes) from given g group by g.tenant_id, g.credential_id
  on conflict (tenant_id, credential_id, slot) do update set bytes = u.bytes + excluded.bytes;

alter table xapi_usage force row level security;
alter table xapi_credential force row level security;
alter table xapi_statement force row level security;
alter table xapi_launch force row level security;
alter table xapi_document force row level security;
