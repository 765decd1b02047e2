import {
  type Input,
  type Playback,
  type playMedia,
  type playPublicMedia,
  mediaRefusals as refusals,
} from '@tongxin/contract'
import type { Ctx, Db, PublicCtx } from '../../platform/ctx.ts'
import type { Platform } from '../../platform/platform.ts'
import { reaches } from '../../platform/scope.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { opensHere } from '../files/index.ts'
import { type Bearer, linkEnd, MEDIA_CONTENT_PATH, sealPrefix } from './media.links.ts'
import type { MediaPorts } from './media.ports.ts'
import * as q from './media.queries.ts'

type Server = Pick<Platform, 'contentOrigin' | 'vault' | 'opensUnscanned'>

/** Names the bytes that play now: the making, or the upload itself by the beginning of its sum. */
export function editionOf(item: Pick<q.MediaItem, 'renditionId' | 'served'>): string {
  const sum = (item.served?.sha256 ?? '').slice(0, 32)
  return item.renditionId ?? sum.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** Whether a browser plays the upload itself: QuickTime files often carry what only Apple decodes, but may be tried. */
const streamsOf = (item: q.MediaItem) => {
  const named = (name: string) => item.renditions.find((one) => one.name === name)
  return { offline: named('offline.mp4') ?? named('sound.m4a'), sound: named('sound.m4a') }
}

/**
 * Everything that a player needs, with links for `bearer`. The caller has proved the right to watch.
 * `original` is the upload itself, where streams are missing and unscanned files may be opened.
 * @throws Refusal `media.not_playable`
 */
export async function playbackOf(
  server: Server,
  db: Db,
  asked: {
    readonly tenantId: string
    readonly item: q.MediaItem
    readonly bearer: Bearer
    /** Whether a copy may be kept on the device. */
    readonly mayKeep: boolean
    readonly now: Date
  },
): Promise<Playback> {
  const { item, now, tenantId, mayKeep } = asked
  const { served } = item
  if (!served || item.removedAt) throw refusals.not_playable()
  const until = linkEnd(now)
  const prefix = sealPrefix(
    server.vault,
    { bearer: asked.bearer, mediaId: item.id, edition: editionOf(item), until },
    now,
  )
  const url = (name: string): string => `${server.contentOrigin ?? ''}${MEDIA_CONTENT_PATH}${prefix}/${name}`
  const linked = (rendition: q.Rendition | undefined, type: string) =>
    rendition ? { url: url(rendition.name), type, bytes: rendition.bytes } : null
  const { offline, sound } = streamsOf(item)
  const mayOpen = await mayOpenOriginal(server, { db, tenantId, now }, item)
  if (item.renditionId === null && !mayOpen) throw refusals.not_playable()
  const captions = await q.captionsOf(db, tenantId, item.id)
  const original = mayOpen ? { url: url('original'), type: served.mediaType, bytes: served.bytes } : null
  return {
    id: item.id,
    kind: item.kind,
    title: item.title,
    durationSeconds: item.seconds ?? item.declaredSeconds,
    source: item.source,
    copyright: item.copyright,
    until: until.toISOString(),
    hls: item.renditionId ? { url: url('index.m3u8'), type: 'application/vnd.apple.mpegurl', bytes: null } : null,
    original,
    sound: linked(sound, 'audio/mp4'),
    offline: mayKeep ? (linked(offline, offline?.height ? 'video/mp4' : 'audio/mp4') ?? original) : null,
    poster: item.hasPoster ? url('poster.jpg') : null,
    captions: captions.map(({ language, cues }) => ({
      language: language as Playback['captions'][number]['language'],
      label: LABELS[language] ?? language,
      cues: [...cues],
    })),
    transcript: item.transcript,
  }
}

/** Languages by their own names, as every reader of the language knows them. */
const LABELS: Readonly<Record<string, string>> = {
  'zh-CN': '简体中文',
  en: 'English',
  bo: 'བོད་ཡིག',
  ug: 'ئۇيغۇرچە',
  mn: 'ᠮᠣᠩᠭᠣᠯ',
  ko: '조선말',
}

/** Only where there is no stream made by ourselves: that one was decoded and written anew. */
export async function mayOpenOriginal(
  server: Server,
  at: { db: Db; tenantId: string; now: Date },
  item: q.MediaItem,
): Promise<boolean> {
  if (item.renditionId !== null || !item.served) return false
  if (item.served.scanned) return true
  const ctx = { db: at.db, now: at.now, actor: { tenantId: at.tenantId } }
  return opensHere(ctx, { state: 'unscanned', orgPath: item.orgPath }, server.opensUnscanned)
}

/** Posts see media of their scope and of the units above; others what a lesson lets them watch. */
export const play =
  (server: Server, ports: MediaPorts) =>
  async (ctx: Ctx, { params }: Input<typeof playMedia>): Promise<Playback> => {
    const { actor, db, now } = ctx
    const item = await q.findItem(db, actor.tenantId, params.id)
    if (!item || !(await mayWatch(ports, ctx, item))) throw refusals.not_found()
    const mayKeep = await mayKeepIt(ports, ctx, item)
    const bearer = { session: actor.sessionHash }
    return playbackOf(server, db, { tenantId: actor.tenantId, item, bearer, mayKeep, now })
  }

export async function mayWatch(ports: MediaPorts, ctx: Ctx, item: q.MediaItem): Promise<boolean> {
  const { actor } = ctx
  if (actor.permissions.has('learning.read')) {
    if (reaches(actor, item.orgPath) || actor.scope.startsWith(`${item.orgPath}.`)) return true
  }
  for (const lets of ports.mayWatch) if (await lets(ctx, item.id)) return true
  return false
}

/** Posts keep media of their own units, learners those of courses that may be downloaded. */
export async function mayKeepIt(ports: MediaPorts, ctx: Ctx, item: q.MediaItem): Promise<boolean> {
  if (ctx.actor.permissions.has('learning.read') && reaches(ctx.actor, item.orgPath)) return true
  for (const lets of ports.mayKeep) if (await lets(ctx, item.id)) return true
  return false
}

/** Whoever asks, without a session: what a public lesson of some tenant shows. */
export const playPublic =
  (ports: MediaPorts) =>
  async ({ now }: PublicCtx, { params }: Input<typeof playPublicMedia>, platform: Platform): Promise<Playback> => {
    const tenantId = await ports.tenantOf(platform.db, params.id)
    if (tenantId === undefined) throw refusals.not_found()
    const { path: scope } = await tenantOf(platform.db, tenantId)
    const asked = { tenantId, mediaId: params.id, now }
    const found = await inSystemTransaction(platform, { tenantId, scope }, async (tx) => {
      if (!(await isOpenToAll(ports.isOpen, tx, asked))) return null
      const mayKeep = await isOpenToAll(ports.isOpenToKeep, tx, asked)
      return playbackFor(platform, tx, { ...asked, mayKeep }, 'everybody')
    })
    if (!found) throw refusals.not_found()
    return found
  }

type AskedMedia = { readonly tenantId: string; readonly mediaId: string; readonly now: Date }

export async function isOpenToAll(
  asking: MediaPorts['isOpen'],
  db: Db,
  { tenantId, mediaId, now }: AskedMedia,
): Promise<boolean> {
  for (const isOpen of asking) if (await isOpen(db, tenantId, mediaId, now)) return true
  return false
}

/** For television sets, which go on from their cache when the network is lost. Null when nothing plays. */
export const openPlayback = (server: Server, db: Db, asked: AskedMedia): Promise<Playback | null> =>
  playbackFor(server, db, { ...asked, mayKeep: true }, 'set')

async function playbackFor(
  server: Server,
  db: Db,
  { tenantId, mediaId, now, mayKeep }: AskedMedia & { readonly mayKeep: boolean },
  whose: 'everybody' | 'set',
): Promise<Playback | null> {
  const item = await q.findItem(db, tenantId, mediaId)
  if (!item?.served || item.removedAt) return null
  return playbackOf(server, db, { tenantId, item, bearer: { tenantId, whose }, mayKeep, now })
}
