import type { Endpoint } from '@tongxin/contract/endpoint'
import { strict } from '@tongxin/contract/page'
import { Type } from 'typebox'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { call, urlOf } from './call.ts'
import { RefusedError, UnreachedError } from './refused-error.ts'
import { registerStepUp } from './step-up.ts'

const rename = {
  method: 'POST',
  path: '/orgs/:id/rename',
  permission: 'org.write',
  summary: 'Rename',
  ifMatch: true,
  params: strict({ id: Type.String() }),
  body: strict({ name: Type.String() }),
  reply: Type.Object({ version: Type.Integer() }),
} as const satisfies Endpoint
const list = {
  method: 'GET',
  path: '/orgs',
  permission: 'org.read',
  summary: 'List',
  query: strict({ search: Type.Optional(Type.String()), limit: Type.Optional(Type.Integer()) }),
  reply: Type.Object({ rows: Type.Array(Type.String()) }),
} as const satisfies Endpoint

const problem = (status: number, body: object) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', 'x-request-id': 'r-7' },
  })
const answer = (body: object) => new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })

let asked: Request[] = []
let answers: (() => Response)[] = []
beforeEach(() => {
  asked = []
  answers = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push(new Request(`http://tongxin.test${url}`, init))
    const next = answers.shift()
    if (!next) throw new TypeError('fetch failed')
    return next()
  })
})
afterEach(() => vi.unstubAllGlobals())

const act = { params: { id: 'a/b' }, body: { name: '第一党支部' }, ifMatch: 3 } as const

it('throws the refusal with its code, fields and request id', async () => {
  const fields = [{ field: '/body/name', code: 'field.too_short', detail: { limit: 2 } }]
  answers.push(() => problem(409, { code: 'org.name_taken', detail: { name: '第一党支部' }, fields }))
  const refused = await call(rename, act).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(RefusedError)
  expect(refused).toMatchObject({
    code: 'org.name_taken',
    status: 409,
    detail: { name: '第一党支部' },
    fields,
    requestId: 'r-7',
  })
})

it('tells a missing answer from a refusal', async () => {
  await expect(call(list)).rejects.toBeInstanceOf(UnreachedError)
  await expect(call(list)).rejects.toMatchObject({ code: 'client.unreached' })
})

it('shows a failure of the server by its request id only', async () => {
  answers.push(() => problem(500, { code: 'request.failed' }))
  await expect(call(list)).rejects.toMatchObject({ code: 'client.failed', requestId: 'r-7' })
})

it('does not take the page of a proxy for a refusal of ours', async () => {
  answers.push(() => new Response('<html>', { status: 502 }))
  await expect(call(list)).rejects.toMatchObject({ code: 'client.unexpected', status: 502 })
})

it('asks for the second factor once and repeats under the same key', async () => {
  answers.push(() => problem(403, { code: 'request.step_up_needed' }))
  answers.push(() => answer({ version: 4 }))
  let questions = 0
  const stop = registerStepUp(async () => ++questions > 0)
  await expect(call(rename, act)).resolves.toEqual({ version: 4 })
  stop()
  expect(questions).toBe(1)
  const keys = asked.map((request) => request.headers.get('idempotency-key'))
  expect(keys[0]).toBeTruthy()
  expect(keys[1]).toBe(keys[0])
})

it('refuses when the person does not give the second factor', async () => {
  answers.push(() => problem(403, { code: 'request.step_up_needed' }))
  await expect(call(rename, act)).rejects.toMatchObject({ code: 'request.step_up_needed' })
})

it('sends path, query, version and body as the contract says', async () => {
  answers.push(() => answer({ version: 4 }))
  answers.push(() => answer({ rows: [] }))
  await call(rename, act)
  await call(list, { query: { search: '张', limit: 20 } })
  const [write, read] = asked
  expect(write?.url).toBe('http://tongxin.test/api/v1/orgs/a%2Fb/rename')
  expect(write?.headers.get('if-match')).toBe('"3"')
  expect(await write?.json()).toEqual({ name: '第一党支部' })
  expect(read?.url).toBe('http://tongxin.test/api/v1/orgs?search=%E5%BC%A0&limit=20')
  expect(read?.headers.get('idempotency-key')).toBeNull()
})

it('gives an empty object for an answer without a body', async () => {
  answers.push(() => new Response(null, { status: 204 }))
  await expect(call(rename, act)).resolves.toEqual({})
})

it('names a parameter that was forgotten', () => {
  expect(() => urlOf(rename)).toThrow('needs the parameter id')
})
