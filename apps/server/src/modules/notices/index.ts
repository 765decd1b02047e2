import type { Module } from '../../platform/module.ts'
import { type NoticePorts, noticesConsumer } from './notices.events.ts'
import { noticesJobs } from './notices.jobs.ts'
import { noticesRoutes } from './notices.routes.ts'
import type { CallPorts } from './service/calling.ts'

export { noticeCard } from './notices.doors.ts'
export type { NoticePorts } from './notices.events.ts'
export { mayReadNoticeFile } from './notices.files.ts'

export const noticesModule = (ports: NoticePorts & CallPorts): Module => ({
  name: 'notices',
  routes: noticesRoutes,
  consumer: noticesConsumer(ports),
  jobs: noticesJobs(ports),
})
