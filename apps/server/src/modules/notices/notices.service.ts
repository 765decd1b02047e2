import {
  type confirmNotice,
  type countUnread,
  type Input,
  type listInbox,
  type listNotices,
  type listReceipts,
  type noteRead,
  type Reply,
  type readNotice,
  type readQuietHours,
  noticesRefusals as refusals,
  type resendNotice,
  type sendNotice,
  type setQuietHours,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../platform/page.ts'
import { personNamesOf } from '../access/index.ts'
import { findUnit } from '../org/index.ts'
import { deliver, tell } from './notices.deliver.ts'
import * as q from './notices.queries.ts'
import * as sent from './receipts.queries.ts'

/** 21:00 to 07:00, until the person sets his own. */
const QUIET = { quietFrom: 21, quietUntil: 7 } as const
const RESEND_PAUSE_MS = 10 * 60_000

const shown = <W extends q.Words>(row: W) => ({
  ...row,
  confirmBy: row.confirmBy?.toISOString() ?? null,
  sentAt: row.sentAt.toISOString(),
})

export async function inbox(ctx: Ctx, { query }: Input<typeof listInbox>): Promise<Reply<typeof listInbox>> {
  const keyset = keysetOf(query, { sentAt: 'd.sent_at' }, '-sentAt')
  const found = await q.listInbox(ctx.db, ctx.actor, query.unread ?? false, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: row.sentAt.toISOString(),
    id: row.id,
  }))
  return {
    rows: rows.map((row) => ({
      ...shown(row),
      readAt: row.readAt?.toISOString() ?? null,
      confirmedAt: row.confirmedAt?.toISOString() ?? null,
    })),
    next,
    total: null,
  }
}

export async function unread(ctx: Ctx): Promise<Reply<typeof countUnread>> {
  return q.countUnread(ctx.db, ctx.actor)
}

const own = (ctx: Ctx<Tx>) => ({
  kind: 'person',
  id: ctx.actor.personId,
  orgPath: ctx.actor.scope,
  personId: ctx.actor.personId,
})

export async function markRead(ctx: Ctx<Tx>, { body }: Input<typeof noteRead>): Promise<Reply<typeof noteRead>> {
  const read = await q.setRead(ctx.db, ctx.actor, body.ids ?? null, ctx.now)
  if (read > 0) await publish(ctx, 'notices.read', own(ctx), { notices: read })
  return { read }
}

export async function confirm(
  ctx: Ctx<Tx>,
  { params }: Input<typeof confirmNotice>,
): Promise<Reply<typeof confirmNotice>> {
  const delivery = await q.lockDelivery(ctx.db, ctx.actor, params.id)
  if (!delivery) throw refusals.not_found()
  if (!delivery.needsConfirm) throw refusals.nothing_to_confirm()
  if (delivery.confirmedAt) return { confirmedAt: delivery.confirmedAt.toISOString() }
  await q.setConfirmed(ctx.db, ctx.actor, params.id, ctx.now)
  await publish(
    ctx,
    'notices.confirmed',
    { kind: 'notice', id: params.id, orgPath: delivery.orgPath, personId: ctx.actor.personId },
    { noticeId: params.id },
  )
  return { confirmedAt: ctx.now.toISOString() }
}

export async function quietHours(ctx: Ctx): Promise<Reply<typeof readQuietHours>> {
  return (await q.quietHoursOf(ctx.db, ctx.actor)) ?? QUIET
}

export async function changeQuietHours(
  ctx: Ctx<Tx>,
  { body }: Input<typeof setQuietHours>,
): Promise<Reply<typeof setQuietHours>> {
  await q.setQuietHours(ctx.db, ctx.actor, body, ctx.now)
  await publish(ctx, 'notices.preferences_set', own(ctx), body)
  return body
}

