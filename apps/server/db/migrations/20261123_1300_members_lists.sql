-- module: members
-- tables: none
-- locks: members_member while columns and indexes are built; nobody has records at the first migration

-- What lists are ordered and searched by. Columns, since row security lets an index serve a condition only when nothing
-- in it could leak a row, which is not promised of `left` and `coalesce`. A date of joining that is not known comes last
-- both ways, which takes two columns.
alter table members_member
  add column name_first text collate "C" generated always as (left(name, 1)) stored,
  add column given_first text collate "C" generated always as (left(given_name, 1)) stored,
  add column initials_two text collate "C" generated always as (left(initials, 2)) stored,
  add column joined_up date generated always as (coalesce(joined_on, 'infinity'::date)) stored,
  add column joined_down date generated always as (coalesce(joined_on, '-infinity'::date)) stored;

-- Each sort of the list is an index that ends in the id, walked from either end.
create index members_member_updated on members_member (tenant_id, updated_at, id);
create index members_member_complete on members_member (tenant_id, completeness, id);
create index members_member_joined_up on members_member (tenant_id, joined_up, id);
create index members_member_joined_down on members_member (tenant_id, joined_down, id);

-- A search by few characters goes on in the order of the list: a surname that a tenth of all people have costs a page.
create index members_member_name_first on members_member (tenant_id, name_first, pinyin, id);
create index members_member_given_first on members_member (tenant_id, given_first, pinyin, id);
create index members_member_initials_two on members_member (tenant_id, initials_two, pinyin, id);

-- Filters that find few, in the whole or in a part of it; what nearly everybody has is walked and needs no index.
create index members_member_category on members_member (tenant_id, category, org_path) where category <> 'formal';
create index members_member_status on members_member (tenant_id, status, org_path) where status <> 'normal';
create index members_member_state on members_member (tenant_id, record_state, org_path) where record_state <> 'approved';
create index members_member_ethnic on members_member (tenant_id, ethnic, org_path) where ethnic <> '01';
create index members_member_education on members_member (tenant_id, education, org_path);
create index members_member_born on members_member (tenant_id, born_on);

-- A part of the organisation is read and sorted from the index alone: rows of neighbours lie far apart in the table.
drop index members_member_scope;
create index members_member_scope on members_member (tenant_id, org_path, id)
  include (person_id, deleted_at, name, given_name, pinyin, initials, member_no, id_tail, phone_tail, category, status, record_state, sex, education, ethnic, born_on, completeness, joined_on, joined_up, joined_down, updated_at);
