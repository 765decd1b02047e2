import {
  type announceOut,
  type changeOutlet,
  type Input,
  type listOutlets,
  type listOutMessages,
  type makeOutlet,
  type Outlet,
  REACH_OF,
  type Reply,
  channelsRefusals as refusals,
  type resendOutMessages,
  type switchOutlet,
} from '@tongxin/contract'
import webPush from 'web-push'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { violated } from '../../../platform/sql.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { sortFields } from '../channels.fields.ts'
import { openSecrets, sealSecrets } from '../channels.secrets.ts'
import * as messages from '../queries/messages.queries.ts'
import * as q from '../queries/outlets.queries.ts'

const shown = (row: q.OutletRow, tenantId: string): Outlet => {
  const { reach: _, orgPath: __, secret: ___, secretsSet, ...rest } = row
  return {
    ...rest,
    secrets: secretsSet,
    callback: row.kind === 'wechat' ? `/hooks/wechat/${tenantId}/${row.id}` : null,
    lastSentAt: row.lastSentAt?.toISOString() ?? null,
    lastErrorAt: row.lastErrorAt?.toISOString() ?? null,
  }
}

export async function list(ctx: Ctx): Promise<Reply<typeof listOutlets>> {
  const rows = await q.listOutlets(ctx.db, ctx.actor)
  return { rows: rows.map((row) => shown(row, ctx.actor.tenantId)) }
}

/** @throws Refusal `channels.no_such_outlet` */
export async function outletOf(ctx: Ctx | Ctx<Tx>, id: string): Promise<q.OutletRow> {
  const row = await q.findOutlet(ctx.db, ctx.actor, id)
  if (!row) throw refusals.no_such_outlet()
  return row
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.OutletRow> {
  const row = await q.lockOutlet(ctx.db, ctx.actor, id)
  if (!row) throw refusals.no_such_outlet()
  return row
}

const subjectOf = (row: Pick<q.OutletRow, 'id' | 'orgPath'>) => ({ kind: 'outlet', id: row.id, orgPath: row.orgPath })

async function unlessTaken(name: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    const broken = violated(error)
    if (broken === 'channels_outlet_name') throw refusals.name_taken.at('/body/name', { name })
    if (broken === 'channels_outlet_reach') throw refusals.reach_taken()
    throw error
  }
}

export async function make(ctx: Ctx<Tx>, { body }: Input<typeof makeOutlet>): Promise<Reply<typeof makeOutlet>> {
  // Whoever keeps a way to persons could lead everybody's notices over a machine of his own.
  if (REACH_OF[body.kind] !== 'group' && ctx.actor.scope.includes('.')) throw refusals.only_at_top()
  const made = body.kind === 'push' ? webPush.generateVAPIDKeys() : null
  const known = {
    settings: made ? { publicKey: made.publicKey } : {},
    secrets: made ? { privateKey: made.privateKey } : {},
  }
  const { settings, secrets } = sortFields(body.kind, body.settings, known as never)
  const id = newId(ctx)
  const row = {
    id,
    kind: body.kind,
    reach: REACH_OF[body.kind],
    name: body.name.trim(),
    leastLevel: body.leastLevel,
    settings,
    secret: sealSecrets(ctx.vault, id, secrets, ctx.now),
    secretsSet: Object.fromEntries(Object.keys(secrets).map((name) => [name, ctx.now.toISOString()])),
  }
  await unlessTaken(row.name, () => q.insertOutlet(ctx.db, ctx.actor, row, ctx.now))
  await publish(ctx, 'channels.outlet_made', { kind: 'outlet', id, orgPath: ctx.actor.scope }, { kind: body.kind })
  return shown(await outletOf(ctx, id), ctx.actor.tenantId)
}

