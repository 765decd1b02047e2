import {
  type Input,
  type Reply,
  channelsRefusals as refusals,
  type setOutletMenu,
  type testOutlet,
} from '@tongxin/contract'
import type { FastifyRequest } from 'fastify'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Outcome } from '../adapters/adapter.ts'
import { ADAPTERS } from '../adapters/adapters.ts'
import { setWechatMenu } from '../adapters/wechat.ts'
import { isMail, isMobile } from '../channels.fields.ts'
import { configOf, maskedMail, maskedPhone, openAddress } from '../channels.secrets.ts'
import { ownAddresses } from '../queries/addresses.queries.ts'
import { insertMessages } from '../queries/messages.queries.ts'
import { type OutletRow, setOutcome } from '../queries/outlets.queries.ts'
import { outletOf } from './outlets.ts'
import { wayOf } from './sending.ts'

type Tried = {
  readonly outlet: OutletRow
  readonly id: string
  readonly target: string | null
  readonly outcome: Outcome
}

type Target = { readonly to: string | null; readonly masked: string | null }

/** Where a test goes: to the address that was given, or to the tester's own. */
async function targetOf(ctx: Ctx, { reach }: OutletRow, given: string | undefined): Promise<Target> {
  if (reach === 'group') return { to: null, masked: null }
  const address = given?.trim()
  if (address && (reach === 'mail' || reach === 'sms')) {
    if (!(reach === 'mail' ? isMail : isMobile)(address)) throw refusals.address_wrong.at('/body/to')
    return { to: address, masked: (reach === 'mail' ? maskedMail : maskedPhone)(address) }
  }
  const own = (await ownAddresses(ctx.db, ctx.actor)).find((row) => row.reach === reach && row.verifiedAt)
  if (!own?.sealed) throw refusals.address_needed.at('/body/to')
  return { to: openAddress(ctx.vault, own.id, own.sealed), masked: own.masked }
}

/** Sends outside any transaction: the other side may take its time. */
export async function tryOut(
  ctx: Ctx,
  { params, body }: Input<typeof testOutlet>,
  _request: FastifyRequest,
  platform: Platform,
): Promise<Tried> {
  const outlet = await outletOf(ctx, params.id)
  const { to, masked } = await targetOf(ctx, outlet, body.to)
  const id = newId(ctx)
  const title = '同心平台测试消息 Tongxin test'
  const message = { id, title, text: '', url: platform.publicOrigin, level: 'normal' as const }
  const config = configOf(ctx.vault, outlet)
  const outcome = await ADAPTERS[outlet.kind].send(wayOf(platform, ctx.now), config, message, to)
  return { outlet, id, target: masked, outcome }
}

const resultOf = (outcome: Outcome) =>
  outcome.state === 'sent'
    ? { state: 'sent' as const, error: null }
    : { state: 'failed' as const, error: outcome.error }

export async function noteTry(
  ctx: Ctx<Tx>,
  _input: Input<typeof testOutlet>,
  tried: Tried,
): Promise<Reply<typeof testOutlet>> {
  const { outlet, id, target } = tried
  const result = resultOf(tried.outcome)
  const row = {
    id,
    outletId: outlet.id,
    addressId: null,
    personId: target === null ? null : ctx.actor.personId,
    key: `test/${id}`,
    level: 'normal' as const,
    title: null,
    text: null,
    path: null,
    target,
    state: result.state === 'sent' ? ('sent' as const) : ('given_up' as const),
    error: result.error,
  }
  await insertMessages(ctx.db, ctx.actor.tenantId, [row], ctx.now)
  await setOutcome(ctx.db, ctx.actor.tenantId, outlet.id, result.error, ctx.now)
  const subject = { kind: 'outlet', id: outlet.id, orgPath: outlet.orgPath }
  await publish(ctx, 'channels.outlet_tested', subject, { kind: outlet.kind, result: result.error ?? 'sent' })
  return result
}

export async function tryMenu(
  ctx: Ctx,
  { params }: Input<typeof setOutletMenu>,
  _request: FastifyRequest,
  platform: Platform,
): Promise<Tried> {
  const outlet = await outletOf(ctx, params.id)
  if (outlet.kind !== 'wechat') throw refusals.no_menu()
  const config = configOf(ctx.vault, outlet)
  const outcome = await setWechatMenu(wayOf(platform, ctx.now), config, platform.publicOrigin)
  return { outlet, id: outlet.id, target: null, outcome }
}

export async function noteMenu(
  ctx: Ctx<Tx>,
  _input: Input<typeof setOutletMenu>,
  { outlet, outcome }: Tried,
): Promise<Reply<typeof setOutletMenu>> {
  const result = resultOf(outcome)
  const subject = { kind: 'outlet', id: outlet.id, orgPath: outlet.orgPath }
  await publish(ctx, 'channels.menu_set', subject, { kind: outlet.kind, result: result.error ?? 'sent' })
  return result
}
