-- module: courseware
-- tables: courseware_session tenant
-- locks: courseware_package and courseware_item, a moment

alter table courseware_package drop constraint courseware_package_kind_check;
alter table courseware_package add constraint courseware_package_kinds_check check (kind in ('scorm12', 'scorm2004', 'cmi5'));

-- Of cmi5: whether the learner may move on from a unit, and why somebody was exempted from it.
alter table courseware_item add column satisfied boolean not null default false;
alter table courseware_item add column waived_for text;

-- One opening of one unit of cmi5. The attempt is the registration of the standard.
create table courseware_session (
  tenant_id uuid not null,
  id uuid not null,
  attempt_id uuid not null,
  item text not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  mode text not null,
  launched_at timestamptz not null,
  last_at timestamptz not null,
  -- When the unit asked for the preferences of the learner, which it must before it says anything.
  preferences_at timestamptz,
  -- Verbs of the standard that the unit has used; each is used once.
  said text[] not null default '{}',
  terminated_at timestamptz,
  abandoned_at timestamptz,
  constraint courseware_session_pkey primary key (tenant_id, id),
  constraint courseware_session_attempt_fkey foreign key (tenant_id, attempt_id) references courseware_attempt (tenant_id, id),
  constraint courseware_session_mode_check check (mode in ('Normal', 'Browse', 'Review')),
  constraint courseware_session_end_check check (terminated_at is null or abandoned_at is null)
);
select app_shard('courseware_session', 'tenant');
create index courseware_session_attempt on courseware_session (tenant_id, attempt_id, launched_at desc);
create index courseware_session_open on courseware_session (tenant_id, launched_at) where terminated_at is null and abandoned_at is null;
create index courseware_session_scope on courseware_session (tenant_id, org_path);
alter table courseware_session enable row level security;
alter table courseware_session force row level security;
create policy courseware_session_read on courseware_session for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy courseware_session_insert on courseware_session for insert with check (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy courseware_session_update on courseware_session for update using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on courseware_session to tongxin_app;
