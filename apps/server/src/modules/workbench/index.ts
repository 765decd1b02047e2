import type { Module } from '../../platform/module.ts'
import { workbenchRoutes } from './workbench.routes.ts'

/** `modules`: all modules of the server, read when it is mounted, since the list contains this one. */
export const workbenchModule = (modules: () => readonly Module[]): Module => ({
  name: 'workbench',
  routes: (app) => workbenchRoutes(app, modules()),
})
