import {
  type Input,
  type listMedia,
  type MediaCard,
  type MediaRecord,
  type MediaRow,
  type Reply,
  type readMedia,
  mediaRefusals as refusals,
} from '@tongxin/contract'
import { writeCaptions } from '@tongxin/domain'
import type { Ctx, Db, Tx } from '../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../platform/page.ts'
import { reaches } from '../../platform/scope.ts'
import { personNamesOf } from '../access/index.ts'
import { findUnit } from '../org/index.ts'
import { type MediaPorts, usesIn } from './media.ports.ts'
import { openCounts } from './media.proposals.queries.ts'
import { proposalsOf } from './media.proposals.ts'
import * as q from './media.queries.ts'

const SORTS = { updatedAt: 'm.updated_at', title: 'm.title', duration: 'm.seconds' } as const

export function cardOf(item: q.MediaItem): MediaCard {
  const seconds = item.seconds ?? item.declaredSeconds
  return {
    id: item.id,
    kind: item.kind,
    title: item.title,
    state: item.state,
    isPlayable: item.served !== null && item.removedAt === null,
    durationSeconds: seconds,
    minutes: seconds === null ? null : Math.ceil(seconds / 60),
    isGone: item.removedAt !== null,
    hasCaptions: item.hasCaptions,
    hasTranscript: item.transcript !== null,
  }
}

/**
 * For modules that show media, in no order; those in the recycle bin as well, marked as gone. The caller has proved the
 * right to see them, and row security of `db` must show them: own media and those of the units above.
 */
export async function mediaCards(
  ctx: { readonly db: Db; readonly actor: { readonly tenantId: string } },
  ids: readonly string[],
): Promise<MediaCard[]> {
  return (await q.itemsOf(ctx.db, ctx.actor.tenantId, ids)).map(cardOf)
}

type Counts = { readonly uses: number; readonly waiting: number }

export function rowOf(ctx: Ctx | Ctx<Tx>, item: q.MediaItem, { uses, waiting }: Counts): MediaRow {
  const upload = item.served ?? item.incoming
  const isWorking = item.state === 'transcoding'
  return {
    ...cardOf(item),
    orgId: item.unitId,
    orgName: item.unitName ?? '',
    from: reaches(ctx.actor, item.orgPath) ? 'own' : 'above',
    source: item.source,
    copyright: item.copyright,
    fileName: upload?.name ?? null,
    bytes: upload?.bytes ?? null,
    percent: isWorking ? item.percent : null,
    fault: item.fault,
    uses,
    waiting,
    updatedAt: item.updatedAt.toISOString(),
    removedAt: item.removedAt?.toISOString() ?? null,
    version: item.version,
  }
}

type Filter = Omit<Input<typeof listMedia>['query'], 'cursor' | 'limit' | 'sort'>

/** The filter of list and export. @throws Refusal `media.no_such_org` */
export async function filterOf(ctx: Ctx | Ctx<Tx>, asked: Filter): Promise<q.MediaFilter> {
  const unit = asked.orgId ? await findUnit(ctx.db, ctx.actor, asked.orgId) : undefined
  if (asked.orgId && !unit) throw refusals.no_such_org.at('/query/orgId')
  return {
    from: asked.from ?? null,
    place: unit?.path ?? null,
    kind: asked.kind ?? null,
    state: asked.state ?? null,
    captions: asked.captions ?? null,
    removed: asked.removed ?? false,
    waiting: asked.waiting ?? false,
    text: asked.text ?? null,
  }
}

export const list =
  (ports: MediaPorts) =>
  async (ctx: Ctx, { query }: Input<typeof listMedia>): Promise<Reply<typeof listMedia>> => {
    const keyset = keysetOf(query, SORTS, '-updatedAt')
    const found = await q.listItems(ctx.db, ctx.actor, await filterOf(ctx, query), keyset)
    const { rows, next } = pageOfRows(found, keyset, (row) => ({
      value: { updatedAt: row.updatedAt.toISOString(), title: row.title, duration: row.seconds }[
        keyset.sort?.replace('-', '') as keyof typeof SORTS
      ],
      id: row.id,
    }))
    return { rows: await rowsOf(ports, ctx, rows), next, total: null }
  }

export async function rowsOf(ports: MediaPorts, ctx: Ctx | Ctx<Tx>, items: readonly q.MediaItem[]) {
  const ids = items.map(({ id }) => id)
  const uses = await usesIn(ports, ctx, ids)
  const waiting = await openCounts(ctx.db, ctx.actor.tenantId, ids)
  return items.map((item) =>
    rowOf(ctx, item, {
      uses: uses.filter(({ mediaId }) => mediaId === item.id).length,
      waiting: waiting.get(item.id) ?? 0,
    }),
  )
}

/** A medium that a post may see: of its own units, or of one above that plays. @throws Refusal `media.not_found` */
export async function seenItem(ctx: Ctx | Ctx<Tx>, id: string): Promise<q.MediaItem> {
  const item = await q.findItem(ctx.db, ctx.actor.tenantId, id)
  const isOwn = item !== undefined && reaches(ctx.actor, item.orgPath)
  const isShown = item?.served != null && item.removedAt === null && ctx.actor.scope.startsWith(`${item.orgPath}.`)
  if (!item || !(isOwn || isShown)) throw refusals.not_found()
  return item
}

export const read =
  (ports: MediaPorts) =>
  async (ctx: Ctx, { params }: Input<typeof readMedia>): Promise<MediaRecord> => {
    const item = await seenItem(ctx, params.id)
    const { tenantId } = ctx.actor
    const usedIn = await usesIn(ports, ctx, [item.id])
    const captions = await q.captionsOf(ctx.db, tenantId, item.id)
    const proposals = await proposalsOf(ctx, item, captions)
    const versions = await q.versionsOf(ctx.db, tenantId, item.id)
    const names = await personNamesOf(
      ctx.db,
      versions.map(({ byId }) => byId),
    )
    return {
      ...rowOf(ctx, item, { uses: usedIn.length, waiting: proposals.length }),
      transcript: item.transcript,
      renditions: item.renditions.map(({ name, height, bytes }) => ({ name, height, bytes })),
      captions: captions.map(({ language, cues, updatedAt }) => ({
        language: language as MediaRecord['captions'][number]['language'],
        cues: cues.length,
        vtt: writeCaptions(cues),
        updatedAt: updatedAt.toISOString(),
      })),
      versions: versions.map(({ number, file, reason, byId, replacedAt }) => ({
        number,
        fileName: file.name,
        bytes: file.bytes,
        reason,
        by: names.get(byId) ?? null,
        replacedAt: replacedAt.toISOString(),
      })),
      usedIn,
      needsReview: (await ports.pins.isPinned(ctx, item.id)) || (await ports.isOnAir(ctx, item.id)),
      proposals,
      removedReason: item.removedReason,
      can: canDo(ctx, item, usedIn.length),
    }
  }

function canDo(ctx: Ctx, item: q.MediaItem, uses: number): MediaRecord['can'] {
  const mine = ctx.actor.permissions.has('learning.write') && reaches(ctx.actor, item.orgPath)
  const there = mine && item.removedAt === null
  return {
    change: there,
    transcode: there && (item.state === 'failed' || item.state === 'original'),
    remove: there && uses === 0 && item.state !== 'transcoding',
    restore: mine && item.removedAt !== null,
  }
}
