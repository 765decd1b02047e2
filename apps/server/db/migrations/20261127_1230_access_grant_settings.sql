-- module: access
-- tables: none
-- locks: access_grant, a moment

-- The settings as init plans: the statement that proves a session sets them itself, so they are empty while it is
-- planned. PostgreSQL asks a stable function then and there, took `tenant_id = null` for no row at all, and read all
-- grants of the tenant for each request as soon as its statistics were fresh. What an init plan gives is not asked.
alter policy access_grant_all on access_grant
  using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or person_id = (select app_person())))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
