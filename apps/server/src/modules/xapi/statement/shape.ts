import { requestRefusals } from '@tongxin/contract'

/** The two editions of the standard that are spoken: IEEE 9274.1.1 (2.0) and xAPI 1.0.3. */
export type Edition = '1.0' | '2.0'
export type Members = Record<string, unknown>

/** Refuses the place `at` (a JSON pointer) of what was sent. */
export function wrong(at: string, code: WrongCode): never {
  throw requestRefusals.malformed({}, [{ field: at, code: `field.${code}` }])
}
type WrongCode =
  | 'missing'
  | 'unknown'
  | 'wrong_type'
  | 'wrong_format'
  | 'not_in_list'
  | 'repeated'
  | 'too_few'
  | 'too_many'
  | 'too_large'
  | 'too_small'
  | 'too_long'

/** An object with known members only; null stands nowhere outside extensions (4.2: "null" is not a value). */
export function objectAt(value: unknown, at: string, allowed: readonly string[]): Members {
  const members = anyObjectAt(value, at)
  for (const [name, inner] of Object.entries(members)) {
    if (!allowed.includes(name)) wrong(`${at}/${name}`, 'unknown')
    if (inner === null) wrong(`${at}/${name}`, 'wrong_type')
  }
  return members
}

export function anyObjectAt(value: unknown, at: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) wrong(at, 'wrong_type')
  return value as Members
}

export function listAt(value: unknown, at: string): unknown[] {
  if (!Array.isArray(value)) wrong(at, 'wrong_type')
  return value
}

export function textAt(value: unknown, at: string): string {
  if (typeof value !== 'string') wrong(at, 'wrong_type')
  return value
}

export function booleanAt(value: unknown, at: string): void {
  if (typeof value !== 'boolean') wrong(at, 'wrong_type')
}

export function numberAt(value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) wrong(at, 'wrong_type')
  return value
}

export function oneOfAt(value: unknown, at: string, words: readonly string[]): string {
  const text = textAt(value, at)
  if (!words.includes(text)) wrong(at, 'not_in_list')
  return text
}

/** Checks a member where it is there. */
export function optional<T>(
  members: Members,
  name: string,
  at: string,
  check: (value: unknown, at: string) => T,
): void {
  if (Object.hasOwn(members, name)) check(members[name], `${at}/${name}`)
}

export function required<T>(members: Members, name: string, at: string, check: (value: unknown, at: string) => T): T {
  if (!Object.hasOwn(members, name)) wrong(`${at}/${name}`, 'missing')
  return check(members[name], `${at}/${name}`)
}

const MOST_ADDRESS = 4000
/** RFC 3987 with a scheme; what stands in none of its parts is refused, control characters too. */
const IRI = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`\p{Cc}\p{Cs}]+$/iu

export function iriAt(value: unknown, at: string): string {
  const text = textAt(value, at)
  if (text.length > MOST_ADDRESS) wrong(at, 'too_long')
  if (!IRI.test(text)) wrong(at, 'wrong_format')
  return text
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

export function uuidAt(value: unknown, at: string): string {
  const text = textAt(value, at)
  if (!UUID.test(text)) wrong(at, 'wrong_format')
  return text
}

// RFC 5646, 2.1: language, extended language, script, region, variants, extensions, private use.
const LANGUAGE =
  /^(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+|i-[a-z]+|en-gb-oed|zh-min-nan)$/i

export function languageAt(value: unknown, at: string): void {
  if (!LANGUAGE.test(textAt(value, at))) wrong(at, 'wrong_format')
}

/** Texts by language. */
export function textsAt(value: unknown, at: string): void {
  for (const [language, text] of Object.entries(anyObjectAt(value, at))) {
    languageAt(language, `${at}/${language}`)
    textAt(text, `${at}/${language}`)
  }
}

/** Whatever another program likes to say, under names that are addresses. */
export function extensionsAt(value: unknown, at: string): void {
  for (const name of Object.keys(anyObjectAt(value, at))) iriAt(name, `${at}/${name}`)
}

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/i

/** An instant of RFC 3339 or ISO 8601; the offset -00 says that the offset is unknown, which is refused. */
export function instantAt(value: unknown, at: string): Date {
  const text = textAt(value, at)
  const parts = INSTANT.exec(text)
  if (!parts || /-00(?::?00)?$/.test(parts[7] ?? '')) wrong(at, 'wrong_format')
  const offset = (parts?.[7] ?? 'Z').toUpperCase()
  const zone = offset === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${offset.replace(':', '').slice(3) || '00'}`
  const plain = text
    .slice(0, text.length - (parts?.[7] ?? '').length)
    .replace(' ', 'T')
    .replace(',', '.')
  const date = new Date(`${plain}${zone}`)
  if (Number.isNaN(date.getTime()) || date.getTime() > Date.UTC(9999, 0)) wrong(at, 'wrong_format')
  return date
}

const DURATION =
  /^P(?!$)(?:\d+(?:\.\d+)?W|(?:\d+(?:\.\d+)?Y)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?D)?(?:T(?=\d)(?:\d+(?:\.\d+)?H)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?S)?)?)$/

export function durationAt(value: unknown, at: string): void {
  if (!DURATION.test(textAt(value, at))) wrong(at, 'wrong_format')
}

// What stands in quotes begins with one, so that no text can be read in two ways: 2^n readings never end.
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+*-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:"[^"]*"|[^\s;"]+))*$/

/** A type in a header, as other programs write them; it is written into a header again, so none may break out of one. */
export function headerTypeAt(value: string, at: string): string {
  if (!/^[\x21-\x7e]+\/[\t\x20-\x7e]+$/.test(value)) wrong(at, 'wrong_format')
  if (value.length > MOST_TYPE) wrong(at, 'too_long')
  return value
}
const MOST_TYPE = 255

export function mediaTypeAt(value: unknown, at: string): void {
  if (!MEDIA_TYPE.test(textAt(value, at))) wrong(at, 'wrong_format')
}
