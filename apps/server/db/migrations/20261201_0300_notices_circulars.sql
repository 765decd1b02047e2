-- module: notices
-- tables: notices_circular tenant, notices_target tenant, notices_version tenant, notices_receipt tenant, notices_count tenant, notices_file tenant
-- locks: notices_notice and notices_delivery while the written notices are taken over

-- The paths of the units to which the person's record belongs, the own one and all above it: whatever post the person
-- acts under, what was written to the own branch is read.
create function notices_own_paths() returns text[] language sql stable as $$
  select coalesce(array_agg(array_to_string((string_to_array(m.org_path, '.'))[1:n.level], '.')), '{}')
  from member_card m cross join lateral generate_series(1, cardinality(string_to_array(m.org_path, '.'))) as n (level)
  where m.tenant_id = app_tenant() and m.person_id = app_person()
$$;
grant execute on function notices_own_paths() to tongxin_app;

-- What a unit writes to people named by a rule. Nobody has a row of it before he reads it. `origin_id`: the notice from
-- above that this one passes on, whose text stays where it is; `confirm_version`: older confirmations count no more.
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
  confirm_by timestamptz,
  answer_kind text not null default 'none',
  choices text[] not null default '{}',
  send_at timestamptz,
  sent_at timestamptz,
  sent_by_id uuid,
  sent_by text,
  people integer not null default 0,
  version smallint not null default 1,
  confirm_version smallint not null default 1,
  recalled_at timestamptz,
  recalled_reason text,
  resent_at timestamptz,
  resent smallint not null default 0,
  reminded_on date,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint notices_circular_pkey primary key (tenant_id, id),
  constraint notices_circular_state_check check (state in ('draft', 'scheduled', 'sent', 'recalled')),
  constraint notices_circular_level_check check (level in ('normal', 'important', 'urgent')),
  constraint notices_circular_answer_check check (answer_kind in ('none', 'text', 'choice') and (answer_kind = 'choice') = (cardinality(choices) > 0)),
  constraint notices_circular_scheduled_check check (state <> 'scheduled' or send_at is not null),
  constraint notices_circular_sent_check check ((state in ('sent', 'recalled')) = (sent_at is not null)),
  constraint notices_circular_recalled_check check ((state = 'recalled') = (recalled_at is not null and recalled_reason is not null)),
  constraint notices_circular_origin_check check ((parent_id is null) = (origin_id is null)),
  constraint notices_circular_version_check check (version between 1 and 99 and confirm_version between 1 and version)
);
select app_shard('notices_circular', 'tenant');
create index notices_circular_scope on notices_circular (tenant_id, org_path);
create index notices_circular_updated on notices_circular (tenant_id, updated_at, id);
create index notices_circular_due on notices_circular (tenant_id, send_at) where state = 'scheduled';
create index notices_circular_confirm on notices_circular (tenant_id, confirm_by) where state = 'sent' and confirm_by is not null;
create index notices_circular_parent on notices_circular (tenant_id, parent_id) where parent_id is not null;
create index notices_circular_origin on notices_circular (tenant_id, origin_id) where origin_id is not null;

-- Whom it is for: a unit and everything below it, narrowed by kind and post, or one person; `is_except` takes out.
create table notices_target (
  tenant_id uuid not null,
  id uuid not null,
  circular_id uuid not null,
  org_path text collate "C" not null,
  is_except boolean not null,
  unit_id uuid,
  audience_path text collate "C",
  audience_kinds text[] not null default '{}',
  audience_posts text[] not null default '{}',
  audience_levels text[] not null default '{}',
  person_id uuid,
  member_id uuid,
  name text not null,
  sent_at timestamptz,
  constraint notices_target_pkey primary key (tenant_id, id),
  constraint notices_target_circular_fkey foreign key (tenant_id, circular_id) references notices_circular (tenant_id, id),
  constraint notices_target_one_check check ((unit_id is null) = (audience_path is null) and (unit_id is null) <> (person_id is null))
);
select app_shard('notices_target', 'tenant');
create index notices_target_circular on notices_target (tenant_id, circular_id);
create index notices_target_audience on notices_target (tenant_id, audience_path, sent_at, circular_id) where sent_at is not null and not is_except;
create index notices_target_person on notices_target (tenant_id, person_id, sent_at, circular_id) where person_id is not null;
create index notices_target_scope on notices_target (tenant_id, org_path);

