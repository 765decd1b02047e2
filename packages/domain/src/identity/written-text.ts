const WIDE = /[\u3000！-～]/

/** Full-width ASCII (U+FF01..U+FF5E) to ASCII and the ideographic space to a space; everything else stays. */
export function halfWidth(text: string): string {
  if (!WIDE.test(text)) return text
  return text.replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replaceAll('\u3000', ' ')
}

/** White space, zero-width characters and byte order marks that spreadsheets leave inside cells. */
const BLANKS = /[\s\u00a0\u200b-\u200f\u2060\ufeff]+/g
const BLANK = /[\s\u00a0\u200b-\u200f\u2060\ufeff]/

export function withoutBlanks(text: string): string {
  return BLANK.test(text) ? text.replace(BLANKS, '') : text
}

/** Text for comparison: half width, no blanks. */
export function plain(text: string): string {
  return withoutBlanks(halfWidth(text))
}

/** Text as kept in a record: blanks at the ends removed, runs inside made one space. */
export function trimmed(text: string): string {
  return BLANK.test(text) ? text.replace(BLANKS, ' ').trim() : text
}

const PLACEHOLDER = /^(?:[-—–_/\\.、~*]+|无|暂无|没有|不详|未知|待查|待补|空|null|none|n\/a|na|#n\/a)$/i

/** True for an empty cell and for what people write to say "nothing here". */
export function saysNothing(text: string): boolean {
  const bare = plain(text)
  return bare === '' || PLACEHOLDER.test(bare)
}
