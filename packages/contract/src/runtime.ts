import { defineRefusals } from './refusal.ts'

/** Refusals given at the command line and at start, before there is a server that could answer. */
export const runtimeRefusals = defineRefusals('runtime', {
  configuration_wrong: 'invalid',
  port_busy: 'conflict',
  data_in_use: 'conflict',
  data_unusable: 'invalid',
  data_copied: 'conflict',
  cluster_missing: 'missing',
  platform_unsupported: 'invalid',
  database_unreachable: 'busy',
  database_failed: 'busy',
  database_too_old: 'invalid',
  role_missing: 'invalid',
  migration_malformed: 'invalid',
  migration_changed: 'conflict',
  migration_newer: 'conflict',
  migration_failed: 'conflict',
  folder_not_empty: 'conflict',
  database_not_empty: 'conflict',
  backup_missing: 'missing',
  backup_damaged: 'invalid',
  backup_newer: 'conflict',
  module_refused: 'conflict',
  unexpected: 'busy',
})
