import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { neutralised } from './neutral.ts'
import { openSource } from './source.ts'
import { testFiles } from './test-files.ts'
import { csvStream, type WrittenColumn, type WrittenRow, writeXlsx } from './write.ts'

const files = testFiles()
afterAll(() => files.remove())
const columns: WrittenColumn[] = [
  { header: '姓名', key: 'name', width: 20 },
  { header: '公民身份号码', key: 'id', text: true },
  { header: '次数', key: 'count' },
]

async function reread(path: string) {
  const source = await openSource(path)
  const rows = []
  for await (const batch of source.rowsOf(0)) rows.push(...batch)
  source.close()
  return rows
}

/** Text that survives both formats: no characters that XML forbids, no lone surrogates. */
// biome-ignore format: one class of characters
const keepable = (value: string): boolean => !/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(value) && value.isWellFormed()
const hostile = fc.tuple(
  fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', ''),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
)
const value = hostile.map(([sign, rest]) => `${sign}${rest}x`).filter(keepable)

describe('a written table', () => {
  it('holds no text that a spreadsheet program would execute, and gives every value back', async () => {
    const values = fc.sample(value, { numRuns: 2000, seed: 20_261_122 })
    const rows: WrittenRow[] = values.map((name, index) => ({ name, id: '11010519491231002X', count: index }))
    const xlsx = await reread(
      files.write('fuzz.xlsx', await writeXlsx({ sheets: [{ name: '名[册]', columns, rows }] })),
    )
    const csv = await reread(files.write('fuzz.csv', await text(csvStream({ columns, rows }))))
    for (const [read, form] of [
      [xlsx, 'xlsx'],
      [csv, 'csv'],
    ] as const) {
      const cells = read.slice(1).map((row) => row.cells[0])
      expect(
        cells.map((cell) => cell?.text),
        form,
      ).toEqual(values.map((written) => neutralised(written)))
      for (const cell of cells) {
        expect(cell?.kind).toBe('text')
        expect(cell?.text).not.toMatch(/^[=+\-@\t\r\n\0＝＋－＠]/)
      }
    }
  })
  it('keeps numbers as numbers, long digits as text, and leaves nothing where there is nothing', async () => {
    const rows: WrittenRow[] = [{ name: null, id: '440305198008216284', count: -3 }]
    const [heading, row] = await reread(
      files.write('kinds.xlsx', await writeXlsx({ sheets: [{ name: '', columns, rows }] })),
    )
    expect(heading?.cells.map((cell) => cell.text)).toEqual(['姓名', '公民身份号码', '次数'])
    expect(row?.cells.map(({ kind, text: shown }) => `${kind}:${shown}`)).toEqual([
      'empty:',
      'text:440305198008216284',
      'number:-3',
    ])
  })
  it('drops characters that no workbook can hold instead of becoming unreadable', async () => {
    const rows = [{ name: 'a\0b\ud800c\u0007_x0041_', id: '', count: null }]
    const [, row] = await reread(
      files.write('control.xlsx', await writeXlsx({ sheets: [{ name: 'x', columns, rows }] })),
    )
    expect(row?.cells[0]?.text).toBe('ab\ufffdc_x0041_')
  })
  it('fails as a whole when its rows fail', async () => {
    async function* broken(): AsyncGenerator<WrittenRow> {
      yield { name: '张三' }
      throw new Error('the database went away')
    }
    await expect(writeXlsx({ sheets: [{ name: 'x', columns, rows: broken() }] })).rejects.toThrow(
      'the database went away',
    )
    await expect(text(csvStream({ columns, rows: broken() }))).rejects.toThrow('the database went away')
  })
})
