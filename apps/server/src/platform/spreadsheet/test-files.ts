import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import yazl from 'yazl'

/** Files made by a test, in a folder of their own that is removed at the end. */
export function testFiles(): { write: (name: string, content: Buffer | string) => string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-spreadsheet-'))
  return {
    write: (name, content) => {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const FAST = { compressionLevel: 1 }
type Part = string | (() => Iterable<Buffer>)

/** A zip archive of the given parts; a function makes a part of any size piece by piece. */
export async function zipOf(parts: Readonly<Record<string, Part>>): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === 'string') zip.addBuffer(Buffer.from(part), name, FAST)
    else zip.addReadStream(Readable.from(part()), name, FAST)
  }
  zip.end()
  return await buffer(zip.outputStream)
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types'
const MAIN_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'

/** The parts of a minimal workbook whose only sheet has the given `sheetData` and what follows it. */
export function workbookParts(
  sheetData: string,
  after = '',
  more: Readonly<Record<string, Part>> = {},
): Record<string, Part> {
  return {
    '[Content_Types].xml': `<Types xmlns="${TYPES}"><Override PartName="/xl/workbook.xml" ContentType="${MAIN_TYPE}"/></Types>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      `<Relationships><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>` +
      `<Relationship Id="rId2" Type="${OFFICE}/styles" Target="/xl/styles.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${sheetData}</sheetData>${after}</worksheet>`,
    ...more,
  }
}
