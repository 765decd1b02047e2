import { createHmac } from 'node:crypto'
import { type Adapter, ask, at, later, linesOf, never, type Outcome, SENT } from './adapter.ts'

/** WeCom's group robot: the key in the address is its whole secret. */
export const wecom: Adapter = {
  async send(way, config, message) {
    const url = at(config.address ?? '', '/cgi-bin/webhook/send', { key: config.key ?? '' })
    const asked = await ask(way, {
      url,
      body: JSON.stringify({ msgtype: 'text', text: { content: linesOf(message) } }),
    })
    return 'outcome' in asked ? asked.outcome : byCode(asked.answer, 'wecom', [-1, 45009, 45033])
  },
}

/** The signature of DingTalk's robots over the time in milliseconds. */
export const dingtalkSignature = (secret: string, milliseconds: number): string =>
  createHmac('sha256', secret).update(`${milliseconds}\n${secret}`).digest('base64')

/** DingTalk's group robot, with its signature. */
export const dingtalk: Adapter = {
  async send(way, config, message) {
    const timestamp = way.now.getTime()
    const url = at(config.address ?? '', '/robot/send', {
      access_token: config.accessToken ?? '',
      timestamp: String(timestamp),
      sign: dingtalkSignature(config.signSecret ?? '', timestamp),
    })
    const asked = await ask(way, {
      url,
      body: JSON.stringify({ msgtype: 'text', text: { content: linesOf(message) } }),
    })
    return 'outcome' in asked ? asked.outcome : byCode(asked.answer, 'dingtalk', [-1, 130101, 410100])
  },
}

function byCode(answer: Record<string, unknown>, name: string, passing: readonly number[]): Outcome {
  const code = Number(answer.errcode ?? Number.NaN)
  if (code === 0) return SENT
  if (Number.isNaN(code)) return later('answer_unreadable')
  return passing.includes(code) ? later(`${name}_${code}`) : never(`${name}_${code}`)
}

/** Weibo (statuses/share): the post holds a link of the domain that the application named as its own. */
export const weibo: Adapter = {
  async send(way, config, message) {
    const body = new URLSearchParams({
      access_token: config.accessToken ?? '',
      status: [message.title, message.text, message.url].filter((part) => part).join(' '),
    }).toString()
    const url = at(config.address ?? '', '/2/statuses/share.json')
    const asked = await ask(way, { url, body, type: 'application/x-www-form-urlencoded' })
    if ('outcome' in asked) return asked.outcome
    const code = asked.answer.error_code
    if (code === undefined) return asked.answer.id === undefined ? later('answer_unreadable') : SENT
    if (code === 21327 || code === 21332) return never('sign_in')
    return [10009, 10011, 10023, 10024].includes(Number(code)) ? later(`weibo_${code}`) : never(`weibo_${code}`)
  },
}
