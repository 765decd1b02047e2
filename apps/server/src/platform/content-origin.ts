import { requestRefusals } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { sendRefusal } from './problem.ts'

/** Where uploaded documents are, on the origin for content. */
export const CONTENT_PATH = '/api/v1/files/content/'
/** The paths that answer on the origin for content, and nowhere else: `/<module>/content/`. */
const CONTENT_PATHS = /^\/api\/v1\/[a-z]+\/content\//
/** Pictures and sound, which only a player reads: without an origin for content they come from the application's own. */
const PLAYED_PATH = '/api/v1/media/content/'

/**
 * Uploaded documents come from an origin of their own, so that one which a browser should ever run finds no cookie
 * and no application there. Everything else is refused on that origin, and these paths are refused on all others.
 */
export function keepContentApart(app: FastifyInstance, contentOrigin: string | null): void {
  const host = contentOrigin === null ? null : new URL(contentOrigin).host
  app.addHook('onRequest', (request, reply, done) => {
    if (host === null && request.url.startsWith(PLAYED_PATH)) return done()
    const isContentHost = host !== null && request.host === host
    const isContentPath = CONTENT_PATHS.test(request.url)
    if (isContentHost !== isContentPath) return void sendRefusal(requestRefusals.not_found(), request, reply)
    done()
  })
}
