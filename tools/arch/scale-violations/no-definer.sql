-- module: sample
-- tables: none
-- locks: none, new tables
create function sample_all() returns bigint language sql security definer as $$ select count(*) from platform_event $$;
