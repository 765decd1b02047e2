-- module: sample
-- tables: sample_l local, sample_m local
-- locks: none, new tables
create table sample_l (
  id uuid not null,
  constraint sample_l_pkey primary key (id)
);
select app_shard('sample_l', 'local');
grant select, insert on sample_l to tongxin_app;
create table sample_m (
  id uuid not null,
  l_id uuid,
  constraint sample_m_l_fkey foreign key (l_id) references sample_l (id) on delete set null,
  constraint sample_m_pkey primary key (id)
);
select app_shard('sample_m', 'local');
grant select, insert on sample_m to tongxin_app;
