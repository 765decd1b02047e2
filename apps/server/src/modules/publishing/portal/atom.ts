import { escaped } from '@tongxin/domain/publishing/document'
import { documentHtml } from '@tongxin/domain/publishing/document-html'
import { Feed } from 'feed'
import type { ReadColumn, Shown } from '../queries/readers.queries.ts'
import type { Site } from './page.ts'
import { pictureIn } from './pages.ts'

/**
 * A column as an Atom feed (RFC 4287). Titles and summaries of entries are HTML there (type "html"), so that words are
 * escaped once more; addresses are whole, since readers of feeds know no page.
 */
export function atomOf(site: Site, column: ReadColumn, articles: readonly Shown[]): string {
  const at = `${site.origin}${site.base}/c/${column.id}`
  const feed = new Feed({
    id: at,
    title: `${column.name} · ${site.name}`,
    link: at,
    description: column.note === '' ? column.name : column.note,
    feedLinks: { atom: `${at}/feed.atom` },
    updated: articles.reduce((last, one) => (changedAt(one) > last ? changedAt(one) : last), new Date(0)),
    author: { name: column.unitName },
    generator: false,
    copyright: column.unitName,
  })
  for (const article of articles) {
    const address = `${site.origin}${site.base}/a/${article.id}`
    const { summary, author, document } = article.content
    feed.addItem({
      id: address,
      title: escaped(article.title),
      link: `${address}?from=feed`,
      date: changedAt(article),
      published: article.releasedAt,
      description: escaped(summary === '' ? article.title : summary),
      content: documentHtml(document, (fileId) => `${site.origin}${pictureIn(site, article.id, fileId)}`),
      author: [{ name: author === '' ? article.unitName : author }],
    })
  }
  return feed.atom1()
}

/** When readers were last shown something else: the release, or the last correction. */
const changedAt = ({ corrections, releasedAt }: Shown): Date => {
  const last = corrections.at(-1)
  return last ? new Date(last.at) : releasedAt
}
