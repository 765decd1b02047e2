import type { Module } from '../../platform/module.ts'
import { deadlinesJobs } from './deadlines.jobs.ts'
import type { DeadlinePorts } from './deadlines.ports.ts'
import { deadlinesRoutes } from './deadlines.routes.ts'
import { deadlinesWaiting } from './deadlines.service.ts'

export { calendarDeadlines } from './deadlines.calendar.ts'
export * from './deadlines.doors.ts'

export const deadlinesModule = (ports: DeadlinePorts): Module => ({
  name: 'deadlines',
  routes: deadlinesRoutes,
  jobs: deadlinesJobs(ports),
  waitingFor: deadlinesWaiting,
})
