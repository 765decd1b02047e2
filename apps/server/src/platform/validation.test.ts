import * as contract from '@tongxin/contract'
import type { AnySchema } from 'ajv'
import { fastify } from 'fastify'
import { describe, expect, it } from 'vitest'
import { writerOf } from './serialization.ts'
import { useValidators, validators } from './validation.ts'

type Endpoint = { readonly method: string; readonly path: string; readonly download?: string } & Partial<
  Record<'body' | 'query' | 'params' | 'reply', object>
>
const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value

describe('validation', () => {
  it('can compile every schema of the contract, since the server does it only when one is asked for', () => {
    const { exact, textual } = validators()
    const endpoints = Object.values<unknown>(contract).filter(isEndpoint)
    expect(endpoints.length).toBeGreaterThan(100)
    for (const { method, path, body, query, params, reply, download } of endpoints) {
      const compile = () => {
        if (body) exact.compile(body as AnySchema)
        if (reply && !download) writerOf(reply)
        for (const schema of [query, params]) if (schema) textual.compile(schema as AnySchema)
      }
      expect(compile, `${method} ${path}`).not.toThrow()
    }
  })

  it('names every fault of a body, each time anew, and lets the right one pass untouched', async () => {
    const app = fastify()
    useValidators(app)
    const body = {
      type: 'object',
      properties: { name: { type: 'string' }, age: { type: 'integer' } },
      required: ['name', 'age'],
      additionalProperties: false,
    }
    app.post('/', { schema: { body } }, async (request) => request.body)
    app.setErrorHandler((error, _, reply) =>
      reply.code(400).send((error as { validation?: { keyword: string }[] }).validation?.map(({ keyword }) => keyword)),
    )
    const asked = async (payload: object) => (await app.inject({ method: 'POST', url: '/', payload })).json()
    expect(await asked({ name: 1, age: 'x', more: true })).toEqual(['additionalProperties', 'type', 'type'])
    expect(await asked({ name: '1', age: 2 })).toEqual({ name: '1', age: 2 })
    expect(await asked({ name: '1' })).toEqual(['required'])
    expect(await asked({ name: '1', age: '2' })).toEqual(['type'])
    await app.close()
  })
})
