import { createHmac, randomBytes } from 'node:crypto'
import { type Endpoint, requestRefusals } from '@tongxin/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sendRefusal } from './problem.ts'
import { networkOf, type Tries, triesOf } from './tries.ts'

/**
 * Requests a minute of one public route from one address: two hundred a second, since a whole school may stand behind
 * one. Routes that stream, or that read what is not small, name a bound of their own (`perMinute`).
 */
const USUAL_PER_MINUTE = 12_000

type Public = Partial<Pick<Endpoint, 'permission' | 'perMinute'>>
const endpointOf = (request: FastifyRequest): Public =>
  (request.routeOptions.config as { endpoint?: Public } | undefined)?.endpoint ?? {}

/**
 * Whoever asks without a session is counted by address, route by route, before anything is looked up: nobody keeps the
 * database busy, or goes through names and codes, without having proved who he is. The address itself is kept nowhere:
 * a count stands under a hash whose key is made with the process, for a minute (casting a ballot is public, too).
 */
export function countPublicRequests(app: FastifyInstance): void {
  const secret = randomBytes(32)
  const byBound = new Map<number, Tries>()
  const triesUpTo = (most: number): Tries => {
    const tries = byBound.get(most) ?? triesOf(most, 1)
    byBound.set(most, tries)
    return tries
  }
  app.addHook('onRequest', (request, reply, done) => {
    const { permission, perMinute } = endpointOf(request)
    if (permission !== 'public' || request.method === 'OPTIONS') return done()
    const tries = triesUpTo(perMinute ?? USUAL_PER_MINUTE)
    const asked = `${request.method} ${request.routeOptions.url} ${networkOf(request.ip)}`
    const key = createHmac('sha256', secret).update(asked).digest('base64')
    if (tries.isOver(key)) return void sendRefusal(requestRefusals.too_many({ retryAfter: 60 }), request, reply)
    tries.count(key)
    done()
  })
}
