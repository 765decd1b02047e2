import { Image } from '@tiptap/extension-image'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { StarterKit } from '@tiptap/starter-kit'
import { safeLink } from '@tongxin/domain/publishing/document'

/**
 * The parts of an article's document as the editor knows them: the same allow-list as the server's. What is pasted from
 * Word, WeChat or a page goes through these and keeps nothing else: no fonts, colours, classes, frames or pictures of others.
 */

const fileOf = (element: HTMLElement) => ({
  fileId: element.dataset.file ?? null,
  caption: element.getAttribute('alt') ?? '',
})
/** A picture is a file of ours, never an address: neither typed nor set by a command. */
const Picture = Image.extend({
  atom: true,
  addCommands: () => ({}),
  addInputRules: () => [],
  addAttributes: () => ({
    fileId: { default: null, rendered: false },
    caption: { default: '', rendered: false },
  }),
  parseHTML: () => [{ tag: 'img[data-file]', getAttrs: fileOf }],
  renderHTML: ({ node }) => [
    'img',
    {
      src: `/api/v1/files/${String(node.attrs.fileId)}/content`,
      'data-file': String(node.attrs.fileId),
      alt: String(node.attrs.caption ?? ''),
    },
  ],
})

const span = (name: 'colspan' | 'rowspan') => ({
  default: 1,
  parseHTML: (element: HTMLElement) => Math.min(20, Math.max(1, Number(element.getAttribute(name)) || 1)),
})
const cell = () => ({
  colspan: span('colspan'),
  rowspan: span('rowspan'),
  colwidth: { default: null, rendered: false },
})

export const DOCUMENT_PARTS = [
  StarterKit.configure({
    code: false,
    codeBlock: false,
    heading: { levels: [2, 3, 4] },
    link: {
      openOnClick: false,
      autolink: true,
      protocols: ['http', 'https', 'mailto', 'tel'],
      isAllowedUri: (address) => safeLink(address) !== null,
      HTMLAttributes: { target: null, rel: null, class: null },
    },
  }),
  Table.configure({ resizable: false }),
  TableRow,
  TableCell.extend({ content: '(paragraph | bulletList | orderedList | image)+', addAttributes: cell }),
  TableHeader.extend({ content: '(paragraph | bulletList | orderedList | image)+', addAttributes: cell }),
  Picture,
]

type Json = { readonly [name: string]: unknown }
const KEPT: Readonly<Record<string, readonly string[]>> = {
  heading: ['level'],
  orderedList: ['start'],
  image: ['fileId', 'caption'],
  tableCell: ['colspan', 'rowspan'],
  tableHeader: ['colspan', 'rowspan'],
  link: ['href'],
}
/** The document as the server takes it: attributes that only the editor needs are left out. */
export function bareDocument(node: Json): Json {
  const kept = KEPT[String(node.type)] ?? []
  const given = Object.entries((node.attrs ?? {}) as Json).filter(
    ([name, value]) => kept.includes(name) && value !== null && value !== undefined,
  )
  const list = (key: 'content' | 'marks') =>
    Array.isArray(node[key]) && node[key].length > 0 ? { [key]: node[key].map((one: Json) => bareDocument(one)) } : {}
  return {
    type: node.type,
    ...(given.length > 0 ? { attrs: Object.fromEntries(given) } : {}),
    ...list('content'),
    ...list('marks'),
    ...(typeof node.text === 'string' ? { text: node.text } : {}),
  }
}
