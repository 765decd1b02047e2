import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  Document,
  Footer,
  Header,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  type ParagraphChild,
  type Table,
  TabStopType,
  TextRun,
  convertMillimetersToTwip as twips,
  UnderlineType,
} from 'docx'
import { type Block, MARGIN_MM, PAGE_MM, type Sheet, TYPE } from '../forms.sheet.ts'
import { textsOf } from '../forms.texts.ts'
import { FONT, fontTableXml } from './fonts.ts'
import { picturesOf } from './pictures.ts'
import { lineRuns, wordText } from './runs.ts'
import { tableOf } from './table.ts'

type Of<K extends Block['kind']> = Extract<Block, { kind: K }>
const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const
const fontOf = (sheet: Sheet): (typeof FONT)[keyof typeof FONT] =>
  sheet.style === 'letter' ? FONT.fangsong : FONT.song
const exact = (points: number): { line: number; lineRule: typeof LineRuleType.EXACT } => ({
  line: points * 20,
  lineRule: LineRuleType.EXACT,
})

function textMm(sheet: Sheet): number {
  const margin = MARGIN_MM[sheet.style]
  const wide = sheet.orientation === 'portrait' ? PAGE_MM.width : PAGE_MM.height
  return wide - margin.left - margin.right
}
const textWidth = (sheet: Sheet): number => twips(textMm(sheet))

function paragraph(block: Of<'paragraph'>, sheet: Sheet): Paragraph {
  const type = TYPE[sheet.style]
  const size = block.small ? type.small : type.body
  return new Paragraph({
    alignment: block.align ? ALIGN[block.align] : AlignmentType.BOTH,
    spacing: exact(block.small ? size * 1.5 : type.line),
    ...(block.indent ? { indent: { firstLine: size * 2 * 20 } } : {}),
    children: lineRuns(block.text, { font: fontOf(sheet), size: size * 2, bold: block.bold ?? false }),
  })
}

function heading(block: Of<'title' | 'subtitle' | 'heading'>, sheet: Sheet): Paragraph {
  const name = block.kind === 'subtitle' ? block.name : undefined
  const size = TYPE[sheet.style][name ? 'heading' : block.kind]
  const bold = name !== undefined || block.kind !== 'subtitle'
  const runs = lineRuns(block.text, { font: FONT.song, size: size * 2, bold })
  return new Paragraph({
    alignment: block.kind === 'heading' ? AlignmentType.LEFT : AlignmentType.CENTER,
    keepNext: true,
    spacing: {
      before: name ? 300 : block.kind === 'heading' ? 200 : 0,
      after: block.kind === 'title' && sheet.style === 'letter' ? 400 : 100,
    },
    ...(block.kind === 'heading' ? { outlineLevel: 0 } : {}),
    children: name ? [new Bookmark({ id: name, children: runs })] : runs,
  })
}

function signatures(block: Of<'signatures'>, sheet: Sheet): Paragraph[] {
  const t = textsOf(sheet.language)
  const size = TYPE.record.body * 2
  return block.lines.map((line, at) => {
    const name = line.value === '' ? '　'.repeat(8) : `　　${wordText(line.value)}　　`
    return new Paragraph({
      keepNext: at < block.lines.length - 1,
      keepLines: true,
      indent: { left: twips(50) },
      spacing: { before: 300, after: 60 },
      children: [
        new TextRun({ text: wordText(line.label + t.colon), font: FONT.song, size }),
        new TextRun({ text: name, font: FONT.song, size, underline: { type: UnderlineType.SINGLE } }),
        new TextRun({ text: `　${line.date === '' ? t.blankDate : line.date}`, font: FONT.song, size }),
      ],
    })
  })
}

