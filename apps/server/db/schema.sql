-- Made by `npm run generate` from a database with all migrations. Do not edit.

CREATE OR REPLACE FUNCTION public.app_above_scope(path text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select starts_with(current_setting('app.scope', true), path || '.')
$function$
;
CREATE OR REPLACE FUNCTION public.app_in_scope(path text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select path collate "C" >= current_setting('app.scope', true) and path collate "C" < current_setting('app.scope', true) || '/'
$function$
;
CREATE OR REPLACE FUNCTION public.app_member()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select m.id from members_member m where m.tenant_id = app_tenant() and m.person_id = app_person() and m.deleted_at is null limit 1
$function$
;
CREATE OR REPLACE FUNCTION public.app_person()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select nullif(current_setting('app.person', true), '')::uuid
$function$
;
CREATE OR REPLACE FUNCTION public.app_shard(table_name text, kind text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if kind not in ('tenant', 'reference', 'local') then
    raise exception 'unknown kind % of table %', kind, table_name;
  end if;
  if exists (select from pg_extension where extname = 'citus') then
    if kind = 'tenant' then
      execute format('select create_distributed_table(%L, ''tenant_id'')', table_name);
    elsif kind = 'reference' then
      execute format('select create_reference_table(%L)', table_name);
    end if;
  end if;
end
$function$
;
CREATE OR REPLACE FUNCTION public.app_tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select nullif(current_setting('app.tenant', true), '')::uuid
$function$
;
CREATE OR REPLACE FUNCTION public.conversations_belongs(kind text, unit uuid, path text, source uuid, conversation uuid, people uuid[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select case kind
    when 'branch' then exists (select from members_member m where m.tenant_id = app_tenant() and m.person_id = app_person()
      and m.org_id = unit and m.deleted_at is null and m.category in ('formal', 'probationary')
      and m.status in ('normal', 'suspended', 'retained', 'restored'))
    when 'officers' then exists (select from org_post p where p.tenant_id = app_tenant() and p.member_id = app_member()
      and p.until_on is null and p.post <> 'group_leader'
      and (p.org_path = path or regexp_replace(p.org_path, '[.][^.]+$', '') = path))
    when 'study' then exists (select from study_seat s where s.tenant_id = app_tenant() and s.person_id = app_person() and s.group_id = source)
    else app_person() = any(people) end
  or exists (select from conversations_guest g where g.tenant_id = app_tenant() and g.conversation_id = conversation
    and g.person_id = app_person() and g.ended_at is null)
$function$
;
CREATE OR REPLACE FUNCTION public.conversations_mine(conversation uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (select from conversations_conversation c where c.tenant_id = app_tenant() and c.id = conversation
    and conversations_belongs(c.kind, c.unit_id, c.org_path, c.source_id, c.id, c.people))
$function$
;
CREATE OR REPLACE FUNCTION public.exams_seated(session uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (select from exams_seat s where s.tenant_id = app_tenant() and s.session_id = session and s.person_id = app_person())
$function$
;
CREATE OR REPLACE FUNCTION public.library_open(document uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (select from library_document d where d.tenant_id = app_tenant() and d.id = document)
$function$
;
CREATE OR REPLACE FUNCTION public.library_shared(document uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (select from library_share s where s.tenant_id = app_tenant() and s.document_id = document
    and s.person_id = app_person() and s.revoked_at is null)
$function$
;
CREATE OR REPLACE FUNCTION public.library_wanted()
 RETURNS tsquery
 LANGUAGE sql
 STABLE
AS $function$
  select nullif(current_setting('app.library_wanted', true), '')::tsquery
$function$
;
CREATE OR REPLACE FUNCTION public.meetings_invited(meeting uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (select from meetings_attendee a where a.tenant_id = app_tenant() and a.meeting_id = meeting and a.person_id = app_person())
$function$
;
CREATE OR REPLACE FUNCTION public.notices_own_paths()
 RETURNS text[]
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(array_agg(array_to_string((string_to_array(m.org_path, '.'))[1:n.level], '.')), '{}')
  from member_card m cross join lateral generate_series(1, cardinality(string_to_array(m.org_path, '.'))) as n (level)
  where m.tenant_id = app_tenant() and m.person_id = app_person()
$function$
;
CREATE OR REPLACE FUNCTION public.notices_told(notice uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (select from notices_delivery d where d.tenant_id = app_tenant() and d.notice_id = notice and d.person_id = app_person())
$function$
;
CREATE OR REPLACE FUNCTION public.voting_entitled(vote uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (select from voting_roll r where r.tenant_id = app_tenant() and r.vote_id = vote and r.person_id = app_person())
$function$
;

create table access_account (
  person_id uuid not null,
  state text not null,
  password_hash text,
  password_set_at timestamp with time zone,
  password_needs_factor boolean default false not null,
  totp_secret bytea,
  totp_confirmed_at timestamp with time zone,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  activated_at timestamp with time zone,
  constraint access_account_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'active'::text, 'disabled'::text]))),
  constraint access_account_person_fkey FOREIGN KEY (person_id) REFERENCES access_person(id),
  constraint access_account_pkey PRIMARY KEY (person_id)
);
grant insert, select, update on access_account to tongxin_app;

create table access_activation (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  way text not null,
  people integer not null,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  printed_at timestamp with time zone,
  constraint access_activation_way_check CHECK ((way = ANY (ARRAY['slips'::text, 'screen'::text]))),
  constraint access_activation_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint access_activation_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX access_activation_scope ON public.access_activation USING btree (tenant_id, org_path, id);
alter table access_activation enable row level security;
alter table access_activation force row level security;
create policy access_activation_all on access_activation for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on access_activation to tongxin_app;

create table access_administrator (
  person_id uuid not null,
  role text not null,
  constraint access_administrator_role_check CHECK ((role = ANY (ARRAY['system_admin'::text, 'security_admin'::text, 'audit_admin'::text]))),
  constraint access_administrator_person_fkey FOREIGN KEY (person_id) REFERENCES access_person(id),
  constraint access_administrator_pkey PRIMARY KEY (person_id)
);
grant delete, insert, select on access_administrator to tongxin_app;

create table access_challenge (
  challenge_hash bytea not null,
  session_hash bytea not null,
  purpose text not null,
  expires_at timestamp with time zone not null,
  constraint access_challenge_purpose_check CHECK ((purpose = ANY (ARRAY['register'::text, 'step_up'::text]))),
  constraint access_challenge_pkey PRIMARY KEY (challenge_hash)
);
CREATE INDEX access_challenge_age ON public.access_challenge USING btree (expires_at);
grant delete, insert, select on access_challenge to tongxin_app;

create table access_grant (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  role text not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  reach text not null,
  member_id uuid,
  from_on timestamp with time zone not null,
  until_on timestamp with time zone,
  granted_by uuid,
  reason text,
  ended_by uuid,
  ended_reason text,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  constraint access_grant_reach_check CHECK ((reach = ANY (ARRAY['self'::text, 'node'::text, 'subtree'::text]))),
  constraint access_grant_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint access_grant_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX access_grant_person ON public.access_grant USING btree (tenant_id, person_id);
CREATE INDEX access_grant_scope ON public.access_grant USING btree (tenant_id, org_path, id);
alter table access_grant enable row level security;
alter table access_grant force row level security;
create policy access_grant_all on access_grant for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on access_grant to tongxin_app;

create table access_grant_request (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  role text not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  reach text not null,
  from_on timestamp with time zone not null,
  until_on timestamp with time zone,
  reason text not null,
  payload_hash bytea not null,
  state text default 'open'::text not null,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  decision_reason text,
  version integer default 1 not null,
  constraint access_grant_request_maker_check CHECK (((decided_by IS NULL) OR (decided_by <> made_by))),
  constraint access_grant_request_reach_check CHECK ((reach = ANY (ARRAY['node'::text, 'subtree'::text]))),
  constraint access_grant_request_state_check CHECK ((state = ANY (ARRAY['open'::text, 'confirmed'::text, 'returned'::text, 'withdrawn'::text]))),
  constraint access_grant_request_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint access_grant_request_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX access_grant_request_scope ON public.access_grant_request USING btree (tenant_id, org_path, id);
alter table access_grant_request enable row level security;
alter table access_grant_request force row level security;
create policy access_grant_request_all on access_grant_request for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on access_grant_request to tongxin_app;

create table access_one_time_code (
  code_hash bytea not null,
  purpose text not null,
  person_id uuid,
  tenant_id uuid,
  batch_id uuid,
  bound_to bytea,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  tries smallint default 0 not null,
  detail jsonb default '{}'::jsonb not null,
  constraint access_one_time_code_purpose_check CHECK ((purpose = ANY (ARRAY['set_up'::text, 'activation'::text, 'reset'::text]))),
  constraint access_one_time_code_pkey PRIMARY KEY (code_hash)
);
CREATE INDEX access_one_time_code_batch ON public.access_one_time_code USING btree (batch_id) WHERE (batch_id IS NOT NULL);
CREATE INDEX access_one_time_code_person ON public.access_one_time_code USING btree (person_id, purpose);
grant delete, insert, select, update on access_one_time_code to tongxin_app;

create table access_passkey (
  credential_id text not null,
  person_id uuid not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] default '{}'::text[] not null,
  label text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint access_passkey_person_fkey FOREIGN KEY (person_id) REFERENCES access_person(id),
  constraint access_passkey_pkey PRIMARY KEY (credential_id)
);
CREATE INDEX access_passkey_person ON public.access_passkey USING btree (person_id);
grant delete, insert, select, update on access_passkey to tongxin_app;

create table access_person (
  id uuid not null,
  name text not null,
  created_at timestamp with time zone not null,
  constraint access_person_pkey PRIMARY KEY (id)
);
grant insert, select, update on access_person to tongxin_app;

create table access_person_tenant (
  person_id uuid not null,
  tenant_id uuid not null,
  constraint access_person_tenant_pkey PRIMARY KEY (person_id, tenant_id)
);
grant delete, insert, select on access_person_tenant to tongxin_app;

create table access_recovery (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  resets_factor boolean not null,
  reason text not null,
  state text default 'started'::text not null,
  started_by uuid not null,
  started_at timestamp with time zone not null,
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  ends_at timestamp with time zone not null,
  version integer default 1 not null,
  constraint access_recovery_officers_check CHECK (((confirmed_by IS NULL) OR (confirmed_by <> started_by))),
  constraint access_recovery_own_check CHECK (((started_by <> person_id) AND ((confirmed_by IS NULL) OR (confirmed_by <> person_id)))),
  constraint access_recovery_state_check CHECK ((state = ANY (ARRAY['started'::text, 'confirmed'::text, 'used'::text, 'cancelled'::text]))),
  constraint access_recovery_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX access_recovery_person ON public.access_recovery USING btree (tenant_id, person_id, id);
CREATE INDEX access_recovery_scope ON public.access_recovery USING btree (tenant_id, org_path, id);
alter table access_recovery enable row level security;
alter table access_recovery force row level security;
create policy access_recovery_all on access_recovery for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on access_recovery to tongxin_app;

create table access_session (
  token_hash bytea not null,
  person_id uuid not null,
  tenant_id uuid,
  grant_id uuid,
  second_factor_at timestamp with time zone,
  device text,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  idle_minutes smallint not null,
  waits_for_factor boolean default false not null,
  expires_at timestamp with time zone not null,
  password_at timestamp with time zone,
  constraint access_session_person_fkey FOREIGN KEY (person_id) REFERENCES access_person(id),
  constraint access_session_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX access_session_person ON public.access_session USING btree (person_id);
grant delete, insert, select, update on access_session to tongxin_app;

create table access_sign_in_name (
  name_index bytea not null,
  person_id uuid not null,
  kind text not null,
  constraint access_sign_in_name_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'member_no'::text, 'email'::text, 'chosen'::text]))),
  constraint access_sign_in_name_person_fkey FOREIGN KEY (person_id) REFERENCES access_person(id),
  constraint access_sign_in_name_pkey PRIMARY KEY (name_index)
);
CREATE INDEX access_sign_in_name_person ON public.access_sign_in_name USING btree (person_id);
grant delete, insert, select on access_sign_in_name to tongxin_app;

create table access_throttle (
  key bytea not null,
  failures integer not null,
  delayed_until timestamp with time zone,
  updated_at timestamp with time zone not null,
  constraint access_throttle_pkey PRIMARY KEY (key)
);
grant delete, insert, select, update on access_throttle to tongxin_app;

create table access_totp_use (
  person_id uuid not null,
  step bigint not null,
  constraint access_totp_use_pkey PRIMARY KEY (person_id, step)
);
grant delete, insert, select on access_totp_use to tongxin_app;

create table appraisal_code (
  code_hash bytea not null,
  tenant_id uuid not null,
  round_id uuid not null,
  constraint appraisal_code_pkey PRIMARY KEY (code_hash)
);
CREATE INDEX appraisal_code_round ON public.appraisal_code USING btree (tenant_id, round_id);
grant delete, insert, select on appraisal_code to tongxin_app;

create table appraisal_comment (
  tenant_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  org_path text collate "C" not null,
  by_id uuid not null,
  about_id uuid not null,
  comment bytea not null,
  recorded_by uuid not null,
  recorded_at timestamp with time zone not null,
  removed_reason text,
  constraint appraisal_comment_about_check CHECK ((by_id <> about_id)),
  constraint appraisal_comment_round_fkey FOREIGN KEY (tenant_id, round_id) REFERENCES appraisal_round(tenant_id, id),
  constraint appraisal_comment_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX appraisal_comment_round ON public.appraisal_comment USING btree (tenant_id, round_id, id);
CREATE INDEX appraisal_comment_scope ON public.appraisal_comment USING btree (tenant_id, org_path);
alter table appraisal_comment enable row level security;
alter table appraisal_comment force row level security;
create policy appraisal_comment_all on appraisal_comment for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on appraisal_comment to tongxin_app;

create table appraisal_count (
  tenant_id uuid not null,
  round_id uuid not null,
  subject_id uuid not null,
  rater_group text not null,
  org_path text collate "C" not null,
  excellent integer not null,
  qualified integer not null,
  basic integer not null,
  unqualified integer not null,
  abstained integer not null,
  criterion text default ''::text not null,
  constraint appraisal_count_criterion_check CHECK ((criterion = ANY (ARRAY[''::text, 'politics'::text, 'discipline'::text, 'example'::text, 'duty'::text, 'service'::text]))),
  constraint appraisal_count_round_fkey FOREIGN KEY (tenant_id, round_id) REFERENCES appraisal_round(tenant_id, id),
  constraint appraisal_count_pkey PRIMARY KEY (tenant_id, round_id, subject_id, rater_group, criterion)
);
CREATE INDEX appraisal_count_scope ON public.appraisal_count USING btree (tenant_id, org_path);
alter table appraisal_count enable row level security;
alter table appraisal_count force row level security;
create policy appraisal_count_all on appraisal_count for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on appraisal_count to tongxin_app;

create table appraisal_hopper (
  tenant_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  org_path text collate "C" not null,
  sheet bytea not null,
  constraint appraisal_hopper_round_fkey FOREIGN KEY (tenant_id, round_id) REFERENCES appraisal_round(tenant_id, id),
  constraint appraisal_hopper_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX appraisal_hopper_round ON public.appraisal_hopper USING btree (tenant_id, round_id);
CREATE INDEX appraisal_hopper_scope ON public.appraisal_hopper USING btree (tenant_id, org_path);
alter table appraisal_hopper enable row level security;
alter table appraisal_hopper force row level security;
create policy appraisal_hopper_all on appraisal_hopper for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select on appraisal_hopper to tongxin_app;

create table appraisal_mark (
  tenant_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  org_path text collate "C" not null,
  subject_id uuid not null,
  rater_group text not null,
  mark text not null,
  criterion text default ''::text not null,
  constraint appraisal_mark_criterion_check CHECK ((criterion = ANY (ARRAY[''::text, 'politics'::text, 'discipline'::text, 'example'::text, 'duty'::text, 'service'::text]))),
  constraint appraisal_mark_group_check CHECK ((rater_group = ANY (ARRAY['members'::text, 'masses'::text]))),
  constraint appraisal_mark_mark_check CHECK ((mark = ANY (ARRAY['excellent'::text, 'qualified'::text, 'basic'::text, 'unqualified'::text, 'abstained'::text]))),
  constraint appraisal_mark_round_fkey FOREIGN KEY (tenant_id, round_id) REFERENCES appraisal_round(tenant_id, id),
  constraint appraisal_mark_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX appraisal_mark_scope ON public.appraisal_mark USING btree (tenant_id, org_path);
alter table appraisal_mark enable row level security;
alter table appraisal_mark force row level security;
create policy appraisal_mark_all on appraisal_mark for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert on appraisal_mark to tongxin_app;

create table appraisal_person (
  tenant_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  org_path text collate "C" not null,
  member_id uuid not null,
  person_id uuid not null,
  name text not null,
  category text not null,
  is_graded boolean not null,
  has_left boolean default false not null,
  self_review bytea,
  self_grade text,
  self_handed_in_on date,
  daily bytea,
  grade text,
  reason bytea,
  measures bytea,
  disposal text,
  feedback text default 'untold'::text not null,
  told_on date,
  objection bytea,
  answer bytea,
  constraint appraisal_person_feedback_check CHECK ((feedback = ANY (ARRAY['untold'::text, 'signed'::text, 'objected'::text, 'answered'::text]))),
  constraint appraisal_person_grade_check CHECK (((grade IS NULL) OR (is_graded AND (grade = ANY (ARRAY['excellent'::text, 'qualified'::text, 'basic'::text, 'unqualified'::text]))))),
  constraint appraisal_person_round_fkey FOREIGN KEY (tenant_id, round_id) REFERENCES appraisal_round(tenant_id, id),
  constraint appraisal_person_pkey PRIMARY KEY (tenant_id, id),
  constraint appraisal_person_member_key UNIQUE (tenant_id, round_id, member_id)
);
CREATE INDEX appraisal_person_person ON public.appraisal_person USING btree (tenant_id, person_id);
CREATE INDEX appraisal_person_scope ON public.appraisal_person USING btree (tenant_id, org_path);
alter table appraisal_person enable row level security;
alter table appraisal_person force row level security;
create policy appraisal_person_all on appraisal_person for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on appraisal_person to tongxin_app;

create table appraisal_return (
  tenant_id uuid not null,
  round_id uuid not null,
  subject_id uuid not null,
  org_path text collate "C" not null,
  constraint appraisal_return_round_fkey FOREIGN KEY (tenant_id, round_id) REFERENCES appraisal_round(tenant_id, id),
  constraint appraisal_return_pkey PRIMARY KEY (tenant_id, round_id, subject_id)
);
CREATE INDEX appraisal_return_scope ON public.appraisal_return USING btree (tenant_id, org_path);
alter table appraisal_return enable row level security;
alter table appraisal_return force row level security;
create policy appraisal_return_all on appraisal_return for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on appraisal_return to tongxin_app;

create table appraisal_round (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  year integer not null,
  state text default 'study'::text not null,
  weights jsonb not null,
  least_raters integer not null,
  grades_probationary boolean not null,
  counts_probationary boolean not null,
  self_due_on date not null,
  sheet_due_on date not null,
  grade_due_on date not null,
  report_due_on date not null,
  due_on date,
  opened_by uuid not null,
  study_on date,
  study_note text,
  sheets_opened_on date,
  sheets_closed_on date,
  early_reason text,
  codes_printed integer default 0 not null,
  codes_returned integer default 0 not null,
  decided_by text,
  decided_on date,
  submitted_by uuid,
  confirmed_by uuid,
  returned_reason text,
  reported_on date,
  document_number text,
  closed_by uuid,
  cancelled_reason text,
  version integer default 1 not null,
  updated_at timestamp with time zone not null,
  noted_by uuid[] default '{}'::uuid[] not null,
  criteria text[] default '{}'::text[] not null,
  constraint appraisal_round_cancelled_check CHECK (((state = 'cancelled'::text) = (cancelled_reason IS NOT NULL))),
  constraint appraisal_round_criteria_check CHECK ((criteria <@ ARRAY['politics'::text, 'discipline'::text, 'example'::text, 'duty'::text, 'service'::text])),
  constraint appraisal_round_decided_check CHECK (((decided_by IS NULL) = (decided_on IS NULL))),
  constraint appraisal_round_second_check CHECK (((confirmed_by IS NULL) OR (confirmed_by IS DISTINCT FROM submitted_by))),
  constraint appraisal_round_state_check CHECK ((state = ANY (ARRAY['study'::text, 'reviewing'::text, 'assessing'::text, 'grading'::text, 'checking'::text, 'feedback'::text, 'reported'::text, 'closed'::text, 'cancelled'::text]))),
  constraint appraisal_round_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX appraisal_round_scope ON public.appraisal_round USING btree (tenant_id, org_path, year, id);
CREATE UNIQUE INDEX appraisal_round_year ON public.appraisal_round USING btree (tenant_id, unit_id, year) WHERE (state <> 'cancelled'::text);
alter table appraisal_round enable row level security;
alter table appraisal_round force row level security;
create policy appraisal_round_all on appraisal_round for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on appraisal_round to tongxin_app;

create table channels_address (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  reach text not null,
  sealed bytea,
  digest bytea,
  masked text not null,
  device text,
  verified_at timestamp with time zone,
  code bytea,
  code_until timestamp with time zone,
  code_sent_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint channels_address_reach_check CHECK ((reach = ANY (ARRAY['push'::text, 'mail'::text, 'sms'::text, 'wechat'::text]))),
  constraint channels_address_sealed_check CHECK ((((sealed IS NULL) = (digest IS NULL)) AND ((verified_at IS NULL) OR (sealed IS NOT NULL)))),
  constraint channels_address_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX channels_address_code ON public.channels_address USING btree (tenant_id, reach, code) WHERE (code IS NOT NULL);
CREATE INDEX channels_address_digest ON public.channels_address USING btree (tenant_id, reach, digest) WHERE (digest IS NOT NULL);
CREATE UNIQUE INDEX channels_address_once ON public.channels_address USING btree (tenant_id, person_id, reach, digest) NULLS NOT DISTINCT;
alter table channels_address enable row level security;
alter table channels_address force row level security;
create policy channels_address_all on channels_address for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_person() AS app_person) IS NULL)))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_person() AS app_person) IS NULL)));
grant delete, insert, select, update on channels_address to tongxin_app;

create table channels_asked (
  tenant_id uuid not null,
  id uuid not null,
  key text not null,
  level text not null,
  title text not null,
  text text not null,
  path text,
  people uuid[] not null,
  created_at timestamp with time zone not null,
  constraint channels_asked_pkey PRIMARY KEY (tenant_id, id)
);
alter table channels_asked enable row level security;
alter table channels_asked force row level security;
create policy channels_asked_delete on channels_asked for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (( SELECT app_person() AS app_person) IS NULL));
create policy channels_asked_insert on channels_asked for insert
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
create policy channels_asked_read on channels_asked for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (( SELECT app_person() AS app_person) IS NULL));
create policy channels_asked_update on channels_asked for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (( SELECT app_person() AS app_person) IS NULL));
grant delete, insert, select, update on channels_asked to tongxin_app;

create table channels_message (
  tenant_id uuid not null,
  id uuid not null,
  outlet_id uuid not null,
  address_id uuid,
  person_id uuid,
  key text not null,
  level text not null,
  title text,
  text text,
  path text,
  target text,
  state text default 'waiting'::text not null,
  tries smallint default 0 not null,
  next_at timestamp with time zone,
  error text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  constraint channels_message_next_check CHECK (((state = 'waiting'::text) = (next_at IS NOT NULL))),
  constraint channels_message_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'given_up'::text]))),
  constraint channels_message_title_check CHECK (((state <> ALL (ARRAY['waiting'::text, 'failed'::text])) OR (title IS NOT NULL))),
  constraint channels_message_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX channels_message_due ON public.channels_message USING btree (tenant_id, next_at) WHERE (state = 'waiting'::text);
CREATE INDEX channels_message_log ON public.channels_message USING btree (tenant_id, created_at, id);
CREATE UNIQUE INDEX channels_message_once ON public.channels_message USING btree (tenant_id, key, outlet_id, address_id) NULLS NOT DISTINCT;
CREATE INDEX channels_message_outlet ON public.channels_message USING btree (tenant_id, outlet_id, state, created_at, id);
alter table channels_message enable row level security;
alter table channels_message force row level security;
create policy channels_message_delete on channels_message for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (( SELECT app_person() AS app_person) IS NULL));
create policy channels_message_insert on channels_message for insert
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
create policy channels_message_read on channels_message for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (EXISTS ( SELECT
   FROM channels_outlet o
  WHERE ((o.tenant_id = channels_message.tenant_id) AND (o.id = channels_message.outlet_id) AND app_in_scope(o.org_path)))));
create policy channels_message_update on channels_message for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (EXISTS ( SELECT
   FROM channels_outlet o
  WHERE ((o.tenant_id = channels_message.tenant_id) AND (o.id = channels_message.outlet_id) AND app_in_scope(o.org_path)))));
grant delete, insert, select, update on channels_message to tongxin_app;

create table channels_outlet (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  reach text not null,
  name text not null,
  state text default 'off'::text not null,
  least_level text not null,
  settings jsonb not null,
  secret bytea not null,
  secrets_set jsonb not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  last_sent_at timestamp with time zone,
  last_error text,
  last_error_at timestamp with time zone,
  constraint channels_outlet_level_check CHECK ((least_level = ANY (ARRAY['normal'::text, 'important'::text, 'urgent'::text]))),
  constraint channels_outlet_reach_check CHECK ((reach = ANY (ARRAY['push'::text, 'mail'::text, 'sms'::text, 'wechat'::text, 'group'::text]))),
  constraint channels_outlet_state_check CHECK ((state = ANY (ARRAY['on'::text, 'off'::text, 'removed'::text]))),
  constraint channels_outlet_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX channels_outlet_name ON public.channels_outlet USING btree (tenant_id, unit_id, name) WHERE (state <> 'removed'::text);
CREATE UNIQUE INDEX channels_outlet_reach ON public.channels_outlet USING btree (tenant_id, reach) WHERE ((state = 'on'::text) AND (reach <> 'group'::text));
CREATE INDEX channels_outlet_scope ON public.channels_outlet USING btree (tenant_id, org_path);
alter table channels_outlet enable row level security;
alter table channels_outlet force row level security;
create policy channels_outlet_insert on channels_outlet for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy channels_outlet_read on channels_outlet for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy channels_outlet_update on channels_outlet for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on channels_outlet to tongxin_app;

create table channels_preference (
  tenant_id uuid not null,
  person_id uuid not null,
  reach text not null,
  is_on boolean not null,
  updated_at timestamp with time zone not null,
  constraint channels_preference_pkey PRIMARY KEY (tenant_id, person_id, reach)
);
alter table channels_preference enable row level security;
alter table channels_preference force row level security;
create policy channels_preference_all on channels_preference for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_person() AS app_person) IS NULL)))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR (( SELECT app_person() AS app_person) IS NULL)));
grant insert, select, update on channels_preference to tongxin_app;

create table channels_seen (
  tenant_id uuid not null,
  outlet_id uuid not null,
  digest bytea not null,
  at timestamp with time zone not null,
  constraint channels_seen_pkey PRIMARY KEY (tenant_id, outlet_id, digest)
);
CREATE INDEX channels_seen_at ON public.channels_seen USING btree (tenant_id, at);
alter table channels_seen enable row level security;
alter table channels_seen force row level security;
create policy channels_seen_all on channels_seen for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (( SELECT app_person() AS app_person) IS NULL))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (( SELECT app_person() AS app_person) IS NULL));
grant delete, insert, select on channels_seen to tongxin_app;

create table conversations_conversation (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  source_id uuid,
  pair_key text,
  name text not null,
  people uuid[] default '{}'::uuid[] not null,
  founder_id uuid,
  key bytea not null,
  state text default 'open'::text not null,
  last_seq bigint default 0 not null,
  last_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint conversations_conversation_kind_check CHECK ((kind = ANY (ARRAY['branch'::text, 'officers'::text, 'study'::text, 'team'::text, 'pair'::text]))),
  constraint conversations_conversation_pair_check CHECK (((kind = 'pair'::text) = (pair_key IS NOT NULL))),
  constraint conversations_conversation_people_check CHECK (((kind = ANY (ARRAY['team'::text, 'pair'::text])) OR (people = '{}'::uuid[]))),
  constraint conversations_conversation_source_check CHECK (((kind = 'study'::text) = (source_id IS NOT NULL))),
  constraint conversations_conversation_state_check CHECK ((state = ANY (ARRAY['open'::text, 'ended'::text]))),
  constraint conversations_conversation_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX conversations_conversation_made ON public.conversations_conversation USING btree (tenant_id, created_at, id);
CREATE UNIQUE INDEX conversations_conversation_pair ON public.conversations_conversation USING btree (tenant_id, pair_key) WHERE (pair_key IS NOT NULL);
CREATE INDEX conversations_conversation_scope ON public.conversations_conversation USING btree (tenant_id, org_path, kind);
CREATE UNIQUE INDEX conversations_conversation_source ON public.conversations_conversation USING btree (tenant_id, source_id) WHERE (source_id IS NOT NULL);
CREATE UNIQUE INDEX conversations_conversation_unit ON public.conversations_conversation USING btree (tenant_id, unit_id, kind) WHERE (kind = ANY (ARRAY['branch'::text, 'officers'::text]));
alter table conversations_conversation enable row level security;
alter table conversations_conversation force row level security;
create policy conversations_conversation_insert on conversations_conversation for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR conversations_belongs(kind, unit_id, org_path, source_id, id, people)));
create policy conversations_conversation_read on conversations_conversation for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR conversations_belongs(kind, unit_id, org_path, source_id, id, people)));
create policy conversations_conversation_update on conversations_conversation for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR conversations_belongs(kind, unit_id, org_path, source_id, id, people)))
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
grant insert, select, update on conversations_conversation to tongxin_app;

create table conversations_guest (
  tenant_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  until_on date not null,
  ended_at timestamp with time zone,
  admitted_by text not null,
  created_at timestamp with time zone not null,
  constraint conversations_guest_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX conversations_guest_current ON public.conversations_guest USING btree (tenant_id, conversation_id, person_id) WHERE (ended_at IS NULL);
CREATE INDEX conversations_guest_person ON public.conversations_guest USING btree (tenant_id, person_id);
CREATE INDEX conversations_guest_scope ON public.conversations_guest USING btree (tenant_id, org_path);
alter table conversations_guest enable row level security;
alter table conversations_guest force row level security;
create policy conversations_guest_insert on conversations_guest for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy conversations_guest_read on conversations_guest for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy conversations_guest_update on conversations_guest for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on conversations_guest to tongxin_app;

create table conversations_message (
  tenant_id uuid not null,
  conversation_id uuid not null,
  seq bigint not null,
  id uuid not null,
  person_id uuid not null,
  sealed bytea,
  file_id uuid,
  mentions uuid[] default '{}'::uuid[] not null,
  at timestamp with time zone not null,
  recalled_at timestamp with time zone,
  xid xid8 default pg_current_xact_id() not null,
  constraint conversations_message_sealed_check CHECK (((sealed IS NULL) = (recalled_at IS NOT NULL))),
  constraint conversations_message_pkey PRIMARY KEY (tenant_id, conversation_id, seq),
  constraint conversations_message_id_key UNIQUE (tenant_id, conversation_id, id)
);
CREATE INDEX conversations_message_file ON public.conversations_message USING btree (tenant_id, file_id) WHERE (file_id IS NOT NULL);
CREATE INDEX conversations_message_fresh ON public.conversations_message USING btree (tenant_id, xid);
CREATE INDEX conversations_message_old ON public.conversations_message USING btree (tenant_id, conversation_id, at);
alter table conversations_message enable row level security;
alter table conversations_message force row level security;
create policy conversations_message_delete on conversations_message for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (( SELECT app_person() AS app_person) IS NULL));
create policy conversations_message_insert on conversations_message for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND conversations_mine(conversation_id) AND (person_id = ( SELECT app_person() AS app_person)));
create policy conversations_message_read on conversations_message for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((( SELECT app_person() AS app_person) IS NULL) OR conversations_mine(conversation_id)));
create policy conversations_message_update on conversations_message for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND conversations_mine(conversation_id) AND (person_id = ( SELECT app_person() AS app_person)));
grant delete, insert, select, update on conversations_message to tongxin_app;

create table conversations_report (
  tenant_id uuid not null,
  id uuid not null,
  conversation_kind text not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  person_id uuid not null,
  reporter text not null,
  accused uuid[] not null,
  reason text not null,
  messages integer not null,
  sealed bytea not null,
  state text default 'open'::text not null,
  words text,
  decided_by text,
  decided_by_id uuid,
  decided_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint conversations_report_accused_check CHECK (((decided_by_id IS NULL) OR (NOT (decided_by_id = ANY (accused))))),
  constraint conversations_report_decided_check CHECK ((((state = 'open'::text) = (decided_by_id IS NULL)) AND (decided_by_id IS DISTINCT FROM person_id))),
  constraint conversations_report_state_check CHECK ((state = ANY (ARRAY['open'::text, 'upheld'::text, 'dismissed'::text]))),
  constraint conversations_report_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX conversations_report_made ON public.conversations_report USING btree (tenant_id, created_at, id);
CREATE INDEX conversations_report_person ON public.conversations_report USING btree (tenant_id, person_id);
CREATE INDEX conversations_report_scope ON public.conversations_report USING btree (tenant_id, org_path, state);
alter table conversations_report enable row level security;
alter table conversations_report force row level security;
create policy conversations_report_insert on conversations_report for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)));
create policy conversations_report_read on conversations_report for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy conversations_report_update on conversations_report for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on conversations_report to tongxin_app;

create table conversations_seat (
  tenant_id uuid not null,
  conversation_id uuid not null,
  person_id uuid not null,
  read_seq bigint default 0 not null,
  is_muted boolean default false not null,
  updated_at timestamp with time zone not null,
  constraint conversations_seat_pkey PRIMARY KEY (tenant_id, conversation_id, person_id)
);
CREATE INDEX conversations_seat_person ON public.conversations_seat USING btree (tenant_id, person_id);
alter table conversations_seat enable row level security;
alter table conversations_seat force row level security;
create policy conversations_seat_insert on conversations_seat for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND conversations_mine(conversation_id));
create policy conversations_seat_read on conversations_seat for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR conversations_mine(conversation_id)));
create policy conversations_seat_update on conversations_seat for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR conversations_mine(conversation_id)));
grant insert, select, update on conversations_seat to tongxin_app;

create table conversations_silence (
  tenant_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  until_at timestamp with time zone not null,
  reason text not null,
  by_name text not null,
  ended_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint conversations_silence_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX conversations_silence_current ON public.conversations_silence USING btree (tenant_id, conversation_id, person_id) WHERE (ended_at IS NULL);
CREATE INDEX conversations_silence_scope ON public.conversations_silence USING btree (tenant_id, org_path);
alter table conversations_silence enable row level security;
alter table conversations_silence force row level security;
create policy conversations_silence_insert on conversations_silence for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR conversations_mine(conversation_id)));
create policy conversations_silence_read on conversations_silence for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person)) OR conversations_mine(conversation_id)));
create policy conversations_silence_update on conversations_silence for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR conversations_mine(conversation_id)));
grant insert, select, update on conversations_silence to tongxin_app;

