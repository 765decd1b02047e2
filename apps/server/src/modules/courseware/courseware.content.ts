import { createReadStream, readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type PackageKind, coursewareRefusals as refusals } from '@tongxin/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { enterSession } from '../../platform/enter.ts'
import { decodedPath } from './courseware.import.ts'
import { backPath, openPrefix, PACKAGE_CONTENT_PATH, type PackageLink } from './courseware.links.ts'
import { findPackage, findVersion } from './courseware.queries.ts'
import { foldersOf, indexOf } from './courseware.store.ts'

const require = createRequire(import.meta.url)
const own = (name: string): string => join(import.meta.dirname, 'player', name)
/** The player and the run-time libraries, by the name under which they are served. */
const PARTS: Readonly<Record<string, { readonly path: string; readonly type: string }>> = {
  'player.js': { path: own('player.js'), type: 'text/javascript; charset=utf-8' },
  'left.js': { path: own('left.js'), type: 'text/javascript; charset=utf-8' },
  'player.css': { path: own('player.css'), type: 'text/css; charset=utf-8' },
  'scorm12.js': { path: libraryPath('scorm12'), type: 'text/javascript; charset=utf-8' },
  'scorm2004.js': { path: libraryPath('scorm2004'), type: 'text/javascript; charset=utf-8' },
}
function libraryPath(name: string): string {
  return join(require.resolve('scorm-again'), '..', `${name}.min.js`)
}
const PAGE = readFileSync(own('player.html'), 'utf8')
const LEFT = readFileSync(own('left.html'), 'utf8')

/** The player runs our own files alone; only pages of the application may hold it. */
const playerCsp = (app: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${app}`
/**
 * Packages of any age run inline scripts and `eval`; they may do so among themselves. They reach nothing but their own
 * origin, where there is no cookie and no application; workers from files are refused, so none stays behind. Units of cmi5
 * speak with the record store as well, with the key of their session.
 */
const contentCsp = (app: string, kind: PackageKind): string =>
  [
    'sandbox allow-scripts allow-same-origin allow-forms allow-modals allow-popups',
    "default-src 'self' data: blob:",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
    "style-src 'self' 'unsafe-inline' data:",
    `connect-src 'self' data: blob:${kind === 'cmi5' ? ` ${app}/xapi/` : ''}`,
    "object-src 'none'",
    'worker-src blob:',
    "base-uri 'self'",
    "form-action 'self'",
    `frame-ancestors 'self' ${app}`,
  ].join('; ')

/** One range of RFC 9110 14.1.2; several at once are answered with the whole, as 14.2 allows. */
const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/

function rangeIn(header: string | undefined, size: number): { first: number; last: number } | null | undefined {
  const match = header === undefined ? null : RANGE.exec(header)
  const [from = '', to = ''] = match ? [match[1], match[2]] : []
  if (!match || (from === '' && to === '')) return null
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return first > last || first >= size ? undefined : { first, last }
}

type Bytes = { readonly path: string; readonly type: string; readonly etag: string }

async function send(request: FastifyRequest, reply: FastifyReply, { path, type, etag }: Bytes): Promise<FastifyReply> {
  const facts = await stat(path).catch(() => undefined)
  if (!facts) throw refusals.not_found()
  const { size } = facts
  reply.headers({ 'content-type': type, 'accept-ranges': 'bytes', etag })
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  const range = rangeIn(request.headers.range, size)
  if (range === undefined) return reply.code(416).header('content-range', `bytes */${size}`).send()
  if (range === null) return reply.header('content-length', size).send(createReadStream(path))
  const { first, last } = range
  return reply
    .code(206)
    .headers({ 'content-range': `bytes ${first}-${last}/${size}`, 'content-length': last - first + 1 })
    .send(createReadStream(path, { start: first, end: last }))
}

type Opened = { readonly folder: string; readonly kind: PackageKind }

/** What a link means, under its session, proved now. */
async function openedBy(app: FastifyInstance, request: FastifyRequest, link: PackageLink): Promise<Opened> {
  const { platform } = app
  const { ctx } = await enterSession(platform, request.id, link.session)
  const { tenantId } = ctx.actor
  const found = await findPackage(ctx.db, tenantId, link.packageId)
  const version = await findVersion(ctx.db, tenantId, link.packageId, link.number)
  if (!found || found.removedAt || !version) throw refusals.link_expired()
  const folder = await foldersOf(platform.dataDir, tenantId).whole(version.folderId)
  return { folder, kind: found.kind }
}

async function packed(folder: string, asked: string): Promise<Bytes> {
  const files = await indexOf(folder)
  const name = decodedPath(asked)
  const file = files.get(name) ?? files.get(name.toLowerCase())
  if (!file) throw refusals.not_found()
  return { path: join(folder, String(file.at)), type: file.type, etag: `"${folder.slice(-12)}-${file.at}"` }
}

const open = { schema: { hide: true } as object, config: { endpoint: { permission: 'public', perMinute: 60_000 } } }

/** The player and the files of packages by a sealed prefix. No cookie is asked for and none is read. */
export function mountContent(app: FastifyInstance): void {
  const { platform } = app
  const base = `${PACKAGE_CONTENT_PATH.slice('/api/v1'.length)}:token`
  const linkIn = (request: FastifyRequest, reply: FastifyReply): PackageLink => {
    const link = openPrefix(platform.vault, (request.params as { token: string }).token, platform.clock())
    reply.header('content-security-policy', playerCsp(platform.publicOrigin))
    // Who may hold these pages in a frame is said by frame-ancestors.
    reply.removeHeader('x-frame-options')
    reply.header('cache-control', 'private, max-age=3600')
    return link
  }
  const page = (text: string, back = '') =>
    text.replace('{{app}}', platform.publicOrigin).replace('{{back}}', `${platform.publicOrigin}${back}`)
  app.get(`${base}/player`, open, async (request, reply) => {
    await openedBy(app, request, linkIn(request, reply))
    return reply.type('text/html; charset=utf-8').send(page(PAGE))
  })
  app.get(`${base}/left`, open, async (request, reply) => {
    const { packageId } = linkIn(request, reply)
    return reply.type('text/html; charset=utf-8').send(page(LEFT, backPath(packageId)))
  })
  app.get(`${base}/parts/:name`, open, async (request, reply) => {
    linkIn(request, reply)
    const { name } = request.params as { name: string }
    const part = PARTS[name]
    if (!part) throw refusals.not_found()
    return send(request, reply, { ...part, etag: `"part-${name}"` })
  })
  app.get(`${base}/files/*`, open, async (request, reply) => {
    const { folder, kind } = await openedBy(app, request, linkIn(request, reply))
    reply.header('content-security-policy', contentCsp(platform.publicOrigin, kind))
    const asked = (request.params as { '*': string })['*']
    return send(request, reply, await packed(folder, asked))
  })
}
