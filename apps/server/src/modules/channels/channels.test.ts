import type { Outlet, OutletKind, OutMessage, OwnReach } from '@tongxin/contract'
import { encrypt, getSignature } from '@wecom/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { openOtherSides, type Seen } from '../../test/out-fakes.ts'
import { dingtalkSignature } from './adapters/robots.ts'
import { signedForTencent } from './adapters/sms-tencent.ts'
import { webhookSignature } from './adapters/webhook.ts'
import { elementOf, isSignedBy, openCallback } from './adapters/wechat-crypto.ts'
import { type NoticeOut, sendOut } from './index.ts'
import { sendWaiting } from './service/sending.ts'

let f: Fixture
let admin: Client
let member: Client
let sides: Awaited<ReturnType<typeof openOtherSides>>
beforeAll(async () => {
  sides = await openOtherSides()
  f = await openFixture({ HOUSE_HOSTS: '127.0.0.1' })
  admin = await f.signIn('system_admin', 'committee')
  member = await f.signIn('member', 'teachers')
})
afterAll(() => sides.close())

const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'
const WEBHOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const SETTINGS = (): Record<OutletKind, Record<string, string>> => {
  const { address } = sides
  const sms = { signName: '江湾大学', template: 'T1', codeTemplate: 'T2', address }
  return {
    push: { contact: 'admin@example.cn', services: `${sides.webHost},updates.push.services.mozilla.com` },
    mail: {
      host: '127.0.0.1',
      port: String(sides.smtpPort),
      security: 'none',
      from: 'party@example.cn',
      fromName: '同心平台',
    },
    sms_aliyun: { accessKeyId: 'key', accessKeySecret: 'hidden-secret', ...sms },
    sms_tencent: { secretId: 'id', secretKey: 'hidden-secret', sdkAppId: '1400006666', ...sms },
    wechat: {
      appId: 'wx5823bf96d3bd56c7',
      appSecret: 'app-secret',
      token: 'QDG6eK',
      aesKey: AES_KEY,
      template: 'T3',
      address,
    },
    wecom: { key: 'wecom-key', address },
    dingtalk: { accessToken: 'ding-token', signSecret: 'ding-secret', address },
    weibo: { accessToken: 'weibo-token', address },
    webhook: { address: `${address}/hook`, secret: WEBHOOK_SECRET },
  }
}

const made = async (kind: OutletKind, more: object = {}, by = admin) =>
  by.send<Outlet>('POST', '/channels/outlets', {
    kind,
    name: `渠道 ${kind}`,
    leastLevel: 'normal',
    settings: SETTINGS()[kind],
    ...more,
  })
const switched = (id: string, state: string) => admin.send<Outlet>('POST', `/channels/outlets/${id}/switch`, { state })
async function open(kind: OutletKind, more: object = {}): Promise<Outlet> {
  const { status, body } = await made(kind, more)
  expect({ status, body }).toMatchObject({ status: 200 })
  return (await switched(body.id, 'on')).body
}
const turn = () => sendWaiting({ platform: f.platform, signal: new AbortController().signal })
const ask = (out: Partial<NoticeOut>) =>
  inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: f.orgs.teachers.path }, (tx) =>
    sendOut(
      tx,
      { now: f.platform.clock() },
      {
        key: 'notice/1',
        tenantId: f.tenantId,
        level: 'urgent',
        title: '关于召开支部党员大会的通知',
        text: '',
        path: '/messages',
        to: [member.personId],
        ...out,
      },
    ),
  )
const logOf = async (query = '') =>
  (await admin.send<{ rows: OutMessage[] }>('GET', `/channels/messages${query}`)).body.rows
const own = async () => (await member.send<{ rows: OwnReach[]; pushKey: string }>('GET', '/my/channels')).body
/** Later, with everybody still at work. */
async function after(minutes: number): Promise<void> {
  const now = new Date(f.platform.clock().getTime() + minutes * 60_000)
  f.setNow(now)
  const expires = new Date(now.getTime() + 3600_000)
  const session = { last_seen_at: now, second_factor_at: now, expires_at: expires }
  await f.admin.updateTable('access_session').set(session).execute()
}

