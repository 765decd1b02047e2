-- module: tasks
-- tables: tasks_task tenant, tasks_part tenant, tasks_step tenant, tasks_stage tenant
-- locks: none, new tables

-- What a unit asks of others. The text is never changed: a unit that passes its part on makes a task of its own with the
-- same text and one addition more. `parent_part_id`: the part that was passed on; `root_id`: the first task of the chain.
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
  state text not null default 'open',
  reason text,
  made_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint tasks_task_pkey primary key (tenant_id, id),
  constraint tasks_task_state_check check (state in ('open', 'withdrawn')),
  constraint tasks_task_reason_check check (state = 'open' or reason is not null),
  constraint tasks_task_evidence_check check (evidence <@ array['report', 'photo', 'file'])
);
select app_shard('tasks_task', 'tenant');
create index tasks_task_scope on tasks_task (tenant_id, org_path);
create index tasks_task_made on tasks_task (tenant_id, created_at, id);
create index tasks_task_due on tasks_task (tenant_id, due_on, id);
create index tasks_task_parent on tasks_task (tenant_id, parent_part_id) where parent_part_id is not null;

-- What one unit or one person is asked. `org_path`: where it is done; `issuer_path`: the unit that asks and checks.
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
  state text not null default 'unsigned',
  due_on date not null,
  round smallint not null default 0,
  since timestamptz not null,
  handed_in_by_id uuid,
  asked_due_on date,
  asked_reason text,
  reminded_on date,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint tasks_part_pkey primary key (tenant_id, id),
  constraint tasks_part_role_check check (role in ('lead', 'help')),
  constraint tasks_part_state_check check (state in ('unsigned', 'doing', 'handed_in', 'returned', 'done', 'withdrawn')),
  constraint tasks_part_person_check check ((person_id is null) = (member_id is null) and (person_id is null) = (person_name is null)),
  constraint tasks_part_handed_in_check check (state not in ('handed_in', 'returned', 'done') or (round > 0 and handed_in_by_id is not null)),
  constraint tasks_part_asked_check check ((asked_due_on is null) = (asked_reason is null))
);
select app_shard('tasks_part', 'tenant');
create index tasks_part_task on tasks_part (tenant_id, task_id, state, due_on, org_path);
create index tasks_part_scope on tasks_part (tenant_id, org_path, due_on, id);
create index tasks_part_due on tasks_part (tenant_id, due_on, id);
create index tasks_part_since on tasks_part (tenant_id, since, id);
create index tasks_part_check on tasks_part (tenant_id, issuer_path) where state = 'handed_in' or asked_due_on is not null;
create index tasks_part_person on tasks_part (tenant_id, person_id, due_on, id) where person_id is not null;
alter table tasks_part enable row level security;
alter table tasks_part force row level security;
create policy tasks_part_read on tasks_part for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy tasks_part_insert on tasks_part for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy tasks_part_update on tasks_part for update using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on tasks_part to tongxin_app;

-- Whoever has a part reads the text from above, and nothing else of the task.
alter table tasks_task enable row level security;
alter table tasks_task force row level security;
create policy tasks_task_read on tasks_task for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or exists (select from tasks_part p
    where p.tenant_id = tasks_task.tenant_id and p.task_id = tasks_task.id
      and (app_in_scope(p.org_path) or p.person_id = (select app_person())))));
create policy tasks_task_insert on tasks_task for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy tasks_task_update on tasks_task for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on tasks_task to tongxin_app;

-- What happened to a part, only added to.
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
  at timestamptz not null,
  constraint tasks_step_pkey primary key (tenant_id, id)
);
select app_shard('tasks_step', 'tenant');
create index tasks_step_part on tasks_step (tenant_id, part_id, at);
create index tasks_step_scope on tasks_step (tenant_id, org_path);
alter table tasks_step enable row level security;
alter table tasks_step force row level security;
create policy tasks_step_read on tasks_step for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy tasks_step_insert on tasks_step for insert with check (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy tasks_step_update on tasks_step for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on tasks_step to tongxin_app;

-- How long a unit took for one stage, written when it ends. Of people there are none: nobody is timed.
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
  constraint tasks_stage_pkey primary key (tenant_id, id),
  constraint tasks_stage_stage_check check (stage in ('sign', 'do', 'check')),
  constraint tasks_stage_minutes_check check (minutes >= 0)
);
select app_shard('tasks_stage', 'tenant');
create index tasks_stage_scope on tasks_stage (tenant_id, org_path, ended_on);
create index tasks_stage_ended on tasks_stage (tenant_id, ended_on);
alter table tasks_stage enable row level security;
alter table tasks_stage force row level security;
create policy tasks_stage_read on tasks_stage for select using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy tasks_stage_insert on tasks_stage for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy tasks_stage_update on tasks_stage for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on tasks_stage to tongxin_app;
