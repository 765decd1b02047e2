import type { Module } from '../../platform/module.ts'
import { filesJobs } from './files.jobs.ts'
import type { FileReaders } from './files.policy.ts'
import { filesRoutes } from './files.routes.ts'

export { type KeptFile, keptFile } from './files.doors.ts'
export { type SendStored, sendingStored } from './files.downloads.ts'
export { attachFile, filesOfSubject, moveFiles, opensHere } from './files.service.ts'
export { keptPath } from './files.store.ts'
/** `readers` tells of people without the permission whether they may open a file, by the kind of its record. */
export const filesModule = (readers: FileReaders): Module => ({
  name: 'files',
  routes: filesRoutes(readers),
  jobs: filesJobs,
})
