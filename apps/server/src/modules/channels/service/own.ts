import { randomInt } from 'node:crypto'
import {
  type addPushAddress,
  type askAddressCode,
  type askWechatCode,
  type confirmAddress,
  type Input,
  OUT_REACHES,
  type OutReach,
  type Reply,
  type readOwnReaches,
  channelsRefusals as refusals,
  type removeAddress,
  requestRefusals,
  type setOwnReach,
} from '@tongxin/contract'
import type { FastifyRequest } from 'fastify'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { triesOf } from '../../../platform/tries.ts'
import { ADAPTERS } from '../adapters/adapters.ts'
import { servicesOf } from '../adapters/push.ts'
import { isMail, isMobile } from '../channels.fields.ts'
import { CODE_MINUTES, CODE_PAUSE_MS, CODE_TRIES, CODES_AN_HOUR, MOST_DEVICES } from '../channels.limits.ts'
import {
  codeDigest,
  configOf,
  digestOf,
  maskedMail,
  maskedPhone,
  maskedPush,
  sealAddress,
} from '../channels.secrets.ts'
import * as q from '../queries/addresses.queries.ts'
import { type OutletOn, outletsOn } from '../queries/outlets.queries.ts'
import { wayOf } from './sending.ts'

type Own = Reply<typeof readOwnReaches>

export async function read(ctx: Ctx | Ctx<Tx>): Promise<Own> {
  const outlets = await outletsOn(ctx.db, ctx.actor.tenantId)
  const addresses = await q.ownAddresses(ctx.db, ctx.actor)
  const wishes = await q.preferencesOf(ctx.db, ctx.actor)
  const push = outlets.find(({ reach }) => reach === 'push')
  return {
    rows: OUT_REACHES.map((reach) => {
      const outlet = outlets.find((one) => one.reach === reach)
      return {
        reach,
        isOffered: outlet !== undefined,
        isOn: wishes.get(reach) ?? true,
        leastLevel: outlet?.leastLevel ?? 'normal',
        addresses: addresses.filter((row) => row.reach === reach && (row.sealed || row.codeUntil)).map(shown),
      }
    }),
    pushKey: push?.settings.publicKey ?? null,
  }
}

const shown = ({ id, masked, device, verifiedAt, codeUntil }: q.AddressRow) => ({
  id,
  masked,
  device,
  verifiedAt: verifiedAt?.toISOString() ?? null,
  codeUntil: codeUntil?.toISOString() ?? null,
})

const subjectOf = (ctx: Ctx | Ctx<Tx>) => ({
  kind: 'person',
  id: ctx.actor.personId,
  orgPath: ctx.actor.scope,
  personId: ctx.actor.personId,
})

export async function set(ctx: Ctx<Tx>, { params, body }: Input<typeof setOwnReach>): Promise<Own> {
  await q.setPreference(ctx.db, ctx.actor, params.reach, body.isOn, ctx.now)
  await publish(ctx, 'channels.preference_set', subjectOf(ctx), { reach: params.reach, isOn: body.isOn })
  return read(ctx)
}

async function outletFor(ctx: Ctx | Ctx<Tx>, reach: OutReach): Promise<OutletOn> {
  const outlet = (await outletsOn(ctx.db, ctx.actor.tenantId)).find((one) => one.reach === reach)
  if (!outlet) throw refusals.reach_off({ reach })
  return outlet
}

const codes = triesOf(CODES_AN_HOUR, 60)
const codeEnd = (now: Date): Date => new Date(now.getTime() + CODE_MINUTES * 60_000)

/** The host's name in small letters; what stands before the sign belongs to the host (RFC 5321, 2.4). */
const canonical = (reach: 'mail' | 'sms', text: string): string => {
  const address = text.trim()
  return reach === 'mail' ? address.replace(/@.*$/, (host) => host.toLowerCase()) : address.replace(/^\+?86(?=1)/, '')
}

type CodeSent = { readonly address: q.NewAddress }

/** Sends the code before anything is written; a code that did not go is nobody's code. */
export async function sendCode(
  ctx: Ctx,
  { body }: Input<typeof askAddressCode>,
  _request: FastifyRequest,
  platform: Platform,
): Promise<CodeSent> {
  const { reach } = body
  const { personId } = ctx.actor
  const address = canonical(reach, body.address)
  if (!(reach === 'mail' ? isMail : isMobile)(address)) throw refusals.address_wrong.at('/body/address')
  const outlet = await outletFor(ctx, reach)
  const digest = digestOf(ctx.vault, address)
  const known = (await q.ownAddresses(ctx.db, ctx.actor)).find(
    (row) => row.reach === reach && row.digest?.equals(digest),
  )
  const seconds = CODE_PAUSE_MS / 1000
  if (known?.codeSentAt && ctx.now.getTime() - known.codeSentAt.getTime() < CODE_PAUSE_MS)
    throw refusals.code_just_sent({ seconds })
  if (codes.isOver(personId)) throw requestRefusals.too_many({ minutes: codes.minutes })
  codes.count(personId)
  const id = known?.id ?? newId(ctx)
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const adapter = ADAPTERS[outlet.kind]
  const outcome = await adapter.sendCode?.(wayOf(platform, ctx.now), configOf(ctx.vault, outlet), code, address)
  if (outcome?.state !== 'sent') throw refusals.code_not_sent({ error: outcome?.error ?? 'outlet_off' })
  return {
    address: {
      id,
      personId,
      reach,
      sealed: sealAddress(ctx.vault, id, address, ctx.now),
      digest,
      masked: (reach === 'mail' ? maskedMail : maskedPhone)(address),
      device: null,
      verifiedAt: known?.verifiedAt ?? null,
      code: codeDigest(ctx.vault, id, code),
      codeUntil: codeEnd(ctx.now),
      codeSentAt: ctx.now,
    },
  }
}

