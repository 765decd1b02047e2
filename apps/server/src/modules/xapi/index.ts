import type { Module } from '../../platform/module.ts'
import { xapiJobs } from './xapi.jobs.ts'
import { xapiRoutes } from './xapi.routes.ts'
import { standardRoutes } from './xapi.standard.routes.ts'

export { endLaunch, factOf, launchCredential, stateFacts } from './xapi.doors.ts'

export const xapiModule: Module = { name: 'xapi', routes: xapiRoutes, standard: standardRoutes, jobs: xapiJobs }
