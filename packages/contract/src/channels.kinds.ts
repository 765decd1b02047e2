/**
 * Ways out of the platform, an outlet each. The first five reach persons at addresses of their own; the others speak to
 * a group or to a program, once for everybody.
 */
export const OUTLET_KINDS = [
  'push',
  'mail',
  'sms_aliyun',
  'sms_tencent',
  'wechat',
  'wecom',
  'dingtalk',
  'weibo',
  'webhook',
] as const
export type OutletKind = (typeof OUTLET_KINDS)[number]

/** Where a person can be reached; `group` reaches no single person. */
export const OUT_REACHES = ['push', 'mail', 'sms', 'wechat'] as const
export type OutReach = (typeof OUT_REACHES)[number]

export const REACH_OF: Readonly<Record<OutletKind, OutReach | 'group'>> = {
  push: 'push',
  mail: 'mail',
  sms_aliyun: 'sms',
  sms_tencent: 'sms',
  wechat: 'wechat',
  wecom: 'group',
  dingtalk: 'group',
  weibo: 'group',
  webhook: 'group',
}

/**
 * One setting of an outlet. Secrets are written and never read again. `initial` stands where nothing was given;
 * `made` is made by the platform when the outlet is made.
 */
export type OutletField = {
  readonly name: string
  readonly kind: 'text' | 'host' | 'port' | 'mail' | 'url' | 'choice' | 'hosts' | 'aesKey' | 'webhookSecret'
  readonly isSecret?: true
  readonly isOptional?: true
  readonly isMade?: true
  readonly options?: readonly string[]
  readonly initial?: string
  readonly example?: string
}

const secret = (name: string, more: Partial<OutletField> = {}): OutletField => ({
  name,
  kind: 'text',
  isSecret: true,
  ...more,
})
const text = (name: string, more: Partial<OutletField> = {}): OutletField => ({ name, kind: 'text', ...more })
const address = (initial: string): OutletField => ({ name: 'address', kind: 'url', initial })

/** Browsers' push services; a browser of another maker is added to the outlet's own list. */
const PUSH_SERVICES =
  'fcm.googleapis.com,updates.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com,*.push.hicloud.com'

/** What each kind is told, in the order of the form. Addresses are the public services' own unless a proxy stands between. */
export const OUTLET_FIELDS: Readonly<Record<OutletKind, readonly OutletField[]>> = {
  push: [
    { name: 'contact', kind: 'mail', example: 'admin@example.cn' },
    { name: 'services', kind: 'hosts', initial: PUSH_SERVICES },
    text('publicKey', { isMade: true }),
    secret('privateKey', { isMade: true }),
  ],
  mail: [
    { name: 'host', kind: 'host', example: 'smtp.example.cn' },
    { name: 'port', kind: 'port', initial: '465' },
    { name: 'security', kind: 'choice', options: ['tls', 'starttls', 'none'], initial: 'tls' },
    text('user', { isOptional: true }),
    secret('password', { isOptional: true }),
    { name: 'from', kind: 'mail', example: 'party@example.cn' },
    text('fromName', { isOptional: true }),
  ],
  sms_aliyun: [
    text('accessKeyId'),
    secret('accessKeySecret'),
    text('signName'),
    text('template', { example: 'SMS_123456789' }),
    text('codeTemplate', { example: 'SMS_123456790' }),
    address('https://dysmsapi.aliyuncs.com'),
  ],
  sms_tencent: [
    text('secretId'),
    secret('secretKey'),
    text('sdkAppId', { example: '1400006666' }),
    text('signName'),
    text('template', { example: '1234567' }),
    text('codeTemplate', { example: '1234568' }),
    text('region', { initial: 'ap-guangzhou' }),
    address('https://sms.tencentcloudapi.com'),
  ],
  wechat: [
    text('appId', { example: 'wx5823bf96d3bd56c7' }),
    secret('appSecret'),
    secret('token'),
    secret('aesKey', { kind: 'aesKey' }),
    text('template'),
    text('titleField', { initial: 'thing1' }),
    text('menuName', { initial: '党建平台' }),
    address('https://api.weixin.qq.com'),
  ],
  wecom: [secret('key'), address('https://qyapi.weixin.qq.com')],
  dingtalk: [secret('accessToken'), secret('signSecret'), address('https://oapi.dingtalk.com')],
  weibo: [secret('accessToken'), address('https://api.weibo.com')],
  webhook: [
    { name: 'address', kind: 'url', example: 'https://hook.example.cn/notices' },
    secret('secret', { kind: 'webhookSecret' }),
  ],
}

/** Why a message did not go, where we know it; everything else is the code that the other side gave. */
export const SEND_ERRORS = [
  'address_wrong',
  'not_allowed',
  'not_secure',
  'address_closed',
  'unresolved',
  'unreachable',
  'timed_out',
  'too_large',
  'redirected',
  'sign_in',
  'secret_unreadable',
  'outlet_off',
  'address_gone',
  'switched_off',
  'answer_unreadable',
] as const
