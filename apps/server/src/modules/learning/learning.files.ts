import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { filesRefusals, learningRefusals as refusals } from '@tongxin/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Db } from '../../platform/ctx.ts'
import { enter } from '../../platform/enter.ts'
import { reaches } from '../../platform/scope.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { keptFile, type SendStored, sendingStored } from '../files/index.ts'
import { coursesById, findCourse } from './queries/courses.queries.ts'
import { isFileOf, publicCourse } from './queries/public.queries.ts'
import { learnerOf } from './service/audience.ts'
import { mayOpen } from './service/own.ts'
import { inTenantOf } from './service/public.ts'
import { slideFoldersOf } from './slides.store.ts'

/**
 * Files of courses: pictures, slides and documents are opened with the right to read the course, which a file of a unit
 * above is not by itself. What a learner opens in a course is no look into somebody's record, so it leaves no trace; of
 * a public course nobody is even asked who he is. Of a course that may not be downloaded, learners are given pictures and
 * drawn pages, and no file: that a screen can be photographed is no reason to hand out the original.
 */
export function mountFiles(app: FastifyInstance): void {
  const sendFile = sendingStored(app.platform)
  const hidden = (permission: 'signed-in' | 'public') => ({
    schema: { hide: true } as object,
    config: { endpoint: { permission } },
  })
  const sendPage: SendStored = (reply, tenantId, fileId) => drawnPage(app, reply, tenantId, fileId)
  for (const [path, give] of [
    ['/courses/:id/files/:fileId/content', { send: sendFile, isOriginal: true }],
    ['/courses/:id/files/:fileId/pages/:page', { send: sendPage, isOriginal: false }],
  ] as const) {
    app.get(path, hidden('signed-in'), async (request, reply) => {
      const { ctx } = await enter(app.platform, request)
      const { id, fileId } = idsOf(request)
      const { tenantId } = ctx.actor
      if (!(await mayRead(ctx, id, fileId)) || !(await isFileOf(ctx.db, tenantId, id, fileId)))
        throw refusals.not_found()
      if (give.isOriginal && !(await isOfOwnUnits(ctx, id))) await demandKept(ctx.db, tenantId, { id, fileId })
      return give.send(reply, tenantId, fileId)
    })
    app.get(`/public${path}`, hidden('public'), async (request, reply) => sendPublic(app, give, request, reply))
  }
}

type Give = { readonly send: SendStored; readonly isOriginal: boolean }

/** Whoever acts for the units that own the course works with its files. */
async function isOfOwnUnits(ctx: Ctx, courseId: string): Promise<boolean> {
  if (!ctx.actor.permissions.has('learning.read')) return false
  const course = await findCourse(ctx.db, ctx.actor, courseId)
  return course !== undefined && reaches(ctx.actor, course.orgPath)
}

/** Pictures stand in the text of a lesson. @throws Refusal `learning.not_downloadable` */
async function demandKept(db: Db, tenantId: string, { id, fileId }: { id: string; fileId: string }): Promise<void> {
  const [course] = await coursesById(db, tenantId, [id])
  if (course?.isDownloadable) return
  const file = await keptFile(db, tenantId, fileId)
  if (!file?.mediaType.startsWith('image/')) throw refusals.not_downloadable()
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
  give: Give,
  request: FastifyRequest,
  reply: FastifyReply,
): ReturnType<SendStored> {
  const { id, fileId } = idsOf(request)
  const { platform } = app
  const tenantId = await inTenantOf(platform, id, async (tx, tenant) => {
    const course = await publicCourse(tx, tenant, todayOf(platform.clock()), id)
    if (!course || !(await isFileOf(tx, tenant, id, fileId))) throw refusals.not_found()
    if (give.isOriginal) await demandKept(tx, tenant, { id, fileId })
    return tenant
  })
  return give.send(reply, tenantId, fileId)
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
