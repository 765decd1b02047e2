import type { Module } from '../../platform/module.ts'
import { settingsRoutes } from './settings.routes.ts'

export {
  activationHoursOf,
  calendarOf,
  parametersOf,
  type SettingLookup,
  settingLookup,
  settingOf,
} from './settings.doors.ts'
export const settingsModule: Module = { name: 'settings', routes: settingsRoutes }
