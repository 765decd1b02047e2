-- module: org
-- tables: none
-- locks: org_post: a check over a row a post

-- A committee elected by a congress may elect a standing committee out of itself (选举条例 art. 4).
alter table org_post drop constraint org_post_post_check;
alter table org_post add constraint org_post_post_check check (post in ('secretary', 'deputy_secretary', 'standing_member', 'organisation', 'publicity', 'discipline', 'youth', 'committee_member', 'group_leader'));
