import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { CAST_PATH } from './cast-origin.ts'
import type { Platform } from './platform.ts'

/** `/healthz` (the process lives), `/readyz` (it may be sent traffic), `/metrics` (loopback or token only). */
export function mountProbes(
  app: FastifyInstance,
  platform: Platform,
  options: { metricsToken: string | null; isClosing: () => boolean },
): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'tongxin_request_seconds',
    help: 'time to answer, by route and status class',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  app.addHook('onResponse', (request, reply, done) => {
    // Counted ones would tell how many have cast, and when: of casting nothing is kept.
    if (request.url.startsWith(CAST_PATH)) return done()
    durations.observe(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: `${Math.floor(reply.statusCode / 100)}xx`,
      },
      reply.elapsedTime / 1000,
    )
    done()
  })
  app.get('/healthz', { schema: { hide: true } as object }, async () => ({ status: 'alive' }))
  app.get('/readyz', { schema: { hide: true } as object }, async (_, reply) => {
    if (options.isClosing()) return reply.code(503).header('retry-after', '5').send({ status: 'closing' })
    try {
      await platform.pool.query('select 1')
      return { status: 'ready' }
    } catch {
      return reply.code(503).header('retry-after', '1').send({ status: 'database away' })
    }
  })
  app.get('/metrics', { schema: { hide: true } as object }, async (request, reply) => {
    if (!maySee(request.socket.remoteAddress ?? '', request.headers, options.metricsToken)) return reply.callNotFound()
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

/** The socket's own address, not the forwarded one; behind a proxy on this machine only the token counts. */
function maySee(
  address: string,
  headers: Record<string, string | string[] | undefined>,
  token: string | null,
): boolean {
  const given = /^Bearer (.+)$/.exec(String(headers.authorization ?? ''))?.[1]
  if (token && given) return given.length === token.length && timingSafeEqual(Buffer.from(given), Buffer.from(token))
  const loopback = address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1'
  return loopback && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined
}