-- The texts that were replaced, and what the new one says about it.
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
  at timestamptz not null,
  constraint notices_version_pkey primary key (tenant_id, circular_id, version),
  constraint notices_version_circular_fkey foreign key (tenant_id, circular_id) references notices_circular (tenant_id, id)
);
select app_shard('notices_version', 'tenant');
create index notices_version_scope on notices_version (tenant_id, org_path);

-- Who has read, confirmed and answered, under the unit of that day.
create table notices_receipt (
  tenant_id uuid not null,
  circular_id uuid not null,
  person_id uuid not null,
  member_id uuid,
  unit_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  read_at timestamptz not null,
  read_version smallint not null,
  confirmed_at timestamptz,
  confirmed_version smallint,
  answer text,
  answered_at timestamptz,
  constraint notices_receipt_pkey primary key (tenant_id, circular_id, person_id),
  constraint notices_receipt_circular_fkey foreign key (tenant_id, circular_id) references notices_circular (tenant_id, id),
  constraint notices_receipt_confirmed_check check ((confirmed_at is null) = (confirmed_version is null)),
  constraint notices_receipt_answered_check check ((answer is null) = (answered_at is null))
);
select app_shard('notices_receipt', 'tenant');
create index notices_receipt_person on notices_receipt (tenant_id, person_id, circular_id);
create index notices_receipt_scope on notices_receipt (tenant_id, org_path, circular_id);
create index notices_receipt_listed on notices_receipt (tenant_id, circular_id, read_at, person_id);

-- How many of a unit, kept with each receipt: a branch counts its own people, and nobody waits for another branch.
create table notices_count (
  tenant_id uuid not null,
  circular_id uuid not null,
  unit_id uuid not null,
  org_path text collate "C" not null,
  read integer not null,
  confirmed integer not null,
  answered integer not null,
  constraint notices_count_pkey primary key (tenant_id, circular_id, unit_id)
);
select app_shard('notices_count', 'tenant');
create index notices_count_scope on notices_count (tenant_id, circular_id, org_path) include (read, confirmed, answered);

create table notices_file (
  tenant_id uuid not null,
  file_id uuid not null,
  circular_id uuid not null,
  org_path text collate "C" not null,
  name text not null,
  place smallint not null,
  constraint notices_file_pkey primary key (tenant_id, file_id),
  constraint notices_file_circular_fkey foreign key (tenant_id, circular_id) references notices_circular (tenant_id, id)
);
select app_shard('notices_file', 'tenant');
create index notices_file_circular on notices_file (tenant_id, circular_id, place);
create index notices_file_scope on notices_file (tenant_id, org_path);

alter table notices_target enable row level security;
alter table notices_target force row level security;
create policy notices_target_read on notices_target for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or app_in_scope(audience_path) or app_above_scope(org_path) or person_id = (select app_person())
    or org_path = any ((select notices_own_paths())::text[])));
create policy notices_target_insert on notices_target for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy notices_target_update on notices_target for update using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or app_in_scope(audience_path)));
create policy notices_target_delete on notices_target for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update, delete on notices_target to tongxin_app;

alter table notices_circular enable row level security;
alter table notices_circular force row level security;
create policy notices_circular_read on notices_circular for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or app_above_scope(org_path) or org_path = any ((select notices_own_paths())::text[])
    or exists (select from notices_target t where t.tenant_id = notices_circular.tenant_id
      and t.circular_id = notices_circular.id and t.person_id = (select app_person()))));
create policy notices_circular_insert on notices_circular for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy notices_circular_update on notices_circular for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy notices_circular_delete on notices_circular for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path) and state in ('draft', 'scheduled'));
grant select, insert, update, delete on notices_circular to tongxin_app;

alter table notices_version enable row level security;
alter table notices_version force row level security;
create policy notices_version_read on notices_version for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path)
    or exists (select from notices_circular c where c.tenant_id = notices_version.tenant_id and c.id = notices_version.circular_id)));
create policy notices_version_insert on notices_version for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy notices_version_update on notices_version for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path) on notices_version to tongxin_app;