describe('setting up a way out', () => {
  it('is refused without the right, and for persons anywhere but at the top', async () => {
    expect((await made('mail', {}, member)).status).toBe(403)
    const faculty = await f.signIn('committee_admin', 'faculty')
    expect(await made('mail', {}, faculty)).toMatchObject({ status: 403, body: { code: 'channels.only_at_top' } })
    expect((await made('wecom', { name: '学院机器人' }, faculty)).status).toBe(200)
  })

  it.each([
    [{ settings: { host: 'smtp.example.cn' } }, 'channels.setting_missing', '/body/settings/from'],
    [{ settings: { host: 'a b', from: 'a@example.cn' } }, 'channels.setting_wrong', '/body/settings/host'],
    [{ settings: { host: 'a.cn', from: 'a@b.cn', port: '0' } }, 'channels.setting_wrong', '/body/settings/port'],
    [{ settings: { host: 'a.cn', from: 'a@b.cn', proxy: 'x' } }, 'channels.setting_unknown', '/body/settings/proxy'],
  ])('names the wrong setting: %j', async (more, code, field) => {
    expect(await made('mail', more)).toMatchObject({ status: 422, body: { code, fields: [{ field }] } })
  })

  it('never tells a secret, keeps one that is not given, and takes one way of a kind at a time', async () => {
    const { body: first } = await made('sms_aliyun')
    expect(first).toMatchObject({ state: 'off', secrets: { accessKeySecret: NOW.toISOString() } })
    expect(JSON.stringify(first)).not.toContain('hidden-secret')
    const { accessKeySecret: _, ...rest } = SETTINGS().sms_aliyun
    const body = { name: first.name, leastLevel: 'urgent', settings: { ...rest, accessKeyId: 'key2' } }
    const changed = await admin.send<Outlet>('PUT', `/channels/outlets/${first.id}`, body, { 'if-match': '"1"' })
    expect(changed).toMatchObject({ status: 200, body: { leastLevel: 'urgent', settings: { accessKeyId: 'key2' } } })
    expect(await made('sms_aliyun')).toMatchObject({ status: 409, body: { code: 'channels.name_taken' } })
    await switched(first.id, 'on')
    const { body: second } = await made('sms_tencent')
    expect(await switched(second.id, 'on')).toMatchObject({ status: 409, body: { code: 'channels.reach_taken' } })
    const everything = JSON.stringify(await f.admin.selectFrom('platform_event').selectAll().execute())
    expect(everything).not.toContain('hidden-secret')
    const missing = await admin.send('POST', `/channels/outlets/${f.tenantId}/test`, {})
    expect(missing).toMatchObject({ status: 404, body: { code: 'channels.no_such_outlet' } })
    for (const { id } of [first, second]) expect((await switched(id, 'removed')).status).toBe(200)
    expect((await switched(first.id, 'on')).body).toMatchObject({ code: 'channels.no_such_outlet' })
  })
})

