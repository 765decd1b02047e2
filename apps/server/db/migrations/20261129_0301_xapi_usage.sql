-- module: xapi
-- tables: xapi_usage tenant
-- locks: xapi_document, a moment; xapi_statement exclusive while each statement is read once

-- How many bytes each key has brought. Several slots for each key, so that groups of statements that are written at the
-- same time do not wait for one row; the sum of a key reads at most as many rows as there are slots.
create table xapi_usage (
  tenant_id uuid not null,
  -- A key of a program, or a launch.
  credential_id uuid not null,
  slot smallint not null,
  bytes bigint not null,
  constraint xapi_usage_pkey primary key (tenant_id, credential_id, slot)
) with (fillfactor = 50);
select app_shard('xapi_usage', 'tenant');

-- Whose a document is: whoever wrote it last. Null: the platform, or from before this was counted.
alter table xapi_document add column credential_id uuid;

-- What was told before. 512 bytes are what a row weighs beside its text.
alter table xapi_statement no force row level security;
insert into xapi_usage (tenant_id, credential_id, slot, bytes)
  select s.tenant_id, s.credential_id, 0, sum(octet_length(s.raw::text) + 512)
  from xapi_statement s
  where s.credential_id is not null
  group by s.tenant_id, s.credential_id;
alter table xapi_statement force row level security;

alter table xapi_usage enable row level security;
alter table xapi_usage force row level security;
create policy xapi_usage_all on xapi_usage using (tenant_id = (select app_tenant()))
  with check (tenant_id = (select app_tenant()));
grant select, insert, update, delete on xapi_usage to tongxin_app;
