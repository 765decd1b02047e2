import type { Difficulty, QuestionKind } from '@tongxin/contract'
import en from '@tongxin/contract/words/exams.en.json' with { type: 'json' }
import zh from '@tongxin/contract/words/exams.zh-CN.json' with { type: 'json' }
import { openSpreadsheet } from '../../../platform/spreadsheet/read.ts'
import { type WrittenRow, type WrittenSheet, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import type { Exported } from '../queries/pool.queries.ts'
import { type Defaults, excerptOf, type Parsed, parsed } from './parsed.ts'

export type Language = 'zh-CN' | 'en'
export const wordsOf = (language: Language): typeof zh => (language === 'en' ? en : zh)

/** Columns of the workbook; options stand in eight columns of their own. */
const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const
const COLUMNS = ['kind', 'stem', ...LETTERS, 'answer', 'difficulty', 'topic', 'explanation', 'source'] as const
type Column = (typeof COLUMNS)[number]
type Row = Partial<Record<Column, string>>

const headingOf = (column: Column, language: Language): string => {
  const { workbook } = wordsOf(language)
  return column.length === 1 ? `${workbook.option}${column}` : workbook.columns[column as keyof typeof workbook.columns]
}
const tight = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/** Headings in either language, however they are spaced. */
const HEADINGS = new Map(
  (['zh-CN', 'en'] as const).flatMap((language) =>
    COLUMNS.map((column) => [tight(headingOf(column, language)), column] as const),
  ),
)
const wordsTo = <T extends string>(words: (language: typeof zh) => Record<T, string>): Map<string, T> =>
  new Map(
    [zh, en as typeof zh].flatMap((one) =>
      Object.entries(words(one)).map(([key, word]) => [tight(word as string), key as T]),
    ),
  )
const KINDS = wordsTo<QuestionKind>(({ kind }) => kind)
const DIFFICULTIES = wordsTo<Difficulty>(({ difficulty }) => difficulty)
const RIGHT = new Set(['对', '正确', '是', '√', 't', 'true', 'right', 'a', 'yes'])
const WRONG = new Set(['错', '错误', '否', '×', 'x', 'f', 'false', 'wrong', 'b', 'no'])

/** Reads every sheet that has the headings; rows without a stem and an answer are passed over. */
export async function readWorkbook(path: string, defaults: Defaults): Promise<Parsed[]> {
  const book = await openSpreadsheet(path)
  try {
    const found: Parsed[] = []
    for (const index of book.heads.keys()) {
      let columns: (Column | undefined)[] | null = null
      for await (const rows of book.rowsOf(index))
        for (const { row, cells } of rows) {
          const texts = cells.map(({ text }) => text.trim())
          if (!columns) {
            const names = texts.map((text) => HEADINGS.get(tight(text)))
            if (names.includes('stem') && names.includes('answer')) columns = names
            continue
          }
          const given: Row = {}
          for (const [at, column] of columns.entries()) if (column) given[column] = texts[at] ?? ''
          if (Object.values(given).some((text) => text !== '')) found.push(rowOf(row, given, defaults))
        }
    }
    return found
  } finally {
    await book.close()
  }
}

function rowOf(place: number, row: Row, defaults: Defaults): Parsed {
  const excerpt = excerptOf(row.stem ?? '')
  const kind = KINDS.get(tight(row.kind ?? ''))
  if (!kind) return { place, excerpt, fault: 'kind_unknown', column: 'kind' }
  const difficulty = row.difficulty ? DIFFICULTIES.get(tight(row.difficulty)) : null
  if (difficulty === undefined) return { place, excerpt, fault: 'difficulty_unknown', column: 'difficulty' }
  const answer = row.answer ?? ''
  if (answer === '') return { place, excerpt, fault: 'answer_missing', column: 'answer' }
  const key = keyOf(kind, answer)
  if (!key) return { place, excerpt, fault: 'answer_unknown', column: 'answer' }
  const last = LETTERS.findLastIndex((letter) => (row[letter] ?? '') !== '')
  const options = LETTERS.slice(0, last + 1).map((letter) => row[letter] ?? '')
  const { stem = '', topic = null, explanation = null, source = null } = row
  return parsed(place, { kind, difficulty, stem, topic, explanation, source, options, ...key }, defaults)
}

type Key = { choices?: number[]; blanks?: string[][]; reference?: string }
function keyOf(kind: QuestionKind, answer: string): Key | null {
  if (kind === 'short') return { reference: answer }
  if (kind === 'blank')
    return {
      blanks: answer.split(/[;；]/).map((texts) =>
        texts
          .split('|')
          .map((text) => text.trim())
          .filter(Boolean),
      ),
    }
  if (kind === 'truth') {
    const said = tight(answer)
    return RIGHT.has(said) ? { choices: [0] } : WRONG.has(said) ? { choices: [1] } : null
  }
  const letters = answer
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s,;、.]+/g, '')
  if (!/^[A-H]+$/.test(letters)) return null
  return { choices: [...letters].map((letter) => LETTERS.indexOf(letter as (typeof LETTERS)[number])) }
}

function columnsOf(language: Language): WrittenSheet['columns'] {
  const { kind, difficulty } = wordsOf(language)
  return COLUMNS.map((key) => ({
    key,
    header: headingOf(key, language),
    width: key === 'stem' || key === 'explanation' ? 48 : key.length === 1 ? 18 : 14,
    text: true,
    ...(key === 'kind' ? { choices: Object.values(kind) } : {}),
    ...(key === 'difficulty' ? { choices: Object.values(difficulty) } : {}),
  }))
}

/** The workbook to fill in: how to, and the table with one example of each kind. */
export async function questionTemplate(language: Language): Promise<Buffer> {
  const { workbook } = wordsOf(language)
  return writeXlsx({
    sheets: [
      { name: workbook.sheet, columns: columnsOf(language), rows: workbook.examples as WrittenRow[] },
      {
        name: workbook.guide,
        columns: [{ key: 'how', header: workbook.guide, width: 90 }],
        rows: workbook.lines.map((how) => ({ how })),
      },
    ],
  })
}

/** Questions as the table that can be read again. */
export async function questionWorkbook(questions: readonly Exported[], language: Language): Promise<Buffer> {
  const { workbook } = wordsOf(language)
  const rows = questions.map(({ draft }) => writtenRow(draft, language))
  return writeXlsx({ sheets: [{ name: workbook.sheet, columns: columnsOf(language), rows }] })
}

function writtenRow(
  { kind, difficulty, topic, body, key, explanation, source }: Exported['draft'],
  language: Language,
): WrittenRow {
  const words = wordsOf(language)
  const answers: Record<QuestionKind, () => string> = {
    single: () => key.choices.map((at) => LETTERS[at] ?? '').join(''),
    multiple: () => key.choices.map((at) => LETTERS[at] ?? '').join(''),
    truth: () => (key.choices[0] === 0 ? words.truth.right : words.truth.wrong),
    blank: () => key.blanks.map((texts) => texts.join('|')).join(';'),
    short: () => key.reference ?? '',
  }
  return {
    kind: words.kind[kind],
    stem: body.stem,
    ...Object.fromEntries(body.options.map((text, at) => [LETTERS[at] ?? '', text])),
    answer: answers[kind](),
    difficulty: words.difficulty[difficulty],
    topic,
    explanation,
    source,
  }
}
