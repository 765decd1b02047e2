import { createHmac, hash } from 'node:crypto'
import { type Adapter, ask, type Config, later, never, type Outcome, SENT, shortened, type Way } from './adapter.ts'

type Signed = {
  readonly host: string
  readonly service: string
  readonly action: string
  readonly secretId: string
  readonly secretKey: string
  readonly at: Date
  readonly body: string
}

const TENCENT_JSON = 'application/json; charset=utf-8'

/** The header `authorization` of a call, TC3-HMAC-SHA256 by Tencent Cloud's public description (signature v3). */
export function signedForTencent(call: Signed): string {
  const seconds = Math.floor(call.at.getTime() / 1000)
  const day = call.at.toISOString().slice(0, 10)
  const names = 'content-type;host;x-tc-action'
  const lines = `content-type:${TENCENT_JSON}\nhost:${call.host}\nx-tc-action:${call.action.toLowerCase()}\n`
  const request = ['POST', '/', '', lines, names, hash('sha256', call.body, 'hex')].join('\n')
  const scope = `${day}/${call.service}/tc3_request`
  const keyed = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
  const key = [day, call.service, 'tc3_request'].reduce<Buffer | string>(keyed, `TC3${call.secretKey}`)
  const toSign = `TC3-HMAC-SHA256\n${seconds}\n${scope}\n${hash('sha256', request, 'hex')}`
  const signature = keyed(key, toSign).toString('hex')
  return `TC3-HMAC-SHA256 Credential=${call.secretId}/${scope}, SignedHeaders=${names}, Signature=${signature}`
}

const MOST_SIGNS = 30
const PASSING = /^(LimitExceeded|InternalError|RequestLimitExceeded|FailedOperation\.(ServiceUnavailable|SystemBusy))/

/** Text messages by Tencent Cloud (SMS 2021-01-11, SendSms). */
export const smsTencent: Adapter = {
  send: (way, config, { title }, to) =>
    deliver(way, config, { to: to ?? '', template: config.template ?? '', word: shortened(title, MOST_SIGNS) }),
  sendCode: (way, config, code, to) => deliver(way, config, { to, template: config.codeTemplate ?? '', word: code }),
}

async function deliver(
  way: Way,
  config: Config,
  sms: { to: string; template: string; word: string },
): Promise<Outcome> {
  const url = new URL('/', config.address)
  const body = JSON.stringify({
    PhoneNumberSet: [`+86${sms.to}`],
    SmsSdkAppId: config.sdkAppId,
    SignName: config.signName,
    TemplateId: sms.template,
    TemplateParamSet: [sms.word],
  })
  const { secretId = '', secretKey = '' } = config
  const authorization = signedForTencent({
    host: url.host,
    service: 'sms',
    action: 'SendSms',
    secretId,
    secretKey,
    at: way.now,
    body,
  })
  const headers = {
    authorization,
    'x-tc-action': 'SendSms',
    'x-tc-timestamp': String(Math.floor(way.now.getTime() / 1000)),
    'x-tc-version': '2021-01-11',
    'x-tc-region': config.region ?? '',
  }
  const asked = await ask(way, { url: url.href, body, headers, type: TENCENT_JSON })
  if ('outcome' in asked) return asked.outcome
  const { Error: refused, SendStatusSet: states } = (asked.answer.Response ?? {}) as {
    Error?: { Code?: string }
    SendStatusSet?: readonly { Code?: string }[]
  }
  const code = refused?.Code ?? states?.[0]?.Code ?? 'answer_unreadable'
  if (code === 'Ok') return SENT
  return PASSING.test(code) ? later(code) : never(code)
}
