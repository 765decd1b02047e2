-- module: library
-- tables: none
-- locks: none

-- Functions of policies are called by whoever reads the table: nobody may call one unless it is granted by name.
grant execute on function library_wanted(), library_shared(uuid), library_open(uuid) to tongxin_app;
