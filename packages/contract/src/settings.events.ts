export type SettingsEvents = {
  'settings.proposed': { code: string; effectiveFrom: string }
  'settings.changed': { code: string; effectiveFrom: string }
  'settings.refused': { code: string }
  'settings.withdrawn': { code: string }
  'settings.entry_saved': { dictionary: string; code: string }
  'settings.view_shared': { list: string; name: string }
  'settings.calendar_saved': { year: number; days: number }
}
