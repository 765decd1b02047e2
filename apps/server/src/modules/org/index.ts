import type { Module } from '../../platform/module.ts'
import { orgRoutes } from './org.routes.ts'

export * from './org.doors.ts'
export { mayStandBelow } from './org.policy.ts'
export { findUnit, inScope, type OrgUnit } from './org.queries.ts'
export const orgModule: Module = { name: 'org', routes: orgRoutes }
