import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { filesRefusals, learningRefusals as refusals } from '@tongxin/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { enter } from '../../platform/enter.ts'
import { tenantOf, tenants } from '../../platform/tenants.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { keptFile, type SendStored, sendingStored } from '../files/index.ts'
import { findCourse } from './queries/courses.queries.ts'
import { isFileOf, publicCourses } from './queries/public.queries.ts'
import { learnerOf } from './service/audience.ts'
import { mayOpen } from './service/own.ts'
import { slideFoldersOf } from './slides.store.ts'

/**
 * Files of courses: pictures, slides and documents are opened with the right to read the course, which a file of a unit
 * above is not by itself. What a learner opens in a course is no look into somebody's record, so it leaves no trace; of
 * a public course nobody is even asked who he is.
 */
export function mountFiles(app: FastifyInstance): void {
  const send = sendingStored(app.platform)
  const hidden = (permission: 'signed-in' | 'public') => ({
    schema: { hide: true } as object,
    config: { endpoint: { permission } },
  })
  const sendPage: SendStored = (reply, tenantId, fileId) => drawnPage(app, reply, tenantId, fileId)
  for (const [path, give] of [
    ['/courses/:id/files/:fileId/content', send],
    ['/courses/:id/files/:fileId/pages/:page', sendPage],
  ] as const) {
    app.get(path, hidden('signed-in'), async (request, reply) => {
      const { ctx } = await enter(app.platform, request)
      const { id, fileId } = idsOf(request)
      if (!(await mayRead(ctx, id, fileId)) || !(await isFileOf(ctx.db, ctx.actor.tenantId, id, fileId)))
        throw refusals.not_found()
      return give(reply, ctx.actor.tenantId, fileId)
    })
    app.get(`/public${path}`, hidden('public'), async (request, reply) => sendPublic(app, give, request, reply))
  }
}

const PAGE = /^[1-9]\d{0,2}$/
/** One drawn page as a picture, or `words`: what each page says. */
async function drawnPage(app: FastifyInstance, reply: FastifyReply, tenantId: string, fileId: string) {
  const { platform } = app
  const { page } = reply.request.params as { page: string }
  const isWords = page === 'words'
  if (!isWords && !PAGE.test(page)) throw refusals.not_found()
  const { path: scope } = await tenantOf(platform.db, tenantId)
  const file = await inSystemTransaction(platform, { tenantId, scope }, (tx) => keptFile(tx, tenantId, fileId))
  if (!file) throw refusals.not_found()
  if (file.state === 'unscanned' && !platform.opensUnscanned) throw filesRefusals.held()
  const path = join(slideFoldersOf(platform.dataDir, tenantId).whole(fileId), isWords ? 'words.json' : `${page}.jpg`)
  const facts = await stat(path).catch(() => undefined)
  if (!facts) throw refusals.not_found()
  return reply
    .headers({
      'content-type': isWords ? 'application/json; charset=utf-8' : 'image/jpeg',
      'content-length': String(facts.size),
      'content-disposition': 'inline',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      // The pages of a file never change.
      'cache-control': 'private, max-age=3600, immutable',
    })
    .send(createReadStream(path))
}

async function sendPublic(
  app: FastifyInstance,
  send: SendStored,
  request: FastifyRequest,
  reply: FastifyReply,
): ReturnType<SendStored> {
  const { id, fileId } = idsOf(request)
  const { platform } = app
  for (const tenant of await tenants(platform.db)) {
    const isPublic = await inSystemTransaction(platform, { tenantId: tenant.id, scope: tenant.path }, async (tx) => {
      const [course] = await publicCourses(tx, tenant.id, todayOf(platform.clock()), { id })
      return course !== undefined && (await isFileOf(tx, tenant.id, id, fileId))
    })
    if (isPublic) return send(reply, tenant.id, fileId)
  }
  throw refusals.not_found()
}

/** As somebody at the desk, or as a learner whom the course is meant for. */
async function mayRead(ctx: Ctx, courseId: string, fileId: string): Promise<boolean> {
  if (ctx.actor.permissions.has('learning.read') && (await findCourse(ctx.db, ctx.actor, courseId))) return true
  const learner = await learnerOf(ctx)
  return learner !== undefined && mayOpen(ctx, learner, courseId, fileId)
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
function idsOf(request: FastifyRequest): { id: string; fileId: string } {
  const { id, fileId } = request.params as { id: string; fileId: string }
  if (!UUID.test(id) || !UUID.test(fileId)) throw refusals.not_found()
  return { id, fileId }
}
