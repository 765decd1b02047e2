import { requestRefusals } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { sendRefusal } from './problem.ts'

/** The only path that answers on the origin for uploaded files, and nowhere else. */
export const CONTENT_PATH = '/api/v1/files/content/'

/**
 * Uploaded documents come from an origin of their own, so that one which a browser should ever run finds no cookie
 * and no application there. Everything else is refused on that origin, and the path is refused on all others.
 */
export function keepContentApart(app: FastifyInstance, contentOrigin: string | null): void {
  const host = contentOrigin === null ? null : new URL(contentOrigin).host
  app.addHook('onRequest', (request, reply, done) => {
    const isContentHost = host !== null && request.host === host
    const isContentPath = request.url.startsWith(CONTENT_PATH)
    if (isContentHost !== isContentPath) return void sendRefusal(requestRefusals.not_found(), request, reply)
    done()
  })
}
