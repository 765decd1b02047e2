import type { Module } from '../../platform/module.ts'
import { counterOf } from './counter.ts'
import { portalRoutes } from './portal/portal.routes.ts'
import { publishingJobs } from './publishing.jobs.ts'
import { publishingRoutes } from './publishing.routes.ts'
import { publishingWaiting } from './waiting.doors.ts'

export const publishingModule: Module = {
  name: 'publishing',
  routes: publishingRoutes(counterOf),
  standard: portalRoutes(counterOf),
  jobs: publishingJobs,
  waitingFor: publishingWaiting,
}
