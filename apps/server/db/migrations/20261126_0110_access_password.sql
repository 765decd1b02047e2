-- module: access
-- tables: none
-- locks: access_session gets a nullable column

-- When the password was last shown again, for acts that a device left unattended must not do.
alter table access_session add column password_at timestamptz;
