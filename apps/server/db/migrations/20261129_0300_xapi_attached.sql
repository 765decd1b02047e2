-- module: xapi
-- tables: xapi_attached tenant
-- locks: xapi_statement and xapi_attachment exclusive while each statement is read once, where there are attachments

-- Which bytes came with which statement. The bytes themselves lie once for everybody under their sum: to know a sum, or
-- to name it in a statement that says they lie elsewhere, is no right to read them.
create table xapi_attached (
  tenant_id uuid not null,
  statement_id uuid not null,
  sha2 bytea not null,
  content_type text not null,
  constraint xapi_attached_pkey primary key (tenant_id, statement_id, sha2)
);
select app_shard('xapi_attached', 'tenant');

-- Of what was told before: a statement that names no address brought its bytes, or it would have been refused; one that
-- names an address brought them when they were stored in the same moment.
alter table xapi_statement no force row level security;
alter table xapi_attachment no force row level security;
insert into xapi_attached (tenant_id, statement_id, sha2, content_type)
  select s.tenant_id, s.id, a.sha2, a.content_type
  from xapi_statement s
  cross join lateral (
    select s.raw -> 'attachments' as list
    union all select s.raw -> 'object' -> 'attachments' where s.raw -> 'object' ->> 'objectType' = 'SubStatement'
  ) l
  cross join lateral json_array_elements(case when json_typeof(l.list) = 'array' then l.list else '[]'::json end) as named
  join xapi_attachment a on a.tenant_id = s.tenant_id
    and encode(a.sha2, 'hex') = lower(named ->> 'sha2')
    and (named ->> 'fileUrl' is null or s.stored = a.stored)
  where exists (select from xapi_attachment) and s.raw::text like '%"sha2"%'
  on conflict do nothing;
alter table xapi_attachment force row level security;
alter table xapi_statement force row level security;

alter table xapi_attached enable row level security;
alter table xapi_attached force row level security;
create policy xapi_attached_all on xapi_attached using (tenant_id = (select app_tenant()))
  with check (tenant_id = (select app_tenant()));
grant select, insert on xapi_attached to tongxin_app;
