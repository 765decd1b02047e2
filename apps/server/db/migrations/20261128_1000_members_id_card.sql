-- module: members
-- tables: none
-- locks: members_member while the index of places is built again; the columns have no default

-- Until when the ID card of a person is valid (D2), and the highest post that a person holds now, which follows from the
-- posts of organisations and is no part of the record itself.
alter table members_member add column id_valid_until date,
  add column top_post text;
-- The rows of all tenants: the owner passes the policies only while they are not forced.
alter table members_member no force row level security;
alter table org_post no force row level security;
update members_member m set top_post = (
  select p.post from org_post p where p.tenant_id = m.tenant_id and p.member_id = m.id and p.until_on is null
  order by array_position(array['secretary', 'deputy_secretary', 'standing_member', 'organisation', 'publicity', 'discipline', 'youth', 'committee_member', 'group_leader'], p.post) limit 1)
  where exists (select from org_post p where p.tenant_id = m.tenant_id and p.member_id = m.id and p.until_on is null);
alter table members_member force row level security;
alter table org_post force row level security;
create index members_member_id_card on members_member (tenant_id, id_valid_until, org_path) where id_valid_until is not null;
create index members_member_post on members_member (tenant_id, org_path, top_post) where top_post is not null;

-- Tables of members by what they are count from the index alone, and lists of few people ask it for the new filters.
drop index members_member_scope;
create index members_member_scope on members_member (tenant_id, org_path, id)
  include (person_id, deleted_at, name, given_name, pinyin, initials, member_no, id_tail, phone_tail, category, status, record_state, sex, education, ethnic, born_on, completeness, joined_on, joined_up, joined_down, updated_at, converted_on, id_valid_until, top_post, missed_in_row);