describe('mail', () => {
  const codeFor = (address: string) =>
    member.send<{ id: string; masked: string }>('POST', '/my/channels/codes', { reach: 'mail', address })

  it('is used only after its owner has given the code', async () => {
    expect((await codeFor('wang@example.cn')).body).toMatchObject({ code: 'channels.reach_off' })
    const outlet = await open('mail')
    expect((await codeFor('wang@')).body).toMatchObject({ code: 'channels.address_wrong' })
    sides.asked.rcpt = 550
    expect(await codeFor('gone@example.cn')).toMatchObject({ status: 503, body: { code: 'channels.code_not_sent' } })
    sides.asked.rcpt = 0
    const { body: sent } = await codeFor('wang@Example.CN')
    expect(sent.masked).toBe('w***@example.cn')
    expect((await codeFor('wang@example.cn')).body).toMatchObject({ code: 'channels.code_just_sent' })
    await ask({ key: 'too-early' })
    await turn()
    expect(sides.letters).toHaveLength(1)
    const code = /\d{6}/.exec(sides.letters[0]?.text ?? '')?.[0] ?? ''
    const confirm = (given: string, by = member) =>
      by.send('POST', `/my/channels/addresses/${sent.id}/confirm`, { code: given })
    const wrong = code === '000000' ? '000001' : '000000'
    expect(await confirm(wrong)).toMatchObject({ status: 422, body: { code: 'channels.code_wrong' } })
    expect((await confirm(code, await f.signIn('member', 'teachers'))).body).toMatchObject({
      code: 'channels.no_such_address',
    })
    expect((await confirm(code)).status).toBe(200)
    expect((await confirm(code)).body).toMatchObject({ code: 'channels.code_over' })
    expect((await own()).rows).toContainEqual(
      expect.objectContaining({
        reach: 'mail',
        isOffered: true,
        isOn: true,
        addresses: [expect.objectContaining({ masked: 'w***@example.cn' })],
      }),
    )
    const stored = JSON.stringify(await f.admin.selectFrom('channels_address').selectAll().execute())
    expect(stored).not.toContain('wang@')
    expect(outlet.callback).toBeNull()
  })

  it('says title and way in once, in Chinese that a parser reads, and is forgotten when it has gone', async () => {
    await ask({})
    await ask({})
    await turn()
    await ask({})
    await turn()
    const [, letter, ...more] = sides.letters
    expect(more).toEqual([])
    expect(letter).toMatchObject({
      subject: '关于召开支部党员大会的通知',
      from: { name: '同心平台', address: 'party@example.cn' },
      to: [{ address: 'wang@example.cn' }],
    })
    expect(letter?.text).toContain(`${f.platform.publicOrigin}/messages`)
    expect(letter?.html).toBeUndefined()
    const rows = await f.admin.selectFrom('channels_message').select(['title', 'state', 'target']).execute()
    expect(rows).toEqual([{ title: null, state: 'sent', target: 'w***@example.cn' }])
  })

  it('waits longer after each failure that passes, then is parked, told, and sent again from the desk', async () => {
    sides.asked.rcpt = 451
    await ask({ key: 'notice/2' })
    await turn()
    expect((await logOf('?state=waiting'))[0]).toMatchObject({ tries: 1, error: 'smtp_451' })
    await turn()
    for (const minutes of [1, 5, 15, 60, 240]) {
      await after(minutes)
      await turn()
    }
    const [row] = await logOf('?state=failed')
    expect(row).toMatchObject({ tries: 6, error: 'smtp_451', target: 'w***@example.cn' })
    expect(
      await f.admin.selectFrom('platform_event').select('payload').where('type', '=', 'channels.parked').execute(),
    ).toEqual([{ payload: { kind: 'mail', messages: 1 } }])
    sides.asked.rcpt = 0
    expect((await admin.send('POST', '/channels/messages/resend', { ids: [row?.id] })).body).toEqual({ messages: 1 })
    await turn()
    expect(sides.letters).toHaveLength(3)
    expect((await admin.send('POST', '/channels/messages/resend', {})).body).toMatchObject({
      code: 'channels.nothing_to_resend',
    })
  })

  it('is parked at once when the other side refuses for good, and not sent to who does not want it', async () => {
    sides.asked.rcpt = 550
    await ask({ key: 'notice/3' })
    await turn()
    expect((await logOf('?state=failed'))[0]).toMatchObject({ tries: 1, error: 'smtp_550' })
    sides.asked.rcpt = 0
    expect((await member.send('PUT', '/my/channels/mail', { isOn: false })).status).toBe(200)
    await ask({ key: 'notice/4', level: 'important' })
    await turn()
    expect(sides.letters).toHaveLength(3)
    await ask({ key: 'notice/5', level: 'urgent' })
    await turn()
    expect(sides.letters).toHaveLength(4)
  })
})

describe('Web Push', () => {
  it('reaches the browser that subscribed, readable by it alone, and ends with the subscription', async () => {
    await open('push')
    const { pushKey } = await own()
    const { endpoint, keys, clientHash } = await sides.push.subscribe({
      userVisibleOnly: 'true',
      applicationServerKey: pushKey,
    })
    const add = (at: string) =>
      member.send('POST', '/my/channels/push', { endpoint: at, keys, device: 'Chrome · Android' })
    expect((await add('https://evil.example/notify/1')).body).toMatchObject({ code: 'channels.address_wrong' })
    expect((await add(endpoint)).status).toBe(200)
    for (let device = 1; device < 10; device += 1)
      await add(`https://updates.push.services.mozilla.com/wpush/${device}`)
    expect((await add('https://updates.push.services.mozilla.com/wpush/x')).body).toMatchObject({
      code: 'channels.too_many_addresses',
    })
    const push = (await own()).rows.find(({ reach }) => reach === 'push')
    for (const { id, masked } of push?.addresses ?? [])
      if (masked.startsWith('updates')) await member.send('POST', `/my/channels/addresses/${id}/remove`, {})
    await ask({ key: 'push/1' })
    await turn()
    const [message] = sides.push.getNotifications({ clientHash }).messages
    expect(JSON.parse(message ?? '')).toMatchObject({
      title: '关于召开支部党员大会的通知',
      url: `${f.platform.publicOrigin}/messages`,
    })
    sides.push.expireSubscription(clientHash)
    await ask({ key: 'push/2' })
    await turn()
    expect((await own()).rows.find(({ reach }) => reach === 'push')?.addresses).toEqual([])
    expect((await logOf()).find(({ kind, state }) => kind === 'push' && state === 'given_up')).toMatchObject({
      error: 'http_410',
    })
  })
})

