import { type Static, type TSchema, Type } from 'typebox'

export const Id = Type.String({ format: 'uuid' })
/** A calendar date in Asia/Shanghai, `YYYY-MM-DD`. */
export const DateOn = Type.String({ format: 'date' })
/** An instant in UTC, ISO 8601 with `Z`. */
export const InstantAt = Type.String({ format: 'date-time' })
/** One of a constant list of words. */
export const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] })

/** Query of every list: `cursor` from the previous page, `limit` 1..100 (20), `sort` one of the endpoint's columns, `-` descending. */
export const pageQuery = <const S extends readonly string[]>(sorts: S) => ({
  cursor: Type.Optional(Type.String({ maxLength: 1024 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  sort: Type.Optional(Type.Enum([...sorts, ...sorts.map((s) => `-${s}`)])),
})

/** A page of a list: rows, the cursor of the next page or null, and the whole count where it is known from a rollup. */
export const pageOf = <T extends TSchema>(row: T) =>
  Type.Object({ rows: Type.Array(row), next: nullable(Type.String()), total: nullable(Type.Integer()) })

export type Page<T> = { rows: T[]; next: string | null; total: number | null }
export const Empty = Type.Object({}, { additionalProperties: false })
export type Empty = Static<typeof Empty>
/** An object that refuses unknown members: every body is one. */
export const strict = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })
/** The schema or null. A simple type stays simple (`type: [t, 'null']`), which the serialiser writes without guessing. */
export const nullable = <T extends TSchema>(schema: T) => {
  const { type, enum: values } = schema as { type?: unknown; enum?: unknown[] }
  // The list of words must hold null as well, or null is of the right type and still refused.
  const words = values ? { enum: [...values, null] } : {}
  if (typeof type === 'string' && type !== 'object' && type !== 'array')
    return Type.Unsafe<Static<T> | null>({ ...schema, type: [type, 'null'], ...words })
  if (values) return Type.Unsafe<Static<T> | null>({ ...schema, ...words })
  return Type.Unsafe<Static<T> | null>({ anyOf: [schema, { type: 'null' }] })
}

/** A file as reply of an endpoint with `download`: its name, and its bytes, made after the transaction; long ones in parts. */
export type FileReply = {
  readonly fileName: string
  readonly make: () => Promise<Uint8Array | AsyncIterable<Uint8Array>>
}
export const FileReply = Type.Unsafe<FileReply>({ type: 'string', format: 'binary' })
