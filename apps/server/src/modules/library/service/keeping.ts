import {
  type archiveLibraryDocument,
  type binLibraryDocument,
  type Input,
  type linkReplacement,
  libraryRefusals as refusals,
  type restoreLibraryDocument,
  type revokeLibraryShare,
  type shareLibraryDocument,
  type unlinkReplacement,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { violated } from '../../../platform/sql.ts'
import { standingsOf } from '../../members/index.ts'
import { keptUntil, LONGEST_SHARE_DAYS } from '../library.policy.ts'
import * as q from '../queries/documents.queries.ts'
import * as links from '../queries/links.queries.ts'
import * as shares from '../queries/shares.queries.ts'
import { dropWords } from '../queries/words.queries.ts'
import { locked, reword, subjectOf } from './documents.ts'
import { sightOf } from './shown.ts'

type Changed = { id: string }

export async function bin(ctx: Ctx<Tx>, { params, body }: Input<typeof binLibraryDocument>): Promise<Changed> {
  const document = await locked(ctx, params.id)
  if (document.state !== 'published') throw refusals.not_possible({ state: document.state })
  const reason = body.reason.trim()
  const { tenantId } = ctx.actor
  await q.setState(ctx.db, tenantId, document.id, { state: 'binned', reason, keptUntil: null }, ctx.now)
  await dropWords(ctx.db, tenantId, document.id)
  await publish(ctx, 'library.binned', subjectOf(document), { title: document.title }, { reason })
  return { id: document.id }
}

export async function archive(ctx: Ctx<Tx>, { params, body }: Input<typeof archiveLibraryDocument>): Promise<Changed> {
  const document = await locked(ctx, params.id)
  if (document.state !== 'published') throw refusals.not_possible({ state: document.state })
  const reason = body.reason.trim()
  const until = keptUntil(document.retention, todayOf(ctx.now))
  const set = { state: 'archived', reason, keptUntil: until } as const
  await q.setState(ctx.db, ctx.actor.tenantId, document.id, set, ctx.now)
  const payload = { title: document.title, retention: document.retention }
  await publish(ctx, 'library.archived', subjectOf(document), payload, { reason })
  return { id: document.id }
}

export async function restore(ctx: Ctx<Tx>, { params, body }: Input<typeof restoreLibraryDocument>): Promise<Changed> {
  const document = await locked(ctx, params.id)
  if (document.state === 'published') throw refusals.not_possible({ state: document.state })
  const { tenantId } = ctx.actor
  await q.setState(ctx.db, tenantId, document.id, { state: 'published', reason: null, keptUntil: null }, ctx.now)
  await reword(ctx, document)
  const reason = body.reason.trim()
  await publish(ctx, 'library.restored', subjectOf(document), { title: document.title }, { reason })
  return { id: document.id }
}

/** The newer one is the caller's to keep; the older one may be of a unit above. */
export async function link(ctx: Ctx<Tx>, { params, body }: Input<typeof linkReplacement>): Promise<Changed> {
  const newer = await locked(ctx, params.id)
  const older = await q.findDocument(ctx.db, ctx.actor, sightOf(ctx, 'desk'), body.replacedId)
  if (!older) throw refusals.not_found.at('/body/replacedId')
  if (newer.kind !== 'statute' || older.kind !== 'statute') throw refusals.not_statutes.at('/body/replacedId')
  const { tenantId } = ctx.actor
  if (await links.goesBackTo(ctx.db, tenantId, older.id, newer.id)) throw refusals.circle.at('/body/replacedId')
  const id = newId(ctx)
  const { isWhole } = body
  try {
    await links.insertLink(ctx.db, tenantId, {
      id,
      newerId: newer.id,
      olderId: older.id,
      isWhole,
      note: body.note.trim(),
    })
  } catch (error) {
    if (violated(error) === 'library_replacement_pair') throw refusals.already_linked.at('/body/replacedId')
    throw error
  }
  const payload = { title: newer.title, older: older.title, isWhole }
  await publish(ctx, 'library.replaced', subjectOf(newer), payload)
  return { id }
}

export async function unlink(ctx: Ctx<Tx>, { params, body }: Input<typeof unlinkReplacement>): Promise<Changed> {
  const { tenantId } = ctx.actor
  const found = await links.findLink(ctx.db, tenantId, params.id)
  if (!found) throw refusals.not_found()
  const newer = await locked(ctx, found.newerId)
  const older = await q.findDocument(ctx.db, ctx.actor, sightOf(ctx, 'desk'), found.olderId)
  await links.setLinkRemoved(ctx.db, tenantId, params.id, ctx.now)
  const payload = { title: newer.title, older: older?.title ?? '' }
  await publish(ctx, 'library.unreplaced', subjectOf(newer), payload, { reason: body.reason.trim() })
  return { id: params.id }
}

const DAY_MS = 86_400_000
export async function share(ctx: Ctx<Tx>, { params, body }: Input<typeof shareLibraryDocument>): Promise<Changed> {
  const document = await locked(ctx, params.id)
  if (document.state === 'binned') throw refusals.not_possible({ state: document.state })
  const last = todayOf(new Date(ctx.now.getTime() + LONGEST_SHARE_DAYS * DAY_MS))
  if (body.until < todayOf(ctx.now) || body.until > last)
    throw refusals.share_too_long.at('/body/until', { most: LONGEST_SHARE_DAYS })
  const people = await standingsOf(ctx.db, ctx.actor, body.memberIds)
  if (people.length < body.memberIds.length) throw refusals.no_such_member.at('/body/memberIds')
  const rows = people.map(({ personId, name }) => ({
    id: newId(ctx),
    documentId: document.id,
    orgPath: document.orgPath,
    personId,
    personName: name,
    until: body.until,
    mayDownload: body.mayDownload && document.downloads !== 'nobody',
  }))
  await shares.insertShares(ctx.db, ctx.actor, rows, ctx.now)
  const payload = { title: document.title, people: rows.length, until: body.until }
  await publish(ctx, 'library.shared', subjectOf(document), payload)
  return { id: document.id }
}

export async function revoke(ctx: Ctx<Tx>, { params, body }: Input<typeof revokeLibraryShare>): Promise<Changed> {
  const { tenantId } = ctx.actor
  const found = await shares.findShare(ctx.db, tenantId, params.id)
  if (!found) throw refusals.not_found()
  const document = await locked(ctx, found.documentId)
  const reason = body.reason.trim()
  await shares.setRevoked(ctx.db, tenantId, params.id, reason, ctx.now)
  await publish(ctx, 'library.share_ended', subjectOf(document), { title: document.title }, { reason })
  return { id: params.id }
}
