import { utf8ToBytes } from '@noble/hashes/utils.js'

/** What a stranger sends that cannot be part of a ballot: `code` is for programs, `message` for their makers. */
export class BallotError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'BallotError'
    this.code = code
  }
}

/** A source of unpredictable bytes: `crypto.getRandomValues` of the browser, `randomBytes` of Node. */
export type Random = (length: number) => Uint8Array

export const utf8 = (text: string): Uint8Array => utf8ToBytes(text)

/** The text as it stands: a byte order mark that is dropped would make two writings of one text, and so a mark. */
export const textOf = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Equal bytes; nothing compared here is secret. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUE_OF = new Map([...DIGITS].map((digit, value) => [digit, value]))

/** base64url without padding (RFC 4648 section 5): the only form of bytes inside JSON. */
export function base64url(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    const digits = [word >> 18, (word >> 12) & 63, (word >> 6) & 63, word & 63].map((value) => DIGITS[value])
    text += digits.slice(0, Math.min(4, bytes.length - at + 1)).join('')
  }
  return text
}

/**
 * Bytes of base64url without padding; one text for the same bytes only, so the unused bits are zero.
 * @throws BallotError `base64url`
 */
export function bytesOf(text: string, length?: number): Uint8Array {
  // Strangers send numbers and lists where text belongs.
  if (typeof text !== 'string') throw new BallotError('base64url', 'not text')
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let word = 0
  let bits = 0
  let at = 0
  for (const digit of text) {
    const value = VALUE_OF.get(digit)
    if (value === undefined) throw new BallotError('base64url', `"${digit}" is not a digit of base64url`)
    word = ((word << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at] = (word >> bits) & 255
      at += 1
    }
  }
  if (text.length % 4 === 1 || (word & ((1 << bits) - 1)) !== 0) {
    throw new BallotError('base64url', 'base64url with bits that belong to no byte')
  }
  if (length !== undefined && bytes.length !== length) {
    throw new BallotError('base64url', `${bytes.length} bytes where ${length} belong`)
  }
  return bytes
}

/** Whole number as so many bytes, the most significant first (RFC 8017 I2OSP). */
export function bytesOfNumber(value: bigint, length: number): Uint8Array {
  const hex = value.toString(16).padStart(2 * length, '0')
  if (hex.length > 2 * length) throw new BallotError('number', `a number does not fit ${length} bytes`)
  return Uint8Array.from({ length }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16))
}

/** The number of bytes, the most significant first (RFC 8017 OS2IP). */
export function numberOf(bytes: Uint8Array): bigint {
  let hex = '0x0'
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return BigInt(hex)
}
