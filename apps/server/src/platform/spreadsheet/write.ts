import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import yazl from 'yazl'
import { neutralised } from './neutral.ts'
import { type CellValue, packageParts, sheetEnd, sheetRow, sheetStart, type WrittenColumn } from './workbook-parts.ts'

export type { CellValue, WrittenColumn } from './workbook-parts.ts'

export type WrittenRow = Readonly<Record<string, CellValue | undefined>>
export type WrittenSheet = {
  readonly name: string
  readonly columns: readonly WrittenColumn[]
  readonly rows: Iterable<WrittenRow> | AsyncIterable<WrittenRow>
}

/** A workbook as a stream: headings frozen, no formula possible, memory independent of the number of rows. */
export function xlsxStream(workbook: { readonly sheets: readonly WrittenSheet[] }): Readable {
  const zip = new yazl.ZipFile()
  const output = Readable.from(zip.outputStream as AsyncIterable<Buffer>)
  for (const [path, xml] of packageParts(workbook.sheets.map(({ name }) => name))) {
    zip.addBuffer(Buffer.from(xml), path)
  }
  for (const [index, sheet] of workbook.sheets.entries()) {
    const source = Readable.from(joined(sheetXml(sheet)))
    source.on('error', (error) => output.destroy(error))
    zip.addReadStream(source, `xl/worksheets/sheet${index + 1}.xml`)
  }
  zip.end()
  return output
}

/** A whole workbook in memory, for templates and other small files. */
export async function writeXlsx(workbook: { readonly sheets: readonly WrittenSheet[] }): Promise<Buffer> {
  return await buffer(xlsxStream(workbook))
}

async function* sheetXml({ columns, rows }: WrittenSheet): AsyncGenerator<string> {
  yield sheetStart(columns)
  let number = 1
  for await (const row of rows) {
    number += 1
    yield sheetRow(
      number,
      columns.map(({ key, text }) => ({ value: row[key] ?? null, isText: text === true })),
    )
  }
  yield sheetEnd(columns)
}

/** Separated text (RFC 4180) in UTF-8 with the mark by which spreadsheet programs know it. */
export function csvStream({ columns, rows }: Omit<WrittenSheet, 'name'>): Readable {
  return Readable.from(joined(csvLines(columns, rows)))
}

async function* csvLines(columns: readonly WrittenColumn[], rows: WrittenSheet['rows']): AsyncGenerator<string> {
  yield `\ufeff${columns.map(({ header }) => csvField(header)).join(',')}\r\n`
  for await (const row of rows) yield `${columns.map(({ key }) => csvField(row[key] ?? null)).join(',')}\r\n`
}

function csvField(value: CellValue): string {
  if (typeof value === 'number') return String(value)
  const text = neutralised(value ?? '').replaceAll('\0', '')
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Pieces gathered to 64 kB, so that compression sees more than one row at a time. */
async function* joined(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let text = ''
  for await (const piece of pieces) {
    text += piece
    if (text.length < 65_536) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}
