import type { Module } from '../../platform/module.ts'
import { transfersJobs } from './transfers.jobs.ts'
import type { TransferPorts } from './transfers.ports.ts'
import { transfersRoutes } from './transfers.routes.ts'

export { expireLetters } from './transfers.jobs.ts'
export { transfersWaiting } from './waiting.doors.ts'
export const transfersModule = (ports: TransferPorts): Module => ({
  name: 'transfers',
  routes: transfersRoutes(ports),
  jobs: transfersJobs,
})
