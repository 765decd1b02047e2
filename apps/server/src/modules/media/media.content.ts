import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { mediaRefusals as refusals } from '@tongxin/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { cacheOf } from '../../platform/cache.ts'
import type { Db } from '../../platform/ctx.ts'
import { enterSession } from '../../platform/enter.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { keptPath } from '../files/index.ts'
import { MEDIA_CONTENT_PATH, type MediaLink, openPrefix } from './media.links.ts'
import { editionOf, isOpenToAll, mayKeepIt, mayOpenOriginal, mayWatch } from './media.playback.ts'
import type { MediaPorts } from './media.ports.ts'
import * as q from './media.queries.ts'
import { foldersOf } from './media.store.ts'

const NAME = /^(?:original|poster\.jpg|offline\.mp4|sound\.(?:m4a|mp4|m3u8)|index\.m3u8|\d{3,4}p\.(?:mp4|m3u8))$/
const TYPES: Readonly<Record<string, string>> = {
  m3u8: 'application/vnd.apple.mpegurl',
  mp4: 'video/mp4',
  m4a: 'audio/mp4',
  jpg: 'image/jpeg',
}
/** One range of RFC 9110 14.1.2; several at once are answered with the whole, as 14.2 allows. */
const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/

/** `isKept`: whether the whole of it may be taken; playing asks for one range after the other. */
type Bytes = { readonly path: string; readonly type: string; readonly etag: string; readonly isKept: boolean }

/** The small file that is made for keeping on a device. */
const COPY = 'offline.mp4'
/** What a lesson consists of; playlists and posters are asked for as a whole by every player. */
const WHOLE = /^original$|\.(?:mp4|m4a)$/
const mayBeWhole = ({ method, headers }: FastifyRequest): boolean =>
  method !== 'HEAD' && (!RANGE.test(headers.range ?? '') || headers['if-range'] !== undefined)

type Door = { readonly app: FastifyInstance; readonly ports: MediaPorts }

/** Where the bytes lie that a link and a name mean. @throws Refusal `media.link_expired` when others play by now */
async function bytesOf(door: Door, request: FastifyRequest, link: MediaLink, name: string): Promise<Bytes> {
  const { platform } = door.app
  const isCopy = name === COPY || (WHOLE.test(name) && mayBeWhole(request))
  const { item, tenantId, opensOriginal, isKept } = await linked(door, request, link, isCopy)
  if (!item?.served || item.removedAt || editionOf(item) !== link.edition) throw refusals.link_expired()
  if (name === COPY && !isKept) throw refusals.not_downloadable()
  if (name === 'original') {
    // Beside the streams the upload itself is nobody's: it holds places and names, and nothing has looked into it.
    if (!opensOriginal) throw refusals.not_found()
    const { sha256, mediaType } = item.served
    return { path: keptPath(platform.dataDir, tenantId, sha256), type: mediaType, etag: `"${sha256}"`, isKept }
  }
  if (item.renditionId === null) throw refusals.not_found()
  const folder = foldersOf(platform.dataDir, tenantId).whole(item.renditionId)
  const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  const etag = `"${item.renditionId}-${name}"`
  return { path: join(folder, name), type, etag, isKept: isKept || !WHOLE.test(name) }
}

type Linked = {
  readonly item: q.MediaItem | undefined
  readonly tenantId: string
  readonly opensOriginal: boolean
  readonly isKept: boolean
}

/**
 * Under the session of the link, proved now, with the right to watch; or, for links without a session, in the link's own
 * tenant. A right that ended takes its links with it. @throws Refusal `media.link_expired`
 */
async function linked(
  { app, ports }: Door,
  request: FastifyRequest,
  { bearer, mediaId }: MediaLink,
  isCopy: boolean,
): Promise<Linked> {
  const { platform } = app
  const now = platform.clock()
  const found = async (db: Db, tenantId: string): Promise<Omit<Linked, 'isKept'>> => {
    const item = await q.findItem(db, tenantId, mediaId)
    const opensOriginal = item !== undefined && (await mayOpenOriginal(platform, { db, tenantId, now }, item))
    return { item, tenantId, opensOriginal }
  }
  if ('session' in bearer) {
    const { ctx } = await enterSession(platform, request.id, bearer.session)
    const answer = await found(ctx.db, ctx.actor.tenantId)
    const watched = `${bearer.session.toString('hex')}/${mediaId}`
    const { item } = answer
    if (!item || !(await hasRight(watched, now, () => mayWatch(ports, ctx, item)))) throw refusals.link_expired()
    const isKept = isCopy && (await hasRight(`keep/${watched}`, now, () => mayKeepIt(ports, ctx, item)))
    return { ...answer, isKept }
  }
  const { id: tenantId, path: scope } = await tenantOf(platform.db, bearer.tenantId)
  return inSystemTransaction(platform, { tenantId, scope }, async (tx) => {
    if (bearer.whose === 'set') return { ...(await found(tx, tenantId)), isKept: true }
    const place = `${tenantId}/${mediaId}`
    const isOpen = (asking: MediaPorts['isOpen']) => () => isOpenToAll(asking, tx, { tenantId, mediaId, now })
    if (!(await hasRight(place, now, isOpen(ports.isOpen)))) throw refusals.link_expired()
    const isKept = isCopy && (await hasRight(`keep/${place}`, now, isOpen(ports.isOpenToKeep)))
    return { ...(await found(tx, tenantId)), isKept }
  })
}

