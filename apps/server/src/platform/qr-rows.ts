import qrcode from 'qrcode'

/** The modules of a QR code as rows of 0 and 1: the page draws them, no picture crosses the content policy. */
export function qrRows(text: string): string {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' })
  const rows = Array.from({ length: modules.size }, (_, y) =>
    Array.from({ length: modules.size }, (_, x) => (modules.get(y, x) ? '1' : '0')).join(''),
  )
  return rows.join('/')
}
