import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCharacterOf } from '../identity/citizen-id.ts'
import { findOrganisationTable } from './organisation-table.ts'
import { tallyRoster } from './report.ts'
import { openRoster, type RosterOptions } from './roster.ts'
import type { Cell, Merge, SheetHead, SheetRow } from './sheet.ts'

const KNOWN = ['机械学院教工第一党支部', '机械学院学生第二党支部', '离退休党支部']
const OPTIONS: RosterOptions = { today: '2026-11-22', knownBranches: KNOWN }
const [FIRST, SECOND] = KNOWN as [string, string, string]

function idOf(sequence: number, born = '19800821'): string {
  const digits = `440305${born}${String(sequence).padStart(3, '0')}`
  return digits + checkCharacterOf(digits)
}
const ID = Array.from({ length: 9 }, (_, index) => idOf(index * 2 + 1)) as [string, string, string, string, string]

function cellOf(value: string | Cell): Cell {
  if (typeof value !== 'string') return value
  return value === '' ? { kind: 'empty', text: '' } : { kind: 'text', text: value }
}
/** A sheet from rows of cells; an empty list is a blank row. */
function sheet(lines: readonly (readonly (string | Cell)[])[], more: Partial<SheetHead> = {}): SheetHead {
  const rows = lines.flatMap((line, index): SheetRow[] =>
    line.length === 0 ? [] : [{ row: index + 1, cells: line.map(cellOf) }],
  )
  return { name: '名册', isHidden: false, merges: [], ...more, rows }
}
function judge(head: SheetHead, options: Partial<RosterOptions> = {}) {
  const opening = openRoster([head], { ...OPTIONS, ...options })
  if (!opening.ok) throw new Error(`${opening.fault.code}: ${opening.fault.found.join()}`)
  const judged = head.rows.flatMap((row) => opening.roster.judge(row) ?? [])
  return { roster: opening.roster, judged, judgements: judged.map(({ judgement }) => judgement) }
}
function faultOf(heads: readonly SheetHead[]) {
  const opening = openRoster(heads, OPTIONS)
  return opening.ok ? null : opening.fault
}
const HEADINGS = ['党支部', '姓名', '性别', '公民身份号码', '入党日期', '手机号码']
const person = (name: string, id: string, branch = FIRST): string[] => [
  branch,
  name,
  '男',
  id,
  '2005-07-01',
  '13578417751',
]

describe('a file without one roster', () => {
  it('is refused when nothing looks like headings, saying how it begins', () => {
    expect(faultOf([sheet([['请勿改动表头'], ['a', 'b']])])).toEqual({
      code: 'no_table',
      found: ['请勿改动表头', 'a', 'b'],
    })
  })
  it('is refused when no column holds ID numbers, naming the columns', () => {
    const fault = faultOf([
      sheet([
        ['姓名', '性别', '党支部'],
        ['张三', '男', FIRST],
      ]),
    ])
    expect(fault).toEqual({ code: 'no_id_column', found: ['姓名', '性别', '党支部'] })
  })
  it('is refused when two sheets could be meant, naming both', () => {
    const one = sheet([HEADINGS, person('张三', ID[0])])
    expect(faultOf([one, { ...one, name: '旧名册' }])).toEqual({ code: 'several_tables', found: ['名册', '旧名册'] })
  })
  it('is found beside a list of dues, a hidden copy and a sheet where nobody stands', () => {
    const full = sheet([[...HEADINGS, '民族', '学历'], person('张三', ID[0])])
    const dues = sheet(
      [
        ['姓名', '身份证号', '党支部', '一月'],
        ['张三', ID[0], FIRST, '5'],
      ],
      { name: '党费' },
    )
    const opening = openRoster(
      [dues, { ...full, isHidden: true, name: '副本' }, sheet([HEADINGS], { name: '空表' }), full],
      OPTIONS,
    )
    expect(opening.ok && opening.roster.sheetName).toBe('名册')
  })
  it('is refused when nobody is listed', () => {
    expect(faultOf([sheet([HEADINGS, [], ['合计：0人']])])).toEqual({ code: 'no_rows', found: ['名册'] })
  })
})

