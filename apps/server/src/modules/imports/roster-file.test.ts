import { readFileSync, writeFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { SheetRow } from '@tongxin/domain/roster/index'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSource } from '../../platform/spreadsheet/source.ts'
import { testFiles } from '../../platform/spreadsheet/test-files.ts'
import { type WrittenRow, writeXlsx } from '../../platform/spreadsheet/write.ts'
import { errorWorkbook } from './error-workbook.ts'
import { judgeRosterFile, openRosterFile } from './roster-file.ts'
import { rosterTemplate } from './roster-template.ts'

const acceptance = (name: string): string =>
  fileURLToPath(new URL(`../../../../../test-data/acceptance/${name}`, import.meta.url))
const CAMPUS = acceptance('roster-campus.xlsx')
const OPTIONS = { today: '2026-11-22', knownBranches: [] as string[] }
const files = testFiles()
afterAll(() => files.remove())

type Reported = { totals: unknown; rows: { row: number; problems: string[] }[] }
const expected = JSON.parse(readFileSync(acceptance('roster-campus.expected.json'), 'utf8')) as Reported

/** The sheets of the campus workbook, and the names of its organisations. */
let campus: { rows: SheetRow[]; branches: string[] }
beforeAll(async () => {
  const source = await openSource(CAMPUS)
  const sheets: SheetRow[][] = [[], [], []]
  for (const [index, rows] of sheets.entries()) for await (const batch of source.rowsOf(index)) rows.push(...batch)
  source.close()
  const [, organisations = [], rows = []] = sheets
  campus = { rows, branches: organisations.slice(1).map(({ cells }) => cells[0]?.text ?? '') }
})

describe('a workbook as a branch secretary keeps it', () => {
  it('is judged row for row as expected', async () => {
    const { details, ...judged } = await judgeRosterFile(CAMPUS, 'roster-campus.xlsx', OPTIONS)
    expect(judged).toEqual(expected)
    expect(details).toMatchObject({ branchFrom: 'merged', headingRow: 3, branchesCompared: true })
  })
  it('is refused when a sheet is asked for that it does not have', async () => {
    const options = { ...OPTIONS, choice: { sheet: '名单' } }
    await expect(judgeRosterFile(CAMPUS, 'x', options)).rejects.toMatchObject({
      code: 'imports.sheet_missing',
      detail: { sheet: '名单', found: ['填表说明', '党组织', '党员名册'] },
    })
  })
  it('is refused when the chosen sheet is no roster, saying what it begins with', async () => {
    const options = { ...OPTIONS, choice: { sheet: '填表说明' } }
    await expect(judgeRosterFile(CAMPUS, 'x', options)).rejects.toMatchObject({ code: 'imports.no_table' })
  })
})

describe('the same people in another layout', () => {
  // Merged cells become blanks and dates ISO text, as programs export them.
  it.each([
    ['UTF-8 with commas', 'utf8', false, ','],
    ['UTF-16 with tabs', 'utf-16le', true, '\t'],
    ['GB18030 with semicolons', 'gb18030', false, ';'],
  ] as const)('are judged the same from text in %s', async (_title, encoding, addBOM, separator) => {
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
    const text = campus.rows.map(({ cells }) => cells.map((cell) => quoted(cell.text)).join(separator)).join('\r\n')
    const path = files.write('campus.csv', iconv.encode(text, encoding, { addBOM }))
    const report = await judgeRosterFile(path, 'campus.csv', { ...OPTIONS, knownBranches: campus.branches })
    expect(report).toMatchObject({ sheet: null, organisations: 0, members: 303, totals: expected.totals })
    expect(report.rows).toEqual(expected.rows)
  })
  it('are judged the same with columns reversed, other headings, blank rows and subtotals', async () => {
    const headings = [
      '其他说明',
      '联系电话',
      '入党时间',
      '党员类别',
      '文化程度',
      '出生年月日',
      '身份证号码（18位）',
      '民 族',
      '性 别',
      '党员姓名',
      '所属党组织',
    ]
    const rows: WrittenRow[] = []
    const rowOf = new Map<number, number>()
    let branch = ''
    const put = (row: WrittenRow): number => rows.push(row) + 1
    for (const { row, cells } of campus.rows.slice(3, -1)) {
      const own = cells[0]?.text ?? ''
      if (own !== '') {
        if (branch !== '') put({ 10: `${branch}小计`, 9: '若干人' })
        branch = own
      }
      const texts = cells.map((cell) => (cell.kind === 'number' ? Number(cell.text) : cell.text))
      rowOf.set(
        put(
          Object.fromEntries(
            [...texts, ...Array(11 - texts.length).fill('')].map((value, i) => [10 - i, i === 0 ? branch : value]),
          ),
        ),
        row,
      )
      if (row % 50 === 0) put({})
    }
    const columns = headings.map((header, index) => ({ header, key: String(index) }))
    const content = await writeXlsx({ sheets: [{ name: 'Sheet1', columns, rows }] })
    const path = files.write('layout.xlsx', content)
    const report = await judgeRosterFile(path, 'layout.xlsx', { ...OPTIONS, knownBranches: campus.branches })
    expect(report.totals).toEqual(expected.totals)
    expect(report.rows.map(({ row, problems }) => [rowOf.get(row), problems])).toEqual(
      expected.rows.map(({ row, problems }) => [row, problems]),
    )
  })
})

