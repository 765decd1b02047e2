-- module: members
-- tables: members_dossier tenant, members_loan tenant
-- locks: none, new tables

-- Where the paper folder of a person lies. What lies in it are entries of the kind `dossier`.
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
  updated_at timestamptz not null,
  constraint members_dossier_pkey primary key (tenant_id, id),
  constraint members_dossier_member_key unique (tenant_id, member_id),
  constraint members_dossier_member_fkey foreign key (tenant_id, member_id) references members_member (tenant_id, id)
);
select app_shard('members_dossier', 'tenant');
create index members_dossier_scope on members_dossier (tenant_id, org_path, id);
alter table members_dossier enable row level security;
alter table members_dossier force row level security;
create policy members_dossier_all on members_dossier
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on members_dossier to tongxin_app;

-- Who has the folder: asked for by one, agreed to by another, due back on a day, returned.
create table members_loan (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  person_id uuid not null,
  org_path text collate "C" not null,
  borrower text not null,
  purpose text not null,
  due_on date not null,
  state text not null default 'asked',
  asked_by uuid not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  refused_reason text,
  returned_on date,
  returned_by uuid,
  updated_at timestamptz not null,
  constraint members_loan_pkey primary key (tenant_id, id),
  constraint members_loan_member_fkey foreign key (tenant_id, member_id) references members_member (tenant_id, id),
  constraint members_loan_state_check check (state in ('asked', 'out', 'back', 'refused')),
  constraint members_loan_two_check check (decided_by <> asked_by),
  constraint members_loan_decided_check check ((state = 'asked') = (decided_by is null)),
  constraint members_loan_refused_check check ((state = 'refused') = (refused_reason is not null)),
  constraint members_loan_back_check check ((state = 'back') = (returned_on is not null))
);
select app_shard('members_loan', 'tenant');
create unique index members_loan_open on members_loan (tenant_id, member_id) where state in ('asked', 'out');
create index members_loan_member on members_loan (tenant_id, member_id, asked_at);
create index members_loan_scope on members_loan (tenant_id, org_path, id);
alter table members_loan enable row level security;
alter table members_loan force row level security;
create policy members_loan_all on members_loan
  using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on members_loan to tongxin_app;
