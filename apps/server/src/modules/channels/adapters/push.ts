import webPush from 'web-push'
import { type Adapter, byStatus, gone, never, outcomeOf } from './adapter.ts'

/** A subscription as the browser gave it (W3C Push API, PushSubscriptionJSON). */
export type Subscription = {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
}

const A_DAY_SECONDS = 86_400

/** Hosts of push services that may be called: the outlet's own list. */
export const servicesOf = (list: string): string[] => list.split(',').flatMap((host) => host.trim() || [])

/** Web Push: encrypted for the browser by RFC 8291, signed by RFC 8292; the push service cannot read it. */
export const push: Adapter = {
  async send(way, config, message, to) {
    const { endpoint, keys } = JSON.parse(to ?? '{}') as Subscription
    let details: ReturnType<typeof webPush.generateRequestDetails>
    try {
      const body = JSON.stringify({ id: message.id, title: message.title, url: message.url })
      details = webPush.generateRequestDetails({ endpoint, keys: { ...keys } }, body, {
        vapidDetails: {
          subject: `mailto:${config.contact ?? ''}`,
          publicKey: config.publicKey ?? '',
          privateKey: config.privateKey ?? '',
        },
        TTL: A_DAY_SECONDS,
        contentEncoding: 'aes128gcm',
        urgency: message.level === 'urgent' ? 'high' : 'normal',
      })
    } catch {
      // Keys that are no keys: a subscription that never worked.
      return gone('address_wrong')
    }
    try {
      const { status } = await way.outgoing.send({
        url: endpoint,
        allowed: servicesOf(config.services ?? ''),
        method: 'POST',
        headers: Object.fromEntries(Object.entries(details.headers).map(([name, value]) => [name, String(value)])),
        body: details.body as Buffer,
      })
      // RFC 8030, 7.3: the subscription is no more.
      if (status === 404 || status === 410) return gone(`http_${status}`)
      return status === 401 || status === 403 ? never('sign_in') : byStatus(status)
    } catch (error) {
      return outcomeOf(error)
    }
  },
}
