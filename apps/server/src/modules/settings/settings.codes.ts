import { SETTINGS, type SettingCode } from '@tongxin/contract'
import { findParameter, PARAMETERS } from '@tongxin/domain'
import type { StoredValue } from './settings.queries.ts'

export type Known = SettingCode & { readonly code: string; readonly ruleId: string | null }

/** Everything that can be set: practice and switches from the contract, figures of statutes from the domain's table. */
export function knownCodes(on: string): Known[] {
  const practice = Object.entries(SETTINGS).map(([code, setting]) => ({
    ...(setting as SettingCode),
    code,
    ruleId: null,
  }))
  const figures = [...new Map(PARAMETERS.map((parameter) => [parameter.code, parameter])).values()].map((parameter) => {
    const initial = findParameter(PARAMETERS, parameter.code, on) ?? parameter.value
    const type = typeof initial === 'boolean' ? 'switch' : typeof initial === 'number' ? 'whole' : 'text'
    return {
      code: parameter.code,
      ruleId: parameter.ruleId,
      kind: 'parameter',
      type,
      initial,
      ...(type === 'whole' ? { least: 0 } : {}),
    } as const
  })
  return [...practice, ...figures]
}

export function findKnown(code: string, on: string): Known | undefined {
  return knownCodes(on).find((known) => known.code === code)
}

/** Whether a value is of the code's type and inside its range. Text that shipped as a time stays a time. */
export function mayHold(known: Known, value: StoredValue): boolean {
  if (known.type === 'switch') return typeof value === 'boolean'
  if (known.type === 'whole')
    return typeof value === 'number' && value >= (known.least ?? 0) && value <= (known.most ?? 1_000_000)
  if (typeof value !== 'string' || value === '') return false
  return !/^\d\d:\d\d$/.test(String(known.initial)) || /^([01]\d|2[0-3]):[0-5]\d$/.test(value)
}
