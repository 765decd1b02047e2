-- module: tasks
-- tables: none
-- locks: tasks_part and tasks_step for the moment of a column without a default and of a grant

-- Who asked for a later day does not grant it, under whatever post.
alter table tasks_part add column asked_by_id uuid;
-- What is late or nearly due is sought from the oldest day on, past everything that has ended.
create index tasks_part_open on tasks_part (tenant_id, due_on, id) where state in ('unsigned', 'doing', 'handed_in', 'returned');
-- The timeline goes with the part when two records of one person are merged.
grant update (person_id) on tasks_step to tongxin_app;
