import type { Module } from '../../platform/module.ts'
import { appraisalRoutes } from './appraisal.routes.ts'
import { appraisalWaiting } from './waiting.doors.ts'

export const appraisalModule: Module = { name: 'appraisal', routes: appraisalRoutes, waitingFor: appraisalWaiting }
