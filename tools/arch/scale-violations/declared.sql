-- module: sample
-- tables: none
-- locks: none, new tables
create table sample_l (
  id uuid not null,
  constraint sample_l_pkey primary key (id)
);
select app_shard('sample_l', 'local');
grant select, insert on sample_l to tongxin_app;