create table courseware_attempt (
  tenant_id uuid not null,
  id uuid not null,
  package_id uuid not null,
  version_number integer not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  number integer not null,
  launch_id uuid not null,
  state text not null,
  scaled double precision,
  seconds integer default 0 not null,
  items integer not null,
  items_done integer default 0 not null,
  begun_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint courseware_attempt_finished_check CHECK (((state = 'begun'::text) OR (finished_at IS NOT NULL))),
  constraint courseware_attempt_scaled_check CHECK (((scaled >= ('-1'::integer)::double precision) AND (scaled <= (1)::double precision))),
  constraint courseware_attempt_state_check CHECK ((state = ANY (ARRAY['begun'::text, 'completed'::text, 'passed'::text, 'failed'::text]))),
  constraint courseware_attempt_version_fkey FOREIGN KEY (tenant_id, package_id, version_number) REFERENCES courseware_version(tenant_id, package_id, number),
  constraint courseware_attempt_pkey PRIMARY KEY (tenant_id, id),
  constraint courseware_attempt_number_key UNIQUE (tenant_id, package_id, member_id, number)
);
CREATE INDEX courseware_attempt_member ON public.courseware_attempt USING btree (tenant_id, member_id);
CREATE INDEX courseware_attempt_scope ON public.courseware_attempt USING btree (tenant_id, package_id, org_path, last_at DESC, id);
alter table courseware_attempt enable row level security;
alter table courseware_attempt force row level security;
create policy courseware_attempt_insert on courseware_attempt for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy courseware_attempt_read on courseware_attempt for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy courseware_attempt_update on courseware_attempt for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on courseware_attempt to tongxin_app;

create table courseware_item (
  tenant_id uuid not null,
  attempt_id uuid not null,
  item text not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  sequence integer not null,
  runtime text not null,
  completion boolean not null,
  success text not null,
  scaled double precision,
  seconds integer not null,
  updated_at timestamp with time zone not null,
  satisfied boolean default false not null,
  waived_for text,
  constraint courseware_item_success_check CHECK ((success = ANY (ARRAY['unknown'::text, 'passed'::text, 'failed'::text]))),
  constraint courseware_item_attempt_fkey FOREIGN KEY (tenant_id, attempt_id) REFERENCES courseware_attempt(tenant_id, id),
  constraint courseware_item_pkey PRIMARY KEY (tenant_id, attempt_id, item)
);
CREATE INDEX courseware_item_scope ON public.courseware_item USING btree (tenant_id, org_path);
alter table courseware_item enable row level security;
alter table courseware_item force row level security;
create policy courseware_item_insert on courseware_item for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy courseware_item_read on courseware_item for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy courseware_item_update on courseware_item for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on courseware_item to tongxin_app;

create table courseware_package (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  title text not null,
  kind text not null,
  number integer not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  removed_reason text,
  version integer default 1 not null,
  constraint courseware_package_kinds_check CHECK ((kind = ANY (ARRAY['scorm12'::text, 'scorm2004'::text, 'cmi5'::text]))),
  constraint courseware_package_removed_check CHECK (((removed_at IS NULL) = (removed_reason IS NULL))),
  constraint courseware_package_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX courseware_package_scope ON public.courseware_package USING btree (tenant_id, org_path, updated_at DESC, id);
alter table courseware_package enable row level security;
alter table courseware_package force row level security;
create policy courseware_package_insert on courseware_package for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy courseware_package_read on courseware_package for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy courseware_package_update on courseware_package for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on courseware_package to tongxin_app;

create table courseware_session (
  tenant_id uuid not null,
  id uuid not null,
  attempt_id uuid not null,
  item text not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  mode text not null,
  launched_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  preferences_at timestamp with time zone,
  said text[] default '{}'::text[] not null,
  terminated_at timestamp with time zone,
  abandoned_at timestamp with time zone,
  constraint courseware_session_end_check CHECK (((terminated_at IS NULL) OR (abandoned_at IS NULL))),
  constraint courseware_session_mode_check CHECK ((mode = ANY (ARRAY['Normal'::text, 'Browse'::text, 'Review'::text]))),
  constraint courseware_session_attempt_fkey FOREIGN KEY (tenant_id, attempt_id) REFERENCES courseware_attempt(tenant_id, id),
  constraint courseware_session_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX courseware_session_attempt ON public.courseware_session USING btree (tenant_id, attempt_id, launched_at DESC);
CREATE INDEX courseware_session_open ON public.courseware_session USING btree (tenant_id, launched_at) WHERE ((terminated_at IS NULL) AND (abandoned_at IS NULL));
CREATE INDEX courseware_session_scope ON public.courseware_session USING btree (tenant_id, org_path);
alter table courseware_session enable row level security;
alter table courseware_session force row level security;
create policy courseware_session_insert on courseware_session for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy courseware_session_read on courseware_session for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy courseware_session_update on courseware_session for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on courseware_session to tongxin_app;

create table courseware_version (
  tenant_id uuid not null,
  package_id uuid not null,
  number integer not null,
  org_path text collate "C" not null,
  folder_id uuid not null,
  file_id uuid not null,
  file_name text not null,
  bytes bigint not null,
  files integer not null,
  scanned boolean not null,
  edition text not null,
  structure jsonb not null,
  reason text,
  added_by uuid not null,
  added_at timestamp with time zone not null,
  constraint courseware_version_package_fkey FOREIGN KEY (tenant_id, package_id) REFERENCES courseware_package(tenant_id, id),
  constraint courseware_version_pkey PRIMARY KEY (tenant_id, package_id, number)
);
CREATE INDEX courseware_version_folder ON public.courseware_version USING btree (tenant_id, folder_id);
CREATE INDEX courseware_version_scope ON public.courseware_version USING btree (tenant_id, org_path);
alter table courseware_version enable row level security;
alter table courseware_version force row level security;
create policy courseware_version_insert on courseware_version for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy courseware_version_read on courseware_version for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy courseware_version_update on courseware_version for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on courseware_version to tongxin_app;

create table credits_account (
  tenant_id uuid not null,
  member_id uuid not null,
  year smallint not null,
  person_id uuid not null,
  name text collate "C" not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text collate "C" not null,
  post text not null,
  target integer,
  elective_least integer default 0 not null,
  earned integer default 0 not null,
  elective integer default 0 not null,
  required_left integer default 0 not null,
  months integer[] default '{0,0,0,0,0,0,0,0,0,0,0,0}'::integer[] not null,
  is_exempt boolean default false not null,
  standing text generated always as (
CASE
    WHEN (target IS NULL) THEN 'free'::text
    WHEN is_exempt THEN 'exempt'::text
    WHEN ((earned >= target) AND (elective >= elective_least) AND (required_left = 0)) THEN 'reached'::text
    ELSE 'short'::text
END) stored,
  updated_at timestamp with time zone not null,
  merged_into uuid,
  constraint credits_account_months_check CHECK ((cardinality(months) = 12)),
  constraint credits_account_post_check CHECK ((post = ANY (ARRAY['member'::text, 'leader'::text]))),
  constraint credits_account_pkey PRIMARY KEY (tenant_id, member_id, year)
);
CREATE INDEX credits_account_name ON public.credits_account USING btree (tenant_id, year, name, member_id);
CREATE INDEX credits_account_scope ON public.credits_account USING btree (tenant_id, year, org_path, name, member_id);
CREATE INDEX credits_account_unit ON public.credits_account USING btree (tenant_id, unit_id, year);
alter table credits_account enable row level security;
alter table credits_account force row level security;
create policy credits_account_insert on credits_account for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy credits_account_read on credits_account for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy credits_account_update on credits_account for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on credits_account to tongxin_app;

create table credits_certificate (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  name text collate "C" not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  title text not null,
  issuer text not null,
  held_on date not null,
  unit text not null,
  amount numeric(6,2) not null,
  claimed integer not null,
  accepted integer,
  state text default 'submitted'::text not null,
  file_id uuid not null,
  file_name text not null,
  checked_by uuid,
  checked_name text,
  accepted_by uuid,
  accepted_name text,
  reason text,
  submitted_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint credits_certificate_accepted_check CHECK (((state <> 'accepted'::text) OR (accepted IS NOT NULL))),
  constraint credits_certificate_returned_check CHECK (((state <> 'returned'::text) OR (reason IS NOT NULL))),
  constraint credits_certificate_second_check CHECK (((accepted_by IS NULL) OR (checked_by IS NOT NULL))),
  constraint credits_certificate_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'checked'::text, 'accepted'::text, 'returned'::text, 'withdrawn'::text]))),
  constraint credits_certificate_unit_check CHECK ((unit = ANY (ARRAY['full_day'::text, 'half_day'::text, 'hour'::text]))),
  constraint credits_certificate_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX credits_certificate_open ON public.credits_certificate USING btree (tenant_id, org_path) WHERE (state = ANY (ARRAY['submitted'::text, 'checked'::text]));
CREATE INDEX credits_certificate_person ON public.credits_certificate USING btree (tenant_id, person_id);
CREATE INDEX credits_certificate_scope ON public.credits_certificate USING btree (tenant_id, org_path, submitted_at, id);
CREATE INDEX credits_certificate_when ON public.credits_certificate USING btree (tenant_id, submitted_at, id);
alter table credits_certificate enable row level security;
alter table credits_certificate force row level security;
create policy credits_certificate_insert on credits_certificate for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy credits_certificate_read on credits_certificate for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy credits_certificate_update on credits_certificate for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on credits_certificate to tongxin_app;

create table credits_entry (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  year smallint not null,
  on_date date not null,
  source text not null,
  source_id uuid not null,
  generation smallint default 0 not null,
  statement_id uuid,
  title text not null,
  part text not null,
  rule text not null,
  rule_version date not null,
  fact jsonb not null,
  hundredths integer not null,
  reverses uuid,
  reason text,
  made_by uuid,
  at timestamp with time zone not null,
  constraint credits_entry_part_check CHECK ((part = ANY (ARRAY['required'::text, 'elective'::text]))),
  constraint credits_entry_reason_check CHECK (((reverses IS NULL) OR (reason IS NOT NULL))),
  constraint credits_entry_reversal_check CHECK (((reverses IS NULL) = (hundredths > 0))),
  constraint credits_entry_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX credits_entry_member ON public.credits_entry USING btree (tenant_id, member_id, year, on_date, id);
CREATE UNIQUE INDEX credits_entry_reverses_key ON public.credits_entry USING btree (tenant_id, reverses) WHERE (reverses IS NOT NULL);
CREATE INDEX credits_entry_scope ON public.credits_entry USING btree (tenant_id, org_path, year, id);
CREATE UNIQUE INDEX credits_entry_source_key ON public.credits_entry USING btree (tenant_id, member_id, source, source_id, year, generation) WHERE (reverses IS NULL);
CREATE INDEX credits_entry_year ON public.credits_entry USING btree (tenant_id, year, id);
alter table credits_entry enable row level security;
alter table credits_entry force row level security;
create policy credits_entry_insert on credits_entry for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy credits_entry_read on credits_entry for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy credits_entry_update on credits_entry for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on credits_entry to tongxin_app;

create table credits_exemption (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  name text collate "C" not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  year smallint not null,
  ground text not null,
  reason bytea not null,
  state text default 'applied'::text not null,
  applied_by uuid not null,
  applied_name text not null,
  decided_by uuid,
  decided_name text,
  answer text,
  applied_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint credits_exemption_decided_check CHECK (((state <> ALL (ARRAY['approved'::text, 'declined'::text])) OR (decided_by IS NOT NULL))),
  constraint credits_exemption_ground_check CHECK ((ground = ANY (ARRAY['age'::text, 'illness'::text]))),
  constraint credits_exemption_second_check CHECK (((decided_by IS NULL) OR ((decided_by <> applied_by) AND (decided_by <> person_id)))),
  constraint credits_exemption_state_check CHECK ((state = ANY (ARRAY['applied'::text, 'approved'::text, 'declined'::text, 'withdrawn'::text, 'ended'::text]))),
  constraint credits_exemption_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX credits_exemption_open ON public.credits_exemption USING btree (tenant_id, member_id, year) WHERE (state = ANY (ARRAY['applied'::text, 'approved'::text]));
CREATE INDEX credits_exemption_person ON public.credits_exemption USING btree (tenant_id, person_id);
CREATE INDEX credits_exemption_scope ON public.credits_exemption USING btree (tenant_id, org_path, applied_at, id);
CREATE INDEX credits_exemption_when ON public.credits_exemption USING btree (tenant_id, applied_at, id);
alter table credits_exemption enable row level security;
alter table credits_exemption force row level security;
create policy credits_exemption_insert on credits_exemption for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy credits_exemption_read on credits_exemption for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy credits_exemption_update on credits_exemption for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on credits_exemption to tongxin_app;

create table credits_honour (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  name text collate "C" not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  year smallint not null,
  title text not null,
  state text default 'proposed'::text not null,
  proposal text not null,
  proposed_by uuid not null,
  proposed_name text not null,
  reviewed_by uuid,
  reviewed_name text,
  decided_by uuid,
  decided_name text,
  reason text,
  certificate_no text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint credits_honour_declined_check CHECK (((state <> 'declined'::text) OR (reason IS NOT NULL))),
  constraint credits_honour_number_check CHECK (((state = 'confirmed'::text) = (certificate_no IS NOT NULL))),
  constraint credits_honour_review_check CHECK (((reviewed_by IS NULL) OR ((reviewed_by <> proposed_by) AND (reviewed_by <> person_id)))),
  constraint credits_honour_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'reviewed'::text, 'confirmed'::text, 'declined'::text]))),
  constraint credits_honour_third_check CHECK (((decided_by IS NULL) OR ((decided_by <> proposed_by) AND (decided_by <> reviewed_by) AND (decided_by <> person_id)))),
  constraint credits_honour_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX credits_honour_name ON public.credits_honour USING btree (tenant_id, name, id);
CREATE UNIQUE INDEX credits_honour_one ON public.credits_honour USING btree (tenant_id, member_id, year, title) WHERE (state <> 'declined'::text);
CREATE INDEX credits_honour_person ON public.credits_honour USING btree (tenant_id, person_id);
CREATE INDEX credits_honour_scope ON public.credits_honour USING btree (tenant_id, org_path, year, id);
alter table credits_honour enable row level security;
alter table credits_honour force row level security;
create policy credits_honour_insert on credits_honour for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy credits_honour_read on credits_honour for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy credits_honour_update on credits_honour for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on credits_honour to tongxin_app;

create table credits_reminder (
  tenant_id uuid not null,
  key text collate "C" not null,
  org_path text collate "C" not null,
  at timestamp with time zone not null,
  constraint credits_reminder_pkey PRIMARY KEY (tenant_id, key)
);
CREATE INDEX credits_reminder_scope ON public.credits_reminder USING btree (tenant_id, org_path);
alter table credits_reminder enable row level security;
alter table credits_reminder force row level security;
create policy credits_reminder_insert on credits_reminder for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy credits_reminder_read on credits_reminder for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy credits_reminder_update on credits_reminder for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on credits_reminder to tongxin_app;

create table credits_transcript (
  code_hash bytea not null,
  id uuid not null,
  tenant_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  year smallint not null,
  shown jsonb not null,
  hundredths integer not null,
  sha256 text not null,
  signed_text text not null,
  signature text not null,
  public_key text not null,
  issued_at timestamp with time zone not null,
  superseded_at timestamp with time zone,
  constraint credits_transcript_pkey PRIMARY KEY (code_hash)
);
CREATE INDEX credits_transcript_member ON public.credits_transcript USING btree (tenant_id, member_id, year);
grant insert, select on credits_transcript to tongxin_app;

create table credits_unit (
  tenant_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  year smallint not null,
  people integer not null,
  obliged integer not null,
  exempt integer not null,
  reached integer not null,
  short integer not null,
  required_done integer not null,
  hundredths bigint not null,
  months bigint[] not null,
  counted_at timestamp with time zone not null,
  constraint credits_unit_pkey PRIMARY KEY (tenant_id, unit_id, year)
);
CREATE INDEX credits_unit_scope ON public.credits_unit USING btree (tenant_id, year, org_path);
alter table credits_unit enable row level security;
alter table credits_unit force row level security;
create policy credits_unit_delete on credits_unit for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy credits_unit_insert on credits_unit for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy credits_unit_read on credits_unit for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy credits_unit_update on credits_unit for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select, update on credits_unit to tongxin_app;

create table deadlines_digest (
  tenant_id uuid not null,
  person_id uuid not null,
  on_day date not null,
  at timestamp with time zone not null,
  constraint deadlines_digest_pkey PRIMARY KEY (tenant_id, person_id, on_day)
);
CREATE INDEX deadlines_digest_day ON public.deadlines_digest USING btree (tenant_id, on_day);
alter table deadlines_digest enable row level security;
alter table deadlines_digest force row level security;
create policy deadlines_digest_all on deadlines_digest for all
  using (tenant_id = ( SELECT app_tenant() AS app_tenant))
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
grant delete, insert, select on deadlines_digest to tongxin_app;

create table deadlines_item (
  tenant_id uuid not null,
  id uuid not null,
  key text collate "C" not null,
  kind text collate "C" not null,
  params jsonb default '{}'::jsonb not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  permission text,
  person_id uuid,
  starts_on date not null,
  yellow_on date not null,
  due_on date not null,
  remind smallint[] default '{}'::smallint[] not null,
  desk_path text,
  phone_path text,
  state text default 'open'::text not null,
  ended_at timestamp with time zone,
  reminded_on date,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint deadlines_item_days_check CHECK (((starts_on <= due_on) AND (yellow_on <= due_on))),
  constraint deadlines_item_ended_check CHECK (((state = 'open'::text) = (ended_at IS NULL))),
  constraint deadlines_item_somebody_check CHECK (((permission IS NOT NULL) OR (person_id IS NOT NULL))),
  constraint deadlines_item_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'void'::text]))),
  constraint deadlines_item_unit_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES org_unit(tenant_id, id),
  constraint deadlines_item_pkey PRIMARY KEY (tenant_id, id),
  constraint deadlines_item_key UNIQUE (tenant_id, key)
);
CREATE INDEX deadlines_item_open ON public.deadlines_item USING btree (tenant_id, due_on, id) WHERE (state = 'open'::text);
CREATE INDEX deadlines_item_person ON public.deadlines_item USING btree (tenant_id, person_id, due_on, id) WHERE (person_id IS NOT NULL);
CREATE INDEX deadlines_item_scope ON public.deadlines_item USING btree (tenant_id, org_path, due_on, id);
CREATE INDEX deadlines_item_unit ON public.deadlines_item USING btree (tenant_id, unit_id);
alter table deadlines_item enable row level security;
alter table deadlines_item force row level security;
create policy deadlines_item_insert on deadlines_item for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy deadlines_item_read on deadlines_item for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy deadlines_item_update on deadlines_item for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on deadlines_item to tongxin_app;

create table development_case (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  member_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  stage text not null,
  step smallint not null,
  waits_above boolean default false not null,
  state text default 'running'::text not null,
  state_reason text,
  round smallint default 1 not null,
  plan_year smallint,
  applied_on date not null,
  activist_on date,
  object_on date,
  admitted_on date,
  probation_end date,
  extension_months smallint default 0 not null,
  postponed_until date,
  leaves_on date,
  moved_on date,
  due_on date,
  yellow_on date,
  opened_by uuid not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint development_case_stage_check CHECK ((stage = ANY (ARRAY['application'::text, 'activist'::text, 'object'::text, 'admission'::text, 'probation'::text]))),
  constraint development_case_state_check CHECK ((state = ANY (ARRAY['running'::text, 'paused'::text, 'returned'::text, 'stopped'::text, 'finished'::text]))),
  constraint development_case_step_check CHECK (((step >= 1) AND (step <= 25))),
  constraint development_case_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint development_case_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX development_case_member ON public.development_case USING btree (tenant_id, member_id);
CREATE UNIQUE INDEX development_case_open_key ON public.development_case USING btree (tenant_id, member_id) WHERE (state = ANY (ARRAY['running'::text, 'paused'::text, 'returned'::text]));
CREATE INDEX development_case_org ON public.development_case USING btree (tenant_id, org_id, plan_year);
CREATE INDEX development_case_person ON public.development_case USING btree (tenant_id, person_id);
CREATE INDEX development_case_scope ON public.development_case USING btree (tenant_id, org_path, due_on, id);
alter table development_case enable row level security;
alter table development_case force row level security;
create policy development_case_insert on development_case for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy development_case_read on development_case for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy development_case_update on development_case for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on development_case to tongxin_app;

create table development_person (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  org_path text collate "C" not null,
  part text not null,
  member_id uuid not null,
  name text not null,
  from_on date not null,
  until_on date,
  end_reason text,
  recorded_by uuid not null,
  created_at timestamp with time zone not null,
  constraint development_person_end_check CHECK (((until_on IS NULL) = (end_reason IS NULL))),
  constraint development_person_part_check CHECK ((part = ANY (ARRAY['contact'::text, 'introducer'::text]))),
  constraint development_person_case_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES development_case(tenant_id, id),
  constraint development_person_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX development_person_key ON public.development_person USING btree (tenant_id, case_id, part, member_id) WHERE (until_on IS NULL);
CREATE INDEX development_person_member ON public.development_person USING btree (tenant_id, member_id) WHERE (until_on IS NULL);
CREATE INDEX development_person_scope ON public.development_person USING btree (tenant_id, org_path, case_id);
alter table development_person enable row level security;
alter table development_person force row level security;
create policy development_person_all on development_person for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on development_person to tongxin_app;

create table development_proof (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  org_path text collate "C" not null,
  step smallint not null,
  kind text not null,
  file_id uuid not null,
  name text not null,
  added_by uuid not null,
  added_at timestamp with time zone not null,
  constraint development_proof_case_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES development_case(tenant_id, id),
  constraint development_proof_pkey PRIMARY KEY (tenant_id, id),
  constraint development_proof_file_key UNIQUE (tenant_id, file_id)
);
CREATE INDEX development_proof_case ON public.development_proof USING btree (tenant_id, case_id, step);
CREATE INDEX development_proof_scope ON public.development_proof USING btree (tenant_id, org_path);
alter table development_proof enable row level security;
alter table development_proof force row level security;
create policy development_proof_all on development_proof for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on development_proof to tongxin_app;

create table development_publicity (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  org_path text collate "C" not null,
  purpose text not null,
  from_on date not null,
  until_on date not null,
  places text[] not null,
  floating boolean not null,
  channel text not null,
  verdict jsonb not null,
  feedback integer,
  verification text,
  passed boolean,
  closed_on date,
  recorded_by uuid not null,
  closed_by uuid,
  created_at timestamp with time zone not null,
  constraint development_publicity_closed_check CHECK (((closed_on IS NULL) = (passed IS NULL))),
  constraint development_publicity_period_check CHECK ((until_on >= from_on)),
  constraint development_publicity_purpose_check CHECK ((purpose = ANY (ARRAY['activist'::text, 'object'::text, 'admission'::text, 'conversion'::text]))),
  constraint development_publicity_case_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES development_case(tenant_id, id),
  constraint development_publicity_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX development_publicity_case ON public.development_publicity USING btree (tenant_id, case_id, from_on);
CREATE INDEX development_publicity_scope ON public.development_publicity USING btree (tenant_id, org_path, until_on);
alter table development_publicity enable row level security;
alter table development_publicity force row level security;
create policy development_publicity_all on development_publicity for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on development_publicity to tongxin_app;

create table development_quota (
  tenant_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  year smallint not null,
  number integer not null,
  wishes jsonb default '{}'::jsonb not null,
  set_by uuid not null,
  version integer default 1 not null,
  updated_at timestamp with time zone not null,
  constraint development_quota_number_check CHECK ((number >= 0)),
  constraint development_quota_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint development_quota_pkey PRIMARY KEY (tenant_id, org_id, year)
);
CREATE INDEX development_quota_scope ON public.development_quota USING btree (tenant_id, org_path, year);
alter table development_quota enable row level security;
alter table development_quota force row level security;
create policy development_quota_all on development_quota for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on development_quota to tongxin_app;

create table development_review (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  is_own boolean not null,
  due_on date,
  held_on date not null,
  verdict text,
  opinion text not null,
  file_id uuid,
  recorded_by uuid not null,
  created_at timestamp with time zone not null,
  constraint development_review_kind_check CHECK ((kind = ANY (ARRAY['half_year'::text, 'thought_report'::text, 'probation_quarter'::text, 'probation_half_year'::text]))),
  constraint development_review_verdict_check CHECK ((verdict = ANY (ARRAY['good'::text, 'fair'::text, 'poor'::text]))),
  constraint development_review_case_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES development_case(tenant_id, id),
  constraint development_review_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX development_review_case ON public.development_review USING btree (tenant_id, case_id, held_on);
CREATE INDEX development_review_scope ON public.development_review USING btree (tenant_id, org_path, held_on);
alter table development_review enable row level security;
alter table development_review force row level security;
create policy development_review_insert on development_review for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy development_review_read on development_review for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (is_own AND (person_id = ( SELECT app_person() AS app_person)))));
create policy development_review_update on development_review for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on development_review to tongxin_app;

create table development_step (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  step smallint not null,
  attempt smallint not null,
  round smallint not null,
  state text not null,
  held_on date not null,
  facts jsonb default '{}'::jsonb not null,
  verdicts jsonb default '[]'::jsonb not null,
  edition text not null,
  late_reason text,
  meeting_id uuid,
  item_id uuid,
  recorded_by uuid not null,
  recorded_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  decided_on date,
  decision jsonb default '{}'::jsonb not null,
  returned_reason text,
  constraint development_step_edition_check CHECK ((edition = ANY (ARRAY['2014'::text, '2026'::text]))),
  constraint development_step_maker_check CHECK (((decided_by IS NULL) OR (decided_by <> recorded_by))),
  constraint development_step_state_check CHECK ((state = ANY (ARRAY['recorded'::text, 'confirmed'::text, 'returned'::text, 'void'::text]))),
  constraint development_step_case_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES development_case(tenant_id, id),
  constraint development_step_pkey PRIMARY KEY (tenant_id, id),
  constraint development_step_attempt_key UNIQUE (tenant_id, case_id, step, attempt)
);
CREATE UNIQUE INDEX development_step_ballot_key ON public.development_step USING btree (tenant_id, item_id) WHERE ((item_id IS NOT NULL) AND (state = ANY (ARRAY['recorded'::text, 'confirmed'::text])));
CREATE UNIQUE INDEX development_step_live_key ON public.development_step USING btree (tenant_id, case_id, step, round) WHERE (state = ANY (ARRAY['recorded'::text, 'confirmed'::text]));
CREATE INDEX development_step_scope ON public.development_step USING btree (tenant_id, org_path, step, held_on);
alter table development_step enable row level security;
alter table development_step force row level security;
create policy development_step_insert on development_step for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy development_step_read on development_step for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy development_step_update on development_step for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on development_step to tongxin_app;

create table development_vetting (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  org_path text collate "C" not null,
  sealed bytea not null,
  recorded_by uuid not null,
  created_at timestamp with time zone not null,
  constraint development_vetting_case_fkey FOREIGN KEY (tenant_id, case_id) REFERENCES development_case(tenant_id, id),
  constraint development_vetting_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX development_vetting_case ON public.development_vetting USING btree (tenant_id, case_id, created_at);
CREATE INDEX development_vetting_scope ON public.development_vetting USING btree (tenant_id, org_path);
alter table development_vetting enable row level security;
alter table development_vetting force row level security;
create policy development_vetting_all on development_vetting for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on development_vetting to tongxin_app;

create table elections_candidate (
  tenant_id uuid not null,
  id uuid not null,
  election_id uuid not null,
  org_path text collate "C" not null,
  body text not null,
  member_id uuid not null,
  person_id uuid not null,
  name text not null,
  constraint elections_candidate_body_check CHECK ((body = ANY (ARRAY['delegate'::text, 'committee'::text, 'standing'::text, 'secretary'::text, 'deputy'::text]))),
  constraint elections_candidate_election_fkey FOREIGN KEY (tenant_id, election_id) REFERENCES elections_election(tenant_id, id),
  constraint elections_candidate_pkey PRIMARY KEY (tenant_id, id),
  constraint elections_candidate_key UNIQUE (tenant_id, election_id, body, member_id)
);
CREATE INDEX elections_candidate_scope ON public.elections_candidate USING btree (tenant_id, org_path);
alter table elections_candidate enable row level security;
alter table elections_candidate force row level security;
create policy elections_candidate_delete on elections_candidate for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy elections_candidate_insert on elections_candidate for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy elections_candidate_read on elections_candidate for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy elections_candidate_update on elections_candidate for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select on elections_candidate to tongxin_app;

create table elections_election (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  kind text not null,
  state text default 'draft'::text not null,
  ordinal smallint,
  seats smallint not null,
  deputies smallint not null,
  elects_secretary boolean not null,
  planned_on date not null,
  held_on date,
  steps jsonb default '{}'::jsonb not null,
  created_by uuid not null,
  requested_by uuid,
  approved_by uuid,
  candidates_by uuid,
  candidates_approved_by uuid,
  reported_by uuid,
  replied_by uuid,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  standing smallint default 0 not null,
  delegates smallint,
  congress_id uuid,
  constraint elections_election_agreed_check CHECK (((candidates_approved_by IS NULL) OR (candidates_approved_by <> candidates_by))),
  constraint elections_election_approved_check CHECK (((approved_by IS NULL) OR (approved_by <> requested_by))),
  constraint elections_election_congress_check CHECK ((((kind = 'delegates'::text) = (congress_id IS NOT NULL)) AND ((delegates IS NULL) OR ((kind = 'term'::text) AND ((delegates >= 1) AND (delegates <= 1000)))) AND ((standing >= 0) AND (standing <= 30)))),
  constraint elections_election_kind_check CHECK ((kind = ANY (ARRAY['term'::text, 'by_election'::text, 'delegates'::text]))),
  constraint elections_election_replied_check CHECK (((replied_by IS NULL) OR (replied_by <> reported_by))),
  constraint elections_election_seats_check CHECK ((((seats >= 0) AND (seats <= 60)) AND ((deputies >= 0) AND (deputies <= 5)))),
  constraint elections_election_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'requested'::text, 'nominating'::text, 'candidates_reported'::text, 'publicity'::text, 'preparing'::text, 'voting'::text, 'plenum'::text, 'reporting'::text, 'reported'::text, 'done'::text, 'cancelled'::text]))),
  constraint elections_election_congress_fkey FOREIGN KEY (tenant_id, congress_id) REFERENCES elections_election(tenant_id, id),
  constraint elections_election_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX elections_election_congress ON public.elections_election USING btree (tenant_id, congress_id) WHERE (congress_id IS NOT NULL);
CREATE UNIQUE INDEX elections_election_open ON public.elections_election USING btree (tenant_id, unit_id, ((kind = 'delegates'::text))) WHERE (state <> ALL (ARRAY['done'::text, 'cancelled'::text]));
CREATE INDEX elections_election_scope ON public.elections_election USING btree (tenant_id, org_path, planned_on, id);
alter table elections_election enable row level security;
alter table elections_election force row level security;
create policy elections_election_insert on elections_election for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy elections_election_read on elections_election for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy elections_election_update on elections_election for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on elections_election to tongxin_app;

create table elections_handover (
  tenant_id uuid not null,
  id uuid not null,
  election_id uuid not null,
  org_path text collate "C" not null,
  state text default 'open'::text not null,
  handed_on date not null,
  place text not null,
  giver_id uuid not null,
  giver_person uuid not null,
  giver_name text not null,
  receiver_id uuid not null,
  receiver_person uuid not null,
  receiver_name text not null,
  witness text,
  items jsonb not null,
  given_at timestamp with time zone,
  received_at timestamp with time zone,
  entered_by uuid not null,
  entered_by_name text not null,
  entered_at timestamp with time zone not null,
  withdrawn_by_name text,
  withdrawn_at timestamp with time zone,
  withdrawn_reason text,
  constraint elections_handover_done_check CHECK (((state = 'done'::text) = ((given_at IS NOT NULL) AND (received_at IS NOT NULL)))),
  constraint elections_handover_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'withdrawn'::text]))),
  constraint elections_handover_two_check CHECK ((giver_person <> receiver_person)),
  constraint elections_handover_withdrawn_check CHECK (((state = 'withdrawn'::text) = ((withdrawn_at IS NOT NULL) AND (withdrawn_reason IS NOT NULL)))),
  constraint elections_handover_election_fkey FOREIGN KEY (tenant_id, election_id) REFERENCES elections_election(tenant_id, id),
  constraint elections_handover_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX elections_handover_election ON public.elections_handover USING btree (tenant_id, election_id, id);
CREATE INDEX elections_handover_scope ON public.elections_handover USING btree (tenant_id, org_path);
alter table elections_handover enable row level security;
alter table elections_handover force row level security;
create policy elections_handover_insert on elections_handover for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy elections_handover_read on elections_handover for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (giver_person = ( SELECT app_person() AS app_person)) OR (receiver_person = ( SELECT app_person() AS app_person))));
create policy elections_handover_update on elections_handover for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (giver_person = ( SELECT app_person() AS app_person)) OR (receiver_person = ( SELECT app_person() AS app_person))));
grant insert, select, update on elections_handover to tongxin_app;

create table elections_nomination (
  tenant_id uuid not null,
  id uuid not null,
  election_id uuid not null,
  org_path text collate "C" not null,
  by_person uuid not null,
  member_id uuid not null,
  name text not null,
  reason text not null,
  at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  constraint elections_nomination_election_fkey FOREIGN KEY (tenant_id, election_id) REFERENCES elections_election(tenant_id, id),
  constraint elections_nomination_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX elections_nomination_scope ON public.elections_nomination USING btree (tenant_id, org_path);
CREATE UNIQUE INDEX elections_nomination_standing ON public.elections_nomination USING btree (tenant_id, election_id, by_person, member_id) WHERE (withdrawn_at IS NULL);
alter table elections_nomination enable row level security;
alter table elections_nomination force row level security;
create policy elections_nomination_insert on elections_nomination for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (by_person = ( SELECT app_person() AS app_person))));
create policy elections_nomination_read on elections_nomination for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (by_person = ( SELECT app_person() AS app_person))));
create policy elections_nomination_update on elections_nomination for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (by_person = ( SELECT app_person() AS app_person))));
grant insert, select on elections_nomination to tongxin_app;

create table elections_round (
  tenant_id uuid not null,
  id uuid not null,
  election_id uuid not null,
  org_path text collate "C" not null,
  number smallint not null,
  body text not null,
  kind text not null,
  state text default 'open'::text not null,
  channel text not null,
  seats smallint not null,
  write_in boolean not null,
  candidates jsonb not null,
  voters jsonb not null,
  should_attend integer not null,
  present integer not null,
  vote_id uuid,
  first_count jsonb,
  first_by uuid,
  second_by uuid,
  count jsonb,
  result jsonb,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  constraint elections_round_closed_check CHECK ((((state = 'open'::text) = (result IS NULL)) AND ((state = 'open'::text) = (closed_at IS NULL)))),
  constraint elections_round_present_check CHECK ((present <= should_attend)),
  constraint elections_round_second_check CHECK (((second_by IS NULL) OR (second_by <> first_by))),
  constraint elections_round_state_check CHECK ((state = ANY (ARRAY['open'::text, 'counted'::text, 'void'::text]))),
  constraint elections_round_election_fkey FOREIGN KEY (tenant_id, election_id) REFERENCES elections_election(tenant_id, id),
  constraint elections_round_pkey PRIMARY KEY (tenant_id, id),
  constraint elections_round_key UNIQUE (tenant_id, election_id, number)
);
CREATE UNIQUE INDEX elections_round_open ON public.elections_round USING btree (tenant_id, election_id) WHERE (state = 'open'::text);
CREATE INDEX elections_round_scope ON public.elections_round USING btree (tenant_id, org_path);
alter table elections_round enable row level security;
alter table elections_round force row level security;
create policy elections_round_insert on elections_round for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy elections_round_read on elections_round for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy elections_round_update on elections_round for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on elections_round to tongxin_app;

