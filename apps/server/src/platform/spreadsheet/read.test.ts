import { randomBytes } from 'node:crypto'
import type { SheetRow } from '@tongxin/domain/roster/sheet'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, it } from 'vitest'
import { openSpreadsheet } from './read.ts'
import { openSource } from './source.ts'
import { testFiles, workbookParts, zipOf } from './test-files.ts'
import { Unreadable } from './unreadable.ts'

const files = testFiles()
afterAll(() => files.remove())

/** Reads without a thread of its own; the thread is tested further down. */
async function rowsOf(path: string): Promise<SheetRow[]> {
  const source = await openSource(path)
  const rows: SheetRow[] = []
  for await (const batch of source.rowsOf(0)) rows.push(...batch)
  source.close()
  return rows
}
const textsOf = (rows: readonly SheetRow[]): string[][] => rows.map(({ cells }) => cells.map(({ text }) => text))

async function refusalOf(name: string, content: Buffer | string): Promise<string> {
  const refused = await rowsOf(files.write(name, content)).then(
    () => null,
    (error: unknown) => error,
  )
  if (!(refused instanceof Unreadable)) throw new Error(`not refused: ${String(refused)}`)
  return `imports.${refused.reason}`
}
function* repeated(piece: Buffer, times: number): Generator<Buffer> {
  for (let i = 0; i < times; i += 1) yield piece
}

describe('a file that cannot be trusted or read', () => {
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(3000)])
  it('is refused as an old or an encrypted workbook', async () => {
    expect(await refusalOf('a.xls', ole)).toBe('imports.legacy_workbook')
    expect(await refusalOf('b.xlsx', Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]))).toBe(
      'imports.encrypted',
    )
  })
  it('is refused when it holds macros, by name of a part or by its type', async () => {
    expect(await refusalOf('a.xlsx', await zipOf(workbookParts('', '', { 'xl/vbaProject.bin': 'x' })))).toBe(
      'imports.macros',
    )
    const types = '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    expect(await refusalOf('b.xlsx', await zipOf(workbookParts('', '', { '[Content_Types].xml': types })))).toBe(
      'imports.macros',
    )
  })
  it('is refused when it is damaged: cut off, no directory, broken XML, no sheets', async () => {
    const whole = await zipOf(workbookParts('<row><c><v>1</v></c></row>'))
    expect(await refusalOf('cut.xlsx', whole.subarray(0, whole.length - 40))).toBe('imports.damaged')
    expect(await refusalOf('head.xlsx', whole.subarray(0, 30))).toBe('imports.damaged')
    const flipped = Buffer.from(whole)
    const at = flipped.indexOf('sheet1.xml') + 14
    flipped.fill(0xff, at, at + 20)
    expect(await refusalOf('flipped.xlsx', flipped)).toBe('imports.damaged')
    const wide = `<row>${'<c><v>1</v></c>'.repeat(16_385)}</row>`
    expect(await refusalOf('wide.xlsx', await zipOf(workbookParts(wide)))).toBe('imports.damaged')
    expect(await refusalOf('xml.xlsx', await zipOf(workbookParts('<row><c>')))).toBe('imports.damaged')
    expect(
      await refusalOf(
        'none.xlsx',
        await zipOf(workbookParts('', '', { 'xl/_rels/workbook.xml.rels': '<Relationships/>' })),
      ),
    ).toBe('imports.damaged')
  })
  it('is refused when it unpacks to far more than it is: one sheet, many entries, or together', async () => {
    const zeros = Buffer.alloc(1 << 20, 0x20)
    const bomb = await zipOf(workbookParts('', '', { 'xl/worksheets/sheet1.xml': () => repeated(zeros, 20) }))
    expect(await refusalOf('bomb.xlsx', bomb)).toBe('imports.unpacks_too_large')
    const forged = Buffer.from(bomb)
    const directory = forged.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    forged.writeUInt32LE(1000, directory + 24)
    expect(await refusalOf('forged.xlsx', forged)).toMatch(/unpacks_too_large|damaged/)
    const small = Object.fromEntries(
      Array.from({ length: 230 }, (_, index) => [
        `xl/media/${index}.bin`,
        () => repeated(zeros.subarray(0, 950_000), 1),
      ]),
    )
    expect(await refusalOf('together.xlsx', await zipOf(workbookParts('', '', small)))).toBe(
      'imports.unpacks_too_large',
    )
    const many = Object.fromEntries(Array.from({ length: 2100 }, (_, index) => [`xl/media/${index}.png`, '']))
    expect(await refusalOf('many.xlsx', await zipOf(workbookParts('', '', many)))).toBe('imports.unpacks_too_large')
  })
  it('is refused when its XML defines entities or nests without end', async () => {
    const laughs = `<!DOCTYPE s [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'abcdefghij'[i + 1]} "${`&${'abcdefghij'[i]};`.repeat(10)}">`).join('')}]>`
    const sheet = `${laughs}<worksheet><sheetData><row><c t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>`
    expect(await refusalOf('dtd.xlsx', await zipOf(workbookParts('', '', { 'xl/worksheets/sheet1.xml': sheet })))).toBe(
      'imports.unsafe_xml',
    )
    expect(await refusalOf('deep.xlsx', await zipOf(workbookParts('<row>'.repeat(5000))))).toBe('imports.unsafe_xml')
  })
  it('is refused when its texts are too many to keep', async () => {
    const strings = '<Relationship Id="rId3" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    const texts = randomBytes(60_000)
      .toString('base64')
      .replaceAll(/.{2000}/g, '<si><t>$&</t></si>')
    const parts = workbookParts('', '', {
      'xl/sharedStrings.xml': `<sst>${texts.repeat(501)}</sst>`,
    })
    const relations = String(parts['xl/_rels/workbook.xml.rels']).replace('</Relationships>', strings)
    const path = files.write('texts.xlsx', await zipOf({ ...parts, 'xl/_rels/workbook.xml.rels': relations }))
    await expect(rowsOf(path)).rejects.toMatchObject({ reason: 'unpacks_too_large', detail: { limit: '40000000 ×' } })
  })
  it('is refused when it is another kind of document', async () => {
    expect(await refusalOf('a.pdf', '%PDF-1.7 …')).toBe('imports.not_a_table')
    expect(await refusalOf('a.csv', '<html><table></table></html>')).toBe('imports.not_a_table')
    expect(
      await refusalOf('a.docx', await zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' })),
    ).toBe('imports.not_a_table')
    expect(await refusalOf('a.ods', await zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }))).toBe(
      'imports.binary_workbook',
    )
    expect(await refusalOf('a.xlsb', await zipOf(workbookParts('', '', { 'xl/workbook.bin': 'x' })))).toBe(
      'imports.binary_workbook',
    )
  })
  it('is refused when it is missing, empty, in no known encoding, or its quotes never end', async () => {
    await expect(rowsOf('/nonexistent/名册.csv')).rejects.toMatchObject({
      reason: 'file_missing',
      detail: { file: '名册.csv' },
    })
    expect(await refusalOf('empty.csv', '')).toBe('imports.file_empty')
    expect(await refusalOf('bytes.csv', Buffer.from([0x61, 0x2c, 0xff, 0xff, 0xff, 0x0a]))).toBe(
      'imports.encoding_unknown',
    )
    expect(await refusalOf('zeros.csv', Buffer.from([0x61, 0, 0, 0, 0x62, 0, 0, 0x61]))).toBe('imports.not_a_table')
    expect(await refusalOf('quote.csv', `姓名,备注\n"张三,${'x'.repeat(2_000_000)}`)).toBe('imports.quotes_unbalanced')
  })
  it('is refused when a sheet has more rows than an import takes', async () => {
    expect(await refusalOf('long.csv', '姓名,电话\n'.repeat(200_001))).toBe('imports.too_many_rows')
  })
})

