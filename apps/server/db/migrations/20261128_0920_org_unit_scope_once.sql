-- module: org
-- tables: none
-- locks: org_unit, a moment

-- The settings of the transaction are read once for a statement, not four times for each of the 50,000 units among which
-- a name is looked for: `app_in_scope` and `app_above_scope` written out, since a function with sub-selects is not inlined.
alter policy org_unit_read on org_unit using (
  tenant_id = (select app_tenant())
  and ((path >= (select current_setting('app.scope', true)) and path < (select current_setting('app.scope', true) || '/'))
    or starts_with((select current_setting('app.scope', true)), path || '.')));
