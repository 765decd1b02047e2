import type { Module } from '../../platform/module.ts'
import { type WaitingSource, workbenchRoutes } from './workbench.routes.ts'

export type { WaitingSource } from './workbench.routes.ts'

export const workbenchModule = (sources: readonly WaitingSource[]): Module => ({
  name: 'workbench',
  routes: workbenchRoutes(sources),
})
