-- module: media
-- tables: media_proposal tenant
-- locks: none, a new table

-- A change of a medium that a reviewed lesson, or a programme, shows: made when a second pair of eyes accepts it.
-- `subject`: what of the medium changes, of which one proposal is open at a time.
create table media_proposal (
  tenant_id uuid not null,
  id uuid not null,
  media_id uuid not null,
  org_path text collate "C" not null,
  subject text not null,
  change jsonb not null,
  reason text,
  state text not null default 'open',
  proposed_by uuid not null,
  proposed_name text not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decided_reason text,
  constraint media_proposal_pkey primary key (tenant_id, id),
  constraint media_proposal_item_fkey foreign key (tenant_id, media_id) references media_item (tenant_id, id),
  constraint media_proposal_state_check check (state in ('open', 'accepted', 'refused', 'withdrawn')),
  constraint media_proposal_decided_check check ((state = 'open') = (decided_by is null)
    and (decided_by is null) = (decided_at is null)),
  constraint media_proposal_eyes_check check (state not in ('accepted', 'refused') or decided_by <> proposed_by),
  constraint media_proposal_refused_check check (state <> 'refused' or decided_reason is not null)
);
select app_shard('media_proposal', 'tenant');
create unique index media_proposal_open on media_proposal (tenant_id, media_id, subject) where state = 'open';
create index media_proposal_scope on media_proposal (tenant_id, org_path, proposed_at) where state = 'open';
alter table media_proposal enable row level security;
alter table media_proposal force row level security;
create policy media_proposal_all on media_proposal using (tenant_id = (select app_tenant()) and app_in_scope(org_path))
  with check (tenant_id = (select app_tenant()) and app_in_scope(org_path));
grant select, insert, update on media_proposal to tongxin_app;
