import { cell, centred, label, type Sheet } from '../forms.sheet.ts'
import type { Register } from '../forms.types.ts'

/** A register in landscape whose columns come with their words, the head repeated on every page. */
export function register(facts: Register): Sheet {
  const { columns } = facts
  return {
    language: facts.language ?? 'zh-CN',
    title: `${facts.organisation} ${facts.title}`,
    author: facts.organisation,
    printedAt: facts.printedAt,
    orientation: 'landscape',
    style: 'record',
    blocks: [
      { kind: 'title', text: facts.title },
      { kind: 'subtitle', text: facts.subtitle },
      {
        kind: 'table',
        widths: columns.map(({ width }) => width),
        head: columns.map(({ header }) => label(header)),
        rows: facts.rows.map((row) =>
          columns.map(({ isLong }, at) => (isLong ? cell(row[at] ?? '') : centred(row[at] ?? ''))),
        ),
        minRowMm: 8,
        size: 9,
      },
    ],
  }
}
