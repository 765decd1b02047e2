import { OPENNESS_CATEGORIES } from '@tongxin/contract'
import { documentHtml } from '@tongxin/domain/publishing/document-html'
import { todayOf } from '../../../platform/clock.ts'
import type { ReadColumn, Shown } from '../queries/readers.queries.ts'
import { Html, html } from './html.ts'
import { linkTo, type Page, type Site } from './page.ts'

/** The pages of the portal, made of rows: no page asks for anything by itself. */

export const pictureIn = (site: Pick<Site, 'base'>, articleId: string, fileId: string): string =>
  `${site.base}/a/${articleId}/p/${fileId}`
const dayOf = (article: Shown): Html =>
  html`<time datetime="${article.releasedAt.toISOString()}">${todayOf(article.releasedAt)}</time>`

function row(site: Site, article: Shown, isWide = false): Html {
  const { coverId, summary } = article.content
  const cover =
    isWide && coverId !== undefined
      ? html`<img src="${pictureIn(site, article.id, coverId)}" alt="" loading="lazy" width="112" height="72">`
      : null
  const pinned = article.isPinned ? html`<span class="tag">${site.words.pinned}</span>` : null
  const more = isWide && summary !== '' ? html`<p>${summary}</p>` : null
  return html`<li><a href="${linkTo(site, `/a/${article.id}`)}">${cover}<span>${pinned}<strong>${article.title}</strong>${more}</span>${dayOf(article)}</a></li>`
}
const rows = (site: Site, articles: readonly Shown[], isWide = false): Html =>
  articles.length === 0
    ? html`<p class="meta">${site.words.nothing}</p>`
    : html`<ul class="rows">${articles.map((one) => row(site, one, isWide))}</ul>`

export function homePage(
  site: Site,
  pinned: readonly Shown[],
  latest: readonly { readonly column: ReadColumn; readonly articles: readonly Shown[] }[],
): Page {
  const first = pinned.length === 0 ? null : html`<section class="card">${rows(site, pinned, true)}</section>`
  const sections = latest.map(
    ({ column, articles }) =>
      html`<section class="card"><h2><span>${column.name}</span><a class="more" href="${linkTo(site, `/c/${column.id}`)}">${site.words.all}</a></h2>${rows(site, articles)}</section>`,
  )
  const none = sections.length === 0 ? html`<p class="card">${site.words.nothing}</p>` : null
  return { title: site.name, at: '/', body: html`<h1 class="unseen">${site.name}</h1>${first}${sections}${none}` }
}

export function columnPage(
  site: Site,
  column: ReadColumn,
  found: { readonly articles: readonly Shown[]; readonly next: string | null; readonly isFirst: boolean },
): Page {
  const at = `/c/${column.id}`
  const feed = `${site.base}${at}/feed.atom`
  const newer = found.isFirst ? null : html`<a href="${linkTo(site, at)}">${site.words.newer}</a>`
  const older =
    found.next === null
      ? null
      : html`<a href="${linkTo(site, at, `after=${encodeURIComponent(found.next)}`)}">${site.words.more}</a>`
  return {
    title: column.name,
    description: column.note === '' ? column.name : column.note,
    at,
    feed,
    body: html`<h1>${column.name}</h1><p class="meta">${column.note}</p>
<section class="card">${rows(site, found.articles, true)}</section>
<nav><ul><li>${newer}</li><li>${older}</li><li><a href="${feed}">${site.words.feed}</a></li></ul></nav>`,
  }
}

export function articlePage(site: Site, article: Shown): Page {
  const { words } = site
  const { content } = article
  const { source, openness } = content
  const facts = [
    html`${words.releasedOn} ${dayOf(article)}`,
    html`${article.unitName}`,
    ...(content.author === '' ? [] : [html`${words.by}${content.author}`]),
    html`${words[content.origin]}`,
    ...(source ? [html`${words.source}${sourceShown(source)}`] : []),
  ]
  const text = new Html(documentHtml(content.document, (fileId) => pictureIn(site, article.id, fileId)))
  const api = `/api/v1${site.base}/articles/${article.id}`
  return {
    title: article.title,
    description: content.summary === '' ? article.title : content.summary,
    at: `/a/${article.id}`,
    picture: content.coverId === undefined ? null : pictureIn(site, article.id, content.coverId),
    body: html`<article class="card"><p class="meta"><a href="${linkTo(site, `/c/${article.columnId}`)}">${article.columnName}</a></p>
<h1>${article.title}</h1><p class="meta">${facts.map((fact, at) => html`${at === 0 ? '' : ' · '}${fact}`)}</p>
${openness ? opennessFacts(site, openness) : null}${showcaseFacts(site, article)}
<div class="text">${text}</div>${corrections(site, article)}
<div class="acts"><button type="button" data-share="${api}/share" data-shared="${words.shared}" hidden>${words.share}</button>
<button type="button" data-print hidden>${words.print}</button></div></article>
${openness ? feedbackForm(site, api) : null}`,
  }
}