alter table notices_receipt enable row level security;
alter table notices_receipt force row level security;
create policy notices_receipt_read on notices_receipt for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
create policy notices_receipt_insert on notices_receipt for insert with check (tenant_id = (select app_tenant()) and person_id = (select app_person()));
create policy notices_receipt_update on notices_receipt for update using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or person_id = (select app_person())));
grant select, insert, update on notices_receipt to tongxin_app;

alter table notices_count enable row level security;
alter table notices_count force row level security;
create policy notices_count_all on notices_count using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path) or org_path = any ((select notices_own_paths())::text[])))
  with check (tenant_id = (select app_tenant()) and (app_in_scope(org_path) or org_path = any ((select notices_own_paths())::text[])));
grant select, insert, update on notices_count to tongxin_app;

alter table notices_file enable row level security;
alter table notices_file force row level security;
create policy notices_file_read on notices_file for select using (tenant_id = (select app_tenant())
  and (app_in_scope(org_path)
    or exists (select from notices_circular c where c.tenant_id = notices_file.tenant_id and c.id = notices_file.circular_id)));
create policy notices_file_insert on notices_file for insert with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy notices_file_update on notices_file for update using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
create policy notices_file_delete on notices_file for delete using (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update (org_path), delete on notices_file to tongxin_app;

-- Written notices that were sent to people one by one: the same people are named, with what they have read and confirmed.
-- The rows of all tenants: the owner passes the policies only while they are not forced.
alter table notices_notice no force row level security;
alter table notices_delivery no force row level security;
alter table notices_circular no force row level security;
alter table notices_target no force row level security;
alter table notices_receipt no force row level security;
alter table notices_count no force row level security;
alter table org_unit no force row level security;
alter table members_member no force row level security;
insert into notices_circular (tenant_id, id, unit_id, org_path, unit_name, state, level, title, body, needs_confirm,
    confirm_by, sent_at, sent_by_id, sent_by, people, created_at, updated_at)
  select n.tenant_id, n.id, u.id, n.org_path, u.name, 'sent', n.level, n.title, n.body, n.needs_confirm, n.confirm_by, n.sent_at,
    n.sent_by, p.name, n.delivered, n.sent_at, n.sent_at
  from notices_notice n join org_unit u on u.tenant_id = n.tenant_id and u.path = n.org_path
  left join access_person p on p.id = n.sent_by
  where n.kind = 'written';
insert into notices_target (tenant_id, id, circular_id, org_path, is_except, person_id, member_id, name, sent_at)
  select d.tenant_id, gen_random_uuid(), d.notice_id, c.org_path, false, d.person_id, m.id, d.name, c.sent_at
  from notices_delivery d join notices_circular c on c.tenant_id = d.tenant_id and c.id = d.notice_id
  left join members_member m on m.tenant_id = d.tenant_id and m.person_id = d.person_id and m.deleted_at is null;
insert into notices_receipt (tenant_id, circular_id, person_id, member_id, unit_id, org_path, name, read_at, read_version,
    confirmed_at, confirmed_version)
  select d.tenant_id, d.notice_id, d.person_id, m.id, coalesce(m.org_id, c.unit_id), coalesce(m.org_path, c.org_path), d.name,
    coalesce(d.read_at, d.confirmed_at), 1, d.confirmed_at, case when d.confirmed_at is not null then 1 end
  from notices_delivery d join notices_circular c on c.tenant_id = d.tenant_id and c.id = d.notice_id
  left join members_member m on m.tenant_id = d.tenant_id and m.person_id = d.person_id and m.deleted_at is null
  where d.read_at is not null or d.confirmed_at is not null;
insert into notices_count (tenant_id, circular_id, unit_id, org_path, read, confirmed, answered)
  select tenant_id, circular_id, unit_id, org_path, count(*), count(confirmed_at), 0
  from notices_receipt group by tenant_id, circular_id, unit_id, org_path;
delete from notices_delivery d using notices_circular c where c.tenant_id = d.tenant_id and c.id = d.notice_id;
delete from notices_notice n using notices_circular c where c.tenant_id = n.tenant_id and c.id = n.id;
alter table notices_notice force row level security;
alter table notices_delivery force row level security;
alter table notices_circular force row level security;
alter table notices_target force row level security;
alter table notices_receipt force row level security;
alter table notices_count force row level security;
alter table org_unit force row level security;
alter table members_member force row level security;
