import { createHash } from 'node:crypto'
import { importRefusals } from '@tongxin/contract'
import { type ColumnMapping, JUDGED_FIELDS, OTHER_DATE_FIELDS, TEXT_FIELDS } from '@tongxin/domain/roster/index'

const FIELDS = new Set<string>([...JUDGED_FIELDS, ...OTHER_DATE_FIELDS, ...TEXT_FIELDS])

/** A person's correction of the columns: field to column, each column once, with name and ID number. */
export function columnsOfText(text: string): ColumnMapping {
  const wrong = (field: string) => importRefusals.columns_wrong.at(`/query/columns/${field}`)
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw wrong('')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw wrong('')
  const seen = new Set<number>()
  for (const [field, column] of Object.entries(parsed)) {
    if (
      !FIELDS.has(field) ||
      !Number.isInteger(column) ||
      (column as number) < 0 ||
      (column as number) > 511 ||
      seen.has(column as number)
    )
      throw wrong(field)
    seen.add(column as number)
  }
  const columns = parsed as ColumnMapping
  if (columns.name === undefined || columns.idNumber === undefined)
    throw wrong(columns.name === undefined ? 'name' : 'idNumber')
  return columns
}

/** Equal for files with the same headings, however many rows they have. */
export function fingerprintOf(headings: readonly string[]): Buffer {
  return createHash('sha256')
    .update(headings.map((heading) => heading.replace(/\s+/g, '')).join('\u0001'))
    .digest()
}
