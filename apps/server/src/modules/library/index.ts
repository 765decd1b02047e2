import type { Module } from '../../platform/module.ts'
import { libraryConsumer } from './library.events.ts'
import { libraryRoutes } from './library.routes.ts'

export { subscribersOf } from './library.doors.ts'

export const libraryModule: Module = { name: 'library', routes: libraryRoutes, consumer: libraryConsumer }
