/** Opening of something in which a semicolon does not end the statement: comment, string, name or dollar-quoted body. */
const OPENING = /--|\/\*|'|"|\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$|;/g

/**
 * Splits a SQL script into its statements, without comments that stand between them, as PostgreSQL's lexer would
 * (chapter 4.1 of its manual). A `begin atomic` body is not understood: write function bodies between `$$`.
 * @throws Error when a string, name, comment or body is not closed
 */
export function statementsOf(script: string): string[] {
  const statements: string[] = []
  let start = 0
  let at = 0
  let isOnlyComment = true
  for (;;) {
    OPENING.lastIndex = at
    const found = OPENING.exec(script)
    const end = found?.index ?? script.length
    if (script.slice(at, end).trim() !== '') isOnlyComment = false
    if (found && found[0] !== ';') {
      if (!/^(--|\/\*)/.test(found[0])) isOnlyComment = false
      at = endOf(script, end, found[0])
      continue
    }
    if (!isOnlyComment) statements.push(script.slice(start, end).trim())
    if (!found) return statements
    isOnlyComment = true
    start = end + 1
    at = start
  }
}

/** The index behind what opens at `from`. */
function endOf(script: string, from: number, opening: string): number {
  if (opening === '--') {
    const line = script.indexOf('\n', from)
    return line === -1 ? script.length : line + 1
  }
  if (opening === '/*') return endOfComment(script, from)
  if (opening.startsWith('$')) {
    // Inside an identifier a dollar opens nothing: a$b$c is one name.
    if (/[A-Za-z0-9_$\u0080-\uffff]/.test(script[from - 1] ?? ' ')) return from + opening.length
    return closed(script.indexOf(opening, from + opening.length), opening) + opening.length
  }
  const hasEscapes = opening === "'" && /[eE]/.test(script[from - 1] ?? '') && !/\w/.test(script[from - 2] ?? ' ')
  for (let at = from + 1; at < script.length; at++) {
    if (hasEscapes && script[at] === '\\') at++
    else if (script[at] === opening) {
      if (script[at + 1] !== opening) return at + 1
      at++
    }
  }
  return closed(-1, opening)
}

/** Comments nest in PostgreSQL. */
function endOfComment(script: string, from: number): number {
  let depth = 0
  for (let at = from; at < script.length; at++) {
    const pair = script.slice(at, at + 2)
    if (pair === '/*') depth++
    if (pair === '*/') depth--
    if (pair === '/*' || pair === '*/') at++
    if (depth === 0) return at + 1
  }
  return closed(-1, '/*')
}

function closed(index: number, opening: string): number {
  if (index === -1) throw new Error(`${opening} is not closed`)
  return index
}
