import type { Readable } from 'node:stream'
import { type JudgedRow, PROBLEM_OUTCOMES, type Roster } from '@tongxin/domain/roster/index'
import type { Language } from '../../platform/config.ts'
import { type WrittenRow, xlsxStream } from '../../platform/spreadsheet/write.ts'
import { rowWords } from './row-words.ts'
import { templateTexts } from './template-texts.ts'

const ROW = 'row'
const REASON = 'reason'

/**
 * The rows of a file that need somebody's hand, as they were written and with merged cells filled, plus their row number
 * and what to do. It can be corrected and imported again: its headings are those of the file.
 */
export function errorWorkbook(
  roster: { readonly sheetName: string | null; readonly header: Pick<Roster['header'], 'headings'> },
  judged: AsyncIterable<readonly JudgedRow[]>,
  language: Language,
): Readable {
  const texts = templateTexts(language)
  const headings = roster.header.headings.map((heading) => heading.split(' / ').at(-1) ?? '')
  return xlsxStream({
    sheets: [
      {
        name: roster.sheetName ?? texts.errors.sheet,
        columns: [
          ...headings.map((header, column) => ({ header, key: String(column), width: 18, text: true })),
          { header: texts.errors.row, key: ROW, width: 10 },
          { header: texts.errors.reason, key: REASON, width: 60 },
        ],
        rows: troubledRows(judged, language),
      },
    ],
  })
}

async function* troubledRows(
  judged: AsyncIterable<readonly JudgedRow[]>,
  language: Language,
): AsyncGenerator<WrittenRow> {
  const wordsOf = rowWords(language)
  for await (const rows of judged) {
    for (const { judgement, filled } of rows) {
      if (judgement.outcome === 'accept') continue
      const problems = judgement.problems.filter((code) => PROBLEM_OUTCOMES[code] !== 'accept')
      const named = judgement.remarks.flatMap(({ names = [] }) => names)
      const reasons = [...(problems.length > 0 ? problems : ['name.missing']).map(wordsOf), ...named]
      const cells = filled.cells.map(({ text }, column) => [String(column), text] as const)
      yield { ...Object.fromEntries(cells), [ROW]: judgement.row, [REASON]: reasons.join('\n') }
    }
  }
}
