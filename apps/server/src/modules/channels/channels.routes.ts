import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount, mountPrepared } from '../../platform/http.ts'
import { CallbackRefused } from './adapters/wechat-crypto.ts'
import { answerWechat } from './service/callback.ts'
import * as outlets from './service/outlets.ts'
import * as own from './service/own.ts'
import * as trying from './service/trying.ts'

export async function channelsRoutes(app: FastifyInstance): Promise<void> {
  mount(app, contract.listOutlets, outlets.list)
  mount(app, contract.makeOutlet, outlets.make)
  mount(app, contract.changeOutlet, outlets.change)
  mount(app, contract.switchOutlet, outlets.toggle)
  mountPrepared(app, contract.testOutlet, trying.tryOut, trying.noteTry)
  mountPrepared(app, contract.setOutletMenu, trying.tryMenu, trying.noteMenu)
  mount(app, contract.listOutMessages, outlets.listLog)
  mount(app, contract.resendOutMessages, outlets.resend)
  mount(app, contract.announceOut, outlets.announce)
  mount(app, contract.readOwnReaches, own.read)
  mount(app, contract.setOwnReach, own.set)
  mountPrepared(app, contract.askAddressCode, own.sendCode, own.keepCode)
  mount(app, contract.confirmAddress, own.confirm)
  mount(app, contract.removeAddress, own.remove)
  mount(app, contract.addPushAddress, own.addPush)
  mount(app, contract.askWechatCode, own.wechatCode)
}

const MOST_BODY = 64 * 1024
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** Where the other side calls us: no session, no cookie; the signature is the whole proof. Counted by address. */
export async function callbackRoutes(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MOST_BODY }, (_, body, done) => done(null, body))
  app.route({
    method: ['GET', 'POST'],
    url: '/hooks/wechat/:tenantId/:outletId',
    exposeHeadRoute: false,
    config: { endpoint: { permission: 'public' } },
    handler: async (request, reply) => {
      const { tenantId = '', outletId = '' } = request.params as Record<string, string | undefined>
      const body = typeof request.body === 'string' ? request.body : ''
      const query = oneEach(request.query as Record<string, unknown>)
      reply.header('cache-control', 'no-store')
      try {
        if (!UUID.test(tenantId) || !UUID.test(outletId)) throw new CallbackRefused('account')
        const answer = await answerWechat(app.platform, { tenantId, outletId, query, body })
        return reply.type(answer.startsWith('<xml>') && body ? 'application/xml' : 'text/plain').send(answer)
      } catch (error) {
        if (!(error instanceof CallbackRefused)) throw error
        return reply.code(403).type('text/plain').send('')
      }
    },
  })
}

/** A name that is given twice is not looked at: signatures are over one value each. */
const oneEach = (query: Record<string, unknown>): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
