import type { Module } from '../../platform/module.ts'
import { transfersJobs } from './transfers.jobs.ts'
import type { TransferPorts } from './transfers.ports.ts'
import { transfersRoutes } from './transfers.routes.ts'
import { transfersWaiting } from './waiting.doors.ts'

export { movesOf } from './portrait.doors.ts'
export { expireLetters } from './transfers.jobs.ts'
export const transfersModule = (ports: TransferPorts): Module => ({
  name: 'transfers',
  routes: transfersRoutes(ports),
  jobs: transfersJobs,
  waitingFor: transfersWaiting,
})
