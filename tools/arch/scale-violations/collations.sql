-- module: sample
-- tables: none
-- locks: none, new tables
create collation sample_loose (provider = icu, locale = 'und', deterministic = false);
