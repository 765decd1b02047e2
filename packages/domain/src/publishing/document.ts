/**
 * The text of an article as a small document: what the editor writes, what is stored and what everything shown is made
 * from. Nothing of it is ever HTML of a client: a document holds the parts named here and no others.
 */
export type DocumentMark = { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }
export type DocumentNode = {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly content?: readonly DocumentNode[]
  readonly marks?: readonly DocumentMark[]
  readonly text?: string
}
export type ArticleDocument = DocumentNode & { readonly type: 'doc' }

export const DOCUMENT_FAULTS = ['broken', 'unknown_part', 'unsafe_link', 'unusable_text', 'too_large'] as const
export type DocumentFault = (typeof DOCUMENT_FAULTS)[number]
/** The first wrong place: a JSON pointer within the document, what is wrong, and the part that is meant. */
export type DocumentProblem = { readonly at: string; readonly fault: DocumentFault; readonly part: string }

const MOST = { depth: 14, parts: 6000, characters: 100_000, address: 2000, pictures: 60 } as const

type Attribute = (value: unknown) => boolean
type Part = { readonly holds: readonly string[]; readonly attrs?: Readonly<Record<string, Attribute>> }
const whole =
  (least: number, most: number): Attribute =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
const isIdentifier: Attribute = (value) =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
const isCaption: Attribute = (value) => typeof value === 'string' && value.length <= 200 && isUsableText(value)

const INLINE = ['text', 'hardBreak'] as const
const BLOCKS = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'blockquote',
  'horizontalRule',
  'image',
  'table',
] as const
const IN_CELL = ['paragraph', 'bulletList', 'orderedList', 'image'] as const
const SPAN = { colspan: whole(1, 20), rowspan: whole(1, 200) }

const PARTS: Readonly<Record<string, Part>> = {
  doc: { holds: BLOCKS },
  paragraph: { holds: INLINE },
  heading: { holds: INLINE, attrs: { level: whole(2, 4) } },
  bulletList: { holds: ['listItem'] },
  orderedList: { holds: ['listItem'], attrs: { start: whole(1, 10_000) } },
  listItem: { holds: ['paragraph', 'bulletList', 'orderedList', 'blockquote', 'image'] },
  blockquote: { holds: ['paragraph', 'bulletList', 'orderedList', 'heading'] },
  horizontalRule: { holds: [] },
  hardBreak: { holds: [] },
  image: { holds: [], attrs: { fileId: isIdentifier, caption: isCaption } },
  table: { holds: ['tableRow'] },
  tableRow: { holds: ['tableCell', 'tableHeader'] },
  tableCell: { holds: IN_CELL, attrs: SPAN },
  tableHeader: { holds: IN_CELL, attrs: SPAN },
  text: { holds: [] },
}
const MARKS: readonly string[] = ['bold', 'italic', 'underline', 'strike', 'link']

/**
 * Whether text can stand in a page, a feed and a printed sheet alike: characters that XML 1.0 does not know, halves of
 * pairs and marks that turn the direction of writing round (which let one thing look like another) are refused.
 */
export const isUsableText = (text: string): boolean =>
  text.isWellFormed() &&
  !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/.test(text)

/** The address of a link in the one form in which it is kept, or null: the web, mail and telephone, nothing that runs. */
export function safeLink(address: unknown): string | null {
  if (typeof address !== 'string' || address.length > MOST.address || !isUsableText(address)) return null
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(address) || !URL.canParse(address)) return null
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return null
  return ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol) ? url.href : null
}

type Walk = { parts: number; characters: number; pictures: number }
const bad = (at: string, fault: DocumentFault, part: unknown): DocumentProblem => ({
  at,
  fault,
  part: String(part).slice(0, 40),
})
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is wrong with a document that somebody sent, first things first; null when it is one. */
export function documentProblem(document: unknown): DocumentProblem | null {
  if (!isRecord(document) || document.type !== 'doc') return bad('', 'broken', 'doc')
  return problemIn(document, '', { parts: 0, characters: 0, pictures: 0 }, 0)
}

function problemIn(node: Record<string, unknown>, at: string, walk: Walk, depth: number): DocumentProblem | null {
  const type = String(node.type)
  const part = Object.hasOwn(PARTS, type) ? PARTS[type] : undefined
  if (!part) return bad(`${at}/type`, 'unknown_part', type)
  walk.parts += 1
  if (type === 'image') walk.pictures += 1
  if (depth > MOST.depth || walk.parts > MOST.parts || walk.pictures > MOST.pictures) return bad(at, 'too_large', type)
  const stray = Object.keys(node).find((key) => !['type', 'attrs', 'content', 'marks', 'text'].includes(key))
  if (stray !== undefined) return bad(`${at}/${stray}`, 'unknown_part', stray)
  return (
    attributesProblem(part.attrs ?? {}, node.attrs, at, type) ??
    (type === 'text' ? textProblem(node, at, walk) : shapeProblem(node, at)) ??
    contentProblem(part, node.content, at, walk, depth)
  )
}

