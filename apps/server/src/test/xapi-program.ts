import { createHash, randomUUID } from 'node:crypto'
import type { XapiCredential, XapiRight } from '@tongxin/contract'
import { expect } from 'vitest'
import type { Answer, Client, Fixture } from './fixture.ts'

/** An outside program with a key, as it speaks to `/xapi`. */
export type Program = {
  readonly id: string
  readonly key: string
  readonly secret: string
  send<T = unknown>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS',
    path: string,
    body?: unknown,
    headers?: Record<string, string | undefined>,
  ): Promise<Answer<T>>
}

export const ALL_RIGHTS: readonly XapiRight[] = [
  'statements/write',
  'statements/read/mine',
  'statements/read',
  'state',
  'profile',
]

/** Issues a key on the desk and speaks with it. */
export async function programOf(
  f: Fixture,
  desk: Client,
  rights: readonly XapiRight[] = ALL_RIGHTS,
  more: object = {},
): Promise<Program> {
  const body = { name: '在线课堂', purpose: '接收课程记录', rights, ...more }
  const issued = await desk.send<{ credential: XapiCredential; secret: string }>('POST', '/xapi/credentials', body)
  expect(issued).toMatchObject({ status: 200 })
  const { credential, secret } = issued.body
  return { id: credential.id, ...speaker(f, credential.key, secret) }
}

/** Whoever has a key and its secret. */
export function speaker(f: Fixture, key: string, secret: string): Omit<Program, 'id'> {
  return {
    key,
    secret,
    async send(method, path, body, headers = {}) {
      const isRaw = typeof body === 'string' || Buffer.isBuffer(body)
      const said = {
        authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
        'x-experience-api-version': '2.0.0',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      }
      const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
      const answer = await f.app.http.inject({
        method,
        url: `/xapi/${path}`,
        headers: known as Record<string, string>,
        ...(body === undefined ? {} : { payload: isRaw ? (body as string) : JSON.stringify(body) }),
      })
      const isJson = /json/.test(String(answer.headers['content-type'] ?? ''))
      return {
        status: answer.statusCode,
        body: (isJson ? answer.json() : answer.body) as never,
        headers: answer.headers as Answer['headers'],
      }
    },
  }
}

export const VERBS = 'http://adlnet.gov/expapi/verbs/'

/** A statement about an activity of somebody else. */
export const statementOf = (more: Record<string, unknown> = {}) => ({
  id: randomUUID(),
  actor: { mbox: 'mailto:xiaoming@example.org' },
  verb: { id: `${VERBS}completed` },
  object: { id: 'https://course.example.org/1', definition: { name: { 'zh-CN': '党史第一课' } } },
  ...more,
})

export const about = (agent: object) => encodeURIComponent(JSON.stringify(agent))

/** What a statement says of bytes that travel with it. */
export const attached = (bytes: Buffer, more: object = {}) => ({
  usageType: 'https://example.org/certificate',
  display: { 'zh-CN': '结业证书' },
  contentType: 'application/octet-stream',
  length: bytes.length,
  sha2: createHash('sha256').update(bytes).digest('hex'),
  ...more,
})

/** A statement with one attachment, as `multipart/mixed` of the boundary `b`. */
export function multipart(statement: object, bytes: Buffer, sha2: string): Buffer {
  const head = 'Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary'
  const json = `Content-Type: application/json\r\n\r\n${JSON.stringify(statement)}`
  return Buffer.concat([
    Buffer.from(`--b\r\n${json}\r\n--b\r\n${head}\r\nX-Experience-API-Hash: ${sha2}\r\n\r\n`),
    bytes,
    Buffer.from('\r\n--b--\r\n'),
  ])
}
export const MIXED = { 'content-type': 'multipart/mixed; boundary=b' }
