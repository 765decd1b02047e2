import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { enter } from '../../platform/enter.ts'
import { mount, mountProving } from '../../platform/http.ts'
import { sendingStored } from '../files/index.ts'
import type { Counter } from './counter.ts'
import * as feedback from './portal/feedback.ts'
import * as columns from './service/columns.ts'
import * as comments from './service/comments.ts'
import * as own from './service/own.ts'
import { demandPicture } from './service/pictures.ts'
import * as reading from './service/reading.ts'
import * as register from './service/register.ts'
import * as releasing from './service/releasing.ts'
import * as writing from './service/writing.ts'

export const publishingRoutes =
  (counterOf: (app: FastifyInstance) => Counter) =>
  async (app: FastifyInstance): Promise<void> => {
    const counter = counterOf(app)
    mount(app, contract.listColumns, columns.list)
    mount(app, contract.makeColumn, columns.make)
    mount(app, contract.changeColumn, columns.change)
    mount(app, contract.closeColumn, columns.close)
    mount(app, contract.listArticles, reading.list)
    mount(app, contract.exportArticles, register.file)
    mount(app, contract.draftArticle, writing.draft)
    mount(app, contract.readArticle, reading.read)
    mount(app, contract.readArticleVersion, reading.readVersion)
    mount(app, contract.readArticleSpread, reading.spread)
    mount(app, contract.saveArticle, writing.save)
    mount(app, contract.submitArticle, writing.submit)
    mount(app, contract.takeArticleBack, writing.takeBack)
    mount(app, contract.correctArticle, writing.correct)
    mount(app, contract.dropArticle, writing.drop)
    mount(app, contract.reviewArticle, releasing.review)
    mount(app, contract.finishArticle, releasing.finish)
    mount(app, contract.scheduleArticle, releasing.schedule)
    mount(app, contract.pinArticle, releasing.pin)
    mount(app, contract.withdrawArticle, releasing.withdraw)
    mount(app, contract.restoreArticle, releasing.restore)
    mount(app, contract.listComments, comments.list)
    mount(app, contract.decideComment, comments.decide)
    mount(app, contract.listMyColumns, own.columns)
    mount(app, contract.listMyArticles, own.list)
    mount(app, contract.readMyArticle, own.read(counter))
    mount(app, contract.listMyComments, comments.listUnder)
    mount(app, contract.writeComment, comments.write)
    mount(app, contract.takeCommentBack, comments.takeBack)
    mount(app, contract.countShare, own.share(counter))
    mountProving(app, contract.sendFeedback, feedback.send)
    mountProving(app, contract.countPublicShare, feedback.share(counter))
    mountPictures(app)
  }

/** Pictures of what somebody may read, from the pages' own origin and without a trace of the reader. */
function mountPictures(app: FastifyInstance): void {
  const sendFile = sendingStored(app.platform)
  app.get(
    '/my/articles/:id/pictures/:fileId',
    { schema: { hide: true } as object, config: { endpoint: { permission: 'signed-in' } } },
    async (request, reply) => {
      const { ctx } = await enter(app.platform, request)
      const { id, fileId } = request.params as { id: string; fileId: string }
      await demandPicture(ctx, id, fileId)
      return sendFile(reply, ctx.actor.tenantId, fileId)
    },
  )
}
