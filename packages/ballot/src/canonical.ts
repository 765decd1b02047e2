import { BallotError, sameBytes, textOf, utf8 } from './bytes.ts'

/** What the files of a vote are made of. Fractions do not occur, so that every language writes the same digits. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/**
 * JSON in the one form of RFC 8785: keys in the order of their UTF-16 units, no white space. Only safe whole numbers
 * and well-formed text; `undefined` is refused, not left out.
 * @throws BallotError `canonical`
 */
export function canonicalText(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') {
    if (LONE_SURROGATE.test(value)) throw new BallotError('canonical', 'text that is not well-formed')
    return JSON.stringify(value)
  }
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new BallotError('canonical', `${value} is not a safe whole number`)
    return String(value + 0)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, item]) => `${canonicalText(key)}:${canonicalText(item)}`).join(',')}}`
  }
  throw new BallotError('canonical', `${typeof value} has no place in JSON`)
}

export const canonicalBytes = (value: unknown): Uint8Array => utf8(canonicalText(value))

/**
 * The value of bytes that must be canonical: a second writing of the same value is refused.
 * @throws BallotError `canonical`
 */
export function readCanonical(bytes: Uint8Array): Json {
  let value: Json
  try {
    value = JSON.parse(textOf(bytes)) as Json
  } catch {
    throw new BallotError('canonical', 'not JSON in UTF-8')
  }
  if (!sameBytes(canonicalBytes(value), bytes)) throw new BallotError('canonical', 'JSON, but not in canonical form')
  return value
}