describe('text messages', () => {
  const test = (id: string, to: string) => admin.send('POST', `/channels/outlets/${id}/test`, { to })

  it('Alibaba Cloud: the words of the template, a signature for this call', async () => {
    const outlet = await open('sms_aliyun')
    expect((await test(outlet.id, '123')).body).toMatchObject({ code: 'channels.address_wrong' })
    expect((await admin.send('POST', `/channels/outlets/${outlet.id}/test`, {})).body).toMatchObject({
      code: 'channels.address_needed',
    })
    sides.asked.answer = () => ({ body: { Code: 'OK' } })
    expect((await test(outlet.id, '13800138000')).body).toEqual({ state: 'sent', error: null })
    const { query, headers } = sides.seen.at(-1) as Seen
    expect(Object.fromEntries(query)).toMatchObject({
      PhoneNumbers: '13800138000',
      SignName: '江湾大学',
      TemplateCode: 'T1',
    })
    expect(headers.authorization).toMatch(
      /^ACS3-HMAC-SHA256 Credential=key,SignedHeaders=host;x-acs-action;.*Signature=[0-9a-f]{64}$/,
    )
    sides.asked.answer = () => ({ status: 400, body: { Code: 'SignatureDoesNotMatch' } })
    expect((await test(outlet.id, '13800138000')).body).toEqual({ state: 'failed', error: 'SignatureDoesNotMatch' })
    expect((await logOf(`?outletId=${outlet.id}`)).map(({ target }) => target)).toEqual(['138****8000', '138****8000'])
    await switched(outlet.id, 'off')
  })

  it('Tencent Cloud: the same by its own signature', async () => {
    const outlet = await open('sms_tencent')
    sides.asked.answer = ({ headers, body }) => {
      const call = {
        host: headers.host ?? '',
        service: 'sms',
        action: 'SendSms',
        secretId: 'id',
        secretKey: 'hidden-secret',
        body,
      }
      const right = signedForTencent({ ...call, at: new Date(Number(headers['x-tc-timestamp']) * 1000) })
      const Code = headers.authorization === right ? 'Ok' : 'AuthFailure.SignatureFailure'
      return { body: { Response: { SendStatusSet: [{ Code }] } } }
    }
    expect((await test(outlet.id, '13800138000')).body).toEqual({ state: 'sent', error: null })
    expect(JSON.parse(sides.seen.at(-1)?.body ?? '')).toMatchObject({
      PhoneNumberSet: ['+8613800138000'],
      SmsSdkAppId: '1400006666',
    })
    await switched(outlet.id, 'off')
  })
})

