-- module: voting
-- tables: none
-- locks: voting_hopper, which is empty but while votes are cast; voting_vote gets a nullable column

-- Ballots go to the board all at once at the closing, so none is there and in the box.
alter table voting_hopper drop column on_board;

-- The board of a cancelled vote is removed.
create policy voting_leaf_delete on voting_leaf for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant delete on voting_leaf to tongxin_app;

-- Those who have not drawn were told that a day is left.
alter table voting_vote add column reminded_at timestamptz;
