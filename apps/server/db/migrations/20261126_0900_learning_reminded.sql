-- module: learning
-- tables: none
-- locks: learning_plan_course gets a nullable column

-- The day on which the learners were last told that a course of their plan is due soon.
alter table learning_plan_course add column reminded_on date;
