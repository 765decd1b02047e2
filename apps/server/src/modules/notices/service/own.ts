import {
  type answerNotice,
  type confirmNotice,
  type countUnread,
  type InboxRow,
  type Input,
  type listInbox,
  type noteRead,
  type Reply,
  type readMyNotice,
  noticesRefusals as refusals,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { MOST_COUNTED, UNREAD_MS } from '../notices.policy.ts'
import { type Fact, factsOf, isFactOf, setRead } from '../queries/notices.queries.ts'
import * as q from '../queries/own.queries.ts'
import { correctionsOf, filesOf, prefacesOf } from '../queries/texts.queries.ts'
import { homeOf, readerOf } from './reader.ts'

const WHOLE_TEXT = 10_000
const sinceOf = (now: Date) => new Date(now.getTime() - UNREAD_MS)
const iso = (at: Date | null) => at?.toISOString() ?? null

const factShown = ({ sentAt, readAt, ...fact }: Fact): InboxRow => ({
  ...fact,
  title: null,
  body: null,
  needsConfirm: false,
  confirmBy: null,
  sentAt: sentAt.toISOString(),
  readAt: iso(readAt),
  confirmedAt: null,
  circular: null,
})

const isConfirmed = (row: q.OwnCircular) => (row.confirmedVersion ?? 0) >= row.confirmVersion
const circularShown = (row: q.OwnCircular): InboxRow => ({
  id: row.id,
  kind: 'written',
  level: row.level,
  title: row.title,
  body: row.body,
  facts: {},
  orgName: row.orgName,
  needsConfirm: row.needsConfirm && !row.isRecalled,
  confirmBy: iso(row.confirmBy),
  sentAt: row.sentAt.toISOString(),
  path: null,
  // A recalled one asks nothing any more; a corrected one is news again.
  readAt: row.isUnread ? null : iso(row.readAt ?? row.sentAt),
  confirmedAt: isConfirmed(row) ? iso(row.confirmedAt) : null,
  circular: {
    version: row.version,
    isChanged: row.readVersion !== null && row.readVersion < row.version,
    recalledReason: row.isRecalled ? row.recalledReason : null,
    files: row.isRecalled ? 0 : row.files,
    answerKind: row.answerKind,
    answeredAt: iso(row.answeredAt),
    fromAbove: row.originOrgName,
    preface: row.preface,
  },
})

export async function inbox(ctx: Ctx, { query }: Input<typeof listInbox>): Promise<Reply<typeof listInbox>> {
  const keyset = keysetOf(query, { sentAt: 'sent_at' }, '-sentAt')
  const reader = await readerOf(ctx)
  const filter = {
    isUnread: query.unread ?? false,
    isToConfirm: query.toConfirm ?? false,
    level: query.level ?? null,
    since: sinceOf(ctx.now),
  }
  const found = await q.inboxPlaces(ctx.db, reader, filter, keyset.after, keyset.limit + 1)
  const place = (row: q.InboxPlace) => ({ value: row.sentAt.toISOString(), id: row.id })
  const { rows, next } = pageOfRows(found, keyset, place)
  const idsOf = (isCircular: boolean) => rows.filter((row) => row.isCircular === isCircular).map(({ id }) => id)
  const shown = new Map<string, InboxRow>()
  for (const fact of await factsOf(ctx.db, ctx.actor, idsOf(false))) shown.set(fact.id, factShown(fact))
  for (const row of await q.circularsOf(ctx.db, reader, idsOf(true))) shown.set(row.id, circularShown(row))
  return { rows: rows.flatMap(({ id }) => shown.get(id) ?? []), next, total: null }
}

export async function unread(ctx: Ctx): Promise<Reply<typeof countUnread>> {
  const waiting = await q.countWaiting(ctx.db, await readerOf(ctx), sinceOf(ctx.now))
  return {
    unread: Math.min(MOST_COUNTED, waiting.facts + waiting.unread),
    toConfirm: Math.min(MOST_COUNTED, waiting.toConfirm),
  }
}

const own = (ctx: Ctx<Tx>) => ({
  kind: 'person',
  id: ctx.actor.personId,
  orgPath: ctx.actor.scope,
  personId: ctx.actor.personId,
})

/** Notes that the reader has seen these circulars as they stand now, and counts him with his unit when he is new. */
async function noteReceipts(ctx: Ctx<Tx>, reader: q.Reader, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const home = homeOf(ctx, reader)
  const fresh = await q.insertReceipts(ctx.db, reader, home, ids, ctx.now)
  await q.addToCounts(ctx.db, reader.tenantId, { id: home.unitId, path: home.orgPath }, fresh, 'read')
}

export async function markRead(ctx: Ctx<Tx>, { body }: Input<typeof noteRead>): Promise<Reply<typeof noteRead>> {
  const reader = await readerOf(ctx)
  const meant = await q.meantAmong(ctx.db, reader, body.ids ?? sinceOf(ctx.now))
  const unreadOnes = (await q.circularsOf(ctx.db, reader, meant)).filter((row) => row.isUnread).map(({ id }) => id)
  await noteReceipts(ctx, reader, unreadOnes)
  const read = unreadOnes.length + (await setRead(ctx.db, ctx.actor, body.ids ?? null, ctx.now))
  if (read > 0) await publish(ctx, 'notices.read', own(ctx), { notices: read })
  return { read }
}

/** @throws Refusal `notices.not_found` for one that is not meant for the reader */
async function circularFor(ctx: Ctx, reader: q.Reader, id: string): Promise<q.OwnCircular> {
  const [meant] = await q.meantAmong(ctx.db, reader, [id])
  const [row] = meant ? await q.circularsOf(ctx.db, reader, [meant], WHOLE_TEXT) : []
  if (!row) throw refusals.not_found()
  return row
}

export async function one(ctx: Ctx, { params }: Input<typeof readMyNotice>): Promise<Reply<typeof readMyNotice>> {
  const row = await circularFor(ctx, await readerOf(ctx), params.id)
  const { tenantId } = ctx.actor
  const source = row.originId ?? row.id
  const corrections = row.isRecalled ? [] : await correctionsOf(ctx.db, tenantId, source)
  return {
    notice: circularShown(row),
    body: row.body,
    sentBy: row.sentBy,
    prefaces: row.isRecalled ? [] : await prefacesOf(ctx.db, tenantId, row.id),
    confirmedVersion: row.confirmedVersion,
    files: row.isRecalled ? [] : await filesOf(ctx.db, tenantId, source),
    corrections: corrections.map(({ at, ...one }) => ({ ...one, at: at.toISOString() })),
    choices: row.choices,
    answer: row.answer,
  }
}

export async function confirm(
  ctx: Ctx<Tx>,
  { params }: Input<typeof confirmNotice>,
): Promise<Reply<typeof confirmNotice>> {
  const reader = await readerOf(ctx)
  const [meant] = await q.meantAmong(ctx.db, reader, [params.id])
  if (!meant)
    throw (await isFactOf(ctx.db, ctx.actor, params.id)) ? refusals.nothing_to_confirm() : refusals.not_found()
  const row = await circularFor(ctx, reader, meant)
  if (row.isRecalled) throw refusals.recalled_already()
  if (!row.needsConfirm) throw refusals.nothing_to_confirm()
  await noteReceipts(ctx, reader, [row.id])
  const receipt = await q.lockReceipt(ctx.db, reader, row.id)
  if (!receipt) throw refusals.not_found()
  if (receipt.confirmedAt && (receipt.confirmedVersion ?? 0) >= row.confirmVersion)
    return { confirmedAt: receipt.confirmedAt.toISOString() }
  await q.setReceipt(ctx.db, reader, row.id, { confirmed_at: ctx.now, confirmed_version: row.version })
  const unit = { id: receipt.unitId, path: receipt.orgPath }
  await q.addToCounts(ctx.db, reader.tenantId, unit, [row.id], 'confirmed')
  const subject = { kind: 'notice', id: row.id, orgPath: receipt.orgPath, personId: ctx.actor.personId }
  await publish(ctx, 'notices.confirmed', subject, { noticeId: row.id })
  return { confirmedAt: ctx.now.toISOString() }
}

/** Answers until the day for confirming: what was counted by then is not changed behind the sender's back. */
export async function answer(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof answerNotice>,
): Promise<Reply<typeof answerNotice>> {
  const reader = await readerOf(ctx)
  const row = await circularFor(ctx, reader, params.id)
  if (row.isRecalled) throw refusals.recalled_already()
  if (row.answerKind === 'none') throw refusals.nothing_to_answer()
  if (row.confirmBy && row.confirmBy < ctx.now) throw refusals.answer_over()
  const words = body.answer.trim()
  if (row.answerKind === 'choice' && !row.choices.includes(words)) throw refusals.not_a_choice.at('/body/answer')
  await noteReceipts(ctx, reader, [row.id])
  const receipt = await q.lockReceipt(ctx.db, reader, row.id)
  if (!receipt) throw refusals.not_found()
  await q.setReceipt(ctx.db, reader, row.id, { answer: words, answered_at: ctx.now })
  const unit = { id: receipt.unitId, path: receipt.orgPath }
  if (receipt.answeredAt === null) await q.addToCounts(ctx.db, reader.tenantId, unit, [row.id], 'answered')
  const subject = { kind: 'notice', id: row.id, orgPath: receipt.orgPath, personId: ctx.actor.personId }
  await publish(ctx, 'notices.answered', subject, { noticeId: row.id })
  return { answeredAt: ctx.now.toISOString() }
}
