import type { Module } from '../../platform/module.ts'
import { coursewareConsumer } from './courseware.events.ts'
import { coursewareJobs } from './courseware.jobs.ts'
import type { CoursewarePorts } from './courseware.ports.ts'
import { coursewareRoutes } from './courseware.routes.ts'

export { judgeDocument, judgeStatements } from './courseware.judging.ts'
export type { CoursewarePorts } from './courseware.ports.ts'
export { packageCards } from './courseware.reading.ts'
export const coursewareModule = (ports: CoursewarePorts): Module => ({
  name: 'courseware',
  routes: coursewareRoutes(ports),
  consumer: coursewareConsumer,
  jobs: coursewareJobs(ports),
})
