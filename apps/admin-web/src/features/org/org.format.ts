import type { OrgChange, OrgRecord } from '@tongxin/contract/org.record'
import type { TimelineEntry } from '@tongxin/ui'
import type { TFunction } from 'i18next'

const NAMES_ONLY = new Set(['parentId', 'newId', 'intoId', 'fromId'])

/** A value of a change or of a fact as a person reads it; codes become words. */
export function valueText(field: string, value: unknown, t: TFunction): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return t(value ? 'org.yes' : 'org.no')
  if (Array.isArray(value)) return value.length === 0 ? null : value.join('、')
  if (field === 'kind') return t(`words.org.kind.${String(value)}`)
  if (field === 'hostUnitNature') return t(`words.org.nature.${String(value)}`)
  if (field === 'grade') return t(`words.org.grade.${String(value)}`)
  if (field === 'setUp') return t(`words.org.setUp.${String(value)}`)
  return String(value)
}

/** The changes of an organisation, newest first: what, from which day, by whom, on which document. */
export function timelineOf(unit: OrgRecord, t: TFunction): TimelineEntry[] {
  return unit.changes.map((change) => ({
    id: change.id,
    at: change.madeAt,
    who: change.madeBy ?? t('org.byImport'),
    what: t('org.changeOn', { what: t(`words.org.change.${change.kind}`), on: change.effectiveOn }),
    changes: changedFields(change, t),
    ...(change.reason ? { reason: change.reason } : {}),
    ...(change.documentNumber ? { cite: change.documentNumber } : {}),
  }))
}

function changedFields(change: OrgChange, t: TFunction) {
  if (change.kind === 'founded') return []
  const fields = [...new Set([...Object.keys(change.before), ...Object.keys(change.after)])]
  return fields
    .filter((field) => !NAMES_ONLY.has(field))
    .map((field) => ({
      field: t(`org.fact.${field}`),
      old: valueText(field, change.before[field], t),
      new: valueText(field, change.after[field], t),
    }))
}

/** An error for a part whose `error` may be left out, but not undefined. */
export const errorProp = (error: string | undefined) => (error === undefined ? {} : { error })
