import type { Module } from '../../platform/module.ts'

export { sessionPort } from './session-port.ts'
export const accessModule: Module = { name: 'access' }