create table elections_voter (
  tenant_id uuid not null,
  id uuid not null,
  election_id uuid not null,
  org_path text collate "C" not null,
  member_id uuid not null,
  person_id uuid not null,
  name text not null,
  left_out text,
  is_present boolean default false not null,
  constraint elections_voter_present_check CHECK ((NOT (is_present AND (left_out IS NOT NULL)))),
  constraint elections_voter_reason_check CHECK ((left_out = ANY (ARRAY['illness'::text, 'abroad'::text, 'sentence'::text, 'bedridden'::text, 'moved_away'::text, 'retired_home'::text]))),
  constraint elections_voter_election_fkey FOREIGN KEY (tenant_id, election_id) REFERENCES elections_election(tenant_id, id),
  constraint elections_voter_pkey PRIMARY KEY (tenant_id, id),
  constraint elections_voter_key UNIQUE (tenant_id, election_id, member_id)
);
CREATE INDEX elections_voter_scope ON public.elections_voter USING btree (tenant_id, org_path);
alter table elections_voter enable row level security;
alter table elections_voter force row level security;
create policy elections_voter_all on elections_voter for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select, update on elections_voter to tongxin_app;

create table exams_answer (
  tenant_id uuid not null,
  sitting_id uuid not null,
  place smallint not null,
  org_path text collate "C" not null,
  seq integer not null,
  response jsonb not null,
  saved_at timestamp with time zone not null,
  constraint exams_answer_sitting_fkey FOREIGN KEY (tenant_id, sitting_id) REFERENCES exams_sitting(tenant_id, id),
  constraint exams_answer_pkey PRIMARY KEY (tenant_id, sitting_id, place)
);
CREATE INDEX exams_answer_scope ON public.exams_answer USING btree (tenant_id, org_path);
alter table exams_answer enable row level security;
alter table exams_answer force row level security;
create policy exams_answer_all on exams_answer for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on exams_answer to tongxin_app;

create table exams_appeal (
  tenant_id uuid not null,
  id uuid not null,
  org_path text collate "C" not null,
  sitting_id uuid not null,
  place smallint not null,
  paper_id uuid not null,
  session_id uuid,
  person_id uuid not null,
  name text collate "C" not null,
  text text not null,
  made_at timestamp with time zone not null,
  points smallint not null,
  answer text,
  answered_by uuid,
  answered_at timestamp with time zone,
  new_points smallint,
  constraint exams_appeal_answer_check CHECK (((answer IS NULL) = (answered_at IS NULL))),
  constraint exams_appeal_own_check CHECK ((answered_by IS DISTINCT FROM person_id)),
  constraint exams_appeal_sitting_fkey FOREIGN KEY (tenant_id, sitting_id) REFERENCES exams_sitting(tenant_id, id),
  constraint exams_appeal_pkey PRIMARY KEY (tenant_id, id),
  constraint exams_appeal_place_key UNIQUE (tenant_id, sitting_id, place)
);
CREATE INDEX exams_appeal_list ON public.exams_appeal USING btree (tenant_id, made_at, id);
CREATE INDEX exams_appeal_scope ON public.exams_appeal USING btree (tenant_id, org_path);
alter table exams_appeal enable row level security;
alter table exams_appeal force row level security;
create policy exams_appeal_all on exams_appeal for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on exams_appeal to tongxin_app;

create table exams_key (
  tenant_id uuid not null,
  version_id uuid not null,
  org_path text collate "C" not null,
  answer jsonb not null,
  explanation text,
  constraint exams_key_version_fkey FOREIGN KEY (tenant_id, version_id) REFERENCES exams_version(tenant_id, id),
  constraint exams_key_pkey PRIMARY KEY (tenant_id, version_id)
);
CREATE INDEX exams_key_scope ON public.exams_key USING btree (tenant_id, org_path);
alter table exams_key enable row level security;
alter table exams_key force row level security;
create policy exams_key_all on exams_key for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on exams_key to tongxin_app;

create table exams_paper (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  purpose text not null,
  way text not null,
  state text default 'draft'::text not null,
  plan jsonb default '[]'::jsonb not null,
  minutes integer,
  attempts integer,
  pass_percent smallint not null,
  shuffles_questions boolean not null,
  shuffles_options boolean not null,
  partial text not null,
  markers smallint not null,
  difference smallint not null,
  questions integer not null,
  points integer not null,
  made_by uuid not null,
  retired_reason text,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint exams_paper_markers_check CHECK ((markers = ANY (ARRAY[1, 2]))),
  constraint exams_paper_partial_check CHECK ((partial = ANY (ARRAY['none'::text, 'half'::text, 'share'::text]))),
  constraint exams_paper_purpose_check CHECK ((purpose = ANY (ARRAY['quiz'::text, 'session'::text]))),
  constraint exams_paper_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'released'::text, 'retired'::text]))),
  constraint exams_paper_way_check CHECK ((way = ANY (ARRAY['fixed'::text, 'drawn'::text]))),
  constraint exams_paper_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX exams_paper_list ON public.exams_paper USING btree (tenant_id, updated_at, id);
CREATE INDEX exams_paper_scope ON public.exams_paper USING btree (tenant_id, org_path);
alter table exams_paper enable row level security;
alter table exams_paper force row level security;
create policy exams_paper_insert on exams_paper for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy exams_paper_read on exams_paper for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (app_above_scope(org_path) AND (state <> 'draft'::text))));
create policy exams_paper_update on exams_paper for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on exams_paper to tongxin_app;

create table exams_paper_item (
  tenant_id uuid not null,
  paper_id uuid not null,
  place smallint not null,
  org_path text collate "C" not null,
  question_id uuid not null,
  version_id uuid not null,
  points smallint not null,
  constraint exams_paper_item_paper_fkey FOREIGN KEY (tenant_id, paper_id) REFERENCES exams_paper(tenant_id, id),
  constraint exams_paper_item_version_fkey FOREIGN KEY (tenant_id, version_id) REFERENCES exams_version(tenant_id, id),
  constraint exams_paper_item_pkey PRIMARY KEY (tenant_id, paper_id, place),
  constraint exams_paper_item_question_key UNIQUE (tenant_id, paper_id, question_id)
);
CREATE INDEX exams_paper_item_scope ON public.exams_paper_item USING btree (tenant_id, org_path);
alter table exams_paper_item enable row level security;
alter table exams_paper_item force row level security;
create policy exams_paper_item_all on exams_paper_item for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select on exams_paper_item to tongxin_app;

create table exams_question (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  state text default 'draft'::text not null,
  kind text not null,
  difficulty text not null,
  topic text not null,
  stem text not null,
  no integer default 1 not null,
  live_no integer,
  author_id uuid not null,
  submitted_by uuid,
  reviewed_by uuid,
  returned_reason text,
  retired_reason text,
  content_hash bytea not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint exams_question_difficulty_check CHECK ((difficulty = ANY (ARRAY['easy'::text, 'medium'::text, 'hard'::text]))),
  constraint exams_question_kind_check CHECK ((kind = ANY (ARRAY['single'::text, 'multiple'::text, 'truth'::text, 'blank'::text, 'short'::text]))),
  constraint exams_question_live_check CHECK (((state <> 'live'::text) OR (live_no = no))),
  constraint exams_question_second_check CHECK (((reviewed_by IS NULL) OR (reviewed_by IS DISTINCT FROM submitted_by))),
  constraint exams_question_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'live'::text, 'returned'::text, 'retired'::text]))),
  constraint exams_question_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX exams_question_list ON public.exams_question USING btree (tenant_id, updated_at, id);
CREATE INDEX exams_question_pool ON public.exams_question USING btree (tenant_id, unit_id, topic, difficulty) WHERE ((live_no IS NOT NULL) AND (state <> 'retired'::text));
CREATE INDEX exams_question_same ON public.exams_question USING btree (tenant_id, unit_id, content_hash);
CREATE INDEX exams_question_scope ON public.exams_question USING btree (tenant_id, org_path);
alter table exams_question enable row level security;
alter table exams_question force row level security;
create policy exams_question_all on exams_question for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on exams_question to tongxin_app;

create table exams_script (
  tenant_id uuid not null,
  id uuid not null,
  org_path text collate "C" not null,
  sitting_id uuid not null,
  place smallint not null,
  paper_id uuid not null,
  session_id uuid,
  version_id uuid not null,
  writer_id uuid not null,
  response text not null,
  most smallint not null,
  markers smallint not null,
  difference smallint not null,
  first_by uuid,
  first_points smallint,
  second_by uuid,
  second_points smallint,
  third_by uuid,
  third_points smallint,
  points smallint,
  constraint exams_script_first_check CHECK (((first_by IS NULL) = (first_points IS NULL))),
  constraint exams_script_own_check CHECK (((writer_id IS DISTINCT FROM first_by) AND (writer_id IS DISTINCT FROM second_by) AND (writer_id IS DISTINCT FROM third_by))),
  constraint exams_script_second_check CHECK (((((second_by IS NULL) = (second_points IS NULL)) AND (second_by IS DISTINCT FROM first_by)) OR (second_by IS NULL))),
  constraint exams_script_third_check CHECK (((third_by IS NULL) = (third_points IS NULL))),
  constraint exams_script_sitting_fkey FOREIGN KEY (tenant_id, sitting_id) REFERENCES exams_sitting(tenant_id, id),
  constraint exams_script_pkey PRIMARY KEY (tenant_id, id),
  constraint exams_script_place_key UNIQUE (tenant_id, sitting_id, place)
);
CREATE INDEX exams_script_heap ON public.exams_script USING btree (tenant_id, session_id, paper_id);
CREATE INDEX exams_script_open ON public.exams_script USING btree (tenant_id, paper_id, session_id) WHERE (points IS NULL);
CREATE INDEX exams_script_scope ON public.exams_script USING btree (tenant_id, org_path);
alter table exams_script enable row level security;
alter table exams_script force row level security;
create policy exams_script_all on exams_script for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on exams_script to tongxin_app;

create table exams_seat (
  tenant_id uuid not null,
  session_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  name text collate "C" not null,
  no integer not null,
  constraint exams_seat_session_fkey FOREIGN KEY (tenant_id, session_id) REFERENCES exams_session(tenant_id, id),
  constraint exams_seat_pkey PRIMARY KEY (tenant_id, session_id, member_id)
);
CREATE INDEX exams_seat_no ON public.exams_seat USING btree (tenant_id, session_id, no);
CREATE INDEX exams_seat_person ON public.exams_seat USING btree (tenant_id, person_id, session_id);
CREATE INDEX exams_seat_scope ON public.exams_seat USING btree (tenant_id, org_path);
alter table exams_seat enable row level security;
alter table exams_seat force row level security;
create policy exams_seat_delete on exams_seat for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy exams_seat_insert on exams_seat for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy exams_seat_read on exams_seat for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy exams_seat_update on exams_seat for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select on exams_seat to tongxin_app;

create table exams_session (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  paper_id uuid not null,
  name text not null,
  state text default 'draft'::text not null,
  opens_at timestamp with time zone not null,
  closes_at timestamp with time zone not null,
  make_up_of uuid,
  made_by uuid not null,
  released_at timestamp with time zone,
  cancelled_reason text,
  version integer default 1 not null,
  updated_at timestamp with time zone not null,
  constraint exams_session_cancelled_check CHECK (((state = 'cancelled'::text) = (cancelled_reason IS NOT NULL))),
  constraint exams_session_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'announced'::text, 'closed'::text, 'released'::text, 'cancelled'::text]))),
  constraint exams_session_window_check CHECK ((opens_at < closes_at)),
  constraint exams_session_paper_fkey FOREIGN KEY (tenant_id, paper_id) REFERENCES exams_paper(tenant_id, id),
  constraint exams_session_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX exams_session_list ON public.exams_session USING btree (tenant_id, opens_at, id);
CREATE INDEX exams_session_open ON public.exams_session USING btree (tenant_id, closes_at) WHERE (state = 'announced'::text);
CREATE INDEX exams_session_paper ON public.exams_session USING btree (tenant_id, paper_id);
CREATE INDEX exams_session_scope ON public.exams_session USING btree (tenant_id, org_path);
alter table exams_session enable row level security;
alter table exams_session force row level security;
create policy exams_session_insert on exams_session for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy exams_session_read on exams_session for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR exams_seated(id)));
create policy exams_session_update on exams_session for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on exams_session to tongxin_app;

create table exams_sitting (
  tenant_id uuid not null,
  id uuid not null,
  paper_id uuid not null,
  session_id uuid,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  attempt integer not null,
  items jsonb not null,
  most integer not null,
  state text default 'running'::text not null,
  started_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  submitted_at timestamp with time zone,
  by_clock boolean default false not null,
  item_points integer[],
  points integer,
  passed boolean,
  constraint exams_sitting_marked_check CHECK (((state = 'marked'::text) = (points IS NOT NULL))),
  constraint exams_sitting_state_check CHECK ((state = ANY (ARRAY['running'::text, 'submitted'::text, 'marked'::text]))),
  constraint exams_sitting_submitted_check CHECK (((state = 'running'::text) = (submitted_at IS NULL))),
  constraint exams_sitting_paper_fkey FOREIGN KEY (tenant_id, paper_id) REFERENCES exams_paper(tenant_id, id),
  constraint exams_sitting_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX exams_sitting_attempt ON public.exams_sitting USING btree (tenant_id, paper_id, member_id, attempt) WHERE (session_id IS NULL);
CREATE INDEX exams_sitting_ends ON public.exams_sitting USING btree (tenant_id, ends_at) WHERE (state = 'running'::text);
CREATE INDEX exams_sitting_paper ON public.exams_sitting USING btree (tenant_id, paper_id) WHERE (state = 'marked'::text);
CREATE INDEX exams_sitting_person ON public.exams_sitting USING btree (tenant_id, person_id, paper_id);
CREATE INDEX exams_sitting_scope ON public.exams_sitting USING btree (tenant_id, org_path);
CREATE UNIQUE INDEX exams_sitting_seat ON public.exams_sitting USING btree (tenant_id, session_id, member_id) WHERE (session_id IS NOT NULL);
alter table exams_sitting enable row level security;
alter table exams_sitting force row level security;
create policy exams_sitting_insert on exams_sitting for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy exams_sitting_read on exams_sitting for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy exams_sitting_update on exams_sitting for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on exams_sitting to tongxin_app;

create table exams_version (
  tenant_id uuid not null,
  id uuid not null,
  question_id uuid not null,
  no integer not null,
  org_path text collate "C" not null,
  kind text not null,
  difficulty text not null,
  topic text not null,
  stem text not null,
  options jsonb not null,
  blanks smallint default 0 not null,
  source text,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  constraint exams_version_question_fkey FOREIGN KEY (tenant_id, question_id) REFERENCES exams_question(tenant_id, id),
  constraint exams_version_pkey PRIMARY KEY (tenant_id, id),
  constraint exams_version_no_key UNIQUE (tenant_id, question_id, no)
);
CREATE INDEX exams_version_scope ON public.exams_version USING btree (tenant_id, org_path);
alter table exams_version enable row level security;
alter table exams_version force row level security;
create policy exams_version_all on exams_version for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on exams_version to tongxin_app;

create table files_file (
  tenant_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  purpose text not null,
  name text not null,
  declared_bytes bigint not null,
  state text default 'pending'::text not null,
  fault text,
  kind text,
  bytes bigint,
  sha256 text,
  width integer,
  height integer,
  subject_kind text,
  subject_id uuid,
  read_permission text,
  created_at timestamp with time zone not null,
  checked_at timestamp with time zone,
  constraint files_file_aims_check CHECK ((purpose = ANY (ARRAY['photo'::text, 'document'::text, 'media'::text, 'package'::text, 'library'::text]))),
  constraint files_file_kept_check CHECK (((state <> ALL (ARRAY['clean'::text, 'unscanned'::text])) OR ((sha256 IS NOT NULL) AND (kind IS NOT NULL) AND (bytes IS NOT NULL)))),
  constraint files_file_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'clean'::text, 'unscanned'::text, 'rejected'::text]))),
  constraint files_file_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX files_file_owner ON public.files_file USING btree (tenant_id, owner_id, id);
CREATE INDEX files_file_pending ON public.files_file USING btree (tenant_id, created_at) WHERE (state = 'pending'::text);
CREATE INDEX files_file_subject ON public.files_file USING btree (tenant_id, subject_kind, subject_id) WHERE (subject_id IS NOT NULL);
alter table files_file enable row level security;
alter table files_file force row level security;
create policy files_file_insert on files_file for insert
  with check ((tenant_id = app_tenant()) AND (owner_id = app_person()) AND app_in_scope(org_path));
create policy files_file_read on files_file for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((owner_id = ( SELECT app_person() AS app_person)) OR app_in_scope(org_path) OR ((subject_kind = 'meeting'::text) AND meetings_invited(subject_id)) OR ((subject_kind = 'conversation'::text) AND conversations_mine(subject_id))));
create policy files_file_update on files_file for update
  using ((tenant_id = app_tenant()) AND ((owner_id = app_person()) OR app_in_scope(org_path)));
grant insert, select, update on files_file to tongxin_app;

create table files_usage (
  tenant_id uuid not null,
  owner_kind text not null,
  owner_id uuid not null,
  bytes bigint not null,
  constraint files_usage_bytes_check CHECK ((bytes >= 0)),
  constraint files_usage_kind_check CHECK ((owner_kind = ANY (ARRAY['person'::text, 'organisation'::text]))),
  constraint files_usage_pkey PRIMARY KEY (tenant_id, owner_kind, owner_id)
);
alter table files_usage enable row level security;
alter table files_usage force row level security;
create policy files_usage_all on files_usage for all
  using (tenant_id = app_tenant())
  with check (tenant_id = app_tenant());
grant insert, select, update on files_usage to tongxin_app;

create table imports_batch (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  file_name text not null,
  file_size integer not null,
  file_hash bytea not null,
  sheet text,
  heading_row integer,
  columns jsonb default '{}'::jsonb not null,
  headings text[] default '{}'::text[] not null,
  fingerprint bytea,
  units jsonb default '[]'::jsonb not null,
  totals jsonb default '{}'::jsonb not null,
  outcomes jsonb default '{}'::jsonb not null,
  existing text default 'skip'::text not null,
  rows_hash bytea,
  people integer default 0 not null,
  done integer default 0 not null,
  state text not null,
  refusal jsonb,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  submitted_at timestamp with time zone,
  checked_by uuid,
  checked_at timestamp with time zone,
  checker_grant uuid,
  claimed_at timestamp with time zone,
  opinion text,
  applied_at timestamp with time zone,
  reversed_by uuid,
  reversed_at timestamp with time zone,
  reversed_reason text,
  version integer default 1 not null,
  updated_at timestamp with time zone not null,
  constraint imports_batch_checker_check CHECK ((checked_by <> made_by)),
  constraint imports_batch_existing_check CHECK ((existing = ANY (ARRAY['skip'::text, 'update'::text]))),
  constraint imports_batch_state_check CHECK ((state = ANY (ARRAY['read'::text, 'submitted'::text, 'applying'::text, 'applied'::text, 'returned'::text, 'withdrawn'::text, 'failed'::text, 'reversed'::text]))),
  constraint imports_batch_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint imports_batch_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX imports_batch_queue ON public.imports_batch USING btree (tenant_id, state, org_path, id);
CREATE INDEX imports_batch_scope ON public.imports_batch USING btree (tenant_id, org_path, id);
alter table imports_batch enable row level security;
alter table imports_batch force row level security;
create policy imports_batch_all on imports_batch for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on imports_batch to tongxin_app;

create table imports_chunk (
  tenant_id uuid not null,
  id uuid not null,
  batch_id uuid not null,
  org_path text collate "C" not null,
  ordinal integer not null,
  last_row integer not null,
  people integer not null,
  problems integer not null,
  sealed bytea not null,
  constraint imports_chunk_import_fkey FOREIGN KEY (tenant_id, batch_id) REFERENCES imports_batch(tenant_id, id),
  constraint imports_chunk_pkey PRIMARY KEY (tenant_id, id),
  constraint imports_chunk_ordinal_key UNIQUE (tenant_id, batch_id, ordinal)
);
alter table imports_chunk enable row level security;
alter table imports_chunk force row level security;
create policy imports_chunk_all on imports_chunk for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant delete, insert, select, update on imports_chunk to tongxin_app;

create table imports_mapping (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  fingerprint bytea not null,
  columns jsonb not null,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  constraint imports_mapping_pkey PRIMARY KEY (tenant_id, id),
  constraint imports_mapping_key UNIQUE (tenant_id, org_id, fingerprint)
);
alter table imports_mapping enable row level security;
alter table imports_mapping force row level security;
create policy imports_mapping_all on imports_mapping for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on imports_mapping to tongxin_app;

create table learning_course (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  title text not null,
  summary text default ''::text not null,
  column_code text not null,
  kind text not null,
  theme text default ''::text not null,
  lecturer text default ''::text not null,
  is_required boolean default false not null,
  quarters integer default 0 not null,
  minutes integer default 0 not null,
  audience_id uuid not null,
  audience_path text collate "C" not null,
  audience_kinds text[] not null,
  audience_posts text[] default '{}'::text[] not null,
  audience_levels text[] default '{}'::text[] not null,
  is_public boolean default false not null,
  is_downloadable boolean default false not null,
  valid_from date,
  valid_until date,
  cover_id uuid,
  blocks integer default 0 not null,
  state text default 'draft'::text not null,
  live_version integer,
  open_state text,
  withdrawn_reason text,
  enrolled integer default 0 not null,
  completed integer default 0 not null,
  rating_sum integer default 0 not null,
  rating_count integer default 0 not null,
  created_by uuid not null,
  changed_at timestamp with time zone not null,
  released_at timestamp with time zone,
  version integer default 1 not null,
  constraint learning_course_column_check CHECK ((column_code = ANY (ARRAY['rules'::text, 'theory'::text, 'history'::text, 'affairs'::text, 'work'::text, 'integrity'::text]))),
  constraint learning_course_kind_check CHECK ((kind = ANY (ARRAY['video'::text, 'audio'::text, 'article'::text, 'document'::text, 'package'::text, 'live'::text, 'lecture'::text, 'micro'::text]))),
  constraint learning_course_live_check CHECK (((state = 'draft'::text) = (live_version IS NULL))),
  constraint learning_course_open_check CHECK ((open_state = ANY (ARRAY['draft'::text, 'submitted'::text, 'reviewed'::text]))),
  constraint learning_course_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'live'::text, 'withdrawn'::text]))),
  constraint learning_course_withdrawn_check CHECK (((state = 'withdrawn'::text) = (withdrawn_reason IS NOT NULL))),
  constraint learning_course_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX learning_course_audience ON public.learning_course USING btree (tenant_id, audience_path, released_at, id) WHERE (state = 'live'::text);
CREATE INDEX learning_course_scope ON public.learning_course USING btree (tenant_id, org_path, changed_at, id);
alter table learning_course enable row level security;
alter table learning_course force row level security;
create policy learning_course_insert on learning_course for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy learning_course_read on learning_course for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR ((state <> 'draft'::text) AND (app_above_scope(audience_path) OR app_in_scope(audience_path)))));
create policy learning_course_update on learning_course for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on learning_course to tongxin_app;

create table learning_favourite (
  tenant_id uuid not null,
  person_id uuid not null,
  course_id uuid not null,
  org_path text collate "C" not null,
  at timestamp with time zone not null,
  constraint learning_favourite_course_fkey FOREIGN KEY (tenant_id, course_id) REFERENCES learning_course(tenant_id, id),
  constraint learning_favourite_pkey PRIMARY KEY (tenant_id, person_id, course_id)
);
CREATE INDEX learning_favourite_scope ON public.learning_favourite USING btree (tenant_id, org_path);
alter table learning_favourite enable row level security;
alter table learning_favourite force row level security;
create policy learning_favourite_move on learning_favourite for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy learning_favourite_own on learning_favourite for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)));
grant delete, insert, select on learning_favourite to tongxin_app;

create table learning_file (
  tenant_id uuid not null,
  file_id uuid not null,
  course_id uuid not null,
  org_path text collate "C" not null,
  slides_state text,
  slides_pages integer default 0 not null,
  slides_width integer default 0 not null,
  slides_height integer default 0 not null,
  slides_attempts smallint default 0 not null,
  slides_leased_until timestamp with time zone,
  slides_why text,
  constraint learning_file_pages_check CHECK (((COALESCE(slides_state, ''::text) = 'ready'::text) = (slides_pages > 0))),
  constraint learning_file_slides_check CHECK ((slides_state = ANY (ARRAY['waiting'::text, 'ready'::text, 'failed'::text]))),
  constraint learning_file_why_check CHECK ((slides_why = ANY (ARRAY['no_program'::text, 'no_office'::text, 'not_slides'::text, 'broken'::text, 'empty'::text, 'too_long'::text, 'too_slow'::text, 'interrupted'::text]))),
  constraint learning_file_course_fkey FOREIGN KEY (tenant_id, course_id) REFERENCES learning_course(tenant_id, id),
  constraint learning_file_pkey PRIMARY KEY (tenant_id, file_id)
);
CREATE INDEX learning_file_course ON public.learning_file USING btree (tenant_id, course_id);
CREATE INDEX learning_file_scope ON public.learning_file USING btree (tenant_id, org_path);
CREATE INDEX learning_file_slides ON public.learning_file USING btree (tenant_id, file_id) WHERE (slides_state = 'waiting'::text);
alter table learning_file enable row level security;
alter table learning_file force row level security;
create policy learning_file_insert on learning_file for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy learning_file_read on learning_file for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (EXISTS ( SELECT
   FROM learning_course c
  WHERE ((c.tenant_id = learning_file.tenant_id) AND (c.id = learning_file.course_id))))));
create policy learning_file_update on learning_file for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on learning_file to tongxin_app;

create table learning_habit (
  tenant_id uuid not null,
  person_id uuid not null,
  member_id uuid not null,
  org_path text collate "C" not null,
  is_on boolean not null,
  hour smallint not null,
  updated_at timestamp with time zone not null,
  is_weekly boolean default false not null,
  weekday smallint default 1 not null,
  told_on date,
  constraint learning_habit_hour_check CHECK (((hour >= 6) AND (hour <= 22))),
  constraint learning_habit_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7))),
  constraint learning_habit_pkey PRIMARY KEY (tenant_id, person_id)
);
CREATE INDEX learning_habit_hour ON public.learning_habit USING btree (tenant_id, hour) WHERE is_on;
CREATE INDEX learning_habit_scope ON public.learning_habit USING btree (tenant_id, org_path);
CREATE INDEX learning_habit_weekly ON public.learning_habit USING btree (tenant_id, weekday, hour) WHERE is_weekly;
alter table learning_habit enable row level security;
alter table learning_habit force row level security;
create policy learning_habit_all on learning_habit for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR app_in_scope(org_path)))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR app_in_scope(org_path)));
grant insert, select, update on learning_habit to tongxin_app;

create table learning_habit_day (
  tenant_id uuid not null,
  person_id uuid not null,
  on_date date not null,
  org_path text collate "C" not null,
  course_id uuid not null,
  constraint learning_habit_day_course_fkey FOREIGN KEY (tenant_id, course_id) REFERENCES learning_course(tenant_id, id),
  constraint learning_habit_day_pkey PRIMARY KEY (tenant_id, person_id, on_date)
);
CREATE INDEX learning_habit_day_scope ON public.learning_habit_day USING btree (tenant_id, org_path);
alter table learning_habit_day enable row level security;
alter table learning_habit_day force row level security;
create policy learning_habit_day_all on learning_habit_day for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR app_in_scope(org_path)))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select on learning_habit_day to tongxin_app;

create table learning_mark (
  tenant_id uuid not null,
  course_id uuid not null,
  member_id uuid not null,
  block_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  place integer default 0 not null,
  place_at timestamp with time zone not null,
  done_at timestamp with time zone,
  choice smallint,
  choice_at timestamp with time zone,
  constraint learning_mark_choice_check CHECK (((choice IS NULL) = (choice_at IS NULL))),
  constraint learning_mark_progress_fkey FOREIGN KEY (tenant_id, course_id, member_id) REFERENCES learning_progress(tenant_id, course_id, member_id),
  constraint learning_mark_pkey PRIMARY KEY (tenant_id, course_id, member_id, block_id)
);
CREATE INDEX learning_mark_scope ON public.learning_mark USING btree (tenant_id, org_path);
alter table learning_mark enable row level security;
alter table learning_mark force row level security;
create policy learning_mark_insert on learning_mark for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy learning_mark_read on learning_mark for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy learning_mark_update on learning_mark for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on learning_mark to tongxin_app;

create table learning_open (
  course_id uuid not null,
  tenant_id uuid not null,
  title text not null,
  summary text not null,
  column_code text not null,
  kind text not null,
  lecturer text not null,
  minutes integer not null,
  cover_id uuid,
  valid_from date,
  valid_until date,
  released_at timestamp with time zone not null,
  constraint learning_open_pkey PRIMARY KEY (course_id)
);
CREATE INDEX learning_open_newest ON public.learning_open USING btree (released_at DESC, course_id);
CREATE INDEX learning_open_tenant ON public.learning_open USING btree (tenant_id);
grant delete, insert, select, update on learning_open to tongxin_app;

create table learning_plan (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  year integer not null,
  title text not null,
  note text default ''::text not null,
  audience_id uuid not null,
  audience_path text collate "C" not null,
  audience_kinds text[] not null,
  audience_posts text[] default '{}'::text[] not null,
  audience_levels text[] default '{}'::text[] not null,
  state text default 'draft'::text not null,
  due_on date,
  closed_reason text,
  created_by uuid not null,
  published_at timestamp with time zone,
  reminded_at timestamp with time zone,
  updated_at timestamp with time zone not null,
  version integer default 1 not null,
  constraint learning_plan_closed_check CHECK (((state = 'closed'::text) = (closed_reason IS NOT NULL))),
  constraint learning_plan_kind_check CHECK ((kind = ANY (ARRAY['annual'::text, 'assignment'::text]))),
  constraint learning_plan_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'closed'::text]))),
  constraint learning_plan_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX learning_plan_audience ON public.learning_plan USING btree (tenant_id, audience_path) WHERE (state = 'published'::text);
CREATE INDEX learning_plan_scope ON public.learning_plan USING btree (tenant_id, org_path, year, id);
alter table learning_plan enable row level security;
alter table learning_plan force row level security;
create policy learning_plan_insert on learning_plan for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy learning_plan_read on learning_plan for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR ((state <> 'draft'::text) AND (app_above_scope(audience_path) OR app_in_scope(audience_path)))));
create policy learning_plan_update on learning_plan for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on learning_plan to tongxin_app;

create table learning_plan_course (
  tenant_id uuid not null,
  plan_id uuid not null,
  course_id uuid not null,
  org_path text collate "C" not null,
  position integer not null,
  is_required boolean not null,
  due_on date,
  reminded_on date,
  constraint learning_plan_course_course_fkey FOREIGN KEY (tenant_id, course_id) REFERENCES learning_course(tenant_id, id),
  constraint learning_plan_course_plan_fkey FOREIGN KEY (tenant_id, plan_id) REFERENCES learning_plan(tenant_id, id),
  constraint learning_plan_course_pkey PRIMARY KEY (tenant_id, plan_id, course_id)
);
CREATE INDEX learning_plan_course_due ON public.learning_plan_course USING btree (tenant_id, due_on) WHERE (due_on IS NOT NULL);
CREATE INDEX learning_plan_course_scope ON public.learning_plan_course USING btree (tenant_id, org_path);
alter table learning_plan_course enable row level security;
alter table learning_plan_course force row level security;
create policy learning_plan_course_delete on learning_plan_course for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy learning_plan_course_insert on learning_plan_course for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy learning_plan_course_read on learning_plan_course for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (EXISTS ( SELECT
   FROM learning_plan p
  WHERE ((p.tenant_id = learning_plan_course.tenant_id) AND (p.id = learning_plan_course.plan_id))))));
create policy learning_plan_course_update on learning_plan_course for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select, update on learning_plan_course to tongxin_app;

create table learning_progress (
  tenant_id uuid not null,
  course_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  number integer not null,
  done integer default 0 not null,
  total integer not null,
  last_block_id uuid,
  started_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  completed_at timestamp with time zone,
  rating smallint,
  constraint learning_progress_rating_check CHECK (((rating IS NULL) OR (((rating >= 1) AND (rating <= 5)) AND (completed_at IS NOT NULL)))),
  constraint learning_progress_course_fkey FOREIGN KEY (tenant_id, course_id) REFERENCES learning_course(tenant_id, id),
  constraint learning_progress_pkey PRIMARY KEY (tenant_id, course_id, member_id)
);
CREATE INDEX learning_progress_member ON public.learning_progress USING btree (tenant_id, member_id, last_at);
CREATE INDEX learning_progress_person ON public.learning_progress USING btree (tenant_id, person_id, last_at);
CREATE INDEX learning_progress_scope ON public.learning_progress USING btree (tenant_id, org_path, course_id);
alter table learning_progress enable row level security;
alter table learning_progress force row level security;
create policy learning_progress_insert on learning_progress for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy learning_progress_read on learning_progress for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy learning_progress_update on learning_progress for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on learning_progress to tongxin_app;

create table learning_public (
  thing_id uuid not null,
  tenant_id uuid not null,
  constraint learning_public_pkey PRIMARY KEY (thing_id)
);
CREATE INDEX learning_public_tenant ON public.learning_public USING btree (tenant_id);
grant insert, select on learning_public to tongxin_app;

create table learning_version (
  tenant_id uuid not null,
  course_id uuid not null,
  number integer not null,
  org_path text collate "C" not null,
  state text default 'draft'::text not null,
  content jsonb not null,
  writer_ids uuid[] not null,
  submitted_by uuid,
  submitted_at timestamp with time zone,
  reviewed_by uuid,
  reviewed_at timestamp with time zone,
  released_by uuid,
  released_at timestamp with time zone,
  returned_reason text,
  constraint learning_version_hands_check CHECK (((reviewed_by IS NULL) OR ((reviewed_by IS DISTINCT FROM submitted_by) AND (reviewed_by <> ALL (writer_ids))))),
  constraint learning_version_released_check CHECK (((state <> 'released'::text) OR ((submitted_by IS NOT NULL) AND (reviewed_by IS NOT NULL) AND (released_by IS NOT NULL) AND ((content ->> 'source'::text) IS NOT NULL)))),
  constraint learning_version_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'reviewed'::text, 'released'::text]))),
  constraint learning_version_third_check CHECK (((released_by IS NULL) OR ((released_by IS DISTINCT FROM submitted_by) AND (released_by IS DISTINCT FROM reviewed_by) AND (released_by <> ALL (writer_ids))))),
  constraint learning_version_course_fkey FOREIGN KEY (tenant_id, course_id) REFERENCES learning_course(tenant_id, id),
  constraint learning_version_pkey PRIMARY KEY (tenant_id, course_id, number)
);
CREATE UNIQUE INDEX learning_version_open ON public.learning_version USING btree (tenant_id, course_id) WHERE (state <> 'released'::text);
CREATE INDEX learning_version_scope ON public.learning_version USING btree (tenant_id, org_path);
alter table learning_version enable row level security;
alter table learning_version force row level security;
create policy learning_version_delete on learning_version for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path) AND (state <> 'released'::text));
create policy learning_version_insert on learning_version for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy learning_version_read on learning_version for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR ((state = 'released'::text) AND (EXISTS ( SELECT
   FROM learning_course c
  WHERE ((c.tenant_id = learning_version.tenant_id) AND (c.id = learning_version.course_id)))))));
create policy learning_version_update on learning_version for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select, update on learning_version to tongxin_app;

