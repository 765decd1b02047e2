import { requestRefusals } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { sendRefusal } from './problem.ts'

/** The only paths that answer on the origin for casting ballots, and nowhere else. */
export const CAST_PATH = '/api/v1/cast/'

/** Whether a request came to the origin for casting. */
export const isCasting = (castOrigin: string | null, request: { readonly host: string; readonly url: string }) =>
  castOrigin !== null && request.url.startsWith(CAST_PATH) && request.host === new URL(castOrigin).host

/**
 * Ballots are cast on an origin of their own, to which no browser sends a cookie of the application. Pages of the
 * application may call it without credentials (Fetch, 3.2.5: never `allow-credentials`), others may not; a cookie that
 * comes all the same is dropped before anything could read it.
 */
export function keepCastingApart(app: FastifyInstance, castOrigin: string | null, publicOrigin: string): void {
  const host = castOrigin === null ? null : new URL(castOrigin).host
  app.addHook('onRequest', (request, reply, done) => {
    const isCastHost = host !== null && request.host === host
    if (isCastHost !== request.url.startsWith(CAST_PATH))
      return void sendRefusal(requestRefusals.not_found(), request, reply)
    if (!isCastHost) return done()
    delete request.raw.headers.cookie
    delete request.raw.headers.authorization
    reply.header('access-control-allow-origin', publicOrigin)
    reply.header('vary', 'origin')
    reply.header('cross-origin-resource-policy', 'cross-origin')
    if (request.method !== 'OPTIONS') return done()
    reply.header('access-control-allow-methods', 'GET, POST')
    reply.header('access-control-allow-headers', 'content-type')
    reply.header('access-control-max-age', '600')
    void reply.code(204).send()
  })
}
