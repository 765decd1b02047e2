-- module: members
-- tables: members_finding tenant, members_score tenant, members_error tenant, members_sample tenant, members_sample_row tenant
-- locks: members_change while its index of approved rows is built

-- What may be untrue in a record or in the way it was entered. `subject_id` is the record, or the person who entered
-- (`entered_too_fast`); `slot` tells apart findings of one code about one subject (the minute of the entering).
create table members_finding (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  subject_kind text not null,
  subject_id uuid not null,
  code text not null,
  slot text collate "C" not null default '',
  severity text not null,
  fields text[] not null,
  amount integer,
  state text not null default 'open',
  -- A keyed index of the values the doubt is about: other values open what was explained.
  basis bytea not null,
  found_at timestamptz not null,
  settled_by uuid,
  settled_at timestamptz,
  reason text,
  constraint members_finding_pkey primary key (tenant_id, id),
  constraint members_finding_one_key unique (tenant_id, subject_id, code, slot),
  constraint members_finding_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint members_finding_subject_check check (subject_kind in ('member', 'person')),
  constraint members_finding_severity_check check (severity in ('stop', 'ask')),
  constraint members_finding_state_check check (state in ('open', 'explained', 'mended')),
  constraint members_finding_explained_check check (state <> 'explained' or (settled_by is not null and reason is not null))
);
select app_shard('members_finding', 'tenant');
create index members_finding_scope on members_finding (tenant_id, org_path, found_at, id);
create index members_finding_open on members_finding (tenant_id, org_id) where state = 'open';
alter table members_finding enable row level security;
alter table members_finding force row level security;
create policy members_finding_all on members_finding
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update, delete on members_finding to tongxin_app;

-- The quality of the records of one branch, counted by events and every night, never when it is asked for. Parts are in
-- tenths of a percent; `score` weighs them by the settings of `counted_on`.
create table members_score (
  tenant_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  people integer not null,
  complete_sum integer not null,
  incomplete integer not null,
  doubtful integer not null,
  stale integer not null,
  wrong integer not null,
  completeness smallint not null,
  conflicts smallint not null,
  freshness smallint not null,
  errors smallint not null,
  score smallint not null,
  counted_on date not null,
  constraint members_score_pkey primary key (tenant_id, org_id),
  constraint members_score_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint members_score_part_check check (least(completeness, conflicts, freshness, errors, score) >= 0 and greatest(completeness, conflicts, freshness, errors, score) <= 1000)
);
select app_shard('members_score', 'tenant');
create index members_score_scope on members_score (tenant_id, org_path, org_id);
create index members_score_worst on members_score (tenant_id, score, org_id);
alter table members_score enable row level security;
alter table members_score force row level security;
create policy members_score_all on members_score
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update, delete on members_score to tongxin_app;

-- An error that was found in an approved record: the hands it went through, whose step should have seen it, what was
-- done about it, and the answer of the one concerned. Values are sealed: they may be an ID number.
create table members_error (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  field text not null,
  found_how text not null,
  found_by uuid not null,
  found_at timestamptz not null,
  note text not null,
  effect text not null,
  "values" bytea not null,
  hands jsonb not null,
  change_id uuid,
  state text not null default 'open',
  link text,
  responsible_id uuid,
  handling text,
  handled_by uuid,
  handled_at timestamptz,
  appealed_at timestamptz,
  closed_by uuid,
  closed_at timestamptz,
  outcome text,
  steps jsonb not null default '[]',
  version integer not null default 1,
  updated_at timestamptz not null,
  constraint members_error_pkey primary key (tenant_id, id),
  constraint members_error_member_fkey foreign key (tenant_id, member_id) references members_member (tenant_id, id),
  constraint members_error_how_check check (found_how in ('reading', 'sample', 'person', 'statement')),
  constraint members_error_effect_check check (effect in ('none', 'statistics', 'standing', 'rights')),
  constraint members_error_state_check check (state in ('open', 'handled', 'appealed', 'closed')),
  constraint members_error_link_check check (link in ('entry', 'first', 'second', 'source')),
  constraint members_error_handling_check check (handling in ('none', 'reminder', 'notice')),
  constraint members_error_outcome_check check (outcome in ('mended', 'unfounded')),
  constraint members_error_handled_check check (state = 'open' or outcome = 'unfounded' or (link is not null and handling is not null and handled_by is not null)),
  constraint members_error_closed_check check ((state = 'closed') = (closed_by is not null and outcome is not null)),
  constraint members_error_other_check check (closed_by <> found_by and closed_by <> responsible_id)
);
select app_shard('members_error', 'tenant');
create unique index members_error_one on members_error (tenant_id, member_id, field) where state <> 'closed';
create index members_error_scope on members_error (tenant_id, org_path, found_at, id);
create index members_error_responsible on members_error (tenant_id, responsible_id) where responsible_id is not null;
alter table members_error enable row level security;
alter table members_error force row level security;
create policy members_error_read on members_error for select
  using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or responsible_id = (select app_person())));
create policy members_error_insert on members_error for insert
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy members_error_update on members_error for update
  using (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or responsible_id = (select app_person())))
  with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or responsible_id = (select app_person())));
grant select, insert, update on members_error to tongxin_app;

-- The draw of approved rows of a quarter. Who knows the seed can draw again and finds the same rows.
create table members_sample (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  quarter text collate "C" not null,
  percent smallint not null,
  seed text collate "C" not null,
  approved integer not null,
  drawn integer not null,
  drawn_at timestamptz not null,
  drawn_by uuid,
  constraint members_sample_pkey primary key (tenant_id, id),
  constraint members_sample_quarter_key unique (tenant_id, org_id, quarter),
  constraint members_sample_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint members_sample_quarter_check check (quarter ~ '^[0-9]{4}Q[1-4]$'),
  constraint members_sample_percent_check check (percent between 1 and 100)
);
select app_shard('members_sample', 'tenant');
create index members_sample_scope on members_sample (tenant_id, org_path, quarter, id);
alter table members_sample enable row level security;
alter table members_sample force row level security;
create policy members_sample_all on members_sample
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on members_sample to tongxin_app;

create table members_sample_row (
  tenant_id uuid not null,
  id uuid not null,
  sample_id uuid not null,
  change_id uuid not null,
  org_path text collate "C" not null,
  place integer not null,
  state text not null default 'open',
  checked_by uuid,
  checked_at timestamptz,
  note text,
  error_id uuid,
  constraint members_sample_row_pkey primary key (tenant_id, id),
  constraint members_sample_row_sample_fkey foreign key (tenant_id, sample_id) references members_sample (tenant_id, id),
  constraint members_sample_row_change_fkey foreign key (tenant_id, change_id) references members_change (tenant_id, id),
  constraint members_sample_row_change_key unique (tenant_id, sample_id, change_id),
  constraint members_sample_row_state_check check (state in ('open', 'right', 'wrong')),
  constraint members_sample_row_checked_check check ((state = 'open') = (checked_by is null)),
  constraint members_sample_row_wrong_check check ((state = 'wrong') = (error_id is not null))
);
select app_shard('members_sample_row', 'tenant');
create index members_sample_row_scope on members_sample_row (tenant_id, org_path, id);
alter table members_sample_row enable row level security;
alter table members_sample_row force row level security;
create policy members_sample_row_all on members_sample_row
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on members_sample_row to tongxin_app;

-- The rows of a quarter are drawn from what was approved in it; how fast somebody enters is seen by the minute.
create index members_change_approved on members_change (tenant_id, second_at) where state = 'approved';
create index members_change_maker on members_change (tenant_id, made_by, made_at);
