import type { TSchema } from 'typebox'

type Schema = {
  type?: string | string[]
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: Schema[]
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  items?: Schema
  minItems?: number
  properties?: Record<string, Schema>
  required?: string[]
}

/** Ids by the name of the field that asks for them, so that a body points at something real. */
export type Ids = (field: string) => string

const CANDIDATES = [
  '江湾测试',
  'ethnic',
  'matrix-test',
  '123456',
  '2026',
  '2026-06',
  '2026Q3',
  '01',
  '13900000001',
  'a'.repeat(64),
  'A1',
  'ABCDEFGHJKMN',
  'ABCDE-FGHJK-MNPQR',
  '1',
  'a'.repeat(43),
  'a'.repeat(32),
  'a'.repeat(88),
  'a'.repeat(22),
  `${'a'.repeat(43)}.ics`,
]

/** The smallest value that a schema of the contract takes: required members only, ids by `ids`. */
export function sampleOf(schema: TSchema, ids: Ids, field = ''): unknown {
  const { type, ...rest } = schema as Schema
  if (rest.const !== undefined) return rest.const
  if (rest.enum) return rest.enum[0]
  if (rest.anyOf) return sampleOf(rest.anyOf[0] as TSchema, ids, field)
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return Object.fromEntries(
        (rest.required ?? []).map((name) => [name, sampleOf(rest.properties?.[name] as TSchema, ids, name)]),
      )
    case 'array':
      return Array.from({ length: rest.minItems ?? 0 }, () => sampleOf(rest.items as TSchema, ids, field))
    case 'integer':
    case 'number':
      return Math.max(rest.minimum ?? 0, field === 'year' ? 2026 : 1)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return textOf(rest, ids, field)
  }
}

function textOf({ format, pattern, minLength = 0, maxLength = 1000 }: Schema, ids: Ids, field: string): string {
  if (format === 'uuid') return ids(field)
  if (format === 'date') return '2026-06-01'
  if (format === 'date-time') return '2026-11-20T08:00:00.000Z'
  if (format === 'email') return 'matrix@example.cn'
  if (format === 'uri') return 'https://push.example.cn/matrix'
  const fits = (text: string) =>
    text.length >= minLength && text.length <= maxLength && (!pattern || new RegExp(pattern, 'u').test(text))
  const found = CANDIDATES.find(fits) ?? CANDIDATES.map((text) => text.padEnd(minLength, '甲')).find(fits)
  if (found === undefined) throw new Error(`no sample for ${field}: ${pattern ?? `${minLength} to ${maxLength}`}`)
  return found
}
