-- module: audit
-- tables: none
-- locks: share on platform_event while the indexes are built

-- The audit is the event stream of the platform, read through a view of its own: the rows are never copied, so they
-- cannot differ. The application may insert into the stream and select from it, nothing else.
create view audit_event with (security_invoker = true) as
  select tenant_id, id, xid, at, type, actor_id, grant_id, org_path, subject_kind, subject_id, person_id, outcome, reason,
    payload, before_hash, after_hash, request_id
  from platform_event;
grant select on audit_event to tongxin_app;

-- What did this account do; which events of one type were there. Both grow at their right edge only.
create index platform_event_actor on platform_event (tenant_id, actor_id, id) where actor_id is not null;
create index platform_event_type on platform_event (tenant_id, type, id);
