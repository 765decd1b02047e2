import { filesRefusals } from '@tongxin/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { CONTENT_PATH } from '../../platform/content-origin.ts'
import { type Entered, enter, enterSession } from '../../platform/enter.ts'
import { publish } from '../../platform/events.ts'
import type { Platform } from '../../platform/platform.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { MEDIA_TYPES } from '../../platform/upload/policy.ts'
import type { FileReaders } from './files.policy.ts'
import { type FileRow, findFile } from './files.queries.ts'
import * as files from './files.service.ts'
import { type FileStore, openFileStore } from './files.store.ts'

const LINK_SECONDS = 60
const PLACE = { table: 'files_link', column: 'token', rowId: 'link' } as const
const session = { endpoint: { permission: 'signed-in' } } as const
type Door = { readonly app: FastifyInstance; readonly readers: FileReaders }
type Link = { readonly file: string; readonly session: Buffer; readonly until: number }

/** The bytes of a file: an attachment that nothing may render, run, frame or sniff. */
function send(reply: FastifyReply, store: FileStore, tenantId: string, file: FileRow): FastifyReply {
  // A usable file has both: the table checks it.
  const kind = file.kind ?? 'pdf'
  return reply
    .headers({
      'content-type': MEDIA_TYPES[kind],
      'content-length': String(file.bytes ?? 0),
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    .send(store.read(tenantId, file.sha256 ?? ''))
}

export type SendStored = (reply: FastifyReply, tenantId: string, fileId: string) => Promise<FastifyReply>
/**
 * For capabilities that decide themselves who may open a file of their records, such as whoever learns a course of a
 * unit above: the bytes, without a trace of the reader. The checks of quarantine hold as everywhere.
 */
export function sendingStored(platform: Platform): SendStored {
  const store = openFileStore(platform.dataDir)
  return async (reply, tenantId, fileId) => {
    const { path } = await tenantOf(platform.db, tenantId)
    const file = await inSystemTransaction(platform, { tenantId, scope: path }, (tx) => findFile(tx, tenantId, fileId))
    if (!file) throw filesRefusals.not_found()
    files.demandUsable(file, platform.opensUnscanned)
    return send(reply, store, tenantId, file)
  }
}

/** What was opened, by whom: a file of another person leaves a trace. */
async function openFor({ app, readers }: Door, entered: Entered, id: string): Promise<FileRow> {
  const file = await files.readable(entered.ctx, id, readers)
  files.demandUsable(file, await files.opensHere(entered.ctx, file, app.platform.opensUnscanned))
  if (file.ownerId !== entered.ctx.actor.personId) {
    const subject = { kind: 'file', id, orgPath: file.orgPath, personId: file.ownerId }
    await entered.write((ctx) => publish(ctx, 'files.file_opened', subject, { kind: file.kind ?? '' }))
  }
  return file
}

/**
 * Pictures were drawn by us and come from the application's own origin; documents come from the content origin when
 * there is one, through a link that lives for a minute, only while the session that asked for it does.
 */
export function mountDownloads(app: FastifyInstance, store: FileStore, readers: FileReaders): void {
  const { platform } = app
  const door = { app, readers }
  app.get('/files/:id/content', { schema: { hide: true } as object, config: session }, async (request, reply) => {
    const entered = await enter(platform, request)
    const { id } = request.params as { id: string }
    if (!/^[0-9a-f-]{36}$/.test(id)) throw filesRefusals.not_found()
    const { contentOrigin } = platform
    if (contentOrigin === null) return send(reply, store, entered.ctx.actor.tenantId, await openFor(door, entered, id))
    const file = await files.readable(entered.ctx, id, readers)
    files.demandUsable(file, await files.opensHere(entered.ctx, file, platform.opensUnscanned))
    if (file.width !== null) return send(reply, store, entered.ctx.actor.tenantId, await openFor(door, entered, id))
    return reply
      .header('cache-control', 'no-store')
      .redirect(`${contentOrigin}${CONTENT_PATH}${sealLink(app, entered, id)}`, 303)
  })
  app.get(
    `${CONTENT_PATH.slice('/api/v1'.length)}:token`,
    { schema: { hide: true } as object, config: { endpoint: { permission: 'public' } } },
    async (request, reply) => {
      const link = openLink(app, request)
      // The link names a session, and only that session opens it: signed out means refused.
      const entered = await enterSession(platform, request.id, link.session)
      return send(reply, store, entered.ctx.actor.tenantId, await openFor(door, entered, link.file))
    },
  )
}

/** 16 bytes of file id, 32 of session hash, 6 of time: short enough for a path segment, sealed so that nobody reads it. */
function sealLink(app: FastifyInstance, entered: Entered, id: string): string {
  const { now, actor } = entered.ctx
  const until = Buffer.alloc(6)
  until.writeUIntBE(now.getTime() + LINK_SECONDS * 1000, 0, 6)
  const plain = Buffer.concat([Buffer.from(id.replaceAll('-', ''), 'hex'), actor.sessionHash, until])
  return app.platform.vault.seal(PLACE, plain.toString('base64url'), now).toString('base64url')
}

function openLink(app: FastifyInstance, request: FastifyRequest): Link {
  const link = linkIn(app, (request.params as { token: string }).token)
  if (app.platform.clock().getTime() > link.until) throw filesRefusals.link_expired()
  return link
}

function linkIn(app: FastifyInstance, token: string): Link {
  try {
    const plain = Buffer.from(app.platform.vault.open(PLACE, Buffer.from(token, 'base64url')), 'base64url')
    const file = plain.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    return { file, session: plain.subarray(16, 48), until: plain.readUIntBE(48, 6) }
  } catch {
    // Forged, cut off or from before a restored key: to the person it is the same as too old.
    throw filesRefusals.link_expired()
  }
}
