import { AsyncLocalStorage } from 'node:async_hooks'
import { FILE_PURPOSES, type FilePurpose, filesRefusals, requestRefusals } from '@tongxin/contract'
import { FileStore as TusStore } from '@tus/file-store'
import { Metadata, Server } from '@tus/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Entered, enter } from '../../platform/enter.ts'
import { endQuarantine } from './files.inspection.ts'
import type { FileRow } from './files.queries.ts'
import * as files from './files.service.ts'
import type { FileStore } from './files.store.ts'

const TUS_VERSION = '1.0.0'
const BYTES = 'application/offset+octet-stream'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
type Carried = { readonly id: string; readonly finish: () => Promise<void> }
/** What the tus server asks back while it handles a request; carried beside the request, not through it. */
const carried = new AsyncLocalStorage<Carried>()

const session = { endpoint: { permission: 'signed-in' } } as const

function demandVersion(request: FastifyRequest): void {
  if (request.headers['tus-resumable'] !== TUS_VERSION) throw filesRefusals.protocol_version({ version: TUS_VERSION })
}

function lengthOf(request: FastifyRequest): number {
  const text = request.headers['upload-length']
  if (typeof text !== 'string' || !/^\d{1,12}$/.test(text)) throw filesRefusals.length_missing()
  return Number(text)
}

function metadataIn(header: string): Record<string, string | null | undefined> {
  try {
    return Metadata.parse(header)
  } catch {
    // The parser says only that it is malformed, which is what the caller is told.
    throw requestRefusals.malformed()
  }
}

/** tus metadata: `filename` and `purpose`, base64 after the key. */
function describedIn(request: FastifyRequest): { name: string; purpose: FilePurpose } {
  const header = request.headers['upload-metadata']
  const metadata = typeof header === 'string' ? metadataIn(header) : {}
  const purpose = FILE_PURPOSES.find((one) => one === metadata.purpose)
  if (purpose === undefined) throw filesRefusals.purpose_unknown()
  return { name: metadata.filename ?? '', purpose }
}

/** Resumable uploads by tus 1.0.0. Rights, quota and refusals are ours; bytes and offsets are the tus server's. */
export function mountUploads(app: FastifyInstance, store: FileStore): void {
  const tus = new Server({
    path: '/api/v1/files',
    relativeLocation: true,
    datastore: new TusStore({ directory: store.incoming }),
    maxSize: files.MOST_BYTES,
    namingFunction: () => carried.getStore()?.id ?? '',
    // The last byte is answered for when the checks are through: the client then asks for the outcome once.
    onUploadFinish: async () => {
      await carried.getStore()?.finish()
      return {}
    },
    disableTerminationForFinishedUploads: true,
  })
  // The stream goes on to the tus server untouched.
  app.addContentTypeParser(BYTES, (_request, _payload, done) => done(null))
  const hand: Hand = async (what, request, reply) => {
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value)
    reply.hijack()
    await carried.run(what, () => tus.handle(request.raw, reply.raw))
  }
  mountCreation(app, hand)
  mountContinuation(app, store, hand)
}

type Hand = (what: Carried, request: FastifyRequest, reply: FastifyReply) => Promise<void>

function mountCreation(app: FastifyInstance, hand: Hand): void {
  app.options(
    '/files',
    { schema: { hide: true } as object, config: { endpoint: { permission: 'public' } } },
    async (_request, reply) =>
      reply
        .code(204)
        .headers({
          'tus-resumable': TUS_VERSION,
          'tus-version': TUS_VERSION,
          'tus-extension': 'creation,termination',
          'tus-max-size': String(files.MOST_BYTES),
        })
        .send(),
  )
  app.post('/files', { schema: { hide: true } as object, config: session }, async (request, reply) => {
    demandVersion(request)
    // The extension creation-with-upload is not offered: an upload is opened first and then sent.
    if (Number(request.headers['content-length'] ?? 0) > 0 || request.headers['transfer-encoding'])
      throw requestRefusals.unsupported_type()
    const entered = await enter(app.platform, request)
    const upload = { ...describedIn(request), bytes: lengthOf(request) }
    const id = await entered.write((ctx) => files.beginUpload(ctx, upload))
    await hand({ id, finish: async () => {} }, request, reply)
  })
}

function mountContinuation(app: FastifyInstance, store: FileStore, hand: Hand): void {
  const opened = async (request: FastifyRequest): Promise<{ entered: Entered; file: FileRow }> => {
    demandVersion(request)
    const { id } = request.params as { id: string }
    const entered = await enter(app.platform, request)
    if (!UUID.test(id)) throw filesRefusals.not_found()
    return { entered, file: await files.ownUpload(entered.ctx, id) }
  }
  const carriedOf = (entered: Entered, file: FileRow): Carried => ({
    id: file.id,
    finish: () => endQuarantine(app.platform, store, entered, file),
  })
  const endIfComplete = async (entered: Entered, file: FileRow): Promise<void> => {
    if ((await store.received(file.id)) === file.declaredBytes) await endQuarantine(app.platform, store, entered, file)
  }
  app.head('/files/:id', { schema: { hide: true } as object, config: session }, async (request, reply) => {
    const { entered, file } = await opened(request)
    if (file.state === 'pending') {
      // The server ended between the last byte and the checks: they are made up for here.
      await endIfComplete(entered, file)
      if ((await store.received(file.id)) !== undefined) return hand(carriedOf(entered, file), request, reply)
    }
    // Gone from the incoming folder: checked, whatever came of it. The offset tells the client that all has arrived.
    const length = String(file.declaredBytes)
    return reply
      .headers({
        'tus-resumable': TUS_VERSION,
        'upload-offset': length,
        'upload-length': length,
        'cache-control': 'no-store',
      })
      .send()
  })
  app.patch(
    '/files/:id',
    { schema: { hide: true } as object, config: session, bodyLimit: files.MOST_BYTES },
    async (request, reply) => {
      if (request.headers['content-type'] !== BYTES) throw requestRefusals.unsupported_type()
      const { entered, file } = await opened(request)
      if (file.state !== 'pending') throw filesRefusals.not_found()
      await hand(carriedOf(entered, file), request, reply)
    },
  )
  app.delete('/files/:id', { schema: { hide: true } as object, config: session }, async (request, reply) => {
    const { entered, file } = await opened(request)
    if (!(await entered.write((ctx) => files.reject(ctx, file.id, 'abandoned')))) throw filesRefusals.not_found()
    await store.forget(file.id)
    return reply.code(204).header('tus-resumable', TUS_VERSION).send()
  })
}