describe('headings', () => {
  it('are recognised in any order, under a title, with marks and explanations', () => {
    const { judgements, roster } = judge(
      sheet([
        ['某校党员花名册'],
        [],
        ['*序号', '手机 号码', '身份证号（18位）', '党员姓名：', '所在支部', '入党时间(年月日)', '备注', '曾用名'],
        ['1', '13578417751', ID[0], '张三', FIRST, '2005.7.1', '', '张小三'],
      ]),
    )
    expect(roster.header.lastRow).toBe(3)
    expect(judgements[0]).toMatchObject({ row: 4, outcome: 'accept', problems: ['date.dotted'] })
    expect(judgements[0]?.record).toMatchObject({
      name: '张三',
      joinedOn: '2005-07-01',
      others: { formerName: '张小三' },
    })
  })
  it('in two rows keep the names of introducers apart from the member’s', () => {
    const { roster } = judge(
      sheet([
        ['入党介绍人', '', '基本信息', '', '', '联系方式', ''],
        ['姓名', '单位', '姓名', '身份证号码', '党支部', '手机', '邮箱'],
        ['李四', '某处', '张三', ID[0], FIRST, '13578417751', 'a@example.org'],
      ]),
    )
    expect(roster.header.columns).toMatchObject({ introducers: 0, name: 2, idNumber: 3, phone: 5, email: 6 })
    expect(roster.header.columns.workplace).toBeUndefined()
  })
  it('split over two rows by merged cells are read together', () => {
    const merges: Merge[] = [0, 1, 2].map((left) => ({ top: 1, left, bottom: 2, right: left }))
    const { roster, judgements } = judge(
      sheet(
        [
          ['党支部', '姓名', '身份证号', '联系方式', ''],
          ['', '', '', '手机', '邮箱'],
          [FIRST, '张三', ID[0], '13578417751', ''],
        ],
        { merges: [...merges, { top: 1, left: 3, bottom: 1, right: 4 }] },
      ),
    )
    expect(roster.header.columns).toMatchObject({ branch: 0, name: 1, idNumber: 2, phone: 3, email: 4 })
    expect(judgements).toHaveLength(1)
  })
  it('that only sound like a date are not taken for one', () => {
    const { roster } = judge(
      sheet([[...HEADINGS, '是否转正', '参加党组织活动情况', '转正时间'], person('张三', ID[0])]),
    )
    expect(roster.header.columns).toMatchObject({ joinedOn: 4, convertedOn: 8 })
  })
  it('follow a person’s own choice of columns', () => {
    const head = sheet([
      ['甲', '乙', '丙', '丁'],
      ['张三', ID[0], FIRST, '13578417751'],
    ])
    const { judgements } = judge(head, {
      choice: { headingRow: 1, columns: { name: 0, idNumber: 1, branch: 2, phone: 3 } },
    })
    expect(judgements[0]).toMatchObject({ outcome: 'accept', record: { name: '张三', phone: '13578417751' } })
  })
})

describe('rows that are no members', () => {
  it('are passed over: blanks, totals, subtotals, repeated headings, column numbers, notes and prepared lines', () => {
    const { judgements } = judge(
      sheet([
        HEADINGS,
        ['1', '2', '3', '4', '5', '6'],
        person('张三', ID[0]),
        [FIRST, '小计', '', '1人'],
        ['', '', '', '', '', ''],
        HEADINGS,
        person('王五', ID[1], SECOND),
        ['第二支部小计：1人'],
        [SECOND, '', '', '', '', ''],
        ['合  计', '2', '', { kind: 'formula', text: '2' }],
        ['共2人'],
        ['注：以上信息截至本月底。'],
        ['填表人：赵六', '', '审核人：钱七'],
      ]),
    )
    expect(judgements.map(({ row, outcome }) => [row, outcome])).toEqual([
      [3, 'accept'],
      [7, 'accept'],
    ])
  })
})