export async function change(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof changeOutlet>,
): Promise<Reply<typeof changeOutlet>> {
  const row = await locked(ctx, params.id)
  demandVersion(ctx, row.version)
  const before = openSecrets(ctx.vault, row.id, row.secret)
  const { settings, secrets } = sortFields(row.kind, body.settings, { settings: row.settings, secrets: before })
  const setNow = Object.keys(secrets).filter((name) => secrets[name] !== before[name])
  const changed = Object.keys(settings).filter((name) => settings[name] !== row.settings[name])
  const secretsSet = { ...row.secretsSet, ...Object.fromEntries(setNow.map((name) => [name, ctx.now.toISOString()])) }
  const secret = sealSecrets(ctx.vault, row.id, secrets, ctx.now)
  const next = { id: row.id, name: body.name.trim(), leastLevel: body.leastLevel, settings, secret, secretsSet }
  await unlessTaken(next.name, () => q.setOutlet(ctx.db, ctx.actor.tenantId, next, ctx.now))
  const payload = { kind: row.kind, fields: changed.join(', '), secrets: setNow.join(', ') }
  await publish(ctx, 'channels.outlet_changed', subjectOf(row), payload)
  return shown(await outletOf(ctx, row.id), ctx.actor.tenantId)
}

export async function toggle(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof switchOutlet>,
): Promise<Reply<typeof switchOutlet>> {
  const row = await locked(ctx, params.id)
  await unlessTaken(row.name, () => q.setOutletState(ctx.db, ctx.actor.tenantId, row.id, body.state, ctx.now))
  if (body.state === 'removed') await messages.giveUpOf(ctx.db, ctx.actor.tenantId, row.id)
  await publish(ctx, 'channels.outlet_switched', subjectOf(row), { kind: row.kind, state: body.state })
  return shown({ ...row, state: body.state, version: row.version + 1 }, ctx.actor.tenantId)
}

export async function listLog(
  ctx: Ctx,
  { query }: Input<typeof listOutMessages>,
): Promise<Reply<typeof listOutMessages>> {
  const keyset = keysetOf(query, { createdAt: 'm.created_at' }, '-createdAt')
  const filter = { outletId: query.outletId ?? null, state: query.state ?? null }
  const found = await messages.listMessages(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.createdAt.toISOString(), id: row.id }))
  return {
    rows: rows.map((row) => ({
      ...row,
      nextAt: row.nextAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
      sentAt: row.sentAt?.toISOString() ?? null,
    })),
    next,
    total: null,
  }
}

export async function resend(
  ctx: Ctx<Tx>,
  { body }: Input<typeof resendOutMessages>,
): Promise<Reply<typeof resendOutMessages>> {
  const which = { ids: body.ids ?? null, outletId: body.outletId ?? null }
  const count = await messages.resend(ctx.db, ctx.actor, which, ctx.now)
  if (count === 0) throw refusals.nothing_to_resend()
  const subject = { kind: 'outlet', id: body.outletId ?? null, orgPath: ctx.actor.scope }
  await publish(ctx, 'channels.resent', subject, { messages: count })
  return { messages: count }
}

/** Said by a person, in public: it goes to groups and programs only, never to addresses of persons. */
export async function announce(ctx: Ctx<Tx>, { body }: Input<typeof announceOut>): Promise<Reply<typeof announceOut>> {
  const known = new Map((await q.listOutlets(ctx.db, ctx.actor)).map((row) => [row.id, row]))
  const key = `announcement/${newId(ctx)}`
  const rows = body.outletIds.map((id, place) => {
    const outlet = known.get(id)
    const field = `/body/outletIds/${place}`
    if (!outlet) throw refusals.no_such_outlet.at(field)
    if (outlet.reach !== 'group') throw refusals.not_a_group.at(field, { name: outlet.name })
    if (outlet.state !== 'on') throw refusals.off.at(field, { name: outlet.name })
    return {
      id: newId(ctx),
      outletId: id,
      addressId: null,
      personId: null,
      key,
      level: 'normal' as const,
      title: body.title.trim(),
      text: body.text.trim(),
      path: null,
      target: null,
      state: 'waiting' as const,
      error: null,
    }
  })
  await messages.insertMessages(ctx.db, ctx.actor.tenantId, rows, ctx.now)
  const subject = { kind: 'announcement', id: null, orgPath: ctx.actor.scope }
  await publish(ctx, 'channels.announced', subject, { outlets: rows.length })
  return { messages: rows.length }
}
