-- module: members
-- tables: none
-- locks: members_error against writing while an index over it is built

-- Whether a record has errors is asked of each record of a branch, the closed ones too.
create index members_error_member on members_error (tenant_id, member_id);
