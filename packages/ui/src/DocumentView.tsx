import { createElement, Fragment, type ReactNode } from 'react'
import './document.css'

type Mark = { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }
type Node = {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly content?: readonly Node[]
  readonly marks?: readonly Mark[]
  readonly text?: string
}
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
const MARKS: Readonly<Record<string, string>> = { bold: 'strong', italic: 'em', underline: 'u', strike: 's' }
const LINK = /^(https?:\/\/|mailto:|tel:)/i

const marked = (inner: ReactNode, { type, attrs }: Mark): ReactNode => {
  const tag = MARKS[type]
  if (tag !== undefined) return createElement(tag, null, inner)
  const href = String(attrs?.href ?? '')
  if (type !== 'link' || !LINK.test(href)) return inner
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {inner}
    </a>
  )
}

const numberIn = ({ attrs }: Node, name: string): number | undefined => {
  const value = Number(attrs?.[name])
  return Number.isInteger(value) && value > 1 ? value : undefined
}

/**
 * An article's document as elements: parts that are not known show what they hold and nothing else, and there is no
 * HTML anywhere. `pictureAt` gives the address of a picture.
 */
export function DocumentView({ document, pictureAt }: { document: Node; pictureAt: (fileId: string) => string }) {
  // Parts have no names of their own, and the whole is drawn anew when it changes.
  const all = (node: Node): ReactNode =>
    (node.content ?? []).map((child, at) => <Fragment key={`${at}`}>{one(child)}</Fragment>)
  const one = (node: Node): ReactNode => {
    const { type } = node
    if (type === 'text') return (node.marks ?? []).reduce<ReactNode>(marked, node.text ?? '')
    if (type === 'hardBreak') return <br />
    if (type === 'horizontalRule') return <hr />
    if (type === 'heading')
      return createElement(`h${Math.min(4, Math.max(2, Number(node.attrs?.level) || 2))}`, null, all(node))
    if (type === 'image') return <Picture node={node} pictureAt={pictureAt} />
    if (type === 'table')
      return (
        <div className="tx-document-table">
          <table>
            <tbody>{all(node)}</tbody>
          </table>
        </div>
      )
    const tag = TAGS[type]
    if (tag === undefined) return all(node)
    const numbers: Readonly<Record<string, number | undefined>> | null =
      tag === 'td' || tag === 'th'
        ? { colSpan: numberIn(node, 'colspan'), rowSpan: numberIn(node, 'rowspan') }
        : tag === 'ol'
          ? { start: numberIn(node, 'start') }
          : null
    return createElement(tag, numbers, all(node))
  }
  return <div className="tx-document">{all(document)}</div>
}

function Picture({ node, pictureAt }: { node: Node; pictureAt: (fileId: string) => string }) {
  const caption = String(node.attrs?.caption ?? '')
  return (
    <figure>
      <img src={pictureAt(String(node.attrs?.fileId))} alt={caption} loading="lazy" />
      {caption === '' ? null : <figcaption>{caption}</figcaption>}
    </figure>
  )
}
