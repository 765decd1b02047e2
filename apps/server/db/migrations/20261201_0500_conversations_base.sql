-- module: conversations
-- tables: conversations_conversation tenant, conversations_guest tenant, conversations_seat tenant, conversations_message tenant, conversations_silence tenant, conversations_report tenant
-- locks: none, new tables

-- A conversation. Who belongs to the group of a branch, of committees or of a study group follows from the records and
-- has no row: whoever leaves is out with the next statement. `people`: those of a team or of a talk between two.
-- `key`: of the content, itself sealed; without it nothing of the conversation opens any more.
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
  people uuid[] not null default '{}',
  founder_id uuid,
  key bytea not null,
  state text not null default 'open',
  last_seq bigint not null default 0,
  last_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint conversations_conversation_pkey primary key (tenant_id, id),
  constraint conversations_conversation_kind_check check (kind in ('branch', 'officers', 'study', 'team', 'pair')),
  constraint conversations_conversation_state_check check (state in ('open', 'ended')),
  constraint conversations_conversation_source_check check ((kind = 'study') = (source_id is not null)),
  constraint conversations_conversation_pair_check check ((kind = 'pair') = (pair_key is not null)),
  constraint conversations_conversation_people_check check (kind in ('team', 'pair') or people = '{}')
);
select app_shard('conversations_conversation', 'tenant');
create unique index conversations_conversation_unit on conversations_conversation (tenant_id, unit_id, kind) where kind in ('branch', 'officers');
create unique index conversations_conversation_source on conversations_conversation (tenant_id, source_id) where source_id is not null;
create unique index conversations_conversation_pair on conversations_conversation (tenant_id, pair_key) where pair_key is not null;
create index conversations_conversation_scope on conversations_conversation (tenant_id, org_path, kind);
create index conversations_conversation_made on conversations_conversation (tenant_id, created_at, id);

-- Representatives of the public and others who are let in until a day.
create table conversations_guest (
  tenant_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  until_on date not null,
  ended_at timestamptz,
  admitted_by text not null,
  created_at timestamptz not null,
  constraint conversations_guest_pkey primary key (tenant_id, id)
);
select app_shard('conversations_guest', 'tenant');
create unique index conversations_guest_current on conversations_guest (tenant_id, conversation_id, person_id) where ended_at is null;
create index conversations_guest_person on conversations_guest (tenant_id, person_id);
create index conversations_guest_scope on conversations_guest (tenant_id, org_path);
alter table conversations_guest enable row level security;
alter table conversations_guest force row level security;
create policy conversations_guest_read on conversations_guest for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy conversations_guest_insert on conversations_guest for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy conversations_guest_update on conversations_guest for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on conversations_guest to tongxin_app;

-- Whether the person of the session belongs to a conversation now, from the records themselves.
create function conversations_belongs(kind text, unit uuid, path text, source uuid, conversation uuid, people uuid[]) returns boolean
  language sql stable as $$
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
$$;
grant execute on function conversations_belongs(text, uuid, text, uuid, uuid, uuid[]) to tongxin_app;
alter table conversations_conversation enable row level security;
alter table conversations_conversation force row level security;
create policy conversations_conversation_read on conversations_conversation for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or conversations_belongs(kind, unit_id, org_path, source_id, id, people)));
create policy conversations_conversation_insert on conversations_conversation for insert with check (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or conversations_belongs(kind, unit_id, org_path, source_id, id, people)));
-- Somebody who leaves a team takes the own name out of the row.
create policy conversations_conversation_update on conversations_conversation for update using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or conversations_belongs(kind, unit_id, org_path, source_id, id, people)))
  with check (tenant_id = (select app_tenant()));
grant select, insert, update on conversations_conversation to tongxin_app;

create function conversations_mine(conversation uuid) returns boolean language sql stable as $$
  select exists (select from conversations_conversation c where c.tenant_id = app_tenant() and c.id = conversation
    and conversations_belongs(c.kind, c.unit_id, c.org_path, c.source_id, c.id, c.people))
$$;
grant execute on function conversations_mine(uuid) to tongxin_app;

-- How far somebody has read, and whether the person wants to hear of it. Absent until the first reading.
create table conversations_seat (
  tenant_id uuid not null,
  conversation_id uuid not null,
  person_id uuid not null,
  read_seq bigint not null default 0,
  is_muted boolean not null default false,
  updated_at timestamptz not null,
  constraint conversations_seat_pkey primary key (tenant_id, conversation_id, person_id)
);
select app_shard('conversations_seat', 'tenant');
create index conversations_seat_person on conversations_seat (tenant_id, person_id);
alter table conversations_seat enable row level security;
alter table conversations_seat force row level security;
create policy conversations_seat_read on conversations_seat for select using (tenant_id = (select app_tenant())
  and (person_id = (select app_person()) or conversations_mine(conversation_id)));
