-- module: learning
-- tables: none
-- locks: learning_habit gets columns with constant defaults

-- What is due and new, once a week, by choice of the person: off until it is switched on. `told_on` is the day of the
-- digest that was sent last, so that a second run sends nothing again.
alter table learning_habit
  add column is_weekly boolean not null default false,
  add column weekday smallint not null default 1,
  add column told_on date,
  add constraint learning_habit_weekday_check check (weekday between 1 and 7);
create index learning_habit_weekly on learning_habit (tenant_id, weekday, hour) where is_weekly;
