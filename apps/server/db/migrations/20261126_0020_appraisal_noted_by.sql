-- module: appraisal
-- tables: appraisal_round tenant
-- locks: appraisal_round, a column with a constant default is added, nothing is rewritten

-- Who noted grades: whoever made them does not confirm them, also where another person submitted them.
alter table appraisal_round add column noted_by uuid[] not null default '{}';
