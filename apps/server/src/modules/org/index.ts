import type { Module } from '../../platform/module.ts'
import { orgRoutes } from './org.routes.ts'

export const orgModule: Module = { name: 'org', routes: orgRoutes }