create table library_class (
  tenant_id uuid not null,
  id uuid not null,
  parent_id uuid,
  unit_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  path text collate "C" not null,
  place integer not null,
  closed_at timestamp with time zone,
  updated_at timestamp with time zone not null,
  constraint library_class_parent_fkey FOREIGN KEY (tenant_id, parent_id) REFERENCES library_class(tenant_id, id),
  constraint library_class_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX library_class_name ON public.library_class USING btree (tenant_id, unit_id, parent_id, name) NULLS NOT DISTINCT WHERE (closed_at IS NULL);
CREATE INDEX library_class_scope ON public.library_class USING btree (tenant_id, org_path);
alter table library_class enable row level security;
alter table library_class force row level security;
create policy library_class_insert on library_class for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy library_class_read on library_class for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy library_class_update on library_class for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on library_class to tongxin_app;

create table library_counter (
  tenant_id uuid not null,
  name text not null,
  last bigint not null,
  constraint library_counter_pkey PRIMARY KEY (tenant_id, name)
);
alter table library_counter enable row level security;
alter table library_counter force row level security;
create policy library_counter_insert on library_counter for insert
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
create policy library_counter_read on library_counter for select
  using (tenant_id = ( SELECT app_tenant() AS app_tenant));
create policy library_counter_update on library_counter for update
  using (tenant_id = ( SELECT app_tenant() AS app_tenant));
grant insert, select, update on library_counter to tongxin_app;

create table library_document (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  audience_id uuid not null,
  audience_path text collate "C" not null,
  audience_name text not null,
  class_id uuid not null,
  class_trail text collate "C" not null,
  title text not null,
  summary text not null,
  tags text[] default '{}'::text[] not null,
  secrecy text not null,
  state text default 'published'::text not null,
  valid_from date,
  valid_to date,
  downloads text not null,
  is_marked boolean not null,
  retention text not null,
  kept_until date,
  document_number text,
  issuer text,
  rank text,
  effective_on date,
  reason text,
  version_number integer not null,
  file_name text not null,
  file_kind text not null,
  bytes bigint not null,
  seq bigint not null,
  worded_as text not null,
  version integer default 1 not null,
  made_by text not null,
  made_by_id uuid not null,
  published_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint library_document_dates_check CHECK ((valid_from <= valid_to)),
  constraint library_document_downloads_check CHECK ((downloads = ANY (ARRAY['readers'::text, 'posts'::text, 'nobody'::text]))),
  constraint library_document_kind_check CHECK ((kind = ANY (ARRAY['material'::text, 'statute'::text]))),
  constraint library_document_retention_check CHECK ((retention = ANY (ARRAY['permanent'::text, 'y30'::text, 'y10'::text]))),
  constraint library_document_secrecy_check CHECK ((secrecy = ANY (ARRAY['public'::text, 'internal'::text, 'work_secret'::text]))),
  constraint library_document_state_check CHECK ((state = ANY (ARRAY['published'::text, 'archived'::text, 'binned'::text]))),
  constraint library_document_statute_check CHECK ((((kind = 'statute'::text) = (rank IS NOT NULL)) AND ((rank IS NULL) = (issuer IS NULL)) AND ((rank IS NULL) = (effective_on IS NULL)) AND (rank = ANY (ARRAY['party_rule'::text, 'party_document'::text, 'law'::text, 'regulation'::text, 'local_rule'::text, 'own_rule'::text])))),
  constraint library_document_class_fkey FOREIGN KEY (tenant_id, class_id) REFERENCES library_class(tenant_id, id),
  constraint library_document_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX library_document_audience ON public.library_document USING btree (tenant_id, audience_path, published_at);
CREATE INDEX library_document_class ON public.library_document USING btree (tenant_id, class_trail, published_at);
CREATE INDEX library_document_effective ON public.library_document USING btree (tenant_id, effective_on, id) WHERE (kind = 'statute'::text);
CREATE INDEX library_document_newest ON public.library_document USING btree (tenant_id, published_at, id);
CREATE INDEX library_document_scope ON public.library_document USING btree (tenant_id, org_path, published_at);
CREATE INDEX library_document_titles ON public.library_document USING btree (tenant_id, title, id);
alter table library_document enable row level security;
alter table library_document force row level security;
create policy library_document_insert on library_document for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy library_document_read on library_document for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR ((state <> 'binned'::text) AND (app_above_scope(audience_path) OR app_in_scope(audience_path) OR library_shared(id)))));
create policy library_document_update on library_document for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on library_document to tongxin_app;

create table library_reading (
  tenant_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  person_id uuid not null,
  person_name text not null,
  act text not null,
  version_number integer not null,
  at timestamp with time zone not null,
  constraint library_reading_act_check CHECK ((act = ANY (ARRAY['downloaded'::text, 'opened_share'::text]))),
  constraint library_reading_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX library_reading_document ON public.library_reading USING btree (tenant_id, document_id, at, id);
alter table library_reading enable row level security;
alter table library_reading force row level security;
create policy library_reading_insert on library_reading for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND library_open(document_id));
create policy library_reading_read on library_reading for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND library_open(document_id));
grant insert, select on library_reading to tongxin_app;

create table library_replacement (
  tenant_id uuid not null,
  id uuid not null,
  newer_id uuid not null,
  older_id uuid not null,
  is_whole boolean not null,
  note text not null,
  removed_at timestamp with time zone,
  constraint library_replacement_newer_fkey FOREIGN KEY (tenant_id, newer_id) REFERENCES library_document(tenant_id, id),
  constraint library_replacement_older_fkey FOREIGN KEY (tenant_id, older_id) REFERENCES library_document(tenant_id, id),
  constraint library_replacement_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX library_replacement_older ON public.library_replacement USING btree (tenant_id, older_id);
CREATE UNIQUE INDEX library_replacement_pair ON public.library_replacement USING btree (tenant_id, newer_id, older_id) WHERE (removed_at IS NULL);
alter table library_replacement enable row level security;
alter table library_replacement force row level security;
create policy library_replacement_insert on library_replacement for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND library_open(newer_id));
create policy library_replacement_read on library_replacement for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (library_open(newer_id) OR library_open(older_id)));
create policy library_replacement_update on library_replacement for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND library_open(newer_id));
grant insert, select, update on library_replacement to tongxin_app;

create table library_share (
  tenant_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  org_path text collate "C" not null,
  person_id uuid not null,
  person_name text not null,
  until_on date not null,
  may_download boolean not null,
  shared_by text not null,
  shared_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_for text,
  openings integer default 0 not null,
  opened_at timestamp with time zone,
  constraint library_share_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX library_share_document ON public.library_share USING btree (tenant_id, document_id, shared_at);
CREATE INDEX library_share_person ON public.library_share USING btree (tenant_id, person_id, document_id) WHERE (revoked_at IS NULL);
CREATE INDEX library_share_scope ON public.library_share USING btree (tenant_id, org_path);
alter table library_share enable row level security;
alter table library_share force row level security;
create policy library_share_insert on library_share for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy library_share_read on library_share for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR app_in_scope(org_path)));
create policy library_share_update on library_share for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR app_in_scope(org_path)));
grant insert, select, update on library_share to tongxin_app;

create table library_subscription (
  tenant_id uuid not null,
  person_id uuid not null,
  class_id uuid not null,
  org_path text collate "C" not null,
  since timestamp with time zone not null,
  constraint library_subscription_pkey PRIMARY KEY (tenant_id, person_id, class_id)
);
CREATE INDEX library_subscription_class ON public.library_subscription USING btree (tenant_id, class_id, org_path);
CREATE INDEX library_subscription_scope ON public.library_subscription USING btree (tenant_id, org_path);
alter table library_subscription enable row level security;
alter table library_subscription force row level security;
create policy library_subscription_delete on library_subscription for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)));
create policy library_subscription_insert on library_subscription for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)));
create policy library_subscription_read on library_subscription for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR app_in_scope(org_path)));
create policy library_subscription_update on library_subscription for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR app_in_scope(org_path)));
grant delete, insert, select, update on library_subscription to tongxin_app;

create table library_text (
  tenant_id uuid not null,
  document_id uuid not null,
  body text not null,
  words tsvector not null,
  constraint library_text_document_fkey FOREIGN KEY (tenant_id, document_id) REFERENCES library_document(tenant_id, id),
  constraint library_text_pkey PRIMARY KEY (tenant_id, document_id)
);
alter table library_text enable row level security;
alter table library_text force row level security;
create policy library_text_insert on library_text for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND library_open(document_id));
create policy library_text_read on library_text for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND library_open(document_id));
create policy library_text_update on library_text for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND library_open(document_id));
grant insert, select, update on library_text to tongxin_app;

create table library_version (
  tenant_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  number integer not null,
  file_id uuid not null,
  file_name text not null,
  file_kind text not null,
  bytes bigint not null,
  text_state text not null,
  note text not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  constraint library_version_text_check CHECK ((text_state = ANY (ARRAY['read'::text, 'empty'::text, 'failed'::text, 'none'::text]))),
  constraint library_version_document_fkey FOREIGN KEY (tenant_id, document_id) REFERENCES library_document(tenant_id, id),
  constraint library_version_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX library_version_number ON public.library_version USING btree (tenant_id, document_id, number);
alter table library_version enable row level security;
alter table library_version force row level security;
create policy library_version_insert on library_version for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND library_open(document_id));
create policy library_version_read on library_version for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND library_open(document_id));
grant insert, select on library_version to tongxin_app;

create table library_word (
  tenant_id uuid not null,
  document_id uuid not null,
  seq bigint not null,
  words tsvector not null,
  constraint library_word_pkey PRIMARY KEY (tenant_id, document_id)
);
CREATE INDEX library_word_words ON public.library_word USING gin (words) WITH (fastupdate=off);
alter table library_word enable row level security;
alter table library_word force row level security;
create policy library_word_delete on library_word for delete
  using (tenant_id = ( SELECT app_tenant() AS app_tenant));
create policy library_word_insert on library_word for insert
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
create policy library_word_read on library_word for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (words @@ ( SELECT library_wanted() AS library_wanted)));
grant delete, insert, select on library_word to tongxin_app;

create table media_caption (
  tenant_id uuid not null,
  media_id uuid not null,
  language text not null,
  org_path text collate "C" not null,
  cues jsonb not null,
  words text not null,
  updated_by uuid not null,
  updated_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint media_caption_language_check CHECK ((language = ANY (ARRAY['zh-CN'::text, 'en'::text, 'bo'::text, 'ug'::text, 'mn'::text, 'ko'::text]))),
  constraint media_caption_item_fkey FOREIGN KEY (tenant_id, media_id) REFERENCES media_item(tenant_id, id),
  constraint media_caption_pkey PRIMARY KEY (tenant_id, media_id, language)
);
CREATE INDEX media_caption_scope ON public.media_caption USING btree (tenant_id, org_path);
alter table media_caption enable row level security;
alter table media_caption force row level security;
create policy media_caption_insert on media_caption for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy media_caption_read on media_caption for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy media_caption_update on media_caption for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on media_caption to tongxin_app;

create table media_item (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  title text not null,
  source text not null,
  copyright text not null,
  transcript text,
  state text not null,
  fault text,
  served jsonb,
  incoming jsonb,
  declared_seconds integer,
  seconds integer,
  width integer,
  height integer,
  rendition_id uuid,
  renditions jsonb default '[]'::jsonb not null,
  has_poster boolean default false not null,
  percent integer default 0 not null,
  attempts integer default 0 not null,
  leased_until timestamp with time zone,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  removed_reason text,
  version integer default 1 not null,
  constraint media_item_kind_check CHECK ((kind = ANY (ARRAY['video'::text, 'sound'::text]))),
  constraint media_item_percent_check CHECK (((percent >= 0) AND (percent <= 100))),
  constraint media_item_removed_check CHECK (((removed_at IS NULL) = (removed_reason IS NULL))),
  constraint media_item_served_check CHECK (((state <> ALL (ARRAY['ready'::text, 'original'::text])) OR (served IS NOT NULL))),
  constraint media_item_state_check CHECK ((state = ANY (ARRAY['uploaded'::text, 'transcoding'::text, 'ready'::text, 'original'::text, 'failed'::text]))),
  constraint media_item_work_check CHECK (((state <> ALL (ARRAY['uploaded'::text, 'transcoding'::text])) OR (incoming IS NOT NULL))),
  constraint media_item_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX media_item_scope ON public.media_item USING btree (tenant_id, org_path, updated_at DESC, id);
CREATE INDEX media_item_work ON public.media_item USING btree (tenant_id, updated_at) WHERE ((state = ANY (ARRAY['uploaded'::text, 'transcoding'::text])) AND (removed_at IS NULL));
alter table media_item enable row level security;
alter table media_item force row level security;
create policy media_item_insert on media_item for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy media_item_read on media_item for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy media_item_update on media_item for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on media_item to tongxin_app;

create table media_proposal (
  tenant_id uuid not null,
  id uuid not null,
  media_id uuid not null,
  org_path text collate "C" not null,
  subject text not null,
  change jsonb not null,
  reason text,
  state text default 'open'::text not null,
  proposed_by uuid not null,
  proposed_name text not null,
  proposed_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  decided_reason text,
  constraint media_proposal_decided_check CHECK ((((state = 'open'::text) = (decided_by IS NULL)) AND ((decided_by IS NULL) = (decided_at IS NULL)))),
  constraint media_proposal_eyes_check CHECK (((state <> ALL (ARRAY['accepted'::text, 'refused'::text])) OR (decided_by <> proposed_by))),
  constraint media_proposal_refused_check CHECK (((state <> 'refused'::text) OR (decided_reason IS NOT NULL))),
  constraint media_proposal_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'refused'::text, 'withdrawn'::text]))),
  constraint media_proposal_item_fkey FOREIGN KEY (tenant_id, media_id) REFERENCES media_item(tenant_id, id),
  constraint media_proposal_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX media_proposal_open ON public.media_proposal USING btree (tenant_id, media_id, subject) WHERE (state = 'open'::text);
CREATE INDEX media_proposal_scope ON public.media_proposal USING btree (tenant_id, org_path, proposed_at) WHERE (state = 'open'::text);
alter table media_proposal enable row level security;
alter table media_proposal force row level security;
create policy media_proposal_all on media_proposal for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on media_proposal to tongxin_app;

create table media_version (
  tenant_id uuid not null,
  media_id uuid not null,
  number integer not null,
  org_path text collate "C" not null,
  file jsonb not null,
  reason text not null,
  replaced_by uuid not null,
  replaced_at timestamp with time zone not null,
  constraint media_version_item_fkey FOREIGN KEY (tenant_id, media_id) REFERENCES media_item(tenant_id, id),
  constraint media_version_pkey PRIMARY KEY (tenant_id, media_id, number)
);
CREATE INDEX media_version_scope ON public.media_version USING btree (tenant_id, org_path);
alter table media_version enable row level security;
alter table media_version force row level security;
create policy media_version_all on media_version for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on media_version to tongxin_app;

create table meetings_agenda (
  tenant_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  org_path text collate "C" not null,
  place_no smallint not null,
  title text not null,
  presenter text,
  votes text not null,
  resolution text,
  vote jsonb,
  ballot_id uuid,
  constraint meetings_agenda_votes_check CHECK ((votes = ANY (ARRAY['none'::text, 'ordinary'::text, 'admission'::text, 'committee'::text]))),
  constraint meetings_agenda_meeting_fkey FOREIGN KEY (tenant_id, meeting_id) REFERENCES meetings_meeting(tenant_id, id),
  constraint meetings_agenda_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX meetings_agenda_meeting ON public.meetings_agenda USING btree (tenant_id, meeting_id, place_no);
CREATE INDEX meetings_agenda_scope ON public.meetings_agenda USING btree (tenant_id, org_path);
alter table meetings_agenda enable row level security;
alter table meetings_agenda force row level security;
create policy meetings_agenda_delete on meetings_agenda for delete
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy meetings_agenda_insert on meetings_agenda for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy meetings_agenda_read on meetings_agenda for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR meetings_invited(meeting_id)));
create policy meetings_agenda_update on meetings_agenda for update
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant delete, insert, select, update on meetings_agenda to tongxin_app;

create table meetings_attendee (
  tenant_id uuid not null,
  meeting_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  name text collate "C" not null,
  member_no text collate "C" not null,
  category text not null,
  part text not null,
  left_out_reason text,
  answer text default 'none'::text not null,
  answered_at timestamp with time zone,
  leave_reason text,
  leave_note text,
  leave_decided_by uuid,
  read_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint meetings_attendee_answer_check CHECK ((answer = ANY (ARRAY['none'::text, 'confirmed'::text, 'leave_asked'::text, 'leave_approved'::text, 'leave_refused'::text]))),
  constraint meetings_attendee_left_check CHECK (((part = 'left_out'::text) = (left_out_reason IS NOT NULL))),
  constraint meetings_attendee_part_check CHECK ((part = ANY (ARRAY['voter'::text, 'nonvoter'::text, 'observer'::text, 'left_out'::text]))),
  constraint meetings_attendee_meeting_fkey FOREIGN KEY (tenant_id, meeting_id) REFERENCES meetings_meeting(tenant_id, id),
  constraint meetings_attendee_pkey PRIMARY KEY (tenant_id, member_id, meeting_id),
  constraint meetings_attendee_person_key UNIQUE (tenant_id, meeting_id, person_id)
);
CREATE INDEX meetings_attendee_person_idx ON public.meetings_attendee USING btree (tenant_id, person_id, meeting_id);
CREATE INDEX meetings_attendee_scope ON public.meetings_attendee USING btree (tenant_id, org_path, meeting_id);
alter table meetings_attendee enable row level security;
alter table meetings_attendee force row level security;
create policy meetings_attendee_delete on meetings_attendee for delete
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy meetings_attendee_insert on meetings_attendee for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy meetings_attendee_read on meetings_attendee for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (person_id = app_person())));
create policy meetings_attendee_update on meetings_attendee for update
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (person_id = app_person())));
grant delete, insert, select, update on meetings_attendee to tongxin_app;

create table meetings_check_in (
  tenant_id uuid not null,
  meeting_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  ordinal integer not null,
  part text not null,
  way text not null,
  captured_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  late boolean not null,
  submitted_later boolean not null,
  proxy_by uuid,
  proxy_reason text,
  struck_at timestamp with time zone,
  struck_by uuid,
  struck_reason text,
  constraint meetings_check_in_proxy_check CHECK (((way = 'organiser'::text) = (proxy_by IS NOT NULL))),
  constraint meetings_check_in_struck_check CHECK (((struck_at IS NULL) = (struck_reason IS NULL))),
  constraint meetings_check_in_way_check CHECK ((way = ANY (ARRAY['scanned'::text, 'typed'::text, 'organiser'::text]))),
  constraint meetings_check_in_pkey PRIMARY KEY (tenant_id, meeting_id, member_id)
);
CREATE INDEX meetings_check_in_scope ON public.meetings_check_in USING btree (tenant_id, org_path, meeting_id);
alter table meetings_check_in enable row level security;
alter table meetings_check_in force row level security;
create policy meetings_check_in_insert on meetings_check_in for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy meetings_check_in_read on meetings_check_in for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (person_id = app_person())));
create policy meetings_check_in_update on meetings_check_in for update
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on meetings_check_in to tongxin_app;

create table meetings_count (
  tenant_id uuid not null,
  meeting_id uuid not null,
  org_path text collate "C" not null,
  voters integer default 0 not null,
  nonvoters integer default 0 not null,
  observers integer default 0 not null,
  left_out integer default 0 not null,
  arrived integer default 0 not null,
  present integer default 0 not null,
  present_voters integer default 0 not null,
  constraint meetings_count_meeting_fkey FOREIGN KEY (tenant_id, meeting_id) REFERENCES meetings_meeting(tenant_id, id),
  constraint meetings_count_pkey PRIMARY KEY (tenant_id, meeting_id)
);
CREATE INDEX meetings_count_scope ON public.meetings_count USING btree (tenant_id, org_path);
alter table meetings_count enable row level security;
alter table meetings_count force row level security;
create policy meetings_count_insert on meetings_count for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy meetings_count_read on meetings_count for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR meetings_invited(meeting_id)));
create policy meetings_count_update on meetings_count for update
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on meetings_count to tongxin_app;

create table meetings_erratum (
  tenant_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  org_path text collate "C" not null,
  at timestamp with time zone not null,
  person_id uuid not null,
  name text not null,
  text text not null,
  reason text not null,
  constraint meetings_erratum_meeting_fkey FOREIGN KEY (tenant_id, meeting_id) REFERENCES meetings_meeting(tenant_id, id),
  constraint meetings_erratum_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX meetings_erratum_scope ON public.meetings_erratum USING btree (tenant_id, org_path, meeting_id);
alter table meetings_erratum enable row level security;
alter table meetings_erratum force row level security;
create policy meetings_erratum_insert on meetings_erratum for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy meetings_erratum_read on meetings_erratum for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR meetings_invited(meeting_id)));
create policy meetings_erratum_update on meetings_erratum for update
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select on meetings_erratum to tongxin_app;

create table meetings_feed (
  secret_hash bytea not null,
  person_id uuid not null,
  tenant_id uuid not null,
  made_at timestamp with time zone not null,
  constraint meetings_feed_pkey PRIMARY KEY (secret_hash),
  constraint meetings_feed_person_key UNIQUE (person_id, tenant_id)
);
grant delete, insert, select, update on meetings_feed to tongxin_app;

create table meetings_held (
  tenant_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  year smallint not null,
  period text collate "C" not null,
  kind text collate "C" not null,
  constraint meetings_held_pkey PRIMARY KEY (tenant_id, org_id, year, period, kind)
);
CREATE INDEX meetings_held_scope ON public.meetings_held USING btree (tenant_id, org_path, year);
alter table meetings_held enable row level security;
alter table meetings_held force row level security;
create policy meetings_held_all on meetings_held for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select on meetings_held to tongxin_app;

create table meetings_held_sum (
  tenant_id uuid not null,
  org_path text collate "C" not null,
  year smallint not null,
  period text collate "C" not null,
  kind text collate "C" not null,
  branches integer not null,
  constraint meetings_held_sum_pkey PRIMARY KEY (tenant_id, org_path, year, period, kind)
);
alter table meetings_held_sum enable row level security;
alter table meetings_held_sum force row level security;
create policy meetings_held_sum_all on meetings_held_sum for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select, update on meetings_held_sum to tongxin_app;

create table meetings_joint (
  tenant_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  host_path text collate "C" not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  org_name text not null,
  host_name text not null,
  title text not null,
  starts_at timestamp with time zone not null,
  place text,
  state text default 'asked'::text not null,
  answer text,
  answered_by text,
  answered_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint meetings_joint_answered_check CHECK (((state = 'asked'::text) = (answered_at IS NULL))),
  constraint meetings_joint_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'accepted'::text, 'declined'::text]))),
  constraint meetings_joint_meeting_fkey FOREIGN KEY (tenant_id, meeting_id) REFERENCES meetings_meeting(tenant_id, id),
  constraint meetings_joint_pkey PRIMARY KEY (tenant_id, id),
  constraint meetings_joint_org_key UNIQUE (tenant_id, meeting_id, org_id)
);
CREATE INDEX meetings_joint_host ON public.meetings_joint USING btree (tenant_id, host_path);
CREATE INDEX meetings_joint_scope ON public.meetings_joint USING btree (tenant_id, org_path, starts_at, id);
alter table meetings_joint enable row level security;
alter table meetings_joint force row level security;
create policy meetings_joint_all on meetings_joint for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_in_scope(host_path)))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_in_scope(host_path)));
grant insert, select, update on meetings_joint to tongxin_app;

create table meetings_meeting (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  state text not null,
  title text not null,
  session text,
  kinds text[] not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  held_on date not null,
  place text,
  online_url text,
  chair_id uuid,
  recorder_id uuid,
  invites jsonb default '{}'::jsonb not null,
  opens_before smallint not null,
  closes_after smallint not null,
  leave_before smallint not null,
  superior_consent boolean default false not null,
  meeting_approval boolean default false not null,
  minutes jsonb default '{}'::jsonb not null,
  record_version integer default 1 not null,
  record_hash bytea,
  convened_at timestamp with time zone,
  opened_at timestamp with time zone,
  closed_at timestamp with time zone,
  archived_at timestamp with time zone,
  cancelled_reason text,
  made_by uuid not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  current_item uuid,
  constraint meetings_meeting_cancelled_check CHECK (((state = 'cancelled'::text) = (cancelled_reason IS NOT NULL))),
  constraint meetings_meeting_kinds_check CHECK (((cardinality(kinds) >= 1) AND (cardinality(kinds) <= 4))),
  constraint meetings_meeting_period_check CHECK ((ends_at > starts_at)),
  constraint meetings_meeting_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'noticed'::text, 'in_progress'::text, 'record_pending'::text, 'awaiting_signatures'::text, 'archived'::text, 'cancelled'::text]))),
  constraint meetings_meeting_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint meetings_meeting_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX meetings_meeting_open ON public.meetings_meeting USING btree (tenant_id, state, starts_at) WHERE (state <> ALL (ARRAY['archived'::text, 'cancelled'::text]));
CREATE INDEX meetings_meeting_org ON public.meetings_meeting USING btree (tenant_id, org_id, held_on);
CREATE INDEX meetings_meeting_scope ON public.meetings_meeting USING btree (tenant_id, org_path, starts_at, id);
CREATE INDEX meetings_meeting_when ON public.meetings_meeting USING btree (tenant_id, starts_at, id);
alter table meetings_meeting enable row level security;
alter table meetings_meeting force row level security;
create policy meetings_meeting_insert on meetings_meeting for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy meetings_meeting_read on meetings_meeting for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR meetings_invited(id)));
create policy meetings_meeting_update on meetings_meeting for update
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on meetings_meeting to tongxin_app;

create table meetings_paper (
  tenant_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  org_path text collate "C" not null,
  agenda_id uuid,
  file_id uuid not null,
  name text not null,
  added_by uuid not null,
  added_by_name text not null,
  added_at timestamp with time zone not null,
  removed_by uuid,
  removed_by_name text,
  removed_at timestamp with time zone,
  removed_reason text,
  constraint meetings_paper_removed_check CHECK (((removed_at IS NULL) = (removed_reason IS NULL))),
  constraint meetings_paper_meeting_fkey FOREIGN KEY (tenant_id, meeting_id) REFERENCES meetings_meeting(tenant_id, id),
  constraint meetings_paper_pkey PRIMARY KEY (tenant_id, id),
  constraint meetings_paper_file_key UNIQUE (tenant_id, file_id)
);
CREATE INDEX meetings_paper_meeting ON public.meetings_paper USING btree (tenant_id, meeting_id, id);
CREATE INDEX meetings_paper_scope ON public.meetings_paper USING btree (tenant_id, org_path);
alter table meetings_paper enable row level security;
alter table meetings_paper force row level security;
create policy meetings_paper_insert on meetings_paper for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy meetings_paper_read on meetings_paper for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR meetings_invited(meeting_id)));
create policy meetings_paper_update on meetings_paper for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on meetings_paper to tongxin_app;

create table meetings_photo (
  tenant_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  org_path text collate "C" not null,
  file_id uuid not null,
  caption text not null,
  place_no smallint not null,
  added_by uuid not null,
  added_by_name text not null,
  added_at timestamp with time zone not null,
  removed_by uuid,
  removed_by_name text,
  removed_at timestamp with time zone,
  removed_reason text,
  constraint meetings_photo_place_check CHECK (((place_no >= 1) AND (place_no <= 9))),
  constraint meetings_photo_removed_check CHECK (((removed_at IS NULL) = (removed_reason IS NULL))),
  constraint meetings_photo_meeting_fkey FOREIGN KEY (tenant_id, meeting_id) REFERENCES meetings_meeting(tenant_id, id),
  constraint meetings_photo_pkey PRIMARY KEY (tenant_id, id),
  constraint meetings_photo_file_key UNIQUE (tenant_id, file_id)
);
CREATE INDEX meetings_photo_meeting ON public.meetings_photo USING btree (tenant_id, meeting_id, place_no);
CREATE INDEX meetings_photo_scope ON public.meetings_photo USING btree (tenant_id, org_path);
alter table meetings_photo enable row level security;
alter table meetings_photo force row level security;
create policy meetings_photo_insert on meetings_photo for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy meetings_photo_read on meetings_photo for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR meetings_invited(meeting_id)));
create policy meetings_photo_update on meetings_photo for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on meetings_photo to tongxin_app;

create table meetings_proposal (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  person_id uuid not null,
  name text not null,
  title text not null,
  why text not null,
  state text default 'open'::text not null,
  answer text,
  decided_by text,
  decided_at timestamp with time zone,
  meeting_id uuid,
  created_at timestamp with time zone not null,
  constraint meetings_proposal_meeting_check CHECK (((state = 'accepted'::text) = (meeting_id IS NOT NULL))),
  constraint meetings_proposal_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text]))),
  constraint meetings_proposal_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX meetings_proposal_person ON public.meetings_proposal USING btree (tenant_id, person_id, created_at, id);
CREATE INDEX meetings_proposal_scope ON public.meetings_proposal USING btree (tenant_id, org_path, created_at, id);
alter table meetings_proposal enable row level security;
alter table meetings_proposal force row level security;
create policy meetings_proposal_insert on meetings_proposal for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path) AND (person_id = ( SELECT app_person() AS app_person)));
create policy meetings_proposal_read on meetings_proposal for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy meetings_proposal_update on meetings_proposal for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on meetings_proposal to tongxin_app;

create table meetings_reminder (
  tenant_id uuid not null,
  key text collate "C" not null,
  org_path text collate "C" not null,
  at timestamp with time zone not null,
  constraint meetings_reminder_pkey PRIMARY KEY (tenant_id, key)
);
CREATE INDEX meetings_reminder_scope ON public.meetings_reminder USING btree (tenant_id, org_path);
alter table meetings_reminder enable row level security;
alter table meetings_reminder force row level security;
create policy meetings_reminder_all on meetings_reminder for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select on meetings_reminder to tongxin_app;

create table meetings_second_home (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  home_id uuid not null,
  name text collate "C" not null,
  member_no text not null,
  category text not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  since_on date not null,
  ended_on date,
  ended_reason text,
  created_at timestamp with time zone not null,
  constraint meetings_second_home_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX meetings_second_home_key ON public.meetings_second_home USING btree (tenant_id, member_id, org_id) WHERE (ended_on IS NULL);
CREATE INDEX meetings_second_home_scope ON public.meetings_second_home USING btree (tenant_id, org_path, name, id);
alter table meetings_second_home enable row level security;
alter table meetings_second_home force row level security;
create policy meetings_second_home_all on meetings_second_home for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on meetings_second_home to tongxin_app;

create table meetings_signature (
  tenant_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  org_path text collate "C" not null,
  signed_as text not null,
  person_id uuid not null,
  name text not null,
  hash bytea not null,
  signed_at timestamp with time zone not null,
  voided_at timestamp with time zone,
  constraint meetings_signature_as_check CHECK ((signed_as = ANY (ARRAY['chair'::text, 'secretary'::text, 'recorder'::text]))),
  constraint meetings_signature_meeting_fkey FOREIGN KEY (tenant_id, meeting_id) REFERENCES meetings_meeting(tenant_id, id),
  constraint meetings_signature_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX meetings_signature_person_key ON public.meetings_signature USING btree (tenant_id, meeting_id, person_id) WHERE (voided_at IS NULL);
CREATE INDEX meetings_signature_scope ON public.meetings_signature USING btree (tenant_id, org_path, meeting_id);
alter table meetings_signature enable row level security;
alter table meetings_signature force row level security;
create policy meetings_signature_insert on meetings_signature for insert
  with check ((tenant_id = app_tenant()) AND (person_id = app_person()));
create policy meetings_signature_read on meetings_signature for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR meetings_invited(meeting_id)));
create policy meetings_signature_update on meetings_signature for update
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on meetings_signature to tongxin_app;

create table meetings_study (
  tenant_id uuid not null,
  meeting_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  state text not null,
  way text not null,
  answers text[] not null,
  submitted_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  note text,
  constraint meetings_study_decided_check CHECK (((state = 'submitted'::text) = (decided_at IS NULL))),
  constraint meetings_study_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'countersigned'::text, 'returned'::text]))),
  constraint meetings_study_way_check CHECK ((way = ANY (ARRAY['recording'::text, 'papers'::text, 'told'::text]))),
  constraint meetings_study_pkey PRIMARY KEY (tenant_id, meeting_id, member_id)
);
CREATE INDEX meetings_study_scope ON public.meetings_study USING btree (tenant_id, org_path, state);
alter table meetings_study enable row level security;
alter table meetings_study force row level security;
create policy meetings_study_insert on meetings_study for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)));
create policy meetings_study_read on meetings_study for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy meetings_study_update on meetings_study for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on meetings_study to tongxin_app;

create table meetings_study_sheet (
  tenant_id uuid not null,
  meeting_id uuid not null,
  org_path text collate "C" not null,
  questions text[] not null,
  due_on date not null,
  set_at timestamp with time zone not null,
  constraint meetings_study_sheet_three_check CHECK ((cardinality(questions) = 3)),
  constraint meetings_study_sheet_meeting_fkey FOREIGN KEY (tenant_id, meeting_id) REFERENCES meetings_meeting(tenant_id, id),
  constraint meetings_study_sheet_pkey PRIMARY KEY (tenant_id, meeting_id)
);
CREATE INDEX meetings_study_sheet_scope ON public.meetings_study_sheet USING btree (tenant_id, org_path);
alter table meetings_study_sheet enable row level security;
alter table meetings_study_sheet force row level security;
create policy meetings_study_sheet_insert on meetings_study_sheet for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy meetings_study_sheet_read on meetings_study_sheet for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR meetings_invited(meeting_id)));
create policy meetings_study_sheet_update on meetings_study_sheet for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on meetings_study_sheet to tongxin_app;

create table meetings_talk (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  held_on date not null,
  first_id uuid not null,
  first_person_id uuid not null,
  first_name text not null,
  second_id uuid not null,
  second_person_id uuid not null,
  second_name text not null,
  place text,
  content_sealed bytea,
  noted_by uuid not null,
  created_at timestamp with time zone not null,
  constraint meetings_talk_kind_check CHECK ((kind = ANY (ARRAY['committee'::text, 'committee_member'::text, 'members'::text]))),
  constraint meetings_talk_two_check CHECK ((first_id <> second_id)),
  constraint meetings_talk_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX meetings_talk_first ON public.meetings_talk USING btree (tenant_id, first_person_id, held_on, id);
CREATE INDEX meetings_talk_scope ON public.meetings_talk USING btree (tenant_id, org_path, held_on, id);
CREATE INDEX meetings_talk_second ON public.meetings_talk USING btree (tenant_id, second_person_id, held_on, id);
alter table meetings_talk enable row level security;
alter table meetings_talk force row level security;
create policy meetings_talk_insert on meetings_talk for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy meetings_talk_read on meetings_talk for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (first_person_id = ( SELECT app_person() AS app_person)) OR (second_person_id = ( SELECT app_person() AS app_person))));
create policy meetings_talk_update on meetings_talk for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on meetings_talk to tongxin_app;

