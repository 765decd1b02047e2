-- module: sample
-- tables: none
-- locks: none, new tables
create extension pgcrypto;
