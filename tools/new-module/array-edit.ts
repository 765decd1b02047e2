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

/** Where the inside of a literal begins and ends. `start` ends with the opening bracket: `/const screens = \\[/`. */
function literalAt(text: string, start: RegExp): [from: number, to: number] {
  const found = start.exec(text)
  if (!found) throw new PlaceLost(String(start))
  const open = found.index + found[0].length - 1
  return [open + 1, closingOf(text, open)]
}

export function addElement(text: string, start: RegExp, element: string): string {
  const [from, to] = literalAt(text, start)
  const kept = text.slice(from, to).trimEnd().replace(/,$/, '')
  return `${text.slice(0, from)}${kept}${kept.trim() === '' ? '' : ','}\n${element},\n${text.slice(to)}`
}

/** Whitespace and a trailing comma before a bracket count for nothing: the formatter moves them. */
function loosely(element: string): string {
  const tokens = element.match(/\w+|'[^']*'|[^\s\w]/g) ?? []
  return tokens
    .map((token) => token.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .map((token) => (/^\\[)\]}]$/.test(token) ? `,?\\s*${token}` : token))
    .join('\\s*')
}

export function removeElement(text: string, start: RegExp, element: string): string {
  const [from, to] = literalAt(text, start)
  const inner = text.slice(from, to)
  const left = inner.replace(new RegExp(`\\s*${loosely(element)},?`), '')
  if (left === inner) throw new PlaceLost(element)
  // Nothing left in the literal: no space may stay in it.
  return text.slice(0, from) + (left.trim() === '' ? '' : left) + text.slice(to)
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