function attributesProblem(
  known: Readonly<Record<string, Attribute>>,
  attrs: unknown,
  at: string,
  type: string,
): DocumentProblem | null {
  if (attrs === undefined) return type === 'image' || type === 'heading' ? bad(`${at}/attrs`, 'broken', type) : null
  if (!isRecord(attrs)) return bad(`${at}/attrs`, 'broken', type)
  for (const [name, value] of Object.entries(attrs)) {
    if (!Object.hasOwn(known, name)) return bad(`${at}/attrs/${name}`, 'unknown_part', name)
    if (!known[name]?.(value)) return bad(`${at}/attrs/${name}`, 'broken', name)
  }
  const needed = type === 'image' ? 'fileId' : type === 'heading' ? 'level' : null
  return needed !== null && !Object.hasOwn(attrs, needed) ? bad(`${at}/attrs`, 'broken', needed) : null
}

const shapeProblem = (node: Record<string, unknown>, at: string): DocumentProblem | null =>
  node.text !== undefined || node.marks !== undefined ? bad(at, 'broken', node.type) : null

function textProblem(node: Record<string, unknown>, at: string, walk: Walk): DocumentProblem | null {
  const { text, marks = [] } = node
  if (typeof text !== 'string' || text === '') return bad(`${at}/text`, 'broken', 'text')
  if (!isUsableText(text)) return bad(`${at}/text`, 'unusable_text', 'text')
  walk.characters += text.length
  if (walk.characters > MOST.characters) return bad(`${at}/text`, 'too_large', 'text')
  if (!Array.isArray(marks)) return bad(`${at}/marks`, 'broken', 'marks')
  for (const [place, mark] of marks.entries()) {
    const problem = markProblem(mark, `${at}/marks/${place}`)
    if (problem) return problem
  }
  return null
}

function markProblem(mark: unknown, at: string): DocumentProblem | null {
  if (!isRecord(mark)) return bad(at, 'broken', 'mark')
  const type = String(mark.type)
  if (!MARKS.includes(type)) return bad(`${at}/type`, 'unknown_part', type)
  const stray = Object.keys(mark).find((key) => key !== 'type' && key !== 'attrs')
  if (stray !== undefined) return bad(`${at}/${stray}`, 'unknown_part', stray)
  const attrs = mark.attrs ?? {}
  if (!isRecord(attrs)) return bad(`${at}/attrs`, 'broken', type)
  const unknown = Object.keys(attrs).find((key) => type !== 'link' || key !== 'href')
  if (unknown !== undefined) return bad(`${at}/attrs/${unknown}`, 'unknown_part', unknown)
  if (type === 'link' && safeLink(attrs.href) === null) return bad(`${at}/attrs/href`, 'unsafe_link', attrs.href)
  return null
}

function contentProblem(part: Part, content: unknown, at: string, walk: Walk, depth: number): DocumentProblem | null {
  if (content === undefined) return null
  if (!Array.isArray(content)) return bad(`${at}/content`, 'broken', 'content')
  for (const [place, child] of content.entries()) {
    const here = `${at}/content/${place}`
    if (!isRecord(child)) return bad(here, 'broken', 'content')
    if (Object.hasOwn(PARTS, String(child.type)) && !part.holds.includes(String(child.type)))
      return bad(here, 'broken', child.type)
    const problem = problemIn(child, here, walk, depth + 1)
    if (problem) return problem
  }
  return null
}

/** Every part of a document, from the beginning to the end. */
function* partsOf(node: DocumentNode): Generator<DocumentNode> {
  yield node
  for (const child of node.content ?? []) yield* partsOf(child)
}

/** The words alone, a line for each paragraph: for searching, summaries and what cannot show more. */
export function wordsOfDocument(document: DocumentNode): string {
  const lines: string[] = []
  let line = ''
  for (const { type, text, attrs } of partsOf(document)) {
    if (type === 'text') line += text ?? ''
    else if (type === 'hardBreak') line += '\n'
    else {
      if (line !== '') lines.push(line)
      line = type === 'image' ? String(attrs?.caption ?? '') : ''
    }
  }
  return [...lines, line].filter((one) => one.trim() !== '').join('\n')
}

/** Addresses of links with their places in the document, in the form in which they are kept. */
export function linksOfDocument(document: DocumentNode, at = ''): { readonly at: string; readonly href: string }[] {
  const own = (document.marks ?? []).flatMap((mark, place) => {
    const href = mark.type === 'link' ? safeLink(mark.attrs?.href) : null
    return href === null ? [] : [{ at: `${at}/marks/${place}/attrs/href`, href }]
  })
  return [
    ...own,
    ...(document.content ?? []).flatMap((child, place) => linksOfDocument(child, `${at}/content/${place}`)),
  ]
}

/** Files of the pictures, each once. */
export const picturesOfDocument = (document: DocumentNode): string[] => [
  ...new Set([...partsOf(document)].flatMap(({ type, attrs }) => (type === 'image' ? [String(attrs?.fileId)] : []))),
]

/** Whether anything is said or shown. */
export const isDocumentEmpty = (document: DocumentNode): boolean =>
  wordsOfDocument(document) === '' && picturesOfDocument(document).length === 0

/** Whether a link may be set: any, where no hosts are named; else one of these, or one below `*.host`. */
export function isHostAllowed(href: string, hosts: readonly string[]): boolean {
  if (hosts.length === 0 || !/^https?:/.test(href)) return true
  const { hostname } = new URL(href)
  return hosts.some((host) => (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host))
}

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