describe('a branch', () => {
  it('in merged cells reaches down to the end of the range and no further', () => {
    const merges = [{ top: 2, left: 0, bottom: 3, right: 0 }]
    const { judgements, judged } = judge(
      sheet([HEADINGS, person('张三', ID[0]), person('王五', ID[1], ''), person('李四', ID[2], '')], { merges }),
    )
    expect(judgements.map(({ problems }) => problems)).toEqual([[], [], ['branch.unknown']])
    expect(judged[1]?.filled.cells[0]?.text).toBe(FIRST)
  })
  it('written once reaches down over blanks where nothing is merged', () => {
    const { judgements, roster } = judge(
      sheet([
        HEADINGS,
        person('张三', ID[0]),
        person('王五', ID[1], ''),
        person('李四', ID[2], SECOND),
        person('钱七', ID[3], ''),
      ]),
    )
    expect(roster.branchFrom).toBe('blank-below')
    expect(judgements.map(({ record }) => record?.branch)).toEqual([FIRST, FIRST, SECOND, SECOND])
  })
  it('left out where every other row names it is unknown', () => {
    const rows = ['张三', '王五', '李四', '赵六'].map((name, index) =>
      person(name, ID[index] ?? '', name === '李四' ? '' : FIRST),
    )
    const { judgements } = judge(sheet([HEADINGS, ...rows]))
    expect(judgements.map(({ problems }) => problems)).toEqual([[], [], ['branch.unknown'], []])
  })
  it('may stand in a row of its own above its members, or in the title', () => {
    const headings = HEADINGS.slice(1)
    const sections = judge(
      sheet([headings, [`${FIRST}（1人）`], person('张三', ID[0]).slice(1), [SECOND], person('王五', ID[1]).slice(1)]),
    )
    expect(sections.judgements.map(({ record }) => record?.branch)).toEqual([FIRST, SECOND])
    const titled = judge(sheet([[`中共${SECOND}党员名册`], headings, person('张三', ID[0]).slice(1)]))
    expect(titled.judgements[0]?.record?.branch).toBe(SECOND)
  })
  it('that is unknown is rejected with the nearest names, and taken as written when none is known', () => {
    const head = sheet([HEADINGS, person('张三', ID[0], '机械学院学生第二支部')])
    const [judgement] = judge(head).judgements
    expect(judgement).toMatchObject({ outcome: 'reject', problems: ['branch.unknown'], record: null })
    expect(judgement?.remarks[0]?.names?.[0]).toBe(SECOND)
    expect(judge(head, { knownBranches: [] }).judgements[0]).toMatchObject({
      outcome: 'accept',
      record: { branch: '机械学院学生第二支部' },
    })
  })
})

