import type { Module } from '../../platform/module.ts'
import { importsJobs } from './imports.jobs.ts'
import { importsRoutes } from './imports.routes.ts'
import { importsWaiting } from './waiting.doors.ts'

export { forgetRows, resumeBatches } from './imports.jobs.ts'
export { judgeRosterFile, type RosterReport } from './roster-file.ts'
export { rowWords } from './row-words.ts'
export { whenIdle } from './service/apply-batch.ts'
export const importsModule: Module = {
  name: 'imports',
  routes: importsRoutes,
  jobs: importsJobs,
  waitingFor: importsWaiting,
}
export { branchesOf, makeBatch, makerNamed } from './service/make-batch.ts'