describe('a text table', () => {
  const lines = [
    ['党支部', '姓名', '备注'],
    ['第一党支部', '阿依古丽·买买提', '含"引号"、逗号,分号;'],
    ['', '𠮷野', '两行\n文字'],
  ]
  const encodings = [
    ['UTF-8', 'utf8', false],
    ['UTF-8 with mark', 'utf8', true],
    ['UTF-16 LE', 'utf-16le', false],
    ['UTF-16 LE with mark', 'utf-16le', true],
    ['UTF-16 BE', 'utf-16be', false],
    ['UTF-16 BE with mark', 'utf-16be', true],
    ['GB18030', 'gb18030', false],
  ] as const
  const cases = encodings.flatMap(([title, encoding, addBOM]) =>
    [',', '\t', ';'].map((separator) => ({ title, encoding, addBOM, separator })),
  )
  it.each(cases)('is read in $title with separator $separator', async ({ encoding, addBOM, separator }) => {
    const written = lines
      .map((line) => line.map((text) => `"${text.replaceAll('"', '""')}"`).join(separator))
      .join('\r\n')
    const path = files.write('table.csv', iconv.encode(written, encoding, { addBOM }))
    expect(textsOf(await rowsOf(path))).toEqual(lines)
  })
  it('keeps the row numbers of a spreadsheet over blank lines, and drops empty cells at the end', async () => {
    const rows = await rowsOf(files.write('blank.csv', '名册,,\n\n姓名,电话,\r\n,,\n张三,1,\n'))
    expect(rows.map(({ row }) => row)).toEqual([1, 3, 5])
    expect(textsOf(rows)).toEqual([['名册'], ['姓名', '电话'], ['张三', '1']])
  })
  it('is read whole when a character lies across two pieces of the file', async () => {
    const written = `a,b\n${'汉字𠮷'.repeat(50_000)},x\n`
    for (const encoding of ['utf8', 'gb18030', 'utf-16le'] as const) {
      const [, long] = await rowsOf(files.write('long.csv', iconv.encode(written, encoding)))
      expect(long?.cells[0]?.text).toBe('汉字𠮷'.repeat(50_000).slice(0, 32_767))
    }
  })
})

