import { AsyncLocalStorage } from 'node:async_hooks'
import type { Endpoint } from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mounted } from '../platform/http.ts'
import { SILENT_ROUTES } from './silent-routes.ts'

type Request = { wroteEvent: boolean }
const current = new AsyncLocalStorage<Request>()
const inTransaction = new WeakSet<object>()

/** Sees each statement that a connection sends: an event counts when it is written inside a transaction. */
export function noteStatement(client: object, text: string): void {
  if (/^\s*(begin|start transaction)\b/i.test(text)) inTransaction.add(client)
  else if (/^\s*(commit|rollback)\b/i.test(text)) inTransaction.delete(client)
  else if (inTransaction.has(client) && /\binsert\s+into\s+"?platform_event"?/i.test(text)) {
    const request = current.getStore()
    if (request) request.wroteEvent = true
  }
}

/**
 * Watches every request that a test file sends: a write that was answered with success should have left an event in its
 * transaction. Returns the routes that never did although they were used, apart from those of `silent-routes.ts`.
 */
export function watchAudit(http: FastifyInstance): () => string[] {
  const used = new Map<string, boolean>()
  const send = http.inject.bind(http) as (options: Sent) => Promise<{ statusCode: number }>
  const watched = (options: Sent): Promise<{ statusCode: number }> => {
    const request = current.getStore() ?? { wroteEvent: false }
    return current.run(request, async () => {
      const answer = await send(options)
      const route = routeOf(String(options.method ?? 'GET'), String(options.url ?? ''))
      if (route && answer.statusCode < 300) used.set(route, (used.get(route) ?? false) || request.wroteEvent)
      return answer
    })
  }
  http.inject = watched as unknown as typeof http.inject
  return () =>
    [...used].filter(([route, wrote]) => !wrote && SILENT_ROUTES[route] === undefined).map(([route]) => route)
}
type Sent = { readonly method?: string; readonly url?: string }

/** The mounted route of a written URL, `POST /orgs/:id/rename`; null for reads and for what is not mounted. */
function routeOf(method: string, url: string): string | null {
  if (method === 'GET' || method === 'HEAD') return null
  const path = url.replace(/^\/api\/v1/, '').replace(/\?.*/, '')
  const fits = mounted.filter((endpoint) => endpoint.method === method && patternOf(endpoint).test(path))
  // `/orgs/export` fits `/orgs/:id` as well: the route with fewer parameters is meant.
  const [best] = fits.sort((a, b) => parametersIn(a) - parametersIn(b))
  return best ? `${best.method} ${best.path}` : null
}

const patterns = new Map<string, RegExp>()
function patternOf({ path }: Endpoint): RegExp {
  const pattern = patterns.get(path) ?? new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`)
  patterns.set(path, pattern)
  return pattern
}
const parametersIn = ({ path }: Endpoint) => path.split(':').length
