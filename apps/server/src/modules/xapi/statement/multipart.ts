import { requestRefusals } from '@tongxin/contract'

/** One part of a `multipart/mixed` body (RFC 2046, 5.1): headers by name in small letters, and its bytes. */
export type Part = { readonly headers: ReadonlyMap<string, string>; readonly bytes: Buffer }

const MOST_PARTS = 1000
const LINE = Buffer.from('\r\n')
const EMPTY_LINE = Buffer.from('\r\n\r\n')

const malformed = () => requestRefusals.malformed({}, [{ field: '/body', code: 'field.wrong_format' }])

export function boundaryOf(contentType: string): string | null {
  const found = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType)
  return found?.[1] ?? found?.[2] ?? null
}

/** Takes a body apart. @throws Refusal `request.malformed` when it is not closed, or a part has no head */
export function partsOf(body: Buffer, boundary: string): Part[] {
  const dash = Buffer.from(`--${boundary}`)
  const parts: Part[] = []
  let at = delimiterAt(body, dash, 0)
  if (at < 0) throw malformed()
  for (;;) {
    const from = at + dash.length
    if (body.subarray(from, from + 2).toString('latin1') === '--') return parts
    if (parts.length >= MOST_PARTS) throw requestRefusals.too_large()
    const start = body.indexOf(LINE, from)
    const next = delimiterAt(body, dash, from)
    if (start < 0 || next < 0) throw malformed()
    parts.push(partIn(body.subarray(start + 2, next - 2)))
    at = next
  }
}

/** A delimiter is a line of its own: bytes of a part may begin a line in the same way, but not over and over. */
function delimiterAt(body: Buffer, dash: Buffer, from: number): number {
  if (from === 0 && body.subarray(0, dash.length).equals(dash) && isLineEnd(body, dash.length)) return 0
  const line = Buffer.concat([LINE, dash])
  let at = body.indexOf(line, from)
  for (let tries = 0; at >= 0; at = body.indexOf(line, at + line.length), tries += 1) {
    if (isLineEnd(body, at + line.length)) return at + LINE.length
    if (tries > MOST_FALSE_STARTS) throw malformed()
  }
  return -1
}
const MOST_FALSE_STARTS = 10_000

const [CR, LF, SPACE, TAB, HYPHEN] = [13, 10, 32, 9, 45]
const MOST_BLANKS = 80

/** Two hyphens or none, blanks, and the end of a line or of all. */
function isLineEnd(body: Buffer, from: number): boolean {
  let at = body[from] === HYPHEN && body[from + 1] === HYPHEN ? from + 2 : from
  const most = at + MOST_BLANKS
  while (at < most && (body[at] === SPACE || body[at] === TAB)) at += 1
  return at >= body.length || (body[at] === CR && body[at + 1] === LF)
}

function partIn(bytes: Buffer): Part {
  // A part without headers begins with the empty line.
  if (bytes.subarray(0, 2).equals(LINE)) return { headers: new Map(), bytes: bytes.subarray(2) }
  const end = bytes.indexOf(EMPTY_LINE)
  if (end < 0) throw malformed()
  const lines = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    if (colon <= 0) throw malformed()
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { headers: new Map(headers), bytes: bytes.subarray(end + EMPTY_LINE.length) }
}

/** Puts a body together. The boundary is chosen by the caller: it must stand in none of the parts. */
export function joined(
  parts: readonly { headers: Readonly<Record<string, string>>; bytes: Buffer }[],
  boundary: string,
) {
  const pieces = parts.flatMap(({ headers, bytes }) => {
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    return [Buffer.from(`--${boundary}\r\n${head.join('')}\r\n`), bytes, LINE]
  })
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)])
}
