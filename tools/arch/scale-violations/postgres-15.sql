-- module: sample
-- tables: sample_l local
-- locks: none, new tables
create table sample_l (
  id uuid not null,
  made uuid default uuidv7(),
  constraint sample_l_pkey primary key (id)
);
select app_shard('sample_l', 'local');
grant select, insert on sample_l to tongxin_app;
