-- module: members
-- tables: members_birthday_day tenant
-- locks: none, new table

-- The days of the 政治生日 (the day of joining) that were told: to branches some days before, to people on the day.
create table members_birthday_day (
  tenant_id uuid not null,
  on_day date not null,
  told text not null,
  constraint members_birthday_day_pkey primary key (tenant_id, on_day, told),
  constraint members_birthday_day_told_check check (told in ('branch', 'person'))
);
select app_shard('members_birthday_day', 'tenant');
alter table members_birthday_day enable row level security;
alter table members_birthday_day force row level security;
create policy members_birthday_day_all on members_birthday_day using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()));
grant select, insert, delete on members_birthday_day to tongxin_app;
