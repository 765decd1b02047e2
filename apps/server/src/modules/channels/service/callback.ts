import { hash, randomBytes } from 'node:crypto'
import type { Tx } from '../../../platform/ctx.ts'
import { publishAll } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { findTenant } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import type { Config } from '../adapters/adapter.ts'
import {
  CallbackRefused,
  elementOf,
  isSignedBy,
  openCallback,
  sealCallback,
  wechatSignature,
} from '../adapters/wechat-crypto.ts'
import { CALLBACK_MS } from '../channels.limits.ts'
import { codeDigest, configOf, digestOf, sealAddress } from '../channels.secrets.ts'
import * as addresses from '../queries/addresses.queries.ts'
import { noteSeen } from '../queries/asked.queries.ts'
import { type OutletOn, outletsOn } from '../queries/outlets.queries.ts'

type Callback = {
  readonly tenantId: string
  readonly outletId: string
  readonly query: Readonly<Record<string, string | undefined>>
  /** Empty: WeChat asks whether the address is ours. */
  readonly body: string
}

type Ours = { readonly outlet: OutletOn; readonly config: Config; readonly tenantId: string; readonly now: Date }

/** What WeChat expects when there is nothing to answer. */
const DONE = 'success'

/**
 * A call of WeChat, in AES mode only. @returns the body of the answer
 * @throws CallbackRefused for an unknown account, a wrong signature, an old call, or one that does not open
 */
export async function answerWechat(platform: Platform, call: Callback): Promise<string> {
  const { tenantId, outletId, query } = call
  const now = platform.clock()
  const tenant = await findTenant(platform.db, tenantId)
  if (!tenant) throw new CallbackRefused('account')
  return inSystemTransaction(platform, { tenantId, scope: tenant.path }, async (tx) => {
    const outlet = (await outletsOn(tx, tenantId)).find((one) => one.id === outletId && one.kind === 'wechat')
    if (!outlet) throw new CallbackRefused('account')
    const config = configOf(platform.vault, outlet)
    const { timestamp = '', nonce = '', signature = '', msg_signature: sealedSignature = '', echostr } = query
    const { token = '', aesKey = '', appId = '' } = config
    if (Math.abs(now.getTime() - Number(timestamp) * 1000) > CALLBACK_MS || !/^\d{1,12}$/.test(timestamp))
      throw new CallbackRefused('time')
    if (echostr !== undefined) {
      if (!isSignedBy(signature, token, timestamp, nonce)) throw new CallbackRefused('signature')
      return echostr
    }
    const encrypted = elementOf(call.body, 'Encrypt') ?? ''
    if (!encrypted || !isSignedBy(sealedSignature, token, timestamp, nonce, encrypted))
      throw new CallbackRefused('signature')
    const xml = openCallback(aesKey, appId, encrypted)
    if (!(await noteSeen(tx, tenantId, outletId, hash('sha256', sealedSignature, 'buffer'), now))) return DONE
    const words = await react(tx, platform, { outlet, config, tenantId, now }, xml)
    return words === null ? DONE : replyTo(xml, words, { token, aesKey, appId, now })
  })
}

async function react(tx: Tx, platform: Platform, ours: Ours, xml: string): Promise<string | null> {
  const openId = elementOf(xml, 'FromUserName') ?? ''
  const event = elementOf(xml, 'Event')
  if (event === 'unsubscribe') {
    await forget(tx, platform, ours, openId)
    return null
  }
  if (event === 'subscribe')
    return `欢迎关注。请在平台“我的 › 通知方式”里取得绑定码，发到这里即可收到通知提醒：${platform.publicOrigin}`
  if (elementOf(xml, 'MsgType') !== 'text') return null
  const code = /\d{8}/.exec(elementOf(xml, 'Content') ?? '')?.[0]
  if (!code) return `打开平台：${platform.publicOrigin}`
  return (await bind(tx, platform, ours, openId, code))
    ? '绑定成功，今后有通知会在这里提醒您。'
    : '绑定码不对或已过期，请在平台“我的 › 通知方式”里重新取得。'
}

async function forget(tx: Tx, platform: Platform, { outlet, tenantId, now }: Ours, openId: string): Promise<void> {
  const gone = await addresses.deleteByDigest(tx, tenantId, 'wechat', digestOf(platform.vault, openId))
  const facts = gone.map(({ personId }) => ({ subject: ofPerson(outlet, personId), payload: { reach: 'wechat' } }))
  await publishAll(tx, { tenantId, now }, 'channels.address_removed', facts)
}

const ofPerson = ({ orgPath }: OutletOn, personId: string) => ({ kind: 'person', id: personId, orgPath, personId })

async function bind(tx: Tx, platform: Platform, ours: Ours, openId: string, code: string): Promise<boolean> {
  const { outlet, tenantId, now } = ours
  const { vault } = platform
  const pending = await addresses.lockByCode(tx, tenantId, 'wechat', codeDigest(vault, 'wechat', code), now)
  if (!pending || !openId) return false
  const digest = digestOf(vault, openId)
  await addresses.deleteByDigest(tx, tenantId, 'wechat', digest)
  const sealed = sealAddress(vault, pending.id, openId, now)
  const bound = { ...pending, sealed, digest, masked: `…${openId.slice(-4)}`, verifiedAt: now }
  await addresses.keepAddress(tx, tenantId, { ...bound, code: null, codeUntil: null, codeSentAt: null }, now)
  await addresses.deleteOthers(tx, { tenantId, personId: pending.personId }, 'wechat', pending.id)
  const subject = ofPerson(outlet, pending.personId)
  await publishAll(tx, { tenantId, now }, 'channels.address_confirmed', [{ subject, payload: { reach: 'wechat' } }])
  return true
}

const cdata = (name: string, text: string): string => `<${name}><![CDATA[${text.replaceAll(']]>', '')}]]></${name}>`

/** The answer goes back to its sender, sealed and signed like the call. */
function replyTo(
  xml: string,
  words: string,
  { token, aesKey, appId, now }: { token: string; aesKey: string; appId: string; now: Date },
): string {
  const seconds = String(Math.floor(now.getTime() / 1000))
  const answer = [
    cdata('ToUserName', elementOf(xml, 'FromUserName') ?? ''),
    cdata('FromUserName', elementOf(xml, 'ToUserName') ?? ''),
    `<CreateTime>${seconds}</CreateTime>`,
    cdata('MsgType', 'text'),
    cdata('Content', words),
  ].join('')
  const encrypted = sealCallback(aesKey, appId, `<xml>${answer}</xml>`, randomBytes(16))
  const nonce = randomBytes(8).toString('hex')
  const signature = wechatSignature(token, seconds, nonce, encrypted)
  const parts = [cdata('Encrypt', encrypted), cdata('MsgSignature', signature), `<TimeStamp>${seconds}</TimeStamp>`]
  return `<xml>${[...parts, cdata('Nonce', nonce)].join('')}</xml>`
}