const sourceShown = ({ unit, url }: { readonly unit: string; readonly url?: string }): Html =>
  url !== undefined && /^https?:\/\//i.test(url)
    ? html`<a href="${url}" rel="noopener noreferrer nofollow">${unit}</a>`
    : html`${unit}`

type Open = NonNullable<Shown['content']['openness']>
const opennessFacts = ({ words }: Site, { category, scope, fromOn, untilOn }: Open): Html =>
  html`<p><span class="tag">${words.categories[category]}</span><span class="tag">${words.scopes[scope]}</span>
<span class="meta">${words.from} ${fromOn} · ${words.until} ${untilOn ?? words.always}</span></p>`

function showcaseFacts({ words }: Site, { content: { showcase } }: Shown): Html | null {
  if (!showcase) return null
  const honours =
    showcase.honours.length === 0
      ? null
      : html`<p class="meta">${words.honours}</p><ul>${showcase.honours.map((one) => html`<li>${one}</li>`)}</ul>`
  return html`<p><strong>${showcase.name}</strong></p>${honours}`
}

function corrections({ words }: Site, article: Shown): Html | null {
  if (article.corrections.length === 0) return null
  const line = ({ at, note }: Shown['corrections'][number]) =>
    html`<li><time datetime="${at}">${todayOf(new Date(at))}</time> ${note}</li>`
  return html`<aside><h2>${words.corrections}</h2><ul>${article.corrections.map(line)}</ul></aside>`
}

const feedbackForm = ({ words }: Site, api: string): Html =>
  html`<form class="card" data-feedback="${api}/feedback" data-sent="${words.sent}" data-failed="${words.failed}" hidden>
<h2>${words.feedback}</h2><p class="meta" id="hint">${words.feedbackHint}</p>
<label for="words">${words.feedbackLabel}</label><textarea id="words" maxlength="1000" aria-describedby="hint" required></textarea>
<button class="primary">${words.send}</button> <span role="status"></span></form>`

/** 党务公开目录: everything that is open now, by category. */
export function opennessPage(site: Site, articles: readonly Shown[]): Page {
  const { words } = site
  const head = html`<tr><th>${words.title}</th><th>${words.unit}</th><th>${words.scope}</th><th>${words.from}</th><th>${words.until}</th></tr>`
  const line = (article: Shown): Html | null => {
    const { openness } = article.content
    if (!openness) return null
    const title = html`<a href="${linkTo(site, `/a/${article.id}`)}">${article.title}</a>`
    return html`<tr><td>${title}</td><td>${article.unitName}</td><td>${words.scopes[openness.scope]}</td><td>${openness.fromOn}</td><td>${openness.untilOn ?? words.always}</td></tr>`
  }
  const of = (category: string) => articles.filter(({ content }) => content.openness?.category === category)
  const sections = OPENNESS_CATEGORIES.filter((category) => of(category).length > 0).map(
    (category) =>
      html`<section class="card"><h2>${words.categories[category]}</h2><div class="table"><table><thead>${head}</thead><tbody>${of(category).map(line)}</tbody></table></div></section>`,
  )
  const none = sections.length === 0 ? html`<p class="card">${words.nothing}</p>` : null
  return { title: words.openness, at: '/openness', body: html`<h1>${words.openness}</h1>${sections}${none}` }
}

export const showcasePage = (site: Site, articles: readonly Shown[]): Page => ({
  title: site.words.showcase,
  at: '/showcase',
  body: html`<h1>${site.words.showcase}</h1><section class="card">${rows(site, articles, true)}</section>`,
})

export const missingPage = (site: Site): Page => ({
  title: site.words.notFound,
  at: '/missing',
  body: html`<section class="card"><h1>${site.words.notFound}</h1><p>${site.words.notFoundHint}</p><p><a href="${linkTo(site, '/')}">${site.words.back}</a></p></section>`,
})
