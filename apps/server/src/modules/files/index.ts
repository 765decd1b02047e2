import type { Module } from '../../platform/module.ts'
import { filesJobs } from './files.jobs.ts'
import { filesRoutes } from './files.routes.ts'

export { attachFile, filesOfSubject, moveFiles } from './files.service.ts'
export const filesModule: Module = { name: 'files', routes: filesRoutes, jobs: filesJobs }
