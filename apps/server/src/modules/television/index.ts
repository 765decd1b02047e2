import type { Module } from '../../platform/module.ts'
import { televisionJobs } from './television.jobs.ts'
import type { TelevisionPorts } from './television.ports.ts'
import { televisionRoutes } from './television.routes.ts'

export { isInProgramme, mediaInProgrammes } from './television.doors.ts'

export const televisionModule = (ports: TelevisionPorts): Module => ({
  name: 'television',
  routes: televisionRoutes(ports),
  jobs: televisionJobs,
})
