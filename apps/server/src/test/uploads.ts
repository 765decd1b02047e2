import { createServer } from 'node:net'
import { join } from 'node:path'
import type { FileFacts } from '@tongxin/contract'
import { expect } from 'vitest'
import { Sessions } from '../platform/session.ts'
import { inTransaction } from '../platform/transaction.ts'
import { type Client, type Fixture, NOW, openFixture } from './fixture.ts'

/** A server with an engine at the edge that finds the word EVIL, and is silent about the word SILENCE. */
export async function openUploads() {
  const engine = createServer((socket) => {
    let body = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      body = Buffer.concat([body, chunk])
      if (!body.subarray(-4).equals(Buffer.alloc(4))) return
      if (body.includes('SILENCE')) socket.destroy()
      else socket.end(body.includes('EVIL') ? 'stream: Test.Evil FOUND\0' : 'stream: OK\0')
    })
  })
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve))
  const at = engine.address()
  const port = typeof at === 'object' ? at?.port : 0
  const f = await openFixture({ CLAMD: `tcp://127.0.0.1:${port}`, UNSCANNED_FILES: 'hold' })
  const base = `${await f.app.http.listen({ port: 0, host: '127.0.0.1' })}/api/v1/files`
  return {
    f,
    base,
    owner: await f.signIn('branch_secretary', 'teachers'),
    neighbour: await f.signIn('branch_secretary', 'students'),
    ...speaking(f, base),
    close: () => engine.close(),
  }
}

export const encoded = (text: string): string => Buffer.from(text).toString('base64')
export const described = (name: string, purpose = 'document'): string =>
  `filename ${encoded(name)},purpose ${encoded(purpose)}`
export const idIn = (answer: { headers: Headers }): string => answer.headers.get('location')?.split('/').at(-1) ?? ''

function speaking(f: Fixture, base: string) {
  const tus = tusAt(base)
  const create = (client: Client | null, name: string, bytes: number, purpose?: string) =>
    tus('POST', '', client, { 'upload-length': String(bytes), 'upload-metadata': described(name, purpose) })
  const append = (client: Client, id: string, offset: number, body: Uint8Array) => {
    const headers = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }
    return tus('PATCH', `/${id}`, client, headers, body)
  }
  return {
    tus,
    create,
    append,
    incoming: (): string => join(f.platform.dataDir, 'files', 'incoming'),
    async upload(client: Client, name: string, bytes: Uint8Array, purpose?: string): Promise<FileFacts> {
      const id = idIn(await create(client, name, bytes.length, purpose))
      expect((await append(client, id, 0, bytes)).status).toBe(204)
      return (await client.send<FileFacts>('GET', `/files/${id}`)).body
    },
    async usageOf(personId: string): Promise<number> {
      const row = await f.admin
        .selectFrom('files_usage')
        .select('bytes')
        .where('owner_id', '=', personId)
        .executeTakeFirst()
      return Number(row?.bytes ?? 0)
    },
    under: <T>(client: Client, work: Parameters<typeof inTransaction<T>>[3]): Promise<T> => under(f, client, work),
  }
}

/** One tus request as a client would send it. */
const tusAt =
  (base: string) =>
  async (
    method: string,
    path: string,
    client: Client | null,
    headers: Record<string, string> = {},
    body?: Uint8Array,
  ) => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: { 'tus-resumable': '1.0.0', ...(client ? { cookie: client.cookie } : {}), ...headers },
      ...(body ? { body: new Uint8Array(body) } : {}),
      redirect: 'manual',
    })
    const text = await answer.text()
    const problem =
      text !== '' && /problem\+json/.test(answer.headers.get('content-type') ?? '')
        ? (JSON.parse(text) as { code: string; detail: object })
        : null
    return { status: answer.status, code: problem?.code, detail: problem?.detail, headers: answer.headers, text }
  }

/** What a capability does in its own transaction, under the session of `client`. */
async function under<T>(f: Fixture, client: Client, work: Parameters<typeof inTransaction<T>>[3]): Promise<T> {
  const hash = Sessions.hash(client.cookie.split('=')[1] ?? '')
  const admitted = await f.platform.sessions.admit(hash, NOW)
  const context = {
    actor: admitted.actor,
    now: NOW,
    requestId: 'test',
    vault: f.platform.vault,
    log: f.platform.log,
    expectedVersion: null,
  }
  return inTransaction(f.platform, admitted, context, work)
}
