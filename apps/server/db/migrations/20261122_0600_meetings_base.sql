-- module: meetings
-- tables: meetings_meeting tenant, meetings_count tenant, meetings_attendee tenant, meetings_check_in tenant, meetings_agenda tenant, meetings_task tenant, meetings_signature tenant, meetings_erratum tenant, meetings_reminder tenant, meetings_feed local
-- locks: none, new tables

-- A meeting of the organised life, from the plan to the archive. `minutes` is the record while it is written;
-- `record_version` counts its changes apart from `version`, so that autosaving does not disturb who edits the rest.
create table meetings_meeting (
  tenant_id uuid not null,
  id uuid not null,
  org_id uuid not null,
  org_path text collate "C" not null,
  state text not null,
  title text not null,
  session text,
  kinds text[] not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  held_on date not null,
  place text,
  online_url text,
  chair_id uuid,
  recorder_id uuid,
  invites jsonb not null default '{}',
  opens_before smallint not null,
  closes_after smallint not null,
  leave_before smallint not null,
  superior_consent boolean not null default false,
  meeting_approval boolean not null default false,
  minutes jsonb not null default '{}',
  record_version integer not null default 1,
  record_hash bytea,
  convened_at timestamptz,
  opened_at timestamptz,
  closed_at timestamptz,
  archived_at timestamptz,
  cancelled_reason text,
  made_by uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint meetings_meeting_pkey primary key (tenant_id, id),
  constraint meetings_meeting_org_fkey foreign key (tenant_id, org_id) references org_unit (tenant_id, id),
  constraint meetings_meeting_period_check check (ends_at > starts_at),
  constraint meetings_meeting_kinds_check check (cardinality(kinds) between 1 and 4),
  constraint meetings_meeting_state_check check (state in ('planned', 'noticed', 'in_progress', 'record_pending', 'awaiting_signatures', 'archived', 'cancelled')),
  constraint meetings_meeting_cancelled_check check ((state = 'cancelled') = (cancelled_reason is not null))
);
select app_shard('meetings_meeting', 'tenant');
create index meetings_meeting_scope on meetings_meeting (tenant_id, org_path, starts_at, id);
create index meetings_meeting_when on meetings_meeting (tenant_id, starts_at, id);
create index meetings_meeting_org on meetings_meeting (tenant_id, org_id, held_on);
create index meetings_meeting_open on meetings_meeting (tenant_id, state, starts_at) where state not in ('archived', 'cancelled');

-- How many were invited and came: moved with each group of check-ins, so that "the 14th" needs no counting.
create table meetings_count (
  tenant_id uuid not null,
  meeting_id uuid not null,
  org_path text collate "C" not null,
  voters integer not null default 0,
  nonvoters integer not null default 0,
  observers integer not null default 0,
  left_out integer not null default 0,
  arrived integer not null default 0,
  present integer not null default 0,
  present_voters integer not null default 0,
  constraint meetings_count_pkey primary key (tenant_id, meeting_id),
  constraint meetings_count_meeting_fkey foreign key (tenant_id, meeting_id) references meetings_meeting (tenant_id, id)
);
select app_shard('meetings_count', 'tenant');
create index meetings_count_scope on meetings_count (tenant_id, org_path);

-- Who is called, as what (decided by the statutes from the record on the day of the notice), and what each answered.
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
  answer text not null default 'none',
  answered_at timestamptz,
  leave_reason text,
  leave_note text,
  leave_decided_by uuid,
  read_at timestamptz,
  created_at timestamptz not null,
  -- The member before the meeting: what begins with the meeting must find one person, not everyone who is called.
  constraint meetings_attendee_pkey primary key (tenant_id, member_id, meeting_id),
  constraint meetings_attendee_person_key unique (tenant_id, meeting_id, person_id),
  constraint meetings_attendee_meeting_fkey foreign key (tenant_id, meeting_id) references meetings_meeting (tenant_id, id),
  constraint meetings_attendee_part_check check (part in ('voter', 'nonvoter', 'observer', 'left_out')),
  constraint meetings_attendee_left_check check ((part = 'left_out') = (left_out_reason is not null)),
  constraint meetings_attendee_answer_check check (answer in ('none', 'confirmed', 'leave_asked', 'leave_approved', 'leave_refused'))
);
select app_shard('meetings_attendee', 'tenant');
create index meetings_attendee_person_idx on meetings_attendee (tenant_id, person_id, meeting_id);
create index meetings_attendee_scope on meetings_attendee (tenant_id, org_path, meeting_id);

