import { degrees, PDFDocument, type PDFFont, type PDFPage, rgb } from '@cantoo/pdf-lib'
import * as fontkit from 'fontkit'
import { faceBytes } from './face.ts'

const SLANT = 30
const GREY = rgb(0.45, 0.45, 0.45)

/** Every page with the text slanting across it, so often that no part of the page is without it. */
export async function markPdf(bytes: Uint8Array, text: string): Promise<Uint8Array> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false })
  document.registerFontkit(fontkit as never)
  const font = await document.embedFont(faceBytes(), { subset: true })
  for (const page of document.getPages()) markPage(page, font, text)
  return document.save()
}

function markPage(page: PDFPage, font: PDFFont, text: string): void {
  const { width, height } = page.getSize()
  const size = Math.max(10, Math.min(width, height) / 28)
  const step = { x: font.widthOfTextAtSize(text, size) + size * 3, y: size * 9 }
  for (let y = size; y < height; y += step.y)
    for (let x = size - (y % (step.y * 2) < step.y ? 0 : step.x / 2); x < width; x += step.x)
      page.drawText(text, { x, y, size, font, color: GREY, opacity: 0.18, rotate: degrees(SLANT) })
}
