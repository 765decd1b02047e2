-- module: appraisal
-- tables: appraisal_round tenant, appraisal_mark tenant, appraisal_count tenant
-- locks: appraisal_round, appraisal_mark: columns with a constant default, nothing is rewritten; appraisal_count while its key is built, a row a person and group

-- What a sheet rates each person by besides the grade; none in a round that asks for the grade alone.
alter table appraisal_round add column criteria text[] not null default '{}';
alter table appraisal_round add constraint appraisal_round_criteria_check
  check (criteria <@ array['politics', 'discipline', 'example', 'duty', 'service']);

-- A rating is a mark of its own, mixed with all others: which grade it was written beside is not kept. Empty: the grade.
alter table appraisal_mark add column criterion text not null default '';
alter table appraisal_mark add constraint appraisal_mark_criterion_check
  check (criterion in ('', 'politics', 'discipline', 'example', 'duty', 'service'));

alter table appraisal_count add column criterion text not null default '';
alter table appraisal_count add constraint appraisal_count_criterion_check
  check (criterion in ('', 'politics', 'discipline', 'example', 'duty', 'service'));
alter table appraisal_count drop constraint appraisal_count_pkey;
alter table appraisal_count add constraint appraisal_count_pkey
  primary key (tenant_id, round_id, subject_id, rater_group, criterion);