-- One row per person who came, by whatever way. Never changed, only struck out with a reason.
create table meetings_check_in (
  tenant_id uuid not null,
  meeting_id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  ordinal integer not null,
  part text not null,
  way text not null,
  captured_at timestamptz not null,
  received_at timestamptz not null,
  late boolean not null,
  submitted_later boolean not null,
  proxy_by uuid,
  proxy_reason text,
  struck_at timestamptz,
  struck_by uuid,
  struck_reason text,
  constraint meetings_check_in_pkey primary key (tenant_id, meeting_id, member_id),
  constraint meetings_check_in_way_check check (way in ('scanned', 'typed', 'organiser')),
  constraint meetings_check_in_proxy_check check ((way = 'organiser') = (proxy_by is not null)),
  constraint meetings_check_in_struck_check check ((struck_at is null) = (struck_reason is null))
);
select app_shard('meetings_check_in', 'tenant');
create index meetings_check_in_scope on meetings_check_in (tenant_id, org_path, meeting_id);

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
  constraint meetings_agenda_pkey primary key (tenant_id, id),
  constraint meetings_agenda_meeting_fkey foreign key (tenant_id, meeting_id) references meetings_meeting (tenant_id, id),
  constraint meetings_agenda_votes_check check (votes in ('none', 'ordinary', 'admission', 'committee'))
);
select app_shard('meetings_agenda', 'tenant');
create index meetings_agenda_meeting on meetings_agenda (tenant_id, meeting_id, place_no);
create index meetings_agenda_scope on meetings_agenda (tenant_id, org_path);

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
  constraint meetings_task_pkey primary key (tenant_id, id),
  constraint meetings_task_meeting_fkey foreign key (tenant_id, meeting_id) references meetings_meeting (tenant_id, id)
);
select app_shard('meetings_task', 'tenant');
create index meetings_task_meeting on meetings_task (tenant_id, meeting_id, place_no);
create index meetings_task_scope on meetings_task (tenant_id, org_path, due_on);

-- Bound to the hash of the record: a change of the record voids them, which is written down, not deleted.
create table meetings_signature (
  tenant_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  org_path text collate "C" not null,
  signed_as text not null,
  person_id uuid not null,
  name text not null,
  hash bytea not null,
  signed_at timestamptz not null,
  voided_at timestamptz,
  constraint meetings_signature_pkey primary key (tenant_id, id),
  constraint meetings_signature_meeting_fkey foreign key (tenant_id, meeting_id) references meetings_meeting (tenant_id, id),
  constraint meetings_signature_as_check check (signed_as in ('chair', 'secretary', 'recorder'))
);
select app_shard('meetings_signature', 'tenant');
create unique index meetings_signature_person_key on meetings_signature (tenant_id, meeting_id, person_id) where voided_at is null;
create index meetings_signature_scope on meetings_signature (tenant_id, org_path, meeting_id);

create table meetings_erratum (
  tenant_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  org_path text collate "C" not null,
  at timestamptz not null,
  person_id uuid not null,
  name text not null,
  text text not null,
  reason text not null,
  constraint meetings_erratum_pkey primary key (tenant_id, id),
  constraint meetings_erratum_meeting_fkey foreign key (tenant_id, meeting_id) references meetings_meeting (tenant_id, id)
);
select app_shard('meetings_erratum', 'tenant');
create index meetings_erratum_scope on meetings_erratum (tenant_id, org_path, meeting_id);

-- Keys of reminders already given, so that each is given once whatever runs twice.
create table meetings_reminder (
  tenant_id uuid not null,
  key text collate "C" not null,
  org_path text collate "C" not null,
  at timestamptz not null,
  constraint meetings_reminder_pkey primary key (tenant_id, key)
);
select app_shard('meetings_reminder', 'tenant');
create index meetings_reminder_scope on meetings_reminder (tenant_id, org_path);

