-- module: meetings
-- tables: meetings_agenda tenant
-- locks: meetings_agenda, a column without a default is added, nothing is rewritten

-- The electronic vote that was prepared for an item of the agenda.
alter table meetings_agenda add column ballot_id uuid;
