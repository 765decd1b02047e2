import type { SheetHead, SheetRow } from '@tongxin/domain/roster/sheet'
import { fileKindOf } from './file-kind.ts'
import { LIMITS } from './limits.ts'
import { measured, mergesOf } from './merges.ts'
import { separatedRows, separatorOf } from './separated-text.ts'
import { sheetRows } from './sheet-rows.ts'
import { encodingOf } from './text-encoding.ts'
import { Unreadable } from './unreadable.ts'
import { readWorkbook, refuseForeignPackage } from './workbook.ts'
import { openArchive } from './zip.ts'

/** A readable table file: the beginnings of its sheets, and all rows of one of them. */
export type TableSource = {
  readonly heads: readonly SheetHead[]
  readonly rowsOf: (sheetIndex: number) => AsyncGenerator<SheetRow[]>
  readonly close: () => void
}

/** Opens a workbook or a text table. Throws `Unreadable`; runs in the reading thread only. */
export async function openSource(path: string): Promise<TableSource> {
  const { kind, bytes, beginning } = await fileKindOf(path)
  return kind === 'workbook' ? openWorkbook(path, bytes) : openText(path, beginning)
}

async function openText(path: string, beginning: Buffer): Promise<TableSource> {
  const encoding = await encodingOf(path, beginning)
  const separator = await separatorOf(path, encoding)
  const rowsOf = (): AsyncGenerator<SheetRow[]> => separatedRows(path, encoding, separator)
  return {
    heads: [{ name: null, isHidden: false, merges: [], rows: await headOf(rowsOf()) }],
    rowsOf,
    close: () => undefined,
  }
}

async function openWorkbook(path: string, bytes: number): Promise<TableSource> {
  const archive = await openArchive(path, bytes)
  try {
    await refuseForeignPackage(archive)
    const merges = new Map<string, SheetHead['merges']>()
    for (const name of archive.names) {
      const source = await archive.open(name)
      if (source === undefined) continue
      if (/\/worksheets\/[^/]+\.xml$/.test(name)) merges.set(name, await mergesOf(source))
      else await measured(source)
    }
    const workbook = await readWorkbook(archive)
    const rowsOf = async function* (sheetIndex: number): AsyncGenerator<SheetRow[]> {
      const source = await archive.open(workbook.sheets[sheetIndex]?.part ?? '')
      if (source === undefined) throw new Unreadable('damaged')
      yield* sheetRows(source, workbook)
    }
    const heads: SheetHead[] = []
    for (const [index, { name, isHidden, part }] of workbook.sheets.entries()) {
      heads.push({ name, isHidden, merges: merges.get(part) ?? [], rows: await headOf(rowsOf(index)) })
    }
    return { heads, rowsOf, close: archive.close }
  } catch (error) {
    archive.close()
    throw error
  }
}

/** The first rows of a sheet; leaving the loop ends the stream behind it. */
async function headOf(batches: AsyncGenerator<SheetRow[]>): Promise<SheetRow[]> {
  const rows: SheetRow[] = []
  for await (const batch of batches) {
    rows.push(...batch.slice(0, LIMITS.headRows - rows.length))
    if (rows.length >= LIMITS.headRows) break
  }
  return rows
}
