import { createHash } from 'node:crypto'

/** Why a bundle is not valid. */
export const REASONS = [
  'missing_file',
  'unknown_file',
  'not_canonical',
  'shape',
  'other_election',
  'signature',
  'size',
  'root',
  'hash',
  'token',
  'cast_signature',
  'cast_twice',
  'order',
  'not_on_roll',
  'election_key',
  'more_than_issued',
  'recount',
  'times',
] as const
export type Reason = (typeof REASONS)[number]

/** The first thing found wrong: in which file, where in it (a line, a field; empty: the file as a whole), and why. */
export class Invalid extends Error {
  readonly file: string
  readonly place: string
  readonly reason: Reason
  constructor(file: string, place: string, reason: Reason) {
    super(`${file} ${place}: ${reason}`)
    this.file = file
    this.place = place
    this.reason = reason
  }
}

export const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** base64url without padding; null where the text is not the only writing of its bytes, or of another length. */
export function bytesOf(text: unknown, length: number): Buffer | null {
  if (typeof text !== 'string') return null
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === length && bytes.toString('base64url') === text ? bytes : null
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** RFC 8785 for text, safe whole numbers, lists and objects; null where something else occurs. */
export function canonical(value: Json): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : null
  if (typeof value === 'string') return value.isWellFormed() ? JSON.stringify(value) : null
  if (value === null || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) {
    const items = value.map(canonical)
    return items.includes(null) ? null : `[${items.join(',')}]`
  }
  const members = Object.keys(value)
    .sort()
    .map((key) => {
      const [name, item] = [canonical(key), canonical(value[key] as Json)]
      return name === null || item === null ? null : `${name}:${item}`
    })
  return members.includes(null) ? null : `{${members.join(',')}}`
}

/** The value of canonical bytes, undefined of all others. */
export function readCanonical(bytes: Uint8Array): Json | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const value = JSON.parse(text) as Json
    return canonical(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

type Check = (value: Json | undefined) => boolean
/** Shapes of JSON, strict: no member more and none less. */
export const text: Check = (value) => typeof value === 'string'
export const textOrNull: Check = (value) => value === null || typeof value === 'string'
export const flag: Check = (value) => typeof value === 'boolean'
export const whole: Check = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
export const oneOf =
  (...allowed: readonly Json[]): Check =>
  (value) =>
    value !== undefined && allowed.includes(value)
export const matching =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value)
export const bytes =
  (length: number): Check =>
  (value) =>
    bytesOf(value, length) !== null
export const listOf =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item)
export const scalars: Check = (value) =>
  isObject(value) && Object.values(value).every((item) => item === null || typeof item !== 'object')
export const object =
  (members: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) &&
    Object.keys(value).sort().join() === Object.keys(members).sort().join() &&
    Object.entries(members).every(([key, check]) => check(value[key]))

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lines of a file in which each line, the last too, ends with a line feed. */
export function linesOf(file: string, content: Uint8Array): Buffer[] {
  const buffer = Buffer.from(content)
  const lines: Buffer[] = []
  let from = 0
  while (from < buffer.length) {
    const end = buffer.indexOf(10, from)
    if (end === -1) throw new Invalid(file, `line ${lines.length + 1}`, 'not_canonical')
    lines.push(buffer.subarray(from, end))
    from = end + 1
  }
  return lines
}

/** Reads one file or line, or says that it is not in its only form, or not what belongs there. */
export function readAs<T>(file: string, place: string, content: Uint8Array, shape: Check): T {
  const value = readCanonical(content)
  if (value === undefined) throw new Invalid(file, place, 'not_canonical')
  if (!shape(value)) throw new Invalid(file, place, 'shape')
  return value as T
}
