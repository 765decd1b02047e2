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

/** A delimiter is a line of its own: bytes of a part may begin a line in the same way. */
function delimiterAt(body: Buffer, dash: Buffer, from: number): number {
  for (let at = body.indexOf(dash, from); at >= 0; at = body.indexOf(dash, at + 1)) {
    const isLineStart = at === 0 || body.subarray(at - 2, at).equals(LINE)
    const after = body.subarray(at + dash.length, at + dash.length + 80).toString('latin1')
    if (isLineStart && /^(?:--)?[ \t]*(?:\r\n|$)/.test(after)) return at
  }
  return -1
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
