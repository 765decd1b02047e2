import { requestRefusals } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { isCasting } from './cast-origin.ts'
import { sendRefusal } from './problem.ts'

const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** In-flight requests beyond which new ones are turned away at once; measured so that the accepted stay quick. */
const MOST_IN_FLIGHT = 400

/**
 * Where programs speak that carry a key with every request: no cookie is read there, so another site's page has no
 * rights of a user to abuse.
 */
const PROGRAM_PATH = '/xapi/'

/**
 * Before anything else: sheds load (503 with Retry-After in well under 50 ms), refuses cross-site writes, and sets
 * the security headers. Probes are never shed.
 */
export function guard(
  app: FastifyInstance,
  options: { publicOrigin: string; castOrigin?: string | null; secure: boolean },
): void {
  // A form of another site can send plain text without asking first; nothing of ours is written that way.
  app.removeContentTypeParser('text/plain')
  let inFlight = 0
  app.addHook('onRequest', (request, reply, done) => {
    headers(reply, options.secure)
    const isProgram = request.url.startsWith(PROGRAM_PATH)
    if (isProgram || request.url.startsWith('/api/')) reply.header('content-security-policy', CSP_NOTHING)
    const probe = request.url === '/healthz' || request.url === '/readyz'
    if (!probe && inFlight >= MOST_IN_FLIGHT)
      return void sendRefusal(requestRefusals.overloaded({ retryAfter: 1 }), request, reply)
    inFlight += 1
    // Counted down when the socket is done with it, also when the client went away.
    reply.raw.once('close', () => {
      inFlight -= 1
    })
    if (UNSAFE.has(request.method) && !isProgram) {
      // Casting is another origin by design: there the page's own origin is what counts, not whether it is the same.
      const casts = isCasting(options.castOrigin ?? null, request)
      const asked = casts ? { origin: request.headers.origin } : request.headers
      if (isCrossSite(asked, options.publicOrigin))
        return void sendRefusal(requestRefusals.cross_site(), request, reply)
    }
    done()
  })
}

/** Browsers send `Origin` and `Sec-Fetch-Site` with unsafe requests; a program that sends neither carries no ambient cookie jar of a user. */
function isCrossSite(headers: Record<string, string | string[] | undefined>, publicOrigin: string): boolean {
  const { origin } = headers
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  return origin !== undefined && origin !== publicOrigin
}

type Reply = { header(name: string, value: string): unknown }

function headers(reply: Reply, secure: boolean): void {
  reply.header('x-content-type-options', 'nosniff')
  reply.header('referrer-policy', 'no-referrer')
  reply.header('x-frame-options', 'DENY')
  reply.header('cross-origin-opener-policy', 'same-origin')
  reply.header('cross-origin-resource-policy', 'same-origin')
  reply.header('permissions-policy', 'camera=(self), microphone=(self), geolocation=(), interest-cohort=()')
  if (secure) reply.header('strict-transport-security', 'max-age=31536000')
}

/** CSP of answers that are not pages: nothing may load, run or frame. */
const CSP_NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** Origins beside the application's own that its pages may read from; null where there is none. */
export type PageOrigins = { readonly cast: string | null; readonly content: string | null }
const from = (...origins: (string | null)[]): string => ["'self'", ...origins.filter((one) => one !== null)].join(' ')

/** CSP of our own pages. Ant Design writes style elements, which carry the nonce; scripts are files of our own only. */
export function pageCsp(nonce: string, { cast, content }: PageOrigins): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // Component libraries position pop-ups by style attributes; these cannot run script or load anything.
    "style-src-attr 'unsafe-inline'",
    `img-src ${from(content)} data: blob:`,
    "font-src 'self'",
    `connect-src ${from(cast, content)}`,
    `media-src ${from(content)} blob:`,
    // Packages run in a frame on the origin for content.
    `frame-src ${content ?? "'none'"}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