create policy conversations_seat_insert on conversations_seat for insert with check (tenant_id = (select app_tenant()) and conversations_mine(conversation_id));
create policy conversations_seat_update on conversations_seat for update using (tenant_id = (select app_tenant())
  and (person_id = (select app_person()) or conversations_mine(conversation_id)));
grant select, insert, update on conversations_seat to tongxin_app;

-- What was said, sealed under the key of the conversation. These rows have no place in the tree, so no post reaches
-- them: only whoever belongs to the conversation, and the system itself (no person) for telling browsers that something
-- was said and for removing what is old. `xid`: the transaction that said or recalled it.
create table conversations_message (
  tenant_id uuid not null,
  conversation_id uuid not null,
  seq bigint not null,
  id uuid not null,
  person_id uuid not null,
  sealed bytea,
  file_id uuid,
  mentions uuid[] not null default '{}',
  at timestamptz not null,
  recalled_at timestamptz,
  xid xid8 not null default pg_current_xact_id(),
  constraint conversations_message_pkey primary key (tenant_id, conversation_id, seq),
  constraint conversations_message_id_key unique (tenant_id, conversation_id, id),
  constraint conversations_message_sealed_check check ((sealed is null) = (recalled_at is not null))
);
select app_shard('conversations_message', 'tenant');
create index conversations_message_fresh on conversations_message (tenant_id, xid);
create index conversations_message_old on conversations_message (tenant_id, conversation_id, at);
create index conversations_message_file on conversations_message (tenant_id, file_id) where file_id is not null;
alter table conversations_message enable row level security;
alter table conversations_message force row level security;
create policy conversations_message_read on conversations_message for select using (tenant_id = (select app_tenant())
  and ((select app_person()) is null or conversations_mine(conversation_id)));
create policy conversations_message_insert on conversations_message for insert with check (tenant_id = (select app_tenant())
  and conversations_mine(conversation_id) and person_id = (select app_person()));
create policy conversations_message_update on conversations_message for update using (tenant_id = (select app_tenant())
  and conversations_mine(conversation_id) and person_id = (select app_person()));
create policy conversations_message_delete on conversations_message for delete using (tenant_id = (select app_tenant())
  and (select app_person()) is null);
grant select, insert, update, delete on conversations_message to tongxin_app;

-- Somebody may not speak in a group until an instant, for a reason that the person is told.
create table conversations_silence (
  tenant_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  until_at timestamptz not null,
  reason text not null,
  by_name text not null,
  ended_at timestamptz,
  created_at timestamptz not null,
  constraint conversations_silence_pkey primary key (tenant_id, id)
);
select app_shard('conversations_silence', 'tenant');
create unique index conversations_silence_current on conversations_silence (tenant_id, conversation_id, person_id) where ended_at is null;
create index conversations_silence_scope on conversations_silence (tenant_id, org_path);
alter table conversations_silence enable row level security;
alter table conversations_silence force row level security;
create policy conversations_silence_read on conversations_silence for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person()) or conversations_mine(conversation_id)));
create policy conversations_silence_insert on conversations_silence for insert with check (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or conversations_mine(conversation_id)));
create policy conversations_silence_update on conversations_silence for update using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or conversations_mine(conversation_id)));
grant select, insert, update on conversations_silence to tongxin_app;

-- What somebody showed to an officer: a copy of the chosen messages, sealed as the report's own.
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
  state text not null default 'open',
  words text,
  decided_by text,
  decided_by_id uuid,
  decided_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint conversations_report_pkey primary key (tenant_id, id),
  constraint conversations_report_state_check check (state in ('open', 'upheld', 'dismissed')),
  constraint conversations_report_decided_check check ((state = 'open') = (decided_by_id is null)
    and decided_by_id is distinct from person_id),
  constraint conversations_report_accused_check check (decided_by_id is null or not decided_by_id = any(accused))
);
select app_shard('conversations_report', 'tenant');
create index conversations_report_scope on conversations_report (tenant_id, org_path, state);
create index conversations_report_made on conversations_report (tenant_id, created_at, id);
create index conversations_report_person on conversations_report (tenant_id, person_id);
alter table conversations_report enable row level security;
alter table conversations_report force row level security;
create policy conversations_report_read on conversations_report for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy conversations_report_insert on conversations_report for insert with check (tenant_id = (select app_tenant())
  and person_id = (select app_person()));
create policy conversations_report_update on conversations_report for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on conversations_report to tongxin_app;
