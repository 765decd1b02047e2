import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from } from 'pg-copy-streams'

/** A value of a row: text, a number, bytes, an instant, or nothing. */
export type Cell = string | number | Buffer | Date | null

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function written(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell === 'number') return String(cell)
  if (Buffer.isBuffer(cell)) return `\\\\x${cell.toString('hex')}`
  if (cell instanceof Date) return cell.toISOString()
  return /[\\\t\n\r]/.test(cell) ? cell.replace(/[\\\t\n\r]/g, (one) => ESCAPES[one] as string) : cell
}

/** Writes rows into a table; the columns are the keys of the first row, and every row has the same in the same order. */
export async function copyRows(
  client: pg.Client,
  table: string,
  rows: readonly Readonly<Record<string, Cell>>[],
): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0] as object)
  const text = rows.map((row) => Object.values(row).map(written).join('\t')).join('\n')
  const bytes = Buffer.from(`${text}\n`)
  const copy = client.query(from(`copy ${table} (${columns.join(', ')}) from stdin`))
  await pipeline(Readable.from([bytes]), copy)
}