/** A player asks every few seconds for the next piece: a right is looked up again after so long. */
const RIGHT_MS = 30_000
const rights = cacheOf<{ until: number }>(50_000, { ttl: RIGHT_MS })

async function hasRight(key: string, now: Date, has: () => Promise<boolean>): Promise<boolean> {
  if ((rights.get(key)?.until ?? 0) > now.getTime()) return true
  if (!(await has())) return false
  rights.set(key, { until: now.getTime() + RIGHT_MS })
  return true
}

/** First and last byte of what is asked, `null` for the whole, `undefined` for what cannot be given. */
function rangeIn(header: string | undefined, size: number): { first: number; last: number } | null | undefined {
  const match = header === undefined ? null : RANGE.exec(header)
  const [from = '', to = ''] = match ? [match[1], match[2]] : []
  if (!match || (from === '' && to === '')) return null
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return first > last || first >= size ? undefined : { first, last }
}

async function send(request: FastifyRequest, reply: FastifyReply, bytes: Bytes): Promise<FastifyReply> {
  const facts = await stat(bytes.path).catch(() => undefined)
  if (!facts) throw refusals.not_found()
  const { size } = facts
  reply.headers({
    'content-type': bytes.type,
    'accept-ranges': 'bytes',
    etag: bytes.etag,
    // The address holds a sealed link: whoever may cache it is the browser that asked.
    'cache-control': 'private, max-age=43200, immutable',
    'content-security-policy': "sandbox; default-src 'none'",
    'content-disposition': 'inline',
  })
  if (request.headers['if-none-match'] === bytes.etag) return reply.code(304).send()
  const condition = request.headers['if-range']
  const range = condition === undefined || condition === bytes.etag ? rangeIn(request.headers.range, size) : null
  if (range === undefined) return reply.code(416).header('content-range', `bytes */${size}`).send()
  if (range === null && !bytes.isKept && request.method !== 'HEAD') throw refusals.not_downloadable()
  if (range === null) return reply.header('content-length', size).send(createReadStream(bytes.path))
  const { first, last } = range
  return reply
    .code(206)
    .headers({ 'content-range': `bytes ${first}-${last}/${size}`, 'content-length': last - first + 1 })
    .send(createReadStream(bytes.path, { start: first, end: last }))
}

const open = { schema: { hide: true } as object, config: { endpoint: { permission: 'public', perMinute: 60_000 } } }

/**
 * Streams, uploads and posters by a sealed prefix. The page that plays them may be of another origin, so it is named
 * for cross-origin reading; no cookie is asked for and none is read.
 */
export function mountContent(app: FastifyInstance, ports: MediaPorts): void {
  const { platform } = app
  const path = `${MEDIA_CONTENT_PATH.slice('/api/v1'.length)}:token/:name`
  const mayBeRead = (reply: FastifyReply): void => {
    if (platform.contentOrigin === null) return
    reply.headers({
      'access-control-allow-origin': platform.publicOrigin,
      'access-control-expose-headers': 'content-length, content-range, etag',
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'origin',
    })
  }
  app.options(path, open, async (_request, reply) => {
    mayBeRead(reply)
    // Older browsers ask before they send a range.
    return reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'GET, HEAD',
        'access-control-allow-headers': 'range, if-range, if-none-match',
        'access-control-max-age': '86400',
      })
      .send()
  })
  app.get(path, open, async (request, reply) => {
    mayBeRead(reply)
    const { token, name } = request.params as { token: string; name: string }
    const link = openPrefix(platform.vault, token, platform.clock())
    if (!NAME.test(name)) throw refusals.not_found()
    return send(request, reply, await bytesOf({ app, ports }, request, link, name))
  })
}