create table meetings_task (
  tenant_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  org_path text collate "C" not null,
  place_no smallint not null,
  what text not null,
  who text not null,
  due_on date,
  done_on date,
  who_id uuid,
  who_person_id uuid,
  done_note text,
  constraint meetings_task_meeting_fkey FOREIGN KEY (tenant_id, meeting_id) REFERENCES meetings_meeting(tenant_id, id),
  constraint meetings_task_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX meetings_task_meeting ON public.meetings_task USING btree (tenant_id, meeting_id, place_no);
CREATE INDEX meetings_task_person ON public.meetings_task USING btree (tenant_id, who_person_id) WHERE (who_person_id IS NOT NULL);
CREATE INDEX meetings_task_scope ON public.meetings_task USING btree (tenant_id, org_path, due_on);
alter table meetings_task enable row level security;
alter table meetings_task force row level security;
create policy meetings_task_delete on meetings_task for delete
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy meetings_task_insert on meetings_task for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy meetings_task_read on meetings_task for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR meetings_invited(meeting_id)));
create policy meetings_task_update on meetings_task for update
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant delete, insert, select, update on meetings_task to tongxin_app;

create table meetings_year_cell (
  tenant_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  year smallint not null,
  kind text collate "C" not null,
  period text collate "C" not null,
  planned_on date,
  note text,
  waived_reason text,
  set_by uuid not null,
  set_at timestamp with time zone not null,
  constraint meetings_year_cell_pkey PRIMARY KEY (tenant_id, org_id, year, kind, period)
);
CREATE INDEX meetings_year_cell_scope ON public.meetings_year_cell USING btree (tenant_id, org_path, year);
alter table meetings_year_cell enable row level security;
alter table meetings_year_cell force row level security;
create policy meetings_year_cell_all on meetings_year_cell for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select, update on meetings_year_cell to tongxin_app;

create table members_assignment (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  data_set text not null,
  maker_id uuid not null,
  first_id uuid not null,
  second_id uuid not null,
  due_on date,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  constraint members_assignment_people_check CHECK (((maker_id <> first_id) AND (maker_id <> second_id) AND (first_id <> second_id))),
  constraint members_assignment_set_check CHECK ((data_set = ANY (ARRAY['record'::text, 'entries'::text, 'roster'::text]))),
  constraint members_assignment_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint members_assignment_pkey PRIMARY KEY (tenant_id, id),
  constraint members_assignment_set_key UNIQUE (tenant_id, org_id, data_set)
);
CREATE INDEX members_assignment_scope ON public.members_assignment USING btree (tenant_id, org_path, id);
alter table members_assignment enable row level security;
alter table members_assignment force row level security;
create policy members_assignment_all on members_assignment for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant delete, insert, select, update on members_assignment to tongxin_app;

create table members_birthday_day (
  tenant_id uuid not null,
  on_day date not null,
  told text not null,
  constraint members_birthday_day_told_check CHECK ((told = ANY (ARRAY['branch'::text, 'person'::text]))),
  constraint members_birthday_day_pkey PRIMARY KEY (tenant_id, on_day, told)
);
alter table members_birthday_day enable row level security;
alter table members_birthday_day force row level security;
create policy members_birthday_day_all on members_birthday_day for all
  using (tenant_id = ( SELECT app_tenant() AS app_tenant))
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
grant delete, insert, select on members_birthday_day to tongxin_app;

create table members_change (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid,
  person_id uuid,
  org_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  entry_id uuid,
  entry_kind text,
  name text not null,
  fields text[] not null,
  payload bytea not null,
  payload_hash bytea not null,
  base_version integer not null,
  reason text,
  file_ids uuid[] default '{}'::uuid[] not null,
  state text not null,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  first_by uuid,
  first_at timestamp with time zone,
  first_opinion text,
  second_by uuid,
  second_at timestamp with time zone,
  second_opinion text,
  returned_reason text,
  decisions jsonb default '{}'::jsonb not null,
  version integer default 1 not null,
  updated_at timestamp with time zone not null,
  constraint members_change_first_check CHECK ((first_by <> made_by)),
  constraint members_change_kind_check CHECK ((kind = ANY (ARRAY['new_record'::text, 'correction'::text, 'new_entry'::text, 'changed_entry'::text, 'ended_entry'::text, 'photo'::text]))),
  constraint members_change_second_check CHECK (((second_by <> made_by) AND (second_by <> first_by))),
  constraint members_change_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'first_review'::text, 'second_review'::text, 'approved'::text, 'returned'::text, 'withdrawn'::text]))),
  constraint members_change_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES members_member(tenant_id, id),
  constraint members_change_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX members_change_approved ON public.members_change USING btree (tenant_id, second_at) WHERE (state = 'approved'::text);
CREATE INDEX members_change_maker ON public.members_change USING btree (tenant_id, made_by, made_at);
CREATE INDEX members_change_member ON public.members_change USING btree (tenant_id, member_id, id);
CREATE INDEX members_change_queue ON public.members_change USING btree (tenant_id, state, org_path, id);
CREATE INDEX members_change_scope ON public.members_change USING btree (tenant_id, org_path, id);
alter table members_change enable row level security;
alter table members_change force row level security;
create policy members_change_all on members_change for all
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (made_by = app_person()) OR (person_id = app_person())))
  with check ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (made_by = app_person())));
grant delete, insert, select, update on members_change to tongxin_app;

create table members_dossier (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  place text not null,
  cabinet text,
  box text,
  volume text,
  updated_at timestamp with time zone not null,
  constraint members_dossier_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES members_member(tenant_id, id),
  constraint members_dossier_pkey PRIMARY KEY (tenant_id, id),
  constraint members_dossier_member_key UNIQUE (tenant_id, member_id)
);
CREATE INDEX members_dossier_scope ON public.members_dossier USING btree (tenant_id, org_path, id);
alter table members_dossier enable row level security;
alter table members_dossier force row level security;
create policy members_dossier_all on members_dossier for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on members_dossier to tongxin_app;

create table members_due (
  tenant_id uuid not null,
  kind text not null,
  subject_id uuid not null,
  constraint members_due_kind_check CHECK ((kind = ANY (ARRAY['record'::text, 'unit'::text, 'maker'::text, 'tenant'::text]))),
  constraint members_due_pkey PRIMARY KEY (tenant_id, kind, subject_id)
);
alter table members_due enable row level security;
alter table members_due force row level security;
create policy members_due_all on members_due for all
  using (tenant_id = ( SELECT app_tenant() AS app_tenant))
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
grant delete, insert, select, update on members_due to tongxin_app;

create table members_entry (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  from_on date,
  until_on date,
  facts jsonb default '{}'::jsonb not null,
  sealed bytea,
  file_ids uuid[] default '{}'::uuid[] not null,
  ended_reason text,
  ended_at timestamp with time zone,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint members_entry_kind_check CHECK ((kind = ANY (ARRAY['career'::text, 'education'::text, 'post'::text, 'award'::text, 'penalty'::text, 'abroad'::text, 'family'::text, 'training'::text, 'appraisal'::text, 'service'::text, 'hardship'::text, 'dossier'::text, 'loan'::text]))),
  constraint members_entry_period_check CHECK (((until_on IS NULL) OR (from_on IS NULL) OR (until_on >= from_on))),
  constraint members_entry_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES members_member(tenant_id, id),
  constraint members_entry_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX members_entry_member ON public.members_entry USING btree (tenant_id, member_id, kind, from_on);
CREATE INDEX members_entry_scope ON public.members_entry USING btree (tenant_id, org_path, id);
alter table members_entry enable row level security;
alter table members_entry force row level security;
create policy members_entry_delete on members_entry for delete
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy members_entry_insert on members_entry for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy members_entry_read on members_entry for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (person_id = app_person())));
create policy members_entry_update on members_entry for update
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant delete, insert, select, update on members_entry to tongxin_app;

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
  found_at timestamp with time zone not null,
  note text not null,
  effect text not null,
  values bytea not null,
  hands jsonb not null,
  change_id uuid,
  state text default 'open'::text not null,
  link text,
  responsible_id uuid,
  handling text,
  handled_by uuid,
  handled_at timestamp with time zone,
  appealed_at timestamp with time zone,
  closed_by uuid,
  closed_at timestamp with time zone,
  outcome text,
  steps jsonb default '[]'::jsonb not null,
  version integer default 1 not null,
  updated_at timestamp with time zone not null,
  constraint members_error_closed_check CHECK (((state = 'closed'::text) = ((closed_by IS NOT NULL) AND (outcome IS NOT NULL)))),
  constraint members_error_effect_check CHECK ((effect = ANY (ARRAY['none'::text, 'statistics'::text, 'standing'::text, 'rights'::text]))),
  constraint members_error_handled_check CHECK (((state = 'open'::text) OR (outcome = 'unfounded'::text) OR ((link IS NOT NULL) AND (handling IS NOT NULL) AND (handled_by IS NOT NULL)))),
  constraint members_error_handling_check CHECK ((handling = ANY (ARRAY['none'::text, 'reminder'::text, 'notice'::text]))),
  constraint members_error_how_check CHECK ((found_how = ANY (ARRAY['reading'::text, 'sample'::text, 'person'::text, 'statement'::text]))),
  constraint members_error_link_check CHECK ((link = ANY (ARRAY['entry'::text, 'first'::text, 'second'::text, 'source'::text]))),
  constraint members_error_other_check CHECK (((closed_by <> found_by) AND (closed_by <> responsible_id))),
  constraint members_error_outcome_check CHECK ((outcome = ANY (ARRAY['mended'::text, 'unfounded'::text]))),
  constraint members_error_state_check CHECK ((state = ANY (ARRAY['open'::text, 'handled'::text, 'appealed'::text, 'closed'::text]))),
  constraint members_error_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES members_member(tenant_id, id),
  constraint members_error_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX members_error_member ON public.members_error USING btree (tenant_id, member_id);
CREATE UNIQUE INDEX members_error_one ON public.members_error USING btree (tenant_id, member_id, field) WHERE (state <> 'closed'::text);
CREATE INDEX members_error_responsible ON public.members_error USING btree (tenant_id, responsible_id) WHERE (responsible_id IS NOT NULL);
CREATE INDEX members_error_scope ON public.members_error USING btree (tenant_id, org_path, found_at, id);
alter table members_error enable row level security;
alter table members_error force row level security;
create policy members_error_insert on members_error for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy members_error_read on members_error for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (responsible_id = ( SELECT app_person() AS app_person))));
create policy members_error_update on members_error for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (responsible_id = ( SELECT app_person() AS app_person))))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (responsible_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on members_error to tongxin_app;

create table members_finding (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  subject_kind text not null,
  subject_id uuid not null,
  code text not null,
  slot text collate "C" default ''::text not null,
  severity text not null,
  fields text[] not null,
  amount integer,
  state text default 'open'::text not null,
  basis bytea not null,
  found_at timestamp with time zone not null,
  settled_by uuid,
  settled_at timestamp with time zone,
  reason text,
  constraint members_finding_explained_check CHECK (((state <> 'explained'::text) OR ((settled_by IS NOT NULL) AND (reason IS NOT NULL)))),
  constraint members_finding_severity_check CHECK ((severity = ANY (ARRAY['stop'::text, 'ask'::text]))),
  constraint members_finding_state_check CHECK ((state = ANY (ARRAY['open'::text, 'explained'::text, 'mended'::text]))),
  constraint members_finding_subject_check CHECK ((subject_kind = ANY (ARRAY['member'::text, 'person'::text]))),
  constraint members_finding_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint members_finding_pkey PRIMARY KEY (tenant_id, id),
  constraint members_finding_one_key UNIQUE (tenant_id, subject_id, code, slot)
);
CREATE INDEX members_finding_open ON public.members_finding USING btree (tenant_id, org_id) WHERE (state = 'open'::text);
CREATE INDEX members_finding_scope ON public.members_finding USING btree (tenant_id, org_path, found_at, id);
alter table members_finding enable row level security;
alter table members_finding force row level security;
create policy members_finding_all on members_finding for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select, update on members_finding to tongxin_app;

create table members_identity (
  id_index bytea not null,
  person_id uuid not null,
  tenant_id uuid not null,
  member_id uuid not null,
  constraint members_identity_pkey PRIMARY KEY (id_index)
);
CREATE INDEX members_identity_member ON public.members_identity USING btree (tenant_id, member_id);
grant delete, insert, select on members_identity to tongxin_app;

create table members_loan (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  borrower text not null,
  purpose text not null,
  due_on date not null,
  state text default 'asked'::text not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  refused_reason text,
  returned_on date,
  returned_by uuid,
  updated_at timestamp with time zone not null,
  constraint members_loan_back_check CHECK (((state = 'back'::text) = (returned_on IS NOT NULL))),
  constraint members_loan_decided_check CHECK (((state = ANY (ARRAY['asked'::text, 'withdrawn'::text])) = (decided_by IS NULL))),
  constraint members_loan_refused_check CHECK (((state = 'refused'::text) = (refused_reason IS NOT NULL))),
  constraint members_loan_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'out'::text, 'back'::text, 'refused'::text, 'withdrawn'::text]))),
  constraint members_loan_two_check CHECK ((decided_by <> asked_by)),
  constraint members_loan_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES members_member(tenant_id, id),
  constraint members_loan_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX members_loan_asked ON public.members_loan USING btree (tenant_id, asked_at, id);
CREATE INDEX members_loan_due ON public.members_loan USING btree (tenant_id, due_on, id);
CREATE INDEX members_loan_member ON public.members_loan USING btree (tenant_id, member_id, asked_at);
CREATE UNIQUE INDEX members_loan_open ON public.members_loan USING btree (tenant_id, member_id) WHERE (state = ANY (ARRAY['asked'::text, 'out'::text]));
CREATE INDEX members_loan_scope ON public.members_loan USING btree (tenant_id, org_path, id);
alter table members_loan enable row level security;
alter table members_loan force row level security;
create policy members_loan_all on members_loan for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on members_loan to tongxin_app;

create table members_look (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  looked_by uuid not null,
  at timestamp with time zone not null,
  field text not null,
  purpose text not null,
  constraint members_look_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX members_look_looker ON public.members_look USING btree (tenant_id, looked_by, at);
CREATE INDEX members_look_person ON public.members_look USING btree (tenant_id, person_id, id);
CREATE INDEX members_look_scope ON public.members_look USING btree (tenant_id, org_path, id);
alter table members_look enable row level security;
alter table members_look force row level security;
create policy members_look_insert on members_look for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy members_look_read on members_look for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (person_id = app_person()) OR (looked_by = app_person())));
grant insert, select on members_look to tongxin_app;

create table members_member (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  group_id uuid,
  member_no text collate "C" not null,
  name text collate "C" not null,
  given_name text collate "C" not null,
  pinyin text collate "C" not null,
  initials text collate "C" not null,
  sex text,
  ethnic text,
  born_on date,
  education text,
  category text not null,
  status text default 'normal'::text not null,
  record_state text not null,
  applied_on date,
  activist_on date,
  candidate_on date,
  joined_on date,
  converted_on date,
  branch_entered_on date,
  dues_paid_until date,
  id_number bytea,
  id_tail integer,
  phone bytea,
  phone_index bytea,
  phone_tail integer,
  private_facts bytea,
  facts jsonb default '{}'::jsonb not null,
  completeness smallint default 0 not null,
  batch_id uuid,
  deleted_at timestamp with time zone,
  deleted_by uuid,
  deleted_reason text,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  in_transfer_since date,
  name_first text collate "C" generated always as ("left"(name, 1)) stored,
  given_first text collate "C" generated always as ("left"(given_name, 1)) stored,
  initials_two text collate "C" generated always as ("left"(initials, 2)) stored,
  joined_up date generated always as (COALESCE(joined_on, 'infinity'::date)) stored,
  joined_down date generated always as (COALESCE(joined_on, '-infinity'::date)) stored,
  missed_in_row smallint default 0 not null,
  id_valid_until date,
  top_post text,
  born_year integer generated always as ((EXTRACT(year FROM born_on))::integer) stored,
  constraint members_member_category_check CHECK ((category = ANY (ARRAY['formal'::text, 'probationary'::text, 'candidate'::text, 'activist'::text, 'applicant'::text, 'public'::text]))),
  constraint members_member_deletion_check CHECK (((deleted_at IS NULL) = (deleted_reason IS NULL))),
  constraint members_member_missed_check CHECK ((missed_in_row >= 0)),
  constraint members_member_sex_check CHECK ((sex = ANY (ARRAY['1'::text, '2'::text]))),
  constraint members_member_state_check CHECK ((record_state = ANY (ARRAY['draft'::text, 'first_review'::text, 'second_review'::text, 'approved'::text, 'changing'::text, 'closed'::text]))),
  constraint members_member_status_check CHECK ((status = ANY (ARRAY['normal'::text, 'suspended'::text, 'retained'::text, 'restored'::text, 'struck_off'::text, 'expelled'::text, 'left'::text, 'deceased'::text, 'transferred'::text]))),
  constraint members_member_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint members_member_pkey PRIMARY KEY (tenant_id, id),
  constraint members_member_no_key UNIQUE (tenant_id, member_no),
  constraint members_member_person_key UNIQUE (tenant_id, person_id)
);
CREATE INDEX members_member_batch ON public.members_member USING btree (tenant_id, batch_id) WHERE (batch_id IS NOT NULL);
CREATE INDEX members_member_born_name ON public.members_member USING btree (tenant_id, born_on, pinyin);
CREATE INDEX members_member_category ON public.members_member USING btree (tenant_id, category, org_path) WHERE (category <> 'formal'::text);
CREATE INDEX members_member_complete ON public.members_member USING btree (tenant_id, completeness, id);
CREATE INDEX members_member_deleted ON public.members_member USING btree (tenant_id, deleted_at) WHERE (deleted_at IS NOT NULL);
CREATE INDEX members_member_education ON public.members_member USING btree (tenant_id, education, org_path);
CREATE INDEX members_member_ethnic ON public.members_member USING btree (tenant_id, ethnic, org_path) WHERE (ethnic <> '01'::text);
CREATE INDEX members_member_given ON public.members_member USING btree (tenant_id, given_name);
CREATE INDEX members_member_given_first ON public.members_member USING btree (tenant_id, given_first, pinyin, id);
CREATE INDEX members_member_id_card ON public.members_member USING btree (tenant_id, id_valid_until, org_path) WHERE (id_valid_until IS NOT NULL);
CREATE INDEX members_member_id_tail ON public.members_member USING btree (tenant_id, id_tail);
CREATE INDEX members_member_initials ON public.members_member USING btree (tenant_id, initials);
CREATE INDEX members_member_initials_two ON public.members_member USING btree (tenant_id, initials_two, pinyin, id);
CREATE INDEX members_member_joined_down ON public.members_member USING btree (tenant_id, joined_down, id);
CREATE INDEX members_member_joined_up ON public.members_member USING btree (tenant_id, joined_up, id);
CREATE INDEX members_member_missed ON public.members_member USING btree (tenant_id, org_path, missed_in_row) WHERE (missed_in_row > 0);
CREATE INDEX members_member_name ON public.members_member USING btree (tenant_id, name);
CREATE INDEX members_member_name_first ON public.members_member USING btree (tenant_id, name_first, pinyin, id);
CREATE INDEX members_member_phone_index ON public.members_member USING btree (tenant_id, phone_index) WHERE (phone_index IS NOT NULL);
CREATE INDEX members_member_phone_tail ON public.members_member USING btree (tenant_id, phone_tail);
CREATE INDEX members_member_pinyin ON public.members_member USING btree (tenant_id, pinyin, id);
CREATE INDEX members_member_post ON public.members_member USING btree (tenant_id, org_path, top_post) WHERE (top_post IS NOT NULL);
CREATE INDEX members_member_scope ON public.members_member USING btree (tenant_id, org_path, id) INCLUDE (person_id, deleted_at, name, given_name, pinyin, initials, member_no, id_tail, phone_tail, category, status, record_state, sex, education, ethnic, born_on, completeness, joined_on, joined_up, joined_down, updated_at, converted_on, id_valid_until, top_post, missed_in_row);
CREATE INDEX members_member_state ON public.members_member USING btree (tenant_id, record_state, org_path) WHERE (record_state <> 'approved'::text);
CREATE INDEX members_member_status ON public.members_member USING btree (tenant_id, status, org_path) WHERE (status <> 'normal'::text);
CREATE INDEX members_member_updated ON public.members_member USING btree (tenant_id, updated_at, id);
CREATE INDEX members_member_year_joined_down ON public.members_member USING btree (tenant_id, born_year, joined_down, id) WHERE ((deleted_at IS NULL) AND (born_year IS NOT NULL));
CREATE INDEX members_member_year_joined_up ON public.members_member USING btree (tenant_id, born_year, joined_up, id) WHERE ((deleted_at IS NULL) AND (born_year IS NOT NULL));
alter table members_member enable row level security;
alter table members_member force row level security;
create policy members_member_delete on members_member for delete
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy members_member_insert on members_member for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy members_member_read on members_member for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (person_id = app_person())));
create policy members_member_update on members_member for update
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant delete, insert, select, update on members_member to tongxin_app;

create table members_merge (
  tenant_id uuid not null,
  id uuid not null,
  org_path text collate "C" not null,
  kept_id uuid not null,
  gone_id uuid not null,
  state text default 'merged'::text not null,
  fields text[] not null,
  before bytea not null,
  moved jsonb not null,
  kept_version integer not null,
  gone_version integer not null,
  kept_signs_in boolean not null,
  gone_signs_in boolean not null,
  reason text not null,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  undone_by uuid,
  undone_at timestamp with time zone,
  undone_reason text,
  constraint members_merge_state_check CHECK ((state = ANY (ARRAY['merged'::text, 'undone'::text]))),
  constraint members_merge_two_check CHECK ((kept_id <> gone_id)),
  constraint members_merge_undone_check CHECK (((state = 'undone'::text) = ((undone_by IS NOT NULL) AND (undone_at IS NOT NULL) AND (undone_reason IS NOT NULL)))),
  constraint members_merge_gone_fkey FOREIGN KEY (tenant_id, gone_id) REFERENCES members_member(tenant_id, id),
  constraint members_merge_kept_fkey FOREIGN KEY (tenant_id, kept_id) REFERENCES members_member(tenant_id, id),
  constraint members_merge_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX members_merge_gone ON public.members_merge USING btree (tenant_id, gone_id) WHERE (state = 'merged'::text);
CREATE INDEX members_merge_kept ON public.members_merge USING btree (tenant_id, kept_id);
CREATE INDEX members_merge_scope ON public.members_merge USING btree (tenant_id, org_path, made_at, id);
alter table members_merge enable row level security;
alter table members_merge force row level security;
create policy members_merge_all on members_merge for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on members_merge to tongxin_app;

create table members_number (
  year smallint not null,
  last integer not null,
  constraint members_number_pkey PRIMARY KEY (year)
);
grant insert, select, update on members_number to tongxin_app;

create table members_pair (
  tenant_id uuid not null,
  id uuid not null,
  org_path text collate "C" not null,
  a_id uuid not null,
  b_id uuid not null,
  signs text[] not null,
  state text default 'open'::text not null,
  found_at timestamp with time zone not null,
  settled_by uuid,
  settled_at timestamp with time zone,
  reason text,
  constraint members_pair_order_check CHECK ((a_id < b_id)),
  constraint members_pair_settled_check CHECK (((state = 'dismissed'::text) = ((settled_by IS NOT NULL) AND (reason IS NOT NULL)))),
  constraint members_pair_state_check CHECK ((state = ANY (ARRAY['open'::text, 'dismissed'::text]))),
  constraint members_pair_pkey PRIMARY KEY (tenant_id, id),
  constraint members_pair_two_key UNIQUE (tenant_id, a_id, b_id)
);
CREATE INDEX members_pair_other ON public.members_pair USING btree (tenant_id, b_id);
CREATE INDEX members_pair_scope ON public.members_pair USING btree (tenant_id, org_path, found_at, id) WHERE (state = 'open'::text);
alter table members_pair enable row level security;
alter table members_pair force row level security;
create policy members_pair_all on members_pair for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select, update on members_pair to tongxin_app;

create table members_photo (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  file_id uuid not null,
  change_id uuid not null,
  made_by uuid not null,
  set_by uuid not null,
  since timestamp with time zone not null,
  until_at timestamp with time zone,
  fingerprint bit(64),
  band_1 integer generated always as (((SUBSTRING(fingerprint FROM 1 FOR 16))::bit(16))::integer) stored,
  band_2 integer generated always as (((SUBSTRING(fingerprint FROM 17 FOR 16))::bit(16))::integer) stored,
  band_3 integer generated always as (((SUBSTRING(fingerprint FROM 33 FOR 16))::bit(16))::integer) stored,
  band_4 integer generated always as (((SUBSTRING(fingerprint FROM 49 FOR 16))::bit(16))::integer) stored,
  constraint members_photo_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES members_member(tenant_id, id),
  constraint members_photo_pkey PRIMARY KEY (tenant_id, id),
  constraint members_photo_file_key UNIQUE (tenant_id, file_id)
);
CREATE INDEX members_photo_band_1 ON public.members_photo USING btree (tenant_id, band_1) WHERE (until_at IS NULL);
CREATE INDEX members_photo_band_2 ON public.members_photo USING btree (tenant_id, band_2) WHERE (until_at IS NULL);
CREATE INDEX members_photo_band_3 ON public.members_photo USING btree (tenant_id, band_3) WHERE (until_at IS NULL);
CREATE INDEX members_photo_band_4 ON public.members_photo USING btree (tenant_id, band_4) WHERE (until_at IS NULL);
CREATE UNIQUE INDEX members_photo_current ON public.members_photo USING btree (tenant_id, member_id) WHERE (until_at IS NULL);
CREATE INDEX members_photo_member ON public.members_photo USING btree (tenant_id, member_id, since, id);
CREATE INDEX members_photo_scope ON public.members_photo USING btree (tenant_id, org_path);
alter table members_photo enable row level security;
alter table members_photo force row level security;
create policy members_photo_read on members_photo for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy members_photo_write on members_photo for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select, update on members_photo to tongxin_app;

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
  drawn_at timestamp with time zone not null,
  drawn_by uuid,
  constraint members_sample_percent_check CHECK (((percent >= 1) AND (percent <= 100))),
  constraint members_sample_quarter_check CHECK ((quarter ~ '^[0-9]{4}Q[1-4]$'::text)),
  constraint members_sample_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint members_sample_pkey PRIMARY KEY (tenant_id, id),
  constraint members_sample_quarter_key UNIQUE (tenant_id, org_id, quarter)
);
CREATE INDEX members_sample_scope ON public.members_sample USING btree (tenant_id, org_path, quarter, id);
alter table members_sample enable row level security;
alter table members_sample force row level security;
create policy members_sample_all on members_sample for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on members_sample to tongxin_app;

create table members_sample_row (
  tenant_id uuid not null,
  id uuid not null,
  sample_id uuid not null,
  change_id uuid not null,
  org_path text collate "C" not null,
  place integer not null,
  state text default 'open'::text not null,
  checked_by uuid,
  checked_at timestamp with time zone,
  note text,
  error_id uuid,
  constraint members_sample_row_checked_check CHECK (((state = 'open'::text) = (checked_by IS NULL))),
  constraint members_sample_row_state_check CHECK ((state = ANY (ARRAY['open'::text, 'right'::text, 'wrong'::text]))),
  constraint members_sample_row_wrong_check CHECK (((state = 'wrong'::text) = (error_id IS NOT NULL))),
  constraint members_sample_row_change_fkey FOREIGN KEY (tenant_id, change_id) REFERENCES members_change(tenant_id, id),
  constraint members_sample_row_sample_fkey FOREIGN KEY (tenant_id, sample_id) REFERENCES members_sample(tenant_id, id),
  constraint members_sample_row_pkey PRIMARY KEY (tenant_id, id),
  constraint members_sample_row_change_key UNIQUE (tenant_id, sample_id, change_id)
);
CREATE INDEX members_sample_row_scope ON public.members_sample_row USING btree (tenant_id, org_path, id);
alter table members_sample_row enable row level security;
alter table members_sample_row force row level security;
create policy members_sample_row_all on members_sample_row for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on members_sample_row to tongxin_app;

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
  constraint members_score_part_check CHECK (((LEAST(completeness, conflicts, freshness, errors, score) >= 0) AND (GREATEST(completeness, conflicts, freshness, errors, score) <= 1000))),
  constraint members_score_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint members_score_pkey PRIMARY KEY (tenant_id, org_id)
);
CREATE INDEX members_score_scope ON public.members_score USING btree (tenant_id, org_path, org_id);
CREATE INDEX members_score_worst ON public.members_score USING btree (tenant_id, score, org_id);
alter table members_score enable row level security;
alter table members_score force row level security;
create policy members_score_all on members_score for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select, update on members_score to tongxin_app;

create table members_structure (
  tenant_id uuid not null,
  org_path text collate "C" not null,
  on_day date not null,
  dimension text not null,
  child text collate "C" not null,
  child_id uuid not null,
  child_name text not null,
  value text not null,
  people integer not null,
  counted_at timestamp with time zone not null,
  constraint members_structure_people_check CHECK ((people > 0)),
  constraint members_structure_pkey PRIMARY KEY (tenant_id, org_path, on_day, dimension, child, value)
);
alter table members_structure enable row level security;
alter table members_structure force row level security;
create policy members_structure_all on members_structure for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select on members_structure to tongxin_app;

create table members_version (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  version integer not null,
  at timestamp with time zone not null,
  made_by uuid,
  source text not null,
  source_id uuid,
  reason text,
  fields text[] not null,
  before jsonb not null,
  after jsonb not null,
  sealed bytea,
  constraint members_version_source_check CHECK ((source = ANY (ARRAY['change'::text, 'import'::text, 'reversal'::text, 'deletion'::text, 'restoration'::text, 'development'::text, 'transfer'::text, 'membership'::text, 'merge'::text]))),
  constraint members_version_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX members_version_member ON public.members_version USING btree (tenant_id, member_id, id);
CREATE INDEX members_version_scope ON public.members_version USING btree (tenant_id, org_path, id);
CREATE INDEX members_version_source ON public.members_version USING btree (tenant_id, source_id) WHERE (source_id IS NOT NULL);
alter table members_version enable row level security;
alter table members_version force row level security;
create policy members_version_delete on members_version for delete
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy members_version_insert on members_version for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy members_version_read on members_version for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (person_id = app_person())));
create policy members_version_update on members_version for update
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant delete, insert, select, update on members_version to tongxin_app;

create table membership_absence (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  name text not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  host_id uuid,
  host_path text collate "C",
  host_name text,
  kind text not null,
  state text default 'open'::text not null,
  started_on date not null,
  ended_on date,
  end_kind text,
  end_note text,
  facts jsonb default '{}'::jsonb not null,
  last_contact_on date,
  contact_due_on date,
  confirmed_at timestamp with time zone,
  confirmed_by uuid,
  version integer default 1 not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint membership_absence_end_check CHECK (((state = 'ended'::text) = ((ended_on IS NOT NULL) AND (end_kind IS NOT NULL)))),
  constraint membership_absence_host_check CHECK (((host_id IS NULL) = (host_path IS NULL))),
  constraint membership_absence_kind_check CHECK ((kind = ANY (ARRAY['floating'::text, 'lost'::text, 'abroad'::text]))),
  constraint membership_absence_state_check CHECK ((state = ANY (ARRAY['open'::text, 'ended'::text]))),
  constraint membership_absence_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX membership_absence_host ON public.membership_absence USING btree (tenant_id, host_path, started_on, id) WHERE (host_path IS NOT NULL);
CREATE UNIQUE INDEX membership_absence_open ON public.membership_absence USING btree (tenant_id, member_id, kind) WHERE (state = 'open'::text);
CREATE INDEX membership_absence_person ON public.membership_absence USING btree (tenant_id, person_id);
CREATE INDEX membership_absence_scope ON public.membership_absence USING btree (tenant_id, org_path, started_on, id);
alter table membership_absence enable row level security;
alter table membership_absence force row level security;
create policy membership_absence_insert on membership_absence for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy membership_absence_read on membership_absence for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR app_in_scope(host_path) OR (person_id = app_person())));
create policy membership_absence_update on membership_absence for update
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR app_in_scope(host_path) OR (person_id = app_person())));
grant insert, select, update on membership_absence to tongxin_app;

create table membership_contact (
  tenant_id uuid not null,
  id uuid not null,
  absence_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  on_date date not null,
  way text not null,
  reached boolean not null,
  note text,
  by_person uuid not null,
  at timestamp with time zone not null,
  constraint membership_contact_absence_fkey FOREIGN KEY (tenant_id, absence_id) REFERENCES membership_absence(tenant_id, id),
  constraint membership_contact_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX membership_contact_absence ON public.membership_contact USING btree (tenant_id, absence_id, on_date);
CREATE INDEX membership_contact_scope ON public.membership_contact USING btree (tenant_id, org_path);
alter table membership_contact enable row level security;
alter table membership_contact force row level security;
create policy membership_contact_all on membership_contact for all
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (person_id = app_person())))
  with check ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (person_id = app_person())));
grant insert, select on membership_contact to tongxin_app;

create table membership_decision (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  name text not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  state text default 'proposed'::text not null,
  facts jsonb default '{}'::jsonb not null,
  rules jsonb default '[]'::jsonb not null,
  reason bytea not null,
  absence_id uuid,
  status_before text not null,
  proposed_by uuid not null,
  proposed_at timestamp with time zone not null,
  meeting jsonb,
  resolution bytea,
  meeting_by uuid,
  approved_by uuid,
  approved_at timestamp with time zone,
  approving_org text,
  document_number text,
  effective_on date,
  opinion bytea,
  returned_reason bytea,
  served_on date,
  served_way text,
  appealed_on date,
  appeal bytea,
  appeal_by uuid,
  appeal_opinion bytea,
  version integer default 1 not null,
  updated_at timestamp with time zone not null,
  constraint membership_decision_approved_check CHECK ((((approved_by IS NULL) = (effective_on IS NULL)) AND ((approved_by IS NULL) = (document_number IS NULL)))),
  constraint membership_decision_kind_check CHECK ((kind = ANY (ARRAY['stop'::text, 'restore'::text, 'withdrawal'::text, 'urged_withdrawal'::text, 'self_withdrawal'::text, 'removal'::text, 'expulsion'::text, 'death'::text]))),
  constraint membership_decision_second_check CHECK (((approved_by IS NULL) OR ((approved_by <> proposed_by) AND (approved_by IS DISTINCT FROM meeting_by)))),
  constraint membership_decision_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'branch_decided'::text, 'approved'::text, 'served'::text, 'appealed'::text, 'upheld'::text, 'changed'::text, 'not_carried'::text, 'returned'::text, 'withdrawn'::text]))),
  constraint membership_decision_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX membership_decision_open ON public.membership_decision USING btree (tenant_id, member_id) WHERE (state = ANY (ARRAY['proposed'::text, 'branch_decided'::text]));
CREATE INDEX membership_decision_person ON public.membership_decision USING btree (tenant_id, person_id);
CREATE INDEX membership_decision_scope ON public.membership_decision USING btree (tenant_id, org_path, proposed_at, id);
alter table membership_decision enable row level security;
alter table membership_decision force row level security;
create policy membership_decision_insert on membership_decision for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy membership_decision_read on membership_decision for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR ((person_id = app_person()) AND (approved_by IS NOT NULL))));
create policy membership_decision_update on membership_decision for update
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR ((person_id = app_person()) AND (approved_by IS NOT NULL))));
grant insert, select, update on membership_decision to tongxin_app;

create table membership_flow (
  tenant_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  month text collate "C" not null,
  cause text not null,
  people integer not null,
  constraint membership_flow_pkey PRIMARY KEY (tenant_id, unit_id, month, cause)
);
CREATE INDEX membership_flow_scope ON public.membership_flow USING btree (tenant_id, month, org_path);
alter table membership_flow enable row level security;
alter table membership_flow force row level security;
create policy membership_flow_all on membership_flow for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on membership_flow to tongxin_app;

