-- module: xapi
-- tables: none
-- locks: xapi_statement exclusive while one index is made anew; xapi_launch, a moment

-- A launch is prepared before its key is fetched (cmi5, 8.2): until then its secret opens the fetch and nothing else.
alter table xapi_launch add column fetched_at timestamptz;
grant update (secret_hash, fetched_at) on xapi_launch to tongxin_app;

-- Statements of cmi5 that the platform makes itself: a unit is launched as often as somebody opens it, while a fact of
-- learning is stated once.
alter table xapi_statement add column repeatable boolean not null default false;
drop index xapi_statement_fact;
create unique index xapi_statement_fact on xapi_statement (tenant_id, member_id, verb_key, activity_key, registration)
  nulls not distinct where credential_id is null and member_id is not null and not repeatable;
