import { create } from 'qrcode'
import type { Pen } from './page.ts'

/** The QR code as rectangles, sharp at any resolution, with the quiet zone of four modules (ISO/IEC 18004). */
export function drawQr(pen: Pen, text: string, x: number, y: number, size: number): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const unit = size / (modules.size + 8)
  for (let row = 0; row < modules.size; row++) {
    for (let from = 0; from < modules.size; from++) {
      if (!modules.get(row, from)) continue
      let to = from
      while (to < modules.size && modules.get(row, to)) to++
      pen.doc.rect(x + (from + 4) * unit, y + (row + 4) * unit, (to - from) * unit, unit)
      from = to
    }
  }
  pen.doc.fill('black')
}
