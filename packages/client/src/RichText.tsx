import { type RichNode, richText, type Span } from '@tongxin/domain/learning/rich-text'
import { Fragment } from 'react'

/** Text of a course, drawn from its tree: no markup of the author ever becomes markup of the page. */
export function RichText({ text }: { text: string }) {
  return (
    <div className="rich-text">
      {richText(text).map((node, at) => (
        <Node key={at} node={node} />
      ))}
    </div>
  )
}

function Node({ node }: { node: RichNode }) {
  if (node.kind === 'list') {
    const List = node.isOrdered ? 'ol' : 'ul'
    return (
      <List>
        {node.items.map((spans, at) => (
          <li key={at}>
            <Spans spans={spans} />
          </li>
        ))}
      </List>
    )
  }
  const Part = node.kind === 'heading' ? 'h3' : node.kind === 'quote' ? 'blockquote' : 'p'
  return (
    <Part>
      <Spans spans={node.spans} />
    </Part>
  )
}

function Spans({ spans }: { spans: readonly Span[] }) {
  return spans.map(({ text, isStrong, isEmphasis }, at) => {
    const words = isStrong ? <strong>{text}</strong> : isEmphasis ? <em>{text}</em> : text
    return <Fragment key={at}>{words}</Fragment>
  })
}
