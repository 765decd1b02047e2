import { SLIPS_PER_PAGE, slipsCover } from '../documents/slips-cover.ts'
import { momentText } from '../forms.format.ts'
import { textsOf } from '../forms.texts.ts'
import type { ActivationSlips } from '../forms.types.ts'
import type { FormTexts } from '../texts/form-texts.ts'
import type { Face } from './fonts.ts'
import {
  closePen,
  drawLine,
  mm,
  numberPages,
  openPen,
  type Pen,
  printableIn,
  styleOf,
  turnPage,
  widthIn,
} from './page.ts'
import { drawQr } from './qr.ts'
import { drawSheet } from './sheet.ts'
import { wrapEvenly } from './wrap.ts'

type Slip = ActivationSlips['slips'][number]
type Box = { readonly x: number; readonly y: number }

/** Two by four cards of 90 x 64 mm, the size of a business card with room for a code that old phones can read. */
const CARD = { columns: 2, width: mm(90), height: mm(64), pad: mm(5), qr: mm(30), left: mm(15), top: mm(20) } as const
const MARK = mm(4)

/** Crosses where the knife goes in, and ticks outside the cards: nothing is printed over a card's own area. */
function drawCutMarks(pen: Pen): void {
  const rows = SLIPS_PER_PAGE / CARD.columns
  pen.doc.lineWidth(0.4).strokeColor('#555555')
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= CARD.columns; column++) {
      const x = CARD.left + column * CARD.width
      const y = CARD.top + row * CARD.height
      pen.doc
        .moveTo(x - MARK / 2, y)
        .lineTo(x + MARK / 2, y)
        .stroke()
      pen.doc
        .moveTo(x, y - MARK / 2)
        .lineTo(x, y + MARK / 2)
        .stroke()
    }
  }
  pen.doc.strokeColor('black')
}

/** Draws at most two lines: first smaller down to `least` of the size, then broken; returns the height used. */
function drawFitted(pen: Pen, text: string, at: Box, width: number, face: Face, size: number, least: number): number {
  const shown = printableIn(pen, face, text)
  const natural = widthIn(pen, face, shown, size)
  const fitted = Math.max(size * least, Math.min(size, (size * width) / Math.max(natural, 1)))
  const lines = wrapEvenly(shown, width, (part) => widthIn(pen, face, part, fitted)).slice(0, 2)
  lines.forEach((line, index) => drawLine(pen, line.text, at.x, at.y + index * fitted * 1.25, face, fitted))
  return lines.length * fitted * 1.25
}

/** One-time codes in groups of four: people read and type them group by group. */
export function groupedCode(code: string): string {
  return (
    code
      .replace(/[\s-]/g, '')
      .match(/.{1,4}/g)
      ?.join(' ') ?? ''
  )
}

function drawCard(pen: Pen, slip: Slip, box: Box, facts: ActivationSlips, t: FormTexts): void {
  const { pad, width, height, qr } = CARD
  const x = box.x + pad
  const left = width - 2 * pad - qr
  let y = box.y + pad
  y += drawFitted(pen, slip.organisation, { x, y }, left - 6, 'regular', 8.5, 0.85) + 3
  y += drawFitted(pen, slip.name, { x, y }, left - 6, 'bold', 16, 0.7) + 2
  drawLine(pen, `${t.memberNumber}${t.colon}${slip.memberNumber}`, x, y, 'regular', 8.5)
  y += 17
  drawLine(pen, t.slips.code, x, y, 'regular', 8)
  y += 12
  y += drawFitted(pen, groupedCode(slip.code), { x, y }, left - 6, 'bold', 16, 0.7) + 2
  drawLine(
    pen,
    `${t.slips.until}${t.colon}${momentText(slip.expiresAt, facts.language ?? 'zh-CN')}`,
    x,
    y,
    'regular',
    8,
  )
  drawQr(pen, slip.activationUrl, box.x + width - qr - 2, box.y + 4, qr)
  drawFoot(pen, { x, y: box.y + height - mm(21.5) }, width - 2 * pad, facts, t)
}

/** The address, the three steps and the warning, at the lower edge of every card. */
function drawFoot(pen: Pen, at: Box, width: number, facts: ActivationSlips, t: FormTexts): void {
  pen.doc
    .lineWidth(0.4)
    .moveTo(at.x, at.y)
    .lineTo(at.x + width, at.y)
    .stroke()
  let y = at.y + 4
  const site = printableIn(pen, 'regular', facts.siteUrl)
  drawFitted(pen, site, { x: at.x, y }, width, 'regular', 8, 0.5)
  y += 11.5
  t.slips.steps.forEach((step, index) => {
    drawLine(pen, `${index + 1}. ${step}`, at.x, y, 'regular', 8)
    y += 11
  })
  const help = facts.contact
    ? `　${t.slips.help}${t.colon}${[facts.contact.name, facts.contact.phone].filter(Boolean).join(' ')}`
    : ''
  drawFitted(pen, t.slips.keep + help, { x: at.x, y }, width, 'regular', 7, 0.6)
}

function drawCards(pen: Pen, facts: ActivationSlips, t: FormTexts): void {
  facts.slips.forEach((slip, index) => {
    const place = index % SLIPS_PER_PAGE
    if (place === 0) {
      turnPage(pen)
      drawCutMarks(pen)
    }
    const box = {
      x: CARD.left + (place % CARD.columns) * CARD.width,
      y: CARD.top + Math.floor(place / CARD.columns) * CARD.height,
    }
    drawCard(pen, slip, box, facts, t)
  })
}

/** The organiser's list, then eight cards to a page; list and cards are numbered apart. */
export async function slipsPdf(facts: ActivationSlips): Promise<Uint8Array> {
  const cover = slipsCover(facts)
  const pen = openPen(cover, styleOf(cover))
  drawSheet(pen, cover)
  const coverPages = pen.doc.bufferedPageRange().count
  drawCards(pen, facts, textsOf(facts.language))
  numberPages(pen, cover.language, 0, coverPages)
  numberPages(pen, cover.language, coverPages, pen.doc.bufferedPageRange().count - coverPages)
  return closePen(pen)
}
