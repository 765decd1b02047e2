-- module: members
-- tables: none
-- locks: members_member against writing while an index over all records is built: seconds at a million
-- Records that look like one person are found by day of birth and name together: by the name alone, the search after an
-- import read as many records as bear the same name, which grows with the installation. No index more than before.
create index members_member_born_name on members_member (tenant_id, born_on, pinyin);
drop index members_member_born;
