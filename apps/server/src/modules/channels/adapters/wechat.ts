import {
  type Adapter,
  ask,
  at,
  type Config,
  gone,
  later,
  never,
  type Outcome,
  SENT,
  shortened,
  type Way,
} from './adapter.ts'

/** Tokens live two hours; each account has one, which all processes are given alike (stable_token). */
const tokens = new Map<string, { readonly token: string; readonly until: number }>()
const SPARE_MS = 300_000
const MOST_SIGNS = 20

// https://developers.weixin.qq.com/doc: what passes, what ends a binding, what says that the token is old.
const PASSING = new Set([-1, 45009, 45011])
const UNBOUND = new Set([40003, 43004, 43101])
const OLD_TOKEN = new Set([40001, 40014, 42001])

/** WeChat official account: a template message whose only words are the title, with the way into the platform. */
export const wechat: Adapter = {
  send: (way, config, message, to) =>
    withToken(way, config, (token) =>
      ask(way, {
        url: at(config.address ?? '', '/cgi-bin/message/template/send', { access_token: token }),
        body: JSON.stringify({
          touser: to,
          template_id: config.template,
          url: message.url,
          client_msg_id: message.id,
          data: { [config.titleField ?? '']: { value: shortened(message.title, MOST_SIGNS) } },
        }),
      }),
    ),
}

/** Puts the entry to the platform into the account's menu. */
export function setWechatMenu(way: Way, config: Config, url: string): Promise<Outcome> {
  const body = JSON.stringify({ button: [{ type: 'view', name: config.menuName, url }] })
  return withToken(way, config, (token) =>
    ask(way, { url: at(config.address ?? '', '/cgi-bin/menu/create', { access_token: token }), body }),
  )
}

async function withToken(way: Way, config: Config, call: (token: string) => ReturnType<typeof ask>): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    const token = await tokenOf(way, config, attempt > 1)
    if (typeof token !== 'string') return token
    const asked = await call(token)
    if ('outcome' in asked) return asked.outcome
    const code = Number(asked.answer.errcode ?? 0)
    if (code === 0) return SENT
    if (OLD_TOKEN.has(code) && attempt === 1) continue
    if (UNBOUND.has(code)) return gone(`wechat_${code}`)
    return PASSING.has(code) ? later(`wechat_${code}`) : never(OLD_TOKEN.has(code) ? 'sign_in' : `wechat_${code}`)
  }
}

async function tokenOf(
  way: Way,
  { appId = '', appSecret = '', address = '' }: Config,
  isAnew: boolean,
): Promise<string | Outcome> {
  const key = `${address} ${appId}`
  const known = tokens.get(key)
  if (!isAnew && known && known.until > way.now.getTime()) return known.token
  const body = { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: isAnew }
  const asked = await ask(way, { url: at(address, '/cgi-bin/stable_token'), body: JSON.stringify(body) })
  if ('outcome' in asked) return asked.outcome
  const { access_token: token, expires_in: seconds, errcode } = asked.answer
  if (typeof token !== 'string') return PASSING.has(Number(errcode)) ? later(`wechat_${errcode}`) : never('sign_in')
  tokens.set(key, { token, until: way.now.getTime() + Number(seconds ?? 0) * 1000 - SPARE_MS })
  return token
}