create table membership_month (
  tenant_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  month text collate "C" not null,
  recorded integer,
  counted_at timestamp with time zone,
  state text default 'open'::text not null,
  confirmed_by uuid,
  closed_by uuid,
  reopened_reason text,
  updated_at timestamp with time zone not null,
  constraint membership_month_second_check CHECK (((closed_by IS NULL) OR (closed_by IS DISTINCT FROM confirmed_by))),
  constraint membership_month_state_check CHECK ((state = ANY (ARRAY['open'::text, 'confirmed'::text, 'closed'::text]))),
  constraint membership_month_pkey PRIMARY KEY (tenant_id, unit_id, month)
);
CREATE INDEX membership_month_scope ON public.membership_month USING btree (tenant_id, month, org_path);
alter table membership_month enable row level security;
alter table membership_month force row level security;
create policy membership_month_all on membership_month for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on membership_month to tongxin_app;

create table membership_movement (
  tenant_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  month text collate "C" not null,
  on_date date not null,
  cause text not null,
  people integer not null,
  member_id uuid,
  batch_id uuid,
  constraint membership_movement_people_check CHECK ((people <> 0)),
  constraint membership_movement_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX membership_movement_month ON public.membership_movement USING btree (tenant_id, month, on_date, id);
CREATE INDEX membership_movement_scope ON public.membership_movement USING btree (tenant_id, org_path, month, on_date, id);
alter table membership_movement enable row level security;
alter table membership_movement force row level security;
create policy membership_movement_all on membership_movement for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select on membership_movement to tongxin_app;

create table notices_circular (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  state text not null,
  level text not null,
  title text not null,
  body text not null,
  preface text,
  parent_id uuid,
  origin_id uuid,
  needs_confirm boolean not null,
  confirm_by timestamp with time zone,
  answer_kind text default 'none'::text not null,
  choices text[] default '{}'::text[] not null,
  send_at timestamp with time zone,
  sent_at timestamp with time zone,
  sent_by_id uuid,
  sent_by text,
  people integer default 0 not null,
  version smallint default 1 not null,
  confirm_version smallint default 1 not null,
  recalled_at timestamp with time zone,
  recalled_reason text,
  resent_at timestamp with time zone,
  resent smallint default 0 not null,
  reminded_on date,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  call smallint default 0 not null,
  call_after text collate "C",
  call_member uuid,
  called_at timestamp with time zone,
  constraint notices_circular_answer_check CHECK (((answer_kind = ANY (ARRAY['none'::text, 'text'::text, 'choice'::text])) AND ((answer_kind = 'choice'::text) = (cardinality(choices) > 0)))),
  constraint notices_circular_level_check CHECK ((level = ANY (ARRAY['normal'::text, 'important'::text, 'urgent'::text]))),
  constraint notices_circular_origin_check CHECK (((parent_id IS NULL) = (origin_id IS NULL))),
  constraint notices_circular_recalled_check CHECK (((state = 'recalled'::text) = ((recalled_at IS NOT NULL) AND (recalled_reason IS NOT NULL)))),
  constraint notices_circular_scheduled_check CHECK (((state <> 'scheduled'::text) OR (send_at IS NOT NULL))),
  constraint notices_circular_sent_check CHECK (((state = ANY (ARRAY['sent'::text, 'recalled'::text])) = (sent_at IS NOT NULL))),
  constraint notices_circular_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'sent'::text, 'recalled'::text]))),
  constraint notices_circular_version_check CHECK ((((version >= 1) AND (version <= 99)) AND ((confirm_version >= 1) AND (confirm_version <= version)))),
  constraint notices_circular_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX notices_circular_confirm ON public.notices_circular USING btree (tenant_id, confirm_by) WHERE ((state = 'sent'::text) AND (confirm_by IS NOT NULL));
CREATE INDEX notices_circular_due ON public.notices_circular USING btree (tenant_id, send_at) WHERE (state = 'scheduled'::text);
CREATE INDEX notices_circular_origin ON public.notices_circular USING btree (tenant_id, origin_id) WHERE (origin_id IS NOT NULL);
CREATE INDEX notices_circular_parent ON public.notices_circular USING btree (tenant_id, parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX notices_circular_scope ON public.notices_circular USING btree (tenant_id, org_path);
CREATE INDEX notices_circular_to_call ON public.notices_circular USING btree (tenant_id, sent_at) WHERE ((state = 'sent'::text) AND (called_at IS NULL));
CREATE INDEX notices_circular_updated ON public.notices_circular USING btree (tenant_id, updated_at, id);
alter table notices_circular enable row level security;
alter table notices_circular force row level security;
create policy notices_circular_delete on notices_circular for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path) AND (state = ANY (ARRAY['draft'::text, 'scheduled'::text])));
create policy notices_circular_insert on notices_circular for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy notices_circular_read on notices_circular for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path) OR (org_path = ANY (( SELECT notices_own_paths() AS notices_own_paths)::text[])) OR (EXISTS ( SELECT
   FROM notices_target t
  WHERE ((t.tenant_id = notices_circular.tenant_id) AND (t.circular_id = notices_circular.id) AND (t.person_id = ( SELECT app_person() AS app_person)))))));
create policy notices_circular_update on notices_circular for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select, update on notices_circular to tongxin_app;

create table notices_count (
  tenant_id uuid not null,
  circular_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  read integer not null,
  confirmed integer not null,
  answered integer not null,
  constraint notices_count_pkey PRIMARY KEY (tenant_id, circular_id, unit_id)
);
CREATE INDEX notices_count_scope ON public.notices_count USING btree (tenant_id, circular_id, org_path) INCLUDE (read, confirmed, answered);
alter table notices_count enable row level security;
alter table notices_count force row level security;
create policy notices_count_all on notices_count for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (org_path = ANY (( SELECT notices_own_paths() AS notices_own_paths)::text[]))))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (org_path = ANY (( SELECT notices_own_paths() AS notices_own_paths)::text[]))));
grant insert, select, update on notices_count to tongxin_app;

create table notices_delivery (
  tenant_id uuid not null,
  notice_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  sent_at timestamp with time zone not null,
  resent_at timestamp with time zone,
  resent smallint default 0 not null,
  read_at timestamp with time zone,
  confirmed_at timestamp with time zone,
  constraint notices_delivery_notice_fkey FOREIGN KEY (tenant_id, notice_id) REFERENCES notices_notice(tenant_id, id),
  constraint notices_delivery_pkey PRIMARY KEY (tenant_id, notice_id, person_id)
);
CREATE INDEX notices_delivery_inbox ON public.notices_delivery USING btree (tenant_id, person_id, sent_at, notice_id);
CREATE INDEX notices_delivery_scope ON public.notices_delivery USING btree (tenant_id, org_path, notice_id);
CREATE INDEX notices_delivery_unread ON public.notices_delivery USING btree (tenant_id, person_id) WHERE (read_at IS NULL);
alter table notices_delivery enable row level security;
alter table notices_delivery force row level security;
create policy notices_delivery_insert on notices_delivery for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy notices_delivery_read on notices_delivery for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (person_id = app_person())));
create policy notices_delivery_update on notices_delivery for update
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (person_id = app_person())));
grant insert, select, update on notices_delivery to tongxin_app;

create table notices_file (
  tenant_id uuid not null,
  file_id uuid not null,
  circular_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  place smallint not null,
  constraint notices_file_circular_fkey FOREIGN KEY (tenant_id, circular_id) REFERENCES notices_circular(tenant_id, id),
  constraint notices_file_pkey PRIMARY KEY (tenant_id, file_id)
);
CREATE INDEX notices_file_circular ON public.notices_file USING btree (tenant_id, circular_id, place);
CREATE INDEX notices_file_scope ON public.notices_file USING btree (tenant_id, org_path);
alter table notices_file enable row level security;
alter table notices_file force row level security;
create policy notices_file_delete on notices_file for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy notices_file_insert on notices_file for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy notices_file_read on notices_file for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (EXISTS ( SELECT
   FROM notices_circular c
  WHERE ((c.tenant_id = notices_file.tenant_id) AND (c.id = notices_file.circular_id))))));
create policy notices_file_update on notices_file for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select on notices_file to tongxin_app;

create table notices_notice (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid,
  org_path text collate "C" not null,
  kind text not null,
  level text not null,
  title text,
  body text,
  facts jsonb default '{}'::jsonb not null,
  path text,
  needs_confirm boolean default false not null,
  confirm_by timestamp with time zone,
  source_key text collate "C" not null,
  sent_by uuid,
  sent_at timestamp with time zone not null,
  delivered integer default 0 not null,
  constraint notices_notice_level_check CHECK ((level = ANY (ARRAY['normal'::text, 'important'::text, 'urgent'::text]))),
  constraint notices_notice_words_check CHECK (((kind = 'written'::text) = ((title IS NOT NULL) AND (body IS NOT NULL)))),
  constraint notices_notice_pkey PRIMARY KEY (tenant_id, id),
  constraint notices_notice_source_key UNIQUE (tenant_id, source_key)
);
CREATE INDEX notices_notice_scope ON public.notices_notice USING btree (tenant_id, org_path, sent_at, id);
alter table notices_notice enable row level security;
alter table notices_notice force row level security;
create policy notices_notice_insert on notices_notice for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy notices_notice_read on notices_notice for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR notices_told(id)));
create policy notices_notice_update on notices_notice for update
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on notices_notice to tongxin_app;

create table notices_preference (
  tenant_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  quiet_from smallint not null,
  quiet_until smallint not null,
  updated_at timestamp with time zone not null,
  constraint notices_preference_hours_check CHECK ((((quiet_from >= 0) AND (quiet_from <= 23)) AND ((quiet_until >= 0) AND (quiet_until <= 23)))),
  constraint notices_preference_pkey PRIMARY KEY (tenant_id, person_id)
);
CREATE INDEX notices_preference_scope ON public.notices_preference USING btree (tenant_id, org_path);
alter table notices_preference enable row level security;
alter table notices_preference force row level security;
create policy notices_preference_all on notices_preference for all
  using ((tenant_id = app_tenant()) AND (person_id = app_person()))
  with check ((tenant_id = app_tenant()) AND (person_id = app_person()));
create policy notices_preference_jobs on notices_preference for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (( SELECT app_person() AS app_person) IS NULL) AND app_in_scope(org_path));
grant insert, select, update on notices_preference to tongxin_app;

create table notices_receipt (
  tenant_id uuid not null,
  circular_id uuid not null,
  person_id uuid not null,
  member_id uuid,
  unit_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  read_at timestamp with time zone not null,
  read_version smallint not null,
  confirmed_at timestamp with time zone,
  confirmed_version smallint,
  answer text,
  answered_at timestamp with time zone,
  constraint notices_receipt_answered_check CHECK (((answer IS NULL) = (answered_at IS NULL))),
  constraint notices_receipt_confirmed_check CHECK (((confirmed_at IS NULL) = (confirmed_version IS NULL))),
  constraint notices_receipt_circular_fkey FOREIGN KEY (tenant_id, circular_id) REFERENCES notices_circular(tenant_id, id),
  constraint notices_receipt_pkey PRIMARY KEY (tenant_id, circular_id, person_id)
);
CREATE INDEX notices_receipt_listed ON public.notices_receipt USING btree (tenant_id, circular_id, read_at, person_id);
CREATE INDEX notices_receipt_person ON public.notices_receipt USING btree (tenant_id, person_id, circular_id);
CREATE INDEX notices_receipt_scope ON public.notices_receipt USING btree (tenant_id, org_path, circular_id);
alter table notices_receipt enable row level security;
alter table notices_receipt force row level security;
create policy notices_receipt_insert on notices_receipt for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)));
create policy notices_receipt_read on notices_receipt for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy notices_receipt_update on notices_receipt for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on notices_receipt to tongxin_app;

create table notices_target (
  tenant_id uuid not null,
  id uuid not null,
  circular_id uuid not null,
  org_path text collate "C" not null,
  is_except boolean not null,
  unit_id uuid,
  audience_path text collate "C",
  audience_kinds text[] default '{}'::text[] not null,
  audience_posts text[] default '{}'::text[] not null,
  audience_levels text[] default '{}'::text[] not null,
  person_id uuid,
  member_id uuid,
  name text not null,
  sent_at timestamp with time zone,
  constraint notices_target_one_check CHECK ((((unit_id IS NULL) = (audience_path IS NULL)) AND ((unit_id IS NULL) <> (person_id IS NULL)))),
  constraint notices_target_circular_fkey FOREIGN KEY (tenant_id, circular_id) REFERENCES notices_circular(tenant_id, id),
  constraint notices_target_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX notices_target_audience ON public.notices_target USING btree (tenant_id, audience_path, sent_at, circular_id) WHERE ((sent_at IS NOT NULL) AND (NOT is_except));
CREATE INDEX notices_target_circular ON public.notices_target USING btree (tenant_id, circular_id);
CREATE INDEX notices_target_person ON public.notices_target USING btree (tenant_id, person_id, sent_at, circular_id) WHERE (person_id IS NOT NULL);
CREATE INDEX notices_target_scope ON public.notices_target USING btree (tenant_id, org_path);
alter table notices_target enable row level security;
alter table notices_target force row level security;
create policy notices_target_delete on notices_target for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy notices_target_insert on notices_target for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy notices_target_read on notices_target for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_in_scope(audience_path) OR app_above_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person)) OR (org_path = ANY (( SELECT notices_own_paths() AS notices_own_paths)::text[]))));
create policy notices_target_update on notices_target for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_in_scope(audience_path)));
grant delete, insert, select, update on notices_target to tongxin_app;

create table notices_version (
  tenant_id uuid not null,
  circular_id uuid not null,
  version smallint not null,
  org_path text collate "C" not null,
  title text not null,
  body text not null,
  note text,
  asks_again boolean not null,
  by_name text not null,
  at timestamp with time zone not null,
  constraint notices_version_circular_fkey FOREIGN KEY (tenant_id, circular_id) REFERENCES notices_circular(tenant_id, id),
  constraint notices_version_pkey PRIMARY KEY (tenant_id, circular_id, version)
);
CREATE INDEX notices_version_scope ON public.notices_version USING btree (tenant_id, org_path);
alter table notices_version enable row level security;
alter table notices_version force row level security;
create policy notices_version_insert on notices_version for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy notices_version_read on notices_version for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (EXISTS ( SELECT
   FROM notices_circular c
  WHERE ((c.tenant_id = notices_version.tenant_id) AND (c.id = notices_version.circular_id))))));
create policy notices_version_update on notices_version for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on notices_version to tongxin_app;

create table org_change (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  effective_on date not null,
  document_number text,
  reason text,
  before jsonb not null,
  after jsonb not null,
  made_by uuid not null,
  made_by_name text,
  made_at timestamp with time zone not null,
  constraint org_change_what_check CHECK ((kind = ANY (ARRAY['founded'::text, 'renamed'::text, 'moved'::text, 'upgraded'::text, 'merged'::text, 'split'::text, 'dissolved'::text, 'corrected'::text, 'committee_changed'::text, 'term_shifted'::text]))) NOT VALID,
  constraint org_change_unit_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES org_unit(tenant_id, id),
  constraint org_change_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX org_change_unit ON public.org_change USING btree (tenant_id, unit_id, effective_on, id);
alter table org_change enable row level security;
alter table org_change force row level security;
create policy org_change_all on org_change for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on org_change to tongxin_app;

create table org_count (
  tenant_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  category text not null,
  people integer not null,
  constraint org_count_unit_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES org_unit(tenant_id, id),
  constraint org_count_pkey PRIMARY KEY (tenant_id, unit_id, category)
);
CREATE INDEX org_count_scope ON public.org_count USING btree (tenant_id, org_path);
alter table org_count enable row level security;
alter table org_count force row level security;
create policy org_count_all on org_count for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant delete, insert, select, update on org_count to tongxin_app;

create table org_count_delta (
  tenant_id uuid not null,
  id uuid not null,
  org_path text collate "C" not null,
  category text not null,
  delta integer not null,
  constraint org_count_delta_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX org_count_delta_scope ON public.org_count_delta USING btree (tenant_id, org_path);
alter table org_count_delta enable row level security;
alter table org_count_delta force row level security;
create policy org_count_delta_all on org_count_delta for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant delete, insert, select, update on org_count_delta to tongxin_app;

create table org_post (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  post text not null,
  member_id uuid not null,
  name text not null,
  from_on date not null,
  until_on date,
  document_number text,
  ended_reason text,
  created_at timestamp with time zone not null,
  way text,
  report_document text,
  reported_on date,
  constraint org_post_period_check CHECK ((until_on >= from_on)),
  constraint org_post_post_check CHECK ((post = ANY (ARRAY['secretary'::text, 'deputy_secretary'::text, 'standing_member'::text, 'organisation'::text, 'publicity'::text, 'discipline'::text, 'youth'::text, 'committee_member'::text, 'group_leader'::text]))),
  constraint org_post_report_check CHECK (((report_document IS NULL) = (reported_on IS NULL))),
  constraint org_post_way_check CHECK ((way = ANY (ARRAY['elected'::text, 'by_election'::text, 'appointed'::text]))),
  constraint org_post_unit_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES org_unit(tenant_id, id),
  constraint org_post_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX org_post_holder_key ON public.org_post USING btree (tenant_id, unit_id, post, member_id) WHERE (until_on IS NULL);
CREATE INDEX org_post_scope ON public.org_post USING btree (tenant_id, org_path);
CREATE UNIQUE INDEX org_post_secretary_key ON public.org_post USING btree (tenant_id, unit_id) WHERE ((until_on IS NULL) AND (post = 'secretary'::text));
alter table org_post enable row level security;
alter table org_post force row level security;
create policy org_post_all on org_post for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy org_post_own on org_post for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (member_id = ( SELECT app_member() AS app_member)));
grant insert, select, update on org_post to tongxin_app;

create table org_term (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  ordinal smallint,
  from_on date not null,
  until_on date not null,
  planned_until_on date not null,
  ended_on date,
  seats smallint,
  document_number text,
  shift_document text,
  shift_approved_on date,
  shift_reason text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint org_term_ended_check CHECK ((ended_on >= from_on)),
  constraint org_term_period_check CHECK (((until_on >= from_on) AND (planned_until_on >= from_on))),
  constraint org_term_seats_check CHECK (((seats >= 1) AND (seats <= 60))),
  constraint org_term_shift_check CHECK (((shift_document IS NULL) = (until_on = planned_until_on))),
  constraint org_term_unit_fkey FOREIGN KEY (tenant_id, unit_id) REFERENCES org_unit(tenant_id, id),
  constraint org_term_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX org_term_running_key ON public.org_term USING btree (tenant_id, unit_id) WHERE (ended_on IS NULL);
CREATE INDEX org_term_scope ON public.org_term USING btree (tenant_id, org_path);
CREATE INDEX org_term_unit ON public.org_term USING btree (tenant_id, unit_id, from_on);
alter table org_term enable row level security;
alter table org_term force row level security;
create policy org_term_all on org_term for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on org_term to tongxin_app;

create table org_total (
  tenant_id uuid not null,
  org_path text collate "C" not null,
  category text not null,
  people integer not null,
  constraint org_total_pkey PRIMARY KEY (tenant_id, org_path, category)
);
alter table org_total enable row level security;
alter table org_total force row level security;
create policy org_total_all on org_total for all
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path))
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant delete, insert, select, update on org_total to tongxin_app;

create table org_unit (
  tenant_id uuid not null,
  id uuid not null,
  path text collate "C" not null,
  parent_id uuid,
  kind text not null,
  name text not null,
  short_name text,
  pinyin text collate "C" default ''::text not null,
  initials text collate "C" default ''::text not null,
  code text,
  founded_on date,
  founding_document text,
  approved_by text,
  dissolved_on date,
  dissolving_document text,
  facts jsonb default '{}'::jsonb not null,
  tags text[] default '{}'::text[] not null,
  sort_order integer default 0 not null,
  term_ordinal integer,
  term_from date,
  term_until date,
  last_label integer default 0 not null,
  merged_into uuid,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint org_unit_kind_check CHECK ((kind = ANY (ARRAY['committee'::text, 'general_branch'::text, 'branch'::text, 'joint_branch'::text, 'temporary_branch'::text, 'group'::text, 'leading_group'::text, 'working_committee'::text]))),
  constraint org_unit_path_check CHECK ((path ~ '^[0-9a-z]+([.][0-9a-z]+)*$'::text)),
  constraint org_unit_term_check CHECK ((term_until >= term_from)),
  constraint org_unit_parent_fkey FOREIGN KEY (tenant_id, parent_id) REFERENCES org_unit(tenant_id, id),
  constraint org_unit_pkey PRIMARY KEY (tenant_id, id),
  constraint org_unit_path_key UNIQUE (tenant_id, path)
);
CREATE UNIQUE INDEX org_unit_code_key ON public.org_unit USING btree (tenant_id, code) WHERE (code IS NOT NULL);
CREATE INDEX org_unit_initials ON public.org_unit USING btree (tenant_id, initials);
CREATE UNIQUE INDEX org_unit_name_key ON public.org_unit USING btree (tenant_id, parent_id, name) WHERE (dissolved_on IS NULL);
CREATE INDEX org_unit_parent ON public.org_unit USING btree (tenant_id, parent_id);
CREATE INDEX org_unit_pinyin ON public.org_unit USING btree (tenant_id, pinyin);
alter table org_unit enable row level security;
alter table org_unit force row level security;
create policy org_unit_insert on org_unit for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(path));
create policy org_unit_read on org_unit for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(path) OR app_above_scope(path)));
create policy org_unit_update on org_unit for update
  using ((tenant_id = app_tenant()) AND app_in_scope(path));
grant insert, select, update on org_unit to tongxin_app;

create table platform_consumer (
  tenant_id uuid not null,
  name text not null,
  xid xid8 not null,
  event_id uuid not null,
  constraint platform_consumer_pkey PRIMARY KEY (tenant_id, name)
);
grant delete, insert, select, update on platform_consumer to tongxin_app;

create table platform_delivery (
  tenant_id uuid not null,
  consumer text not null,
  event_id uuid not null,
  tries smallint default 0 not null,
  next_at timestamp with time zone not null,
  error text,
  parked_at timestamp with time zone,
  constraint platform_delivery_pkey PRIMARY KEY (tenant_id, consumer, event_id)
);
CREATE INDEX platform_delivery_due ON public.platform_delivery USING btree (next_at) WHERE (parked_at IS NULL);
grant delete, insert, select, update on platform_delivery to tongxin_app;

create table platform_event (
  tenant_id uuid not null,
  id uuid not null,
  xid xid8 default pg_current_xact_id() not null,
  at timestamp with time zone not null,
  type text not null,
  actor_id uuid,
  grant_id uuid,
  org_path text collate "C" not null,
  subject_kind text not null,
  subject_id uuid,
  person_id uuid,
  outcome text default 'done'::text not null,
  reason text,
  payload jsonb default '{}'::jsonb not null,
  before_hash bytea,
  after_hash bytea,
  request_id text,
  constraint platform_event_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX platform_event_actor ON public.platform_event USING btree (tenant_id, actor_id, id) WHERE (actor_id IS NOT NULL);
CREATE INDEX platform_event_person ON public.platform_event USING btree (tenant_id, person_id, id) WHERE (person_id IS NOT NULL);
CREATE INDEX platform_event_scope ON public.platform_event USING btree (tenant_id, org_path, id);
CREATE INDEX platform_event_stream ON public.platform_event USING btree (tenant_id, xid, id);
CREATE INDEX platform_event_subject ON public.platform_event USING btree (tenant_id, subject_id, id);
CREATE INDEX platform_event_type ON public.platform_event USING btree (tenant_id, type, id);
alter table platform_event enable row level security;
alter table platform_event force row level security;
create policy platform_event_read on platform_event for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR (person_id = app_person()) OR (actor_id = app_person())));
create policy platform_event_write on platform_event for insert
  with check (tenant_id = app_tenant());
grant insert, select on platform_event to tongxin_app;

create table platform_idempotency (
  person_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status smallint,
  reply text,
  at timestamp with time zone not null,
  constraint platform_idempotency_pkey PRIMARY KEY (person_id, key)
);
CREATE INDEX platform_idempotency_age ON public.platform_idempotency USING btree (at);
grant delete, insert, select, update on platform_idempotency to tongxin_app;

create table platform_migration (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default now() not null,
  constraint platform_migration_pkey PRIMARY KEY (name)
);
grant select on platform_migration to tongxin_app;

create table platform_tenant (
  id uuid not null,
  path text collate "C" not null,
  name text not null,
  created_at timestamp with time zone not null,
  constraint platform_tenant_pkey PRIMARY KEY (id),
  constraint platform_tenant_path_key UNIQUE (path)
);
grant insert, select, update on platform_tenant to tongxin_app;

create table publishing_article (
  tenant_id uuid not null,
  id uuid not null,
  column_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  kind text not null,
  audience text not null,
  audience_path text collate "C" not null,
  state text default 'draft'::text not null,
  stage text,
  title text not null,
  words text default ''::text not null,
  content jsonb,
  is_pinned boolean default false not null,
  is_listed boolean default true not null,
  live_number smallint default 0 not null,
  corrections jsonb default '[]'::jsonb not null,
  reason text,
  is_consent_withdrawn boolean default false not null,
  version integer default 1 not null,
  released_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint publishing_article_reason_check CHECK (((state <> 'withdrawn'::text) OR (reason IS NOT NULL))),
  constraint publishing_article_shown_check CHECK (((state <> 'released'::text) OR ((content IS NOT NULL) AND (released_at IS NOT NULL)))),
  constraint publishing_article_stage_check CHECK ((stage = ANY (ARRAY['editing'::text, 'review'::text, 'final'::text, 'ready'::text]))),
  constraint publishing_article_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'released'::text, 'withdrawn'::text]))),
  constraint publishing_article_column_fkey FOREIGN KEY (tenant_id, column_id) REFERENCES publishing_column(tenant_id, id),
  constraint publishing_article_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX publishing_article_in_column ON public.publishing_article USING btree (tenant_id, column_id, released_at DESC, id);
CREATE INDEX publishing_article_readers ON public.publishing_article USING btree (tenant_id, audience_path);
CREATE INDEX publishing_article_released ON public.publishing_article USING btree (tenant_id, released_at DESC, id) WHERE ((state = 'released'::text) AND is_listed);
CREATE INDEX publishing_article_scope ON public.publishing_article USING btree (tenant_id, org_path);
CREATE INDEX publishing_article_stages ON public.publishing_article USING btree (tenant_id, stage, org_path) WHERE (stage IS NOT NULL);
CREATE INDEX publishing_article_updated ON public.publishing_article USING btree (tenant_id, updated_at, id);
alter table publishing_article enable row level security;
alter table publishing_article force row level security;
create policy publishing_article_insert on publishing_article for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy publishing_article_read on publishing_article for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR ((state = 'released'::text) AND is_listed AND ((audience <> 'subtree'::text) OR app_in_scope(audience_path) OR app_above_scope(audience_path)))));
create policy publishing_article_update on publishing_article for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_in_scope(audience_path)));
grant insert, select, update on publishing_article to tongxin_app;

create table publishing_column (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  kind text not null,
  name text not null,
  note text not null,
  audience text not null,
  comments text not null,
  link_hosts text[] not null,
  position smallint not null,
  is_open boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint publishing_column_audience_check CHECK ((audience = ANY (ARRAY['public'::text, 'signed_in'::text, 'subtree'::text]))),
  constraint publishing_column_comments_check CHECK ((comments = ANY (ARRAY['none'::text, 'pre'::text, 'post'::text]))),
  constraint publishing_column_kind_check CHECK ((kind = ANY (ARRAY['news'::text, 'openness'::text, 'showcase'::text]))),
  constraint publishing_column_pkey PRIMARY KEY (tenant_id, id),
  constraint publishing_column_name_key UNIQUE (tenant_id, unit_id, name)
);
CREATE INDEX publishing_column_scope ON public.publishing_column USING btree (tenant_id, org_path);
alter table publishing_column enable row level security;
alter table publishing_column force row level security;
create policy publishing_column_insert on publishing_column for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy publishing_column_read on publishing_column for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path) OR (is_open AND (audience = ANY (ARRAY['public'::text, 'signed_in'::text])))));
create policy publishing_column_update on publishing_column for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on publishing_column to tongxin_app;

create table publishing_comment (
  tenant_id uuid not null,
  id uuid not null,
  article_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  person_id uuid,
  by_name text,
  words text not null,
  state text not null,
  reason text,
  decided_by text,
  decided_by_id uuid,
  at timestamp with time zone not null,
  decided_at timestamp with time zone,
  constraint publishing_comment_kind_check CHECK ((((kind = 'comment'::text) = (person_id IS NOT NULL)) AND (kind = ANY (ARRAY['comment'::text, 'feedback'::text])))),
  constraint publishing_comment_reason_check CHECK (((state <> 'hidden'::text) OR (reason IS NOT NULL))),
  constraint publishing_comment_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'shown'::text, 'hidden'::text, 'taken_back'::text]))),
  constraint publishing_comment_article_fkey FOREIGN KEY (tenant_id, article_id) REFERENCES publishing_article(tenant_id, id),
  constraint publishing_comment_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX publishing_comment_article ON public.publishing_comment USING btree (tenant_id, article_id, at DESC, id);
CREATE INDEX publishing_comment_at ON public.publishing_comment USING btree (tenant_id, at, id);
CREATE INDEX publishing_comment_person ON public.publishing_comment USING btree (tenant_id, person_id, article_id) WHERE (person_id IS NOT NULL);
CREATE INDEX publishing_comment_scope ON public.publishing_comment USING btree (tenant_id, org_path, at);
CREATE INDEX publishing_comment_waiting ON public.publishing_comment USING btree (tenant_id, org_path) WHERE (state = 'waiting'::text);
alter table publishing_comment enable row level security;
alter table publishing_comment force row level security;
create policy publishing_comment_insert on publishing_comment for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy publishing_comment_read on publishing_comment for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person)) OR (state = 'shown'::text)));
create policy publishing_comment_update on publishing_comment for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on publishing_comment to tongxin_app;

create table publishing_count (
  tenant_id uuid not null,
  article_id uuid not null,
  on_date date not null,
  source text not null,
  org_path text collate "C" not null,
  reads integer default 0 not null,
  shares integer default 0 not null,
  constraint publishing_count_source_check CHECK ((source = ANY (ARRAY['member'::text, 'portal'::text, 'feed'::text, 'share'::text, 'search'::text, 'wechat'::text, 'other'::text]))),
  constraint publishing_count_pkey PRIMARY KEY (tenant_id, article_id, on_date, source)
);
CREATE INDEX publishing_count_scope ON public.publishing_count USING btree (tenant_id, org_path);
alter table publishing_count enable row level security;
alter table publishing_count force row level security;
create policy publishing_count_insert on publishing_count for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy publishing_count_read on publishing_count for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy publishing_count_update on publishing_count for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on publishing_count to tongxin_app;

create table publishing_link (
  tenant_id uuid not null,
  id uuid not null,
  article_id uuid not null,
  org_path text collate "C" not null,
  url text not null,
  state text default 'unchecked'::text not null,
  said text,
  failures smallint default 0 not null,
  checked_at timestamp with time zone,
  constraint publishing_link_state_check CHECK ((state = ANY (ARRAY['unchecked'::text, 'sound'::text, 'broken'::text]))),
  constraint publishing_link_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX publishing_link_article ON public.publishing_link USING btree (tenant_id, article_id, state);
CREATE INDEX publishing_link_due ON public.publishing_link USING btree (tenant_id, checked_at);
CREATE INDEX publishing_link_scope ON public.publishing_link USING btree (tenant_id, org_path);
alter table publishing_link enable row level security;
alter table publishing_link force row level security;
create policy publishing_link_delete on publishing_link for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy publishing_link_insert on publishing_link for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy publishing_link_read on publishing_link for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy publishing_link_update on publishing_link for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select, update on publishing_link to tongxin_app;

create table publishing_stamp (
  tenant_id uuid not null,
  place text not null,
  stamp integer not null,
  constraint publishing_stamp_pkey PRIMARY KEY (tenant_id, place)
);
alter table publishing_stamp enable row level security;
alter table publishing_stamp force row level security;
create policy publishing_stamp_insert on publishing_stamp for insert
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
create policy publishing_stamp_read on publishing_stamp for select
  using (tenant_id = ( SELECT app_tenant() AS app_tenant));
create policy publishing_stamp_update on publishing_stamp for update
  using (tenant_id = ( SELECT app_tenant() AS app_tenant));
grant insert, select, update on publishing_stamp to tongxin_app;

create table publishing_step (
  tenant_id uuid not null,
  id uuid not null,
  article_id uuid not null,
  org_path text collate "C" not null,
  kind text not null,
  words text,
  by_name text not null,
  at timestamp with time zone not null,
  constraint publishing_step_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX publishing_step_article ON public.publishing_step USING btree (tenant_id, article_id, at);
CREATE INDEX publishing_step_scope ON public.publishing_step USING btree (tenant_id, org_path);
alter table publishing_step enable row level security;
alter table publishing_step force row level security;
create policy publishing_step_insert on publishing_step for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy publishing_step_read on publishing_step for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy publishing_step_update on publishing_step for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on publishing_step to tongxin_app;

create table publishing_text (
  tenant_id uuid not null,
  id uuid not null,
  article_id uuid not null,
  org_path text collate "C" not null,
  number smallint not null,
  state text not null,
  content jsonb not null,
  note text,
  editor_id uuid not null,
  editor_name text not null,
  editor_ids uuid[] not null,
  reviewer_id uuid,
  reviewer_name text,
  finisher_id uuid,
  finisher_name text,
  release_at timestamp with time zone,
  shown_at timestamp with time zone,
  constraint publishing_text_hands_check CHECK (((state <> 'shown'::text) OR ((reviewer_id IS NOT NULL) AND (finisher_id IS NOT NULL) AND (reviewer_id <> ALL (editor_ids)) AND (finisher_id <> ALL (editor_ids)) AND (finisher_id <> reviewer_id)))),
  constraint publishing_text_state_check CHECK ((state = ANY (ARRAY['working'::text, 'shown'::text, 'dropped'::text]))),
  constraint publishing_text_article_fkey FOREIGN KEY (tenant_id, article_id) REFERENCES publishing_article(tenant_id, id),
  constraint publishing_text_pkey PRIMARY KEY (tenant_id, id),
  constraint publishing_text_number_key UNIQUE (tenant_id, article_id, number)
);
CREATE INDEX publishing_text_due ON public.publishing_text USING btree (tenant_id, release_at) WHERE ((state = 'working'::text) AND (finisher_id IS NOT NULL));
CREATE INDEX publishing_text_scope ON public.publishing_text USING btree (tenant_id, org_path);
CREATE UNIQUE INDEX publishing_text_working ON public.publishing_text USING btree (tenant_id, article_id) WHERE (state = 'working'::text);
alter table publishing_text enable row level security;
alter table publishing_text force row level security;
create policy publishing_text_insert on publishing_text for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy publishing_text_read on publishing_text for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy publishing_text_update on publishing_text for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on publishing_text to tongxin_app;

create table settings_day (
  tenant_id uuid not null,
  id uuid not null,
  day date not null,
  kind text not null,
  name text not null,
  constraint settings_day_kind_check CHECK ((kind = ANY (ARRAY['holiday'::text, 'workday'::text]))),
  constraint settings_day_pkey PRIMARY KEY (tenant_id, id),
  constraint settings_day_day_key UNIQUE (tenant_id, day)
);
alter table settings_day enable row level security;
alter table settings_day force row level security;
create policy settings_day_all on settings_day for all
  using (tenant_id = app_tenant())
  with check (tenant_id = app_tenant());
grant delete, insert, select, update on settings_day to tongxin_app;

create table settings_default_view (
  tenant_id uuid not null,
  person_id uuid not null,
  list text not null,
  filter_id uuid not null,
  chosen_at timestamp with time zone not null,
  constraint settings_default_view_filter_fkey FOREIGN KEY (tenant_id, filter_id) REFERENCES settings_filter(tenant_id, id) ON DELETE CASCADE,
  constraint settings_default_view_pkey PRIMARY KEY (tenant_id, person_id, list)
);
CREATE INDEX settings_default_view_filter ON public.settings_default_view USING btree (tenant_id, filter_id);
alter table settings_default_view enable row level security;
alter table settings_default_view force row level security;
create policy settings_default_view_own on settings_default_view for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)));
grant delete, insert, select, update on settings_default_view to tongxin_app;

