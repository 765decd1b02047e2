import type { Module } from '../../platform/module.ts'

export * from './access.doors.ts'
export { canonicalName, nameIndexOf, type SignInName, type SignInNameKind } from './access.names.ts'
export { sessionPort } from './session-port.ts'
export const accessModule: Module = { name: 'access' }
