import type { Module } from '../../platform/module.ts'
import { mediaJobs } from './media.jobs.ts'
import type { MediaPorts } from './media.ports.ts'
import { mediaWaiting } from './media.proposals.ts'
import { mediaRoutes } from './media.routes.ts'

export { broadcastsOf } from './media.broadcasts.ts'
export { mediaSettled } from './media.pins.ts'
export { openPlayback } from './media.playback.ts'
export { mediaCards } from './media.reading.ts'
export const mediaModule = (ports: MediaPorts): Module => ({
  name: 'media',
  routes: mediaRoutes(ports),
  jobs: mediaJobs,
  waitingFor: mediaWaiting,
})
