import { libraryRefusals as refusals } from '@tongxin/contract'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { enter } from '../../platform/enter.ts'
import { newId, publish } from '../../platform/events.ts'
import { isMarkable, markCopy } from '../../platform/marking/mark-copy.ts'
import type { Platform } from '../../platform/platform.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type KeptFile, keptFile, keptPath, sendingStored } from '../files/index.ts'
import * as q from './queries/documents.queries.ts'
import * as shares from './queries/shares.queries.ts'
import { type Version, versionsOf } from './queries/versions.queries.ts'
import { subjectOf } from './service/documents.ts'
import { mayDownload } from './service/reading.ts'
import { sightOf } from './service/shown.ts'

type Copy = { readonly document: q.Document; readonly version: Version; readonly file: KeptFile }

/** The version that somebody may take a copy of. Posts take any, readers the one that holds. */
async function copyFor(
  platform: Platform,
  ctx: Ctx,
  id: string,
  number: number | null,
): Promise<Copy & { shareId: string | null }> {
  const as = ctx.actor.permissions.has('library.read') ? 'desk' : 'own'
  const document = await q.findDocument(ctx.db, ctx.actor, sightOf(ctx, as), id)
  if (!document) throw refusals.not_found()
  const share = await shares.ownShare(ctx.db, ctx.actor, id, todayOf(ctx.now))
  if (document.state === 'binned' || !mayDownload(ctx.actor, as, document, share)) throw refusals.no_download()
  const wanted = as === 'desk' ? (number ?? document.versionNumber) : document.versionNumber
  const versions = await versionsOf(ctx.db, ctx.actor.tenantId, id)
  const version = versions.find((one) => one.number === wanted)
  const { tenantId } = ctx.actor
  // The file lies with the unit that keeps the document, which may be above the reader.
  const { path } = await tenantOf(platform.db, tenantId)
  const file =
    version &&
    (await inSystemTransaction(platform, { tenantId, scope: path }, (tx) => keptFile(tx, tenantId, version.fileId)))
  if (!version || !file) throw refusals.not_found()
  return { document, version, file, shareId: share?.id ?? null }
}

/** Who took which version is in the audit and in the list of the document. */
async function note(ctx: Ctx<Tx>, { document, version, shareId }: Copy & { shareId: string | null }): Promise<void> {
  const reading = { id: newId(ctx), documentId: document.id, act: 'downloaded', versionNumber: version.number } as const
  await shares.insertReading(ctx.db, ctx.actor, reading, ctx.now)
  if (shareId !== null) await shares.noteOpening(ctx.db, ctx.actor.tenantId, shareId, ctx.now)
  const payload = { title: document.title, number: version.number }
  await publish(ctx, 'library.downloaded', subjectOf(document), payload)
}

function sendMarked(reply: FastifyReply, file: KeptFile, bytes: Uint8Array): FastifyReply {
  return reply
    .headers({
      'content-type': file.mediaType,
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    .send(Buffer.from(bytes))
}

/**
 * Copies of documents to take away: name and day across PDF files and pictures where the document says so. Other kinds
 * are given as they are, and the log says to whom.
 */
export function mountContent(app: FastifyInstance): void {
  const { platform } = app
  const sendStored = sendingStored(platform)
  app.get(
    '/library/documents/:id/content',
    { schema: { hide: true } as object, config: { endpoint: { permission: 'signed-in' } } },
    async (request, reply) => {
      const entered = await enter(platform, request)
      const { id } = request.params as { id: string }
      const { version } = request.query as { version?: string }
      if (!/^[0-9a-f-]{36}$/.test(id) || (version !== undefined && !/^\d{1,4}$/.test(version)))
        throw refusals.not_found()
      const copy = await copyFor(platform, entered.ctx, id, version === undefined ? null : Number(version))
      const { file, document } = copy
      const { actor, now } = entered.ctx
      if (!document.isMarked || !isMarkable(file.kind)) {
        await entered.write((ctx) => note(ctx, copy))
        return sendStored(reply, actor.tenantId, file.id)
      }
      const path = keptPath(platform.dataDir, actor.tenantId, file.sha256)
      const marked = await markCopy({ path, kind: file.kind, text: `${actor.personName} ${todayOf(now)}` })
      if (!marked.ok) {
        platform.log.warn({ fileId: file.id, cause: marked.cause }, 'a copy could not be marked')
        throw refusals.unmarkable()
      }
      await entered.write((ctx) => note(ctx, copy))
      return sendMarked(reply, file, marked.bytes)
    },
  )
}
