import type { Module } from '../../platform/module.ts'

export { factOf, stateFacts } from './xapi.doors.ts'

export const xapiModule: Module = { name: 'xapi' }
