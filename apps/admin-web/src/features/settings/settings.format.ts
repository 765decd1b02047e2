import type { SettingRow } from '@tongxin/contract/settings'
import type { TFunction } from 'i18next'

export type Value = SettingRow['value']

/** A value with its unit as a person reads it. */
export function valueText(row: Pick<SettingRow, 'unit' | 'code'>, value: Value, t: TFunction): string {
  if (typeof value === 'boolean') return t(value ? 'settings.on' : 'settings.off')
  if (typeof value === 'string') return t(`settings.word.${value}`, { defaultValue: value })
  return row.unit ? t(`settings.unit.${row.unit}`, { count: value }) : String(value)
}

/** The value behind a typed text, by the type of the setting; null when the text is none. */
export function valueOf(row: Pick<SettingRow, 'type'>, text: string): Value | null {
  if (row.type === 'switch') return text === '' ? null : text === 'true'
  if (row.type === 'whole') return /^-?\d{1,7}$/.test(text.trim()) ? Number(text) : null
  return text.trim() === '' ? null : text.trim()
}
