/**
 * The rich text of courses: a small subset of Markdown that becomes a tree, never HTML. What is not of the subset stays
 * what it is: text.
 */
export type Span = { readonly text: string; readonly isStrong: boolean; readonly isEmphasis: boolean }
export type RichNode =
  | { readonly kind: 'heading' | 'paragraph' | 'quote'; readonly spans: readonly Span[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Span[])[] }

const HEADING = /^#{1,3}\s+(.+)$/
const QUOTE = /^>\s?(.*)$/
const ITEM = /^(?:[-*]|(\d+)[.)、])\s+(.+)$/

/** `# heading`, `- item`, `1. item`, `> quote`, `**strong**`, `*emphasis*`; an empty line ends a paragraph. */
export function richText(source: string): RichNode[] {
  const nodes: RichNode[] = []
  let lines: string[] = []
  const endParagraph = () => {
    if (lines.length > 0) nodes.push({ kind: 'paragraph', spans: spansOf(lines.join('\n')) })
    lines = []
  }
  for (const line of source.replaceAll('\r\n', '\n').split('\n')) {
    const text = line.trimEnd()
    const heading = HEADING.exec(text)?.[1]
    const quote = QUOTE.exec(text)?.[1]
    const item = ITEM.exec(text)
    if (text.trim() === '') endParagraph()
    else if (heading !== undefined) {
      endParagraph()
      nodes.push({ kind: 'heading', spans: spansOf(heading) })
    } else if (quote !== undefined) {
      endParagraph()
      nodes.push({ kind: 'quote', spans: spansOf(quote) })
    } else if (item) {
      endParagraph()
      addItem(nodes, item[1] !== undefined, spansOf(item[2] ?? ''))
    } else lines.push(text)
  }
  endParagraph()
  return nodes
}

function addItem(nodes: RichNode[], isOrdered: boolean, spans: readonly Span[]): void {
  const last = nodes.at(-1)
  if (last?.kind === 'list' && last.isOrdered === isOrdered)
    nodes[nodes.length - 1] = { ...last, items: [...last.items, spans] }
  else nodes.push({ kind: 'list', isOrdered, items: [spans] })
}

function spansOf(text: string): Span[] {
  return text
    .split(/(\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (/^\*\*[^*]+\*\*$/.test(part)) return { text: part.slice(2, -2), isStrong: true, isEmphasis: false }
      if (/^\*[^*]+\*$/.test(part)) return { text: part.slice(1, -1), isStrong: false, isEmphasis: true }
      return { text: part, isStrong: false, isEmphasis: false }
    })
}
