import { createHmac, hash } from 'node:crypto'
import { type Adapter, ask, type Config, later, never, type Outcome, SENT, shortened, type Way } from './adapter.ts'

type Signed = {
  readonly host: string
  readonly action: string
  readonly version: string
  readonly query: Readonly<Record<string, string>>
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly date: string
  readonly nonce: string
}

// RFC 3986: encodeURIComponent leaves five signs that the signature wants encoded.
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

const canonicalQuery = (query: Signed['query']): string =>
  Object.keys(query)
    .sort()
    .map((name) => `${encoded(name)}=${encoded(query[name] ?? '')}`)
    .join('&')

/** The headers of a call without a body, with the signature ACS3-HMAC-SHA256 of Alibaba Cloud's public description. */
export function signedForAliyun(call: Signed): Record<string, string> {
  const nothing = hash('sha256', '', 'hex')
  const headers: Record<string, string> = {
    host: call.host,
    'x-acs-action': call.action,
    'x-acs-content-sha256': nothing,
    'x-acs-date': call.date,
    'x-acs-signature-nonce': call.nonce,
    'x-acs-version': call.version,
  }
  const names = Object.keys(headers).join(';')
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`)
  const request = ['POST', '/', canonicalQuery(call.query), lines.join(''), names, nothing].join('\n')
  const signature = createHmac('sha256', call.accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${hash('sha256', request, 'hex')}`)
    .digest('hex')
  return {
    ...headers,
    authorization: `ACS3-HMAC-SHA256 Credential=${call.accessKeyId},SignedHeaders=${names},Signature=${signature}`,
  }
}

/** A variable of a template holds at most 35 signs. */
const MOST_SIGNS = 35
const PASSING = /^(isv\.BUSINESS_LIMIT_CONTROL|isp\.|Throttling|ServiceUnavailable|InternalError)/

/** Text messages by Alibaba Cloud (Dysmsapi 2017-05-25, SendSms). */
export const smsAliyun: Adapter = {
  send: (way, config, { title }, to) =>
    deliver(way, config, {
      to: to ?? '',
      template: config.template ?? '',
      words: { title: shortened(title, MOST_SIGNS) },
    }),
  sendCode: (way, config, code, to) =>
    deliver(way, config, { to, template: config.codeTemplate ?? '', words: { code } }),
}

async function deliver(
  way: Way,
  config: Config,
  sms: { to: string; template: string; words: Record<string, string> },
): Promise<Outcome> {
  const url = new URL('/', config.address)
  const query = {
    PhoneNumbers: sms.to,
    SignName: config.signName ?? '',
    TemplateCode: sms.template,
    TemplateParam: JSON.stringify(sms.words),
  }
  const headers = signedForAliyun({
    host: url.host,
    action: 'SendSms',
    version: '2017-05-25',
    query,
    accessKeyId: config.accessKeyId ?? '',
    accessKeySecret: config.accessKeySecret ?? '',
    date: way.now.toISOString().replace(/\.\d+Z$/, 'Z'),
    nonce: way.nonce(),
  })
  const asked = await ask(way, { url: `${url.origin}/?${canonicalQuery(query)}`, body: '', headers })
  if ('outcome' in asked) return asked.outcome
  const code = String(asked.answer.Code ?? 'answer_unreadable')
  if (code === 'OK') return SENT
  return PASSING.test(code) ? later(code) : never(code)
}