/** Issuer over date at the right, with the same room for the seal as in print. */
function issuer(block: Of<'issuer'>, sheet: Sheet): Paragraph[] {
  const t = textsOf(sheet.language)
  const { body, line } = TYPE[sheet.style]
  const font = fontOf(sheet)
  const name = sheet.style === 'record' ? block.organisation + block.seal : block.organisation
  const one = (text: string, before: number, last: boolean): Paragraph =>
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      keepNext: !last,
      keepLines: true,
      spacing: { before, ...exact(line) },
      indent: { right: last ? body * 4 * 20 : body * 20 },
      children: lineRuns(text, { font, size: body * 2 }),
    })
  return [one(name, twips(14), false), one(block.date === '' ? t.blankDate : block.date, 0, true)]
}

/** The words stand over the dashed line to cut along. */
function cutLine(text: string): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before: 80, after: 160 },
    border: { bottom: { style: BorderStyle.DASHED, size: 6, space: 1, color: '000000' } },
    children: lineRuns(text, { font: FONT.song, size: 18 }),
  })
}

function wordOf(block: Block, sheet: Sheet): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'title':
    case 'subtitle':
    case 'heading':
      return [heading(block, sheet)]
    case 'paragraph':
      return [paragraph(block, sheet)]
    case 'space':
      return [new Paragraph({ spacing: exact(block.mm * 2.8346), children: [] })]
    case 'cut':
      return [cutLine(block.text)]
    case 'break':
      return [new Paragraph({ pageBreakBefore: true, spacing: exact(0.05), children: [] })]
    case 'signatures':
      return signatures(block, sheet)
    case 'issuer':
      return issuer(block, sheet)
    case 'check':
      return block.lines.map((text) => paragraph({ kind: 'paragraph', text, small: true }, sheet))
    case 'pictures':
      return [
        heading({ kind: 'heading', text: block.heading }, sheet),
        picturesOf(block.pictures, textMm(sheet)),
        new Paragraph({ spacing: exact(0.05), children: [] }),
      ]
    case 'table':
      // Word joins tables that touch; the thinnest possible line keeps them apart.
      return [tableOf(block, textWidth(sheet)), new Paragraph({ spacing: exact(0.05), children: [] })]
  }
}

function footer(sheet: Sheet): Footer {
  const [before, between, after] = textsOf(sheet.language).pageParts
  const children: ParagraphChild[] = [
    new TextRun({
      font: FONT.song,
      size: 18,
      children: [before, PageNumber.CURRENT, between, PageNumber.TOTAL_PAGES, after],
    }),
  ]
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children })] })
}

function header(sheet: Sheet): Header {
  const text = sheet.style === 'letter' ? '' : sheet.title
  return new Header({
    children: [
      new Paragraph({
        tabStops: [{ type: TabStopType.RIGHT, position: textWidth(sheet) }],
        children: lineRuns(text, { font: FONT.song, size: 18 }),
      }),
    ],
  })
}

/** The sheet as a Word document: real tables, header and footer fields, named Chinese fonts with fallbacks. */
export async function docxOf(sheet: Sheet): Promise<Uint8Array> {
  const margin = MARGIN_MM[sheet.style]
  const landscape = sheet.orientation === 'landscape'
  const document = new Document({
    title: wordText(sheet.title),
    creator: wordText(sheet.author),
    styles: {
      default: { document: { run: { font: fontOf(sheet), language: { value: 'en-US', eastAsia: 'zh-CN' } } } },
    },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            // The library exchanges the two for landscape itself.
            size: {
              width: twips(PAGE_MM.width),
              height: twips(PAGE_MM.height),
              orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: {
              top: twips(margin.top),
              bottom: twips(margin.bottom),
              left: twips(margin.left),
              right: twips(margin.right),
              footer: twips(12),
              header: twips(12),
            },
          },
        },
        // The running head begins on the second page, under the title's own page.
        headers: { default: header(sheet), first: new Header({ children: [new Paragraph({})] }) },
        footers: { default: footer(sheet), first: footer(sheet) },
        children: sheet.blocks.flatMap((block) => wordOf(block, sheet)),
      },
    ],
  })
  return Packer.toBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: fontTableXml() }])
}
