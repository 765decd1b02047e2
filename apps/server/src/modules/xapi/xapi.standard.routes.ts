import { Refusal, xapiRefusals as refusals, requestRefusals } from '@tongxin/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Platform } from '../../platform/platform.ts'
import { sendRefusal } from '../../platform/problem.ts'
import { admit, admitBefore, type Caller, countBytes } from './service/caller.ts'
import { documents } from './service/documents.ts'
import { fetchKey, keepingLaunched } from './service/launched.ts'
import { read } from './service/read.ts'
import { post, put } from './service/statements.ts'
import { about, activity, person } from './service/things.ts'
import { keeping } from './service/write.ts'
import { type Answer, answeringVersion, type Call, callOf, versionOf } from './xapi.call.ts'
import type { XapiPorts } from './xapi.ports.ts'

/** Statements with what is attached to them. */
const MOST_BODY = 20 * 1024 * 1024

/** What no key is asked for is counted by address. */
const open = { config: { endpoint: { permission: 'public' } } }

type Serve = (platform: Platform, caller: Caller, call: Call) => Promise<Answer>
type Methods = { readonly [method: string]: Serve | undefined }

/**
 * The resources of the standard, below `/xapi` at the root of the public origin: programs are told that address. They
 * carry a key with every request and no cookie is looked at, so that a page of another site gains nothing by them.
 */
export const standardRoutes =
  (ports: XapiPorts) =>
  async (app: FastifyInstance): Promise<void> => {
    const { platform } = app
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BODY }, (_, body, done) => done(null, body))
    app.addHook('onRequest', async (request, reply) => {
      allowContent(platform, request, reply)
      reply.header('x-experience-api-version', answeringVersion(request))
    })
    const keepMany = keeping(platform)
    const keepOne = keepingLaunched(platform, ports)
    const keep: typeof keepMany = (ask) => (ask.caller.launch ? keepOne(ask) : keepMany(ask))
    const ofKind = (kind: Parameters<typeof documents>[0]): Methods => {
      const serve = documents(kind, ports)
      return { GET: serve, PUT: serve, POST: serve, DELETE: serve }
    }
    const resources: Readonly<Record<string, Methods>> = {
      statements: {
        GET: read,
        PUT: (...asked) => put(...asked, keep),
        POST: (...asked) => post(...asked, keep),
      },
      'activities/state': ofKind('state'),
      'activities/profile': ofKind('activity'),
      'agents/profile': ofKind('agent'),
      agents: { GET: person },
      activities: { GET: activity },
    }
    for (const [path, methods] of Object.entries(resources)) {
      app.route({
        method: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
        url: `/xapi/${path}`,
        exposeHeadRoute: false,
        handler: (request, reply) => serve(platform, methods, request, reply),
      })
    }
    app.get('/xapi/about', open, async (request, reply) => {
      const { edition } = callOf(request, false)
      return sent(reply.header('x-experience-api-version', versionOf(edition)), about(platform))
    })
    app.post('/xapi/fetch/:token', open, async (request, reply) =>
      sent(reply, await fetchKey(platform, (request.params as { token: string }).token)),
    )
    app.all('/xapi/*', async (request, reply) =>
      request.method === 'OPTIONS' ? reply.code(204).send() : sendRefusal(refusals.no_such_place(), request, reply),
    )
  }

async function serve(
  platform: Platform,
  methods: Methods,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  try {
    const call = callOf(request)
    reply.header('x-experience-api-version', versionOf(call.edition))
    const work = methods[call.method === 'HEAD' ? 'GET' : call.method]
    if (!work) throw refusals.no_such_place()
    // Whoever works with statements proves the key once more, in the transaction of the work.
    const isProvedLater = methods.GET === read
    const caller = await (isProvedLater ? admitBefore : admit)(platform, call.headers.authorization, request.ip)
    countBytes(platform, caller, call.body.length)
    return await sent(reply, await work(platform, caller, call))
  } catch (error) {
    reply.headers((error as { headers?: Record<string, string> }).headers ?? {})
    const isNameless = error instanceof Refusal && error.code === requestRefusals.signed_out().code
    // A browser would ask its person for a name and never end the request of a page; RFC 9110 asks for it otherwise.
    if (isNameless && request.headers['sec-fetch-mode'] === undefined && request.headers.origin === undefined)
      reply.header('www-authenticate', 'Basic realm="xAPI", charset="UTF-8"')
    throw error
  }
}

function sent(reply: FastifyReply, { status, headers = {}, type, body }: Answer): FastifyReply {
  reply.code(status).headers({ 'cache-control': 'private, no-store', ...headers })
  if (type !== undefined) reply.type(type)
  return reply.send(body === undefined ? undefined : body)
}

/** Packages run on the content origin, or where the operator lets units lie, and speak with the store from there. */
function allowContent(platform: Platform, request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers
  const isContent = platform.contentOrigin !== null && origin === platform.contentOrigin
  if (origin === undefined || !(isContent || platform.packageOrigins.includes(origin))) return
  reply.headers({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, HEAD, PUT, POST, DELETE',
    'access-control-allow-headers':
      'authorization, content-type, if-match, if-none-match, x-experience-api-version, accept-language',
    'access-control-expose-headers':
      'etag, last-modified, x-experience-api-version, x-experience-api-consistent-through',
    'access-control-max-age': '600',
    vary: 'origin',
  })
}
