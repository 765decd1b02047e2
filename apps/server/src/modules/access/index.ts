import type { Job, Module } from '../../platform/module.ts'
import type { AccessPorts } from './access.ports.ts'
import { accessRoutes } from './access.routes.ts'
import { sweep } from './queries/throttle.queries.ts'
import { accessWaiting } from './waiting.doors.ts'

export * from './access.crowd.doors.ts'
export * from './access.doors.ts'
export { keepSetUpCodes, replaceSetUpCodes } from './access.first-run.service.ts'
export { hashPassword } from './access.hash.ts'
export { nameIndexOf } from './access.names.ts'
export type { OwnNumbersOf, SlipFacts, SlipFactsOf } from './access.ports.ts'
export { countCodeAttempt as countGuess } from './access.throttle.ts'
export * from './bulk.doors.ts'
export * from './demonstration.doors.ts'
export * from './duties.doors.ts'
export * from './passkey.doors.ts'
export * from './people.doors.ts'
export { sessionPort } from './session-port.ts'

/** Once a day, at night, what is over is removed. */
const sweeping: Job = { name: 'access_sweep', cron: '20 3 * * *', run: ({ platform, now }) => sweep(platform.db, now) }
export const accessModule = (ports: AccessPorts): Module => ({
  name: 'access',
  routes: accessRoutes(ports),
  jobs: [sweeping],
  waitingFor: accessWaiting,
})
