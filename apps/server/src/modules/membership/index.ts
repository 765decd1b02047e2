import type { Module } from '../../platform/module.ts'
import { membershipConsumer } from './membership.events.ts'
import { membershipJobs } from './membership.jobs.ts'
import { membershipRoutes } from './membership.routes.ts'
import { membershipWaiting } from './waiting.doors.ts'

export { keepMonths } from './membership.jobs.ts'
export { decisionsOf } from './portrait.doors.ts'
export const membershipModule: Module = {
  name: 'membership',
  routes: membershipRoutes,
  consumer: membershipConsumer,
  jobs: membershipJobs,
  waitingFor: membershipWaiting,
}
