import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export type Seen = {
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
/** What a fake answers; undefined: 200 and an empty object. */
type Reply = { readonly status?: number; readonly body?: unknown } | undefined

type PushModel = {
  notifyUrl: string
  subscribe(options: object): Promise<{ endpoint: string; keys: { p256dh: string; auth: string }; clientHash: string }>
  handleNotification(hash: string, headers: object, body: Buffer): Promise<unknown>
  getNotifications(of: { clientHash: string }): { messages: string[] }
  expireSubscription(hash: string): void
}
const { PushApiModel } = createRequire(import.meta.url)('web-push-testing/src/PushApiModel.js') as {
  PushApiModel: new () => PushModel
}

/**
 * The other sides on loopback: a mail server, a push service that decrypts as a browser does, and one web server for all
 * the rest, whose `answer` is set by the test.
 */
export async function openOtherSides() {
  const letters: Email[] = []
  const seen: Seen[] = []
  const push = new PushApiModel()
  const asked = { answer: (_: Seen): Reply => undefined, rcpt: 0 }
  const web = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const url = new URL(request.url ?? '/', 'http://fake')
    const raw = Buffer.concat(parts)
    const hash = /^\/notify\/(\w+)$/.exec(url.pathname)?.[1]
    if (hash) {
      const { authorization, ttl, 'content-encoding': encoding } = request.headers
      const status = await push.handleNotification(hash, { authorization, ttl, encoding }, raw).then(
        () => 201,
        (error: Error) => (error.name === 'SubscriptionExpiredError' ? 410 : 400),
      )
      return response.writeHead(status).end()
    }
    const one = { path: url.pathname, query: url.searchParams, headers: request.headers, body: raw.toString() }
    seen.push(one)
    const reply = asked.answer(one)
    response.writeHead(reply?.status ?? 200, { 'content-type': 'application/json' })
    return response.end(JSON.stringify(reply?.body ?? {}))
  }).listen(0, '127.0.0.1')
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: (_address, _session, done) =>
      done(asked.rcpt ? Object.assign(new Error('not here'), { responseCode: asked.rcpt }) : undefined),
    onData: (stream, _session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', async () => {
        letters.push(await PostalMime.parse(Buffer.concat(parts)))
        done()
      })
    },
  })
  smtp.listen(0, '127.0.0.1')
  await Promise.all([once(web, 'listening'), once(smtp.server, 'listening')])
  const port = (web.address() as AddressInfo).port
  push.notifyUrl = `http://127.0.0.1:${port}/notify/`
  return {
    letters,
    seen,
    push,
    asked,
    webHost: `127.0.0.1:${port}`,
    address: `http://127.0.0.1:${port}`,
    smtpPort: (smtp.server.address() as AddressInfo).port,
    async close() {
      web.closeAllConnections()
      web.close()
      await new Promise<void>((done) => smtp.close(done))
    },
  }
}
