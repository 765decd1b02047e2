import type { Module } from '../../platform/module.ts'
import type { DevelopmentPorts } from './development.ports.ts'
import { developmentRoutes } from './development.routes.ts'

export { moveCase } from './service/move.ts'
export { developmentWaiting } from './waiting.doors.ts'
export const developmentModule = (ports: DevelopmentPorts): Module => ({
  name: 'development',
  routes: developmentRoutes(ports),
})
