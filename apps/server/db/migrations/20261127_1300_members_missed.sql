-- module: members
-- tables: none
-- locks: members_member, for the time of reading it once for an index of few rows; the column has a constant default

-- How many meetings in a row somebody missed (D2, 长期未参会). Written from the archived records of meetings through a
-- door; no part of the record itself, so it raises no version. Nearly everybody has none: the index holds the others.
alter table members_member add column missed_in_row smallint not null default 0,
  add constraint members_member_missed_check check (missed_in_row >= 0);
create index members_member_missed on members_member (tenant_id, org_path, missed_in_row) where missed_in_row > 0;
