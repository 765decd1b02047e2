import { APPRAISAL_MARKS, type GradeRow, type GradeTable, type GroupResult } from '@tongxin/contract'
import type { PaperBlock } from '../forms/index.ts'
import { filled, type Language, printWordsOf, resultText, wordsOf } from './appraisal.print-words.ts'
import type { Round } from './queries/rounds.queries.ts'

/** The four working forms of an appraisal, as blocks of paper. */

type Facts = { readonly round: Round; readonly table: GradeTable; readonly language: Language }

const graded = (table: GradeTable): GradeRow[] => table.rows.filter(({ isGraded }) => isGraded)

/** 测评表: for the hand, with an empty column for each mark. */
export function sheetBlocks({ round, table, language }: Facts): PaperBlock[] {
  const words = wordsOf(language)
  const print = printWordsOf(language)
  if (round.criteria.length > 0) return ratedSheet(round, table, language)
  return [
    { kind: 'paragraph', text: print.sheet.criteria, indent: true },
    { kind: 'paragraph', text: print.sheet.how, indent: true },
    {
      kind: 'register',
      columns: [
        { header: print.columns.number, width: 6 },
        { header: print.columns.name, width: 14 },
        ...APPRAISAL_MARKS.map((mark) => ({ header: words.mark[mark], width: 12 })),
      ],
      rows: graded(table).map((row, at) => [String(at + 1), row.name, ...APPRAISAL_MARKS.map(() => '')]),
    },
  ]
}

/** The same where the round rates by criteria: a letter in each cell instead of a circle in one of five. */
function ratedSheet({ criteria }: Round, table: GradeTable, language: Language): PaperBlock[] {
  const words = wordsOf(language)
  const print = printWordsOf(language)
  const marks = APPRAISAL_MARKS.map((mark) => words.mark[mark]).join(print.separator)
  const heads = [...criteria.map((name) => words.criterion[name]), words.column.grade]
  return [
    { kind: 'paragraph', text: filled(print.sheet.howRated, { marks }), indent: true },
    {
      kind: 'register',
      columns: [
        { header: print.columns.number, width: 6 },
        { header: print.columns.name, width: 14 },
        ...heads.map((header) => ({ header, width: 12 })),
      ],
      rows: graded(table).map((row, at) => [String(at + 1), row.name, ...heads.map(() => '')]),
    },
  ]
}

/** 汇总表: votes per grade of each group, hidden where the group is too small. */
export function summaryBlocks({ round, table, language }: Facts): PaperBlock[] {
  const words = wordsOf(language)
  const print = printWordsOf(language)
  const { returned } = table
  const groups = (['members', 'masses'] as const).filter((group) => group === 'members' || round.codesPrinted > 0)
  const parts = groups.flatMap((group) => [
    { group, title: words.group[group], groupsOf: (row: GradeRow) => row.groups },
    ...round.criteria.map((name) => ({
      group,
      title: `${words.group[group]} · ${words.criterion[name]}`,
      groupsOf: (row: GradeRow) => row.criteria.find(({ criterion }) => criterion === name)?.groups ?? [],
    })),
  ])
  const registers = parts.flatMap(({ group, title, groupsOf }): PaperBlock[] => [
    { kind: 'heading', text: title },
    {
      kind: 'register',
      columns: [
        { header: print.columns.number, width: 6 },
        { header: print.columns.name, width: 14 },
        ...APPRAISAL_MARKS.map((mark) => ({ header: words.mark[mark], width: 12 })),
      ],
      rows: graded(table).map((row, at) => [String(at + 1), row.name, ...countCells(groupsOf(row), group, language)]),
    },
  ])
  const people = table.rows.length
  const facts = { people, members: returned.members, codes: round.codesPrinted, masses: returned.masses }
  return [
    { kind: 'paragraph', text: filled(print.summary.returned, facts) },
    ...registers,
    { kind: 'paragraph', text: filled(print.summary.hidden, { least: round.leastRaters }), small: true },
    {
      kind: 'signatures',
      lines: [print.summary.counter, print.summary.chair].map((label) => ({ label, value: '', date: '' })),
    },
  ]
}

function countCells(groups: readonly GroupResult[], group: GroupResult['group'], language: Language): string[] {
  const result = groups.find((one) => one.group === group)
  if (result?.counts) return result.counts.map(String)
  const text = result ? resultText(result, language) : wordsOf(language).few
  return APPRAISAL_MARKS.map((mark, at) =>
    result?.kind === 'band' ? (mark === result.band ? text : '') : at === 0 ? text : '',
  )
}

/** 登记表 of one member, with a line for the own signature. */
export function registrationBlocks({ round, language }: Facts, row: GradeRow): PaperBlock[] {
  const words = wordsOf(language)
  const { registration: print, separator } = printWordsOf(language)
  const none = (text: string | null | undefined) => (text ? text : print.none)
  const checks = Object.entries(row.self?.checks ?? {}).flatMap(([name, text]) =>
    text ? [`${words.criterion[name as keyof typeof words.criterion]}：${text}`] : [],
  )
  const voices = row.groups.map((one) => `${words.group[one.group]}：${resultText(one, language)}`)
  const decided =
    round.decidedBy && round.decidedOn
      ? filled(print.decidedBy, { body: words.body[round.decidedBy], on: round.decidedOn })
      : ''
  return [
    {
      kind: 'particulars',
      pairs: [
        [words.column.name, row.name],
        [print.branch, round.orgName],
        [print.year, String(round.year)],
        [print.selfGrade, row.self?.grade ? words.grade[row.self.grade] : print.none],
        [print.grade, row.grade ? words.grade[row.grade] : ''],
        [print.decided, decided],
      ],
    },
    {
      kind: 'opinions',
      rows: [
        [print.self, [row.self?.text ?? '', ...checks].filter(Boolean).join('\n')],
        [print.assessment, voices.join(separator)],
        [print.daily, none(row.daily)],
        [print.reason, none(row.reason)],
        [print.measures, none(row.measures)],
        ...(row.disposal ? ([[print.disposal, words.disposal[row.disposal]]] as const) : []),
        [print.own, row.objection ?? ''],
      ],
    },
    {
      kind: 'signatures',
      lines: [print.signature, print.branchSeal].map((label) => ({ label, value: '', date: '' })),
    },
  ]
}

/** 公示: names by grade, in the order of names; nothing of votes. */
export function publicityBlocks({ round, table, language }: Facts, today: string): PaperBlock[] {
  const words = wordsOf(language)
  const print = printWordsOf(language)
  const body = words.body[round.decidedBy ?? 'committee']
  return [
    { kind: 'paragraph', text: filled(print.publicity.lead, { body, year: round.year }), indent: true },
    {
      kind: 'register',
      columns: [
        { header: print.columns.number, width: 8 },
        { header: print.columns.name, width: 30 },
        { header: words.column.grade, width: 30 },
      ],
      rows: graded(table).map((row, at) => [String(at + 1), row.name, row.grade ? words.grade[row.grade] : '']),
    },
    { kind: 'paragraph', text: print.publicity.tail, indent: true },
    { kind: 'issuer', organisation: round.orgName, date: today },
  ]
}
