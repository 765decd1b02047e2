import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { type PageOrigins, pageCsp } from './guard.ts'

/** A built web application: `dist` folder and the path prefix it lives under (`/` or `/admin/`). */
export type WebApp = { readonly dist: string; readonly prefix: string }

/**
 * Serves the built applications: hashed names for ever, precompressed where there is a `.br` or `.gz` beside the
 * file; every path that is not a file gets the application's page with a fresh nonce.
 */
export async function serveWebApps(
  app: FastifyInstance,
  apps: readonly WebApp[],
  origins: PageOrigins = { cast: null, content: null },
): Promise<void> {
  for (const [index, { dist, prefix }] of apps.entries()) {
    if (!existsSync(join(dist, 'index.html'))) continue
    const page = readFileSync(join(dist, 'index.html'), 'utf8')
    await app.register(fastifyStatic, {
      root: dist,
      prefix,
      index: false,
      wildcard: false,
      // Source maps are for us, next to the code, not for everybody.
      globIgnore: ['**/*.map'],
      preCompressed: true,
      decorateReply: index === 0,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header(
          'cache-control',
          /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
      },
    })
    const send = (reply: FastifyReply) => sendPage(reply, page, origins)
    app.get(prefix, (_, reply) => send(reply))
    // As people type it: without the slash it would be a page of the application at the root.
    if (prefix !== '/') app.get(prefix.slice(0, -1), (_, reply) => reply.redirect(prefix))
    app.get(`${prefix}*`, (request, reply) => {
      const rest = request.url.slice(prefix.length).split('?')[0] ?? ''
      // A missing file must not become a page: old tabs would load HTML as script.
      if (rest.startsWith('assets/') || rest.startsWith('api/') || /\.[a-z0-9]{2,5}$|(^|\/)\./i.test(rest))
        return reply.callNotFound()
      return send(reply)
    })
  }
}

function sendPage(reply: FastifyReply, page: string, origins: PageOrigins): FastifyReply {
  const nonce = randomBytes(16).toString('base64')
  return reply
    .header('content-security-policy', pageCsp(nonce, origins))
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(page.replaceAll('__CSP_NONCE__', nonce))
}
