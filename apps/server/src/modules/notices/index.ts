import type { Module } from '../../platform/module.ts'
import { type NoticePorts, noticesConsumer } from './notices.events.ts'
import { noticesRoutes } from './notices.routes.ts'

export { noticeCard } from './notices.doors.ts'
export type { NoticePorts } from './notices.events.ts'

export const noticesModule = (ports: NoticePorts): Module => ({
  name: 'notices',
  routes: noticesRoutes,
  consumer: noticesConsumer(ports),
})
