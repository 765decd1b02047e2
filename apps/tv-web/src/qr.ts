/** Draws the modules of a QR code, rows of 0 and 1 parted by strokes, with the quiet zone that cameras need. */
export function drawQr(canvas: HTMLCanvasElement, rows: string): void {
  const lines = rows.split('/')
  const quiet = 4
  const size = lines.length + 2 * quiet
  const scale = 8
  canvas.width = canvas.height = size * scale
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = '#000000'
  lines.forEach((line, y) => {
    for (let x = 0; x < line.length; x += 1)
      if (line.charAt(x) === '1') pen.fillRect((x + quiet) * scale, (y + quiet) * scale, scale, scale)
  })
}
