/**
 * Edits of registries in source files as people write them: one element in an array or object literal, added at the
 * end and found again whatever the formatter did to it. Each throws when the place is not there, naming it.
 */
export class PlaceLost extends Error {}

const OPENING = '[{('
const CLOSING = ']})'

/** The index of the bracket that closes the one at `open`, with strings and comments passed over. */
function closingOf(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at += 1) {
    const passed = /^(?:\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)/.exec(
      text.slice(at),
    )
    if (passed) at += passed[0].length - 1
    else if (OPENING.includes(text[at] ?? '')) depth += 1
    else if (CLOSING.includes(text[at] ?? '') && --depth === 0) return at
  }
  throw new PlaceLost('a bracket is not closed')
}

/** `start` ends with the opening bracket of the literal: `/const screens = \[/`. */
export function addElement(text: string, start: RegExp, element: string): string {
  const found = start.exec(text)
  if (!found) throw new PlaceLost(String(start))
  const open = found.index + found[0].length - 1
  const close = closingOf(text, open)
  const inner = text.slice(open + 1, close)
  const kept = inner.trimEnd().replace(/,$/, '')
  const isEmpty = kept.trim() === ''
  return `${text.slice(0, open + 1)}${kept}${isEmpty ? '' : ','}\n${element},\n${text.slice(close)}`
}

/** Whitespace and a trailing comma before a bracket count for nothing: the formatter moves them. */
function loosely(element: string): string {
  const tokens = element.match(/\w+|'[^']*'|[^\s\w]/g) ?? []
  return tokens
    .map((token) => token.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .map((token) => (/^\\[)\]}]$/.test(token) ? `,?\\s*${token}` : token))
    .join('\\s*')
}

export function removeElement(text: string, element: string): string {
  const found = new RegExp(`\\s*${loosely(element)},?`).exec(text)
  if (!found) throw new PlaceLost(element)
  const [before, after] = [text.slice(0, found.index), text.slice(found.index + found[0].length)]
  // Nothing left in the literal: no comma may stay behind the bracket.
  return /[[{(]\s*$/.test(before) && /^\s*[\]})]/.test(after) ? before.trimEnd() + after.trimStart() : before + after
}

/** Adds a whole line in the order of the lines that match `kin`; after the last one when it sorts last. */
export function addLine(text: string, kin: RegExp, line: string): string {
  const lines = text.split('\n')
  const places = lines.flatMap((other, at) => (kin.test(other) ? [at] : []))
  const last = places.at(-1)
  if (last === undefined) throw new PlaceLost(String(kin))
  const next = places.find((at) => (lines[at] ?? '') > line) ?? last + 1
  return [...lines.slice(0, next), line, ...lines.slice(next)].join('\n')
}

export function removeLine(text: string, line: string): string {
  const lines = text.split('\n')
  const at = lines.findIndex((other) => other.trim() === line.trim())
  if (at < 0) throw new PlaceLost(line)
  return lines.filter((_, place) => place !== at).join('\n')
}
