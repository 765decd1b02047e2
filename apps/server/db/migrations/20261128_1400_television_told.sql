-- module: television
-- tables: television_set tenant, television_airing tenant
-- locks: columns without a default: no rewrite

-- Up to when the set has told everything it played: what it tells for the first time has begun after it.
alter table television_set add column told_until timestamptz;

-- The meeting whose check-in code the set shows, until its code closes; put there by whoever convenes it.
alter table television_set add column meeting_id uuid;
alter table television_set add column meeting_title text;
alter table television_set add column meeting_until timestamptz;
alter table television_set add column meeting_by uuid;
alter table television_set add constraint television_set_meeting_check
  check (num_nulls(meeting_id, meeting_title, meeting_until, meeting_by) in (0, 4));

-- When the set told of it for the first time: the log shows what was told late.
alter table television_airing add column told_at timestamptz;
