-- module: elections
-- tables: elections_election tenant, elections_candidate tenant
-- locks: elections_election, elections_candidate: columns with a constant default; checks and two indexes over a row an election

-- A congress of delegates may elect a committee (选举条例 art. 4); its delegates are elected by the units below, each with
-- a file of its own that names the congress. A standing committee is elected by the committee in its first plenum.
alter table elections_election add column standing smallint not null default 0;
alter table elections_election add column delegates smallint;
alter table elections_election add column congress_id uuid;
alter table elections_election drop constraint elections_election_kind_check;
alter table elections_election add constraint elections_election_kind_check check (kind in ('term', 'by_election', 'delegates'));
alter table elections_election add constraint elections_election_congress_check check ((kind = 'delegates') = (congress_id is not null) and (delegates is null or (kind = 'term' and delegates between 1 and 1000)) and standing between 0 and 30);
alter table elections_election add constraint elections_election_congress_fkey foreign key (tenant_id, congress_id) references elections_election (tenant_id, id);
-- A unit elects its delegates also while its own election is under way.
drop index elections_election_open;
create unique index elections_election_open on elections_election (tenant_id, unit_id, (kind = 'delegates')) where state not in ('done', 'cancelled');
create index elections_election_congress on elections_election (tenant_id, congress_id) where congress_id is not null;

alter table elections_candidate drop constraint elections_candidate_body_check;
alter table elections_candidate add constraint elections_candidate_body_check check (body in ('delegate', 'committee', 'standing', 'secretary', 'deputy'));
