import type { Module } from '../../platform/module.ts'
import { learningWaiting } from './learning.doors.ts'
import { learningConsumer } from './learning.events.ts'
import { learningJobs } from './learning.jobs.ts'
import type { LearningPorts } from './learning.ports.ts'
import { learningRoutes } from './learning.routes.ts'

export { beginCourse } from './drafts.doors.ts'
export {
  courseFacts,
  courseFiguresOf,
  isKeptInCourse,
  isOpenInCourse,
  keepsInCourse,
  mediaInCourses,
  opensInCourse,
  packagesInCourses,
  unfinishedPeople,
  watchesInCourse,
} from './learning.doors.ts'
export { countCourses } from './learning.jobs.ts'
export type { CardsOf } from './learning.ports.ts'
export { tenantOfPublic } from './queries/public.queries.ts'
export { requiredLeftOf } from './required.doors.ts'
export { pinsOfCourses } from './service/pins.ts'
export const learningModule = (ports: LearningPorts): Module => ({
  name: 'learning',
  routes: learningRoutes(ports),
  consumer: learningConsumer(ports),
  jobs: learningJobs,
  waitingFor: learningWaiting,
})
