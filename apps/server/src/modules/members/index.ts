import type { Module } from '../../platform/module.ts'
import { membersConsumer } from './members.events.ts'
import { membersJobs } from './members.jobs.ts'
import { membersRoutes } from './members.routes.ts'

export { emptyBin, rebuildCounts } from './members.jobs.ts'
export { slipFactsOf } from './members.slips.ts'
export { correct, register } from './service/change-records.ts'
export const membersModule: Module = {
  name: 'members',
  routes: membersRoutes,
  consumer: membersConsumer,
  jobs: membersJobs,
}
