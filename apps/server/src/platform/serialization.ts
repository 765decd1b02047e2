import fastJson, { type AnySchema } from 'fast-json-stringify'
import type { FastifyInstance } from 'fastify'

type Write = (reply: unknown) => string

/** By the schema itself: a second server in the same process, as in tests, compiles nothing again. */
const compiled = new WeakMap<object, Write>()

/**
 * Replies are written by their schema, so nothing leaves that the contract does not name. Compiled when the first reply
 * of a route is written: compiling all of them took a good part of every start, and most are not asked for in the first
 * minutes. A test compiles every one.
 */
export function useSerializers(app: FastifyInstance): void {
  app.setSerializerCompiler(
    ({ schema }) =>
      (reply) =>
        writerOf(schema as AnySchema)(reply),
  )
}

/** @throws when the schema cannot be compiled */
export function writerOf(schema: AnySchema): Write {
  const known = compiled.get(schema)
  if (known) return known
  const write: Write = fastJson(schema)
  compiled.set(schema, write)
  return write
}