describe('groups and programs', () => {
  it('hear what a person announces, once, each with its signature', async () => {
    const outlets = await Promise.all((['wecom', 'dingtalk', 'weibo', 'webhook'] as const).map((kind) => open(kind)))
    const mail = (await admin.send<{ rows: Outlet[] }>('GET', '/channels/outlets')).body.rows.find(
      ({ kind }) => kind === 'mail',
    )
    const announce = (outletIds: (string | undefined)[]) =>
      admin.send('POST', '/channels/announcements', { title: '党务公开', text: '本月收支已公示', outletIds })
    expect((await announce([mail?.id])).body).toMatchObject({ code: 'channels.not_a_group' })
    await switched(outlets[0]?.id ?? '', 'off')
    expect((await announce([outlets[0]?.id])).body).toMatchObject({ code: 'channels.off' })
    await switched(outlets[0]?.id ?? '', 'on')
    const before = sides.seen.length
    let isDown = true
    sides.asked.answer = ({ path }) => {
      if (path === '/hook' && isDown) return { status: 503 }
      return { body: path.endsWith('share.json') ? { id: 1 } : { errcode: 0 } }
    }
    expect((await announce(outlets.map(({ id }) => id))).body).toEqual({ messages: 4 })
    await turn()
    isDown = false
    await after(1)
    await turn()
    const seen = sides.seen.slice(before)
    const at = (path: string) => seen.filter((one) => one.path === path)
    expect(at('/cgi-bin/webhook/send').map(({ query }) => query.get('key'))).toEqual(['wecom-key'])
    const [ding] = at('/robot/send')
    expect(ding?.query.get('sign')).toBe(dingtalkSignature('ding-secret', Number(ding?.query.get('timestamp'))))
    expect(new URLSearchParams(at('/2/statuses/share.json')[0]?.body).get('status')).toContain('党务公开')
    const hooks = at('/hook')
    expect(hooks).toHaveLength(2)
    expect(new Set(hooks.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    for (const { headers, body } of hooks)
      expect(headers['webhook-signature']).toBe(
        webhookSignature(WEBHOOK_SECRET, String(headers['webhook-id']), Number(headers['webhook-timestamp']), body),
      )
  })
})

describe('WeChat', () => {
  let outlet: Outlet
  const call = (message: string, more: { at?: Date; token?: string; id?: string } = {}) => {
    const timestamp = Math.floor((more.at ?? f.platform.clock()).getTime() / 1000)
    const encrypted = encrypt(AES_KEY, message, more.id ?? 'wx5823bf96d3bd56c7')
    const signature = getSignature(more.token ?? 'QDG6eK', timestamp, 1372623149, encrypted)
    return {
      url: `${outlet.callback}?msg_signature=${signature}&timestamp=${timestamp}&nonce=1372623149&encrypt_type=aes`,
      payload: `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
    }
  }
  const post = (given: { url: string; payload: string }) =>
    f.app.http.inject({ method: 'POST', ...given, headers: { 'content-type': 'text/xml' } })
  const text = (content: string) =>
    `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[openid-of-wang]]></FromUserName><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content></xml>`

  it('refuses calls of anybody else: wrong token, account or time, plain text, no such account', async () => {
    outlet = await open('wechat')
    expect((await post(call(text('1'), { token: 'other' }))).statusCode).toBe(403)
    expect((await post(call(text('1'), { id: 'wx0' }))).statusCode).toBe(403)
    expect((await post(call(text('1'), { at: new Date(f.platform.clock().getTime() - 301_000) }))).statusCode).toBe(403)
    expect((await post({ ...call(text('1')), payload: text('1') })).statusCode).toBe(403)
    const elsewhere = call(text('1'))
    expect((await post({ ...elsewhere, url: elsewhere.url.replace(outlet.id, f.tenantId) })).statusCode).toBe(403)
    expect((await post({ ...elsewhere, url: elsewhere.url.replace(outlet.id, 'x') })).statusCode).toBe(403)
  })

  it('shows that the address is ours, and binds who sends the code, once', async () => {
    const timestamp = Math.floor(f.platform.clock().getTime() / 1000)
    const query = `timestamp=${timestamp}&nonce=n&echostr=hello`
    const get = (signature: string) =>
      f.app.http.inject({ method: 'GET', url: `${outlet.callback}?signature=${signature}&${query}` })
    expect((await get('0'.repeat(40))).statusCode).toBe(403)
    expect((await get(getSignature('QDG6eK', timestamp, 'n' as never, ''))).body).toBe('hello')
    const { body } = await member.send<{ code: string }>('POST', '/my/channels/wechat', {})
    const bound = call(text(`绑定 ${body.code}`))
    const answer = (await post(bound)).body
    const parts = ['TimeStamp', 'Nonce', 'Encrypt'].map((name) => elementOf(answer, name) ?? '')
    expect(isSignedBy(elementOf(answer, 'MsgSignature') ?? '', 'QDG6eK', ...parts)).toBe(true)
    expect(openCallback(AES_KEY, 'wx5823bf96d3bd56c7', parts[2] ?? '')).toContain('绑定成功')
    expect((await post(bound)).body).toBe('success')
    expect((await own()).rows.find(({ reach }) => reach === 'wechat')?.addresses).toMatchObject([{ masked: '…wang' }])
  })

  it('sends the template message, with a new token where the old one has ended, and sets the menu', async () => {
    const tokens: string[] = []
    sides.asked.answer = ({ path, query }) => {
      if (path === '/cgi-bin/stable_token') {
        tokens.push(`token${tokens.length}`)
        return { body: { access_token: tokens.at(-1), expires_in: 7200 } }
      }
      return { body: { errcode: query.get('access_token') === 'token0' ? 42001 : 0 } }
    }
    await ask({ key: 'wechat/1' })
    await turn()
    expect(tokens).toHaveLength(2)
    expect(JSON.parse(sides.seen.at(-1)?.body ?? '')).toMatchObject({
      touser: 'openid-of-wang',
      template_id: 'T3',
      data: { thing1: { value: '关于召开支部党员大会的通知' } },
    })
    const menu = (id: string) => admin.send('POST', `/channels/outlets/${id}/menu`, {})
    expect((await menu(outlet.id)).body).toEqual({ state: 'sent', error: null })
    const [first] = (await admin.send<{ rows: Outlet[] }>('GET', '/channels/outlets')).body.rows
    expect((await menu(first?.id ?? '')).body).toMatchObject({ code: 'channels.no_menu' })
    await post(call(text('').replace('</xml>', '<Event><![CDATA[unsubscribe]]></Event></xml>')))
    expect((await own()).rows.find(({ reach }) => reach === 'wechat')?.addresses).toEqual([])
  })
})
