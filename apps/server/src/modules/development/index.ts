import type { Module } from '../../platform/module.ts'
import type { DevelopmentPorts } from './development.ports.ts'
import { developmentRoutes } from './development.routes.ts'
import { developmentWaiting } from './waiting.doors.ts'

export { stageOf } from './portrait.doors.ts'
export { moveCase } from './service/move.ts'
export const developmentModule = (ports: DevelopmentPorts): Module => ({
  name: 'development',
  routes: developmentRoutes(ports),
  waitingFor: developmentWaiting,
})
