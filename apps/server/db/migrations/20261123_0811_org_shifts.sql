-- module: org
-- tables: none
-- locks: org_change for the time of exchanging a check, which every row passes

-- A delay or an advance of the end of a term is a change of its own: no election was held.
alter table org_change drop constraint org_change_kind_check;
alter table org_change add constraint org_change_what_check check (kind in ('founded', 'renamed', 'moved', 'upgraded', 'merged', 'split', 'dissolved', 'corrected', 'committee_changed', 'term_shifted')) not valid;
