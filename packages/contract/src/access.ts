/** Accounts and sessions as endpoints; activation, recovery, grants and first run stand beside in files of their own. */
export * from './access.activation.ts'
export * from './access.first-run.ts'
export * from './access.grants.ts'
export * from './access.own.ts'
export * from './access.recovery.ts'
export * from './access.refusals.ts'