export async function keepCode(
  ctx: Ctx<Tx>,
  _input: Input<typeof askAddressCode>,
  { address }: CodeSent,
): Promise<Reply<typeof askAddressCode>> {
  await q.keepAddress(ctx.db, ctx.actor.tenantId, address, ctx.now)
  await publish(ctx, 'channels.code_sent', subjectOf(ctx), { reach: address.reach })
  return { id: address.id, masked: address.masked, codeUntil: codeEnd(ctx.now).toISOString() }
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.AddressRow> {
  const row = await q.lockOwnAddress(ctx.db, ctx.actor, id)
  if (!row) throw refusals.no_such_address()
  return row
}

/** Of one code: a new one begins anew, and how many of those there are in an hour is counted as well. */
const guesses = triesOf(CODE_TRIES, CODE_MINUTES)

export async function confirm(ctx: Ctx<Tx>, { params, body }: Input<typeof confirmAddress>): Promise<Own> {
  const row = await locked(ctx, params.id)
  if (!row.code || !row.codeUntil || row.codeUntil <= ctx.now) throw refusals.code_over()
  const guess = `${row.id}/${row.codeUntil.toISOString()}`
  if (guesses.isOver(guess)) throw refusals.code_over()
  guesses.count(guess)
  if (!row.code.equals(codeDigest(ctx.vault, row.id, body.code))) throw refusals.code_wrong.at('/body/code')
  await q.setVerified(ctx.db, ctx.actor.tenantId, row.id, ctx.now)
  await q.deleteOthers(ctx.db, ctx.actor, row.reach, row.id)
  await publish(ctx, 'channels.address_confirmed', subjectOf(ctx), { reach: row.reach })
  return read(ctx)
}

export async function remove(ctx: Ctx<Tx>, { params }: Input<typeof removeAddress>): Promise<Own> {
  const row = await locked(ctx, params.id)
  await q.deleteAddress(ctx.db, ctx.actor.tenantId, row.id)
  await publish(ctx, 'channels.address_removed', subjectOf(ctx), { reach: row.reach })
  return read(ctx)
}

/** The browser itself is the proof: whoever holds its session holds its subscription. */
export async function addPush(ctx: Ctx<Tx>, { body }: Input<typeof addPushAddress>): Promise<Own> {
  const outlet = await outletFor(ctx, 'push')
  const { endpoint, keys, device } = body
  if (!isServed(endpoint, configOf(ctx.vault, outlet).services ?? '')) throw refusals.address_wrong.at('/body/endpoint')
  const own = (await q.ownAddresses(ctx.db, ctx.actor)).filter(({ reach }) => reach === 'push')
  const digest = digestOf(ctx.vault, endpoint)
  const known = own.find((row) => row.digest?.equals(digest))
  if (!known && own.length >= MOST_DEVICES) throw refusals.too_many_addresses({ most: MOST_DEVICES })
  const id = known?.id ?? newId(ctx)
  const address: q.NewAddress = {
    id,
    personId: ctx.actor.personId,
    reach: 'push',
    sealed: sealAddress(ctx.vault, id, JSON.stringify({ endpoint, keys }), ctx.now),
    digest,
    masked: maskedPush({ endpoint, keys }),
    device,
    verifiedAt: ctx.now,
    code: null,
    codeUntil: null,
    codeSentAt: null,
  }
  await q.keepAddress(ctx.db, ctx.actor.tenantId, address, ctx.now)
  await publish(ctx, 'channels.address_confirmed', subjectOf(ctx), { reach: 'push' })
  return read(ctx)
}

/** Told at once: an endpoint that the guarded door would never call is of no use. */
function isServed(endpoint: string, services: string): boolean {
  const host = URL.parse(endpoint)?.host ?? ''
  return servicesOf(services).some((service) =>
    service.startsWith('*.') ? host.endsWith(service.slice(1)) : host === service,
  )
}

/** Eight digits that only WeChat's server can bring, as a message of the account that is to be bound. */
export async function wechatCode(
  ctx: Ctx<Tx>,
  _input: Input<typeof askWechatCode>,
): Promise<Reply<typeof askWechatCode>> {
  await outletFor(ctx, 'wechat')
  const pending = (await q.ownAddresses(ctx.db, ctx.actor)).find((row) => row.reach === 'wechat' && !row.sealed)
  const code = String(randomInt(100_000_000)).padStart(8, '0')
  const address: q.NewAddress = {
    id: pending?.id ?? newId(ctx),
    personId: ctx.actor.personId,
    reach: 'wechat',
    sealed: null,
    digest: null,
    masked: '',
    device: null,
    verifiedAt: null,
    code: codeDigest(ctx.vault, 'wechat', code),
    codeUntil: codeEnd(ctx.now),
    codeSentAt: ctx.now,
  }
  await q.keepAddress(ctx.db, ctx.actor.tenantId, address, ctx.now)
  await publish(ctx, 'channels.code_sent', subjectOf(ctx), { reach: 'wechat' })
  return { code, codeUntil: codeEnd(ctx.now).toISOString() }
}
