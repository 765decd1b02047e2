import { type DocumentMark, type DocumentNode, escaped, safeLink } from './document.ts'

/** The tag of each part that has one around what it holds. */
const TAGS: Readonly<Record<string, string>> = {
  paragraph: 'p',
  bulletList: 'ul',
  orderedList: 'ol',
  listItem: 'li',
  blockquote: 'blockquote',
  tableRow: 'tr',
  tableCell: 'td',
  tableHeader: 'th',
}
const MARK_TAGS: Readonly<Record<string, string>> = { bold: 'strong', italic: 'em', underline: 'u', strike: 's' }

/**
 * A document as HTML: every tag and attribute is written here, every text and address is escaped, so that whatever
 * stands in a document is inert. `pictureAt` gives the address of a picture, or null where none may be shown.
 */
export function documentHtml(document: DocumentNode, pictureAt: (fileId: string) => string | null): string {
  const all = (node: DocumentNode): string => (node.content ?? []).map(one).join('')
  const one = (node: DocumentNode): string => {
    switch (node.type) {
      case 'text':
        return (node.marks ?? []).reduce(marked, escaped(node.text ?? ''))
      case 'hardBreak':
        return '<br>'
      case 'horizontalRule':
        return '<hr>'
      case 'heading':
        return around(`h${levelOf(node)}`, '', all(node))
      case 'image':
        return picture(node, pictureAt)
      case 'table':
        return `<div class="table"><table><tbody>${all(node)}</tbody></table></div>`
      default: {
        const tag = TAGS[node.type]
        return tag === undefined ? '' : around(tag, numbersOf(node), all(node))
      }
    }
  }
  return all(document)
}

const around = (tag: string, attrs: string, inner: string): string => `<${tag}${attrs}>${inner}</${tag}>`
const levelOf = ({ attrs }: DocumentNode): number => Math.min(4, Math.max(2, Number(attrs?.level) || 2))

function marked(inner: string, { type, attrs }: DocumentMark): string {
  if (type !== 'link') return MARK_TAGS[type] === undefined ? inner : around(MARK_TAGS[type], '', inner)
  const href = safeLink(attrs?.href)
  return href === null ? inner : `<a href="${escaped(href)}" rel="noopener noreferrer nofollow">${inner}</a>`
}

/** The attributes that are numbers, as far as they say something. */
const numbersOf = ({ attrs = {} }: DocumentNode): string =>
  ['start', 'colspan', 'rowspan']
    .filter((name) => Number.isInteger(attrs[name]) && attrs[name] !== 1)
    .map((name) => ` ${name}="${Number(attrs[name])}"`)
    .join('')

function picture({ attrs }: DocumentNode, pictureAt: (fileId: string) => string | null): string {
  const address = pictureAt(String(attrs?.fileId))
  const caption = escaped(String(attrs?.caption ?? ''))
  if (address === null) return caption === '' ? '' : `<p>${caption}</p>`
  const below = caption === '' ? '' : `<figcaption>${caption}</figcaption>`
  return `<figure><img src="${escaped(address)}" alt="${caption}" loading="lazy">${below}</figure>`
}
