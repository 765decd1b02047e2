import { createReadStream } from 'node:fs'
import { publishingRefusals as refusals, requestRefusals } from '@tongxin/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { todayOf } from '../../../platform/clock.ts'
import { tenants } from '../../../platform/tenants.ts'
import { networkOf, triesOf } from '../../../platform/tries.ts'
import { keptPath } from '../../files/index.ts'
import type { Counter } from '../counter.ts'
import { type Asked, madeOf, pictureOf } from './making.ts'
import { PORTAL_CSP, SCRIPT, STYLE } from './page.ts'
import { type Kept, type KeptSite, openSites, type Sites } from './sites.ts'
import { isProgram, sourceOf } from './source.ts'
import { type PortalLanguage, portalWords } from './words.ts'

/**
 * Pages that are not in memory and pictures, a minute and address: what is kept is served to anybody, what has to be
 * made is not.
 */
const MADE_A_MINUTE = 1200
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const HTML_SECONDS = 0
const PICTURE_SECONDS = 3600

type Portal = {
  readonly app: FastifyInstance
  readonly sites: Sites
  readonly counter: Counter
  readonly made: ReturnType<typeof triesOf>
}
type At = { readonly site: string; readonly id?: string; readonly fileId?: string }

/** The public's pages, without a session, a cookie or anything that runs of anybody else. */
export const portalRoutes =
  (counterOf: (app: FastifyInstance) => Counter) =>
  async (app: FastifyInstance): Promise<void> => {
    const portal: Portal = {
      app,
      sites: openSites(app.platform),
      counter: counterOf(app),
      made: triesOf(MADE_A_MINUTE, 1),
    }
    const page = (path: string, asked: (request: FastifyRequest) => Asked) =>
      app.get(`/portal/:site${path}`, hidden, (request, reply) => sendPage(portal, request, reply, asked(request)))
    const id = (request: FastifyRequest) => (request.params as At).id ?? ''
    for (const { path, type, bytes } of [STYLE, SCRIPT])
      app.get(path, hidden, (_, reply) =>
        reply.type(type).header('cache-control', 'public, max-age=31536000, immutable').send(bytes),
      )
    app.get('/portal', hidden, async (_, reply) => reply.redirect(await firstSite(portal), 302))
    page('', () => ({ kind: 'home' }))
    page('/', () => ({ kind: 'home' }))
    page('/openness', () => ({ kind: 'openness' }))
    page('/showcase', () => ({ kind: 'showcase' }))
    page('/a/:id', (request) => ({ kind: ID.test(id(request)) ? 'article' : 'missing', id: id(request) }) as Asked)
    page('/c/:id', (request) => {
      const { after } = request.query as { after?: unknown }
      return { kind: 'column', id: id(request), after: typeof after === 'string' ? after.slice(0, 1024) : null }
    })
    page('/c/:id/feed.atom', (request) => ({ kind: 'feed', id: id(request) }))
    page('/*', () => ({ kind: 'missing' }))
    app.get('/portal/:site/a/:id/p/:fileId', hidden, (request, reply) => sendPicture(portal, request, reply))
  }

const hidden = { schema: { hide: true } as object }

/** The installation's own organisation, or the demonstration where there is nothing else. */
async function firstSite({ app }: Portal): Promise<string> {
  const [first] = await tenants(app.platform.db)
  if (!first) throw refusals.not_found()
  return `/portal/${first.path}/`
}

function sendPage(portal: Portal, request: FastifyRequest, reply: FastifyReply, asked: Asked) {
  const language: PortalLanguage = (request.query as { lang?: unknown }).lang === 'en' ? 'en' : 'zh-CN'
  const path = (request.params as At).site
  const key = `${asked.kind} ${'id' in asked ? asked.id : ''} ${'after' in asked ? (asked.after ?? '') : ''} ${language}`
  const site = portal.sites.known(path)
  const page = site?.fresh(key)
  if (site && page) return send(portal, site, page, request, reply)
  return makePage(portal, { path, key, language, asked }, request, reply)
}

type Wanted = { readonly path: string; readonly key: string; readonly language: PortalLanguage; readonly asked: Asked }
async function makePage(
  portal: Portal,
  { path, key, language, asked }: Wanted,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { platform } = portal.app
  const site = /^[a-z0-9]{1,12}$/.test(path) ? await portal.sites.siteAt(path) : undefined
  if (!site) throw refusals.not_found()
  const today = todayOf(platform.clock())
  const page = await site.page(key, today, async (tx) => {
    demandSparing(portal, request)
    const base = `/portal/${site.tenant.path}`
    const facts = {
      base,
      origin: platform.publicOrigin,
      name: site.tenant.name,
      language,
      words: portalWords(language),
    }
    return madeOf(tx, { tenantId: site.tenant.id, actor: null, today }, facts, asked)
  })
  return send(portal, site, page, request, reply)
}

function demandSparing({ made }: Portal, request: FastifyRequest): void {
  const network = networkOf(request.ip)
  if (made.isOver(network)) throw requestRefusals.too_many({ retryAfter: 60 })
  made.count(network)
}

function send(portal: Portal, site: KeptSite, page: Kept, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (page.articleId !== null && request.method === 'GET') count(portal, site, page.articleId, request)
  const isPacked = /\bbr\b/.test(request.headers['accept-encoding'] ?? '')
  const etag = `"${page.etag}${isPacked ? '-br' : ''}"`
  reply.headers({
    'content-security-policy': PORTAL_CSP,
    'content-type': page.type,
    'cache-control': `public, max-age=${HTML_SECONDS}, must-revalidate`,
    vary: 'accept-encoding',
    etag,
  })
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  if (isPacked) reply.header('content-encoding', 'br')
  return reply.code(page.status).send(isPacked ? page.packed : page.plain)
}

function count({ app, counter }: Portal, site: KeptSite, articleId: string, request: FastifyRequest): void {
  const { headers, query } = request
  if (isProgram(headers['user-agent'])) return
  const source = sourceOf({ from: (query as { from?: unknown }).from, headers, origin: app.platform.publicOrigin })
  counter.count(site.tenant.id, articleId, todayOf(app.platform.clock()), source, 'reads')
}

/** A picture of what everybody may read: drawn by ourselves, so that it comes from the pages' own origin. */
async function sendPicture(portal: Portal, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  demandSparing(portal, request)
  const { platform } = portal.app
  const { site: path, id = '', fileId = '' } = request.params as At
  const site = ID.test(id) && ID.test(fileId) ? await portal.sites.siteAt(path) : undefined
  if (!site) throw refusals.not_found()
  const { id: tenantId } = site.tenant
  const reader = { tenantId, actor: null, today: todayOf(platform.clock()) }
  const file = await site.inside((tx) => pictureOf(tx, reader, id, fileId))
  if (!file?.mediaType.startsWith('image/') || (file.state === 'unscanned' && !platform.opensUnscanned))
    throw refusals.not_found()
  return reply
    .headers({
      'content-type': file.mediaType,
      'content-length': String(file.bytes),
      'content-disposition': 'inline',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': `public, max-age=${PICTURE_SECONDS}`,
    })
    .send(createReadStream(keptPath(platform.dataDir, tenantId, file.sha256)))
}
