import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReadColumn } from '../queries/readers.queries.ts'
import { type Html, html } from './html.ts'
import type { PortalLanguage, PortalWords } from './words.ts'

/** The frame of every page of the portal. */

type Asset = { readonly path: string; readonly type: string; readonly bytes: Buffer }
function assetOf(name: string, type: string): Asset {
  const bytes = readFileSync(join(import.meta.dirname, name))
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  return { path: `/portal/assets/${hash}-${name}`, type, bytes }
}
export const STYLE = assetOf('portal.css', 'text/css; charset=utf-8')
export const SCRIPT = assetOf('portal.js', 'text/javascript; charset=utf-8')

/** Own files alone, nothing that runs in the page, no frame, nowhere else to send a form. */
export const PORTAL_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

export type Site = {
  /** Where the tenant's pages begin: `/portal/r00`. */
  readonly base: string
  readonly origin: string
  readonly name: string
  readonly columns: readonly ReadColumn[]
  readonly language: PortalLanguage
  readonly words: PortalWords
}
export type Page = {
  readonly title: string
  readonly description?: string
  /** Below the base, for the mark in the navigation and the switch of language. */
  readonly at: string
  readonly feed?: string
  readonly picture?: string | null
  readonly body: Html
}

/** An address within the site, which keeps the language. */
export const linkTo = ({ base, language }: Pick<Site, 'base' | 'language'>, at: string, more = ''): string => {
  const query = [language === 'en' ? 'lang=en' : '', more].filter((part) => part !== '').join('&')
  return `${base}${at}${query === '' ? '' : `?${query}`}`
}

/** What a language is called in itself. */
const nameOf = (language: PortalLanguage): string =>
  new Intl.DisplayNames([language], { type: 'language' }).of(language.slice(0, 2)) ?? language

export function pageHtml(site: Site, page: Page): string {
  const { words, language, name, base } = site
  const other = language === 'en' ? 'zh-CN' : 'en'
  const title = page.at === '/' ? name : `${page.title} · ${name}`
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${page.description ?? name}">
<meta property="og:title" content="${page.title}"><meta property="og:site_name" content="${name}">
<meta property="og:description" content="${page.description ?? name}">
${page.picture ? html`<meta property="og:image" content="${site.origin}${page.picture}">` : null}
<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="${STYLE.path}">
${page.feed === undefined ? null : html`<link rel="alternate" type="application/atom+xml" title="${page.title}" href="${page.feed}">`}
<script src="${SCRIPT.path}" defer></script></head>
<body><a class="skip" href="#text">${words.skip}</a>
<div class="band"><header class="site"><a class="name" href="${linkTo(site, '/')}">${name}</a>${navigation(site, page.at)}</header></div>
<main id="text">${page.body}</main>
<footer class="site"><span>${words.footer}</span><a href="/">${words.signIn}</a>
<a href="${linkTo({ base, language: other }, page.at)}" lang="${other}">${nameOf(other)}</a>
<button type="button" data-type data-larger="${words.larger}" data-smaller="${words.smaller}" hidden></button></footer></body></html>`
    .text
}

function navigation(site: Site, at: string): Html {
  const { words, columns } = site
  const has = (kind: ReadColumn['kind']) => columns.some((column) => column.kind === kind)
  const links = [
    { at: '/', name: words.home },
    ...columns
      .filter(({ kind }) => kind === 'news')
      .slice(0, 6)
      .map(({ id, name }) => ({ at: `/c/${id}`, name })),
    ...(has('openness') ? [{ at: '/openness', name: words.openness }] : []),
    ...(has('showcase') ? [{ at: '/showcase', name: words.showcase }] : []),
  ]
  const link = (one: { at: string; name: string }) =>
    one.at === at
      ? html`<li><a href="${linkTo(site, one.at)}" aria-current="page">${one.name}</a></li>`
      : html`<li><a href="${linkTo(site, one.at)}">${one.name}</a></li>`
  return html`<nav><ul>${links.map(link)}</ul></nav>`
}