create table settings_entry (
  tenant_id uuid not null,
  id uuid not null,
  dictionary text not null,
  code text not null,
  zh text not null,
  en text not null,
  sort_order integer default 0 not null,
  active boolean default true not null,
  version integer default 1 not null,
  constraint settings_entry_pkey PRIMARY KEY (tenant_id, id),
  constraint settings_entry_code_key UNIQUE (tenant_id, dictionary, code)
);
alter table settings_entry enable row level security;
alter table settings_entry force row level security;
create policy settings_entry_all on settings_entry for all
  using (tenant_id = app_tenant())
  with check (tenant_id = app_tenant());
grant insert, select, update on settings_entry to tongxin_app;

create table settings_filter (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  list text not null,
  name text not null,
  filter jsonb not null,
  saved_at timestamp with time zone not null,
  seen_by text default 'me'::text not null,
  org_id uuid,
  org_path text collate "C",
  removed_at timestamp with time zone,
  constraint settings_filter_seen_check CHECK ((seen_by = ANY (ARRAY['me'::text, 'org'::text, 'below'::text]))),
  constraint settings_filter_shared_check CHECK ((((seen_by = 'me'::text) = (org_path IS NULL)) AND ((org_id IS NULL) = (org_path IS NULL)))),
  constraint settings_filter_pkey PRIMARY KEY (tenant_id, id),
  constraint settings_filter_name_key UNIQUE (tenant_id, person_id, list, name)
);
CREATE INDEX settings_filter_shared ON public.settings_filter USING btree (tenant_id, list, org_path) WHERE (org_path IS NOT NULL);
alter table settings_filter enable row level security;
alter table settings_filter force row level security;
create policy settings_filter_delete on settings_filter for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)));
create policy settings_filter_insert on settings_filter for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)));
create policy settings_filter_read on settings_filter for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR app_in_scope(org_path) OR ((seen_by = 'below'::text) AND app_above_scope(org_path))));
create policy settings_filter_update on settings_filter for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR app_in_scope(org_path)))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((person_id = ( SELECT app_person() AS app_person)) OR app_in_scope(org_path)));
grant delete, insert, select, update on settings_filter to tongxin_app;

create table settings_value (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  code text not null,
  value jsonb not null,
  effective_from date not null,
  state text not null,
  reason text not null,
  proposed_by uuid not null,
  proposed_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  decision_reason text,
  version integer default 1 not null,
  constraint settings_value_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'in_force'::text, 'refused'::text, 'withdrawn'::text]))),
  constraint settings_value_two_people_check CHECK (((decided_by IS NULL) OR (state = 'withdrawn'::text) OR (decided_by <> proposed_by))),
  constraint settings_value_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint settings_value_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX settings_value_code ON public.settings_value USING btree (tenant_id, code, org_path, effective_from, id);
CREATE UNIQUE INDEX settings_value_proposal_key ON public.settings_value USING btree (tenant_id, org_id, code) WHERE (state = 'proposed'::text);
alter table settings_value enable row level security;
alter table settings_value force row level security;
create policy settings_value_insert on settings_value for insert
  with check ((tenant_id = app_tenant()) AND app_in_scope(org_path));
create policy settings_value_read on settings_value for select
  using ((tenant_id = app_tenant()) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy settings_value_update on settings_value for update
  using ((tenant_id = app_tenant()) AND app_in_scope(org_path));
grant insert, select, update on settings_value to tongxin_app;

create table study_campaign (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  title text collate "C" not null,
  theme text not null,
  about text not null,
  from_on date not null,
  until_on date not null,
  tasks jsonb not null,
  questions jsonb not null,
  is_moderated boolean not null,
  state text not null,
  summary text,
  summary_by text,
  outcome text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  audience_kinds text[] default ARRAY['formal'::text, 'probationary'::text, 'activist'::text, 'masses'::text] not null,
  audience_posts text[] default '{}'::text[] not null,
  audience_levels text[] default '{}'::text[] not null,
  constraint study_campaign_closed_check CHECK (((state <> 'closed'::text) OR (outcome IS NOT NULL))),
  constraint study_campaign_dates_check CHECK ((until_on >= from_on)),
  constraint study_campaign_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'closed'::text]))),
  constraint study_campaign_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX study_campaign_made ON public.study_campaign USING btree (tenant_id, created_at, id);
CREATE INDEX study_campaign_scope ON public.study_campaign USING btree (tenant_id, org_path, created_at, id);
CREATE INDEX study_campaign_until ON public.study_campaign USING btree (tenant_id, until_on, id);
alter table study_campaign enable row level security;
alter table study_campaign force row level security;
create policy study_campaign_insert on study_campaign for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy study_campaign_read on study_campaign for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR ((state <> 'draft'::text) AND app_above_scope(org_path))));
create policy study_campaign_update on study_campaign for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on study_campaign to tongxin_app;

create table study_checkin (
  tenant_id uuid not null,
  person_id uuid not null,
  on_date date not null,
  kind text not null,
  words text not null,
  is_made_up boolean not null,
  at timestamp with time zone not null,
  constraint study_checkin_kind_check CHECK ((kind = ANY (ARRAY['read'::text, 'listen'::text, 'write'::text, 'discuss'::text, 'practise'::text]))),
  constraint study_checkin_pkey PRIMARY KEY (tenant_id, person_id, on_date)
);
alter table study_checkin enable row level security;
alter table study_checkin force row level security;
create policy study_checkin_own on study_checkin for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)));
grant delete, insert, select, update on study_checkin to tongxin_app;

create table study_done (
  tenant_id uuid not null,
  campaign_id uuid not null,
  task_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  at timestamp with time zone not null,
  constraint study_done_pkey PRIMARY KEY (tenant_id, campaign_id, task_id, person_id)
);
CREATE INDEX study_done_person ON public.study_done USING btree (tenant_id, person_id);
CREATE INDEX study_done_scope ON public.study_done USING btree (tenant_id, org_path);
alter table study_done enable row level security;
alter table study_done force row level security;
create policy study_done_delete on study_done for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)));
create policy study_done_insert on study_done for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy study_done_read on study_done for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy study_done_update on study_done for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select on study_done to tongxin_app;

create table study_draft (
  tenant_id uuid not null,
  person_id uuid not null,
  key uuid not null,
  title text not null,
  body text not null,
  saved_at timestamp with time zone not null,
  constraint study_draft_pkey PRIMARY KEY (tenant_id, person_id, key)
);
alter table study_draft enable row level security;
alter table study_draft force row level security;
create policy study_draft_own on study_draft for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)));
grant delete, insert, select, update on study_draft to tongxin_app;

create table study_feedback (
  tenant_id uuid not null,
  id uuid not null,
  group_id uuid not null,
  session_id uuid not null,
  from_person_id uuid not null,
  to_person_id uuid not null,
  from_name text not null,
  to_name text not null,
  body text not null,
  at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint study_feedback_two_check CHECK ((from_person_id <> to_person_id)),
  constraint study_feedback_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX study_feedback_group ON public.study_feedback USING btree (tenant_id, group_id, at);
alter table study_feedback enable row level security;
alter table study_feedback force row level security;
create policy study_feedback_insert on study_feedback for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (from_person_id = ( SELECT app_person() AS app_person)));
create policy study_feedback_read on study_feedback for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND ((from_person_id = ( SELECT app_person() AS app_person)) OR (to_person_id = ( SELECT app_person() AS app_person))));
create policy study_feedback_update on study_feedback for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (to_person_id = ( SELECT app_person() AS app_person)));
grant insert, select on study_feedback to tongxin_app;

create table study_group (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  name text collate "C" not null,
  theme text not null,
  leader_id uuid not null,
  leader_person_id uuid not null,
  leader text not null,
  members integer not null,
  state text default 'active'::text not null,
  reason text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint study_group_state_check CHECK ((state = ANY (ARRAY['active'::text, 'ended'::text]))),
  constraint study_group_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX study_group_made ON public.study_group USING btree (tenant_id, created_at, id);
CREATE INDEX study_group_scope ON public.study_group USING btree (tenant_id, org_path, created_at, id);
alter table study_group enable row level security;
alter table study_group force row level security;
create policy study_group_insert on study_group for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy study_group_read on study_group for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy study_group_update on study_group for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
grant insert, select, update on study_group to tongxin_app;

create table study_note (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  course_id uuid,
  course_title text,
  block_id uuid,
  second integer,
  quote text,
  body text not null,
  is_shared boolean default false not null,
  removed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint study_note_place_check CHECK (((course_id IS NOT NULL) OR ((block_id IS NULL) AND (second IS NULL) AND (quote IS NULL)))),
  constraint study_note_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX study_note_person ON public.study_note USING btree (tenant_id, person_id, updated_at, id);
alter table study_note enable row level security;
alter table study_note force row level security;
create policy study_note_own on study_note for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)));
grant delete, insert, select, update on study_note to tongxin_app;

create table study_post (
  tenant_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  question_at smallint not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  writer text not null,
  unit_name text not null,
  body text not null,
  state text not null,
  reason text,
  is_pinned boolean default false not null,
  decided_by text,
  at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint study_post_hidden_check CHECK (((state <> 'hidden'::text) OR (reason IS NOT NULL))),
  constraint study_post_pinned_check CHECK (((NOT is_pinned) OR (state = 'shown'::text))),
  constraint study_post_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'shown'::text, 'hidden'::text, 'withdrawn'::text]))),
  constraint study_post_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX study_post_campaign ON public.study_post USING btree (tenant_id, campaign_id, at, id);
CREATE INDEX study_post_scope ON public.study_post USING btree (tenant_id, org_path);
CREATE INDEX study_post_waiting ON public.study_post USING btree (tenant_id, org_path) WHERE (state = 'waiting'::text);
alter table study_post enable row level security;
alter table study_post force row level security;
create policy study_post_insert on study_post for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (app_above_scope(org_path) AND (person_id = ( SELECT app_person() AS app_person)))));
create policy study_post_read on study_post for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person)) OR ((state = 'shown'::text) AND app_above_scope(org_path))));
create policy study_post_update on study_post for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on study_post to tongxin_app;

create table study_remark (
  tenant_id uuid not null,
  id uuid not null,
  work_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  writer text not null,
  body text not null,
  withdrawn_at timestamp with time zone,
  at timestamp with time zone not null,
  constraint study_remark_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX study_remark_scope ON public.study_remark USING btree (tenant_id, org_path);
CREATE INDEX study_remark_work ON public.study_remark USING btree (tenant_id, work_id, at);
alter table study_remark enable row level security;
alter table study_remark force row level security;
create policy study_remark_insert on study_remark for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (app_above_scope(org_path) AND (person_id = ( SELECT app_person() AS app_person)))));
create policy study_remark_read on study_remark for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy study_remark_update on study_remark for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
grant insert, select, update on study_remark to tongxin_app;

create table study_round (
  tenant_id uuid not null,
  work_id uuid not null,
  round integer not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  body text not null,
  files jsonb not null,
  handed_in_at timestamp with time zone not null,
  result text,
  grade text,
  comment text,
  marked_by text,
  marked_by_id uuid,
  marked_at timestamp with time zone,
  constraint study_round_result_check CHECK (((result IS NULL) OR ((result = ANY (ARRAY['returned'::text, 'marked'::text])) AND (marked_by IS NOT NULL)))),
  constraint study_round_second_check CHECK (((marked_by_id IS NULL) OR (marked_by_id <> person_id))),
  constraint study_round_pkey PRIMARY KEY (tenant_id, work_id, round)
);
CREATE INDEX study_round_scope ON public.study_round USING btree (tenant_id, org_path);
alter table study_round enable row level security;
alter table study_round force row level security;
create policy study_round_insert on study_round for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy study_round_read on study_round for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person)) OR (EXISTS ( SELECT
   FROM study_work w
  WHERE ((w.tenant_id = study_round.tenant_id) AND (w.id = study_round.work_id) AND (w.shown_at IS NOT NULL) AND app_above_scope(w.show_path))))));
create policy study_round_update on study_round for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on study_round to tongxin_app;

create table study_seat (
  tenant_id uuid not null,
  group_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  constraint study_seat_pkey PRIMARY KEY (tenant_id, group_id, member_id)
);
CREATE INDEX study_seat_person ON public.study_seat USING btree (tenant_id, person_id);
CREATE INDEX study_seat_scope ON public.study_seat USING btree (tenant_id, org_path);
alter table study_seat enable row level security;
alter table study_seat force row level security;
create policy study_seat_delete on study_seat for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy study_seat_insert on study_seat for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy study_seat_read on study_seat for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy study_seat_update on study_seat for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select on study_seat to tongxin_app;

create table study_session (
  tenant_id uuid not null,
  id uuid not null,
  group_id uuid not null,
  org_path text collate "C" not null,
  on_date date not null,
  topic text not null,
  place text not null,
  state text default 'planned'::text not null,
  reason text,
  minutes text,
  present uuid[],
  files jsonb not null,
  written_by text,
  updated_at timestamp with time zone not null,
  length_minutes smallint,
  written_by_id uuid,
  confirmed_by text,
  confirmed_by_id uuid,
  confirmed_at timestamp with time zone,
  constraint study_session_confirmed_check CHECK (((confirmed_at IS NULL) OR ((state = 'held'::text) AND (length_minutes IS NOT NULL) AND (confirmed_by IS NOT NULL) AND (confirmed_by_id <> written_by_id)))),
  constraint study_session_held_check CHECK (((state <> 'held'::text) OR ((minutes IS NOT NULL) AND (present IS NOT NULL)))),
  constraint study_session_length_check CHECK (((length_minutes >= 10) AND (length_minutes <= 480))),
  constraint study_session_reason_check CHECK (((state <> 'cancelled'::text) OR (reason IS NOT NULL))),
  constraint study_session_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'held'::text, 'cancelled'::text]))),
  constraint study_session_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX study_session_group ON public.study_session USING btree (tenant_id, group_id, on_date);
CREATE INDEX study_session_scope ON public.study_session USING btree (tenant_id, org_path);
CREATE INDEX study_session_unconfirmed ON public.study_session USING btree (tenant_id, org_path) WHERE ((state = 'held'::text) AND (confirmed_at IS NULL));
alter table study_session enable row level security;
alter table study_session force row level security;
create policy study_session_insert on study_session for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy study_session_read on study_session for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy study_session_update on study_session for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
grant insert, select, update on study_session to tongxin_app;

create table study_share (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  writer text not null,
  course_id uuid,
  course_title text,
  block_id uuid,
  second integer,
  quote text,
  body text not null,
  shared_at timestamp with time zone not null,
  constraint study_share_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX study_share_scope ON public.study_share USING btree (tenant_id, org_path, shared_at, id);
alter table study_share enable row level security;
alter table study_share force row level security;
create policy study_share_delete on study_share for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (person_id = ( SELECT app_person() AS app_person)));
create policy study_share_insert on study_share for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy study_share_read on study_share for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy study_share_update on study_share for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select on study_share to tongxin_app;

create table study_task (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  kind text not null,
  title text collate "C" not null,
  brief text not null,
  course_id uuid,
  min_words integer not null,
  max_words integer not null,
  needs_file boolean not null,
  due_on date not null,
  state text default 'open'::text not null,
  made_by text not null,
  made_by_id uuid not null,
  reminded_on date,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  audience_kinds text[] default ARRAY['formal'::text, 'probationary'::text, 'activist'::text, 'masses'::text] not null,
  audience_posts text[] default '{}'::text[] not null,
  audience_levels text[] default '{}'::text[] not null,
  course_title text,
  constraint study_task_kind_check CHECK ((kind = ANY (ARRAY['homework'::text, 'reflection'::text]))),
  constraint study_task_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text]))),
  constraint study_task_words_check CHECK (((min_words >= 0) AND (min_words <= max_words))),
  constraint study_task_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX study_task_due ON public.study_task USING btree (tenant_id, due_on, id);
CREATE INDEX study_task_made ON public.study_task USING btree (tenant_id, created_at, id);
CREATE INDEX study_task_scope ON public.study_task USING btree (tenant_id, org_path, due_on, id);
alter table study_task enable row level security;
alter table study_task force row level security;
create policy study_task_insert on study_task for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy study_task_read on study_task for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy study_task_update on study_task for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on study_task to tongxin_app;

create table study_work (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid,
  kind text not null,
  person_id uuid not null,
  member_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  show_path text collate "C" not null,
  unit_name text not null,
  writer text collate "C" not null,
  title text collate "C" not null,
  words integer not null,
  round integer not null,
  state text not null,
  grade text,
  is_late boolean not null,
  wants_show boolean not null,
  shown_at timestamp with time zone,
  sketch integer[] not null,
  bands text[] not null,
  handed_in_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint study_work_grade_check CHECK (((state = 'marked'::text) = (grade IS NOT NULL))),
  constraint study_work_kind_check CHECK ((kind = ANY (ARRAY['homework'::text, 'reflection'::text]))),
  constraint study_work_shown_check CHECK (((shown_at IS NULL) OR (wants_show AND (grade = 'excellent'::text)))),
  constraint study_work_state_check CHECK ((state = ANY (ARRAY['handed_in'::text, 'returned'::text, 'marked'::text]))),
  constraint study_work_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX study_work_bands ON public.study_work USING gin (bands);
CREATE INDEX study_work_person ON public.study_work USING btree (tenant_id, person_id, handed_in_at, id);
CREATE INDEX study_work_scope ON public.study_work USING btree (tenant_id, org_path, handed_in_at, id);
CREATE INDEX study_work_shown ON public.study_work USING btree (tenant_id, show_path, shown_at) WHERE (shown_at IS NOT NULL);
CREATE UNIQUE INDEX study_work_task_key ON public.study_work USING btree (tenant_id, task_id, person_id) WHERE (task_id IS NOT NULL);
CREATE INDEX study_work_when ON public.study_work USING btree (tenant_id, handed_in_at, id);
alter table study_work enable row level security;
alter table study_work force row level security;
create policy study_work_insert on study_work for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy study_work_read on study_work for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person)) OR ((shown_at IS NOT NULL) AND app_above_scope(show_path))));
create policy study_work_update on study_work for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on study_work to tongxin_app;

create table tasks_part (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  issuer_id uuid not null,
  issuer_path text collate "C" not null,
  person_id uuid,
  member_id uuid,
  person_name text,
  role text not null,
  state text default 'unsigned'::text not null,
  due_on date not null,
  round smallint default 0 not null,
  since timestamp with time zone not null,
  handed_in_by_id uuid,
  asked_due_on date,
  asked_reason text,
  reminded_on date,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  asked_by_id uuid,
  constraint tasks_part_asked_check CHECK (((asked_due_on IS NULL) = (asked_reason IS NULL))),
  constraint tasks_part_handed_in_check CHECK (((state <> ALL (ARRAY['handed_in'::text, 'returned'::text, 'done'::text])) OR ((round > 0) AND (handed_in_by_id IS NOT NULL)))),
  constraint tasks_part_person_check CHECK ((((person_id IS NULL) = (member_id IS NULL)) AND ((person_id IS NULL) = (person_name IS NULL)))),
  constraint tasks_part_role_check CHECK ((role = ANY (ARRAY['lead'::text, 'help'::text]))),
  constraint tasks_part_state_check CHECK ((state = ANY (ARRAY['unsigned'::text, 'doing'::text, 'handed_in'::text, 'returned'::text, 'done'::text, 'withdrawn'::text]))),
  constraint tasks_part_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tasks_part_check ON public.tasks_part USING btree (tenant_id, issuer_path) WHERE ((state = 'handed_in'::text) OR (asked_due_on IS NOT NULL));
CREATE INDEX tasks_part_due ON public.tasks_part USING btree (tenant_id, due_on, id);
CREATE INDEX tasks_part_open ON public.tasks_part USING btree (tenant_id, due_on, id) WHERE (state = ANY (ARRAY['unsigned'::text, 'doing'::text, 'handed_in'::text, 'returned'::text]));
CREATE INDEX tasks_part_person ON public.tasks_part USING btree (tenant_id, person_id, due_on, id) WHERE (person_id IS NOT NULL);
CREATE INDEX tasks_part_scope ON public.tasks_part USING btree (tenant_id, org_path, due_on, id);
CREATE INDEX tasks_part_since ON public.tasks_part USING btree (tenant_id, since, id);
CREATE INDEX tasks_part_task ON public.tasks_part USING btree (tenant_id, task_id, state, due_on, org_path);
alter table tasks_part enable row level security;
alter table tasks_part force row level security;
create policy tasks_part_insert on tasks_part for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy tasks_part_read on tasks_part for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy tasks_part_update on tasks_part for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on tasks_part to tongxin_app;

create table tasks_report (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  receiver_id uuid not null,
  receiver_path text collate "C" not null,
  receiver_name text not null,
  category text not null,
  title text not null,
  body text not null,
  files jsonb not null,
  state text default 'submitted'::text not null,
  level text,
  comment text,
  decided_by text,
  decided_at timestamp with time zone,
  written_by text not null,
  written_by_id uuid not null,
  reported_on date not null,
  reported_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint tasks_report_category_check CHECK ((category = ANY (ARRAY['news'::text, 'experience'::text, 'problem'::text, 'opinion'::text, 'matter'::text]))),
  constraint tasks_report_decided_check CHECK (((state = 'submitted'::text) OR ((comment IS NOT NULL) AND (decided_by IS NOT NULL)))),
  constraint tasks_report_level_check CHECK ((((state = 'adopted'::text) = (level IS NOT NULL)) AND (level = ANY (ARRAY['own'::text, 'county'::text, 'city'::text, 'province'::text, 'central'::text])))),
  constraint tasks_report_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'adopted'::text, 'declined'::text, 'withdrawn'::text]))),
  constraint tasks_report_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tasks_report_made ON public.tasks_report USING btree (tenant_id, reported_at, id);
CREATE INDEX tasks_report_month ON public.tasks_report USING btree (tenant_id, reported_on);
CREATE INDEX tasks_report_review ON public.tasks_report USING btree (tenant_id, receiver_path) WHERE (state = 'submitted'::text);
CREATE INDEX tasks_report_scope ON public.tasks_report USING btree (tenant_id, org_path, reported_on);
alter table tasks_report enable row level security;
alter table tasks_report force row level security;
create policy tasks_report_insert on tasks_report for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy tasks_report_read on tasks_report for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy tasks_report_update on tasks_report for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on tasks_report to tongxin_app;

create table tasks_stage (
  tenant_id uuid not null,
  id uuid not null,
  part_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  stage text not null,
  minutes integer not null,
  ended_on date not null,
  constraint tasks_stage_minutes_check CHECK ((minutes >= 0)),
  constraint tasks_stage_stage_check CHECK ((stage = ANY (ARRAY['sign'::text, 'do'::text, 'check'::text]))),
  constraint tasks_stage_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tasks_stage_ended ON public.tasks_stage USING btree (tenant_id, ended_on);
CREATE INDEX tasks_stage_scope ON public.tasks_stage USING btree (tenant_id, org_path, ended_on);
alter table tasks_stage enable row level security;
alter table tasks_stage force row level security;
create policy tasks_stage_insert on tasks_stage for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy tasks_stage_read on tasks_stage for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy tasks_stage_update on tasks_stage for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on tasks_stage to tongxin_app;

create table tasks_step (
  tenant_id uuid not null,
  id uuid not null,
  part_id uuid not null,
  person_id uuid,
  org_path text collate "C" not null,
  kind text not null,
  words text,
  due_on date,
  round smallint not null,
  files jsonb not null,
  by_name text not null,
  at timestamp with time zone not null,
  constraint tasks_step_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tasks_step_part ON public.tasks_step USING btree (tenant_id, part_id, at);
CREATE INDEX tasks_step_scope ON public.tasks_step USING btree (tenant_id, org_path);
alter table tasks_step enable row level security;
alter table tasks_step force row level security;
create policy tasks_step_insert on tasks_step for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy tasks_step_read on tasks_step for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy tasks_step_update on tasks_step for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on tasks_step to tongxin_app;

create table tasks_task (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  root_id uuid not null,
  parent_part_id uuid,
  title text not null,
  basis text not null,
  document_number text,
  body text not null,
  standard text not null,
  evidence text[] not null,
  additions jsonb not null,
  due_on date not null,
  state text default 'open'::text not null,
  reason text,
  made_by text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint tasks_task_evidence_check CHECK ((evidence <@ ARRAY['report'::text, 'photo'::text, 'file'::text])),
  constraint tasks_task_reason_check CHECK (((state = 'open'::text) OR (reason IS NOT NULL))),
  constraint tasks_task_state_check CHECK ((state = ANY (ARRAY['open'::text, 'withdrawn'::text]))),
  constraint tasks_task_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX tasks_task_due ON public.tasks_task USING btree (tenant_id, due_on, id);
CREATE INDEX tasks_task_made ON public.tasks_task USING btree (tenant_id, created_at, id);
CREATE INDEX tasks_task_parent ON public.tasks_task USING btree (tenant_id, parent_part_id) WHERE (parent_part_id IS NOT NULL);
CREATE INDEX tasks_task_scope ON public.tasks_task USING btree (tenant_id, org_path);
alter table tasks_task enable row level security;
alter table tasks_task force row level security;
create policy tasks_task_insert on tasks_task for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy tasks_task_read on tasks_task for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (EXISTS ( SELECT
   FROM tasks_part p
  WHERE ((p.tenant_id = tasks_task.tenant_id) AND (p.task_id = tasks_task.id) AND (app_in_scope(p.org_path) OR (p.person_id = ( SELECT app_person() AS app_person))))))));
create policy tasks_task_update on tasks_task for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on tasks_task to tongxin_app;

create table television_airing (
  tenant_id uuid not null,
  id uuid not null,
  set_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  set_name text not null,
  place text,
  channel_id uuid not null,
  channel_name text not null,
  programme_id uuid not null,
  slot_id uuid,
  title text not null,
  seconds integer not null,
  state text not null,
  began_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  last_seen_at timestamp with time zone not null,
  is_whole boolean default false not null,
  told_at timestamp with time zone,
  constraint television_airing_ended_check CHECK (((state = 'playing'::text) = (ended_at IS NULL))),
  constraint television_airing_state_check CHECK ((state = ANY (ARRAY['playing'::text, 'ended'::text, 'lost'::text]))),
  constraint television_airing_whole_check CHECK (((NOT is_whole) OR (state = 'ended'::text))),
  constraint television_airing_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX television_airing_playing ON public.television_airing USING btree (tenant_id, last_seen_at) WHERE (state = 'playing'::text);
CREATE INDEX television_airing_scope ON public.television_airing USING btree (tenant_id, org_path, began_at, id);
CREATE INDEX television_airing_set ON public.television_airing USING btree (tenant_id, set_id, began_at);
CREATE INDEX television_airing_when ON public.television_airing USING btree (tenant_id, began_at, id);
alter table television_airing enable row level security;
alter table television_airing force row level security;
create policy television_airing_insert on television_airing for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy television_airing_read on television_airing for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy television_airing_update on television_airing for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on television_airing to tongxin_app;

create table television_channel (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  name text collate "C" not null,
  about text,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  end_reason text,
  version integer default 1 not null,
  constraint television_channel_ended_check CHECK (((ended_at IS NULL) = (end_reason IS NULL))),
  constraint television_channel_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX television_channel_name_key ON public.television_channel USING btree (tenant_id, unit_id, name) WHERE (ended_at IS NULL);
CREATE INDEX television_channel_scope ON public.television_channel USING btree (tenant_id, org_path, name, id);
alter table television_channel enable row level security;
alter table television_channel force row level security;
create policy television_channel_insert on television_channel for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy television_channel_read on television_channel for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy television_channel_update on television_channel for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on television_channel to tongxin_app;

create table television_pairing (
  id uuid not null,
  code text not null,
  token_hash bytea not null,
  expires_at timestamp with time zone not null,
  paired_tenant uuid,
  paired_set uuid,
  constraint television_pairing_paired_check CHECK (((paired_tenant IS NULL) = (paired_set IS NULL))),
  constraint television_pairing_pkey PRIMARY KEY (id),
  constraint television_pairing_code_key UNIQUE (code)
);
CREATE INDEX television_pairing_expiry ON public.television_pairing USING btree (expires_at);
grant delete, insert, select, update on television_pairing to tongxin_app;

create table television_presence (
  tenant_id uuid not null,
  airing_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  home_path text collate "C" not null,
  name text not null,
  way text not null,
  at timestamp with time zone not null,
  added_by uuid,
  struck_at timestamp with time zone,
  struck_by uuid,
  struck_reason text,
  constraint television_presence_added_check CHECK (((way = 'added'::text) = (added_by IS NOT NULL))),
  constraint television_presence_struck_check CHECK (((struck_at IS NULL) = (struck_reason IS NULL))),
  constraint television_presence_way_check CHECK ((way = ANY (ARRAY['scanned'::text, 'typed'::text, 'added'::text]))),
  constraint television_presence_pkey PRIMARY KEY (tenant_id, airing_id, member_id)
);
CREATE INDEX television_presence_home ON public.television_presence USING btree (tenant_id, home_path, at);
CREATE INDEX television_presence_person ON public.television_presence USING btree (tenant_id, person_id);
CREATE INDEX television_presence_scope ON public.television_presence USING btree (tenant_id, org_path);
alter table television_presence enable row level security;
alter table television_presence force row level security;
create policy television_presence_insert on television_presence for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy television_presence_read on television_presence for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy television_presence_update on television_presence for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on television_presence to tongxin_app;

create table television_programme (
  tenant_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  org_path text collate "C" not null,
  media_id uuid not null,
  title text not null,
  kind text not null,
  seconds integer not null,
  place integer not null,
  is_on_demand boolean not null,
  created_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint television_programme_kind_check CHECK ((kind = ANY (ARRAY['video'::text, 'sound'::text]))),
  constraint television_programme_seconds_check CHECK ((seconds > 0)),
  constraint television_programme_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX television_programme_channel ON public.television_programme USING btree (tenant_id, channel_id, place);
CREATE INDEX television_programme_media ON public.television_programme USING btree (tenant_id, media_id) WHERE (removed_at IS NULL);
CREATE INDEX television_programme_scope ON public.television_programme USING btree (tenant_id, org_path);
alter table television_programme enable row level security;
alter table television_programme force row level security;
create policy television_programme_insert on television_programme for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy television_programme_read on television_programme for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy television_programme_update on television_programme for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on television_programme to tongxin_app;

create table television_set (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  name text collate "C" not null,
  place text,
  secret_hash bytea not null,
  paired_by uuid not null,
  paired_name text not null,
  paired_at timestamp with time zone not null,
  last_seen_at timestamp with time zone,
  ended_at timestamp with time zone,
  end_reason text,
  version integer default 1 not null,
  told_until timestamp with time zone,
  meeting_id uuid,
  meeting_title text,
  meeting_until timestamp with time zone,
  meeting_by uuid,
  constraint television_set_ended_check CHECK (((ended_at IS NULL) = (end_reason IS NULL))),
  constraint television_set_meeting_check CHECK ((num_nulls(meeting_id, meeting_title, meeting_until, meeting_by) = ANY (ARRAY[0, 4]))),
  constraint television_set_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX television_set_name_key ON public.television_set USING btree (tenant_id, unit_id, name) WHERE (ended_at IS NULL);
CREATE INDEX television_set_scope ON public.television_set USING btree (tenant_id, org_path, name, id);
CREATE INDEX television_set_when ON public.television_set USING btree (tenant_id, paired_at, id);
alter table television_set enable row level security;
alter table television_set force row level security;
create policy television_set_all on television_set for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on television_set to tongxin_app;

create table television_slot (
  tenant_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  programme_id uuid not null,
  org_path text collate "C" not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint television_slot_times_check CHECK ((ends_at > starts_at)),
  constraint television_slot_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX television_slot_channel ON public.television_slot USING btree (tenant_id, channel_id, ends_at) WHERE (removed_at IS NULL);
CREATE INDEX television_slot_scope ON public.television_slot USING btree (tenant_id, org_path);
alter table television_slot enable row level security;
alter table television_slot force row level security;
create policy television_slot_insert on television_slot for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy television_slot_read on television_slot for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy television_slot_update on television_slot for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on television_slot to tongxin_app;

create table topics_enrolment (
  tenant_id uuid not null,
  wish_id uuid not null,
  person_id uuid not null,
  member_id uuid not null,
  org_path text collate "C" not null,
  at timestamp with time zone not null,
  is_enrolled boolean default true not null,
  attended_at timestamp with time zone,
  constraint topics_enrolment_pkey PRIMARY KEY (tenant_id, wish_id, person_id)
);
CREATE INDEX topics_enrolment_person ON public.topics_enrolment USING btree (tenant_id, person_id);
CREATE INDEX topics_enrolment_scope ON public.topics_enrolment USING btree (tenant_id, org_path);
alter table topics_enrolment enable row level security;
alter table topics_enrolment force row level security;
create policy topics_enrolment_delete on topics_enrolment for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy topics_enrolment_insert on topics_enrolment for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy topics_enrolment_read on topics_enrolment for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy topics_enrolment_update on topics_enrolment for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant delete, insert, select, update on topics_enrolment to tongxin_app;

create table topics_lecturer (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid,
  member_id uuid,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  name text collate "C" not null,
  employer text,
  bio text not null,
  tags text[] not null,
  topics text[] not null,
  formats text[] not null,
  levels text[] not null,
  is_online boolean not null,
  max_per_month smallint not null,
  max_distance smallint not null,
  sample_file_id uuid,
  sample_file_name text,
  state text default 'submitted'::text not null,
  reason text,
  submitted_by uuid not null,
  submitted_name text not null,
  reviewed_by uuid,
  reviewed_name text,
  submitted_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint topics_lecturer_outside_check CHECK (((person_id IS NULL) = (employer IS NOT NULL))),
  constraint topics_lecturer_second_check CHECK (((reviewed_by IS NULL) OR ((reviewed_by <> submitted_by) AND (reviewed_by IS DISTINCT FROM person_id)))),
  constraint topics_lecturer_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'approved'::text, 'returned'::text, 'ended'::text]))),
  constraint topics_lecturer_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX topics_lecturer_person ON public.topics_lecturer USING btree (tenant_id, person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX topics_lecturer_scope ON public.topics_lecturer USING btree (tenant_id, org_path, name, id);
CREATE INDEX topics_lecturer_tags ON public.topics_lecturer USING gin (tags);
CREATE INDEX topics_lecturer_when ON public.topics_lecturer USING btree (tenant_id, submitted_at, id);
alter table topics_lecturer enable row level security;
alter table topics_lecturer force row level security;
create policy topics_lecturer_insert on topics_lecturer for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy topics_lecturer_read on topics_lecturer for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy topics_lecturer_update on topics_lecturer for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on topics_lecturer to tongxin_app;

create table topics_merge (
  tenant_id uuid not null,
  id uuid not null,
  from_id uuid not null,
  into_id uuid not null,
  org_path text collate "C" not null,
  by_id uuid not null,
  reason text not null,
  moved integer not null,
  into_state text not null,
  at timestamp with time zone not null,
  undone_at timestamp with time zone,
  constraint topics_merge_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX topics_merge_open_key ON public.topics_merge USING btree (tenant_id, from_id) WHERE (undone_at IS NULL);
CREATE INDEX topics_merge_scope ON public.topics_merge USING btree (tenant_id, org_path);
alter table topics_merge enable row level security;
alter table topics_merge force row level security;
create policy topics_merge_insert on topics_merge for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy topics_merge_read on topics_merge for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy topics_merge_update on topics_merge for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on topics_merge to tongxin_app;

create table topics_proposal (
  tenant_id uuid not null,
  id uuid not null,
  wish_id uuid not null,
  lecturer_id uuid not null,
  slot_id uuid not null,
  person_id uuid,
  title text not null,
  unit_name text not null,
  format text not null,
  place text not null,
  lecturer_name text not null,
  org_path text collate "C" not null,
  on_date date not null,
  part text not null,
  rank smallint not null,
  state text not null,
  unit_yes_at timestamp with time zone,
  unit_yes_by uuid,
  lecturer_yes_at timestamp with time zone,
  reasons jsonb,
  reason text,
  meeting_id uuid,
  proposed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint topics_proposal_agreed_check CHECK (((state <> ALL (ARRAY['agreed'::text, 'scheduled'::text, 'taught'::text])) OR ((unit_yes_at IS NOT NULL) AND (lecturer_yes_at IS NOT NULL)))),
  constraint topics_proposal_reason_check CHECK (((state <> ALL (ARRAY['declined'::text, 'no_show'::text])) OR (reason IS NOT NULL))),
  constraint topics_proposal_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'proposed'::text, 'agreed'::text, 'scheduled'::text, 'taught'::text, 'declined'::text, 'lapsed'::text, 'no_show'::text]))),
  constraint topics_proposal_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX topics_proposal_lecturer ON public.topics_proposal USING btree (tenant_id, lecturer_id, on_date);
CREATE INDEX topics_proposal_open ON public.topics_proposal USING btree (tenant_id, proposed_at) WHERE (state = 'proposed'::text);
CREATE INDEX topics_proposal_scope ON public.topics_proposal USING btree (tenant_id, org_path, on_date, id);
CREATE UNIQUE INDEX topics_proposal_slot_key ON public.topics_proposal USING btree (tenant_id, slot_id) WHERE (state = ANY (ARRAY['proposed'::text, 'agreed'::text, 'scheduled'::text, 'taught'::text]));
CREATE INDEX topics_proposal_when ON public.topics_proposal USING btree (tenant_id, on_date, id);
CREATE INDEX topics_proposal_wish ON public.topics_proposal USING btree (tenant_id, wish_id);
CREATE UNIQUE INDEX topics_proposal_wish_key ON public.topics_proposal USING btree (tenant_id, wish_id) WHERE (state = ANY (ARRAY['proposed'::text, 'agreed'::text, 'scheduled'::text]));
alter table topics_proposal enable row level security;
alter table topics_proposal force row level security;
create policy topics_proposal_delete on topics_proposal for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy topics_proposal_insert on topics_proposal for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy topics_proposal_read on topics_proposal for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy topics_proposal_update on topics_proposal for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant delete, insert, select, update on topics_proposal to tongxin_app;

create table topics_rating (
  tenant_id uuid not null,
  wish_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  stars smallint not null,
  remark text,
  at timestamp with time zone not null,
  constraint topics_rating_stars_check CHECK (((stars >= 1) AND (stars <= 5))),
  constraint topics_rating_pkey PRIMARY KEY (tenant_id, wish_id, person_id)
);
CREATE INDEX topics_rating_scope ON public.topics_rating USING btree (tenant_id, org_path);
alter table topics_rating enable row level security;
alter table topics_rating force row level security;
create policy topics_rating_insert on topics_rating for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy topics_rating_read on topics_rating for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy topics_rating_update on topics_rating for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on topics_rating to tongxin_app;

create table topics_run (
  tenant_id uuid not null,
  id uuid not null,
  org_path text collate "C" not null,
  by_id uuid not null,
  by_name text not null,
  at timestamp with time zone not null,
  result jsonb not null,
  constraint topics_run_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX topics_run_scope ON public.topics_run USING btree (tenant_id, org_path, at);
alter table topics_run enable row level security;
alter table topics_run force row level security;
create policy topics_run_insert on topics_run for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy topics_run_read on topics_run for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy topics_run_update on topics_run for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on topics_run to tongxin_app;

create table topics_slot (
  tenant_id uuid not null,
  id uuid not null,
  lecturer_id uuid not null,
  person_id uuid,
  org_path text collate "C" not null,
  on_date date not null,
  part text not null,
  constraint topics_slot_part_check CHECK ((part = ANY (ARRAY['weekday'::text, 'evening'::text, 'weekend'::text]))),
  constraint topics_slot_pkey PRIMARY KEY (tenant_id, id),
  constraint topics_slot_time_key UNIQUE (tenant_id, lecturer_id, on_date, part)
);
CREATE INDEX topics_slot_scope ON public.topics_slot USING btree (tenant_id, org_path, on_date);
alter table topics_slot enable row level security;
alter table topics_slot force row level security;
create policy topics_slot_delete on topics_slot for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy topics_slot_insert on topics_slot for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy topics_slot_read on topics_slot for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy topics_slot_update on topics_slot for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant delete, insert, select on topics_slot to tongxin_app;

create table topics_support (
  tenant_id uuid not null,
  wish_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  merge_id uuid,
  at timestamp with time zone not null,
  constraint topics_support_pkey PRIMARY KEY (tenant_id, wish_id, person_id)
);
CREATE INDEX topics_support_person ON public.topics_support USING btree (tenant_id, person_id);
CREATE INDEX topics_support_scope ON public.topics_support USING btree (tenant_id, org_path);
alter table topics_support enable row level security;
alter table topics_support force row level security;
create policy topics_support_delete on topics_support for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy topics_support_insert on topics_support for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy topics_support_read on topics_support for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy topics_support_update on topics_support for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant delete, insert, select, update on topics_support to tongxin_app;

create table topics_wish (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  unit_name text not null,
  level text not null,
  person_id uuid not null,
  member_id uuid not null,
  made_by text not null,
  title text collate "C" not null,
  why text not null,
  tags text[] not null,
  format text not null,
  place text not null,
  parts text[] not null,
  from_on date not null,
  until_on date not null,
  threshold integer not null,
  closes_on date not null,
  state text default 'gathering'::text not null,
  state_before text,
  reason text,
  supporters integer default 0 not null,
  enrolled integer default 0 not null,
  completed integer default 0 not null,
  ratings integer default 0 not null,
  rating_sum integer default 0 not null,
  merged_into uuid,
  meeting_id uuid,
  course_id uuid,
  lesson jsonb,
  taught_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint topics_wish_dates_check CHECK ((until_on >= from_on)),
  constraint topics_wish_hidden_check CHECK (((state <> 'hidden'::text) OR (reason IS NOT NULL))),
  constraint topics_wish_level_check CHECK ((level = ANY (ARRAY['committee'::text, 'general_branch'::text, 'branch'::text]))),
  constraint topics_wish_merged_check CHECK (((state = 'merged'::text) = (merged_into IS NOT NULL))),
  constraint topics_wish_state_check CHECK ((state = ANY (ARRAY['gathering'::text, 'reached'::text, 'recruiting'::text, 'scheduled'::text, 'taught'::text, 'rated'::text, 'unmet'::text, 'merged'::text, 'hidden'::text, 'withdrawn'::text]))),
  constraint topics_wish_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX topics_wish_closing ON public.topics_wish USING btree (tenant_id, closes_on) WHERE (state = 'gathering'::text);
CREATE INDEX topics_wish_meeting ON public.topics_wish USING btree (tenant_id, meeting_id) WHERE (meeting_id IS NOT NULL);
CREATE INDEX topics_wish_person ON public.topics_wish USING btree (tenant_id, person_id);
CREATE INDEX topics_wish_scope ON public.topics_wish USING btree (tenant_id, org_path, created_at, id);
CREATE INDEX topics_wish_when ON public.topics_wish USING btree (tenant_id, created_at, id);
alter table topics_wish enable row level security;
alter table topics_wish force row level security;
create policy topics_wish_insert on topics_wish for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (app_above_scope(org_path) AND (person_id = ( SELECT app_person() AS app_person)))));
create policy topics_wish_read on topics_wish for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
create policy topics_wish_update on topics_wish for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_above_scope(org_path)));
grant insert, select, update on topics_wish to tongxin_app;