describe('what goes back to the person', () => {
  it('is a workbook of the rows to correct, which is accepted once corrected', async () => {
    const opened = await openRosterFile(CAMPUS, OPTIONS)
    const content = await buffer(errorWorkbook(opened.roster, opened.judged(), 'zh-CN'))
    await opened.close()
    const path = files.write('errors.xlsx', content)
    const source = await openSource(path)
    const rows: SheetRow[] = []
    for await (const batch of source.rowsOf(0)) rows.push(...batch)
    source.close()
    expect(rows).toHaveLength(1 + 22 + 12)
    expect(rows[0]?.cells.at(-1)?.text).toBe('错误原因')
    const formula = rows.find(({ cells }) => cells.at(-2)?.text === '16')
    expect(formula?.cells[1]).toEqual({ kind: 'text', text: `'=HYPERLINK("http://127.0.0.1/","点我")` })
    expect(formula?.cells.at(-1)?.text).toContain('姓名是公式')
    const unknown = rows.find(({ cells }) => cells.at(-2)?.text === '305')
    expect(unknown?.cells[0]?.text).toBe('信息工程学院学生第二支部')
    expect(unknown?.cells.at(-1)?.text).toContain('信息工程学院学生第二党支部')
    const again = await judgeRosterFile(path, 'errors.xlsx', { ...OPTIONS, knownBranches: campus.branches })
    expect(again.totals).toEqual({ accept: 3, warn: 12, reject: 19 })
  })
  it.each(['zh-CN', 'en'] as const)(
    'is a template (%s) that holds nobody yet, and is understood when filled in',
    async (language) => {
      const content = await rosterTemplate(language)
      const path = files.write('template.xlsx', content)
      await expect(judgeRosterFile(path, 'template.xlsx', OPTIONS)).rejects.toMatchObject({
        code: 'imports.no_rows',
        detail: { found: ['党员名册'] },
      })
      const source = await openSource(path)
      const headings = source.heads[2]?.rows[0]?.cells.map(({ text }) => text) ?? []
      source.close()
      const person: Record<string, string> = {
        所在党支部: '第一党支部',
        姓名: '张三',
        公民身份号码: '11010519491231002X',
        性别: '女',
        入党日期: '1970-07-01',
        转正日期: '1971-07-01',
        人员类别: '正式党员',
        籍贯: '某省',
        邮箱: 'a@example.org',
      }
      writeFileSync(path, `\ufeff${headings.join()}\n${headings.map((heading) => person[heading] ?? '').join()}`)
      const opened = await openRosterFile(path, OPTIONS)
      const { value: rows } = await opened.judged().next()
      const judged = rows === undefined ? undefined : rows[0]
      await opened.close()
      expect(Object.keys(opened.roster.header.columns)).toHaveLength(headings.length)
      expect(judged?.judgement).toMatchObject({
        outcome: 'accept',
        record: {
          name: '张三',
          convertedOn: '1971-07-01',
          category: 'formal',
          others: { nativePlace: '某省', email: 'a@example.org' },
        },
      })
    },
  )
})
