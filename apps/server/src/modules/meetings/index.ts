import type { Module } from '../../platform/module.ts'
import { meetingsConsumer } from './meetings.consumer.ts'
import { waitingFor } from './meetings.doors.ts'
import { meetingsJobs } from './meetings.jobs.ts'
import type { MeetingPorts } from './meetings.ports.ts'
import { meetingsRoutes } from './meetings.routes.ts'

export { checkInBoard, meetingToShow } from './board.doors.ts'
export { planLesson } from './lessons.doors.ts'
export * from './meetings.doors.ts'
export { lifeOf } from './portrait.doors.ts'
export { checkedInAmong, presentAt, studiedMeeting } from './presence.doors.ts'
export { mayReadPaper } from './service/papers.ts'
export const meetingsModule = (ports: MeetingPorts): Module => ({
  name: 'meetings',
  routes: meetingsRoutes(ports),
  consumer: meetingsConsumer,
  jobs: meetingsJobs,
  waitingFor,
})
