import type { Module } from '../../platform/module.ts'
import type { Votes } from './elections.ports.ts'
import { electionsRoutes } from './elections.routes.ts'
import { electionsWaiting } from './waiting.doors.ts'

export { allottedUnits, electorsOf } from './elections.doors.ts'

export const electionsModule = (ports: { readonly votes: Votes }): Module => ({
  name: 'elections',
  routes: electionsRoutes(ports.votes),
  waitingFor: electionsWaiting,
})
