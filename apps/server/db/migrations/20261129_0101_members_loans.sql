-- module: members
-- tables: none
-- locks: members_loan for the moment of two small constraints and an index over a small table

-- Who asked may take the request back before anybody decided; the folder is then free for another.
alter table members_loan
  drop constraint members_loan_state_check,
  add constraint members_loan_state_check check (state in ('asked', 'out', 'back', 'refused', 'withdrawn')),
  drop constraint members_loan_decided_check,
  add constraint members_loan_decided_check check ((state in ('asked', 'withdrawn')) = (decided_by is null));

-- The register of loans in the order of the days of return, over every branch of the scope.
create index members_loan_due on members_loan (tenant_id, due_on, id);
create index members_loan_asked on members_loan (tenant_id, asked_at, id);
