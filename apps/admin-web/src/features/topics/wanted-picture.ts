/** What stands on the picture of the most wanted topics: words are those of the page. */
export type WantedPicture = {
  readonly title: string
  readonly window: string
  readonly rows: readonly { readonly title: string; readonly note: string; readonly score: number }[]
  readonly formula: string
}

const WIDTH = 1080
const EDGE = 64
const ROW = 116
const LINE = 40
const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
/** As in the light tokens of the desk: a picture that is passed on has no dark mode. */
const INK = { text: '#1F1F1F', soft: '#595959', line: '#E5E5E5', bar: '#C8161D', page: '#FFFFFF' } as const

/** Breaks a text where it no longer fits `width`; between any two characters, as Chinese does. */
export function linesOf(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const letter of text) {
    if (line !== '' && measure(line + letter) > width) {
      lines.push(line)
      line = ''
    }
    line += letter
  }
  return line === '' ? lines : [...lines, line]
}

/** The first line, with a sign where more would follow. */
export function oneLine(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text
  return `${linesOf(text, width - measure('…'), measure)[0] ?? ''}…`
}

/** Draws the picture and hands it over as a file, 1080 pixels wide. */
export async function saveWantedPicture(said: WantedPicture): Promise<void> {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas in this browser')
  const measure = (text: string) => pen.measureText(text).width
  pen.font = `26px ${FONT}`
  const formula = linesOf(said.formula, WIDTH - 2 * EDGE, measure)
  const head = 210
  canvas.width = WIDTH
  canvas.height = head + said.rows.length * ROW + 40 + formula.length * LINE + EDGE
  pen.fillStyle = INK.page
  pen.fillRect(0, 0, canvas.width, canvas.height)
  write(pen, said.title, EDGE, 110, `600 56px ${FONT}`, INK.text)
  write(pen, said.window, EDGE, 164, `28px ${FONT}`, INK.soft)
  drawRows(pen, said.rows, head)
  for (const [at, line] of formula.entries())
    write(pen, line, EDGE, head + said.rows.length * ROW + 60 + at * LINE, `26px ${FONT}`, INK.soft)
  const link = document.createElement('a')
  link.href = canvas.toDataURL('image/png')
  link.download = `${said.title} ${said.window}.png`
  link.click()
}

function drawRows(pen: CanvasRenderingContext2D, rows: WantedPicture['rows'], top: number): void {
  const most = Math.max(1, ...rows.map(({ score }) => score))
  const measure = (text: string) => pen.measureText(text).width
  for (const [at, { title, note, score }] of rows.entries()) {
    const y = top + at * ROW
    pen.fillStyle = INK.line
    pen.fillRect(EDGE, y, WIDTH - 2 * EDGE, 1)
    write(pen, String(at + 1), EDGE, y + 50, `600 34px ${FONT}`, at < 3 ? INK.bar : INK.soft)
    pen.font = `600 32px ${FONT}`
    write(pen, oneLine(title, 680, measure), EDGE + 70, y + 50, pen.font, INK.text)
    pen.font = `24px ${FONT}`
    write(pen, oneLine(note, 680, measure), EDGE + 70, y + 90, pen.font, INK.soft)
    pen.fillStyle = INK.bar
    // Bars begin at zero: their lengths compare as the scores do.
    pen.fillRect(WIDTH - EDGE - 200, y + 64, (200 * score) / most, 12)
    write(pen, String(score), WIDTH - EDGE - 200, y + 50, `600 32px ${FONT}`, INK.text)
  }
}

function write(pen: CanvasRenderingContext2D, text: string, x: number, y: number, font: string, ink: string): void {
  pen.font = font
  pen.fillStyle = ink
  pen.fillText(text, x, y)
}