describe('a workbook', () => {
  const styles =
    '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="171" formatCode="0.00E+00"/></numFmts><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="31"/></cellXfs></styleSheet>'
  const sheet =
    '<row r="3"><c r="B3" t="inlineStr"><is><r><t>张</t></r><r><t xml:space="preserve"> 三</t></r><rPh><t>zhang</t></rPh></is></c><c r="D3" s="1"><v>36651</v></c><c s="2"><v>36651.7</v></c><c s="3"><v>36651</v></c></row>' +
    '<row r="9"><c r="A9"><v>6.5010219680218E+017</v></c><c r="B9"><v>1.3578417751E10</v></c><c r="C9" t="b"><v>1</v></c><c r="D9" t="e"><v>#N/A</v></c><c r="E9" t="str"><f>A1</f><v>结果</v></c><c r="F9"><f>1+1</f><v>2</v></c><c r="G9" s="4"><v>1</v></c><c r="H9" t="inlineStr"><is><t>a_x000A_b&amp;</t></is></c></row>'
  it('gives every cell its kind and what a person reads', async () => {
    const path = files.write('kinds.xlsx', await zipOf(workbookParts(sheet, '', { 'xl/styles.xml': styles })))
    const rows = await rowsOf(path)
    expect(rows.map(({ row }) => row)).toEqual([3, 9])
    expect(rows[0]?.cells.map(({ kind, text }) => `${kind}:${text}`)).toEqual([
      'empty:',
      'text:张 三',
      'empty:',
      'date:2000-05-05',
      'date:2000-05-05',
      'number:36651',
    ])
    expect(rows[1]?.cells.map(({ kind, text }) => `${kind}:${text}`)).toEqual([
      'number:6.5010219680218E+017',
      'number:13578417751',
      'bool:TRUE',
      'error:#N/A',
      'formula:结果',
      'formula:2',
      'date:1900-01-01',
      'text:a\nb&',
    ])
  })
  it('of the 1904 calendar gives the same days', async () => {
    const parts = workbookParts('<row><c s="1"><v>35189</v></c></row>', '', { 'xl/styles.xml': styles })
    const book = String(parts['xl/workbook.xml']).replace('<sheets>', '<workbookPr date1904="1"/><sheets>')
    const rows = await rowsOf(files.write('1904.xlsx', await zipOf({ ...parts, 'xl/workbook.xml': book })))
    expect(textsOf(rows)).toEqual([['2000-05-05']])
  })
})

describe('the reading thread', () => {
  it('gives refusals as the contract names them, with their facts', async () => {
    await expect(openSpreadsheet('/nonexistent/名册.csv')).rejects.toMatchObject({
      code: 'imports.file_missing',
      kind: 'missing',
      detail: { file: '名册.csv' },
    })
    const long = await openSpreadsheet(files.write('late.csv', '姓名,电话\n'.repeat(200_001)))
    const readAll = async () => {
      for await (const batch of long.rowsOf(0)) expect(batch.length).toBeGreaterThan(0)
    }
    await expect(readAll()).rejects.toMatchObject({ code: 'imports.too_many_rows', detail: { limit: 200_000 } })
    await long.close()
  })
  it('ends when the file fills its memory or takes too long, and says so', async () => {
    const words = randomBytes(3_000_000).toString('base64')
    const parts = workbookParts('', '', {
      'xl/sharedStrings.xml': `<sst>${words.replaceAll(/.{2000}/g, '<si><t>$&</t></si>').repeat(8)}</sst>`,
    })
    const relations = String(parts['xl/_rels/workbook.xml.rels'])
    const strings = '<Relationship Id="rId3" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    const content = await zipOf({
      ...parts,
      'xl/_rels/workbook.xml.rels': relations.replace('</Relationships>', strings),
    })
    const path = files.write('memory.xlsx', content)
    const bounds = { heapMegabytes: 20, answerMilliseconds: 20_000 }
    await expect(openSpreadsheet(path, bounds)).rejects.toMatchObject({
      code: 'imports.unpacks_too_large',
      detail: { limit: '20 MB' },
    })
    await expect(openSpreadsheet(path, { ...bounds, answerMilliseconds: 1 })).rejects.toMatchObject({
      code: 'imports.took_too_long',
    })
  })
  it('shows the beginning and merged ranges of each sheet, and reads a sheet again from its first row', async () => {
    const merges = '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="AA3:AA9"/></mergeCells>'
    const rows = Array.from({ length: 3000 }, (_, i) => `<row r="${i + 1}"><c><v>${i}</v></c></row>`).join('')
    const spreadsheet = await openSpreadsheet(files.write('merged.xlsx', await zipOf(workbookParts(rows, merges))))
    expect(spreadsheet.heads.map(({ name, rows: head }) => [name, head.length])).toEqual([['S', 120]])
    expect(spreadsheet.heads[0]?.merges).toEqual([
      { top: 1, left: 0, bottom: 1, right: 2 },
      { top: 3, left: 26, bottom: 9, right: 26 },
    ])
    for (const _ of [1, 2]) {
      for await (const batch of spreadsheet.rowsOf(0)) {
        expect(batch[0]?.row).toBe(1)
        break
      }
    }
    let count = 0
    for await (const batch of spreadsheet.rowsOf(0)) count += batch.length
    expect(count).toBe(3000)
    await spreadsheet.close()
  })
})
