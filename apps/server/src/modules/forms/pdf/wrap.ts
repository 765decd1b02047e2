/** Characters that may not begin a line, and those that may not end one (GB/T 15834-2011, 5.1). */
const NEVER_FIRST = /^[、。，．：；！？）〕］｝〉》」』】’”…—·～,.:;!?)\]}%‰℃]/u
const NEVER_LAST = /[（〔［｛〈《「『【‘“([{]$/u
/** Latin words, numbers and addresses stay in one piece; everything else breaks anywhere. */
const UNITS = /[\p{Script=Latin}\p{N}@#$%&*+\-_=/\\.,:;'"?!~]+|\p{M}*[^\p{M}]\p{M}*/gu

export type Measure = (text: string) => number

function unitsOf(line: string, limit: number, measure: Measure): string[] {
  const units = line.match(UNITS) ?? []
  return units.flatMap((unit) => (measure(unit) > limit ? [...unit] : [unit]))
}

/** Takes from the end of a full line what would stand wrongly at the break; at least one unit stays. */
function carryOver(line: string[], next: string): string[] {
  const carried: string[] = []
  while (line.length > 1 && (NEVER_FIRST.test(carried[0] ?? next) || NEVER_LAST.test(line.at(-1) ?? ''))) {
    carried.unshift(line.pop() ?? '')
  }
  return carried
}

function wrapParagraph(text: string, width: number, indent: number, measure: Measure): string[] {
  const lines: string[] = []
  let line: string[] = []
  let room = width - indent
  for (const unit of unitsOf(text, width, measure)) {
    if (line.length === 0 && lines.length > 0 && unit.trim() === '') continue
    if (line.length > 0 && measure(line.join('') + unit.trimEnd()) > room) {
      const carried = carryOver(line, unit)
      lines.push(line.join('').trimEnd())
      line = carried
      room = width
      if (line.length === 0 && unit.trim() === '') continue
    }
    line.push(unit)
  }
  lines.push(line.join('').trimEnd())
  return lines
}

export type Line = { readonly text: string; readonly last: boolean }

/**
 * Breaks a text into lines of at most `width` points; the first line of each paragraph is `indent` shorter. `last`
 * marks the end of a paragraph, which is never stretched. A unit wider than the line is broken between characters.
 */
export function wrap(text: string, width: number, measure: Measure, indent = 0): Line[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines = wrapParagraph(paragraph, width, indent, measure)
    return lines.map((line, at) => ({ text: line, last: at === lines.length - 1 }))
  })
}

/** As `wrap`, in as many lines but of nearly equal length: for titles and centred cells, where one last character looks lost. */
export function wrapEvenly(text: string, width: number, measure: Measure): Line[] {
  const lines = wrap(text, width, measure)
  if (lines.length < 2 || text.includes('\n')) return lines
  let best = lines
  // Halving the doubt six times is finer than a character on any line of ours.
  for (let low = width / 2, high = width, step = 0; step < 6; step++) {
    const middle = (low + high) / 2
    const tried = wrap(text, middle, measure)
    if (tried.length > lines.length) low = middle
    else {
      best = tried
      high = middle
    }
  }
  return best
}
