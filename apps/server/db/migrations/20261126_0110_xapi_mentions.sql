-- module: xapi
-- tables: xapi_mention tenant
-- locks: xapi_statement, for the time of moving what its lists held

-- Under what else a statement is found. A list inside the row could be asked only by `@>`, which is not leakproof: under
-- row-level security PostgreSQL then reads every row instead of the index. Ways: 1 agent, 2 related agent, 3 related
-- activity, 4 a statement referred to; 11 to 16 say of a statement that refers to others what those are found under:
-- agent, related agent, related activity, verb, activity, registration.
create table xapi_mention (
  tenant_id uuid not null,
  way smallint not null,
  key uuid not null,
  seq uuid not null,
  constraint xapi_mention_pkey primary key (tenant_id, way, key, seq)
);
select app_shard('xapi_mention', 'tenant');
create index xapi_mention_seq on xapi_mention (tenant_id, seq);
alter table xapi_mention enable row level security;
alter table xapi_mention force row level security;
create policy xapi_mention_all on xapi_mention using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()));
grant select, insert on xapi_mention to tongxin_app;

insert into xapi_mention (tenant_id, way, key, seq)
  select s.tenant_id, 1, k, s.seq from xapi_statement s cross join unnest(s.agents) as k where s.agents is not null
  union select s.tenant_id, 2, k, s.seq from xapi_statement s cross join unnest(s.related_agents) as k where s.related_agents is not null
  union select s.tenant_id, 3, k, s.seq from xapi_statement s cross join unnest(s.related_activities) as k where s.related_activities is not null
  union select s.tenant_id, 4, k, s.seq from xapi_statement s cross join unnest(s.refers) as k where s.refers is not null;
insert into xapi_mention (tenant_id, way, key, seq)
  select m.tenant_id, v.way, v.key, m.seq
  from xapi_mention m
  join xapi_statement t on t.tenant_id = m.tenant_id and t.id = m.key
  cross join lateral (values (11, t.actor_key), (14, t.verb_key), (15, t.activity_key), (16, t.registration)) as v(way, key)
  where m.way = 4 and v.key is not null
  union select m.tenant_id, (o.way + 10)::smallint, o.key, m.seq
  from xapi_mention m
  join xapi_statement t on t.tenant_id = m.tenant_id and t.id = m.key
  join xapi_mention o on o.tenant_id = m.tenant_id and o.seq = t.seq and o.way between 1 and 3
  where m.way = 4
  on conflict do nothing;

drop index xapi_statement_agents;
drop index xapi_statement_related_agents;
drop index xapi_statement_related_activities;
drop index xapi_statement_reference;
alter table xapi_statement drop column agents, drop column related_agents, drop column related_activities;
