import type { Tx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { type KeptFile, keptFile } from '../../files/index.ts'
import * as q from '../queries/readers.queries.ts'
import { atomOf } from './atom.ts'
import { type Page, pageHtml, type Site } from './page.ts'
import { articlePage, columnPage, homePage, missingPage, opennessPage, showcasePage } from './pages.ts'
import type { Made } from './sites.ts'

/** What each address of the portal is made of. */

export type Asked =
  | { readonly kind: 'home' | 'openness' | 'showcase' | 'missing' }
  | { readonly kind: 'article' | 'feed'; readonly id: string }
  | { readonly kind: 'column'; readonly id: string; readonly after: string | null }

const MOST = { pinned: 5, columns: 12, latest: 6, page: 20, feed: 50, catalogue: 500 } as const
const ALL = { columnId: null, kind: null, text: null } as const
const newest = (limit: number): Parameters<typeof q.listShown>[3] => ({
  column: 'a.released_at',
  descending: true,
  after: null,
  limit,
})

const htmlOf = (site: Site, page: Page, more: Partial<Made> = {}): Made => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  text: pageHtml(site, page),
  ...more,
})
const missing = (site: Site): Made => htmlOf(site, missingPage(site), { status: 404 })

export async function madeOf(tx: Tx, reader: q.Reader, facts: Omit<Site, 'columns'>, asked: Asked): Promise<Made> {
  const site: Site = { ...facts, columns: await q.columnsRead(tx, reader) }
  const of = (filter: Partial<q.ReaderFilter>, most: number) =>
    q.listShown(tx, reader, { ...ALL, ...filter }, newest(most)).then((found) => found.slice(0, most))
  switch (asked.kind) {
    case 'home': {
      const shown = site.columns.slice(0, MOST.columns)
      const latest = []
      for (const column of shown) latest.push({ column, articles: await of({ columnId: column.id }, MOST.latest) })
      return htmlOf(site, homePage(site, await q.listPinned(tx, reader, ALL, MOST.pinned), latest))
    }
    case 'openness':
      return htmlOf(site, opennessPage(site, await of({ kind: 'openness' }, MOST.catalogue)))
    case 'showcase':
      return htmlOf(site, showcasePage(site, await of({ kind: 'showcase' }, MOST.catalogue)))
    case 'article': {
      const article = await q.findShown(tx, reader, asked.id)
      return article ? htmlOf(site, articlePage(site, article), { articleId: article.id }) : missing(site)
    }
    case 'missing':
      return missing(site)
    default:
      return columnOrFeed(tx, reader, site, asked)
  }
}

async function columnOrFeed(
  tx: Tx,
  reader: q.Reader,
  site: Site,
  asked: Extract<Asked, { readonly id: string }>,
): Promise<Made> {
  const column = site.columns.find(({ id }) => id === asked.id)
  if (!column) return missing(site)
  const filter = { ...ALL, columnId: column.id }
  if (asked.kind === 'feed') {
    const articles = (await q.listShown(tx, reader, filter, newest(MOST.feed))).slice(0, MOST.feed)
    return { status: 200, type: 'application/atom+xml; charset=utf-8', text: atomOf(site, column, articles) }
  }
  const after = 'after' in asked ? asked.after : null
  const keyset = keysetOf(
    { limit: MOST.page, ...(after === null ? {} : { cursor: after }) },
    { releasedAt: 'a.released_at' },
    '-releasedAt',
  )
  const found = await q.listShown(tx, reader, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, ({ releasedAt, id }) => ({ value: releasedAt.toISOString(), id }))
  return htmlOf(site, columnPage(site, column, { articles: rows, next, isFirst: after === null }))
}

/** A picture of what the public reads now. */
export async function pictureOf(
  tx: Tx,
  reader: q.Reader,
  articleId: string,
  fileId: string,
): Promise<KeptFile | undefined> {
  if (!(await q.isPictureShown(tx, reader, articleId, fileId))) return undefined
  return keptFile(tx, reader.tenantId, fileId)
}
