import { createHmac } from 'node:crypto'
import { type Adapter, byStatus, gone, outcomeOf } from './adapter.ts'

/** The signature of Standard Webhooks (standardwebhooks.com): `v1,` and HMAC-SHA-256 over id, time and body. */
export const webhookSignature = (secret: string, id: string, seconds: number, body: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${seconds}.${body}`)
    .digest('base64')}`

/** A program of somebody else. The id stays the same over all tries: what came twice is known by it. */
export const webhook: Adapter = {
  async send(way, config, message) {
    const url = config.address ?? ''
    const seconds = Math.floor(way.now.getTime() / 1000)
    const { id, title, text, level } = message
    const body = JSON.stringify({ type: 'announcement', data: { id, title, text, url: message.url, level } })
    try {
      const { status } = await way.outgoing.send({
        url,
        allowed: [new URL(url).host],
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(seconds),
          'webhook-signature': webhookSignature(config.secret ?? '', id, seconds, body),
        },
        body,
      })
      return status === 410 ? gone('http_410') : byStatus(status)
    } catch (error) {
      return outcomeOf(error)
    }
  },
}
