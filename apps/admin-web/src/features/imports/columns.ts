import { JUDGED_FIELDS, OTHER_DATE_FIELDS, TEXT_FIELDS } from '@tongxin/domain/roster/columns'
import type { MappedColumn } from '../../shared/pages/ImportMapping.tsx'
import type { Columns } from './imports.api.ts'

/** Everything a column of a roster may mean, in the order of a record. */
export const ROSTER_FIELDS: readonly string[] = [...JUDGED_FIELDS, ...OTHER_DATE_FIELDS, ...TEXT_FIELDS]
/** Without them nobody can be told from anybody else. */
export const NEEDED_FIELDS: readonly string[] = ['name', 'idNumber']

/** The headings of a file as columns with the field each was recognised as. */
export function mappedColumns(headings: readonly string[], columns: Columns): MappedColumn[] {
  const fieldAt = new Map(Object.entries(columns).map(([field, index]) => [index, field]))
  return headings.map((header, index) => ({ index, header, sample: [], field: fieldAt.get(index) ?? null }))
}

/** The columns after one of them was given another meaning; a meaning belongs to one column only. */
export function withMeaning(columns: Columns, index: number, field: string | null): Columns {
  const kept = Object.entries(columns).filter(([name, at]) => at !== index && name !== field)
  return Object.fromEntries(field === null ? kept : [...kept, [field, index]])
}

export function isSame(one: Columns, other: Columns): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}