export async function send(ctx: Ctx<Tx>, { body }: Input<typeof sendNotice>): Promise<Reply<typeof sendNotice>> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  const confirmBy = body.confirmBy ? new Date(body.confirmBy) : null
  if (confirmBy && confirmBy <= ctx.now) throw refusals.confirm_by_past.at('/body/confirmBy')
  const people = await q.peopleOf(ctx.db, ctx.actor, unit.path, body.to === 'members')
  if (people.length === 0) throw refusals.nobody_there.at('/body/orgId')
  const id = await deliver(
    ctx.db,
    { tenantId: ctx.actor.tenantId, now: ctx.now, actorId: ctx.actor.personId },
    {
      orgId: unit.id,
      orgPath: unit.path,
      kind: 'written',
      level: body.level,
      title: body.title.trim(),
      body: body.body.trim(),
      facts: {},
      path: null,
      needsConfirm: body.needsConfirm,
      confirmBy,
      sourceKey: `written/${newId(ctx)}`,
      sentBy: ctx.actor.personId,
    },
    people,
  )
  if (!id) throw refusals.nobody_there()
  await publish(
    ctx,
    'notices.sent',
    { kind: 'notice', id, orgPath: unit.path },
    { level: body.level, people: people.length, kind: 'written' },
  )
  return { id, people: people.length }
}

async function withNames(ctx: Ctx, rows: readonly sent.Written[]) {
  const names = await personNamesOf(
    ctx.db,
    rows.map((row) => row.sentById),
  )
  return rows.map(({ sentById, orgPath: _, ...row }) => ({ ...shown(row), sentBy: names.get(sentById ?? '') ?? null }))
}

export async function list(ctx: Ctx, { query }: Input<typeof listNotices>): Promise<Reply<typeof listNotices>> {
  const keyset = keysetOf(query, { sentAt: 'n.sent_at' }, '-sentAt')
  const filter = { level: query.level ?? null, text: query.text ?? null }
  const found = await sent.listWritten(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: row.sentAt.toISOString(),
    id: row.id,
  }))
  return { rows: await withNames(ctx, rows), next, total: null }
}

async function writtenOne(ctx: Ctx | Ctx<Tx>, id: string): Promise<sent.Written> {
  const notice = await sent.findWritten(ctx.db, ctx.actor, id)
  if (!notice) throw refusals.not_found()
  return notice
}

export async function one(ctx: Ctx, { params }: Input<typeof readNotice>): Promise<Reply<typeof readNotice>> {
  const [row] = await withNames(ctx, [await writtenOne(ctx, params.id)])
  if (!row) throw refusals.not_found()
  return row
}

export async function receipts(
  ctx: Ctx,
  { params, query }: Input<typeof listReceipts>,
): Promise<Reply<typeof listReceipts>> {
  const notice = await writtenOne(ctx, params.id)
  const keyset = keysetOf(query, { name: 'd.name' }, 'name')
  const found = await sent.listReceipts(ctx.db, ctx.actor.tenantId, notice, query.missing ?? false, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.name, id: row.personId }))
  return {
    rows: rows.map((row) => ({
      ...row,
      readAt: row.readAt?.toISOString() ?? null,
      confirmedAt: row.confirmedAt?.toISOString() ?? null,
    })),
    next,
    total: null,
  }
}

export async function resend(
  ctx: Ctx<Tx>,
  { params }: Input<typeof resendNotice>,
): Promise<Reply<typeof resendNotice>> {
  const notice = await writtenOne(ctx, params.id)
  const { missing, told } = await sent.resend(
    ctx.db,
    ctx.actor.tenantId,
    notice,
    ctx.now,
    new Date(ctx.now.getTime() - RESEND_PAUSE_MS),
  )
  if (told.length === 0)
    throw missing === 0 ? refusals.nobody_missing() : refusals.resent_just_now({ minutes: RESEND_PAUSE_MS / 60_000 })
  await tell(ctx.db, { tenantId: ctx.actor.tenantId, now: ctx.now, actorId: ctx.actor.personId }, notice, told)
  await publish(
    ctx,
    'notices.resent',
    { kind: 'notice', id: notice.id, orgPath: notice.orgPath },
    { people: told.length },
  )
  return { people: told.length }
}
