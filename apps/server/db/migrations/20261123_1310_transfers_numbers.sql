-- module: transfers
-- tables: transfers_transfer tenant
-- locks: one nullable column added to transfers_transfer, its unique number key replaced

-- Numbers belong to the committee that gave them. When committees merge, open letters go over to the new one, where the
-- same number may have been given already: the number keeps whose it is.
alter table transfers_transfer add column numbered_by uuid;
-- The rows of all tenants: the owner passes the policies only while they are not forced.
alter table transfers_transfer no force row level security;
update transfers_transfer set numbered_by = committee_id where number_running is not null;
alter table transfers_transfer force row level security;
alter table transfers_transfer drop constraint transfers_transfer_number_key;
alter table transfers_transfer add constraint transfers_transfer_numbered_key unique (tenant_id, numbered_by, number_year, number_running);
