import type { Module } from '../../platform/module.ts'
import { xapiJobs } from './xapi.jobs.ts'
import type { XapiPorts } from './xapi.ports.ts'
import { xapiRoutes } from './xapi.routes.ts'
import { standardRoutes } from './xapi.standard.routes.ts'

export { factOf, stateFacts } from './xapi.doors.ts'
export { endLaunch, keepLaunchState, prepareLaunch, stateLaunched } from './xapi.launched.ts'

export const xapiModule = (ports: XapiPorts): Module => ({
  name: 'xapi',
  routes: xapiRoutes,
  standard: standardRoutes(ports),
  jobs: xapiJobs,
})