-- The secret of a person's calendar address, as SHA-256 only. Asking for a new one ends the old one.
create table meetings_feed (
  secret_hash bytea primary key,
  person_id uuid not null,
  tenant_id uuid not null,
  made_at timestamptz not null,
  constraint meetings_feed_person_key unique (person_id, tenant_id)
);
select app_shard('meetings_feed', 'local');
grant select, insert, update, delete on meetings_feed to tongxin_app;

-- An invited person sees the meeting wherever it is held; everyone else by scope.
alter table meetings_attendee enable row level security;
alter table meetings_attendee force row level security;
create policy meetings_attendee_read on meetings_attendee for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or person_id = app_person()));
create policy meetings_attendee_insert on meetings_attendee for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy meetings_attendee_update on meetings_attendee for update using (tenant_id = app_tenant() and (app_in_scope(org_path) or person_id = app_person()));
create policy meetings_attendee_delete on meetings_attendee for delete using (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update, delete on meetings_attendee to tongxin_app;

create function meetings_invited(meeting uuid) returns boolean language sql stable as $$
  select exists (select from meetings_attendee a where a.tenant_id = app_tenant() and a.meeting_id = meeting and a.person_id = app_person())
$$;
grant execute on function meetings_invited(uuid) to tongxin_app;

alter table meetings_meeting enable row level security;
alter table meetings_meeting force row level security;
create policy meetings_meeting_read on meetings_meeting for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or meetings_invited(id)));
create policy meetings_meeting_insert on meetings_meeting for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy meetings_meeting_update on meetings_meeting for update using (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on meetings_meeting to tongxin_app;

alter table meetings_count enable row level security;
alter table meetings_count force row level security;
create policy meetings_count_read on meetings_count for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or meetings_invited(meeting_id)));
create policy meetings_count_insert on meetings_count for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy meetings_count_update on meetings_count for update using (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on meetings_count to tongxin_app;

alter table meetings_check_in enable row level security;
alter table meetings_check_in force row level security;
create policy meetings_check_in_read on meetings_check_in for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or person_id = app_person()));
create policy meetings_check_in_insert on meetings_check_in for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy meetings_check_in_update on meetings_check_in for update using (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on meetings_check_in to tongxin_app;

alter table meetings_agenda enable row level security;
alter table meetings_agenda force row level security;
create policy meetings_agenda_read on meetings_agenda for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or meetings_invited(meeting_id)));
create policy meetings_agenda_insert on meetings_agenda for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy meetings_agenda_update on meetings_agenda for update using (tenant_id = app_tenant() and app_in_scope(org_path));
create policy meetings_agenda_delete on meetings_agenda for delete using (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update, delete on meetings_agenda to tongxin_app;

alter table meetings_task enable row level security;
alter table meetings_task force row level security;
create policy meetings_task_read on meetings_task for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or meetings_invited(meeting_id)));
create policy meetings_task_insert on meetings_task for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
create policy meetings_task_update on meetings_task for update using (tenant_id = app_tenant() and app_in_scope(org_path));
create policy meetings_task_delete on meetings_task for delete using (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update, delete on meetings_task to tongxin_app;

-- Chair and recorder may sign without a post in the scope: they were invited.
alter table meetings_signature enable row level security;
alter table meetings_signature force row level security;
create policy meetings_signature_read on meetings_signature for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or meetings_invited(meeting_id)));
create policy meetings_signature_insert on meetings_signature for insert with check (tenant_id = app_tenant() and person_id = app_person());
create policy meetings_signature_update on meetings_signature for update using (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update on meetings_signature to tongxin_app;

alter table meetings_erratum enable row level security;
alter table meetings_erratum force row level security;
create policy meetings_erratum_read on meetings_erratum for select using (tenant_id = app_tenant() and (app_in_scope(org_path) or meetings_invited(meeting_id)));
create policy meetings_erratum_insert on meetings_erratum for insert with check (tenant_id = app_tenant() and app_in_scope(org_path));
-- Only the path is rewritten, when the organisation moves; errata themselves are never changed.
create policy meetings_erratum_update on meetings_erratum for update using (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update (org_path) on meetings_erratum to tongxin_app;

alter table meetings_reminder enable row level security;
alter table meetings_reminder force row level security;
create policy meetings_reminder_all on meetings_reminder using (tenant_id = app_tenant() and app_in_scope(org_path)) with check (tenant_id = app_tenant() and app_in_scope(org_path));
grant select, insert, update (org_path) on meetings_reminder to tongxin_app;
