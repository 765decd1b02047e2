import type { OrgFacts } from '@tongxin/contract/org'
import type { correctOrg, OrgRecord } from '@tongxin/contract/org.record'
import type { Static } from 'typebox'

export type FieldKind = 'text' | 'words' | 'date' | 'number' | 'yes' | 'nature' | 'grade' | 'setUp'
/** The fields of the form, in order, and how each is entered. */
export const FIELDS: Readonly<Record<string, FieldKind>> = {
  shortName: 'text',
  code: 'text',
  foundedOn: 'date',
  foundingDocument: 'text',
  approvedBy: 'text',
  affiliation: 'text',
  setUp: 'setUp',
  hostUnit: 'text',
  hostUnitCode: 'text',
  hostUnitNature: 'nature',
  industry: 'text',
  staff: 'number',
  isLegalEntity: 'yes',
  isRepresentativeMember: 'yes',
  contact: 'text',
  phone: 'text',
  address: 'text',
  postcode: 'text',
  termYears: 'number',
  grade: 'grade',
  stars: 'number',
  tags: 'words',
  brand: 'text',
  premisesArea: 'number',
  premisesEquipment: 'text',
  latitude: 'number',
  longitude: 'number',
}
/** Fields that are columns of the record; the others are facts. */
export const COLUMNS: ReadonlySet<string> = new Set([
  'shortName',
  'code',
  'foundedOn',
  'foundingDocument',
  'approvedBy',
  'tags',
])

type Named = Readonly<Record<string, unknown>>

/** The record as the texts of a form. */
export function draftOf(unit: OrgRecord): Record<string, string> {
  const values: Named = { ...unit.facts, ...unit }
  const text = (value: unknown) =>
    value === null || value === undefined ? '' : Array.isArray(value) ? value.join(' ') : String(value)
  return { ...Object.fromEntries(Object.keys(FIELDS).map((field) => [field, text(values[field])])), reason: '' }
}

function valueOf(field: string, text: string): unknown {
  const kind = FIELDS[field]
  if (kind === 'words') return text.split(/[\s,，、]+/).filter((word) => word !== '')
  if (text.trim() === '') return null
  // What is no number stays text, so that the server names the field.
  if (kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : text
  if (kind === 'yes') return text === 'true'
  return text.trim()
}

/** The body of the correction: only fields whose text was changed. */
export function bodyOf(
  unit: OrgRecord,
  values: Readonly<Record<string, string>>,
  reason: string,
): Static<(typeof correctOrg)['body']> {
  const before = draftOf(unit)
  const changed = Object.keys(FIELDS).filter((field) => values[field] !== before[field])
  const entries = changed.map((field) => [field, valueOf(field, values[field] ?? '')] as const)
  const columns = Object.fromEntries(entries.filter(([field]) => COLUMNS.has(field)))
  const facts = Object.fromEntries(entries.filter(([field]) => !COLUMNS.has(field))) as OrgFacts
  return { ...columns, ...(Object.keys(facts).length > 0 ? { facts } : {}), reason: reason.trim() }
}