create table transfers_number (
  tenant_id uuid not null,
  committee_id uuid not null,
  org_path text collate "C" not null,
  year smallint not null,
  last integer not null,
  constraint transfers_number_pkey PRIMARY KEY (tenant_id, committee_id, year)
);
CREATE INDEX transfers_number_scope ON public.transfers_number USING btree (tenant_id, org_path);
alter table transfers_number enable row level security;
alter table transfers_number force row level security;
create policy transfers_number_all on transfers_number for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on transfers_number to tongxin_app;

create table transfers_step (
  tenant_id uuid not null,
  id uuid not null,
  transfer_id uuid not null,
  org_path text collate "C" not null,
  to_path text collate "C",
  person_id uuid,
  act text not null,
  side text not null,
  said_on date,
  note text,
  made_by uuid,
  at timestamp with time zone not null,
  constraint transfers_step_side_check CHECK ((side = ANY (ARRAY['sending'::text, 'both'::text]))),
  constraint transfers_step_transfer_fkey FOREIGN KEY (tenant_id, transfer_id) REFERENCES transfers_transfer(tenant_id, id),
  constraint transfers_step_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX transfers_step_scope ON public.transfers_step USING btree (tenant_id, org_path, id);
CREATE INDEX transfers_step_to ON public.transfers_step USING btree (tenant_id, to_path, id) WHERE (to_path IS NOT NULL);
CREATE INDEX transfers_step_transfer ON public.transfers_step USING btree (tenant_id, transfer_id, id);
alter table transfers_step enable row level security;
alter table transfers_step force row level security;
create policy transfers_step_insert on transfers_step for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person)) OR app_in_scope(to_path)));
create policy transfers_step_read on transfers_step for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person)) OR ((side = 'both'::text) AND app_in_scope(to_path))));
create policy transfers_step_update on transfers_step for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR app_in_scope(to_path)));
grant insert, select on transfers_step to tongxin_app;

create table transfers_transfer (
  tenant_id uuid not null,
  id uuid not null,
  direction text not null,
  kind text not null,
  state text default 'draft'::text not null,
  member_id uuid,
  person_id uuid,
  name text collate "C" not null,
  member_no text collate "C",
  category text not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  to_org_id uuid,
  to_path text collate "C",
  committee_id uuid not null,
  committee_path text collate "C" not null,
  committee_name text not null,
  from_name text not null,
  to_name text not null,
  needs_department boolean not null,
  reason text not null,
  contact jsonb default '{}'::jsonb not null,
  dues_paid_until text,
  number_year smallint,
  number_running integer,
  number text collate "C",
  issued_on date,
  first_issued_on date,
  valid_days smallint,
  valid_until date,
  department_document text,
  reported_on date,
  received_on date,
  receipt_by text,
  returned_reason text,
  stranded_on date,
  settled_on date,
  settlement text,
  renews_id uuid,
  renewed_by_id uuid,
  batch_id uuid,
  letter jsonb,
  sealed bytea,
  letters_printed smallint default 0 not null,
  receipts_printed smallint default 0 not null,
  made_by uuid not null,
  agreed_by uuid,
  approved_by uuid,
  department_by uuid,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  numbered_by uuid,
  constraint transfers_transfer_approver_check CHECK ((((approved_by <> made_by) AND (approved_by IS DISTINCT FROM agreed_by)) OR (approved_by IS NULL))),
  constraint transfers_transfer_department_check CHECK (((department_by IS NULL) OR ((department_by <> made_by) AND (department_by <> approved_by)))),
  constraint transfers_transfer_direction_check CHECK ((direction = ANY (ARRAY['inside'::text, 'out'::text, 'in'::text]))),
  constraint transfers_transfer_inside_check CHECK (((direction = 'inside'::text) = (kind = ANY (ARRAY['branch'::text, 'installation'::text])))),
  constraint transfers_transfer_issued_check CHECK (((direction = 'in'::text) OR (state <> ALL (ARRAY['awaiting'::text, 'received'::text, 'returned'::text, 'expired'::text])) OR ((number IS NOT NULL) AND (issued_on IS NOT NULL) AND (valid_until IS NOT NULL)))),
  constraint transfers_transfer_kind_check CHECK ((kind = ANY (ARRAY['branch'::text, 'installation'::text, 'province'::text, 'other_province'::text, 'beyond_system'::text]))),
  constraint transfers_transfer_member_check CHECK (((direction = 'in'::text) OR (member_id IS NOT NULL))),
  constraint transfers_transfer_received_check CHECK (((state = 'received'::text) = (received_on IS NOT NULL))),
  constraint transfers_transfer_settled_check CHECK (((settled_on IS NULL) = (settlement IS NULL))),
  constraint transfers_transfer_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'branch_agreed'::text, 'committee_approved'::text, 'department_approved'::text, 'awaiting'::text, 'received'::text, 'returned'::text, 'revoked'::text, 'expired'::text]))),
  constraint transfers_transfer_to_check CHECK ((((direction = 'inside'::text) = (to_path IS NOT NULL)) AND ((to_path IS NULL) = (to_org_id IS NULL)))),
  constraint transfers_transfer_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES members_member(tenant_id, id),
  constraint transfers_transfer_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint transfers_transfer_pkey PRIMARY KEY (tenant_id, id),
  constraint transfers_transfer_numbered_key UNIQUE (tenant_id, numbered_by, number_year, number_running)
);
CREATE INDEX transfers_transfer_committee ON public.transfers_transfer USING btree (tenant_id, committee_path, number_year, number_running);
CREATE INDEX transfers_transfer_inbox ON public.transfers_transfer USING btree (tenant_id, to_path, created_at, id) WHERE (to_path IS NOT NULL);
CREATE UNIQUE INDEX transfers_transfer_open_key ON public.transfers_transfer USING btree (tenant_id, member_id) WHERE (state = ANY (ARRAY['draft'::text, 'branch_agreed'::text, 'committee_approved'::text, 'department_approved'::text, 'awaiting'::text]));
CREATE INDEX transfers_transfer_person ON public.transfers_transfer USING btree (tenant_id, person_id, created_at) WHERE (person_id IS NOT NULL);
CREATE INDEX transfers_transfer_running ON public.transfers_transfer USING btree (tenant_id, state, valid_until) WHERE (state = ANY (ARRAY['awaiting'::text, 'expired'::text]));
CREATE INDEX transfers_transfer_scope ON public.transfers_transfer USING btree (tenant_id, org_path, created_at, id);
alter table transfers_transfer enable row level security;
alter table transfers_transfer force row level security;
create policy transfers_transfer_insert on transfers_transfer for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy transfers_transfer_read on transfers_transfer for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person)) OR ((issued_on IS NOT NULL) AND app_in_scope(to_path))));
create policy transfers_transfer_update on transfers_transfer for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR ((person_id = ( SELECT app_person() AS app_person)) AND (state = 'awaiting'::text)) OR ((issued_on IS NOT NULL) AND app_in_scope(to_path))));
grant insert, select, update on transfers_transfer to tongxin_app;

create table voting_directory (
  election_id text not null,
  tenant_id uuid not null,
  vote_id uuid not null,
  constraint voting_directory_pkey PRIMARY KEY (election_id)
);
grant insert, select on voting_directory to tongxin_app;

create table voting_file (
  tenant_id uuid not null,
  vote_id uuid not null,
  name text collate "C" not null,
  org_path text collate "C" not null,
  body text not null,
  constraint voting_file_vote_fkey FOREIGN KEY (tenant_id, vote_id) REFERENCES voting_vote(tenant_id, id),
  constraint voting_file_pkey PRIMARY KEY (tenant_id, vote_id, name)
);
CREATE INDEX voting_file_scope ON public.voting_file USING btree (tenant_id, org_path);
alter table voting_file enable row level security;
alter table voting_file force row level security;
create policy voting_file_insert on voting_file for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy voting_file_read on voting_file for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR voting_entitled(vote_id)));
create policy voting_file_update on voting_file for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on voting_file to tongxin_app;

create table voting_hand_count (
  tenant_id uuid not null,
  vote_id uuid not null,
  question_id text collate "C" not null,
  org_path text collate "C" not null,
  counts jsonb not null,
  entered_by uuid not null,
  confirmed_by uuid,
  entered_at timestamp with time zone not null,
  constraint voting_hand_count_second_check CHECK (((confirmed_by IS NULL) OR (confirmed_by <> entered_by))),
  constraint voting_hand_count_question_fkey FOREIGN KEY (tenant_id, vote_id, question_id) REFERENCES voting_question(tenant_id, vote_id, id),
  constraint voting_hand_count_pkey PRIMARY KEY (tenant_id, vote_id, question_id)
);
CREATE INDEX voting_hand_count_scope ON public.voting_hand_count USING btree (tenant_id, org_path);
alter table voting_hand_count enable row level security;
alter table voting_hand_count force row level security;
create policy voting_hand_count_all on voting_hand_count for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select, update on voting_hand_count to tongxin_app;

create table voting_hopper (
  tenant_id uuid not null,
  id uuid not null,
  vote_id uuid not null,
  question_id text collate "C" not null,
  org_path text collate "C" not null,
  token_key text not null,
  body text not null,
  constraint voting_hopper_question_fkey FOREIGN KEY (tenant_id, vote_id, question_id) REFERENCES voting_question(tenant_id, vote_id, id),
  constraint voting_hopper_pkey PRIMARY KEY (tenant_id, id),
  constraint voting_hopper_token_key UNIQUE (tenant_id, vote_id, question_id, token_key)
);
CREATE INDEX voting_hopper_scope ON public.voting_hopper USING btree (tenant_id, org_path);
alter table voting_hopper enable row level security;
alter table voting_hopper force row level security;
create policy voting_hopper_all on voting_hopper for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select on voting_hopper to tongxin_app;

create table voting_issue (
  tenant_id uuid not null,
  vote_id uuid not null,
  question_id text collate "C" not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  blinded text not null,
  blind_signature text not null,
  assertion jsonb,
  drawn_at timestamp with time zone not null,
  constraint voting_issue_question_fkey FOREIGN KEY (tenant_id, vote_id, question_id) REFERENCES voting_question(tenant_id, vote_id, id),
  constraint voting_issue_pkey PRIMARY KEY (tenant_id, vote_id, question_id, member_id)
);
CREATE INDEX voting_issue_scope ON public.voting_issue USING btree (tenant_id, org_path);
alter table voting_issue enable row level security;
alter table voting_issue force row level security;
create policy voting_issue_insert on voting_issue for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy voting_issue_read on voting_issue for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR voting_entitled(vote_id)));
create policy voting_issue_update on voting_issue for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on voting_issue to tongxin_app;

create table voting_leaf (
  tenant_id uuid not null,
  vote_id uuid not null,
  leaf_no integer not null,
  org_path text collate "C" not null,
  body text not null,
  constraint voting_leaf_vote_fkey FOREIGN KEY (tenant_id, vote_id) REFERENCES voting_vote(tenant_id, id),
  constraint voting_leaf_pkey PRIMARY KEY (tenant_id, vote_id, leaf_no)
);
CREATE INDEX voting_leaf_scope ON public.voting_leaf USING btree (tenant_id, org_path);
alter table voting_leaf enable row level security;
alter table voting_leaf force row level security;
create policy voting_leaf_delete on voting_leaf for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy voting_leaf_insert on voting_leaf for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy voting_leaf_read on voting_leaf for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR voting_entitled(vote_id)));
create policy voting_leaf_update on voting_leaf for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select on voting_leaf to tongxin_app;

create table voting_named (
  tenant_id uuid not null,
  vote_id uuid not null,
  question_id text collate "C" not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  name text collate "C" not null,
  choice jsonb not null,
  cast_at timestamp with time zone not null,
  constraint voting_named_question_fkey FOREIGN KEY (tenant_id, vote_id, question_id) REFERENCES voting_question(tenant_id, vote_id, id),
  constraint voting_named_pkey PRIMARY KEY (tenant_id, vote_id, question_id, member_id)
);
CREATE INDEX voting_named_person ON public.voting_named USING btree (tenant_id, person_id, vote_id);
CREATE INDEX voting_named_scope ON public.voting_named USING btree (tenant_id, org_path);
alter table voting_named enable row level security;
alter table voting_named force row level security;
create policy voting_named_insert on voting_named for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy voting_named_read on voting_named for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy voting_named_update on voting_named for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant insert, select, update on voting_named to tongxin_app;

create table voting_opinion (
  tenant_id uuid not null,
  vote_id uuid not null,
  question_id text collate "C" not null,
  option_id text collate "C" not null,
  member_id uuid not null,
  org_path text collate "C" not null,
  opinion text not null,
  entered_by uuid not null,
  confirmed_by uuid,
  entered_at timestamp with time zone not null,
  constraint voting_opinion_opinion_check CHECK ((opinion = ANY (ARRAY['for'::text, 'against'::text, 'abstain'::text]))),
  constraint voting_opinion_second_check CHECK (((confirmed_by IS NULL) OR (confirmed_by <> entered_by))),
  constraint voting_opinion_question_fkey FOREIGN KEY (tenant_id, vote_id, question_id) REFERENCES voting_question(tenant_id, vote_id, id),
  constraint voting_opinion_pkey PRIMARY KEY (tenant_id, vote_id, question_id, option_id, member_id)
);
CREATE INDEX voting_opinion_scope ON public.voting_opinion USING btree (tenant_id, org_path);
alter table voting_opinion enable row level security;
alter table voting_opinion force row level security;
create policy voting_opinion_all on voting_opinion for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on voting_opinion to tongxin_app;

create table voting_question (
  tenant_id uuid not null,
  vote_id uuid not null,
  id text collate "C" not null,
  org_path text collate "C" not null,
  place_no smallint not null,
  kind text not null,
  title text not null,
  options jsonb not null,
  seats smallint not null,
  write_in boolean not null,
  issuer_public text,
  issuer_sealed bytea,
  issuer_deleted_at timestamp with time zone,
  constraint voting_question_issuer_check CHECK (((issuer_sealed IS NULL) OR (issuer_deleted_at IS NULL))),
  constraint voting_question_kind_check CHECK ((kind = ANY (ARRAY['single'::text, 'several'::text, 'approval'::text, 'ranked'::text]))),
  constraint voting_question_vote_fkey FOREIGN KEY (tenant_id, vote_id) REFERENCES voting_vote(tenant_id, id),
  constraint voting_question_pkey PRIMARY KEY (tenant_id, vote_id, id)
);
CREATE INDEX voting_question_scope ON public.voting_question USING btree (tenant_id, org_path);
alter table voting_question enable row level security;
alter table voting_question force row level security;
create policy voting_question_delete on voting_question for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy voting_question_insert on voting_question for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy voting_question_read on voting_question for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR voting_entitled(vote_id)));
create policy voting_question_update on voting_question for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select, update on voting_question to tongxin_app;

create table voting_roll (
  tenant_id uuid not null,
  vote_id uuid not null,
  member_id uuid not null,
  person_id uuid,
  org_path text collate "C" not null,
  name text collate "C" not null,
  salt text not null,
  way text,
  constraint voting_roll_way_check CHECK ((way = ANY (ARRAY['electronic'::text, 'paper'::text, 'written'::text]))),
  constraint voting_roll_vote_fkey FOREIGN KEY (tenant_id, vote_id) REFERENCES voting_vote(tenant_id, id),
  constraint voting_roll_pkey PRIMARY KEY (tenant_id, vote_id, member_id)
);
CREATE INDEX voting_roll_name ON public.voting_roll USING btree (tenant_id, vote_id, name, member_id);
CREATE INDEX voting_roll_person ON public.voting_roll USING btree (tenant_id, person_id, vote_id);
CREATE INDEX voting_roll_scope ON public.voting_roll USING btree (tenant_id, org_path);
alter table voting_roll enable row level security;
alter table voting_roll force row level security;
create policy voting_roll_delete on voting_roll for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy voting_roll_insert on voting_roll for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy voting_roll_read on voting_roll for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
create policy voting_roll_update on voting_roll for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR (person_id = ( SELECT app_person() AS app_person))));
grant delete, insert, select on voting_roll to tongxin_app;

create table voting_vote (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  org_name text not null,
  subject_kind text not null,
  subject_id uuid not null,
  title text not null,
  secrecy text not null,
  channel text not null,
  rule jsonb not null,
  state text default 'prepared'::text not null,
  should_attend integer not null,
  present integer,
  voters integer not null,
  written_opinions boolean not null,
  changeable boolean default false not null,
  meeting_id uuid,
  until timestamp with time zone,
  election_id text,
  config text,
  encryption_key text,
  trustees jsonb default '[]'::jsonb not null,
  threshold smallint,
  election_key text,
  checkpoint text,
  result jsonb,
  cancelled_reason text,
  made_by uuid not null,
  drawing_opened_at timestamp with time zone,
  drawing_closed_at timestamp with time zone,
  casting_opened_at timestamp with time zone,
  closed_at timestamp with time zone,
  counted_at timestamp with time zone,
  published_at timestamp with time zone,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  reminded_at timestamp with time zone,
  constraint voting_vote_cancelled_check CHECK (((state = 'cancelled'::text) = (cancelled_reason IS NOT NULL))),
  constraint voting_vote_channel_check CHECK ((channel = ANY (ARRAY['electronic'::text, 'paper'::text, 'mixed'::text]))),
  constraint voting_vote_key_check CHECK (((election_key IS NULL) OR (state = ANY (ARRAY['counted'::text, 'published'::text])))),
  constraint voting_vote_people_check CHECK (((voters >= 0) AND (should_attend >= 0))),
  constraint voting_vote_secrecy_check CHECK ((secrecy = ANY (ARRAY['secret'::text, 'named'::text]))),
  constraint voting_vote_state_check CHECK ((state = ANY (ARRAY['prepared'::text, 'keyed'::text, 'announced'::text, 'drawing'::text, 'drawing_closed'::text, 'casting'::text, 'closed'::text, 'counted'::text, 'published'::text, 'cancelled'::text]))),
  constraint voting_vote_subject_check CHECK ((subject_kind = ANY (ARRAY['meeting'::text, 'election'::text, 'development'::text, 'poll'::text]))),
  constraint voting_vote_org_fkey FOREIGN KEY (tenant_id, org_id) REFERENCES org_unit(tenant_id, id),
  constraint voting_vote_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX voting_vote_running ON public.voting_vote USING btree (tenant_id, state) WHERE (state = ANY (ARRAY['drawing'::text, 'casting'::text]));
CREATE INDEX voting_vote_scope ON public.voting_vote USING btree (tenant_id, org_path, created_at, id);
CREATE INDEX voting_vote_subject ON public.voting_vote USING btree (tenant_id, subject_id);
CREATE INDEX voting_vote_title ON public.voting_vote USING btree (tenant_id, title, id);
alter table voting_vote enable row level security;
alter table voting_vote force row level security;
create policy voting_vote_insert on voting_vote for insert
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy voting_vote_read on voting_vote for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR voting_entitled(id)));
create policy voting_vote_update on voting_vote for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND (app_in_scope(org_path) OR voting_entitled(id)));
grant insert, select, update on voting_vote to tongxin_app;

create table xapi_activity (
  tenant_id uuid not null,
  key uuid not null,
  iri text not null,
  definition jsonb default '{}'::jsonb not null,
  constraint xapi_activity_pkey PRIMARY KEY (tenant_id, key)
);
alter table xapi_activity enable row level security;
alter table xapi_activity force row level security;
create policy xapi_activity_all on xapi_activity for all
  using (tenant_id = ( SELECT app_tenant() AS app_tenant))
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
grant insert, select, update on xapi_activity to tongxin_app;

create table xapi_attached (
  tenant_id uuid not null,
  statement_id uuid not null,
  sha2 bytea not null,
  content_type text not null,
  constraint xapi_attached_pkey PRIMARY KEY (tenant_id, statement_id, sha2)
);
alter table xapi_attached enable row level security;
alter table xapi_attached force row level security;
create policy xapi_attached_all on xapi_attached for all
  using (tenant_id = ( SELECT app_tenant() AS app_tenant))
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
grant insert, select on xapi_attached to tongxin_app;

create table xapi_attachment (
  tenant_id uuid not null,
  sha2 bytea not null,
  content_type text not null,
  bytes bytea not null,
  stored timestamp with time zone not null,
  constraint xapi_attachment_pkey PRIMARY KEY (tenant_id, sha2)
);
alter table xapi_attachment enable row level security;
alter table xapi_attachment force row level security;
create policy xapi_attachment_all on xapi_attachment for all
  using (tenant_id = ( SELECT app_tenant() AS app_tenant))
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
grant insert, select on xapi_attachment to tongxin_app;

create table xapi_credential (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  purpose text not null,
  scopes text[] not null,
  secret_hash bytea not null,
  most_per_minute integer not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  until_on date,
  ended_at timestamp with time zone,
  ended_by uuid,
  end_reason text,
  last_used_at timestamp with time zone,
  version integer default 1 not null,
  constraint xapi_credential_ended_check CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
  constraint xapi_credential_rate_check CHECK (((most_per_minute >= 1) AND (most_per_minute <= 1000000))),
  constraint xapi_credential_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX xapi_credential_scope ON public.xapi_credential USING btree (tenant_id, org_path, created_at, id);
alter table xapi_credential enable row level security;
alter table xapi_credential force row level security;
create policy xapi_credential_all on xapi_credential for all
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path))
  with check ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select, update on xapi_credential to tongxin_app;

create table xapi_document (
  tenant_id uuid not null,
  id uuid not null,
  place uuid not null,
  registration uuid,
  name text not null,
  content_type text not null,
  bytes bytea not null,
  etag text not null,
  updated timestamp with time zone not null,
  credential_id uuid,
  constraint xapi_document_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX xapi_document_key ON public.xapi_document USING btree (tenant_id, place, registration, name) NULLS NOT DISTINCT;
alter table xapi_document enable row level security;
alter table xapi_document force row level security;
create policy xapi_document_all on xapi_document for all
  using (tenant_id = ( SELECT app_tenant() AS app_tenant))
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
grant delete, insert, select, update on xapi_document to tongxin_app;

create table xapi_launch (
  tenant_id uuid not null,
  id uuid not null,
  org_path text collate "C" not null,
  member_id uuid not null,
  registration uuid not null,
  activity_key uuid,
  secret_hash bytea not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  fetched_at timestamp with time zone,
  constraint xapi_launch_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX xapi_launch_expiry ON public.xapi_launch USING btree (tenant_id, expires_at);
CREATE INDEX xapi_launch_registration ON public.xapi_launch USING btree (tenant_id, registration);
CREATE INDEX xapi_launch_scope ON public.xapi_launch USING btree (tenant_id, org_path);
alter table xapi_launch enable row level security;
alter table xapi_launch force row level security;
create policy xapi_launch_delete on xapi_launch for delete
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy xapi_launch_insert on xapi_launch for insert
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
create policy xapi_launch_read on xapi_launch for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy xapi_launch_update on xapi_launch for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant delete, insert, select on xapi_launch to tongxin_app;

create table xapi_mention (
  tenant_id uuid not null,
  way smallint not null,
  key uuid not null,
  seq uuid not null,
  constraint xapi_mention_pkey PRIMARY KEY (tenant_id, way, key, seq)
);
CREATE INDEX xapi_mention_seq ON public.xapi_mention USING btree (tenant_id, seq);
alter table xapi_mention enable row level security;
alter table xapi_mention force row level security;
create policy xapi_mention_all on xapi_mention for all
  using (tenant_id = ( SELECT app_tenant() AS app_tenant))
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
grant insert, select on xapi_mention to tongxin_app;

create table xapi_statement (
  tenant_id uuid not null,
  id uuid not null,
  seq uuid not null,
  stored timestamp with time zone not null,
  org_path text collate "C" not null,
  credential_id uuid,
  member_id uuid,
  actor_key uuid not null,
  verb_key uuid not null,
  activity_key uuid,
  registration uuid,
  refers uuid[],
  voids uuid,
  voided boolean default false not null,
  digest uuid not null,
  raw json not null,
  repeatable boolean default false not null,
  constraint xapi_statement_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX xapi_statement_activity ON public.xapi_statement USING btree (tenant_id, activity_key, seq) WHERE (activity_key IS NOT NULL);
CREATE INDEX xapi_statement_actor ON public.xapi_statement USING btree (tenant_id, actor_key, seq);
CREATE INDEX xapi_statement_credential ON public.xapi_statement USING btree (tenant_id, credential_id, seq) WHERE (credential_id IS NOT NULL);
CREATE UNIQUE INDEX xapi_statement_fact ON public.xapi_statement USING btree (tenant_id, member_id, verb_key, activity_key, registration) NULLS NOT DISTINCT WHERE ((credential_id IS NULL) AND (member_id IS NOT NULL) AND (NOT repeatable));
CREATE INDEX xapi_statement_registration ON public.xapi_statement USING btree (tenant_id, registration, seq) WHERE (registration IS NOT NULL);
CREATE INDEX xapi_statement_scope ON public.xapi_statement USING btree (tenant_id, org_path, seq);
CREATE UNIQUE INDEX xapi_statement_seq ON public.xapi_statement USING btree (tenant_id, seq);
CREATE INDEX xapi_statement_verb ON public.xapi_statement USING btree (tenant_id, verb_key, seq);
CREATE INDEX xapi_statement_voids ON public.xapi_statement USING btree (tenant_id, voids) WHERE (voids IS NOT NULL);
alter table xapi_statement enable row level security;
alter table xapi_statement force row level security;
create policy xapi_statement_insert on xapi_statement for insert
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
create policy xapi_statement_read on xapi_statement for select
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
create policy xapi_statement_update on xapi_statement for update
  using ((tenant_id = ( SELECT app_tenant() AS app_tenant)) AND app_in_scope(org_path));
grant insert, select on xapi_statement to tongxin_app;

create table xapi_usage (
  tenant_id uuid not null,
  credential_id uuid not null,
  slot smallint not null,
  bytes bigint not null,
  constraint xapi_usage_pkey PRIMARY KEY (tenant_id, credential_id, slot)
);
alter table xapi_usage enable row level security;
alter table xapi_usage force row level security;
create policy xapi_usage_all on xapi_usage for all
  using (tenant_id = ( SELECT app_tenant() AS app_tenant))
  with check (tenant_id = ( SELECT app_tenant() AS app_tenant));
grant delete, insert, select, update on xapi_usage to tongxin_app;

create view audit_event with (security_invoker=true) as
 SELECT tenant_id,
    id,
    xid,
    at,
    type,
    actor_id,
    grant_id,
    org_path,
    subject_kind,
    subject_id,
    person_id,
    outcome,
    reason,
    payload,
    before_hash,
    after_hash,
    request_id
   FROM platform_event;
create view member_card with (security_invoker=true) as
 SELECT tenant_id,
    id,
    person_id,
    org_id,
    org_path,
    name,
    member_no,
    category,
    status
   FROM members_member
  WHERE (deleted_at IS NULL);
create view members_total with (security_invoker=true) as
 SELECT tenant_id,
    unit_id,
    org_path,
    category,
    people
   FROM org_count;
create view org_path with (security_invoker=true) as
 SELECT tenant_id,
    id,
    path,
    name,
    COALESCE(short_name, name) AS short_name,
    kind,
    parent_id,
    dissolved_on
   FROM org_unit;

grant select on audit_event to tongxin_app;
grant select on member_card to tongxin_app;
grant select on members_total to tongxin_app;
grant select on org_path to tongxin_app;
