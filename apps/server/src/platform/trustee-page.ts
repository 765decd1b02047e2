import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'

/** Where the offline page of the trustees is taken from, and its SHA-256 in the form of `sha256sum`. */
const TRUSTEES_PATH = '/trustees.html'

/**
 * Hands out the page on which trustees make, divide and join election keys. It is a file to be carried to a computer
 * without a network, so it is only ever downloaded: opened on our origin, its secrets would be within our reach.
 */
export function serveTrusteePage(app: FastifyInstance, dist: string): void {
  const page = join(dist, 'index.html')
  const sum = join(dist, 'trustees.html.sha256')
  if (!existsSync(page) || !existsSync(sum)) return
  const [bytes, line] = [readFileSync(page), readFileSync(sum, 'utf8')]
  app.get(TRUSTEES_PATH, (_, reply) =>
    reply
      .header('content-disposition', 'attachment; filename="trustees.html"')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(bytes),
  )
  app.get(`${TRUSTEES_PATH}.sha256`, (_, reply) =>
    reply.header('cache-control', 'no-cache').type('text/plain; charset=utf-8').send(line),
  )
}
