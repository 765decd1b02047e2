import type { PaperBlock } from '../forms.blocks.ts'
import { type Block, type Cell, cell, centred, label, type Sheet } from '../forms.sheet.ts'
import { textsOf } from '../forms.texts.ts'
import type { Paper } from '../forms.types.ts'
import { coverBlocks } from './cover.ts'

/** A paper whose module composes it from particulars, registers and paragraphs, with its own words. */
export function paper(facts: Paper): Sheet {
  const { language = 'zh-CN' } = facts
  const seal = textsOf(language).sealHere
  return {
    language,
    title: `${facts.organisation} ${facts.title}`,
    author: facts.organisation,
    printedAt: facts.printedAt,
    orientation: facts.orientation ?? 'portrait',
    style: facts.style,
    blocks: [
      ...(facts.cover ? coverBlocks(facts.cover) : []),
      { kind: 'title', text: facts.title },
      ...facts.blocks.map((block) => blockOf(block, seal)),
    ],
  }
}

function blockOf(block: PaperBlock, seal: string): Block {
  switch (block.kind) {
    case 'particulars':
      return { kind: 'table', widths: [18, 32, 18, 32], rows: pairs(block.pairs), minRowMm: 9, size: 10.5 }
    case 'identity':
      return identity(block)
    case 'opinions':
      return {
        kind: 'table',
        widths: [18, 82],
        rows: block.rows.map(([name, text]): Cell[] => [label(name), cell(text)]),
        minRowMm: block.isTight ? 7 : 22,
        size: block.isTight ? 9.5 : 10.5,
      }
    case 'register':
      return {
        kind: 'table',
        widths: block.columns.map(({ width }) => width),
        head: block.columns.map(({ header }) => label(header)),
        rows: block.rows.map((row) =>
          block.columns.map(({ isLong }, at): Cell => {
            const given = row[at] ?? ''
            if (typeof given !== 'string') return { text: '', align: 'center', ...given }
            return isLong ? cell(given) : centred(given)
          }),
        ),
        minRowMm: block.isTight ? 6 : 8,
        size: block.isTight ? 9 : 9.5,
      }
    case 'issuer':
      return { kind: 'issuer', organisation: block.organisation, date: block.date, seal }
    default:
      return block
  }
}

/** The photo stands at the right over all lines but the last, which has the whole width. */
function identity({ pairs: given, photo, photoText }: Extract<PaperBlock, { kind: 'identity' }>): Block {
  const whole = given.length % 2 === 0 ? [] : given.slice(-1)
  const rows = pairs(given.slice(0, given.length - whole.length))
  const picture: Cell = {
    text: photo ? '' : photoText,
    align: 'center',
    rows: rows.length,
    ...(photo ? { picture: photo } : {}),
  }
  rows[0]?.push(picture)
  rows.push(...whole.map(([name, text]) => [label(name), cell(text, { columns: 4 })]))
  return { kind: 'table', widths: [13, 27, 13, 27, 20], rows, minRowMm: 6.5, size: 9.5 }
}

/** Two particulars to a line; a last one alone takes the whole line. */
function pairs(given: readonly (readonly [string, string])[]): Cell[][] {
  const rows: Cell[][] = []
  for (let at = 0; at < given.length; at += 2) {
    const [first, second] = [given[at], given[at + 1]]
    if (!first) continue
    rows.push(
      second
        ? [label(first[0]), cell(first[1]), label(second[0]), cell(second[1])]
        : [label(first[0]), cell(first[1], { columns: 3 })],
    )
  }
  return rows
}