describe('a row', () => {
  const one = (changes: Readonly<Record<string, string | Cell>>, options: Partial<RosterOptions> = {}) => {
    const columns = {
      党支部: FIRST,
      姓名: '张三',
      性别: '男',
      民族: '汉',
      身份证号: ID[0],
      出生日期: '1980-08-21',
      入党日期: '2005-07-01',
      手机: '',
      ...changes,
    }
    return judge(sheet([Object.keys(columns), Object.values(columns)]), options).judgements[0]
  }
  it.each<[string, Readonly<Record<string, string | Cell>>, string, readonly string[]]>([
    ['without an ID number', { 身份证号: ' ' }, 'reject', ['id.missing']],
    [
      'with a number cell for it',
      { 身份证号: { kind: 'number', text: '6.5010219680218E+017' } },
      'reject',
      ['id.precision_lost'],
    ],
    ['with digits cut off by an export', { 身份证号: '4.40305E+17' }, 'reject', ['id.precision_lost']],
    ['with its last digits made zero by one', { 身份证号: '440305198008216000' }, 'reject', ['id.precision_lost']],
    ['with seventeen digits', { 身份证号: ID[0].slice(1) }, 'reject', ['id.bad_check_digit']],
    [
      'with a wrong check digit, whatever sex and birth say',
      {
        身份证号: `${ID[0].slice(0, 17)}${ID[0].endsWith('1') ? '2' : '1'}`,
        性别: '女',
        出生日期: '1999-01-01',
        入党日期: '2020-01-01',
      },
      'reject',
      ['id.bad_check_digit'],
    ],
    [
      'with blanks and full-width digits',
      { 身份证号: `\t${ID[0].replaceAll('0', '０')} ` },
      'accept',
      ['id.fullwidth_normalised', 'id.trimmed'],
    ],
    ['of the other sex', { 性别: '女' }, 'warn', ['sex.contradicts_id']],
    ['with another birthday than the ID number', { 出生日期: '1980-08-22' }, 'accept', []],
    ['admitted the day before eighteen', { 入党日期: '1998-08-20' }, 'reject', ['joined.before_eighteen']],
    ['admitted on the eighteenth birthday', { 入党日期: '1998-08-21' }, 'accept', []],
    ['admitted in the month of turning eighteen', { 入党日期: '1998年8月' }, 'warn', ['date.day_missing']],
    ['admitted tomorrow', { 入党日期: '2026-11-23' }, 'reject', ['date.impossible']],
    ['with a formula for a name', { 姓名: { kind: 'formula', text: '张三' } }, 'reject', ['name.formula']],
    [
      'with a colloquial ethnic group and a landline',
      { 民族: '蒙族', 手机: '0755-1234567' },
      'warn',
      ['ethnic.colloquial', 'phone.not_mobile'],
    ],
    ['with placeholders', { 民族: '/', 手机: '无', 入党日期: '—' }, 'accept', []],
    ['without a name', { 姓名: '' }, 'reject', []],
  ])('%s', (_title, changes, outcome, problems) => {
    const judgement = one(changes)
    expect([judgement?.outcome, judgement?.problems]).toEqual([outcome, problems])
    expect(judgement?.record === null).toBe(outcome === 'reject')
  })
  it('that repeats an earlier number is the one rejected', () => {
    const { judgements } = judge(sheet([HEADINGS, person('张三', ID[0]), person('张山', ` ${ID[0]}`)]))
    expect(judgements.map(({ outcome }) => outcome)).toEqual(['accept', 'reject'])
    expect(judgements[1]?.remarks).toContainEqual({ code: 'duplicate.of_row', ofRow: 2 })
  })
  it('never throws and never accepts a formula, whatever the cells hold', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('', '合计', '２０２０', '=1', ID[0]),
    )
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 4 }), (lines) => {
        const { judgements } = judge(sheet([HEADINGS, person('张三', ID[1]), ...lines]))
        const { add, tally } = tallyRoster()
        for (const judgement of judgements) add(judgement)
        const { members, totals } = tally()
        expect(members).toBe(totals.accept + totals.warn + totals.reject)
        for (const { record } of judgements) expect(record?.name ?? '').not.toMatch(/^[=+\-@]/)
      }),
    )
  })
})

describe('the sheet of organisations', () => {
  it('is found by meaning and not confused with the roster', () => {
    const roster = sheet([HEADINGS, person('张三', ID[0])])
    const head = sheet([
      ['某某学院基层党组织一览'],
      ['序号', '上级组织', '党组织名称', '党组织类型', '建立时间'],
      ['1', '校党委', '第一党支部', '', '2016.6.18'],
      ['合计', '1'],
    ])
    const table = findOrganisationTable([roster, head])
    expect(table?.sheetIndex).toBe(1)
    expect(head.rows.flatMap((row) => table?.read(row) ?? [])).toEqual([
      {
        row: 3,
        name: '第一党支部',
        shortName: null,
        kind: 'branch',
        parent: '校党委',
        foundedOn: '2016-06-18',
        code: null,
      },
    ])
    expect(findOrganisationTable([roster])).toBeNull()
  })
})
