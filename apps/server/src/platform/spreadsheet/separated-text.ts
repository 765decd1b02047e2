import { Readable } from 'node:stream'
import type { Cell, SheetRow } from '@tongxin/domain/roster/sheet'
import { CsvError, parse } from 'csv-parse'
import { LIMITS } from './limits.ts'
import { charactersOf, openingOf, type TextEncoding } from './text-encoding.ts'
import { Unreadable } from './unreadable.ts'

const SEPARATORS = [',', '\t', ';', '|', '，'] as const
const EMPTY: Cell = { kind: 'empty', text: '' }
const BATCH = 500

/** The separator that cuts the first lines into the most equal number of cells; `sep=;` on the first line decides. */
export async function separatorOf(path: string, encoding: TextEncoding): Promise<string> {
  const opening = await openingOf(path, encoding)
  const told = /^sep=(.)\r?\n/.exec(opening)
  if (told?.[1] !== undefined) return told[1]
  const lines = opening
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 60)
  let best: string = ','
  let bestScore = 0
  for (const separator of SEPARATORS) {
    const widths = new Map<number, number>()
    for (const line of lines) {
      const cuts = unquoted(line).split(separator).length - 1
      if (cuts > 0) widths.set(cuts, (widths.get(cuts) ?? 0) + cuts)
    }
    const score = Math.max(0, ...widths.values())
    if (score > bestScore) [best, bestScore] = [separator, score]
  }
  return best
}

function unquoted(line: string): string {
  return line.replace(/"(?:[^"]|"")*"/g, '')
}

/** The rows of separated text (RFC 4180 and its relatives); a quoted line break stays inside its row. */
export async function* separatedRows(
  path: string,
  encoding: TextEncoding,
  separator: string,
): AsyncGenerator<SheetRow[]> {
  const parser = Readable.from(charactersOf(path, encoding), { objectMode: true }).pipe(
    parse({
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: LIMITS.csvRecordCharacters,
    }),
  )
  let batch: SheetRow[] = []
  let number = 0
  let kept = 0
  try {
    for await (const fields of parser) {
      number += 1
      const cells = cellsOf(fields as string[])
      if (cells.length === 0) continue
      kept += 1
      if (kept > LIMITS.rows) throw new Unreadable('too_many_rows', { limit: LIMITS.rows })
      batch.push({ row: number, cells })
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
  } catch (error) {
    if (error instanceof CsvError) throw new Unreadable('quotes_unbalanced', { line: number + 1 })
    throw error
  }
  if (batch.length > 0) yield batch
}

/** Cells up to the last filled one. */
function cellsOf(fields: readonly string[]): Cell[] {
  let length = Math.min(fields.length, LIMITS.columns)
  while (length > 0 && (fields[length - 1] ?? '').trim() === '') length -= 1
  const cells: Cell[] = []
  for (let column = 0; column < length; column += 1) {
    const text = fields[column] ?? ''
    cells.push(text === '' ? EMPTY : { kind: 'text', text: text.slice(0, LIMITS.cellCharacters) })
  }
  return cells
}
