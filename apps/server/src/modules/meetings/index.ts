import type { Module } from '../../platform/module.ts'
import { meetingsConsumer } from './meetings.consumer.ts'
import { waitingFor } from './meetings.doors.ts'
import { meetingsJobs } from './meetings.jobs.ts'
import { meetingsRoutes } from './meetings.routes.ts'

export * from './meetings.doors.ts'
export { checkedInAmong } from './presence.doors.ts'
export { mayReadPaper } from './service/papers.ts'
export const meetingsModule: Module = {
  name: 'meetings',
  routes: meetingsRoutes,
  consumer: meetingsConsumer,
  jobs: meetingsJobs,
  waitingFor,
}
