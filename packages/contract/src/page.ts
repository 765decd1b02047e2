import { type Static, type TSchema, Type } from 'typebox'

export const Id = Type.String({ format: 'uuid' })
/** A calendar date in Asia/Shanghai, `YYYY-MM-DD`. */
export const DateOn = Type.String({ format: 'date' })
/** An instant in UTC, ISO 8601 with `Z`. */
export const InstantAt = Type.String({ format: 'date-time' })
/** `Type.Union` of string literals, from a constant list. */
export const oneOf = <const T extends readonly string[]>(values: T) => Type.Enum([...values] as [...T])

/** Query of every list: `cursor` from the previous page, `limit` 1..100 (20), `sort` one of the endpoint's columns, `-` descending. */
export const pageQuery = <const S extends readonly string[]>(sorts: S) => ({
  cursor: Type.Optional(Type.String({ maxLength: 1024 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  sort: Type.Optional(Type.Enum([...sorts, ...sorts.map((s) => `-${s}`)])),
})

/** A page of a list: rows, the cursor of the next page or null, and the whole count where it is known from a rollup. */
export const pageOf = <T extends TSchema>(row: T) =>
  Type.Object({ rows: Type.Array(row), next: Type.Union([Type.String(), Type.Null()]), total: Type.Union([Type.Integer(), Type.Null()]) })

export type Page<T> = { rows: T[]; next: string | null; total: number | null }
export const Empty = Type.Object({}, { additionalProperties: false })
export type Empty = Static<typeof Empty>
/** An object that refuses unknown members: every body is one. */
export const strict = <P extends Record<string, TSchema>>(properties: P) => Type.Object(properties, { additionalProperties: false })
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
